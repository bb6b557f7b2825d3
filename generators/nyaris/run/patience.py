"""A shard whatever its documents do: one that takes too long or breaks something costs itself alone."""

from __future__ import annotations

from collections.abc import Sequence

from nyaris.errors import NyarisError
from nyaris.pairs.contrast import Reject
from nyaris.reading.documents import Document
from nyaris.reading.limits import TooSlow, time_limit
from nyaris.run.rows import reject_row, source_row
from nyaris.run.settings import Settings
from nyaris.run.shard import ShardResult, process_documents


def process_patiently(documents: Sequence[Document], settings: Settings, seconds: float) -> ShardResult:
    """`process_documents`; if that fails, document by document, with those that fail in the ledger as `too-slow`
    or `error`."""
    try:
        with time_limit(seconds * len(documents)):
            return process_documents(documents, settings)
    except (NyarisError, MemoryError):
        raise
    except Exception:  # whatever it is, each document shows below whether it is to blame
        result = ShardResult()
        for document in documents:
            _take(result, _process_one(document, settings, seconds))
        return result


def _process_one(document: Document, settings: Settings, seconds: float) -> ShardResult:
    try:
        with time_limit(seconds):
            return process_documents([document], settings)
    except NyarisError:
        raise
    except TooSlow:
        reject = Reject("document", "too-slow", f"not done in {seconds:g} seconds: see --max-document-seconds")
    except Exception as error:  # a fault of ours: the ledger tells, and the run goes on
        reject = Reject("document", "error", f"{type(error).__name__}: {error}")
    return ShardResult(
        rejects=[reject_row(document.id, 0, len(document.text), "", reject)],
        sources=[source_row(document) | {"sentences": {}}],
    )


def _take(result: ShardResult, other: ShardResult) -> None:
    result.rows.extend(other.rows)
    result.rejects.extend(other.rejects)
    result.contexts.extend(other.contexts)
    result.sources.extend(other.sources)
