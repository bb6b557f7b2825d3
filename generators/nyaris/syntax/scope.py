"""How far a negation of the main predicate would reach, and what would not stand it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from nyaris.grammar import Grammar
from nyaris.syntax.clauses import ClauseFacts, is_passive
from nyaris.syntax.polarity import NegationFacts
from nyaris.syntax.predicates import Predicate
from nyaris.trees.sentence import Sentence, Token, written
from nyaris.words.lexicon import is_agent
from nyaris.words.morphology import inflect, lemmas_of


def names_of(token: Token, grammar: Grammar) -> frozenset[str]:
    """Every name under which a word may stand in a list: its form and, where verbs inflect, its possible lemmas."""
    if not grammar.facts(NegationFacts).support:
        return frozenset({token.lower})
    return frozenset({token.lower, token.lemma.lower(), *lemmas_of(token.lower, grammar)})


def scope_of(sentence: Sentence, predicate: Predicate) -> tuple[Token, ...]:
    """The words from the finite word on that a negation of the predicate reaches, without clauses of their own."""
    skipped = {
        token.index
        for clause in sentence.tokens
        if clause.has_rel("acl", "advcl", "parataxis", "ccomp") and clause.index > predicate.finite.index
        for token in sentence.subtree(clause)
    }
    return tuple(token for token in sentence.tokens[predicate.onset.index :] if token.index not in skipped)


@lru_cache(maxsize=16)
def negators_outside(sentence: Sentence, grammar: Grammar, *, privatives: bool = True) -> tuple[Token, ...]:
    """The negators of the sentence that do not stand in a relative or an adverbial clause, privatives among them."""
    negators = grammar.facts(ClauseFacts).negators
    if not privatives:
        negators -= grammar.facts(NegationFacts).privatives
    found = [token for token in sentence.tokens if token.lower in negators or token.feat("Polarity") == "Neg"]
    return tuple(token for token in found if not _is_embedded(sentence, token))


def _is_embedded(sentence: Sentence, token: Token) -> bool:
    """Whether the word stands in a relative clause, or in an adverbial one with a subject of its own."""
    return any(
        link.has_rel("acl") or (link.has_rel("advcl") and sentence.children(link, "nsubj"))
        for link in (token, *sentence.ancestors(token))
    )


def holds(sentence: Sentence, phrases: str, grammar: Grammar, tokens: tuple[Token, ...] | None = None) -> bool:
    """Whether one of the phrases of a list stands among the tokens (default: anywhere)."""
    words, facts = written(tokens) if tokens else sentence.written, grammar.facts(NegationFacts)
    return bool(facts.patterns[phrases].search(facts.patterns["harmless"].sub("_", words)))


def is_plain(sentence: Sentence, predicate: Predicate, grammar: Grammar) -> bool:
    """Whether the sentence opens plainly, and its subject does not decide how far a negation reaches."""
    facts = grammar.facts(NegationFacts)
    opening = " ".join(token.lower for token in sentence.tokens[:4])
    if facts.patterns["leading_blockers"].match(opening):
        return False
    if sentence.children(predicate.head, "parataxis", "list", "discourse", "vocative", "dislocated"):
        return False
    if any(clause.index < predicate.subject.index for clause in _purposes(sentence, predicate, facts)):
        return False
    start = sentence.subtree(predicate.subject)[0].index
    if start and holds(sentence, "lead_blockers", grammar, sentence.tokens[:start]):
        return False
    if any(_is_result(sentence, clause) for clause in sentence.children(predicate.head, "advcl")):
        return False
    if any(_opens_result(sentence, comma) for comma in sentence.tokens[predicate.head.index :]):
        return False
    if any(token.lower in facts.connectives for token in sentence.tokens[predicate.onset.index :]):
        return False
    return not shut_subject(sentence, predicate.subject, facts) and not _is_said_twice(sentence, predicate)


def _is_said_twice(sentence: Sentence, predicate: Predicate) -> bool:
    """Whether another clause says the same of the same subject ("if it is not passed, it is passed")."""
    subject = predicate.subject.lemma.lower()
    again = (
        token
        for token in sentence.tokens
        if token.lemma == predicate.head.lemma and token.index != predicate.head.index
    )
    return any(child.lemma.lower() == subject for token in again for child in sentence.children(token, "nsubj"))


def _is_result(sentence: Sentence, clause: Token) -> bool:
    """Whether a clause without a conjunction is added after a comma, and so tells what came of it."""
    first = sentence.subtree(clause)[0]
    before = sentence.previous(first)
    comma = first.text == "," or (before is not None and before.text == ",")
    return comma and clause.feat("VerbForm") in {"Part", "Ger", None} and not sentence.children(clause, "mark", "case")


def _opens_result(sentence: Sentence, comma: Token) -> bool:
    """Whether a present participle follows a comma, wherever the parser hung it (", sending alerts to the user")."""
    after = sentence.next(comma)
    if comma.text != "," or after is None or after.upos != "VERB":
        return False
    return after.feat("VerbForm") in {"Part", "Ger"} and after.feat("Tense") != "Past" and not after.has_rel("amod")


def has_purpose(sentence: Sentence, predicate: Predicate, facts: NegationFacts) -> bool:
    """Whether the sentence says what the act is for: nobody forbids what serves it."""
    return any(clause.index > predicate.head.index for clause in _purposes(sentence, predicate, facts))


def _purposes(sentence: Sentence, predicate: Predicate, facts: NegationFacts) -> Iterator[Token]:
    """The adverbial clauses that say what for."""
    for clause in sentence.children(predicate.head, "advcl"):
        if any(mark.lower in facts.purpose_marks for mark in sentence.children(clause, "mark", "case")):
            yield clause


def shut_subject(sentence: Sentence, subject: Token, facts: NegationFacts) -> bool:
    """Whether the subject is a quantifier, or opens with one."""
    first = sentence.subtree(subject)[0]
    words = [subject, first, *sentence.children(subject, "det", "advmod", "nummod", "amod", "case")]
    counts = any(word.has_rel("nummod") and word.index < subject.index for word in words)  # not "Clause 27"
    return counts or any(word.lower in facts.shut_determiners for word in words)


def coordinated(sentence: Sentence, predicate: Predicate, grammar: Grammar) -> tuple[Token, ...]:
    """Whatever is, or by its form may be, another predicate coordinated with this one."""
    found = [
        token for token in sentence.tokens if token.has_rel("conj") and _adds_predicate(sentence, token, predicate)
    ]
    links = (token for token in sentence.tokens if token.upos == "CCONJ" and token.index > predicate.head.index)
    others = [other for link in links if (other := _finite_after(sentence, link, grammar)) and other not in found]
    return (*found, *others)


def _adds_predicate(sentence: Sentence, other: Token, predicate: Predicate) -> bool:
    first = sentence.tokens[other.head]
    if first == predicate.head:
        return "VERB" in {other.upos, first.upos} or bool(sentence.children(other, "nsubj", "csubj", "aux", "cop"))
    if other.upos in {"VERB", "AUX"} and first.upos not in {"VERB", "AUX", "ADJ"}:
        return True
    return bool(sentence.children(other, "nsubj")) and not sentence.children(first, "nsubj")


def _finite_after(sentence: Sentence, link: Token, grammar: Grammar) -> Token | None:
    """The predicate that a conjunction adds, by the form of its first word, whatever the parser takes it for."""
    word = sentence.next(link)
    while word is not None and word.upos == "ADV":
        word = sentence.next(word)
    if word is None or word.upos == "SCONJ":
        return word
    if word.upos == "VERB" and word.feat("VerbForm") is None:
        return word
    clause = _clause_after(sentence, word, grammar)
    if clause is not None:
        return clause
    if word.lower in grammar.facts(NegationFacts).forms:
        # whichever verb the parser takes it to be coordinated with: relative clauses before it catch it too often
        return sentence.tokens[word.head] if word.has_rel("aux", "cop") else word
    if lemmas_of(word.lower, grammar, "noun") or not _may_be_present(word, grammar):
        return None
    first = sentence.head(word)
    if first is None or first.head < 0 or not word.has_rel("conj"):
        return word
    return None if sentence.children(first, "nsubj", "aux", "cop") else word


def _clause_after(sentence: Sentence, first: Token, grammar: Grammar) -> Token | None:
    """The finite verb of a clause whose subject starts with the word, by the order of words alone."""
    facts = grammar.facts(NegationFacts)
    for token in sentence.tokens[first.index + 1 :]:
        if token.upos in {"PUNCT", "SCONJ", "CCONJ", "ADP"} or token.feat("PronType") == "Rel":
            return None
        finite = token.upos in {"VERB", "AUX"} and token.feat("VerbForm") in {"Fin", None}
        if (finite or token.lower in facts.forms) and token.lower not in facts.verbal_adpositions:
            return None if first.upos in {"VERB", "AUX"} or token.has_rel("amod", "acl", "compound") else token
    return None


def _may_be_present(word: Token, grammar: Grammar) -> bool:
    lemmas = lemmas_of(word.lower, grammar)
    return word.lower in lemmas or any(inflect(lemma, "present3", grammar) == word.lower for lemma in lemmas)


def is_negative_word(head: Token, grammar: Grammar) -> bool:
    """Whether the predicate denies something by itself (invalid, lack)."""
    facts = grammar.facts(NegationFacts)
    prefixed = head.upos == "ADJ" and bool(facts.negative_prefixes) and head.lower.startswith(facts.negative_prefixes)
    return prefixed or bool(names_of(head, grammar) & facts.negative_words)


def is_performed(predicate: Predicate, grammar: Grammar) -> bool:
    """Whether the writer does by these words what they say (we refer to your letter)."""
    facts = grammar.facts(NegationFacts)
    present = predicate.bare or predicate.finite.feat("Person") is not None  # "we will inform you" only promises it
    speaks = present and predicate.subject.lower in facts.performers
    return speaks and bool(names_of(predicate.head, grammar) & facts.performatives)


def comes_of_itself(sentence: Sentence, predicate: Predicate, grammar: Grammar) -> bool:
    """Whether the predicate tells of an end that death or ruin brings, so that nobody could be let off it."""
    ends = names_of(predicate.head, grammar) & grammar.facts(NegationFacts).endings
    return bool(ends) and holds(sentence, "end_causes", grammar)


def is_deliberate(sentence: Sentence, predicate: Predicate, grammar: Grammar) -> bool:
    """Whether the predicate tells what somebody does or has done on purpose, so that it can be demanded or allowed."""
    facts = grammar.facts(NegationFacts)
    head, subject, names = predicate.head, predicate.subject, names_of(predicate.head, grammar)
    if head.upos != "VERB":
        return False
    if is_passive(sentence, head, grammar):
        return not names & facts.constitutive
    if names & facts.inactive:
        return False
    return subject.lower in facts.permission_pronouns or (
        subject.upos != "PRON" and is_agent(sentence, subject, grammar)
    )


def gives_permission(sentence: Sentence, predicate: Predicate, grammar: Grammar) -> bool:
    """Whether a word that stands for permission and for possibility stands for permission here."""
    facts = grammar.facts(NegationFacts)
    passive = is_passive(sentence, predicate.head, grammar)
    if passive and not names_of(predicate.head, grammar) & facts.permitted_passives:
        return False
    between = [
        token
        for token in sentence.tokens[predicate.finite.index + 1 : predicate.head.index]
        if token.lower not in facts.light_adverbs | grammar.facts(ClauseFacts).negators
    ]
    return len(between) == int(passive) and is_deliberate(sentence, predicate, grammar)
