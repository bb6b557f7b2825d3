"""What may be asked of a clause: its nouns, whether somebody or something, and what points outside of it."""

from __future__ import annotations

from nyaris.grammar import Grammar
from nyaris.syntax.clauses import is_passive
from nyaris.syntax.question_facts import QuestionFacts
from nyaris.trees.sentence import Sentence, Token, written
from nyaris.words.lexicon import LexiconFacts, is_agent, is_plural, kind_of
from nyaris.words.morphology import MorphologyFacts
from nyaris.words.wording import is_quoted

_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "DET", "NUM", "PRON", "SYM", "X", "PUNCT"})
_BREAKS = frozenset({":", ";", "“", '"', "["})
_SHORTEST_CONFIXED = 6
_ROMAN = frozenset("IVXLC")


def phrase_asked(
    sentence: Sentence, noun: Token, facts: QuestionFacts, closing: bool = False
) -> tuple[Token, ...] | None:
    """The words of a noun phrase that may be asked for, None where it has gaps or the answer would say nothing.

    A phrase that closes its clause may end in a verb or an adverb of its own.
    """
    tokens = tuple(token for token in sentence.subtree(noun))
    while tokens and tokens[-1].text == ",":
        tokens = tokens[:-1]
    if not tokens or tokens[-1].index - tokens[0].index + 1 != len(tokens) or len(tokens) > facts.longest_asked:
        return None
    own = {child.lower for child in sentence.children(noun, "det", "nmod:poss", "advmod", "amod", "case", "cc")} | {
        noun.lower
    }
    if own & facts.not_asked or any(token.lower in facts.negative for token in tokens):
        return None
    if (
        noun.upos not in {"NOUN", "PROPN"}
        or (tokens[0].upos in {"ADP", "ADV", "CCONJ", "INTJ", "SCONJ"} and tokens[0].lower not in facts.may_begin)
        or is_quoted(sentence, noun)
    ):
        return None
    if any(token.lower in facts.not_inside for token in tokens):
        return None
    ends = _NOMINAL | {"VERB", "ADV"} if closing else _NOMINAL
    if tokens[-1].upos not in ends or tokens[-1].feat("PronType") == "Rel":
        return None
    if any(token.text in _BREAKS for token in tokens):
        return None
    if noun.upos == "PROPN" and facts.circumstances & {
        case.lower for child in sentence.children(noun, "nmod", "obl") for case in sentence.children(child, "case")
    }:
        return None
    opened, closed = (sum(token.text == bracket for token in tokens) for bracket in "()")
    return tokens if opened == closed else None


def question_word(sentence: Sentence, noun: Token, grammar: Grammar) -> str | None:
    """What stands for the phrase of a noun in a question, None when nobody can tell whether it is somebody."""
    facts = grammar.facts(QuestionFacts)
    if _is_numbered(sentence, noun, facts):
        return facts.which.format(noun=noun.text if noun.text[0].isupper() and noun.index else noun.lower)
    known = _known_word(sentence, noun, grammar)
    if known != facts.thing and _is_said_of_things(sentence, noun, facts):
        return None
    joined = sentence.children(noun, "conj")
    if known == facts.thing and _is_said_of_persons(sentence, noun, grammar):
        return None  # a source, a voice
    if known is not None or joined:
        return known
    verb = sentence.head(noun)
    if noun.text[0].isupper() and noun.upos == "PROPN":
        acts = verb is not None and not noun.has_rel("nsubj:pass") and verb.upos == "VERB"
        if verb is not None and names_of(verb, grammar) & facts.human_passives and not acts:
            return facts.person
        parts = {noun.lower, *(child.lower for child in sentence.children(noun, "flat", "compound"))}
        if acts and len(parts) == 1 and facts.country and noun.lower in facts.countries:
            return facts.country
        if acts and parts & facts.known_names and not is_passive(sentence, verb or noun, grammar):
            return facts.person
        human = acts and verb is not None and bool(names_of(verb, grammar) & facts.human_verbs)
        return facts.person if human and not is_passive(sentence, verb or noun, grammar) else None
    if verb is not None and _is_human(sentence, noun, verb, grammar):
        return facts.person
    described = sentence.children(noun, "amod", "compound", "acl")
    plain = noun.text.islower() and noun.text.isalpha() and noun.upos == "NOUN" and noun.lower not in facts.not_asked
    if not (facts.which and plain and described) or any(child.upos == "NUM" for child in described):
        return None
    return facts.which.format(noun=noun.lower)


