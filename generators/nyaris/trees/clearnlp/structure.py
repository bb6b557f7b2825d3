"""Who hangs on whom: prepositions, copulas, clauses and conjuncts of a ClearNLP tree put where UD has them."""

from __future__ import annotations

from nyaris.trees.clearnlp.draft import Draft
from nyaris.trees.clearnlp.facts import ClearNlpFacts

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "DET"})
_PREPOSITIONAL = frozenset("prep agent dative pcomp conj cc mark advmod amod dep root".split())


def prepositions(draft: Draft) -> None:
    """The object of a preposition takes its place: `prep` + `pobj` becomes one phrase with `case`."""
    for index in draft.bottom_up():
        _joined_prepositions(draft, index)
        token, label = draft.tokens[index], draft.label[index]
        if label not in _PREPOSITIONAL or (token.upos in {"VERB", "AUX"} and label not in {"prep", "agent", "pcomp"}):
            continue
        complement = _complement(draft, index)
        if complement is None:
            continue
        clause = draft.label[complement] == "pcomp" and draft.tokens[complement].upos in {"VERB", "AUX"}
        draft.promote(complement, index, "mark" if clause else "case")
        if clause and draft.label[complement] in {"prep", "agent", "dative"}:
            draft.label[complement] = "advcl"
        for child in draft.children(index):
            if draft.rel[child] is None and child != complement and _is_function_word(draft, child):
                draft.settle(child, "case")
        joined = [each for each in draft.children(index) if draft.rel[each] == "conj"]
        draft.adopt(index, complement, keep=joined)


def _complement(draft: Draft, preposition: int) -> int | None:
    """The object of a preposition, or the clause, or the phrase with a preposition of its own ("out of the house")."""
    token, label = draft.tokens[preposition], draft.label[preposition]
    objects = draft.children(preposition, "pobj")
    if objects or token.upos in NOMINAL | {"ADJ"}:
        return next(iter(objects), None)
    clauses = [each for each in draft.children(preposition, "pcomp") if each > preposition]
    if clauses and not _is_function_word(draft, clauses[0]):
        return clauses[0]
    nested = [each for each in draft.children(preposition, "prep") if draft.tokens[each].upos in NOMINAL]
    return nested[0] if nested and (label == "prep" or token.upos == "ADP") else None


def _joined_prepositions(draft: Draft, index: int) -> None:
    """ "on or before the date": the object hangs on the last preposition, and is that of the first one too."""
    if draft.tokens[index].upos not in {"ADP", "SCONJ"} or draft.children(index, "pobj"):
        return
    for phrase in draft.children(index, "conj"):
        cases = [each for each in draft.children(phrase) if draft.rel[each] == "case" and index < each < phrase]
        if not cases:
            continue
        draft.settle(cases[0], "conj", index)
        for joint in draft.children(index, "cc"):
            draft.settle(joint, "cc", cases[0])
        draft.label[phrase] = "pobj"
        return


def _is_function_word(draft: Draft, index: int) -> bool:
    """Whether a `pcomp` is the second half of a preposition ("because of"), not a complement."""
    return draft.label[index] in {"pcomp", "prep"} and draft.tokens[index].upos in {"ADP", "SCONJ", "PART"}


def small_clauses(draft: Draft, facts: ClearNlpFacts) -> None:
    """The subject of a clause without a finite verb is the object of the verb above: "want him to go"."""
    for index in range(len(draft.tokens)):
        above = draft.head[index]
        subjects = draft.children(index, "nsubj")
        if draft.label[index] != "ccomp" or draft.rel[index] or above < 0 or len(subjects) != 1:
            continue
        if (
            draft.tokens[above].upos in {"VERB", "AUX"}
            and above < subjects[0] < index
            and _is_bare(draft, index, facts)
        ):
            draft.settle(subjects[0], "obj", above)
            draft.label[index] = "xcomp"


def _is_bare(draft: Draft, index: int, facts: ClearNlpFacts) -> bool:
    """Whether a clause has neither a finite verb nor a word that introduces it."""
    token = draft.tokens[index]
    if draft.children(index, "mark"):
        return False
    helpers = [draft.tokens[each] for each in draft.children(index, "aux", "auxpass")]
    if any(helper.lower in facts.infinitive_markers for helper in helpers):
        return True
    finite = [each for each in (token, *helpers) if each.feat("VerbForm") == "Fin" or each.feat("VerbType")]
    return not finite and (token.upos in {"ADJ", "NOUN"} or token.feat("VerbForm") in {"Inf", "Part", "Ger"})


