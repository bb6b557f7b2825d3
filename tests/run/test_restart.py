"""Runs that are killed, refused, repeated or out of space: nothing done is lost, and the bytes are the same."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from conftest import DOCUMENTS, Command
from test_generate import hashes

from nyaris.errors import NyarisError, UsageError
from nyaris.generate import generate
from nyaris.run import dealing
from nyaris.run.settings import Settings

KILLS = 20
SETTINGS = Settings(frames=1)
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked so that parsers load once")


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A document of some twenty shards."""
    monkeypatch.setattr(dealing, "_SHARD_CHARACTERS", 200)
    folder = tmp_path / "in" / "en"
    folder.mkdir(parents=True)
    text = (DOCUMENTS / "en" / "tenancy_agreement.txt").read_text(encoding="utf-8")
    for number, block in enumerate(text.split("\n\n")[:20]):
        (folder / f"{number:02}.txt").write_text(block, encoding="utf-8")
    return [str(folder)]


def forked(work: Callable[[], object]) -> int:
    """Run something in a copy of this process."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return child


@needs_fork
def test_a_run_killed_at_any_moment_goes_on_to_the_same_bytes(source: list[str], tmp_path: Path) -> None:
    generate(source, tmp_path / "whole", SETTINGS)
    started = time.monotonic()
    generate(source, tmp_path / "timed", SETTINGS)
    duration = time.monotonic() - started
    expected = hashes(tmp_path / "whole")
    assert hashes(tmp_path / "timed") == expected
    draw = random.Random(20)
    killed = finished = number = 0
    while killed < KILLS and number < 4 * KILLS:
        folder, number = tmp_path / f"broken{finished}", number + 1
        child = forked(partial(generate, source, folder, SETTINGS, resume=True))
        time.sleep(draw.uniform(0, 0.8 * duration))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            killed += 1
        else:
            assert hashes(folder) == expected
            finished += 1
    assert killed == KILLS
    summary = generate(source, tmp_path / f"broken{finished}", SETTINGS, resume=True)
    assert summary.triples
    assert hashes(tmp_path / f"broken{finished}") == expected
    leavings = [path for path in (tmp_path / f"broken{finished}").rglob("*") if ".part" in path.name]
    assert not leavings


def test_a_finished_run_is_recognised(source: list[str], tmp_path: Path, nyaris: Command) -> None:
    first = generate(source, tmp_path / "out", SETTINGS)
    before = (tmp_path / "out" / "manifest.json").stat().st_mtime_ns
    code, out, _ = nyaris("generate", *source, "-o", tmp_path / "out", "--frames", 1, "--resume")
    assert code == 0
    assert "is finished: nothing was left to do" in out
    assert (tmp_path / "out" / "manifest.json").stat().st_mtime_ns == before
    (Path(source[0]) / "more.txt").write_text("The tenant must pay the landlord.", encoding="utf-8")
    again = generate(source, tmp_path / "out", SETTINGS, resume=True)
    assert (first.again, again.again, again.documents) == (False, False, first.documents + 1)


def test_other_settings_are_named(source: list[str], tmp_path: Path) -> None:
    generate(source, tmp_path / "out", SETTINGS)
    with pytest.raises(UsageError, match=r"frames: 1 there, 2 here; seed: 0 there, 5 here"):
        generate(source, tmp_path / "out", Settings(frames=2, seed=5), resume=True)


def test_two_runs_do_not_share_a_folder(source: list[str], tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from nyaris.run.claim import claim\n"
        "with claim(Path(sys.argv[1]) / '.shards', Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    (tmp_path / "out").mkdir()
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "out")], stdout=subprocess.PIPE, text=True, env=environment
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(UsageError, match=rf"in use by another run \(process {holder.pid} on "):
            generate(source, tmp_path / "out", SETTINGS)
    finally:
        holder.kill()
        holder.wait()
    assert generate(source, tmp_path / "out", SETTINGS).triples, "a lock whose process is gone does not count"


def test_a_full_disk_is_one_clear_error_and_what_is_done_stays(
    source: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate(source, tmp_path / "whole", SETTINGS)
    room = iter(range(6))

    def sync(descriptor: int) -> None:
        if next(room, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", sync)
    with pytest.raises(NyarisError, match=r"no space is left .* --resume; what is finished is kept"):
        generate(source, tmp_path / "out", SETTINGS)
    monkeypatch.undo()
    monkeypatch.setattr(dealing, "_SHARD_CHARACTERS", 200)
    kept = {path.name for path in (tmp_path / "out" / ".shards").glob("*/*") if path.is_dir()}
    assert kept
    generate(source, tmp_path / "out", SETTINGS, resume=True)
    assert hashes(tmp_path / "out") == hashes(tmp_path / "whole")


def test_parts_of_a_job_merge_into_the_same_dataset(source: list[str], tmp_path: Path, nyaris: Command) -> None:
    generate(source, tmp_path / "whole", SETTINGS)
    parts = [tmp_path / f"part{number}" for number in (1, 2, 3)]
    for number, part in enumerate(parts, start=1):
        code, out, _ = nyaris("generate", *source, "-o", part, "--frames", 1, "--shard", f"{number}/3")
        assert code == 0
        assert f"part {number} of 3" in out
        assert not (part / "manifest.json").exists()
    assert nyaris("collate", *parts, "-o", tmp_path / "merged")[0] == 0
    assert hashes(tmp_path / "merged") == hashes(tmp_path / "whole")


@pytest.mark.parametrize("shard", ["0/3", "4/3", "1", "a/b", "1/0"])
def test_a_wrong_part_is_named(shard: str, source: list[str], tmp_path: Path, nyaris: Command) -> None:
    code, _, err = nyaris("generate", *source, "-o", tmp_path / "out", "--shard", shard)
    assert code == 2
    assert f"--shard {shard}: NUMBER/OF is expected" in err
