"""What an evaluation comes to, in sentences, and whether it keeps the limits of the user."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nyaris.evaluation.records import RetrievalCell, StressCell, SystemEntry, Verdict
from nyaris.grammar import grammar_codes, load_grammar

SIGNIFICANT = 0.05
_RETRIEVAL, _STRESS = "ndcg@10", "triplet_accuracy"


def verdict(
    systems: Sequence[SystemEntry],
    stress: Sequence[StressCell],
    retrieval: Sequence[RetrievalCell],
    *,
    max_retrieval_loss: float | None = None,
    min_accuracy: float | None = None,
) -> Verdict:
    """Sentences about every candidate, next to the baseline where there is one.

    `max_retrieval_loss` is a share of the baseline's mean nDCG@10, `min_accuracy` the triplet accuracy over all rows
    that every candidate must reach. Differences are named where p < 0.05 after Holm's correction.
    """
    improved: list[str] = []
    cost: list[str] = []
    plain: list[str] = []
    limits: list[str] = []
    broken = False
    compared = any(each.role == "baseline" for each in systems)
    for system in systems:
        mine = [cell for cell in stress if cell.system == system.name]
        found = [cell for cell in retrieval if cell.system == system.name]
        if system.role == "candidate" and compared:
            for cell in mine:
                _sort_in(_stress_sentence(cell), cell.difference, improved, cost)
            for each in found:
                _sort_in(_retrieval_sentence(each, _names(found)), each.difference, improved, cost)
            if not any(text.startswith(f"{system.name} ") for text in (*improved, *cost)):
                plain.append(f"{system.name}: no difference to the baseline is significant.")
        elif system.role == "candidate":
            plain.extend(_figures(system.name, mine, found))
        if system.role == "candidate":
            for text, kept in _limits(system.name, mine, found, max_retrieval_loss, min_accuracy):
                limits.append(text)
                broken = broken or not kept
    sentences = (*limits, *plain, *improved, *cost)
    return Verdict(broken, max_retrieval_loss, min_accuracy, sentences, tuple(improved), tuple(cost))


def relative_loss(cell: RetrievalCell) -> float:
    """What share of the baseline's value is lost; negative for a gain."""
    before = cell.value - (cell.difference or 0.0)
    return -(cell.difference or 0.0) / before if before else 0.0


def _sort_in(text: str | None, difference: float | None, improved: list[str], cost: list[str]) -> None:
    if text and difference:
        (improved if difference > 0 else cost).append(text)


def _stress_sentence(cell: StressCell) -> str | None:
    """About triplet accuracy: over all rows, and by phenomenon and language."""
    named = (cell.phenomenon is None) == (cell.language is None)
    if cell.measure != _STRESS or cell.rule or cell.variety or cell.hardness or not named or not _is_significant(cell):
        return None
    what = "near misses" if cell.phenomenon is None else f"{_words(cell.phenomenon)} near misses"
    where = f" in {language_name(cell.language)}" if cell.language else ""
    return f"{cell.system} is {_better(cell)} at {what}{where}: triplet accuracy {_change(cell)}."


def _retrieval_sentence(cell: RetrievalCell, collections: set[str]) -> str | None:
    """About nDCG@10: the mean, each collection where there are several, topics."""
    if (
        cell.measure != _RETRIEVAL
        or not _is_significant(cell)
        or (cell.topic is None and cell.collection and len(collections) < 2)
    ):
        return None
    where = _collections(collections) if cell.collection is None else cell.collection
    topic = f", topic {cell.topic}" if cell.topic else ""
    loss = relative_loss(cell)
    verb = "loses" if loss > 0 else "gains"
    return f"{cell.system} {verb} {_percent(abs(loss))} of nDCG@10 on {where}{topic}: {_change(cell)}."


def _limits(
    name: str,
    stress: Sequence[StressCell],
    retrieval: Sequence[RetrievalCell],
    max_loss: float | None,
    min_accuracy: float | None,
) -> Iterator[tuple[str, bool]]:
    for cell in retrieval:
        if max_loss is not None and cell.collection is None and cell.measure == _RETRIEVAL:
            loss, kept = relative_loss(cell), relative_loss(cell) <= max_loss
            text = f"{name} {'keeps' if kept else 'breaks'} the limit on retrieval: "
            text += f"it {'loses' if loss > 0 else 'gains'} {_percent(abs(loss))} of nDCG@10, "
            text += f"{_percent(max_loss)} may be lost ({_change(cell)})."
            yield text, kept
    for each in stress:
        if min_accuracy is not None and each.measure == _STRESS and set(each.slice) == {None}:
            kept = each.value >= min_accuracy
            text = f"{name} {'keeps' if kept else 'breaks'} the limit on triplet accuracy: {each.value:.3f} "
            yield text + f"[{each.low:.3f}, {each.high:.3f}], {min_accuracy:g} is needed.", kept


def _figures(name: str, stress: Sequence[StressCell], retrieval: Sequence[RetrievalCell]) -> Iterator[str]:
    """Without a baseline: where it stands, and the phenomenon and language that it is worst at."""
    accuracy = next((each for each in stress if each.measure == _STRESS and set(each.slice) == {None}), None)
    if accuracy:
        text = f"{name} tells {accuracy.value:.0%} of the near misses apart [{accuracy.low:.0%}, {accuracy.high:.0%}]"
        by_both = [cell for cell in stress if cell.measure == _STRESS and cell.phenomenon and cell.language]
        crossed = [cell for cell in by_both if not (cell.rule or cell.variety or cell.hardness)]
        if crossed:
            worst = min(crossed, key=lambda cell: cell.value)
            where = f"{_words(worst.phenomenon or '')} in {language_name(worst.language)}"
            text += f"; least of {where}: {worst.value:.0%} of {worst.n:,}"
        yield text + "."
    mean = next((each for each in retrieval if each.measure == _RETRIEVAL and each.collection is None), None)
    if mean:
        where = _collections(_names(retrieval))
        yield f"{name} reaches nDCG@10 {mean.value:.3f} [{mean.low:.3f}, {mean.high:.3f}] on {where}."


def language_name(code: str | None) -> str:
    """The name of an ISO code, as its grammar gives it."""
    languages = (load_grammar(each).language for each in grammar_codes())
    return next((each.name for each in languages if each.iso == code and not each.extends), code or "")


def _is_significant(cell: StressCell | RetrievalCell) -> bool:
    return cell.p is not None and cell.p < SIGNIFICANT


def _better(cell: StressCell) -> str:
    return "better" if (cell.difference or 0) > 0 else "worse"


def _change(cell: StressCell | RetrievalCell) -> str:
    """`0.410 -> 0.780 (+0.370 [+0.330, +0.410], p < 0.001)`."""
    difference = cell.difference or 0.0
    interval = f"{difference:+.3f} [{cell.difference_low or 0.0:+.3f}, {cell.difference_high or 0.0:+.3f}]"
    p = cell.p if cell.p is not None else 1.0
    said = "p < 0.001" if p < 0.001 else f"p = {p:.3f}"
    return f"{cell.value - difference:.3f} -> {cell.value:.3f} ({interval}, {said})"


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"


def _names(retrieval: Sequence[RetrievalCell]) -> set[str]:
    return {cell.collection for cell in retrieval if cell.collection}


def _collections(names: set[str]) -> str:
    return f"the mean of {len(names)} collections" if len(names) > 1 else "".join(names)


def _words(name: str) -> str:
    return name.replace("_", " ")
