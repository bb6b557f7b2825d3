"""Where adverbials stand: "However, the court agreed" or "The court, however, agreed"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from nyaris.edits import Edit, Move
from nyaris.grammar import Facts, Grammar
from nyaris.rules import keeper
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.wording import exchangeable, is_quoted


class PlacingFacts(Facts):
    """Adverbials that say the same in every place, and what ties them to one."""

    topic: ClassVar[str] = "placing"

    connectives: frozenset[str] = frozenset()
    """Words and phrases that link sentences and stand first or behind the subject, lower case."""
    middle_openers: tuple[str, ...] = ()
    """Beginnings of phrases that may stand between commas behind the subject."""
    times: tuple[str, ...] = ()
    """Beginnings of phrases that tell when, for the whole clause; a figure at the end stands for any that goes on."""
    bare_times: tuple[str, ...] = ()
    """Those of them that stand first without a comma."""
    not_times: frozenset[str] = frozenset()
    """Words inside such a phrase with which it tells something else, or points back."""
    moments: frozenset[str] = frozenset()
    """The months, days and parts of time of which a phrase must hold one, or a figure."""
    events: frozenset[str] = frozenset()
    """Nouns that have their own time, lower case: what follows them may be theirs."""
    event_endings: tuple[str, ...] = ()
    """Endings of such nouns."""
    event_confixes: tuple[tuple[str, str], ...] = ()
    """Beginnings and endings that go together in such nouns."""
    limits: frozenset[str] = frozenset()
    """Words that may limit an adverbial from anywhere in the clause (only)."""
    links: frozenset[str] = frozenset()
    """Words right before a phrase of time that belong to it (since, until, as)."""
    not_subjects: frozenset[str] = frozenset()
    """Words that the parser may count among a subject although they begin the predicate."""
    adverbs: frozenset[str] = frozenset()
    """Adverbs of manner that stand before or behind a participle alike."""
    longest: int = 9
    """The most words such an adverbial, or a subject before it, may have."""
    longest_clause: int = 26


_TIED = frozenset({"ccomp", "parataxis", "csubj", "advcl", "acl", "xcomp", "conj"})


@keeper
def in_middle(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A connective or a phrase of time goes from the beginning to behind the subject."""
    facts = grammar.facts(PlacingFacts)
    found = _initial(sentence, facts)
    if found is None or not found[1]:
        return
    tokens, _ = found
    subject = sentence.child(sentence.root, "nsubj")
    if subject is None or subject.upos not in {"NOUN", "PROPN"}:
        return
    phrase, text = sentence.subtree(subject), sentence.slice(sentence.span(*tokens)).lower()
    after = sentence.tokens[phrase[-1].index + 1]
    plain = not any(token.has_rel("acl", "appos", "conj", "punct", "advcl", "parataxis") for token in phrase)
    if phrase[-1].lower in facts.not_subjects:
        return
    if not plain or len(phrase) > facts.longest or after.upos not in {"VERB", "AUX", "ADV", "PART"}:
        return
    if phrase[-1].upos not in {"NOUN", "PROPN", "DET", "NUM", "ADJ"} or phrase[0].upos in {"VERB", "ADP", "SCONJ"}:
        return
    reports = bool(sentence.children(sentence.root, "ccomp", "xcomp"))  # the time may be that of what is reported
    timed = not reports and _starts(text, facts.middle_openers) and _is_time(tokens, facts)
    if text in facts.connectives or timed:
        comma = sentence.tokens[tokens[-1].index + 1]
        yield Edit(moves=(Move(tokens[0].start, comma.end, phrase[-1].end, ", "),))


