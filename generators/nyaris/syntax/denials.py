"""How a predicate is denied, and how a denial is taken back: which words give way, by the language's strategy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from nyaris.edits import Edit, replacing
from nyaris.grammar import Grammar
from nyaris.syntax.polarity import NegationFacts
from nyaris.syntax.predicates import Predicate
from nyaris.syntax.scope import coordinated, gives_permission, has_purpose, holds, is_deliberate, names_of, scope_of
from nyaris.trees.sentence import Sentence, Span, Token
from nyaris.words.morphology import Form, inflect, lemmas_of

Part = tuple[Span, str]


def deny(sentence: Sentence, predicate: Predicate, grammar: Grammar) -> Edit | None:
    """The edit that denies an affirmative predicate."""
    facts = grammar.facts(NegationFacts)
    if (
        _is_one_of_many(sentence, predicate, facts)
        or _is_shared_out(predicate, facts)
        or _is_enlarged(sentence, predicate)
    ):
        return None
    if predicate.finite.lower in facts.copulas:
        if _is_definition(sentence, predicate) or len(sentence.children(predicate.head, "conj")) > 1:
            return None
        words = getattr(facts.copulas[predicate.finite.lower], kind_of_predicate(sentence, predicate, facts))
        return replacing((predicate.finite.span, words)) if words else None
    if predicate.finite.lower in facts.forms and not _takes_support(predicate, facts):
        return _deny_finite(sentence, predicate, grammar)
    if predicate.bare and facts.support:
        return _deny_with_support(sentence, predicate, grammar)
    if predicate.bare and predicate.head.upos in {"VERB", "ADJ"}:
        return replacing((Span(predicate.onset.start, predicate.onset.start), f"{facts.particle} "))
    return None


def _is_one_of_many(sentence: Sentence, predicate: Predicate, facts: NegationFacts) -> bool:
    """Whether the sentence tells what happened to something that is not known: it may not have happened to another."""
    past = predicate.bare and predicate.head.feat("Tense") == "Past"
    episodic = ("*" if past else predicate.finite.lower) in facts.episodic
    articles = [child.lower for child in sentence.children(predicate.subject, "det")]
    return episodic and any(article in facts.indefinites for article in articles)


def _is_shared_out(predicate: Predicate, facts: NegationFacts) -> bool:
    """Whether the sentence is about a share of a group: the rest of the group may differ (36 per cent said)."""
    return predicate.subject.lower in facts.shares or predicate.subject.lemma.lower() in facts.shares


def _is_enlarged(sentence: Sentence, predicate: Predicate) -> bool:
    """Whether a clause after a comma goes on about what the predicate brings in ("had a slow start, which hid it").

    The order of words tells as well as the tree: such clauses are often hung on the wrong noun.
    """
    for comma in sentence.tokens[predicate.head.index :]:
        behind = sentence.tokens[comma.index + 1 : comma.index + 5]
        places = [place for place, token in enumerate(behind) if token.feat("PronType") == "Rel"]
        if comma.text == "," and any(not place or behind[place - 1].upos == "ADP" for place in places):
            return True
    below = [child for child in sentence.children(predicate.head) if child.index > predicate.finite.index]
    for noun in (predicate.head, *below):
        for clause in sentence.children(noun, "acl:relcl"):
            first = sentence.subtree(clause)[0]
            before = sentence.tokens[first.index - 1] if first.index else None
            if first.text == "," or (before is not None and before.text == ","):
                return True
    return False


def kind_of_predicate(
    sentence: Sentence, predicate: Predicate, facts: NegationFacts
) -> Literal["nominal", "adposition", "other"]:
    """What stands after a linking word."""
    after = sentence.next(predicate.finite)
    if after is not None and (after.upos in {"ADP", "SCONJ"} or after.lower in facts.verbal_adpositions):
        return "adposition"
    if after is not None and facts.verb_prefixes and after.lower.startswith(facts.verb_prefixes):
        return "other" if after.lemma.lower() != after.lower or after.upos in {"VERB", "ADJ"} else "nominal"
    return "nominal" if predicate.head.upos in {"NOUN", "PROPN", "PRON", "NUM"} else "other"


def _takes_support(predicate: Predicate, facts: NegationFacts) -> bool:
    """Whether a word that is also an auxiliary is a main verb that takes support (has, does), unlike "is"."""
    return predicate.bare and bool(facts.support) and predicate.head.lemma.lower() in facts.supported_auxiliaries


def _deny_finite(sentence: Sentence, predicate: Predicate, grammar: Grammar) -> Edit | None:
    facts = grammar.facts(NegationFacts)
    finite, after = predicate.finite, sentence.next(predicate.finite)
    denial = facts.forms[finite.lower]
    if after is None or after.upos == "PUNCT" or names_of(predicate.head, grammar) & denial.not_with:
        return None
    nominal = predicate.head.upos in {"NOUN", "PROPN", "PRON", "NUM"} and finite != predicate.head
    linked = any(copula != finite for copula in sentence.children(predicate.head, "cop"))
    if denial.place != "after" and nominal and not linked:
        return None
    if denial.ban and (holds(sentence, "ban_blockers", grammar) or has_purpose(sentence, predicate, facts)):
        return None
    if denial.unless_waived and (predicate.head.upos != "VERB" or is_deliberate(sentence, predicate, grammar)):
        return None
    if not _has_light_adverbs(sentence, predicate, facts) or _is_definition(sentence, predicate):
        return None
    if denial.only_permission and not gives_permission(sentence, predicate, grammar):
        return None
    words = denial.put or facts.particle
    match denial.place:
        case "after":
            part: Part = (Span(after.start, after.start), f"{words} ")
        case "before":
            # the finite word is replaced by itself: behind a negator it cannot give way to its synonyms
            part = (finite.span, f"{words} {finite.text}")
        case "instead":
            part = (finite.span, words)
    return replacing(part, relation=denial.relation)


def _has_light_adverbs(sentence: Sentence, predicate: Predicate, facts: NegationFacts) -> bool:
    """Whether the adverbs between the finite word and a main verb may stand behind a negator."""
    if predicate.head.upos != "VERB":
        return True
    between = sentence.tokens[predicate.finite.index + 1 : predicate.head.index]
    adverbs = [token for token in between if token.upos == "ADV" and token.head == predicate.head.index]
    return all(a.lower in facts.light_adverbs or a.lower.endswith(facts.adverb_endings) for a in adverbs)


def _is_definition(sentence: Sentence, predicate: Predicate) -> bool:
    """Whether the sentence says what a quoted term stands for."""
    first = sentence.subtree(predicate.subject)[0]
    quoted = first.text in _QUOTES or (first.index > 0 and sentence.tokens[first.index - 1].text in _QUOTES)
    return quoted and predicate.head.upos in {"NOUN", "PROPN"}


_QUOTES = {'"', "“", "'", "‘"}


def _deny_with_support(sentence: Sentence, predicate: Predicate, grammar: Grammar) -> Edit | None:
    facts = grammar.facts(NegationFacts)
    found = _finite_form(sentence, predicate, grammar)
    if found is None:
        return None
    lemma, form = found
    support = f"{facts.support[form]} {facts.particle} "
    if predicate.onset == predicate.head:
        return replacing((predicate.head.span, support + lemma))
    return replacing((Span(predicate.onset.start, predicate.onset.start), support), (predicate.head.span, lemma))


def _finite_form(sentence: Sentence, predicate: Predicate, grammar: Grammar) -> tuple[str, Form] | None:
    """The lemma of a main verb and the finite form it stands in, None when nobody can tell."""
    head, subject = predicate.head, predicate.subject
    lemma = _lemma(head, grammar)
    if head.upos != "VERB" or head.feat("VerbForm") != "Fin" or lemma is None:
        return None
    past = inflect(lemma, "past", grammar)
    if head.lower == past == inflect(lemma, "participle", grammar) and _may_modify(sentence, predicate):
        return None
    if head.lower == inflect(lemma, "present3", grammar):
        return lemma, "present3"
    if head.lower == past and (head.lower != lemma or _is_third_singular(subject)):
        return lemma, "past"
    return (lemma, "base") if head.lower == lemma and past != lemma else None


def _may_modify(sentence: Sentence, predicate: Predicate) -> bool:
    """Whether what looks like a past tense stands between two nouns, of which the first is not the subject."""
    before, after = sentence.previous(predicate.head), sentence.next(predicate.head)
    nouns = before is not None and after is not None and before.upos == after.upos == "NOUN"
    return nouns and before != predicate.subject


def _lemma(verb: Token, grammar: Grammar) -> str | None:
    candidates = lemmas_of(verb.lower, grammar)
    return verb.lemma.lower() if verb.lemma.lower() in candidates else next(iter(candidates), None)


def _is_third_singular(subject: Token) -> bool:
    return subject.feat("Number") == "Sing" and subject.feat("Person") in {None, "3"}


def affirm(sentence: Sentence, predicate: Predicate, negator: Token, grammar: Grammar) -> list[Part] | None:
    """What to replace so that the negator is gone and the rest stands as it would without it."""
    parts = _without_negator(sentence, predicate, negator, grammar)
    mended = without_polarity_items(sentence, predicate, negator, grammar)
    return [*parts, *mended] if parts is not None and mended is not None else None


def _without_negator(sentence: Sentence, predicate: Predicate, negator: Token, grammar: Grammar) -> list[Part] | None:
    facts = grammar.facts(NegationFacts)
    finite, after = predicate.finite, sentence.tokens[negator.index + 1]
    if finite.lower in facts.lone_negators and finite != negator:
        return None
    together = f"{finite.lower} {negator.lower}"
    if together in facts.negative_forms:
        return [(sentence.span(finite, negator), facts.negative_forms[together])]
    if negator.lower in facts.negative_forms:
        return [(negator.span, facts.negative_forms[negator.lower])]
    alternatives = coordinated(sentence, predicate, grammar)
    if not are_alternatives(sentence, alternatives, facts):
        return None
    support = {word: form for form, word in facts.support.items()}
    if finite.lower in support and finite != predicate.head:
        return _without_support(sentence, predicate, after, (support[finite.lower], alternatives), grammar)
    if negator.lower in facts.lone_negators:
        words = getattr(facts.lone_negators[negator.lower], kind_of_predicate(sentence, predicate, facts))
        if words:
            return [(negator.span, words)]
        return [(Span(negator.start, after.start), "")] if words is not None else None
    glued = negator.start == finite.end
    if glued and finite.lower not in facts.forms:
        return None
    return [(negator.span if glued else Span(negator.start, after.start), "")]


def _without_support(
    sentence: Sentence, predicate: Predicate, after: Token, wanted: tuple[Form, tuple[Token, ...]], grammar: Grammar
) -> list[Part] | None:
    """Main verbs without their support verb, in the form that it had."""
    form, alternatives = wanted
    following = sentence.next(predicate.head)
    if form != "base" and not alternatives and following is not None and following.upos == "CCONJ":
        return None  # "does not transmit or transfer funds": a second verb that the parser takes for a noun
    changed: list[Part] = []
    for verb in (predicate.head, *alternatives):
        lemma = _lemma(verb, grammar)
        word = lemma if form == "base" else inflect(lemma, form, grammar) if lemma else None
        if verb.upos != "VERB" or lemma != verb.lower or word is None:
            return None
        changed.append((verb.span, word))
    if form == "base":
        return [(Span(predicate.finite.start, after.start), "")]
    if after == predicate.head:
        return [(sentence.span(predicate.finite, after), changed[0][1]), *changed[1:]]
    return [(Span(predicate.finite.start, after.start), ""), *changed]


def are_alternatives(sentence: Sentence, others: Iterable[Token], facts: NegationFacts) -> bool:
    """Whether a negation of the first of several predicates surely reaches them all."""
    others = tuple(others)
    if any(sentence.children(other, "nsubj", "csubj", "aux", "cop", "mark") for other in others):
        return False
    links = [link for other in others for link in sentence.children(other, "cc")]
    if len(others) == 1 and any(sentence.tokens[link.index - 1].text == "," for link in links):
        return False  # "is not defending it, or opposing it"
    return bool(links) == bool(others) and all(link.lower in facts.alternatives for link in links)


def without_polarity_items(
    sentence: Sentence, predicate: Predicate, negator: Token, grammar: Grammar
) -> list[Part] | None:
    """How the polarity items after the negator read without it; after a permission or an adjective they stay."""
    facts = grammar.facts(NegationFacts)
    items = [t for t in scope_of(sentence, predicate) if t.lower in facts.some and t.index > negator.index]
    if any(sentence.tokens[item.index - 1].upos == "CCONJ" for item in items):
        return None
    if any(not facts.some[item.lower] and not item.has_rel("det", "nmod") for item in items):
        return None
    modals = {predicate.finite.lower, sentence.tokens[negator.index + 1].lower}
    if modals & facts.free_choice or (not predicate.bare and predicate.head.upos == "ADJ"):
        return []
    if len(items) > 1:
        return None
    return [part for item in items for part in _as_some(sentence, item, facts)]


def _as_some(sentence: Sentence, item: Token, facts: NegationFacts) -> list[Part]:
    """What says of the noun behind a polarity item that there is some such thing."""
    gone = [(item.span, facts.some[item.lower])]
    noun = sentence.next(item)
    if item.lower not in facts.some_behind or noun is None:
        return gone
    last = noun
    for token in sentence.tokens[noun.index + 1 :]:
        if token.upos not in {"NOUN", "PROPN", "ADJ"} or not noun.index <= token.head <= last.index:
            break
        last = token
    return [*gone, (Span(last.end, last.end), f" {facts.some_behind[item.lower]}")]


def existence(sentence: Sentence, grammar: Grammar) -> tuple[Token, Token, Token] | None:
    """A clause that says that something is there: its verb, the thing, and the first word of the thing's phrase."""
    facts = grammar.facts(NegationFacts)
    verb = sentence.root
    thing = sentence.child(verb, "nsubj", *(("obj",) if verb.lower in facts.existential_verbs else ()))
    before = sentence.previous(verb) if not sentence.children(verb, "aux") else None
    if thing is None or thing.index < verb.index or len(sentence.roots) != 1:
        return None
    if sentence.children(thing, "conj", "appos", "parataxis") or sentence.children(verb, "conj", "parataxis", "mark"):
        return None
    expletive = before is not None and before.lower in facts.existential_subjects and before.head == verb.index
    start = before if expletive else verb if verb.lower in facts.existential_verbs else None
    if start is None or (start.index and sentence.tokens[start.index - 1].text != ","):
        return None
    first = sentence.subtree(thing)[0]
    return (verb, thing, first) if first == sentence.next(verb) else None


