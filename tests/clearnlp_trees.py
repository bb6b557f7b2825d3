"""Gold Universal Dependencies trees as the ClearNLP scheme would have them: what the conversion must undo.

Written from the scheme's guidelines, not from the conversion.
"""

from __future__ import annotations

from dataclasses import replace

from nyaris.trees.sentence import Sentence, Token

_RENAMED = {
    "obj": "dobj",
    "iobj": "dative",
    "nsubj:pass": "nsubjpass",
    "csubj:pass": "csubjpass",
    "aux:pass": "auxpass",
    "nmod:poss": "poss",
    "acl:relcl": "relcl",
    "compound:prt": "prt",
    "det:predet": "predet",
    "cc:preconj": "preconj",
    "discourse": "intj",
    "vocative": "intj",
    "obl:agent": "agent",
    "fixed": "advmod",
    "flat": "compound",
    "nsubj:outer": "nsubj",
    "dislocated": "dep",
    "orphan": "dep",
    "list": "dep",
    "goeswith": "dep",
    "reparandum": "dep",
    "obl": "npadvmod",
    "nmod": "nmod",
}
_PREPOSITIONS = frozenset(
    "about after as at before besides between by despite during except for from in including into of on on over since "
    "through to towards under upon until with within without than like".split()
)
_DATIVE_VERBS = frozenset("give send pay offer lend sell show tell hand grant assign award supply provide owe".split())
_RAISING = frozenset(
    "allow cause enable expect have hear help keep let like make need permit require see want watch".split()
)
_NEGATORS = frozenset({"not", "n't", "n’t", "never"})
_PREDICATE_SIDE = frozenset(
    "det amod nummod compound flat nmod nmod:poss case acl acl:relcl appos fixed goeswith cc:preconj det:predet".split()
)
_MODALS = frozenset("shall must may will would should can could might ought 'll 'd ca wo".split())


class _Tree:
    def __init__(self, sentence: Sentence) -> None:
        self.tokens = sentence.tokens
        self.head = [token.head for token in sentence.tokens]
        self.rel = [token.rel for token in sentence.tokens]

    def children(self, index: int, *rels: str) -> list[int]:
        return [i for i, head in enumerate(self.head) if head == index and (not rels or self.rel[i] in rels)]

    def lift(self, index: int, over: int, rel: str) -> None:
        """Make `index` the head of `over`, which hangs on it as `rel`."""
        self.head[index], self.rel[index] = self.head[over], self.rel[over]
        self.head[over], self.rel[over] = index, rel


def to_clearnlp(sentence: Sentence) -> Sentence:
    """The tree with prepositions and copulas as heads, chained conjuncts, and the scheme's labels and features."""
    tree = _Tree(sentence)
    _names(tree)
    _sums(tree)
    _chained_conjuncts(tree)
    _raised_subjects(tree)
    _copulas(tree)
    _existence(tree)
    _prepositions(tree)
    tokens = tuple(_token(tree, token) for token in tree.tokens)
    return replace(sentence, tokens=tokens)


def _names(tree: _Tree) -> None:
    """The last word of a name is its head."""
    for index in range(len(tree.tokens)):
        parts = [i for i in tree.children(index, "flat") if tree.tokens[i].upos == "PROPN" == tree.tokens[index].upos]
        if parts and parts == list(range(index + 1, index + 1 + len(parts))):
            last = parts[-1]
            tree.lift(last, index, "compound")
            for child in tree.children(index):
                if child < last or child > index:
                    tree.head[child] = last
            for part in parts[:-1]:
                tree.rel[part] = "compound"


def _sums(tree: _Tree) -> None:
    for index, token in enumerate(tree.tokens):
        numbers = tree.children(index, "nummod")
        if token.upos == "SYM" and numbers and numbers[0] == index + 1:
            tree.lift(numbers[0], index, "quantmod")
            for child in tree.children(index):
                tree.head[child] = numbers[0]


def _chained_conjuncts(tree: _Tree) -> None:
    for index in range(len(tree.tokens)):
        previous = index
        for conjunct in tree.children(index, "conj"):
            for child in tree.children(conjunct):
                if child < conjunct and tree.rel[child] in {"cc", "punct"} and _opens(tree, child, conjunct):
                    tree.head[child] = previous
            tree.head[conjunct], previous = previous, conjunct