def _is_human(sentence: Sentence, noun: Token, verb: Token, grammar: Grammar) -> bool:
    """Whether a noun that looks like one for a person does, or has done to it, what only persons do or suffer."""
    facts = grammar.facts(QuestionFacts)
    if noun.lower in facts.persons:
        return True
    passive = is_passive(sentence, verb, grammar)
    known = facts.human_passives if passive else facts.human_verbs
    looks = noun.lower not in facts.not_persons | facts.not_things and may_be_somebody(sentence, noun, grammar)
    return looks and noun.upos in {"NOUN", "PROPN"} and bool(names_of(verb, grammar) & known)


def _is_numbered(sentence: Sentence, noun: Token, facts: QuestionFacts) -> bool:
    """Whether the noun with its number or name is one of many (clause 9, the Employment Act)."""
    if not facts.which or noun.lower not in facts.numbered or sentence.children(noun, "conj"):
        return False
    if any(token.upos == "CCONJ" for token in sentence.subtree(noun)):
        return False
    parts = sentence.children(noun, "nummod", "compound", "flat", "appos", "nmod")
    after = sentence.next(noun)
    figure = after is not None and (after.text[0].isdigit() or set(after.text) <= _ROMAN)
    numbered = figure and after in sentence.subtree(noun)
    named = noun.text[0].isupper() and any(
        part.text[0].isupper() and abs(part.index - noun.index) < 4 for part in parts
    )
    return (numbered and noun.text.isalpha()) or (named and noun.lower not in facts.not_things)


def _is_said_of_persons(sentence: Sentence, noun: Token, grammar: Grammar) -> bool:
    """Whether only somebody can do what the noun is said to do (accuse)."""
    verb = sentence.head(noun)
    if verb is None or noun.has_rel("nsubj:pass") or is_passive(sentence, verb, grammar):
        return False
    return bool(names_of(verb, grammar) & grammar.facts(QuestionFacts).human_only)


def _is_said_of_things(sentence: Sentence, noun: Token, facts: QuestionFacts) -> bool:
    """Whether nobody but only a text or a thing can do what is said (come into force)."""
    verb = sentence.head(noun)
    said = written(sentence.tokens[verb.index : verb.index + 4]) if verb is not None else ""
    lemma = f"{verb.lemma.lower()} {said.partition(' ')[2]}" if verb is not None else ""
    return any(f"{text} ".startswith(f"{opening} ") for text in (said, lemma) for opening in facts.thing_predicates)


def _known_word(sentence: Sentence, noun: Token, grammar: Grammar) -> str | None:
    """Who or what, for a noun whose kind is known."""
    facts = grammar.facts(QuestionFacts)
    if _names_document(sentence, noun, grammar):
        return facts.thing
    kinds = [kind_of(sentence, each, grammar) for each in (noun, *sentence.children(noun, "conj"))]
    if noun.has_rel("nsubj:pass") and not {"person", "party"} & set(kinds) and is_agent(sentence, noun, grammar):
        return None  # what is done to an organisation may be done to it as to a thing (a hospital is built)
    if is_agent(sentence, noun, grammar) and noun.lower not in facts.not_persons:
        return facts.person if not any(kind in facts.thing_kinds for kind in kinds) else None
    members = (noun, *sentence.children(noun, "conj"))
    if noun.lower in facts.not_things or any(not _is_thing(sentence, each, grammar) for each in members[1:]):
        return None
    names = {noun.lower, noun.lemma.lower()}
    if names & facts.not_things or (noun.text[0].isupper() and noun.index and kinds[0] in {None, "place"}):
        return None
    return facts.thing if _is_thing(sentence, noun, grammar) else None