def deny_existence(sentence: Sentence, grammar: Grammar) -> Edit | None:
    """The edit that says that it is not there."""
    facts = grammar.facts(NegationFacts)
    found = existence(sentence, grammar)
    if found is None:
        return None
    verb, thing, first = found
    if verb.lower in facts.existential_verbs:
        if first.lower in facts.shut_determiners or sentence.children(thing, "nummod"):
            return None
        return replacing((verb.span, facts.existential_verbs[verb.lower]))
    if first.lower in facts.existential_replaced:
        return replacing((first.span, facts.existential_determiner))
    plain = first == thing or first.has_rel("amod", "compound")
    if not plain or thing.upos != "NOUN" or sentence.children(thing, "det", "nummod", "nmod:poss"):
        return None
    return replacing((Span(first.start, first.start), f"{facts.existential_determiner} "))


def affirm_object(sentence: Sentence, determiner: Token, grammar: Grammar) -> Part | None:
    """What takes the place of a negative determiner, by whether its noun is counted."""
    facts = grammar.facts(NegationFacts)
    noun, after = sentence.tokens[determiner.head], sentence.next(determiner)
    article = facts.no_to_article.get(determiner.lower)
    if article is None or after is None or after.upos == "PUNCT" or noun.upos != "NOUN":
        return None
    links = [link.lower for other in sentence.children(noun, "conj") for link in sentence.children(other, "cc")]
    if any(link not in facts.alternatives for link in links):
        return None
    gone = (Span(determiner.start, after.start), "")
    if noun.feat("Number") == "Plur" or noun.lower in facts.uncounted:
        return gone
    return (determiner.span, article) if noun.lower in facts.counted and not links else None