def _opens(tree: _Tree, child: int, conjunct: int) -> bool:
    """Whether nothing but other joining words of the conjunct stands before the child."""
    return all(tree.rel[i] in {"cc", "punct"} for i in tree.children(conjunct) if i < child and tree.rel[i] != "conj")


def _raised_subjects(tree: _Tree) -> None:
    """ "want him to go": the object is the subject of the clause below."""
    for index, token in enumerate(tree.tokens):
        objects, clauses = tree.children(index, "obj"), tree.children(index, "xcomp")
        if token.lemma in _RAISING and len(objects) == 1 and len(clauses) == 1 and objects[0] < clauses[0]:
            tree.head[objects[0]], tree.rel[objects[0]] = clauses[0], "nsubj"
            tree.rel[clauses[0]] = "ccomp"


def _copulas(tree: _Tree) -> None:
    for predicate in range(len(tree.tokens)):
        copulas = tree.children(predicate, "cop")
        if not copulas:
            continue
        copula, upos = copulas[0], tree.tokens[predicate].upos
        tree.lift(copula, predicate, "attr")
        prepositional = [i for i in tree.children(predicate, "case") if tree.tokens[i].upos != "PART"]
        inner_subjects = tree.children(predicate, "nsubj", "nsubj:pass")
        outer = tree.children(predicate, "nsubj:outer", "csubj:outer") or (inner_subjects if upos == "VERB" else [])
        clause = upos in {"VERB", "AUX"} or bool(tree.children(predicate, "nsubj:outer", "csubj:outer"))
        if clause:
            tree.rel[predicate] = "ccomp" if len(inner_subjects) > 1 or tree.children(predicate, "mark") else "xcomp"
        elif prepositional:
            tree.rel[predicate] = "obl"
        elif upos == "ADJ":
            tree.rel[predicate] = "acomp"
        elif upos == "ADV":
            tree.rel[predicate] = "advmod"
        for child in tree.children(predicate):
            stays = tree.rel[child] in _PREDICATE_SIDE
            if clause:
                stays = child > copula and child not in outer
            elif upos == "ADJ":
                stays = stays or (tree.rel[child] in {"obl", "xcomp", "advmod", "ccomp", "advcl"} and child > copula)
                stays = stays or (tree.rel[child] == "obl" and tree.tokens[child].upos == "NOUN" and child > copula)
                stays = stays and tree.tokens[child].lower not in _NEGATORS
            elif tree.rel[child] == "advmod":
                stays = child == predicate - 1 and tree.tokens[child].lower not in _NEGATORS and child > copula
            if tree.rel[child] in {"conj", "cc"} and not tree.children(predicate, "conj"):
                stays = False
            if tree.rel[child] == "conj":
                stays = not tree.children(child, "nsubj", "nsubj:pass", "aux", "cop") and child > copula
            if tree.rel[child] in {"cc", "punct"} and child > predicate:
                later = [i for i in tree.children(predicate, "conj") if i > child]
                stays = bool(later) and not tree.children(later[0], "nsubj", "nsubj:pass", "aux", "cop")
            if not stays:
                tree.head[child] = copula
        if tree.children(copula, "expl") or tree.children(copula, "csubj"):
            for clause_subject in tree.children(copula, "csubj"):
                if tree.children(copula, "expl") and clause_subject > predicate:
                    marked = any(tree.tokens[i].lower == "to" for i in tree.children(clause_subject, "mark"))
                    tree.rel[clause_subject] = "xcomp" if marked else "ccomp"
            for dummy in tree.children(copula, "expl"):
                tree.rel[dummy] = "nsubj"


def _existence(tree: _Tree) -> None:
    for index, token in enumerate(tree.tokens):
        if token.lemma == "be" and tree.children(index, "expl"):
            for subject in tree.children(index, "nsubj"):
                tree.rel[subject] = "attr"


