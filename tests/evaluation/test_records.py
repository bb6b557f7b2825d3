"""The record is read back as it was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from nyaris.errors import NyarisError, UsageError
from nyaris.evaluation.records import (
    Evaluation,
    Failure,
    StressCell,
    SuiteEntry,
    SystemEntry,
    read_evaluation,
    write_evaluation,
)


def test_written_and_read(tmp_path: Path) -> None:
    cell = StressCell("s", "auc", "temporal", None, "en", None, "hard", 3, 0.5, 0.4, 0.6, 0.1, 0.0, 0.2, 0.03)
    edit = ((0, 3, "a\x1fb", "<script>"),)
    failure = Failure("s", "r", "temporal", "t.a", "contrary", "en", "en", "hard", "q", "p", "n", edit, 0.1, 0.2)
    found = Evaluation(
        generator={"name": "nyaris"},
        suite=SuiteEntry("folder", "f", "test", 3),
        baseline=None,
        seed=0,
        bootstrap=1000,
        systems=(SystemEntry("s", "bm25", "candidate"),),
        stress=(cell,),
        failures=(failure,),
    )
    path = write_evaluation(found, tmp_path / "new" / "folder")
    assert read_evaluation(path) == read_evaluation(path.parent) == found


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is not there"):
        read_evaluation(tmp_path)
    (tmp_path / "evaluation.json").write_text('{"generator": {"name": "x"}, "stress": 3}', encoding="utf-8")
    with pytest.raises(NyarisError, match=r"evaluation\.json: \w+: .*write it again"):
        read_evaluation(tmp_path)
