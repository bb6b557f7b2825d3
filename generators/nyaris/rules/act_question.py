"""Questions for what somebody must or may do: "What must the tenant do if the roof leaks?"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from nyaris.edits import Edit, Replacement
from nyaris.grammar import Grammar
from nyaris.rules import asks
from nyaris.space_time.adjuncts import adjuncts
from nyaris.syntax.asked_clauses import AskedClause, clauses_asked, kept_subject, length_of, start_of
from nyaris.syntax.asked_order import as_inside, ask_with, put_together
from nyaris.syntax.asking import names_of, points_outside, question_word
from nyaris.syntax.clauses import ClauseFacts, is_passive, modal_of
from nyaris.syntax.question_facts import QuestionFacts
from nyaris.syntax.voicing import VoicingFacts
from nyaris.trees.sentence import Sentence, Token

_KINDS = ("time", "condition")
_LONGEST = 30


@asks
def deed(sentence: Sentence, grammar: Grammar) -> Iterator[Edit]:
    """What somebody must or may do when, or in what circumstances."""
    facts = grammar.facts(QuestionFacts)
    for clause in clauses_asked(sentence, grammar) if facts.deed else ():
        verb, last = clause.verb, sentence.tokens[-1]
        if clause.alone or verb.upos != "VERB" or is_passive(sentence, verb, grammar):
            continue
        if names_of(verb, grammar) & facts.not_deeds:
            continue
        who = kept_subject(sentence, clause, grammar)
        if modal_of(sentence, verb, grammar) is None or who is None or not _acts(sentence, clause, grammar):
            continue
        if sentence.children(verb, "conj", "expl", "parataxis", "csubj", "ccomp", "compound:prt", "aux:pass"):
            continue
        done = _deed(sentence, clause, who, grammar)
        start = start_of(sentence, clause, who[0], grammar) if done else None
        if done is None or start is None or length_of(clause, start, sentence) > facts.longest:
            continue
        kept = [token for token in sentence.tokens if token.start >= start and token not in (*who, *done)]
        if any(points_outside(sentence, token, grammar) for token in kept):
            continue
        edit = _ask(sentence, verb, who, done, start, grammar)
        if edit is not None:
            stop = Replacement(last.start, last.end, "?")
            whole = put_together((*edit.replacements, stop)).replacements
            yield replace(edit, replacements=whole, asked=sentence.span(*done), denied="verb")


def _acts(sentence: Sentence, clause: AskedClause, grammar: Grammar) -> bool:
    """Whether the subject is somebody."""
    facts, noun = grammar.facts(QuestionFacts), clause.noun
    return noun.lower in facts.speakers or question_word(sentence, noun, grammar) == facts.person


def _deed(
    sentence: Sentence, clause: AskedClause, who: tuple[Token, ...], grammar: Grammar
) -> tuple[Token, ...] | None:
    """The verb and all that belongs to it, up to an adjunct at the end or, after one at the beginning, to the end."""
    verb, last = clause.verb, sentence.tokens[-1]
    first = final = False
    end = last.index
    for adjunct in adjuncts(sentence, clause, _KINDS, grammar):
        first = first or adjunct.tokens[0].index == 0
        if adjunct.tokens[-1].index == last.index - 1 and adjunct.tokens[0].index > verb.index + 1:
            end, final = adjunct.tokens[0].index, True
    while sentence.tokens[end - 1].text == ",":
        end -= 1
    done = sentence.tokens[verb.index : end]
    if not (first or final) or not 2 <= len(done) <= _LONGEST:
        return None
    if any(token.text in {":", ";"} for token in done) or sentence.tokens[end].text in {":", ";"}:
        return None
    bound = [token for token in done if token.head >= 0 and not verb.index <= token.head < end and token != verb]
    strays = [token for token in sentence.tokens[end:-1] if verb.index < token.head < end]
    return None if bound or strays else done


def _ask(
    sentence: Sentence, verb: Token, who: tuple[Token, ...], done: tuple[Token, ...], start: int, grammar: Grammar
) -> Edit | None:
    """What must she do; or, in languages that tell voice by a prefix, what must be done by her."""
    facts, voice = grammar.facts(QuestionFacts), grammar.facts(VoicingFacts)
    if facts.inversion:
        put = Replacement(done[0].start, done[-1].end, facts.deed)
        return ask_with(sentence, verb, who, facts.thing, start, (put,), grammar)
    between = sentence.tokens[who[-1].index + 1 : verb.index]
    known = voice.auxiliaries | voice.adverbs | grammar.facts(ClauseFacts).negators
    if any(token.lower not in known for token in between):
        return None
    near = who[0].lower in voice.near_pronouns
    if who[0].upos == "PRON" and not near:
        return None
    agent = f"{voice.agent_marker} {as_inside(sentence, who)}"
    told = f"{who[0].lower} {facts.deed}" if near else f"{facts.deed_by} {agent}"
    known_modals = (each for each in between if each.lower in facts.modals)
    modals = (Replacement(each.start, each.end, facts.modals[each.lower]) for each in known_modals)
    opened = Replacement(start, who[-1].end, facts.thing)
    return put_together((opened, *modals, Replacement(done[0].start, done[-1].end, told)))
