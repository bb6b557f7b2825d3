"""Who is party to a sentence: every mention of every party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import ClassVar, Literal

from nyaris.grammar import Facts, Grammar
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.lexicon import is_agent, is_title, kind_of, noun_phrase_name

Slot = Literal["subject", "object", "possessive"]


class OneSidedAct(Facts):
    """What only one of two parties to a deal does (refund, lend)."""

    topic: ClassVar[str] = "parties"

    words: tuple[str, ...]
    roles: frozenset[str] = frozenset()
    """One of whom is party to such a deal; nobody: whoever the two are."""


class PartyFacts(Facts):
    """How a language refers to the parties."""

    topic: ClassVar[str] = "parties"

    pronouns: dict[str, dict[Slot, str]]
    """Pronouns that stand for a party, by an arbitrary name: their forms."""
    object_markers: frozenset[str] = frozenset()
    """Words before an object, whatever the parser takes them for (by you)."""
    addressees: frozenset[str] = frozenset()
    """Those that may face a party with a name; others may be that very party."""
    possessive_markers: frozenset[str] = frozenset()
    """Words glued to the possessor."""
    possessive_suffix: str = ""
    """What makes a possessor of a noun, "" where order does."""
    possessive_suffix_plural: str = ""
    possessed: frozenset[str] = frozenset()
    """Where order alone makes a possessor: nouns (lemmas or forms) that may belong to any party (hak, arahan)."""
    relativisers: frozenset[str] = frozenset()
    """Words right after a name that tell more about its bearer."""
    officials: frozenset[str] = frozenset()
    """Holders of public power, who change places only with each other."""
    modifiers_lead: bool = False
    """Whether a noun directly before another only modifies it."""
    bare_capitals: bool = False
    """Whether a singular party without a determiner is written with a capital (Tenant shall)."""
    enclitics: tuple[str, ...] = ()
    """Endings that make a noun somebody's (the Supplier's subcontractor)."""
    definite: frozenset[str] = frozenset()
    """Determiners of a known party; a bare name is known too."""
    indefinite: frozenset[str] = frozenset()
    """Determiners of a new party. Under any other determiner a noun is nobody in particular."""
    relative_names: frozenset[str] = frozenset()
    """Names that depend on who else is there (other party), or that are too vague for a party."""
    third_persons: frozenset[str] = frozenset()
    """Pronouns and possessives of the third person."""
    personal: frozenset[str] = frozenset()
    """Those of them that stand for people only."""
    neuter: frozenset[str] = frozenset()
    """Those of them that never stand for one person."""
    natural_persons: frozenset[str] = frozenset()
    """Parties who are always people."""
    genitives: frozenset[str] = frozenset()
    """Adpositions before the possessor."""
    joining: frozenset[str] = frozenset()
    """Adpositions after which both parties do the same (between, with)."""
    becoming: frozenset[str] = frozenset()
    """Verbs whose complement names what the subject is or becomes."""
    performatives: frozenset[str] = frozenset()
    """Verbs and adjectives that bind their subject without a modal (grant, indemnify, liable)."""
    mutual: tuple[str, ...] = ()
    """Words by which both parties do the same, or which suit only one of two (employed)."""
    one_sided_acts: tuple[OneSidedAct, ...] = ()
    either_side: frozenset[str] = frozenset()
    """Words that have the stem of a party's name and yet suit either side (provide, contract)."""
    role_bound: tuple[str, ...] = ()
    """What only one of "you" and "we" has (an account, a website): an exchange of the two would be absurd."""
    reflexives: frozenset[str] = frozenset()
    """Other forms that go with a pronoun, and would stay behind (yourself)."""
    stranded: frozenset[str] = frozenset()
    """Words that, before a stop, stand for a deed left out, whose doer is whoever was asked (asked you to)."""
    alternates: tuple[tuple[str, str], ...] = ()
    """Parties and offices of which one could do or owe what the other does; the first pair of a name counts."""
    either_does: frozenset[str] = frozenset()
    """Verbs of what either party to a contract may be bound to (lemmas or forms)."""
    addressing: frozenset[str] = frozenset()
    """Adpositions before whom something goes to, comes from or is decided by."""
    marks: frozenset[str] = frozenset()
    """Quotation marks and dashes: a name beside one is a mention of the word, or part of a longer name."""

    @cached_property
    def party_of_form(self) -> dict[str, str]:
        """The party that each form of a pronoun stands for."""
        return {form: name for name, table in self.pronouns.items() for form in table.values()}


