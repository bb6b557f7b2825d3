"""What `spacy train` needs besides its own parts: give it with `--code`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spacy.language import Language
from spacy.util import registry


@registry.callbacks("nyaris.lemma_labels")  # type: ignore[untyped-decorator]
def lemma_labels() -> Callable[[Language], Language]:
    """Let a lemmatizer that was read from disk learn on.

    Reading it back does not fill the table from edit trees to labels, without which every word
    counts as an example of label 0.
    """

    def restore(nlp: Language) -> Language:
        lemmatizer: Any = nlp.get_pipe("trainable_lemmatizer")
        lemmatizer.tree2label = {tree: label for label, tree in enumerate(lemmatizer.cfg["labels"])}
        return nlp

    return restore
