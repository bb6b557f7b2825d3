"""How a question is put together: its word first, the finite word before the subject where the language does so."""

from __future__ import annotations

from nyaris.edits import Edit, Replacement
from nyaris.grammar import Grammar
from nyaris.syntax.clauses import modal_of
from nyaris.syntax.polarity import NegationFacts
from nyaris.syntax.question_facts import QuestionFacts
from nyaris.trees.sentence import Sentence, Token
from nyaris.words.morphology import inflect, lemmas_of

_LIGHT = frozenset({"ADV", "PART", "AUX"})


def ask_with(
    sentence: Sentence,
    verb: Token,
    who: tuple[Token, ...],
    word: str,
    start: int,
    gone: tuple[Replacement, ...],
    grammar: Grammar,
) -> Edit | None:
    """The question that begins with `word` at `start`, keeps subject and verb, and leaves out what is `gone`."""
    facts = grammar.facts(QuestionFacts)
    between = sentence.tokens[who[-1].index + 1 : verb.index]
    if not facts.inversion:
        opened = Replacement(start, who[0].start, f"{word} ")
        modals = (
            Replacement(each.start, each.end, facts.modals[each.lower])
            for each in between
            if each.lower in facts.modals
        )
        return put_together((opened, *modals, *gone))
    finite = _finite(sentence, verb, between, grammar)
    if finite is None:
        return None
    auxiliary, change = finite
    return put_together((Replacement(start, who[0].start, f"{word} {auxiliary} "), change, *gone))


def _finite(
    sentence: Sentence, verb: Token, between: tuple[Token, ...], grammar: Grammar
) -> tuple[str, Replacement] | None:
    """The auxiliary that goes before the subject, and what becomes of the finite word in its place."""
    support = grammar.facts(NegationFacts).support
    if any(token.upos not in _LIGHT for token in between):
        return None
    if any(token.upos == "AUX" for token in between):
        helpers = [token for token in between if token.lower in support.values()]
        modal = helpers[0] if helpers else modal_of(sentence, verb, grammar)
        auxiliary = modal or between[0]
        after = sentence.next(auxiliary)
        glued = (
            after is not None
            and after.start == auxiliary.end
            and after.lower.startswith("n")
            and "’" in after.text.replace("'", "’")
        )
        if between[0] != auxiliary or auxiliary.upos != "AUX" or not auxiliary.text.isalpha() or glued:
            return None
        return auxiliary.lower, Replacement(auxiliary.start, auxiliary.end, "")
    lemma = verb.lemma.lower() if verb.lemma.lower() in lemmas_of(verb.lower, grammar) else None
    if lemma is None or verb.feat("VerbForm") != "Fin" or verb.upos != "VERB":
        return None
    form = next((form for form in ("present3", "past", "base") if verb.lower == inflect(lemma, form, grammar)), None)
    if form is None or form not in support or (form == "past" and verb.lower == lemma):
        return None
    return support[form], Replacement(verb.start, verb.end, lemma)


def put_together(parts: tuple[Replacement, ...]) -> Edit:
    """One edit of replacements, of which those that touch become one."""
    joined: list[Replacement] = []
    for part in sorted(parts):
        if joined and part.start <= joined[-1].end and part.end > joined[-1].start:
            before = joined.pop()
            joined.append(Replacement(before.start, max(before.end, part.end), before.text + part.text))
        else:
            joined.append(part)
    return Edit(tuple(joined))


def left_out(sentence: Sentence, phrase: tuple[Token, ...]) -> Replacement:
    """The phrase goes, with the blank and the comma before it, and a comma after it that closes the pair."""
    before, after = sentence.tokens[phrase[0].index - 1], sentence.next(phrase[-1])
    comma = before.text == ","
    closed = comma and after is not None and after.text == ","
    start = sentence.tokens[before.index - 1].end if comma else before.end
    return Replacement(start, after.end if closed and after else phrase[-1].end, "")


def as_inside(sentence: Sentence, phrase: tuple[Token, ...]) -> str:
    """A phrase as it is written inside a sentence."""
    text, first = sentence.slice(sentence.span(*phrase)), phrase[0]
    named = len(phrase) > 1 and phrase[1].upos == "PROPN" and phrase[1].text[0].isupper()
    kept = named or first.index or first.upos == "PROPN" or sentence.keeps_capital or not first.text[1:].islower()
    return text if kept else text[0].lower() + text[1:]