@dataclass(frozen=True)
class Mention:
    """One place where a party is named."""

    party: str
    head: Token
    span: Span
    """The noun phrase with its determiner and its possessive marker, without adpositions."""
    slot: Slot
    is_pronoun: bool
    determiner: Token | None = None

    def without_determiner(self, sentence: Sentence) -> Mention:
        """The same mention, its determiner left where it is; itself where the determiner does not stand at an edge."""
        inside = sentence.tokens_in(self.span)
        rest = [token for token in inside if token != self.determiner]
        if self.determiner is None or self.determiner not in (inside[0], inside[-1]):
            return self
        return replace(self, span=sentence.span(*rest), determiner=None)


@lru_cache(maxsize=16)
def mentions(sentence: Sentence, grammar: Grammar) -> tuple[Mention, ...]:
    """Every mention of a party in text order; noun phrases that are more than a name are left out."""
    facts = grammar.facts(PartyFacts)
    forms = facts.party_of_form
    found: list[Mention] = []
    for token in sentence.tokens:
        if token.lower in forms and token.upos in {"PRON", "DET"}:
            party = forms[token.lower]
            found.append(
                Mention(
                    party, token, token.span, _slot(sentence, token, facts.pronouns[party], facts.object_markers), True
                )
            )
        elif _is_noun(token) and is_agent(sentence, token, grammar):
            mention = _noun_mention(sentence, token, grammar)
            if mention:
                found.append(mention)
    names = {mention.head.text for mention in found if kind_of(sentence, mention.head, grammar) == "name"}
    known = {mention.head.index for mention in found}
    again = (token for token in sentence.tokens if token.text in names and token.index not in known)
    found += [mention for token in again if (mention := _noun_mention(sentence, token, grammar))]
    return tuple(sorted(found, key=lambda mention: mention.span))


def _is_noun(token: Token) -> bool:
    """Whether the word stands where a noun stands; parsers take rare nouns (franchisee) for adjectives."""
    argument = token.has_rel("nsubj", "obj", "iobj", "obl", "nmod")
    return token.upos in {"NOUN", "PROPN"} or (token.upos == "ADJ" and argument)


def _slot(sentence: Sentence, token: Token, forms: dict[Slot, str], markers: frozenset[str]) -> Slot:
    """Where the pronoun stands: by its form, else as the label and the neighbours agree."""
    fitting: list[Slot] = [slot for slot, form in forms.items() if form == token.lower]
    if len(fitting) == 1:
        return fitting[0]
    before, after = sentence.previous(token), sentence.next(token)
    governed = before is not None and (before.upos == "ADP" or before.lower in markers)
    acts = not governed and after is not None and after.upos in {"AUX", "VERB", "ADV", "PART"}
    if token.has_rel("nsubj") and acts and "subject" in fitting:
        return "subject"
    if token.has_rel("nmod") and "possessive" in fitting:
        return "possessive"
    return "object" if "object" in fitting else fitting[0]


