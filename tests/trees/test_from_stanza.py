"""The Stanza room, on real pipelines whose small models the tests train."""

from __future__ import annotations

from pathlib import Path

import pytest
from trained_parsers import sample

from nyaris.errors import NyarisError
from nyaris.trees.parsers import load_parser
from nyaris.trees.sentence import Sentence
from nyaris.trees.ud import plain_relation

CONLLU = """# text = The tenant didn't pay.
1\tThe\tthe\tDET\t_\t_\t2\tdet\t_\tstart_char=0|end_char=3
2\ttenant\ttenant\tNOUN\t_\tNumber=Sing\t5\tnsubj\t_\tstart_char=4|end_char=10
3-4\tdidn't\t_\t_\t_\t_\t_\t_\t_\tstart_char=11|end_char=17
3\tdid\tdo\tAUX\t_\t_\t5\taux\t_\t_
4\tn't\tnot\tPART\t_\tPolarity=Neg\t5\tadvmod\t_\t_
5\tpay\tpay\tVERB\t_\t_\t0\troot\t_\tstart_char=18|end_char=21
6\t.\t.\tPUNCT\t_\t_\t5\tpunct\t_\tstart_char=21|end_char=22

"""


def parsed(code: str, folder: Path, texts: list[str]) -> list[Sentence]:
    return list(load_parser(f"stanza:{code}", code, str(folder)).parse(texts, code))


def from_conllu(block: str, splits: bool) -> Sentence:
    conll = pytest.importorskip("stanza.utils.conll")
    from nyaris.trees.from_stanza import sentence_from_stanza

    document = conll.CoNLL.conll2doc(input_str=block)
    document.text = block.partition("\n")[0].removeprefix("# text = ")
    return sentence_from_stanza(document, "en", splits)


@pytest.mark.parametrize("code", ["en", "ms"])
def test_a_pipeline_gives_the_trees_it_was_trained_on(code: str, stanza_dir: Path) -> None:
    gold = sample(code)
    found = parsed(code, stanza_dir, [each.text for each in gold])
    right = total = 0
    for tree, expected in zip(found, gold, strict=True):
        assert tree.text == expected.text
        assert len(tree.roots) == 1
        assert [tree.slice(token.span) for token in tree.tokens] == [token.text for token in tree.tokens]
        known = {(token.span, token.head, plain_relation(token.rel)) for token in expected.tokens}
        right += sum((token.span, token.head, token.rel) in known for token in tree.tokens)
        total += len(tree.tokens)
    assert right > 0.9 * total


def test_offsets_are_true_to_blanks_and_to_sentences_that_stanza_would_split(stanza_dir: Path) -> None:
    text = "The tenant  pays.   The Landlord pays the tenant."
    tree, other = parsed("en", stanza_dir, [text, "The Landlord pays."])
    assert [tree.slice(token.span) for token in tree.tokens] == text.replace(".", " .").split()
    assert len(tree.roots) == 1, "one text is one sentence"
    assert other.text == "The Landlord pays."


def test_batches_come_back_in_order(stanza_dir: Path) -> None:
    texts = [each.text for each in sample("ms")] * 3
    parser = load_parser("stanza:ms", "ms", str(stanza_dir))
    assert [tree.text for tree in parser.parse(iter(texts), "ms")] == texts
    assert list(parser.parse([], "ms")) == []


def test_the_parts_of_a_multiword_token_stand_alone_where_the_language_wants_it(stanza_dir: Path) -> None:
    gold = next(each for each in sample("en") if "'s" in {token.text for token in each.tokens})
    (tree,) = parsed("en", stanza_dir, [gold.text])
    assert [(token.text, token.start) for token in tree.tokens] == [(token.text, token.start) for token in gold.tokens]


def test_a_multiword_token_is_split_or_kept_whole() -> None:
    split = from_conllu(CONLLU, splits=True)
    assert [token.text for token in split.tokens] == ["The", "tenant", "did", "n't", "pay", "."]
    assert [split.slice(token.span) for token in split.tokens] == [token.text for token in split.tokens]
    whole = from_conllu(CONLLU, splits=False)
    assert [token.text for token in whole.tokens] == ["The", "tenant", "didn't", "pay", "."]
    assert [token.rel for token in whole.tokens] == ["det", "nsubj", "aux", "root", "punct"]
    assert whole.tokens[2].feat("Polarity") == "Neg", "the denial is not lost"
    assert whole.root.text == "pay"


def test_a_part_that_is_not_spelt_as_written_keeps_the_token_whole() -> None:
    tree = from_conllu(CONLLU.replace("3\tdid\t", "3\tdoes\t"), splits=True)
    assert tree.tokens[2].text == "didn't"


def test_the_head_of_a_whole_token_is_the_part_that_governs() -> None:
    block = CONLLU.replace("5\taux", "4\taux").replace(
        "2\ttenant\ttenant\tNOUN\t_\tNumber=Sing\t5", "2\ttenant\t_\tNOUN\t_\t_\t4"
    )
    tree = from_conllu(block.replace("\t5\tadvmod", "\t5\tnsubj"), splits=False)
    assert (tree.tokens[2].rel, tree.tokens[2].lemma) == ("nsubj", "not")
    assert tree.head(tree.tokens[1]) == tree.tokens[2]


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("stanza:xx", r"no Stanza parser for 'xx' in .*languages there: en, ms\).*stanza\.download\('xx', model_dir="),
        ("stanza:en:gum", r"no Stanza package 'gum' for 'en' in .*there: default, cases\)"),
    ],
)
def test_missing_models_are_named_with_the_remedy(spec: str, message: str, stanza_dir: Path) -> None:
    with pytest.raises(NyarisError, match=message):
        load_parser(spec, "en", str(stanza_dir))


def test_an_empty_folder_and_a_broken_model_are_named(tmp_path: Path, stanza_dir: Path) -> None:
    from shutil import copytree

    with pytest.raises(NyarisError, match=r"no Stanza models in .*stanza\.download\('en'.*--stanza-dir"):
        load_parser("stanza:en", "en", str(tmp_path))
    broken = copytree(stanza_dir, tmp_path / "broken")
    (broken / "en" / "pos" / "cases.pt").unlink()
    (broken / "ms" / "pos" / "cases.pt").write_bytes(b"no model")
    for code in ("en", "ms"):
        with pytest.raises(NyarisError, match=rf"Stanza cannot load 'stanza:{code}' from .*stanza\.download"):
            load_parser(f"stanza:{code}", code, str(broken))
    (broken / "resources.json").write_text("no json")
    with pytest.raises(NyarisError, match=r"resources\.json cannot be read"):
        load_parser("stanza:ms", "ms", str(broken))