@keeper
def time_last(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A phrase of time goes from the beginning to the end."""
    facts = grammar.facts(PlacingFacts)
    found, last = _initial(sentence, facts), sentence.tokens[-1]
    if found is None or not _is_time(found[0], facts):
        return
    tokens, comma = found
    end = sentence.tokens[tokens[-1].index + comma].end
    main = sentence.tokens[tokens[-1].index + 1 + comma : last.index]
    if not _is_plain(sentence, main, facts) or _may_own_time(sentence, main, facts):
        return
    if any(token.text == "," or token.lower in facts.moments for token in main):
        return
    yield Edit(moves=(Move(tokens[0].start, end, last.start, " "),))


@keeper
def time_first(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A phrase of time goes from the end to the beginning."""
    facts = grammar.facts(PlacingFacts)
    root, first, last = sentence.root, sentence.tokens[0], sentence.tokens[-1]
    subject = sentence.child(root, "nsubj", "expl")
    if last.text != "." or subject is None or sentence.subtree(subject)[0] != first or first.upos == "PUNCT":
        return
    for adverbial in sentence.children(root, "obl", "advmod"):
        tokens = sentence.subtree(adverbial)
        if tokens[-1].index != last.index - 1 or tokens[0].index < subject.index:
            continue
        if not _is_contiguous(tokens) or len(tokens) > facts.longest or not _is_time(tokens, facts):
            continue
        main = sentence.tokens[: tokens[0].index]
        if any(token.text == "," for token in tokens) and not tokens[-1].text.isdigit():
            continue
        text = sentence.slice(sentence.span(*tokens)).lower()
        if main[-1].text == "," or not _starts(text, facts.times) or is_quoted(sentence, tokens[0]):
            continue
        if (
            not _is_plain(sentence, main, facts)
            or _may_own_time(sentence, main, facts)
            or main[-1].lower in facts.links
        ):
            continue
        if main[-1].upos in {"ADP", "SCONJ", "NUM", "CCONJ"} or any(char.isupper() for char in first.text[1:]):
            continue
        if main[-1] == root or any(token.lower in facts.moments for token in main):
            continue  # what ends or begins needs to say when
        yield Edit(moves=(Move(tokens[0].start, tokens[-1].end, first.start, "", ", "),))


@keeper
def manner(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """An adverb of manner goes from before a participle to behind it, or back."""
    facts = grammar.facts(PlacingFacts)
    for verb in sentence.tokens:
        if (
            verb.upos != "VERB"
            or not sentence.children(verb, "aux:pass")
            or sentence.children(verb, "conj", "xcomp", "compound:prt")
        ):
            continue
        before, after = sentence.previous(verb), sentence.next(verb)
        if before is None or after is None or verb.has_rel("conj", "amod"):
            continue
        beyond = sentence.next(after)
        if before.lower in facts.adverbs and before.head == verb.index and exchangeable(sentence, (before,)):
            if after.upos in {"ADP", "SCONJ"} or after.text in {".", ","}:
                yield Edit(moves=(Move(before.start, verb.start, verb.end, " "),))
        elif after.lower in facts.adverbs and after.head == verb.index and exchangeable(sentence, (after,)):
            if beyond is None or (beyond.upos not in {"ADP", "SCONJ"} and beyond.text not in {".", ","}):
                continue
            yield Edit(moves=(Move(verb.end, after.end, verb.start, "", " "),))


def _initial(sentence: Sentence, facts: PlacingFacts) -> tuple[tuple[Token, ...], bool] | None:
    """The adverbial that opens the sentence right before the subject, and whether a comma closes it."""
    root, last = sentence.root, sentence.tokens[-1]
    subject = sentence.child(root, "nsubj", "expl")
    if last.text != "." or subject is None:
        return None
    start = sentence.subtree(subject)[0].index
    if not 0 < start < root.index:
        return None
    comma = sentence.tokens[start - 1].text == ","
    tokens = sentence.tokens[: start - comma]
    if not 0 < len(tokens) <= facts.longest or any(token.upos == "PUNCT" for token in tokens):
        return None
    tops = [token for token in tokens if token.head == root.index]
    inside = all(token in tops or 0 <= token.head < len(tokens) for token in tokens)
    if len(tops) != 1 or not tops[0].has_rel("obl", "advmod", "mark", "cc") or not inside:
        return None
    text = sentence.slice(sentence.span(*tokens)).lower()
    return (tokens, comma) if comma or _starts(text, facts.bare_times) else None


def _starts(text: str, openers: tuple[str, ...]) -> bool:
    return any(text.startswith(each) if each[-1].isdigit() else f"{text} ".startswith(f"{each} ") for each in openers)


def _is_time(tokens: tuple[Token, ...], facts: PlacingFacts) -> bool:
    """Whether the phrase names a moment of its own, and nothing in it points back."""
    words = [token.lower for token in tokens]
    if any(word in facts.not_times for word in words) or any(token.upos in {"VERB", "PRON"} for token in tokens):
        return False
    named = any(word in facts.moments for word in words)
    years = any(
        token.upos == "NUM" and len(token.text.rstrip("s")) == 4 and token.text[:4].isdigit() for token in tokens
    )
    return (named or years) and _starts(" ".join(words), (*facts.times, *facts.bare_times))


def _is_plain(sentence: Sentence, main: tuple[Token, ...], facts: PlacingFacts) -> bool:
    """One clause of no great length, in which the adverbial can belong to nothing but the predicate."""
    if not 3 < len(main) <= facts.longest_clause or any(token.text in {":", ";", "("} for token in main):
        return False
    indexes = {token.index for token in main}
    clausal = [t for t in main if t.bare_rel in _TIED and t.head in indexes and t.upos in {"VERB", "AUX", "ADJ"}]
    after_root = [token for token in clausal if token.index > sentence.root.index]
    return not after_root and not any(token.lower in facts.limits for token in main)


def _may_own_time(sentence: Sentence, main: tuple[Token, ...], facts: PlacingFacts) -> bool:
    """Whether a noun between the predicate and the end has its own time ("the meeting on 3 May")."""
    nouns = [token for token in main[-5:] if token.upos in {"NOUN", "PROPN"} and token.index > sentence.root.index]
    return any(_is_event(token.lower, facts) for token in nouns)


def _is_event(word: str, facts: PlacingFacts) -> bool:
    confixed = any(word.startswith(first) and word.endswith(last) for first, last in facts.event_confixes)
    return word in facts.events or word.endswith(facts.event_endings) or confixed


def _is_contiguous(tokens: tuple[Token, ...]) -> bool:
    return tokens[-1].index - tokens[0].index + 1 == len(tokens)
