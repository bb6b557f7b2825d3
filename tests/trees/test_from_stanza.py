"""The Stanza room, on Stanza's own document type where Stanza is installed."""

from __future__ import annotations

import pytest

from nyaris.errors import NyarisError
from nyaris.trees.parsers import load_parser

CONLLU = """# text = The tenant didn't pay.
1\tThe\tthe\tDET\t_\t_\t2\tdet\t_\tstart_char=0|end_char=3
2\ttenant\ttenant\tNOUN\t_\tNumber=Sing\t5\tnsubj\t_\tstart_char=4|end_char=10
3-4\tdidn't\t_\t_\t_\t_\t_\t_\t_\tstart_char=11|end_char=17
3\tdid\tdo\tAUX\t_\t_\t5\taux\t_\t_
4\tn't\tnot\tPART\t_\tPolarity=Neg\t5\tadvmod\t_\t_
5\tpay\tpay\tVERB\t_\t_\t0\troot\t_\tstart_char=18|end_char=21
6\t.\t.\tPUNCT\t_\t_\t5\tpunct\t_\tstart_char=21|end_char=22

"""


def test_a_stanza_document_becomes_a_sentence() -> None:
    conll = pytest.importorskip("stanza.utils.conll")
    from nyaris.trees.from_stanza import sentence_from_stanza

    document = conll.CoNLL.conll2doc(input_str=CONLLU)
    document.text = "The tenant didn't pay."
    sentence = sentence_from_stanza(document, "en")
    assert [token.text for token in sentence.tokens] == ["The", "tenant", "didn't", "pay", "."]
    assert [sentence.slice(token.span) for token in sentence.tokens] == [token.text for token in sentence.tokens]
    assert sentence.root.text == "pay"
    assert [token.rel for token in sentence.tokens] == ["det", "nsubj", "aux", "root", "punct"]


def test_without_stanza_or_its_models_the_remedy_is_named() -> None:
    with pytest.raises(NyarisError, match=r"pip install 'nyaris\[stanza\]'|stanza\.download"):
        load_parser("stanza:xx", "ms")
