"""What the commands print: progress, tables, coloured differences."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from nyaris.pairs.differences import differences

if TYPE_CHECKING:
    from nyaris.catalogue import Entry
    from nyaris.compare import Attachment, Comparison
    from nyaris.explain import Explanation
    from nyaris.generate import Progress as Report
    from nyaris.generate import Summary
    from nyaris.parsers import ParserEntry


@contextmanager
def generate_progress(enabled: bool) -> Iterator[Report]:
    """A bar on standard error that counts documents."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), disable=not enabled, transient=True) as bar:
        task = bar.add_task("reading", total=None)
        done = 0

        def report(documents: int) -> None:
            nonlocal done
            done += documents
            bar.update(task, advance=documents, description=f"{done} documents")

        yield report


def print_summary(summary: Summary, output: Path, as_json: bool) -> None:
    """Triples by phenomenon and variety, per 100 sentences too, and the most frequent refusals."""
    if as_json:
        print(json.dumps(_summary_record(summary, output), ensure_ascii=False, indent=2))
        return
    console = Console()
    if summary.again:
        console.print(f"{output} is finished: nothing was left to do", highlight=False, markup=False, soft_wrap=True)
    if summary.part:
        part, documents = summary.part, f"{summary.documents:,} documents"
        console.print(
            f"part {part.number} of {part.of}: {documents}; 'nyaris collate' merges the parts",
            highlight=False,
            markup=False,
        )
        return
    varieties = sorted({variety for _, variety in summary.counts})
    table = Table(title=f"{summary.triples} triples in {output}")
    table.add_column("phenomenon")
    for variety in varieties:
        table.add_column(variety, justify="right")
    for phenomenon in sorted({phenomenon for phenomenon, _ in summary.counts}):
        table.add_row(phenomenon, *(f"{summary.counts[phenomenon, variety]:,}" for variety in varieties))
    table.add_section()
    table.add_row("sentences read", *(f"{summary.sentences[variety]:,}" for variety in varieties))
    console.print(table)
    splits = ", ".join(f"{name} {count:,}" for name, count in summary.splits.items())
    console.print(f"{summary.documents:,} documents; {splits}", highlight=False)
    console.print(f"to look at them: {output / 'index.html'}", highlight=False, markup=False, soft_wrap=True)
    refused = sum(summary.rejects.values())
    common = ", ".join(f"{rule}: {reason} {count:,}" for (rule, reason), count in summary.rejects.most_common(5))
    console.print(f"refused {refused:,} ({common})", highlight=False, markup=False)
    if twins := summary.rejects["document", "same-name"]:
        console.print(
            f"left out because they bear the name of another document: {twins:,} (rejects.parquet names them); put them"
            " into folders with names of their own",
            highlight=False,
        )


def _summary_record(summary: Summary, output: Path) -> dict[str, object]:
    counts: dict[str, dict[str, int]] = {}
    for (phenomenon, variety), count in sorted(summary.counts.items()):
        counts.setdefault(phenomenon, {})[variety] = count
    return {
        "output": str(output),
        "triples": summary.triples,
        "documents": summary.documents,
        "finished_before": summary.again,
        "part": summary.part and f"{summary.part.number}/{summary.part.of}",
        "unread": summary.unread,
        "sentences": dict(summary.sentences),
        "counts": counts,
        "splits": dict(summary.splits),
    }


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """A spinner on standard error while something loads."""
    with Console(stderr=True).status(what):
        yield


def print_explanation(explanation: Explanation) -> None:
    """The tree, proposals, near misses with their differences, refusals."""
    console = Console()
    sentence = explanation.sentence
    table = Table(title=f"{sentence.language}, parsed by {explanation.parser}", title_justify="left")
    for name in ("", "word", "lemma", "upos", "relation", "head"):
        table.add_column(name)
    for token in sentence.tokens:
        head = sentence.head(token)
        cells = (str(token.index), token.text, token.lemma, token.upos, token.rel, head.text if head else "")
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    if explanation.refused:
        console.print(Text(f"generate would leave this sentence out: {explanation.refused}", style="yellow"))
    console.print(Text("\nproposals", style="bold"))
    for rule, kind, text in explanation.proposals:
        console.print(Text.assemble((f"  {kind:9}", "dim"), (f"{rule}  ", "cyan"), _marked(sentence.text, text)))
    if not explanation.proposals:
        console.print("  none: no rule finds anything to turn round")
    console.print(Text("\nnear misses", style="bold"))
    for triple in (*explanation.triples, *explanation.frames):
        label = f"  {triple.rule}, {triple.relation}, {triple.direction}, {triple.hardness}"
        console.print(Text(label, style="cyan"))
        console.print(Text.assemble(("    query     ", "dim"), triple.query))
        console.print(Text.assemble(("    positive  ", "dim"), triple.positive))
        console.print(Text.assemble(("    negative  ", "dim"), _marked(triple.positive, triple.negative)))
        if triple.answer:
            console.print(Text.assemble(("    answer    ", "dim"), triple.answer))
    if not explanation.triples:
        console.print("  none")
    if explanation.rejects:
        console.print(Text("\nrefused", style="bold"))
    for reject in explanation.rejects:
        console.print(Text(f"  {reject.rule}: {reject.reason}: {reject.text}"))


