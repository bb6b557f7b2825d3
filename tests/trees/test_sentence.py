from __future__ import annotations

import pickle

import pytest

from nyaris.errors import NyarisError
from nyaris.trees.sentence import Sentence, Span
from nyaris.trees.ud import read_conllu

BLOCK = """# text = The tenant didn't pay the rent.
1\tThe\tthe\tDET\t_\tDefinite=Def|PronType=Art\t2\tdet\t_\t_
2\ttenant\ttenant\tNOUN\t_\tNumber=Sing\t5\tnsubj\t_\t_
3-4\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
3\tdid\tdo\tAUX\t_\t_\t5\taux\t_\t_
4\tn't\tnot\tPART\t_\tPolarity=Neg\t5\tadvmod\t_\t_
5\tpay\tpay\tVERB\t_\t_\t0\troot\t_\t_
6\tthe\tthe\tDET\t_\t_\t7\tdet\t_\t_
7\trent\trent\tNOUN\t_\t_\t5\tobj\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t_\t_\t5\tpunct\t_\t_
"""


def read(block: str = BLOCK) -> Sentence:
    return next(iter(read_conllu(block, "en")))[1]


def test_offsets_are_true_to_the_text() -> None:
    sentence = read()
    assert sentence.text == "The tenant didn't pay the rent."
    assert [sentence.slice(token.span) for token in sentence.tokens] == [token.text for token in sentence.tokens]


def test_a_multiword_token_stays_one_token_with_the_syntax_of_its_first_outer_word() -> None:
    token = read().tokens[2]
    assert (token.text, token.rel, token.lemma) == ("didn't", "aux", "do")


def test_relations_cover_their_subtypes() -> None:
    sentence = read(BLOCK.replace("\tobj\t", "\tnsubj:pass\t"))
    assert [token.text for token in sentence.children(sentence.root, "nsubj")] == ["tenant", "rent"]
    assert sentence.child(sentence.root, "nsubj") is None, "two of them: no single child"
    assert sentence.child(sentence.root, "nsubj:pass") == sentence.tokens[5]


def test_phrase_is_none_where_the_subtree_has_a_gap() -> None:
    sentence = read()
    assert sentence.phrase(sentence.tokens[5]) == Span(22, 30)
    crossing = BLOCK.replace("6\tthe\tthe\tDET\t_\t_\t7", "6\tthe\tthe\tDET\t_\t_\t2")
    assert read(crossing).phrase(read(crossing).tokens[1]) is None


def test_sentences_can_be_pickled() -> None:
    sentence = read()
    assert sentence.children(sentence.root)
    assert pickle.loads(pickle.dumps(sentence)) == sentence


def test_a_malformed_line_is_named() -> None:
    with pytest.raises(NyarisError, match="line 2: 3 columns"):
        list(read_conllu("# text = x\n1\tx\ty\n", "en"))
