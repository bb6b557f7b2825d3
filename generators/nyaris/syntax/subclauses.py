"""Clauses inside a sentence that can be read, and denied, as sentences of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nyaris.edits import Edit, Replacement
from nyaris.grammar import Grammar
from nyaris.syntax.clauses import has_negation
from nyaris.syntax.polarity import NegationFacts
from nyaris.syntax.scope import names_of, shut_subject
from nyaris.trees.sentence import Sentence, Token


def reported_clauses(sentence: Sentence, grammar: Grammar) -> Iterator[tuple[Sentence, bool]]:
    """The clauses that tell what somebody or something says or shows, and whether no other one may say the opposite.

    Nothing before such a clause is negated, and who says it is no part of a group.
    """
    facts = grammar.facts(NegationFacts)
    for head in sentence.tokens:
        governor = sentence.head(head)
        if governor is None or governor.index > head.index or not head.has_rel("ccomp", "parataxis"):
            continue
        if not names_of(governor, grammar) & facts.reporting or not _is_asserted(sentence, governor, facts):
            continue
        clause = _cut_out(sentence, head, facts)
        if clause is None or has_negation(sentence, grammar, _before(sentence, clause)):
            continue
        if _is_introduced(_before(sentence, clause)[-1], facts):
            yield clause, not _is_any(sentence, governor, facts)


def added_clause(sentence: Sentence, grammar: Grammar) -> Sentence | None:
    """The last of two main clauses that are joined by "and", with a subject of its own."""
    facts = grammar.facts(NegationFacts)
    others = [child for child in sentence.children(sentence.root, "conj") if sentence.children(child, "nsubj")]
    if len(others) != 1 or len(sentence.children(sentence.root, "conj")) != 1:
        return None
    links = [link.lower for link in sentence.children(others[0], "cc")]
    if len(links) != 1 or links[0] not in facts.adding:
        return None
    return _cut_out(sentence, others[0], facts)


def lifted(edit: Edit, clause: Sentence, sentence: Sentence, relation: str | None) -> Edit:
    """An edit of a clause, as an edit of the sentence that it was cut out of."""
    by = clause.start - sentence.start
    moved = tuple(Replacement(each.start + by, each.end + by, each.text) for each in edit.replacements)
    return replace(edit, replacements=moved, relation=relation or edit.relation)


def as_said(edit: Edit, sentence: Sentence, grammar: Grammar) -> Edit:
    """The edit as one of what somebody says, where a verb of saying goes before the main clause as the parser sees it.

    Somebody else may say the opposite: that is the contrary of the sentence, and no contradiction.
    """
    reporting = grammar.facts(NegationFacts).reporting
    before = (token for token in sentence.tokens if token.end <= edit.replacements[0].start)
    said = any(token.upos == "VERB" and names_of(token, grammar) & reporting for token in before)
    return replace(edit, relation="contrary") if said and edit.relation in {None, "contradiction"} else edit


def _is_any(sentence: Sentence, governor: Token, facts: NegationFacts) -> bool:
    """Whether the subject is some study or other: another one may have found the opposite."""
    subject = sentence.child(governor, "nsubj")
    if subject is None:
        return False
    determiners = [child.lower for child in sentence.children(subject, "det", "nmod:poss")]
    modified = sentence.children(subject, "det", "nmod", "nummod", "amod", "acl")
    bare = subject.upos == "NOUN" and subject.feat("Number") == "Plur" and not modified
    return bare or any(determiner in facts.indefinites for determiner in determiners)


def _is_asserted(sentence: Sentence, governor: Token, facts: NegationFacts) -> bool:
    """Whether the governor makes the statement of the sentence, or one that the statement reports."""
    chain = (governor, *sentence.ancestors(governor))
    subjects = sentence.children(governor, "nsubj", "csubj", "expl")
    shut = any(each.feat("PronType") == "Rel" or shut_subject(sentence, each, facts) for each in subjects)
    possible = any(word.lower in facts.free_choice for word in sentence.children(governor, "aux", "advmod"))
    return (
        bool(subjects) and not shut and not possible and all(link.head < 0 or link.has_rel("ccomp") for link in chain)
    )


def _is_introduced(before: Token, facts: NegationFacts) -> bool:
    """Whether the word before the clause shows that a clause begins: without one the parser may be mistaken."""
    return before.lower in facts.complementizers or (before.text == "," and facts.comma_reports)


def _before(sentence: Sentence, clause: Sentence) -> tuple[Token, ...]:
    start = clause.start - sentence.start
    return tuple(token for token in sentence.tokens if token.end <= start)


def _cut_out(sentence: Sentence, head: Token, facts: NegationFacts) -> Sentence | None:
    """The clause of a head without the words that introduce it, as a sentence; None when it is not in one piece."""
    tokens = list(sentence.subtree(head))
    if tokens[-1].index - tokens[0].index + 1 != len(tokens) or any(token.text in _QUOTES for token in tokens):
        return None
    while tokens and (
        (tokens[0].has_rel("mark", "cc", "punct") and tokens[0].head == head.index) or tokens[0].upos == "PUNCT"
    ):
        if tokens[0].has_rel("mark") and tokens[0].lower not in facts.complementizers:
            return None
        tokens.pop(0)
    if not tokens or any(child.has_rel("mark") for child in sentence.children(head) if child in tokens):
        return None
    after = sentence.next(tokens[-1])
    if tokens[-1].upos != "PUNCT":
        if after is None or after.upos != "PUNCT":
            return None
        tokens.append(replace(after, head=head.index))
    start, first = tokens[0].start, tokens[0].index
    moved = tuple(
        replace(
            token,
            index=token.index - first,
            start=token.start - start,
            end=token.end - start,
            head=token.head - first if token != head else -1,
            rel=token.rel if token != head else "root",
        )
        for token in tokens
    )
    text = sentence.text[start : tokens[-1].end]
    return Sentence(text, moved, sentence.language, sentence.start + start, sentence.start + tokens[-1].end)


_QUOTES = frozenset({'"', "“", "”"})
