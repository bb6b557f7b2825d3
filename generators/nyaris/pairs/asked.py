"""What a flip makes of a question, and of its answer."""

from __future__ import annotations

from dataclasses import replace

from nyaris.edits import Edit, Replacement
from nyaris.grammar import Grammar
from nyaris.pairs.realise import inside
from nyaris.syntax.polarity import NegationFacts
from nyaris.syntax.question_facts import QuestionFacts
from nyaris.trees.sentence import Sentence, Span
from nyaris.words.morphology import inflect, lemmas_of


def flipped_question(question: Edit, flip: Edit, sentence: Sentence, grammar: Grammar) -> Edit | None:
    """The question about what the flip made of the sentence; None where it changes nothing that the question says."""
    asked = question.asked
    if asked is None:
        return None
    negative = grammar.facts(QuestionFacts).negative
    if question.denied != "anywhere" and any(negative & set(put.text.lower().split()) for put in flip.replacements):
        return None
    changes = tuple(put for put in flip.replacements if put.text != sentence.text[put.start : put.end])
    edit = replace(flip, replacements=changes)
    for swap in edit.swaps:
        if asked in swap.spans:
            if changes:
                return None  # an agreement that was mended for the other subject does not suit the question word
            other = swap.second if asked == swap.first else swap.first
            moved = Replacement(other.start, other.end, inside(sentence, asked, grammar))
            edit = replace(
                edit,
                swaps=tuple(each for each in edit.swaps if each != swap),
                replacements=tuple(sorted((*edit.replacements, moved))),
            )
    if not edit.operations or not edit.is_sound(sentence.text) or _goes_along(question, edit):
        return None
    edit = _with_modals_of_questions(edit, grammar)
    for made in (question, _up_to(question, edit, sentence), _instead(question, edit, grammar)):
        combined = made.combine(edit) if made is question else made
        if combined is not None:
            return combined
    return _with_support(sentence, question, edit) or _in_singular(question, edit, grammar)


def answer_to(sentence: Sentence, flip: Edit | None, asked: Span, grammar: Grammar) -> str:
    """What the question's span holds in the sentence, or in its flipped form."""
    for swap in flip.swaps if flip else ():
        if asked in swap.spans:
            return inside(sentence, swap.second if asked == swap.first else swap.first, grammar)
    return inside(sentence, asked, grammar)


def _goes_along(question: Edit, flip: Edit) -> bool:
    """Whether words that the question puts in would change places with a phrase that begins or ends there."""
    edges = {edge for swap in flip.swaps for span in swap.spans for edge in (span.start, span.end)}
    return any(put.start == put.end and put.start in edges for put in question.replacements)


def _with_modals_of_questions(flip: Edit, grammar: Grammar) -> Edit:
    """Words that the flip puts in as they stand in a question (hendaklah, after a question word: mesti)."""
    modals = grammar.facts(QuestionFacts).modals
    if not modals:
        return flip
    changed = (
        put._replace(text=" ".join(modals.get(word, word) for word in put.text.split(" "))) for put in flip.replacements
    )
    return replace(flip, replacements=tuple(changed))


def _up_to(question: Edit, flip: Edit, sentence: Sentence) -> Edit | None:
    """Both where the flip changes the last words of what the question keeps: the question mark follows them."""
    stop = question.replacements[-1]
    last = next((put for put in flip.replacements if put.end == stop.start < stop.end), None)
    if last is None or stop.text != "?" or stop.end != len(sentence.text) or last.start == last.end:
        return None
    rest = replace(flip, replacements=tuple(put for put in flip.replacements if put is not last))
    joined = Replacement(last.start, stop.end, last.text + stop.text)
    made = replace(question, replacements=(*question.replacements[:-1], joined))
    return made.combine(rest) if made.is_sound(sentence.text) else None


def _instead(question: Edit, flip: Edit, grammar: Grammar) -> Edit | None:
    """Both where they put other words for one and the same word, a modal: those of the flip stay."""
    spans = {(put.start, put.end) for put in flip.replacements}
    modals = set(grammar.facts(QuestionFacts).modals.values())
    same = [put for put in question.replacements if (put.start, put.end) in spans and put.text in modals]
    if len(same) != 1:
        return None
    others = tuple(put for put in question.replacements if put is not same[0])
    return replace(question, replacements=others).combine(flip)


def _with_support(sentence: Sentence, question: Edit, flip: Edit) -> Edit | None:
    """The question of a flip that puts in or takes out an auxiliary which the question has moved to its front.

    "pays" that becomes "does not pay" makes "not pay" of "What does she pay"; "does not pay" that becomes "pays" loses
    its negator. None for any other collision.
    """
    if len(flip.operations) != 1 or not flip.replacements:
        return None
    change = flip.replacements[0]
    auxiliary, _, rest = change.text.partition(" ")
    fronted = {put.text.split()[-1] for put in question.replacements if len(put.text.split()) > 1}
    for put in question.replacements:
        if put.start != change.start:
            continue
        others = tuple(each for each in question.replacements if each != put)
        if rest and auxiliary in fronted and f" {rest}".endswith(f" {put.text}") and put.text:
            return replace(question, replacements=tuple(sorted((*others, put._replace(text=rest)))))
        words = sentence.tokens_in(Span(change.start, change.end))
        if not rest and not put.text and len(words) == 3 and words[0].span == Span(put.start, put.end):
            gone = Replacement(words[0].start, words[2].start, "")
            return replace(question, replacements=tuple(sorted((*others, gone))))
    return None


def _in_singular(question: Edit, flip: Edit, grammar: Grammar) -> Edit | None:
    """The question of a flip that puts in or takes out the support of a verb which the question has in the singular.

    "play" that becomes "do not play" makes "does not play" of "What plays"; and the other way round.
    """
    support = grammar.facts(NegationFacts).support
    plural, singular = support.get("base", ""), support.get("present3", "")
    if len(flip.operations) != 1 or not flip.replacements or not singular:
        return None
    change = flip.replacements[0]
    put = next((each for each in question.replacements if each.start == change.start and each.text), None)
    if put is None or " " in put.text:
        return None
    auxiliary, _, rest = change.text.partition(" ")
    lemmas = lemmas_of(put.text, grammar)
    if auxiliary == plural and rest and lemmas and rest.split(" ")[-1] == lemmas[0] and put.end == change.end:
        text = f"{singular} {rest}"
    elif put.text == singular and not rest and put.end < change.end:
        text = inflect(change.text, "present3", grammar) or ""
    else:
        return None
    others = tuple(each for each in question.replacements if each is not put)
    made = replace(question, replacements=tuple(sorted((*others, change._replace(text=text)))))
    return made if text else None
