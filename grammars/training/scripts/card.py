"""The model cards of the pipelines, written from the scores."""

from __future__ import annotations

from typing import Any

TITLE = {"en": "English", "ms": "Malay"}
DATA = {
    "en": [
        ("training, development, test", "UD English-EWT", "CC BY-SA 4.0"),
        ("training, development, test", "legal trees made for Nyaris (`treebanks/en`)", "CC BY-SA 4.0"),
        ("training, development, test", "UD English-PUD, by document", "CC BY-SA 3.0"),
        ("training", "hand-written sentences (`seeds/en.txt`)", "CC BY-SA 4.0"),
        ("word vectors; the teacher of the next line", "all-MiniLM-L6-v2", "Apache-2.0"),
        ("training, trees drawn by the teacher", "statutes, judgments, contracts, policies", "not distributed"),
    ],
    "ms": [
        ("training, development, test", "Malay trees made for Nyaris (`treebanks/ms`)", "CC BY-SA 4.0"),
        ("training", "UD Indonesian-GSD, train, as of UD 2.0 (2017)", "CC BY-SA 4.0"),
        ("training, development, test", "UD Indonesian-GSD, dev and test", "CC BY-SA 4.0"),
        ("training, development, test", "UD Indonesian-CSUI", "CC BY-SA 4.0"),
        ("training, development, test", "UD Indonesian-PUD, by document", "CC BY-SA 3.0"),
        ("training", "hand-written Malay sentences (`seeds/ms.txt`)", "CC BY-SA 4.0"),
        ("training, trees drawn by earlier stages", "statutes, policies, news, blogs", "not distributed"),
    ],
}
NOTES = {
    "en": """\
EWT holds web text (blogs, mail, reviews). `legal` is the test part of the trees made for this
project: contracts, statutes and notices, British, Malaysian and Singaporean. It is small, its sentences
were chosen for variety of construction, and an earlier version of this pipeline drew the first
draft of its trees, which may flatter the figures. Some training trees have a copy with capitalised
nouns or without the final stop. Relations carry these subtypes only: nsubj:pass, csubj:pass,
aux:pass, obl:agent, acl:relcl, nmod:poss. The by-agents of PUD, which it does not mark, are
marked by rule before scoring.
""",
    "ms": """\
`malay` is the test part of the Malay trees made for this project, by document: contracts, notices,
a statute, news, health and everyday sentences. It is small: one F1 point of a rarer relation is
a word or two. Most training trees are Indonesian, brought to one scheme, their words replaced by
Malay ones from `grammars/ms/indonesian.tsv`, their clitics joined to the word; so are the test sets
`id-*`, whose figures are **for Malay-worded Indonesian, not for Malay**. Relations carry these
subtypes only: nsubj:pass, csubj:pass, obl:agent, acl:relcl. Features: Voice, Polarity, PronType,
NumType, Person, Number.
""",
}


def model_card(language: str, scores: dict[str, Any]) -> str:
    """The README of one pipeline."""
    title = TITLE[language]
    lines = [
        f"# {title} pipeline",
        "",
        f"A small spaCy pipeline that parses {title} into Universal Dependencies: tok2vec (CNN),",
        "morphologizer (UPOS and features), trainable_lemmatizer, parser. It takes one sentence",
        "per text and never splits it. `spacy.load` reads this folder; nothing else is needed.",
        "The recipe is in `grammars/training`.",
        "",
        "## Data and licence",
        "",
        "| use | source | licence |",
        "|---|---|---|",
        *(f"| {use} | {source} | {licence} |" for use, source, licence in DATA[language]),
        "",
        "The weights are distributed under CC BY-SA 4.0, as the data ask. The treebanks are the",
        "work of the Universal Dependencies contributors (https://universaldependencies.org); the",
        "README of each treebank repository names its authors.",
        "",
        "## Limits",
        "",
        *NOTES[language].splitlines(),
        "",
        "## Scores",
        "",
        "On gold words, one sentence per text; attachment without punctuation, F1 with it.",
        "",
        *table(scores),
    ]
    return "\n".join(lines) + "\n"


def table(scores: dict[str, Any]) -> list[str]:
    """Rows of figures, one column per test set."""
    if not scores:
        return ["Not scored yet."]
    names = list(scores)
    rows = [f"| | {' | '.join(names)} |", f"|---|{'---:|' * len(names)}"]
    keys = ("sentences", "words", "upos", "lemma", "uas", "las", "one_root")
    rows += [f"| {key} | {' | '.join(str(scores[n][key]) for n in names)} |" for key in keys]
    relations = dict.fromkeys(r for n in names for r in scores[n]["f1"])
    for relation in relations:
        cells = (scores[n]["f1"].get(relation, "") for n in names)
        rows.append(f"| F1 {relation} | {' | '.join(str(c) for c in cells)} |")
    return rows