def copulas(draft: Draft, facts: ClearNlpFacts) -> None:
    """The predicate of a copula takes its place; what is said to exist becomes the subject."""
    for index in draft.bottom_up():
        token = draft.tokens[index]
        if token.lemma.lower() not in facts.copulas or draft.rel[index] or draft.label[index] in {"aux", "auxpass"}:
            continue
        if draft.children(index, "expl"):
            for child in draft.children(index, "attr"):
                draft.settle(child, "nsubj")
            continue
        predicate = _predicate(draft, index, facts)
        if predicate is None:
            continue
        _extraposition(draft, index, predicate, facts)
        draft.promote(predicate, index, "cop")
        draft.adopt(index, predicate, clausal=True)


def _predicate(draft: Draft, copula: int, facts: ClearNlpFacts) -> int | None:
    """What a copula says of its subject: the attribute, else the phrase, adverb or clause after it."""
    named = draft.children(copula, "attr", "acomp")
    if named:
        return max(named)
    subjects = draft.children(copula, "nsubj", "csubj")
    if not subjects:
        return None
    start = max(copula, *subjects)
    adverbs = [each for each in draft.children(copula, "advmod") if _is_place(draft, each, facts)]
    phrases = [each for each in draft.children(copula, "prep", "npadvmod", "oprd") if not _is_stranded(draft, each)]
    later = sorted(each for each in (*phrases, *adverbs) if each > start)
    if later:
        return later[0]
    opening = [each for each in adverbs if each < copula < min(subjects)]
    clauses = [each for each in draft.children(copula, "ccomp", "xcomp") if each > start]
    return next(iter((*opening, *clauses)), None)


def _is_place(draft: Draft, index: int, facts: ClearNlpFacts) -> bool:
    return draft.tokens[index].lower in facts.predicative_adverbs


def _is_stranded(draft: Draft, index: int) -> bool:
    """Whether a preposition has lost its object: "the house he lives in"."""
    return draft.label[index] == "prep" and draft.tokens[index].upos in {"ADP", "SCONJ"}


def _extraposition(draft: Draft, copula: int, predicate: int, facts: ClearNlpFacts) -> None:
    """ "It is important that ...": the pronoun is empty, the clause is the subject."""
    subjects = draft.children(copula, "nsubj")
    clauses = [each for each in draft.children(copula, "ccomp", "xcomp") if each > predicate]
    if not clauses or predicate in clauses or draft.tokens[predicate].upos not in {"ADJ", "NOUN"}:
        return
    if len(subjects) == 1 and draft.tokens[subjects[0]].lower in facts.dummy_subjects:
        draft.settle(subjects[0], "expl")
        draft.settle(clauses[0], "csubj")


def joined_clauses(draft: Draft) -> None:
    """Of two clauses with only a comma or a semicolon between them the first is the head: "A applies; B does not"."""
    for index in draft.bottom_up():
        above = draft.head[index]
        if draft.label[index] != "ccomp" or draft.rel[index] or not 0 <= index < above:
            continue
        stops = [each for each in draft.children(above, "punct") if index < each < above]
        own = [each for each in draft.children(above, "nsubj", "nsubjpass", "expl") if stops and each > stops[0]]
        if own and not draft.children(index, "mark"):
            draft.promote(index, above, "parataxis")


def coordination(draft: Draft) -> None:
    """Every conjunct hangs on the first; conjunctions and commas hang on the conjunct after them."""
    conjuncts = [i for i, label in enumerate(draft.label) if label == "conj" and draft.rel[i] is None]
    members: dict[int, list[int]] = {}
    for index in conjuncts:
        members.setdefault(draft.head[index], []).append(index)
    for head, found in members.items():
        for child in draft.children(head):
            joins = draft.label[child] in {"cc", "punct"} and draft.rel[child] is None
            after = [each for each in found if each > child > head]
            if joins and after:
                draft.head[child] = min(after)
    for index in conjuncts:
        first, steps = draft.head[index], 0
        while first in conjuncts and steps < len(conjuncts):
            first, steps = draft.head[first], steps + 1
        draft.head[index] = first