def _is_thing(sentence: Sentence, noun: Token, grammar: Grammar) -> bool:
    facts, names = grammar.facts(QuestionFacts), {noun.lower, noun.lemma.lower()}
    if names & facts.not_things or is_agent(sentence, noun, grammar):
        return False
    listed = kind_of(sentence, noun, grammar) in facts.thing_kinds or bool(names & facts.things)
    return listed or _looks_like_thing(noun.lower, facts)


def _names_document(sentence: Sentence, noun: Token, grammar: Grammar) -> bool:
    """Whether the name that begins with the noun ends in a document ("the Central Bank of Malaysia Act 2009")."""
    named = noun
    for token in sentence.tokens[noun.index + 1 :]:
        if not (token.text[0].isupper() or token.upos == "ADP"):
            break
        named = token if token.upos in {"NOUN", "PROPN"} else named
    kinds = grammar.facts(LexiconFacts).kind_by_noun
    return named != noun and noun.text[0].isupper() and kinds.get(named.lower) == "document"


def _looks_like_thing(word: str, facts: QuestionFacts) -> bool:
    confixed = any(word.startswith(first) and word.endswith(last) for first, last in facts.thing_confixes)
    if facts.person_endings and word.endswith(facts.person_endings):
        return False
    return word.endswith(facts.thing_endings) or (confixed and len(word) > _SHORTEST_CONFIXED)


def names_of(verb: Token, grammar: Grammar) -> set[str]:
    """What a verb may be listed under: its form, and its lemma where that is a word and no stem."""
    inflects = grammar.facts(MorphologyFacts).inflector != "none"
    return {verb.lower, verb.lemma.lower()} if inflects else {verb.lower}


def is_anaphor(sentence: Sentence, token: Token, noun: Token, grammar: Grammar) -> bool:
    """Whether a pronoun of a clause within the rest may stand for the subject, so that the question may keep it.

    "Who must tell the Bank if it intends to sell?", but not "What stays until they expire?".
    """
    facts = grammar.facts(QuestionFacts)
    if token.lower not in facts.anaphors | facts.plural_anaphors | facts.owning_anaphors:
        return False
    before = sentence.previous(token)
    if token.lower in facts.owning_anaphors and token.has_rel("nmod", "det") and before == sentence.head(token):
        return True
    clauses = ("advcl", "acl", "ccomp", "csubj")
    inside = any(each.has_rel(*clauses) for each in (token, *sentence.ancestors(token)) if each.index > noun.index)
    if token.lower not in facts.plural_anaphors:
        return inside and not is_plural(noun, grammar)
    between = sentence.tokens[noun.index + 1 : token.index]
    others = any(
        each.upos == "NOUN" and each not in sentence.subtree(noun) and is_plural(each, grammar) for each in between
    )
    return inside and not is_plural(noun, grammar) and others


def points_outside(sentence: Sentence, token: Token, grammar: Grammar) -> bool:
    """Whether the word points at another sentence, or at what the question leaves open."""
    facts = grammar.facts(QuestionFacts)
    if token.lower in facts.pointers:
        noun = sentence.head(token)
        known = noun is not None and token.has_rel("det")
        return not known or noun is None or kind_of(sentence, noun, grammar) != "document"
    return token.lower in facts.not_in_rest


def may_be_somebody(sentence: Sentence, noun: Token, grammar: Grammar) -> bool:
    """Whether a common noun of unknown kind may name a person."""
    facts = grammar.facts(QuestionFacts)
    if noun.lower in facts.not_things | facts.not_persons or is_agent(sentence, noun, grammar):
        return True
    if _looks_like_thing(noun.lower, facts) or noun.lower in facts.things:
        return False
    ends = bool(facts.may_be_persons) and noun.lower.endswith(facts.may_be_persons)
    return ends or (bool(facts.may_begin_persons) and noun.lower.startswith(facts.may_begin_persons))
