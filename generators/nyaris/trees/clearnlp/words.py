"""Words in the conversion from ClearNLP: sums of money, expressions of several words, tags and features."""

from __future__ import annotations

from dataclasses import replace

from nyaris.trees.clearnlp.draft import Draft
from nyaris.trees.clearnlp.facts import ClearNlpFacts
from nyaris.trees.sentence import Token

_FUNCTIONS = ("case", "mark", "cc", "advmod")


def sums(draft: Draft) -> None:
    """A currency sign is the head of its number: "$ 500"."""
    for index, token in enumerate(draft.tokens):
        number = draft.head[index]
        sign = draft.label[index] in {"quantmod", "nmod", "compound"} and token.upos == "SYM"
        if not sign or number <= index or draft.tokens[number].upos != "NUM" or draft.rel[index]:
            continue
        draft.promote(index, number, "nummod")
        for child in draft.children(number):
            if child != index and draft.label[child] not in {"compound", "nummod"}:
                draft.head[child] = index


def punctuation(draft: Draft) -> None:
    """A comma hangs on the phrase that it sets off: the one that it opens, else the fronted one that it closes."""
    first, last = _extents(draft)
    for index, token in enumerate(draft.tokens):
        if token.upos != "PUNCT" or draft.rel[index] != "punct" or draft.children(index):
            continue
        siblings = [each for each in draft.children(draft.head[index]) if draft.rel[each] in _SET_OFF]
        opened = [each for each in siblings if each > draft.head[index] and first[each] == index + 1]
        closed = [each for each in siblings if each < draft.head[index] and last[each] == index - 1]
        if token.text == "," and (opened or closed):
            draft.head[index] = (opened or closed)[0]


_SET_OFF = frozenset("acl acl:relcl advcl advmod appos conj nmod obl parataxis".split())


def _extents(draft: Draft) -> tuple[list[int], list[int]]:
    """The first and the last token below each token, itself included."""
    first, last = list(range(len(draft.tokens))), list(range(len(draft.tokens)))
    for index in draft.bottom_up():
        head = draft.head[index]
        if head >= 0:
            first[head], last[head] = min(first[head], first[index]), max(last[head], last[index])
    return first, last


def fixed_expressions(draft: Draft, facts: ClearNlpFacts) -> None:
    """The later words of a fixed expression hang on its first word."""
    lower = [token.lower for token in draft.tokens]
    for length in (3, 2):
        for start in range(len(lower) - length + 1):
            group = range(start, start + length)
            words = " ".join(lower[index] for index in group)
            head = _outer_head(draft, group)
            if head is None:
                continue
            if words in facts.fixed or (
                words in facts.fixed_quantifiers and draft.tokens[head].upos in {"NUM", "SYM", "NOUN"}
            ):
                rels = [rel for index in group if (rel := draft.rel[index])]
                if not set(rels) & set(_FUNCTIONS):
                    continue
                draft.settle(start, next(rel for rel in _FUNCTIONS if rel in rels), head)
                for index in group[1:]:
                    draft.settle(index, "fixed", start)
            elif words in facts.superlative_phrases and draft.rel[group[1]] == "advmod":
                draft.settle(start, "case", group[1])
                draft.settle(group[1], "nmod" if draft.tokens[head].upos in {"NUM", "NOUN", "SYM"} else "obl", head)


def _outer_head(draft: Draft, group: range) -> int | None:
    """The one head outside the words, None when there are several or something outside hangs on them."""
    heads = {draft.head[index] for index in group} - set(group)
    below = {index for index, head in enumerate(draft.head) if head in group} - set(group)
    return heads.pop() if len(heads) == 1 and not below and -1 not in heads else None


def reworded(draft: Draft, facts: ClearNlpFacts) -> tuple[Token, ...]:
    """The tokens with the tags and features that Universal Dependencies gives them."""
    return tuple(_reworded(draft, token, facts) for token in draft.tokens)


def _reworded(draft: Draft, token: Token, facts: ClearNlpFacts) -> Token:
    feats = {name: value for name, value in token.feats if name not in facts.foreign_features}
    rel, upos = draft.rel[token.index] or "", token.upos
    children = draft.children(token.index)
    if token.feat("VerbType") == "Mod":
        feats["VerbForm"] = "Fin"
    if feats.get("VerbForm") == "Fin" and upos in {"VERB", "AUX"} and not token.feat("VerbType"):
        feats.setdefault("Mood", "Ind")
    if any(draft.rel[child] == "aux:pass" for child in children) and feats.get("VerbForm") == "Part":
        feats["Voice"] = "Pass"
    if token.lower in facts.negators and rel == "advmod":
        feats["Polarity"] = "Neg"
    if upos == "SCONJ" and rel == "advmod":
        upos = "ADV"
    if (
        upos == "DET"
        and rel.partition(":")[0] in {"nsubj", "obj", "obl", "iobj"}
        and token.lower in facts.relative_pronouns
    ):
        upos = "PRON"
    if token.lower in facts.relative_pronouns and upos == "PRON" and _in_relative_clause(draft, token.index):
        feats["PronType"] = "Rel"
    lemma = token.lemma
    if upos == "PROPN" and _is_defined_term(draft, children):
        upos, lemma = "NOUN", lemma.lower()
    return replace(token, lemma=lemma, upos=upos, feats=tuple(sorted(feats.items())))


def _is_defined_term(draft: Draft, children: list[int]) -> bool:
    """Whether a capitalised word is a common noun: "the Landlord" has an article and no other names about it."""
    return any(draft.rel[child] == "det" for child in children) and all(
        draft.tokens[child].upos != "PROPN" or draft.rel[child] not in {"compound", "flat"} for child in children
    )


def _in_relative_clause(draft: Draft, index: int) -> bool:
    """Whether one of the next two heads up is a relative clause that the token opens."""
    for _ in range(2):
        index = draft.head[index]
        if index < 0:
            return False
        if draft.rel[index] == "acl:relcl":
            return True
    return False
