"""Hostile bytes found by coverage: readers and segmenter under atheris (libFuzzer), for as long as it is given.

`make fuzz-guided SECONDS=600`, or `python tests/fuzz/guided.py readers -max_total_time=600` with any options of
libFuzzer. What fails lies in a file `crash-...`, which a second run takes as an argument. Linux only.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["nyaris"]):
    from nyaris.grammar import load_grammar
    from nyaris.reading.documents import Unread, read_documents
    from nyaris.reading.formats import clean
    from nyaris.reading.language import document_languages, grammar_for
    from nyaris.reading.limits import Limits, time_limit
    from nyaris.reading.segment import capital_habits, segment

SUFFIXES = (".txt", ".md", ".html", ".docx", ".pdf", ".jsonl", ".csv", ".parquet")
TABLES = {".jsonl", ".csv", ".parquet"}
SECONDS = 20


def readers(data: bytes, place: Path) -> None:
    """The first byte chooses the kind of file, the rest is the file: documents come out, or a reason why not."""
    if not data:
        return
    suffix = SUFFIXES[data[0] % len(SUFFIXES)]
    path = place / f"file{suffix}"
    path.write_bytes(data[1:])
    found = list(read_documents([str(path)], limits=Limits(1, SECONDS)))
    assert found or suffix in TABLES
    for each in found:
        text = str(each) if isinstance(each, Unread) else each.text + each.id + each.domain
        assert text.strip()
        text.encode("utf-8")


def segmenter(data: bytes, place: Path) -> None:
    """Sentences lie in the text, in order, and each is in one language or none."""
    text = clean(data.decode("utf-8", "replace"))
    with time_limit(SECONDS):
        units = list(segment(text, load_grammar("en")))
        capital_habits(units)
        languages = document_languages(text, units)
        position = 0
        for unit in units:
            assert position <= unit.start < unit.end <= len(text)
            assert " ".join(text[unit.start : unit.end].split()) == unit.text
            grammar_for(unit.text, languages)
            position = unit.end


SEEDS: dict[str, bytes] = {
    ".txt": b"The tenant shall pay RM100.\n\n1. The landlord (if any); and\n2. another.",
    ".md": b"# Heading\n\n- a list; and\n- another.\n\n| a | b |\n|---|---|\n| c | d |\n",
    ".html": b"<html><body><p>The tenant shall pay.</p><table><tr><td>x</td></tr></table></body></html>",
    ".docx": b"PK\x03\x04",
    ".pdf": b"%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF",
    ".jsonl": b'{"text": "The tenant shall pay.", "id": 3}\n{"text": "The landlord',
    ".csv": b'id,text\n1,"The tenant shall pay."\n2,The landlord\x00 pays\n',
    ".parquet": b"PAR1\x15\x04PAR1",
}


def plant(folder: Path) -> None:
    """A corpus to start from: a file of each kind, behind the byte that chooses it."""
    for number, suffix in enumerate(SUFFIXES):
        (folder / f"seed{suffix}").write_bytes(bytes([number]) + SEEDS[suffix])


TARGETS: dict[str, Callable[[bytes, Path], None]] = {"readers": readers, "segmenter": segmenter}


def main() -> None:
    """Run one target until time or cases are up."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"usage: guided.py {'|'.join(TARGETS)} [options of libFuzzer] [corpus]")
    target = TARGETS[sys.argv.pop(1)]
    for folder in (Path(word) for word in sys.argv[1:] if not word.startswith("-")):
        if folder.is_dir() and not any(folder.iterdir()):
            plant(folder)
    place = Path(tempfile.mkdtemp(prefix="nyaris-fuzz-"))
    sys.argv.append("-handle_alrm=0")  # the limits on time need the one alarm clock of a process themselves
    atheris.Setup(sys.argv, lambda data: target(data, place))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
