"""Put a trained pipeline, its tokenizer and its model card into grammars/LANG/pipeline."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import spacy
from card import model_card
from finish import finish

HERE = Path(__file__).resolve().parent.parent


def replace(source: Path, target: Path) -> None:
    """Swap a folder in, so that a reader never finds half of it."""
    old = target.with_name(f"{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    source.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def main() -> None:
    """Package one language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("language", choices=["en", "ms"])
    parser.add_argument("pipeline", type=Path)
    args = parser.parse_args()
    nlp = spacy.load(args.pipeline)
    finish(nlp)
    target = HERE.parent / args.language / "pipeline"
    fresh = target.with_name("pipeline.new")
    shutil.rmtree(fresh, ignore_errors=True)
    nlp.to_disk(fresh)
    scores: dict[str, Any] = {}
    path = HERE / "scores" / f"{args.language}.json"
    if path.exists():
        scores = json.loads(path.read_text(encoding="utf-8"))
        shutil.copy(path, fresh / "scores.json")
    (fresh / "README.md").write_text(model_card(args.language, scores), encoding="utf-8")
    replace(fresh, target)
    size = sum(f.stat().st_size for f in target.rglob("*") if f.is_file())
    print(f"{args.language}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
