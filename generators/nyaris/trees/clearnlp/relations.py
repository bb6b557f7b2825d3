"""The relation of each token, once its head is where UD has it."""

from __future__ import annotations

from nyaris.trees.clearnlp.draft import Draft
from nyaris.trees.clearnlp.facts import ClearNlpFacts
from nyaris.trees.clearnlp.structure import NOMINAL

_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "prep"})


def relations(draft: Draft, facts: ClearNlpFacts) -> None:
    """Settle every relation that the structure has not settled."""
    for index in range(len(draft.tokens)):
        if draft.rel[index] is None:
            draft.rel[index] = _relation(draft, index, facts)
    _passives(draft)


def _relation(draft: Draft, index: int, facts: ClearNlpFacts) -> str:
    """The relation of a token whose head is where it belongs."""
    label, token, head = draft.label[index], draft.tokens[index], draft.head[index]
    if head < 0:
        return "root"
    above = draft.tokens[head]
    nominal = above.upos in NOMINAL and index not in draft.clausal
    nominal = nominal and not (label == "npadvmod" and _measures_preposition(draft, index))
    if label in {"prep", "npadvmod", "pobj"}:
        if token.upos == "ADV":
            return "advmod"
        return "nmod" if nominal or _is_partitive(draft, index) else "obl"
    match label:
        case "neg":
            return "det" if token.upos == "DET" else "advmod"
        case "agent":
            return "obl" if _is_measured(draft, index) else "obl:agent"
        case "dative":
            return "iobj" if not _has_case(draft, index) else "obl"
        case "aux":
            return "mark" if token.lower in facts.infinitive_markers else "aux"
        case "relcl":
            return "advcl" if not nominal else "acl" if _is_infinitive(draft, index) else "acl:relcl"
        case "acl" | "advcl" | "pcomp":
            return "acl" if nominal and label != "advcl" else _adverbial(draft, index, nominal)
        case "attr" | "acomp" | "oprd":
            return "xcomp"
        case "nmod":
            return "compound" if index < head and token.upos in {"NOUN", "PROPN", "SYM", "X"} else "nmod"
        case "quantmod":
            return "advmod"
        case "det" if token.upos == "PRON" and token.feat("Poss") == "Yes":
            return "nmod:poss"
    return facts.relations.get(label, "dep")


def _measures_preposition(draft: Draft, index: int) -> bool:
    """Whether a measure stands before the preposition of its phrase: "three weeks after the merger"."""
    return any(draft.rel[each] == "case" and each > index for each in draft.children(draft.head[index]))


def _is_partitive(draft: Draft, index: int) -> bool:
    """Whether the head is an adjective that stands for a noun: "most of the claims"."""
    head = draft.head[index]
    return draft.tokens[head].upos == "ADJ" and (
        draft.label[head] in _ARGUMENTS or draft.rel[head] in {"nsubj", "obj"} or _has_case(draft, head)
    )


def _is_infinitive(draft: Draft, index: int) -> bool:
    """Whether a particle, not a modal, stands before the verb: "a way to pay"."""
    helpers = [draft.tokens[each] for each in draft.children(index) if draft.label[each] in {"aux", "auxpass"}]
    return any(helper.upos == "PART" for helper in helpers)


def _adverbial(draft: Draft, index: int, nominal: bool) -> str:
    marked = any(draft.rel[child] == "mark" for child in draft.children(index))
    return "acl" if nominal and marked else "advcl"


def _has_case(draft: Draft, index: int) -> bool:
    return any(draft.rel[child] == "case" for child in draft.children(index))


def _is_measured(draft: Draft, index: int) -> bool:
    """Whether a by-phrase is a time ("by 3 May"), which no agent is."""
    token = draft.tokens[index]
    dated = token.upos == "PROPN" and any(draft.label[child] == "nummod" for child in draft.children(index))
    return token.upos not in {"NOUN", "PROPN", "PRON", "DET"} or dated


def _passives(draft: Draft) -> None:
    """A subject beside a passive auxiliary is passive, whatever the parser said."""
    for index in range(len(draft.tokens)):
        children = draft.children(index)
        if any(draft.rel[child] == "aux:pass" for child in children):
            for child in children:
                if draft.rel[child] in {"nsubj", "csubj"} and not _has_copula(draft, index):
                    draft.rel[child] = f"{draft.rel[child]}:pass"


def _has_copula(draft: Draft, index: int) -> bool:
    return any(draft.rel[child] == "cop" for child in draft.children(index))
