"""The conversion from ClearNLP trees: gold UD trees, taken to ClearNLP and back, and what it leaves open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from clearnlp_trees import to_clearnlp

from nyaris.grammar import load_grammar
from nyaris.trees.clearnlp import ClearNlpFacts, to_ud
from nyaris.trees.sentence import Sentence
from nyaris.trees.ud import RELATIONS, SUBTYPES, plain_relation, read_conllu

CASES = Path(__file__).parents[1] / "cases"
USED = (
    "root nsubj nsubj:pass obj iobj obl obl:agent case advmod aux aux:pass cop mark advcl conj cc nummod acl:relcl "
    "nmod det amod xcomp ccomp"
).split()
FACTS = load_grammar("en").facts(ClearNlpFacts)


def gold() -> Iterator[Sentence]:
    """Every case of the language and its varieties, each text once."""
    seen: set[str] = set()
    for path in sorted(CASES.glob("en*/*.conllu")):
        for _, sentence in read_conllu(path.read_text(encoding="utf-8"), "en"):
            if sentence.text not in seen:
                seen.add(sentence.text)
                yield sentence


def f1(sentences: Iterable[Sentence]) -> dict[str, tuple[float, int]]:
    """Each relation's F1, head and relation right, and how often it is in the gold trees; "all" sums those in use."""
    right, here, there = Counter[str](), Counter[str](), Counter[str]()
    for sentence in sentences:
        back = to_ud(to_clearnlp(sentence), FACTS)
        for token, made in zip(sentence.tokens, back.tokens, strict=True):
            rel = plain_relation(token.rel)
            here[rel] += 1
            there[made.rel] += 1
            right[rel] += (token.head, rel) == (made.head, made.rel)
    for counter in (right, here, there):
        counter["all"] = sum(counter[rel] for rel in USED)
    return {rel: (2 * right[rel] / (here[rel] + there[rel]), here[rel]) for rel in (*USED, "all")}


def test_gold_trees_come_back() -> None:
    scores = f1(gold())
    assert scores["all"][0] >= 0.97, scores
    weak = {rel: score for rel, score in scores.items() if score[0] < 0.97 and score[1] >= 100}
    # "at least" hangs on its number as `nmod` in the treebank that parsers learn from and as `advmod` in the cases
    assert set(weak) <= {"advmod", "nmod"}, weak
    assert min(score for score, _ in scores.values()) >= 0.9, scores


def test_the_relations_are_those_that_rules_know() -> None:
    for sentence in gold():
        tree = to_ud(to_clearnlp(sentence), FACTS)
        assert len(tree.roots) == 1
        assert len(tree.subtree(tree.root)) == len(tree.tokens), tree.text
        assert all(token.rel in SUBTYPES or token.rel in RELATIONS for token in tree.tokens)
        assert [token.span for token in tree.tokens] == [token.span for token in sentence.tokens]


def read(*rows: str) -> Sentence:
    """Rows of "form UPOS head label" (and features) as a ClearNLP tree with spaces everywhere."""
    lines = []
    for number, row in enumerate(rows, start=1):
        form, upos, head, label, *feats = row.split()
        lemma = {"is": "be", "was": "be", "are": "be"}.get(form, form.lower())
        lines.append("\t".join([str(number), form, lemma, upos, "_", *(feats or ["_"]), head, label, "_", "_"]))
    return next(iter(read_conllu("\n".join(lines) + "\n", "en")))[1]


def tree(*rows: str) -> list[tuple[str, str, str]]:
    made = to_ud(read(*rows), FACTS)
    return [(token.text, token.rel, head.text if (head := made.head(token)) else "") for token in made.tokens]


def test_a_predicate_phrase_takes_the_place_of_its_copula() -> None:
    made = tree("It PRON 2 nsubj", "is AUX 0 root", "in ADP 2 prep", "Penang PROPN 3 pobj", "here ADV 2 advmod")
    assert made == [
        ("It", "nsubj", "Penang"),
        ("is", "cop", "Penang"),
        ("in", "case", "Penang"),
        ("Penang", "root", ""),
        ("here", "advmod", "Penang"),
    ]


