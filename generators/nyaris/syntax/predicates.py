"""The main predicate of a statement: what it is said of, where its finite word stands, whether the tree can be true."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from nyaris.grammar import Grammar
from nyaris.syntax.clauses import is_passive, is_question
from nyaris.syntax.polarity import NegationFacts
from nyaris.trees.sentence import Sentence, Token


class Predicate(NamedTuple):
    """The main predicate: `finite` carries tense or modality, and is the head itself where a verb stands alone."""

    head: Token
    subject: Token
    finite: Token
    onset: Token
    """The first word after the subject."""

    @property
    def bare(self) -> bool:
        """Whether there is no auxiliary, modal or copula."""
        return self.finite == self.head


@lru_cache(maxsize=16)
def main_predicate(sentence: Sentence, grammar: Grammar) -> Predicate | None:
    """The predicate of a plain statement: one subject before it, and nothing but words of the predicate between."""
    head = sentence.root
    if len(sentence.roots) != 1 or is_question(sentence):
        return None
    subject = sentence.child(head, "nsubj", "csubj", "expl")
    if (
        subject is None
        or subject.upos == "INTJ"
        or (subject.has_rel("csubj") and subject.feat("Tense") == "Past")  # "Attached to it is a label"
        or subject.index > head.index
        or not _starts_plainly(sentence, subject)
    ):
        return None
    facts = grammar.facts(NegationFacts)
    phrase = _subject_phrase(sentence, subject, facts)
    if phrase[-1].index >= head.index or not _is_sound_subject(sentence, phrase, facts):
        return None
    onset = finite = sentence.tokens[phrase[-1].index + 1]
    while finite.lower in facts.light_adverbs | facts.turn_words and finite.index < head.index:
        finite = sentence.tokens[finite.index + 1]
    if finite != head and finite.lower not in facts.finite_words:
        return None
    predicate = Predicate(head, subject, finite, onset)
    if _is_frame(sentence, subject, grammar) or head.lower in facts.verbal_adpositions:
        return None
    if predicate.bare and len(phrase) > 2 and phrase[-2].feat("PronType") == "Rel" and head.feat("VerbForm") is None:
        return None  # "rayuan yang dijadualkan didengar": both verbs may belong to the relative clause
    alone = predicate.bare or (finite.lower in facts.lone_negators and finite.index + 1 == head.index)
    return None if alone and _has_rival(sentence, predicate, grammar) else predicate


def _is_introduced(sentence: Sentence, verb: Token, phrase: tuple[Token, ...], facts: NegationFacts) -> bool:
    """Whether a verb inside a noun phrase stands behind a relative pronoun or an adposition, or is one itself."""
    before = sentence.previous(verb)
    relative = any(token.feat("PronType") == "Rel" and token.index < verb.index for token in phrase)
    marked = before is not None and before.upos in {"ADP", "SCONJ", "PART", "CCONJ", "AUX"}
    return relative or marked or verb == phrase[0] or verb.lower in facts.verbal_adpositions


def _is_frame(sentence: Sentence, subject: Token, grammar: Grammar) -> bool:
    """Whether the verb rather completes the noun ("the decision to ...") than says something of it."""
    definite = sentence.children(subject, "det") or sentence.subtree(subject)[-1].upos == "DET"
    framed = subject.lower in grammar.facts(NegationFacts).frame_nouns and not definite
    return framed and not is_passive(sentence, sentence.root, grammar)


def _looks_verbal(sentence: Sentence, predicate: Predicate, phrase: tuple[Token, ...], facts: NegationFacts) -> bool:
    """Whether a word that does not show by its form that it is finite is a predicate, not part of a noun phrase."""
    head = predicate.head
    if head.upos == "ADJ":
        after = sentence.next(head)
        if after is not None and after.upos == "VERB":
            return True
        return phrase[-1].upos in {"DET", "PRON", "PROPN"} and (after is None or after.upos not in {"NOUN", "PROPN"})
    if head.lower.startswith(facts.verb_prefixes):
        return True
    if head.lower.endswith(facts.noun_endings):
        return False
    if head.upos != "VERB":
        return True
    if head.lower.startswith(facts.noun_prefixes):
        return False
    bare_subject = phrase[-1].upos == "NOUN" and len(phrase) == 1
    return not (facts.bare_verbs and bare_subject) or head.lower in facts.bare_verbs


def _subject_phrase(sentence: Sentence, subject: Token, facts: NegationFacts) -> tuple[Token, ...]:
    """The words of the subject, without a finite word at the end that the parser counts among them."""
    phrase = sentence.subtree(subject)
    while len(phrase) > 1 and phrase[-1].lower in facts.finite_words and not phrase[-1].text.istitle():
        phrase = phrase[:-1]
    return phrase


def _is_sound_subject(sentence: Sentence, phrase: tuple[Token, ...], facts: NegationFacts) -> bool:
    """Whether the parser's subject is in one piece, and holds no verb that looks like the finite one."""
    last = phrase[-1]
    commas = [token for token in phrase if token.text == ","]
    if last.index - phrase[0].index + 1 != len(phrase) or last.text in _OPENING or any(t.text == ":" for t in phrase):
        return False
    opens_with_verb = (
        phrase[0].upos == "VERB" and phrase[0].feat("VerbForm") is None and phrase[0].head >= phrase[0].index
    )
    if opens_with_verb and any(token.index == phrase[0].head for token in phrase):
        return False
    if last.lower in facts.finite_words or (last.text == "," and len(commas) < 2):
        return False
    return not any(_is_stray_verb(sentence, token, phrase, facts) for token in phrase)


