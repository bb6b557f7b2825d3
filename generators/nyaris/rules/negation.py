"""Negation: the main predicate, or the quantifier of its subject, changes its sign."""

from __future__ import annotations

from collections.abc import Iterator

from nyaris.edits import Edit, replacing
from nyaris.grammar import Grammar
from nyaris.quantities.amounts import durations
from nyaris.rules import flip
from nyaris.syntax.clauses import ClauseFacts, is_passive, is_question
from nyaris.syntax.denials import (
    affirm,
    affirm_object,
    are_alternatives,
    deny,
    deny_existence,
    existence,
    without_polarity_items,
)
from nyaris.syntax.obligations import BindingFacts
from nyaris.syntax.polarity import NegationFacts, Quantifier
from nyaris.syntax.predicates import Predicate, main_predicate
from nyaris.syntax.scope import (
    comes_of_itself,
    coordinated,
    gives_permission,
    holds,
    is_deliberate,
    is_negative_word,
    is_performed,
    is_plain,
    names_of,
    negators_outside,
    scope_of,
)
from nyaris.syntax.subclauses import added_clause, as_said, lifted, reported_clauses
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.opposites import find


@flip("contradiction")
def insert(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The main predicate is denied."""
    edit = _denied(sentence, grammar)
    if edit is not None:
        yield as_said(edit, sentence, grammar)


@flip("contrary")
def reported(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What somebody or something says or shows is the opposite (stated that it is -> stated that it is not)."""
    if sentence.names.isdisjoint(grammar.facts(NegationFacts).reporting):
        return
    for clause, definite in reported_clauses(sentence, grammar):
        for edit in _turned(clause, grammar):
            yield lifted(edit, clause, sentence, "contrary" if definite else "rebinding")


@flip("contradiction")
def added(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The second of two things that are demanded or allowed is denied (and he shall pay -> and he shall not pay)."""
    clause = added_clause(sentence, grammar)
    predicate = main_predicate(clause, grammar) if clause else None
    binding = grammar.facts(BindingFacts)
    if clause is None or predicate is None or predicate.subject.upos == "PRON":
        return
    if predicate.finite.lower in binding.duties | binding.permissions | binding.promises:
        for edit in _turned(clause, grammar):
            yield lifted(edit, clause, sentence, None)


@flip("contradiction")
def opposite(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The predicate gives way to the one that excludes it (lawful -> unlawful, mandatory -> optional)."""
    facts = grammar.facts(NegationFacts)
    if holds(sentence, "clause_blockers", grammar) or negators_outside(sentence, grammar):
        return
    for found in find(sentence, facts.opposites, grammar):
        predicate = main_predicate(sentence, grammar)
        if predicate is None or found.word != predicate.head or not _is_open(sentence, predicate, grammar):
            continue
        if sentence.children(found.word, "conj"):
            continue  # necessary and vital
        stated = predicate.finite.lower not in facts.free_choice | facts.duties.keys()
        passive = is_passive(sentence, predicate.head, grammar)
        if stated and (predicate.head.upos == "ADJ" or passive) and not holds(sentence, "wrongs", grammar):
            yield replacing((found.span, found.put))


def _turned(clause: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The clause denied, or its denial taken back."""
    edit = _denied(clause, grammar)
    if edit is not None:
        yield edit
    elif not holds(clause, "clause_blockers", grammar):
        yield from remove(clause, grammar)


def _denied(sentence: Sentence, grammar: Grammar) -> Edit | None:
    """The edit that denies the main predicate, if nothing in the sentence resists it."""
    facts = grammar.facts(NegationFacts)
    if holds(sentence, "clause_blockers", grammar) or negators_outside(sentence, grammar):
        return None
    predicate = main_predicate(sentence, grammar)
    if predicate is None:
        return None if holds(sentence, "scope_blockers", grammar) else deny_existence(sentence, grammar)
    if names_of(predicate.head, grammar) & facts.undeniable or is_negative_word(predicate.head, grammar):
        return None
    if is_performed(predicate, grammar) or _is_followed_by_denial(sentence, predicate, grammar):
        return None
    if predicate.finite.lower in facts.duties and comes_of_itself(sentence, predicate, grammar):
        return None
    return deny(sentence, predicate, grammar) if _is_open(sentence, predicate, grammar) else None


@flip("contradiction", cues=lambda grammar: grammar.facts(NegationFacts).duties)
def waive(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A duty becomes the absence of a duty."""
    facts = grammar.facts(NegationFacts)
    if not any(token.lower in facts.duties for token in sentence.tokens) or negators_outside(sentence, grammar):
        return
    predicate = main_predicate(sentence, grammar)
    if predicate is None or predicate.finite.lower not in facts.duties:
        return
    if holds(sentence, "clause_blockers", grammar) or not _is_open(sentence, predicate, grammar):
        return
    if is_deliberate(sentence, predicate, grammar) and not comes_of_itself(sentence, predicate, grammar):
        yield replacing((predicate.finite.span, facts.duties[predicate.finite.lower]))


@flip("contradiction")
def remove(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The negation of the main predicate goes."""
    facts = grammar.facts(NegationFacts)
    negators = negators_outside(sentence, grammar, privatives=False)
    if len(negators) != 1 or holds(sentence, "removal_blockers", grammar):
        return
    negator = negators[0]
    predicate = main_predicate(sentence, grammar)
    if predicate is None:
        found = existence(sentence, grammar)
        part = affirm_object(sentence, negator, grammar) if found and negator.head == found[1].index else None
        if part is not None:
            yield replacing(part)
        return
    if not is_plain(sentence, predicate, grammar) or _is_for_a_while(sentence, predicate, grammar):
        return
    if negator.has_rel("det"):
        objects = {child.index for child in sentence.children(predicate.head, "obj")}
        part = affirm_object(sentence, negator, grammar) if negator.head in objects else None
        if part is not None and without_polarity_items(sentence, predicate, negator, grammar) == []:
            yield replacing(part)
        return
    modals = {predicate.finite.lower, sentence.tokens[negator.index + 1].lower} & grammar.facts(ClauseFacts).modals
    if modals and predicate.head.upos == "VERB" and holds(sentence, "wrongs", grammar):
        return
    if modals & facts.guesses and predicate.head.upos == "ADJ":
        return
    if modals & facts.duties.keys() and any(token.lower in facts.privatives for token in sentence.tokens):
        return  # "shall not assign it without consent": nobody is obliged to do so
    if not _denies(sentence, predicate, negator, grammar) or _allowed(sentence, predicate, negator, grammar):
        return
    denial = facts.forms.get(predicate.finite.lower)
    parts = affirm(sentence, predicate, negator, grammar) if denial is None or denial.undo else None
    if parts is not None:
        yield as_said(replacing(*parts, relation=denial.relation if denial else None), sentence, grammar)


@flip("contradiction")
def permit(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A ban becomes a permission."""
    negators = negators_outside(sentence, grammar, privatives=False)
    if len(negators) != 1 or holds(sentence, "removal_blockers", grammar) or holds(sentence, "wrongs", grammar):
        return
    predicate = main_predicate(sentence, grammar)
    if predicate is None or not is_plain(sentence, predicate, grammar) or comes_of_itself(sentence, predicate, grammar):
        return
    if not are_alternatives(sentence, coordinated(sentence, predicate, grammar), grammar.facts(NegationFacts)):
        return
    allowed = _allowed(sentence, predicate, negators[0], grammar)
    if allowed:
        yield replacing((sentence.span(predicate.finite, negators[0]), allowed))


@flip("contradiction", cues=lambda grammar: grammar.facts(NegationFacts).turning)
def completion(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What is not yet the case already is, what still is no longer is, and the other way round."""
    facts = grammar.facts(NegationFacts)
    if not any(token.lower in facts.turning for token in sentence.tokens):
        return
    predicate = main_predicate(sentence, grammar)
    if predicate is None or not is_plain(sentence, predicate, grammar) or coordinated(sentence, predicate, grammar):
        return
    if holds(sentence, "turn_blockers", grammar):
        return
    finite = "*" if predicate.bare else predicate.finite.lower
    stretch = sentence.tokens[predicate.onset.index : max(predicate.head.index, predicate.finite.index + 2)]
    for turn in facts.ended:
        found = _run_of(stretch, turn.find.split())
        if not found or (turn.under and finite not in turn.under):
            continue
        if not found[0].index - 1 <= predicate.finite.index <= found[-1].index + 1:
            continue
        if predicate.bare and found[-1].index > predicate.head.index:
            continue
        others = [token for token in negators_outside(sentence, grammar) if token not in found]
        mended = without_polarity_items(sentence, predicate, found[0], grammar)
        if not others and mended is not None and not turn.blockers & {token.lower for token in sentence.tokens}:
            yield replacing((sentence.span(*found), turn.put), *mended)


@flip("contrary", cues=lambda grammar: (turn.find for turn in grammar.facts(NegationFacts).quantifiers))
def quantifier(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """The quantifier of the subject becomes one that excludes it."""
    facts = grammar.facts(NegationFacts)
    finds = {turn.find for turn in facts.quantifiers}
    if not any(token.lower in finds for token in sentence.tokens):
        return
    predicate = main_predicate(sentence, grammar)
    if predicate is None or coordinated(sentence, predicate, grammar) or holds(sentence, "answers", grammar):
        return
    first = sentence.subtree(predicate.subject)[0]
    if first != predicate.subject and first.head != predicate.subject.index:
        return
    if any(token.text == "," for token in sentence.subtree(predicate.subject)):
        return
    turn = next((each for each in facts.quantifiers if _fits(each, first, predicate)), None)
    if any(token.text == ":" for token in sentence.tokens):
        return  # "some of it comes from others: a parent, an employer"
    negators = negators_outside(sentence, grammar, privatives=turn is None or turn.denies)
    if any(negator != first for negator in negators):
        return
    after = sentence.next(first)
    if turn is None or after is None or after.upos == "NUM" or after.lower in facts.particle_blockers:
        return
    rest = tuple(token for token in sentence.tokens if token.index > first.index)
    if holds(sentence, "clause_blockers" if turn.denies else "removal_blockers", grammar, rest):
        return
    if turn.denies and not _can_lack(sentence, predicate, grammar):
        return
    if not turn.denies and (
        holds(sentence, "wrongs", grammar) or without_polarity_items(sentence, predicate, first, grammar) != []
    ):
        return
    put = turn.put
    if after.lower in facts.definites or first == predicate.subject:
        put = f"{turn.partitive} of" if after.lower in facts.definites else turn.partitive
        if not turn.partitive or (first == predicate.subject and after.lower != "of"):
            return
    links = [link for other in sentence.children(predicate.subject, "conj") for link in sentence.children(other, "cc")]
    if any(link.lower not in facts.joint for link in links):
        return
    joints = [
        (link.span, facts.joint[link.lower]) for link in links if turn.denies and facts.joint[link.lower] != link.lower
    ]
    # the finite word is replaced by itself: under another subject it cannot give way to its synonyms
    pinned = [(predicate.finite.span, predicate.finite.text)] if predicate.finite.lower in facts.duties else []
    yield replacing((first.span, put), *joints, *pinned, relation=turn.relation)


@flip("contradiction")
def opening(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """A sentence without a subject that opens with can, cannot or no need to opens with its opposite."""
    facts = grammar.facts(NegationFacts)
    if not facts.openers or sentence.children(sentence.root, "nsubj", "csubj", "expl") or is_question(sentence):
        return
    for turn in facts.openers:
        found = sentence.tokens_in(Span(0, len(turn.find)))
        after = sentence.tokens[len(found)]
        if sentence.text.lower()[: after.start].strip() != turn.find or after.upos != "VERB":
            continue
        rest = sentence.tokens[len(found) :]
        if any(
            holds(sentence, name, grammar, rest) for name in ("clause_blockers", "scope_blockers", "removal_blockers")
        ):
            continue
        if not any(token not in found for token in negators_outside(sentence, grammar)):
            yield replacing((sentence.span(*found), turn.put))
            return


def _is_followed_by_denial(sentence: Sentence, predicate: Predicate, grammar: Grammar) -> bool:
    """Whether a negator comes after the predicate in one stretch of words: what precedes it is rather its subject."""
    for token in sentence.tokens[predicate.head.index + 1 :]:
        if token.upos in {"PUNCT", "SCONJ", "CCONJ"} or token.lower in grammar.facts(ClauseFacts).narrowing:
            return False
        if token.lower in grammar.facts(NegationFacts).lone_negators:
            return True
    return False


def _is_for_a_while(sentence: Sentence, predicate: Predicate, grammar: Grammar) -> bool:
    """Whether it is said how long the predicate does not hold ("will not restart for three minutes")."""
    lasting = grammar.facts(NegationFacts).lasting
    starts = {each.span.start for each in durations(sentence.text, grammar)} if lasting else set()
    behind = sentence.tokens[predicate.head.index + 1 :]
    return any(token.start in starts and sentence.tokens[token.index - 1].lower in lasting for token in behind)


def _can_lack(sentence: Sentence, predicate: Predicate, grammar: Grammar) -> bool:
    """Whether somebody would write the predicate under a negative subject."""
    facts = grammar.facts(NegationFacts)
    denial = facts.forms.get(predicate.finite.lower)
    if denial and (denial.not_with & names_of(predicate.head, grammar) or not denial.with_none):
        return False
    if names_of(predicate.head, grammar) & facts.undeniable or is_negative_word(predicate.head, grammar):
        return False
    return not holds(sentence, "scope_blockers", grammar, scope_of(sentence, predicate))


def _fits(turn: Quantifier, first: Token, predicate: Predicate) -> bool:
    finite = "*" if predicate.bare else predicate.finite.lower
    number = predicate.subject.feat("Number")
    under = (not turn.under or finite in turn.under) and finite not in turn.not_under
    return first.lower == turn.find and under and turn.number in {"", number}


def _run_of(tokens: tuple[Token, ...], words: list[str]) -> tuple[Token, ...]:
    """Where the words stand in a row, if they do so once."""
    runs = [tokens[i : i + len(words)] for i in range(len(tokens) - len(words) + 1)]
    found = [run for run in runs if [token.lower for token in run] == words]
    return found[0] if len(found) == 1 else ()


def _is_open(sentence: Sentence, predicate: Predicate, grammar: Grammar) -> bool:
    """Whether nothing in the clause resists a negation of its predicate, or leaves its scope open."""
    if holds(sentence, "scope_blockers", grammar, scope_of(sentence, predicate)):
        return False
    return is_plain(sentence, predicate, grammar) and not coordinated(sentence, predicate, grammar)


def _denies(sentence: Sentence, predicate: Predicate, negator: Token, grammar: Grammar) -> bool:
    """Whether the negator belongs to the main predicate, and to nothing after it."""
    facts = grammar.facts(NegationFacts)
    before = sentence.tokens[predicate.onset.index : predicate.head.index]
    inside = negator in before and not any(token.lower in facts.turn_words for token in before if token != negator)
    behind = predicate.head.lower in facts.forms and negator.index == predicate.head.index + 1
    after = sentence.next(negator)
    if after is None or after.upos == "PUNCT" or after.lower in facts.particle_blockers:
        return False
    return inside or behind


def _allowed(sentence: Sentence, predicate: Predicate, negator: Token, grammar: Grammar) -> str | None:
    """The word that allows what a modal and the negator after it forbid somebody to do."""
    word = grammar.facts(NegationFacts).bans.get(predicate.finite.lower)
    adjacent = negator.index == predicate.finite.index + 1
    return word if word and adjacent and gives_permission(sentence, predicate, grammar) else None
