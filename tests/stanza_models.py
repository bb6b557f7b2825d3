"""Small Stanza models, trained on the trees of the cases and laid out as `stanza.download` lays out real ones.

They know by heart what they were trained on and little more, which is what tests need. Nothing is downloaded: no word
vectors, no character model.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from nyaris.trees.sentence import Sentence, Token

PACKAGE = "cases"


def train_stanza(sentences: Iterable[Sentence], endings: tuple[str, ...], folder: Path, lang: str) -> None:
    """Train tokenizer, word splitter, tagger and parser into `folder`/`lang`, and add them to `folder`/resources.json.

    A word glued to the one before it and an ending like "n't" make a multiword token, as in the treebanks.
    """
    import torch
    from stanza.models import mwt_expander, parser, tagger, tokenizer
    from stanza.utils.datasets import prepare_tokenizer_data

    torch.set_num_threads(1)
    sentences = list(sentences)
    work = folder / "training" / lang
    work.mkdir(parents=True)
    conllu, text, labels, mwt = (str(work / name) for name in ("trees.conllu", "text.txt", "labels", "mwt.json"))
    Path(conllu).write_text("".join(_conllu(each, endings) for each in sentences), encoding="utf-8")
    Path(text).write_text("\n\n".join(each.text for each in sentences) + "\n", encoding="utf-8")
    prepare_tokenizer_data.main([text, conllu, "-o", labels, "-m", mwt])
    common = ["--mode", "train", "--lang", lang, "--shorthand", f"{lang}_{PACKAGE}", "--cpu"]

    def where(processor: str) -> list[str]:
        return ["--save_dir", str(folder / lang / processor), "--save_name", f"{PACKAGE}.pt"]

    (folder / lang).mkdir(exist_ok=True)
    data = ["--txt_file", text, "--label_file", labels, "--mwt_json_file", mwt]
    dev = ["--dev_txt_file", text, "--dev_label_file", labels, "--dev_conll_gold", conllu]
    output = ["--conll_file", str(work / "out.conllu")]
    steps = ["--steps", "240", "--eval_steps", "240", "--batch_size", "16"]
    (folder / lang / "tokenize").mkdir()
    tokenizer.main([*common, *where("tokenize"), *data, *dev, *output, *steps])
    trees = ["--train_file", conllu, "--eval_file", conllu]
    if endings:
        mwt_expander.main(
            [*common, *where("mwt"), *trees, "--gold_file", conllu, "--num_epoch", "12", "--batch_size", "4"]
        )
    small = "--no_pretrain --no_char --word_cutoff 1 --word_emb_dim 64 --hidden_dim 64 --num_layers 1".split()
    small += "--deep_biaff_hidden_dim 64 --word_dropout 0 --dropout 0.1".split()
    tagger.main([*common, *where("pos"), *trees, *small, *_plan(steps=100, batch=16)])
    parser.main([*common, *where("depparse"), *trees, *small, *_plan(steps=120, batch=250), "--no_checkpoint"])
    _register(folder, lang, splits=bool(endings))


def _plan(steps: int, batch: int) -> list[str]:
    """So many steps, and one evaluation at the end; the tagger's batches count sentences, the parser's words."""
    return ["--max_steps", str(steps), "--eval_interval", str(steps), "--batch_size", str(batch)]


def _register(folder: Path, lang: str, splits: bool) -> None:
    path = folder / "resources.json"
    resources = json.loads(path.read_text()) if path.exists() else {}
    names = ("tokenize", "mwt", "pos", "depparse") if splits else ("tokenize", "pos", "depparse")
    processors = dict.fromkeys(names, PACKAGE) | {"lemma": "identity"}
    models: dict[str, object] = {name: {PACKAGE: {"md5": ""}} for name in processors if name != "lemma"}
    resources[lang] = models | {"lang_name": lang, "packages": {"default": processors, PACKAGE: processors}}
    path.write_text(json.dumps(resources))


def _conllu(sentence: Sentence, endings: tuple[str, ...]) -> str:
    """The tree with its multiword tokens."""
    lines = [f"# text = {sentence.text}"]
    tokens = sentence.tokens
    for token in tokens:
        opens = _opens_group(sentence, token, endings)
        if opens:
            after = tokens[token.index + 1]
            identifier = f"{token.index + 1}-{token.index + 2}"
            lines.append("\t".join([identifier, token.text + after.text, *["_"] * 7, _misc(sentence, after)]))
        feats = "|".join(f"{name}={value}" for name, value in token.feats) or "_"
        inside = opens or (token.index and _opens_group(sentence, tokens[token.index - 1], endings))
        tree = [token.lemma, token.upos, "_", feats, str(token.head + 1), token.rel, "_"]
        lines.append("\t".join([str(token.index + 1), token.text, *tree, "_" if inside else _misc(sentence, token)]))
    return "\n".join(lines) + "\n\n"


def _opens_group(sentence: Sentence, token: Token, endings: tuple[str, ...]) -> bool:
    after = sentence.next(token)
    return after is not None and after.start == token.end and after.lower in endings


def _misc(sentence: Sentence, token: Token) -> str:
    after = sentence.next(token)
    return "SpaceAfter=No" if after is None or after.start == token.end else "_"
