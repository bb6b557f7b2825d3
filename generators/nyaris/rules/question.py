"""Questions for the subject ("Who must pay the deposit?") and for the object ("What must the tenant pay?")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nyaris import rules
from nyaris.edits import Edit, Replacement, swapping
from nyaris.grammar import Grammar
from nyaris.rules.voice import VoiceRuleFacts
from nyaris.syntax.agreement import AgreementFacts, finite_verb_of, inflected_for
from nyaris.syntax.asking import QuestionFacts, may_be_somebody, phrase_asked, points_outside, question_word
from nyaris.syntax.clauses import ClauseFacts, is_passive, modal_of
from nyaris.syntax.polarity import NegationFacts
from nyaris.syntax.predicates import main_predicate
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.lexicon import is_plural, kind_of
from nyaris.words.morphology import inflect, lemmas_of, passive_of, stem_of

_PHRASAL = frozenset({"DET", "NOUN", "PROPN", "ADJ", "PRON", "ADV", "ADP", "NUM"})
_REACH = 9
_SHORTEST = 4
"""The fewest words after the subject that make a question worth asking."""


@rules.question
def subject(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Who or what does it."""
    last = sentence.tokens[-1]
    if len(sentence.tokens) <= grammar.facts(QuestionFacts).longest:
        yield from _ask(sentence, last, grammar)


