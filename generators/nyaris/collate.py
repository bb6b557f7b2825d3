"""The second half of the main job on its own: shards of finished runs in, one dataset folder out."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from shutil import rmtree
from typing import Any

from nyaris.dataset.read import MANIFEST
from nyaris.dataset.write import write_dataset
from nyaris.errors import NyarisError, UsageError
from nyaris.generate import Summary
from nyaris.run.collate import collate as collate_shards
from nyaris.run.collation import Collation
from nyaris.run.folders import WORK, Run, finished_run


def collate(
    folders: list[Path], output: Path, collation: Collation | None = None, *, overwrite: bool = False
) -> Summary:
    """Merge the shards that runs with equal settings left in their output folders.

    A document that several runs read counts once. Raises UsageError for folders that cannot be used and settings that
    differ, NyarisError for runs that are not finished.
    """
    collation = collation or Collation()
    runs = [(folder, *finished_run(folder)) for folder in folders]
    settings = _common_settings([(folder, run) for folder, run, _ in runs])
    _prepare(output, folders, overwrite)
    paths = [path for _, _, paths in runs for path in paths]
    unread = sorted({each for _, run, _ in runs for each in run.unread})
    with collate_shards(paths, settings["seed"], collation, output) as collated:
        manifest = write_dataset(collated, output, settings | {"collation": asdict(collation)}, unread)
        summary = Summary(documents=collated.documents)
    summary.take(manifest)
    if summary.triples == 0:
        raise NyarisError(f"nothing was kept: {output / 'rejects.parquet'} says why each was left out")
    return summary


def _common_settings(runs: list[tuple[Path, Run]]) -> dict[str, Any]:
    first_folder, first = runs[0]
    for folder, run in runs[1:]:
        for name in sorted({*first.settings, *run.settings} - {"fingerprint"}):
            mine, other = first.settings.get(name), run.settings.get(name)
            if mine != other:
                raise UsageError(
                    f"the runs differ in {name.replace('_', '-')}: {_shown(mine)} in {first_folder},"
                    f" {_shown(other)} in {folder}; generate them with the same settings"
                )
        if run.settings["fingerprint"] != first.settings["fingerprint"]:
            raise UsageError(f"{first_folder} and {folder} were made with different versions of Nyaris: generate again")
    return first.settings


def _shown(value: object) -> str:
    return "nothing" if value in (None, [], {}, "") else str(value)


def _prepare(output: Path, folders: list[Path], overwrite: bool) -> None:
    if output.exists() and not output.is_dir():
        raise UsageError(f"{output} is a file: give a folder with -o")
    if output.exists() and any(output.iterdir()):
        if not (output / MANIFEST).exists():
            raise UsageError(f"{output} holds files that are no Nyaris dataset: choose an empty folder with -o")
        if not overwrite:
            raise UsageError(f"{output} holds an earlier dataset: --overwrite replaces it")
        if (output / WORK).exists() and output.resolve() not in {folder.resolve() for folder in folders}:
            rmtree(output / WORK)  # what an earlier run left would not belong to the new dataset
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{output} cannot be written ({error.strerror}): choose another folder with -o") from error
