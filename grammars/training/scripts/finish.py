"""What training leaves open: the tokenizer, the sentence limits and the metadata."""

from __future__ import annotations

from spacy.language import Language
from tokenization import adapt

META = {
    "en": ("nyaris_en", "English UD parser for contracts, policies, notices and news"),
    "ms": ("nyaris_ms", "Malay UD parser, trained on Malay trees and on Indonesian ones with Malay words"),
}


def finish(nlp: Language) -> None:
    """Set the tokenizer, keep each text one sentence, and fill the metadata."""
    adapt(nlp)
    if "one_sentence" not in nlp.pipe_names:
        # no text holds this mark, so every text stays one sentence for the parser
        config = {"punct_chars": ["\uffff"]}
        nlp.add_pipe("sentencizer", name="one_sentence", config=config, before="parser")
    # the files and callbacks of training are not part of the pipeline
    nlp.config["paths"].update(dict.fromkeys(nlp.config["paths"]))
    nlp.config["initialize"].update(after_init=None, vectors=None)
    name, description = META[nlp.lang or ""]
    nlp.meta.update(
        name=name,
        version="0.1.0",
        description=description,
        author="Nyaris contributors",
        license="CC BY-SA 4.0",
        performance={},
    )
