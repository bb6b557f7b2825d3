"""Word forms: which strategy a language uses is a fact of its grammar."""

from __future__ import annotations

from functools import cache
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from nyaris.grammar import Facts, Grammar

Form = Literal["base", "present3", "past", "participle", "gerund", "plural", "comparative", "superlative"]
WordClass = Literal["verb", "noun"]

# Penn Treebank tags, the names under which lemminflect knows the forms
_PENN: dict[Form, tuple[str, str]] = {
    "base": ("VB", "VERB"),
    "present3": ("VBZ", "VERB"),
    "past": ("VBD", "VERB"),
    "participle": ("VBN", "VERB"),
    "gerund": ("VBG", "VERB"),
    "plural": ("NNS", "NOUN"),
    "comparative": ("JJR", "ADJ"),
    "superlative": ("JJS", "ADJ"),
}
_FORMS: dict[WordClass, tuple[Form, ...]] = {
    "verb": ("base", "present3", "past", "participle", "gerund"),
    "noun": ("base", "plural"),
}


class VoiceFacts(BaseModel):
    """Prefixes that tell an active verb from its passive, in languages that mark voice so.

    The active prefix changes with the first letter of the stem: `joined` lists for every shape of it the letters that
    the stem may begin with; `fused` those shapes that swallow a letter, and which.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    passive: str
    joined: dict[str, str]
    fused: dict[str, str]
    stems: frozenset[str] = frozenset()
    """Stems that begin with a letter that the prefix swallows: without this list nobody can tell."""
    whole: dict[str, str] = Field(default_factory=dict)
    """Active verbs whose passive the prefixes do not tell."""
    clitics: tuple[str, ...] = ()
    """Endings that are pronouns: the object of an active verb, the agent of a passive one."""


class MorphologyFacts(Facts):
    """How words inflect."""

    topic: ClassVar[str] = "morphology"

    inflector: Literal["lemminflect", "none"] = "none"
    """The library that inflects, "none" for languages whose words do not change for tense and number."""
    overrides: dict[Form, dict[str, str]] = Field(default_factory=dict)
    """form -> lemma -> word, where the library is wrong."""
    voice: VoiceFacts | None = None


def inflect(lemma: str, form: Form, grammar: Grammar) -> str | None:
    """The form of a lemma (lower case), None when it is not known."""
    facts = grammar.facts(MorphologyFacts)
    override = facts.overrides.get(form, {}).get(lemma)
    if override or facts.inflector == "none":
        return override
    return _lemminflect(lemma, form)


@cache
def lemmas_of(word: str, grammar: Grammar, word_class: WordClass = "verb") -> tuple[str, ...]:
    """The verbs or nouns that a word (lower case) may be a form of, likeliest first; none where words do not change."""
    if grammar.facts(MorphologyFacts).inflector == "none":
        return ()
    from lemminflect import getAllLemmas

    upos = word_class.upper()
    return tuple(getAllLemmas(word, upos=upos).get(upos, ()))


def may_be_verb(word: str, grammar: Grammar) -> bool:
    """Whether a word (lower case) is the base form of a verb too (act, highlight); never where words do not change."""
    return word in lemmas_of(word, grammar)


@cache
def paradigm(lemma: str, word_class: WordClass, grammar: Grammar) -> dict[Form, str]:
    """Every known form of a verb or noun; where words do not change, the lemma as its own base."""
    forms = {form: inflect(lemma, form, grammar) for form in _FORMS[word_class]}
    known = {form: word for form, word in forms.items() if word}
    return {**known, "base": lemma}


@cache
def passive_of(active: str, grammar: Grammar) -> str | None:
    """The passive of an active verb by its prefixes (membayar -> dibayar), None when nobody can tell."""
    facts = grammar.facts(MorphologyFacts).voice
    if facts is None:
        return None
    if active in facts.whole:
        return facts.whole[active]
    stem = None if active.endswith(facts.clitics) else _stem(active, facts)
    return facts.passive + stem if stem else None


def stem_of(active: str, grammar: Grammar) -> str | None:
    """What stands behind the passive prefix of a verb (membayar -> bayar), None when nobody can tell."""
    facts, passive = grammar.facts(MorphologyFacts).voice, passive_of(active, grammar)
    return passive.removeprefix(facts.passive) if facts and passive else None


@cache
def active_of(passive: str, grammar: Grammar) -> str | None:
    """The active of a passive verb by its prefixes (dibayar -> membayar), None when nobody can tell."""
    facts = grammar.facts(MorphologyFacts).voice
    if facts is None or not passive.startswith(facts.passive):
        return None
    for active, known in facts.whole.items():
        if known == passive:
            return active
    stem = passive.removeprefix(facts.passive)
    if passive.endswith(facts.clitics) or not stem:
        return None
    if _known(stem, facts):
        return next((prefix + stem[1:] for prefix, letter in facts.fused.items() if stem.startswith(letter)), None)
    return next((prefix + stem for prefix, letters in facts.joined.items() if stem[0] in letters), None)


def _stem(active: str, facts: VoiceFacts) -> str | None:
    """The stem behind the active prefix; the longest shape decides, a listed stem before all."""
    for prefix, letter in facts.fused.items():
        if active.startswith(prefix) and _known(letter + active.removeprefix(prefix), facts):
            return letter + active.removeprefix(prefix)
    for prefix in sorted(facts.joined, key=len, reverse=True):
        rest = active.removeprefix(prefix)
        if active.startswith(prefix) and rest and rest[0] in facts.joined[prefix]:
            return rest
    return None


def _known(stem: str, facts: VoiceFacts) -> bool:
    return any(stem.removesuffix(suffix) in facts.stems for suffix in ("", "kan", "i"))


@cache
def _lemminflect(lemma: str, form: Form) -> str | None:
    from lemminflect import getInflection

    tag, _ = _PENN[form]
    found = getInflection(lemma, tag=tag, inflect_oov=False)
    return str(found[0]) if found else None
