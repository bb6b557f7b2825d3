"""Which predicates make a question of their subject, and how they agree with a question word."""

from __future__ import annotations

from nyaris.grammar import Grammar
from nyaris.syntax.agreement import AgreementFacts, finite_verb_of, inflected_for
from nyaris.syntax.asked_clauses import has_second_clause
from nyaris.syntax.asking import is_anaphor, names_of, points_outside
from nyaris.syntax.clauses import ClauseFacts, is_passive
from nyaris.syntax.predicates import main_predicate
from nyaris.syntax.question_facts import QuestionFacts
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.lexicon import is_plural


def may_be_asked(
    sentence: Sentence, root: Token, noun: Token, asked: tuple[Token, ...], end: Token, grammar: Grammar
) -> bool:
    """A plain statement whose rest points at nothing outside of it."""
    facts = grammar.facts(QuestionFacts)
    if any(child.index < end.index for child in sentence.children(root, "expl", "parataxis", "csubj")) or _is_not_asked(
        sentence, root, grammar
    ):
        return False
    if root.upos not in {"VERB", "ADJ"} or (sentence.children(root, "cop") and root.upos != "ADJ"):
        return False
    rest = sentence.tokens[asked[-1].index + 1 : end.index]
    if len(rest) < facts.shortest or any(token.text in {":", ";"} for token in rest):
        return False
    own = ("advcl", "acl", "ccomp", "xcomp", "csubj")
    heads = (sentence.tokens[token.head] for token in rest if token.has_rel("nsubj", "expl"))
    if any(head != root and not head.has_rel(*own) for head in heads) or root.index > end.index:
        return False
    if has_second_clause(rest, grammar) or not _is_verbal(sentence, root, facts, grammar):
        return False
    if noun.lower in facts.with_complement and not is_passive(sentence, root, grammar):
        return False
    if _is_reduced(sentence, root, rest, grammar):
        return False
    kept = [token for token in rest if not is_dropped(root, token, facts)]
    kept = [token for token in kept if not is_anaphor(sentence, token, noun, grammar)]
    return _meets_verb(root, rest[0]) and not any(points_outside(sentence, token, grammar) for token in kept)


def _is_reduced(sentence: Sentence, root: Token, rest: tuple[Token, ...], grammar: Grammar) -> bool:
    """Whether the predicate may only describe the subject, since another finite word follows: "the fee paid may be"."""
    facts, modals = grammar.facts(QuestionFacts), grammar.facts(ClauseFacts).modals
    if sentence.children(root, "aux", "cop") or not rest or rest[0] != root:
        return False
    for token in rest[1:]:
        if token.upos in {"CCONJ", "SCONJ", "PUNCT", "PRON", "PART"}:
            return False
        finite = token.lower in modals or (bool(facts.verb_prefixes) and token.lower in facts.with_object)
        if token.upos == "AUX" or (token.upos == "VERB" and finite):
            return True
    return False


def is_dropped(root: Token, token: Token, facts: QuestionFacts) -> bool:
    """Whether the word before the predicate only links the sentence to another (also)."""
    return token.lower in facts.droppable and token.head == root.index and token.index < root.index


def _is_not_asked(sentence: Sentence, verb: Token, grammar: Grammar) -> bool:
    """Whether the predicate makes no question of its subject; some do with a noun for their object."""
    facts, names = grammar.facts(QuestionFacts), names_of(verb, grammar)
    thing = sentence.child(verb, "obj")
    told = thing is not None and thing.upos in {"NOUN", "PROPN"} and not sentence.children(verb, "ccomp", "xcomp")
    turned = is_passive(sentence, verb, grammar) and names & (facts.human_passives | facts.with_object)
    return bool(names & facts.not_predicates) and not turned and not (told and names & facts.with_object)


def _is_verbal(sentence: Sentence, root: Token, facts: QuestionFacts, grammar: Grammar) -> bool:
    """Whether the predicate looks like one, in languages whose verbs carry a prefix."""
    if not facts.verb_prefixes:
        return True
    predicate = main_predicate(sentence, grammar)
    if root == sentence.root and (predicate is None or predicate.head != root):
        return False
    helped = sentence.children(root, "aux", "advmod") or root.upos == "ADJ"
    return bool(helped) or root.lower.startswith(facts.verb_prefixes)


def _meets_verb(root: Token, first: Token) -> bool:
    """Whether the word after the subject is the predicate, one of its helpers, or an adverb of it."""
    if first == root:
        return True
    return first.head == root.index and first.has_rel("aux", "cop", "advmod") and first.index < root.index


def in_singular(
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