def _noun_mention(sentence: Sentence, noun: Token, grammar: Grammar) -> Mention | None:
    facts = grammar.facts(PartyFacts)
    name = noun_phrase_name(sentence, noun, grammar)
    if facts.enclitics and noun.lower.endswith(facts.enclitics):
        return None
    if name in facts.relative_names or noun.has_rel("compound", "flat", "fixed", "amod", "appos"):
        return None
    words = set(name.split())
    articles = facts.definite | facts.indefinite
    inside: list[Token] = [noun]
    determiner: Token | None = None
    marker: Token | None = None
    for child in sentence.children(noun):
        if child.has_rel("case") and child.lower in facts.possessive_markers:
            marker = child
        elif child.has_rel("case", "punct", "mark", "cc", "conj") or child.head < 0:
            continue
        elif child.has_rel("det") or child.lower in articles:
            if determiner is not None or child.lower not in articles:
                return None
            determiner = child
        elif _is_part(child, words) or is_title(child, grammar):
            inside += sentence.subtree(child)
        elif child.index > noun.index and _is_outside(sentence, child, facts):
            continue
        else:
            return None
    before = sentence.previous(min((*inside, noun), key=lambda token: token.index))
    if determiner is None and before is not None and before.upos == "DET":
        # "the Landlord's agent": the parser may hang the article on either noun, the reader hears it with the first
        if before.lower not in articles or not facts.modifiers_lead:
            return None
        determiner = before
    tokens = [*inside, *(token for token in (determiner, marker) if token)]
    indices = {token.index for token in tokens}
    if max(indices) - min(indices) + 1 != len(indices):
        return None
    if not facts.possessive_markers and noun.has_rel("nmod") and not sentence.children(noun, "case"):
        owned = sentence.head(noun)
        if owned is None or not {owned.lower, owned.lemma.lower()} & facts.possessed:
            return None
    if any(token.upos in {"ADP", "PUNCT", "SYM"} for token in inside if token is not marker):
        return None
    own = sorted((t for t in inside if t not in (determiner, marker)), key=lambda token: token.index)
    if not _is_set_off(sentence, min(indices), max(indices), marker, facts):
        return None
    if facts.bare_capitals and determiner is None and not own[0].text[0].isupper():
        return None
    if not facts.modifiers_lead and runs_into_noun(own):
        return None
    slot: Slot = "possessive" if marker else "subject" if noun.has_rel("nsubj") else "object"
    return Mention(" ".join(t.lower for t in own), noun, sentence.span(*tokens), slot, False, determiner)


def runs_into_noun(tokens: Sequence[Token]) -> bool:
    """Whether a common noun follows a capital name inside the phrase: it may be what is given (to the Owner rent)."""
    pairs = pairwise(tokens)
    return any(
        first.text[0].isupper() and second.upos == "NOUN" and second.text[0].islower() for first, second in pairs
    )


def _is_part(child: Token, words: set[str]) -> bool:
    """Whether a dependent is a word of the listed name, or of a proper name."""
    listed = child.lower in words and child.has_rel("compound", "flat", "fixed", "amod", "nmod", "acl")
    return listed or (child.upos == "PROPN" and child.has_rel("compound", "flat"))


def _is_outside(sentence: Sentence, child: Token, facts: PartyFacts) -> bool:
    """Whether what hangs on the name is no part of it: a phrase with its own adposition, which may belong elsewhere."""
    if child.has_rel("nmod"):
        cases = {case.lower for case in sentence.children(child, "case")}
        return bool(cases) and not cases & facts.genitives
    return not child.has_rel("acl", "appos", "amod", "nummod", "compound", "flat")


def _is_set_off(sentence: Sentence, first: int, last: int, marker: Token | None, facts: PartyFacts) -> bool:
    """Whether the name ends where the phrase ends: no noun that it modifies, no quotation mark, no dash beside it."""
    before = sentence.tokens[first - 1] if first else None
    after = sentence.tokens[last + 1] if last + 1 < len(sentence.tokens) else None
    if any(token is not None and token.text in facts.marks for token in (before, after)):
        return False
    if after is not None and after.lower in facts.relativisers:
        return False
    if not facts.modifiers_lead or marker is not None or after is None:
        return True
    modifies = after.upos in {"NOUN", "PROPN"} and sentence.tokens[last].head >= after.index
    return not modifies and not (after.upos in {"NOUN", "PROPN"} and after.text[0].isupper())