def _is_stray_verb(sentence: Sentence, token: Token, phrase: tuple[Token, ...], facts: NegationFacts) -> bool:
    """Whether a finite verb stands in what should be a noun phrase, outside of a clause of its own."""
    if token.upos not in {"VERB", "AUX"}:
        return False
    if token == phrase[-1] and token.feat("VerbForm") is None:
        before = sentence.previous(token)
        return before is None or before.upos not in {"PRON", "PART", "AUX", "ADV"}
    if token.feat("VerbForm") is None and not token.lower.startswith(facts.modifying_prefixes):
        return not _is_introduced(sentence, token, phrase, facts)
    if token.feat("VerbForm") != "Fin" and token.lower not in facts.finite_words:
        return False
    chain = [token, *(head for head in sentence.ancestors(token) if head in phrase)]
    return not any(link.has_rel("acl", "advcl", "ccomp", "csubj", "xcomp") for link in chain)


def _has_rival(sentence: Sentence, predicate: Predicate, grammar: Grammar) -> bool:
    """Whether another word looks more like the finite verb of the sentence than this one does."""
    facts = grammar.facts(NegationFacts)
    phrase = _subject_phrase(sentence, predicate.subject, facts)
    if predicate.head.feat("VerbForm") is None and not _looks_verbal(sentence, predicate, phrase, facts):
        return True
    if _has_stranded_verb(sentence, predicate.head, phrase, facts):
        return True
    following = sentence.tokens[predicate.head.index + 1 : predicate.head.index + 3]
    if following and following[0].text == ",":
        return True
    auxiliary = predicate.head.lower in facts.forms
    if auxiliary and any(token.feat("VerbForm") == "Part" and token.upos in {"VERB", "AUX"} for token in following):
        return True
    after = sentence.next(predicate.head)
    modifies = phrase[-1].upos in {"NOUN", "ADJ"} and predicate.head.lower.startswith(facts.modifying_prefixes or "\0")
    if modifies and after is not None and after.upos == "VERB" and after.lower.startswith(facts.modifying_prefixes):
        return True  # "atlet terlibat dinasihati": the first verb modifies the subject
    finite = facts.forms.keys() | facts.copulas.keys()
    later = (t for t in sentence.tokens[predicate.head.index + 1 :] if t.lower in finite)
    return any(not _is_subordinate(sentence, token, facts) for token in later)


def _has_stranded_verb(sentence: Sentence, head: Token, subject: tuple[Token, ...], facts: NegationFacts) -> bool:
    """Whether a verb that is no clause of its own follows a closed noun phrase (membawa pengerusi itu dipercayai ...).

    The verb before it then rather modifies the subject than makes the statement.
    """
    if not facts.clause_takers or head.lower in facts.clause_takers:
        return False
    for word in sentence.tokens[head.index + 1 :]:
        if word.upos in {"PUNCT", "SCONJ", "CCONJ"}:
            break
        if word.upos == "AUX" and word.lower in facts.forms and not word.has_rel("cop"):
            return True  # "pegawai diberi kuasa yang ... hendaklah ..."
    for verb in sentence.tokens[head.index + 1 :]:
        if verb.upos != "VERB" or not verb.lower.startswith(facts.verb_prefixes) or verb.has_rel("conj"):
            continue
        before = sentence.previous(verb)
        while before is not None and before.upos in {"AUX", "PART"}:
            before = sentence.previous(before)
        closed = before is not None and before.feat("PronType") == "Dem" and before.has_rel("det")
        active = verb.lower.startswith(facts.active_prefixes) and verb.lower not in facts.instrumental
        direct = active and before is not None and before.upos in {"NOUN", "PROPN"} and verb.index < head.index + 8
        two_verbs = direct and head.lower.startswith(facts.active_prefixes) and subject[-1].upos in {"NOUN", "ADJ"}
        if two_verbs and verb.has_rel("xcomp", "advcl", "ccomp", "acl"):
            return True  # "isu membelenggu rakyat melibatkan kos": the second verb makes the statement
        if closed and not _is_subordinate(sentence, verb, facts):
            return True
    return False


def _is_subordinate(sentence: Sentence, token: Token, facts: NegationFacts) -> bool:
    """Whether the word stands in a clause that is opened or set off as such, or in a conjunct."""
    for link in (token, *sentence.ancestors(token)):
        if link.has_rel("acl", "conj") or (link.has_rel("ccomp") and link.feat("VerbForm")):
            return True
        openers = [
            child for child in sentence.children(link, "mark", "advmod", "case") if child.lower not in facts.forms
        ]
        if link.has_rel("advcl", "ccomp", "xcomp", "csubj") and openers:
            return True
    return False


def _starts_plainly(sentence: Sentence, subject: Token) -> bool:
    """Whether nothing stands before the subject but phrases that end in a comma, or a conjunction."""
    start = sentence.subtree(subject)[0].index
    lead = [token for token in sentence.tokens[:start] if token.text not in _OPENING]
    before = ("ccomp", "parataxis", "conj", "obj", "mark")
    if any(child.index < start for child in sentence.children(sentence.root, *before)):
        return False
    return not lead or lead[-1].text == "," or (len(lead) == 1 and lead[0].upos in {"CCONJ", "ADV", "SCONJ"})


_OPENING = {"(", '"', "“", "‘", "'"}