def test_what_exists_is_the_subject() -> None:
    made = tree("There PRON 2 expl", "is VERB 0 root", "no DET 4 det", "limit NOUN 2 attr")
    assert made[1] == ("is", "root", "")
    assert made[3] == ("limit", "nsubj", "is")


def test_an_extraposed_clause_is_the_subject() -> None:
    made = tree(
        "It PRON 2 nsubj",
        "is AUX 0 root",
        "true ADJ 2 acomp",
        "that SCONJ 6 mark",
        "you PRON 6 nsubj",
        "pay VERB 2 ccomp",
    )
    assert made[0] == ("It", "expl", "true")
    assert made[5] == ("pay", "csubj", "true")


def test_conjuncts_hang_on_the_first_and_joints_on_the_next() -> None:
    made = tree("A NOUN 0 root", ", PUNCT 1 punct", "B NOUN 1 conj", "and CCONJ 3 cc", "C NOUN 3 conj")
    assert made[1:] == [(",", "punct", "B"), ("B", "conj", "A"), ("and", "cc", "C"), ("C", "conj", "A")]


def test_a_date_after_by_is_no_agent() -> None:
    rows = ["filed VERB 0 root", "by ADP 1 agent", "3 NUM 4 nummod", "May PROPN 2 pobj"]
    assert tree(*rows)[3] == ("May", "obl", "filed")
    assert tree(rows[0], rows[1], "the DET 4 det", "bank NOUN 2 pobj")[3] == ("bank", "obl:agent", "filed")


def test_two_prepositions_share_their_object_wherever_it_hangs() -> None:
    rows = ["valid ADJ 0 root", "on ADP 1 prep", "or CCONJ 2 cc", "before ADP 2 conj"]
    expected = [("on", "case", "date"), ("or", "cc", "before"), ("before", "conj", "on"), ("date", "obl", "valid")]
    assert tree(*rows, "date NOUN 4 pobj")[1:] == expected


def test_a_clause_before_a_semicolon_is_the_main_one() -> None:
    made = tree("It PRON 2 nsubj", "applies VERB 5 ccomp", "; PUNCT 5 punct", "they PRON 5 nsubj", "pay VERB 0 root")
    assert made[1] == ("applies", "root", "")
    assert made[4] == ("pay", "parataxis", "applies")


def test_words_get_the_tags_and_features_that_rules_ask_for() -> None:
    made = to_ud(
        read(
            "The DET 2 det",
            "Landlord PROPN 5 nsubjpass Number=Sing",
            "must AUX 5 aux VerbType=Mod",
            "be AUX 5 auxpass VerbForm=Inf",
            "paid VERB 0 root Aspect=Perf|Tense=Past|VerbForm=Part",
        ),
        FACTS,
    )
    landlord, must, _, paid = made.tokens[1:]
    assert (landlord.upos, landlord.lemma, landlord.rel) == ("NOUN", "landlord", "nsubj:pass")
    assert must.feats == (("VerbForm", "Fin"),)
    assert paid.feats == (("Tense", "Past"), ("VerbForm", "Part"), ("Voice", "Pass"))
    denied = to_ud(read("do AUX 3 aux", "not PART 3 neg", "pay VERB 0 root VerbForm=Inf"), FACTS)
    assert (denied.tokens[1].rel, denied.tokens[1].feat("Polarity")) == ("advmod", "Neg")


@pytest.mark.parametrize("head", [0, 1, 2])
def test_a_broken_tree_is_converted_without_a_fault(head: int) -> None:
    """What a parser may give on text that is none: roots of any kind, prepositions without objects, cycles avoided."""
    rows = ["of ADP 0 prep", f"of ADP {head} prep", "is AUX 2 pobj", "and CCONJ 3 cc", "is AUX 4 conj"]
    assert len(to_ud(read(*rows), FACTS).tokens) == 5
