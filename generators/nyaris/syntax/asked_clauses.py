"""Which clauses of a sentence can be asked about on their own, and where each of them begins and ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nyaris.grammar import Grammar
from nyaris.syntax.asking import names_of, points_outside
from nyaris.syntax.clauses import ClauseFacts, modal_of, negations_of
from nyaris.syntax.question_facts import QuestionFacts
from nyaris.trees.sentence import Sentence, Token

_PHRASAL = frozenset({"DET", "NOUN", "PROPN", "ADJ", "PRON", "ADV", "ADP", "NUM"})
_REACH = 9


@dataclass(frozen=True)
class AskedClause:
    """A clause with one subject, which a question keeps while it drops what stands around it.

    `end` is the token before which it stops: the full stop, a comma, a conjunction. `alone` says that all that stands
    before its subject is dropped.
    """

    verb: Token
    noun: Token
    end: Token
    alone: bool = False


def clauses_asked(sentence: Sentence, grammar: Grammar) -> Iterator[AskedClause]:
    """The whole sentence, each of its coordinated clauses, and what it reports."""
    root, last = sentence.root, sentence.tokens[-1]
    noun = sentence.child(root, "nsubj")
    if noun is None or last.text != ".":
        return
    yield AskedClause(root, noun, last)
    if sentence.children(root, "conj"):
        yield from _coordinated(sentence, root, noun, grammar)
    else:
        yield from _reported(sentence, root, grammar)


def _coordinated(sentence: Sentence, root: Token, noun: Token, grammar: Grammar) -> Iterator[AskedClause]:
    """Each clause of a row of them, if every one has its own subject and nothing stands before the first."""
    facts, last = grammar.facts(QuestionFacts), sentence.tokens[-1]
    verbs = (root, *sentence.children(root, "conj"))
    nouns = [sentence.child(verb, "nsubj") for verb in verbs]
    first = sentence.subtree(noun)[0]
    if None in nouns or first.index or first.lower in facts.negative:
        return
    ends = [*(sentence.subtree(verb)[0] for verb in verbs[1:]), last]
    for verb, own, begin, end in zip(verbs, nouns, [first, *ends], ends, strict=False):
        if own is None or not begin.index <= own.index < verb.index < end.index:
            return
        opening = sentence.tokens[begin.index : sentence.subtree(own)[0].index]
        links = [token for token in opening if token.text not in {",", ";"}]
        if verb != root and (len(links) != 1 or links[0].lower not in facts.coordinators):
            return
        inside = sentence.tokens[begin.index : end.index]
        if not sentence.children(verb, "aux", "cop", "obj") and verb.feat("VerbForm") != "Fin":
            return
        if verb.feat("Tense") == "Past" and not sentence.children(verb, "aux", "cop", "obj"):
            return  # "comments received and responses published": it may tell which comments
        if all(token == verb or begin.index <= token.head < end.index for token in inside):
            yield AskedClause(verb, own, end, alone=True)


def _reported(sentence: Sentence, root: Token, grammar: Grammar) -> Iterator[AskedClause]:
    """What somebody says or a text provides, if it is said so without a doubt and runs to the full stop."""
    facts, last = grammar.facts(QuestionFacts), sentence.tokens[-1]
    told = sentence.child(root, "ccomp")
    if told is None or not names_of(root, grammar) & facts.reporting or told.index < root.index:
        return
    if negations_of(sentence, root, grammar) or modal_of(sentence, root, grammar):
        return
    own, phrase = sentence.child(told, "nsubj"), sentence.subtree(told)
    if own is None or phrase[-1].index != last.index - 1 or phrase[-1].index - phrase[0].index + 1 != len(phrase):
        return
    opening = sentence.tokens[root.index + 1 : sentence.subtree(own)[0].index]
    if len(opening) == 1 and opening[0].lower in facts.complementisers and own.index < told.index:
        yield AskedClause(told, own, last, alone=True)


def short_of_comma(sentence: Sentence, grammar: Grammar) -> AskedClause | None:
    """The main clause up to the next comma after which the sentence only adds something."""
    facts, root = grammar.facts(QuestionFacts), sentence.root
    noun = sentence.child(root, "nsubj")
    if noun is None or sentence.tokens[-1].text != ".":
        return None
    commas = (token for token in sentence.tokens[facts.cut_after : -1] if token.text == ",")
    found = next((comma for comma in commas if _adds(sentence, comma)), None)
    return AskedClause(root, noun, found) if found is not None and noun.index < root.index < found.index else None


def start_of(sentence: Sentence, clause: AskedClause, first: Token, grammar: Grammar) -> int | None:
    """Where the question word goes: in the place of the subject, and of a word before it that only links sentences."""
    facts = grammar.facts(QuestionFacts)
    if clause.alone:
        return 0
    if first.index == 0:
        return first.start
    opening = sentence.tokens[: first.index - 1]
    if sentence.tokens[first.index - 1].text != "," or not opening or len(opening) > facts.longest_opening:
        return None
    outer = [token for token in opening if token.head == clause.verb.index]
    if any(token.has_rel("parataxis", "ccomp", "nsubj", "conj", "dislocated") for token in outer):
        return None
    if sentence.slice(sentence.span(*opening)).lower() in facts.openers:
        return opening[0].start
    tied = all(token.head in {clause.verb.index, *(each.index for each in opening)} for token in opening)
    if not tied or opening[0].lower not in facts.adverbials or clause.verb in opening:
        return None
    return None if any(points_outside(sentence, token, grammar) for token in opening) else first.start


def length_of(clause: AskedClause, start: int, sentence: Sentence) -> int:
    """How many words the question may have."""
    return sum(start <= token.start < clause.end.start for token in sentence.tokens) if start else clause.end.index


def has_second_clause(rest: tuple[Token, ...], grammar: Grammar) -> bool:
    """Whether a conjunction is followed by a phrase and an auxiliary: a clause with its own subject."""
    modals = grammar.facts(ClauseFacts).modals
    for place, token in enumerate(rest):
        if token.upos != "CCONJ":
            continue
        for offset, word in enumerate(rest[place + 1 : place + _REACH]):
            if word.upos == "AUX" or word.lower in modals:
                if offset:
                    return True
                break
            if word.upos not in _PHRASAL:
                break
    return False


def _is_amid_pair(sentence: Sentence, comma: Token) -> bool:
    """Whether the comma may close what a comma behind the predicate opened (", or in his absence,")."""
    return any(token.text == "," for token in sentence.tokens[sentence.root.index : comma.index])


def _adds(sentence: Sentence, comma: Token) -> bool:
    """Whether all that follows a comma only adds something: nothing of it is joined to what stands before."""
    rest = sentence.tokens[comma.index + 1 : -1]
    opener, closer = sentence.tokens[comma.index + 1], sentence.tokens[comma.index - 1]
    text, soon = sentence.text[: comma.start], sentence.tokens[comma.index + 2 : comma.index + 8]
    if opener.upos not in {"ADP", "SCONJ", "VERB", "PRON"} or closer.upos not in {"NOUN", "PROPN", "NUM", "VERB"}:
        return False
    if any(text.count(left) != text.count(right) for left, right in ("()", "“”")) or text.count('"') % 2:
        return False
    if any(token.text == "," for token in soon) or _is_amid_pair(sentence, comma):
        return False  # a phrase set between two commas
    tops = [token for token in rest if token.head <= comma.index]
    before = [token for token in sentence.tokens[: comma.index] if token.head > comma.index]
    adding = all(token.has_rel("advcl", "acl", "obl", "nmod", "appos", "parataxis", "punct") for token in tops)
    return bool(tops) and not before and adding


def kept_subject(sentence: Sentence, clause: AskedClause, grammar: Grammar) -> tuple[Token, ...] | None:
    """The words of the subject, which the question keeps: unbroken, before the verb, and known from the sentence."""
    facts, noun = grammar.facts(QuestionFacts), clause.noun
    tokens = sentence.subtree(noun)
    while tokens and tokens[-1].text == ",":
        tokens = tokens[:-1]
    if tokens[-1].index - tokens[0].index + 1 != len(tokens) or tokens[-1].index > clause.verb.index:
        return None
    if noun.upos == "PRON":
        return tokens if noun.lower in facts.speakers and len(tokens) == 1 else None
    if noun.upos not in {"NOUN", "PROPN"} or tokens[0].upos in {"ADP", "ADV", "CCONJ", "INTJ", "SCONJ"}:
        return None
    own = {child.lower for child in sentence.children(noun, "det", "nmod:poss", "amod")} | {noun.lower}
    if own & facts.not_asked or any(token.lower in facts.negative | facts.not_inside for token in tokens):
        return None
    unknown = any(points_outside(sentence, token, grammar) for token in tokens)
    return None if unknown or any(token.text in {":", ";", "“", '"'} for token in tokens) else tokens