def _prepositions(tree: _Tree) -> None:
    for index in range(len(tree.tokens)):
        token, rel = tree.tokens[index], tree.rel[index]
        cases = [i for i in tree.children(index, "case") if tree.tokens[i].upos != "PART" and i < index]
        marks = [
            i
            for i in tree.children(index, "mark")
            if rel in {"advcl", "acl", "conj"}
            and tree.tokens[i].lower in _PREPOSITIONS
            and token.feat("VerbForm") in {"Ger", "Part"}
            and i < index
        ]
        bare = [i for case in cases for i in tree.children(case, "conj") if tree.tokens[i].upos == "ADP"]
        if bare:  # "on or before the date": the object hangs on the last preposition
            _lift_preposition(tree, cases[-1], index, _phrase_label(tree, index, cases[-1]), "pobj")
            tree.head[index] = bare[-1]
            for joint in tree.children(bare[-1], "cc"):
                tree.head[joint] = cases[-1]
            continue
        for preposition in reversed(cases):
            _lift_preposition(tree, preposition, index, _phrase_label(tree, index, preposition), "pobj")
        if not cases and len(marks) == 1:
            _lift_preposition(tree, marks[0], index, "conj" if rel == "conj" else "prep", "pcomp")


def _phrase_label(tree: _Tree, index: int, preposition: int) -> str:
    rel, head = tree.rel[index], tree.head[index]
    if rel == "obl:agent":
        return "agent"
    above = tree.tokens[head].lemma if head >= 0 else ""
    if rel == "obl" and above in _DATIVE_VERBS and tree.tokens[preposition].lower == "to":
        return "dative"
    return rel if rel in {"conj", "root", "parataxis", "appos", "list"} else "prep"


def _lift_preposition(tree: _Tree, preposition: int, index: int, label: str, below: str) -> None:
    object_rel = "pobj" if tree.rel[index] in {"pobj", "pcomp"} else below
    upos = tree.tokens[index].upos
    if below == "pobj" and upos == "ADV":
        object_rel = "pcomp"
    for word in tree.children(preposition, "fixed"):
        tree.rel[word] = "pcomp" if word > preposition and tree.tokens[word].upos in {"ADP", "SCONJ"} else "advmod"
    tree.lift(preposition, index, object_rel)
    tree.rel[preposition] = label
    for child in tree.children(index):
        if child < preposition and tree.rel[child] in {"advmod", "punct", "cc"}:
            tree.head[child] = preposition
        conjunct = tree.rel[child] == "conj" and _is_phrase(tree, child)
        joins = tree.rel[child] in {"cc", "punct"} and child > index
        if conjunct or (joins and any(_is_phrase(tree, i) for i in tree.children(index, "conj") if i > child)):
            tree.head[child] = preposition


def _is_phrase(tree: _Tree, index: int) -> bool:
    """Whether a conjunct is a prepositional phrase, lifted or not."""
    cases = [i for i in tree.children(index, "case") if tree.tokens[i].upos != "PART"]
    return bool(cases) or bool(tree.children(index, "pobj", "pcomp"))


def _token(tree: _Tree, token: Token) -> Token:
    index = token.index
    rel, head = tree.rel[index], tree.head[index]
    feats = dict(token.feats)
    feats.pop("Polarity", None)
    feats.pop("Voice", None)
    if feats.get("PronType") == "Rel":
        feats.pop("PronType")
    upos = token.upos
    if upos == "AUX" and token.lower in _MODALS:
        feats = {"VerbType": "Mod"}
    if rel == "mark" and token.lower == "to":
        rel, upos = "aux", "PART"
    elif rel == "advmod" and token.lower in _NEGATORS:
        rel, upos = "neg", "PART" if token.lower != "never" else upos
    elif rel == "advmod" and head >= 0 and tree.tokens[head].upos in {"NUM", "SYM"}:
        rel = "quantmod" if upos == "ADP" else rel
    elif rel == "xcomp" and upos in {"ADJ", "NOUN", "PROPN"}:
        rel = "acomp" if upos == "ADJ" and not tree.children(head, "dobj", "obj") else "oprd"
    elif rel.partition(":")[0] in {"nmod", "obl", "advcl"} and rel not in _RENAMED:
        rel = rel.partition(":")[0]
        rel = "npadvmod" if rel in {"obl", "nmod"} else rel
    elif rel == "nmod" and upos in {"NOUN", "PROPN", "NUM"} and index > head:
        rel = "npadvmod"
    else:
        rel = _RENAMED.get(rel, rel)
    rel = _RENAMED.get(rel, rel) if rel != "nmod" else rel
    return replace(token, upos=upos, rel=rel, head=head, feats=tuple(sorted(feats.items())))