def _marked(before: str, after: str) -> Text:
    """The second text with the words that the first one does not have in bold green."""
    text = Text(after)
    for change in differences(after, before):
        text.stylize("bold green", change.start, change.end)
    return text


def print_rules(entries: Sequence[Entry]) -> None:
    """One line per rule and language, with its example below."""
    console = Console()
    for entry in entries:
        if entry.evidence is None:
            continue
        precision = "not judged yet" if entry.precision is None else f"{entry.precision:.0%} of {entry.evidence.judged}"
        label = f"{entry.rule}  [{entry.language}] {entry.relation or entry.kind}, right: {precision}"
        console.print(Text(label, style="cyan"))
        console.print(Text(f"  {entry.description}"))
        console.print(Text(f"  {entry.evidence.source}"))
        console.print(Text.assemble("  ", _marked(entry.evidence.source, entry.evidence.result)))


def print_comparison(comparison: Comparison) -> None:
    """Both trees side by side, with a mark where head or relation differ, and what only one parser leads to."""
    console = Console()
    first, second = comparison.first.parser, comparison.second.parser
    table = Table(title=f"{comparison.first.sentence.language}: {first} | {second}", title_justify="left")
    for name in ("", "word", "relation", "head", "relation", "head"):
        table.add_column(name)
    for word in comparison.words:
        cells = (*_placed(word.first), *_placed(word.second))
        style = "bold red" if word.differs else ""
        table.add_row("≠" if word.differs else "", *(Text(cell, style=style) for cell in (word.text, *cells)))
    console.print(table)
    differing = sum(word.differs for word in comparison.words)
    console.print(f"{differing} of {len(comparison.words)} words differ in head or relation", highlight=False)
    sides = ((first, comparison.first, comparison.only_first), (second, comparison.second, comparison.only_second))
    for name, explanation, only in sides:
        if explanation.refused:
            refusal = f"with {name}, generate would leave this sentence out: {explanation.refused}"
            console.print(Text(refusal, style="yellow"))
        console.print(Text(f"\nproposals with {name} only", style="bold"))
        for rule, kind, text in only:
            source = explanation.sentence.text
            console.print(Text.assemble((f"  {kind:9}", "dim"), (f"{rule}  ", "cyan"), _marked(source, text)))
        if not only:
            console.print("  none")


def _placed(attachment: Attachment | None) -> tuple[str, str]:
    return (attachment.rel, attachment.head) if attachment else ("(other word)", "")


def print_parsers(entries: Sequence[ParserEntry]) -> None:
    """One row per parser, and below the table what stands against some of them."""
    console = Console()
    table = Table(title="what --parser takes", title_justify="left")
    for name in ("parser", "kind", "version", "reads", "labels", "upos / uas / las", "words/s"):
        table.add_column(name, overflow="fold")
    for entry in entries:
        parser = entry.parser
        reads = ", ".join(parser.reads) or f"CODE=... ({parser.language})"
        scores = "\n".join(
            f"{' / '.join(str(each) for each in values.values())} ({name})" for name, values in parser.scores.items()
        )
        speed = "" if entry.words_per_second is None else f"{entry.words_per_second:,}"
        scheme = parser.scheme or "neither"
        cells = (parser.spec, parser.kind, parser.version, reads, str(scheme), scores or "not given", speed)
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    for entry in entries:
        if entry.parser.problem:
            console.print(Text(f"{entry.parser.spec}: {entry.parser.problem}", style="yellow"))
