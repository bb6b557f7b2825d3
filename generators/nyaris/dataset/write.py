"""The dataset folder: Parquet per configuration and split, the ledger, the manifest and the card."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nyaris.dataset.card import render_card
from nyaris.dataset.manifest import Tally
from nyaris.dataset.page import write_page
from nyaris.dataset.parts import Shelf, row_groups
from nyaris.dataset.quads import quads
from nyaris.dataset.read import MANIFEST
from nyaris.dataset.retrieval import (
    BORROWED,
    CORPUS,
    QUERIES,
    context_tables,
    retrieval_schemas,
    retrieval_tables,
    unique,
)
from nyaris.run.buckets import Buckets
from nyaris.run.collate import Collated
from nyaris.run.durable import write_durably
from nyaris.run.tables import SPLITS, TRIPLET_COLUMNS, labelled_schema, reject_schema

LABELLED, TRIPLET, QUAD = "labelled", "triplet", "quad"
CONFIGURATIONS = (LABELLED, TRIPLET, QUAD)
"""Those that hold every language; retrieval has a set of its own for each."""


def write_dataset(collated: Collated, folder: Path, settings: dict[str, Any], unread: list[str]) -> dict[str, Any]:
    """Write everything a dataset repository holds; returns the manifest."""
    _clear(folder)
    tally = Tally()
    with Shelf(folder) as shelf:
        corpus = Buckets(collated.folder / CORPUS, retrieval_schemas()[CORPUS], [("_id", "ascending")], collated.texts)
        for split in SPLITS:
            for table in collated.rows(split):
                tally.rows(table)
                shelf.add(LABELLED, split, table.select(labelled_schema().names))
                shelf.add(TRIPLET, split, table.select(TRIPLET_COLUMNS))
                shelf.add(QUAD, split, quads(table))
                for language, name, part in retrieval_tables(table):
                    if name == CORPUS:
                        corpus.add(f"{language}.{split}", part)
                    else:
                        shelf.add(f"{language}-{name}", split, part)
        _write_corpora(corpus, collated, shelf)
    configurations = _configurations(shelf)
    _write_ledger(collated, folder, tally)
    manifest = tally.manifest(
        settings,
        configurations,
        {split: shelf.rows(LABELLED).get(split, 0) for split in SPLITS},
        collated.sentences,
        collated.documents,
        unread,
    )
    text = json.dumps(manifest, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
    write_durably(folder / "README.md", render_card(manifest))
    write_page(folder, manifest)
    write_durably(folder / MANIFEST, text)  # it comes last: where it is, everything is
    return manifest


def _write_corpora(corpus: Buckets, collated: Collated, shelf: Shelf) -> None:
    """The texts of the pairs with the other texts of their documents, where there are queries to look for them."""
    for split, table in collated.contexts():
        for language, entries in context_tables(table):
            if split in shelf.rows(f"{language}-{QUERIES}"):
                corpus.add(f"{language}.{split}", entries)
    for part in corpus.parts():
        language, split = part.split(".")
        for table in corpus.sorted(part):
            shelf.add(f"{language}-{CORPUS}", split, unique(table))


def _configurations(shelf: Shelf) -> dict[str, dict[str, Any]]:
    """Folder and rows by split of every configuration, those that read another's files among them."""
    found = {name: {"folder": name, "rows": shelf.rows(name)} for name in shelf.configurations()}
    for name in list(found):
        for borrower, owner in BORROWED.items():
            if name.endswith(f"-{owner}"):
                found[f"{name.removesuffix(owner)}{borrower}"] = found[name]
    return found


def _write_ledger(collated: Collated, folder: Path, tally: Tally) -> None:
    from pyarrow import parquet

    with parquet.ParquetWriter(folder / "rejects.parquet", reject_schema(), compression="snappy") as writer:
        for table in row_groups(collated.ledger()):
            tally.rejects(table)
            writer.write_table(table)


def _clear(folder: Path) -> None:
    """Remove the Parquet of an earlier run: it may have had more files, splits or languages."""
    ends = tuple(f"-{name}" for name in retrieval_schemas())
    for place in folder.iterdir():
        if place.is_dir() and (place.name in CONFIGURATIONS or place.name.endswith(ends)):
            for file in (*place.glob("*.parquet"), *place.glob("*.part")):
                file.unlink()
            if not any(place.iterdir()):
                place.rmdir()