@rules.question
def subject_in_short(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """Who or what does it, without what the sentence adds after a comma."""
    facts = grammar.facts(QuestionFacts)
    for comma in sentence.tokens[facts.cut_after : -1]:
        if comma.text == "," and _adds(sentence, comma):
            if comma.index <= facts.longest:
                yield from _ask(sentence, comma, grammar)
            return


def _ask(sentence: Sentence, end: Token, grammar: Grammar) -> Iterator[Edit]:
    """The question for the subject of what stands before `end`, a comma or the full stop."""
    facts = grammar.facts(QuestionFacts)
    root, last = sentence.root, sentence.tokens[-1]
    noun = sentence.child(root, "nsubj")
    if noun is None or last.text != "." or noun.index > root.index or root.index > end.index:
        return
    asked = phrase_asked(sentence, noun, facts)
    word = question_word(sentence, noun, grammar)
    if asked is None or word is None or not _may_be_asked(sentence, root, noun, asked, end, grammar):
        return
    start = _start(sentence, root, asked[0], grammar)
    if start is None:
        return
    span = sentence.span(*asked)
    parts = [Replacement(start, span.end, word), Replacement(end.start, last.end, "?")]
    keeps_number = word not in {facts.person, facts.thing}
    finite = () if keeps_number else _singular(sentence, root, noun, grammar)
    if finite is None:
        return
    if finite != ():
        parts.append(Replacement(*finite))
    modals = (child for child in sentence.children(root, "aux", "advmod") if child.lower in facts.modals)
    parts.extend(Replacement(modal.start, modal.end, facts.modals[modal.lower]) for modal in modals)
    yield replace(Edit(tuple(sorted(parts))), asked=span)


@rules.question
def thing(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What somebody does something to."""
    facts, voice = grammar.facts(QuestionFacts), grammar.facts(VoiceRuleFacts)
    verb, last = sentence.root, sentence.tokens[-1]
    noun, theme = sentence.child(verb, "nsubj"), sentence.child(verb, "obj")
    if last.text != "." or len(sentence.tokens) > facts.longest or noun is None or theme is None:
        return
    if verb.upos != "VERB" or not noun.index < verb.index < theme.index or is_passive(sentence, verb, grammar):
        return
    if sentence.children(verb, "conj", "xcomp", "ccomp", "iobj", "expl", "parataxis", "csubj", "compound:prt"):
        return
    asked = phrase_asked(sentence, theme, facts)
    speaker = noun.lower in voice.near_pronouns | facts.speakers and not sentence.children(noun)
    who = (noun,) if speaker else phrase_asked(sentence, noun, facts)
    if asked is None or who is None or asked[0].index != verb.index + 1 or not _is_something(sentence, theme, grammar):
        return
    if {verb.lower, verb.lemma.lower()} & facts.not_asking or any(token.has_rel("acl") for token in who):
        return
    rest = sentence.tokens[asked[-1].index + 1 : last.index]
    outside = [token for token in (*who, *rest) if token != noun and points_outside(sentence, token, grammar)]
    start = _start(sentence, verb, who[0], grammar)
    if outside or start is None or _has_second_clause(rest, grammar) or len(who) + len(rest) < _SHORTEST - 1:
        return
    if any(token.text in {":", ";", "("} for token in rest) or (rest and not _leaves(rest[0], facts)):
        return
    make = _inverted if facts.inversion else _turned
    edit = make(sentence, verb, who, asked, start, grammar)
    if edit is not None:
        stop = Replacement(last.start, last.end, "?")
        yield replace(edit, replacements=tuple(sorted((*edit.replacements, stop))), asked=sentence.span(*asked))


def _leaves(after: Token, facts: QuestionFacts) -> bool:
    """Whether the word after the object begins something else, which may stay without it."""
    return after.upos in {"ADP", "SCONJ", "PART", "ADV"} and after.lower not in facts.ties_to_object


def _is_something(sentence: Sentence, theme: Token, grammar: Grammar) -> bool:
    """Whether what is acted on is a thing, and no part of an expression with its verb."""
    facts = grammar.facts(QuestionFacts)
    members = (theme, *sentence.children(theme, "conj"))
    named = any(member.upos == "PROPN" and kind_of(sentence, member, grammar) is None for member in members)
    return (
        not named
        and not any(member.lower in facts.not_objects for member in members)
        and not any(may_be_somebody(sentence, member, grammar) for member in members)
    )


def _inverted(
    sentence: Sentence,
    verb: Token,
    who: tuple[Token, ...],
    asked: tuple[Token, ...],
    start: int,
    grammar: Grammar,
) -> Edit | None:
    """The finite word goes before the subject: what must the tenant pay, what does the tenant pay."""
    between = sentence.tokens[who[-1].index + 1 : verb.index]
    gone = Replacement(sentence.tokens[asked[0].index - 1].end, asked[-1].end, "")
    word, support = grammar.facts(QuestionFacts).thing, grammar.facts(NegationFacts).support
    if between:
        helpers = [token for token in between if token.lower in support.values()]
        modal = helpers[0] if helpers else modal_of(sentence, verb, grammar)
        if modal is None or between[0] != modal or any(token.upos not in {"ADV", "PART", "AUX"} for token in between):
            return None
        opened = Replacement(start, who[0].start, f"{word} {modal.lower} ")
        return Edit(tuple(sorted((opened, Replacement(modal.start, modal.end, ""), gone))))
    lemma = verb.lemma.lower() if verb.lemma.lower() in lemmas_of(verb.lower, grammar) else None
    if lemma is None or verb.feat("VerbForm") != "Fin":
        return None
    form = next((form for form in ("present3", "past", "base") if verb.lower == inflect(lemma, form, grammar)), None)
    if form is None or form not in support or (form == "past" and verb.lower == lemma):
        return None
    opened = Replacement(start, who[0].start, f"{word} {support[form]} ")
    return Edit(tuple(sorted((opened, Replacement(verb.start, asked[-1].end, lemma)))))


def _turned(
    sentence: Sentence,
    verb: Token,
    who: tuple[Token, ...],
    asked: tuple[Token, ...],
    start: int,
    grammar: Grammar,
) -> Edit | None:
    """The verb becomes passive: what must be paid by the tenant; before a speaker only its stem is left."""
    voice, facts = grammar.facts(VoiceRuleFacts), grammar.facts(QuestionFacts)
    passive = passive_of(verb.lower, grammar)
    between = sentence.tokens[who[-1].index + 1 : verb.index]
    known = voice.auxiliaries | voice.adverbs | grammar.facts(ClauseFacts).negators
    if passive is None or verb.lower not in voice.verbs or any(token.lower not in known for token in between):
        return None
    modals = [(token.span, facts.modals[token.lower]) for token in between if token.lower in facts.modals]
    if who[0].lower in voice.near_pronouns:
        told = f"{who[0].lower} {stem_of(verb.lower, grammar)}"
        parts = ((Span(start, who[0].end), facts.thing), (Span(verb.start, asked[-1].end), told))
        return Edit(tuple(sorted(Replacement(span.start, span.end, text) for span, text in (*parts, *modals))))
    if start != who[0].start or who[0].upos == "PRON":
        return None
    object_span = sentence.span(*asked)
    return swapping(
        sentence.span(*who),
        object_span,
        (object_span, facts.thing),
        (verb.span, f"{passive} {voice.agent_marker}"),
        *modals,
    )


def _adds(sentence: Sentence, comma: Token) -> bool:
    """Whether all that follows a comma only adds something: nothing of it is joined to what stands before."""
    rest = sentence.tokens[comma.index + 1 : -1]
    opener, closer = sentence.tokens[comma.index + 1], sentence.tokens[comma.index - 1]
    text, soon = sentence.text[: comma.start], sentence.tokens[comma.index + 2 : comma.index + 8]
    if opener.upos not in {"ADP", "SCONJ", "VERB", "PRON"} or closer.upos not in {"NOUN", "PROPN", "NUM", "VERB"}:
        return False
    if any(text.count(left) != text.count(right) for left, right in ("()", "“”")) or text.count('"') % 2:
        return False
    if any(token.text == "," for token in soon):
        return False  # a phrase set between two commas
    tops = [token for token in rest if token.head <= comma.index]
    before = [token for token in sentence.tokens[: comma.index] if token.head > comma.index]
    adding = all(token.has_rel("advcl", "acl", "obl", "nmod", "appos", "parataxis", "punct") for token in tops)
    return bool(tops) and not before and adding


def _may_be_asked(
    sentence: Sentence, root: Token, noun: Token, asked: tuple[Token, ...], end: Token, grammar: Grammar
) -> bool:
    """A plain statement whose rest points at nothing outside of it."""
    facts = grammar.facts(QuestionFacts)
    if (
        any(child.index < end.index for child in sentence.children(root, "expl", "parataxis", "csubj"))
        or root.lemma.lower() in facts.not_predicates
    ):
        return False
    if root.lower in facts.not_predicates or (sentence.children(root, "cop") and root.upos != "ADJ"):
        return False
    if root.upos not in {"VERB", "ADJ"}:
        return False
    rest = sentence.tokens[asked[-1].index + 1 : end.index]
    if len(rest) < _SHORTEST or any(token.text in {":", ";"} for token in rest):
        return False
    own = ("advcl", "acl", "ccomp", "xcomp", "csubj")
    if any(token.has_rel("nsubj", "expl") and not sentence.tokens[token.head].has_rel(*own) for token in rest):
        return False
    if _has_second_clause(rest, grammar) or not _is_verbal(sentence, root, facts, grammar):
        return False
    return _meets_verb(root, rest[0]) and not any(points_outside(sentence, token, grammar) for token in rest)


def _has_second_clause(rest: tuple[Token, ...], grammar: Grammar) -> bool:
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


def _is_verbal(sentence: Sentence, root: Token, facts: QuestionFacts, grammar: Grammar) -> bool:
    """Whether the predicate looks like one, in languages whose verbs carry a prefix."""
    if not facts.verb_prefixes:
        return True
    predicate = main_predicate(sentence, grammar)
    if predicate is None or predicate.head != root:
        return False
    helped = sentence.children(root, "aux", "advmod") or root.upos == "ADJ"
    return bool(helped) or root.lower.startswith(facts.verb_prefixes)


def _meets_verb(root: Token, first: Token) -> bool:
    """Whether the word after the subject is the predicate, one of its helpers, or an adverb of it."""
    if first == root:
        return True
    return first.head == root.index and first.has_rel("aux", "cop", "advmod") and first.index < root.index


def _start(sentence: Sentence, root: Token, first: Token, grammar: Grammar) -> int | None:
    """Where the question word goes: in the place of the subject, and of a word before it that only links sentences."""
    facts = grammar.facts(QuestionFacts)
    if first.index == 0:
        return first.start
    opening = sentence.tokens[: first.index - 1]
    if sentence.tokens[first.index - 1].text != "," or not opening or len(opening) > facts.longest_subject:
        return None
    if sentence.slice(sentence.span(*opening)).lower() in facts.openers:
        return opening[0].start
    tied = all(token.head in {root.index, *(each.index for each in opening)} for token in opening)
    if not tied or opening[0].lower not in facts.adverbials or root in opening:
        return None
    return None if any(points_outside(sentence, token, grammar) for token in opening) else first.start


def _singular(
    sentence: Sentence, root: Token, noun: Token, grammar: Grammar
) -> tuple[int, int, str] | tuple[()] | None:
    """The finite verb after a singular subject: its place and form, nothing where it stays, None when unknown."""
    verb = finite_verb_of(sentence, root, grammar)
    if not grammar.facts(AgreementFacts).agrees or verb is None:
        return ()
    plural = is_plural(noun, grammar) or bool(sentence.children(noun, "conj"))
    form = inflected_for(verb, 3, False, grammar)
    if form is None:
        return None
    if form == verb.lower:
        return ()
    if not plural or any(sentence.children(other) for other in sentence.children(root, "conj")):
        return None
    modal = verb.lower in grammar.facts(ClauseFacts).modals
    return () if modal else (verb.start, verb.end, form)
