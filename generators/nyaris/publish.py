"""The dataset folder to the Hub: checks first, then one commit and one tag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from nyaris import __version__
from nyaris.audit import AUDIT, audit
from nyaris.auditing.findings import Limits
from nyaris.dataset.read import fingerprint, read_json, read_rows
from nyaris.errors import NyarisError, UsageError
from nyaris.publishing.contents import published_files
from nyaris.publishing.hub import Pushed, Target, check_repo_id, push
from nyaris.publishing.licences import check_licences
from nyaris.publishing.redact import found_in, redact

_SHOWN = 5


@dataclass(frozen=True)
class Published:
    """What was sent, or would be (`pushed` is None). `files` are (path, bytes)."""

    repo_id: str
    private: bool
    revision: str | None
    files: tuple[tuple[str, int], ...]
    redacted: dict[str, int]
    pushed: Pushed | None


def publish(
    folder: Path,
    repo_id: str,
    *,
    private: bool = False,
    revision: str | None = None,
    create_pr: bool = False,
    dry_run: bool = False,
    accepted_licences: Sequence[str] = (),
    hide: bool = False,
    allow_personal_data: bool = False,
    tries: int = 5,
    pause: float = 2.0,
) -> Published:
    """Publish a folder, or say what would be sent (`dry_run`, which asks the network nothing).

    `hide` replaces personal data by stand-ins in a copy, which is audited again and sent instead of the folder.
    `revision` is the tag, by default made from the version of Nyaris and the hash of the files.
    Raises NyarisError where the audit is missing, stale or failed, where a licence or personal data stand against it.
    """
    check_repo_id(repo_id)
    if hide and allow_personal_data:
        raise UsageError("--redact and --allow-personal-data contradict each other: choose one")
    files = published_files(folder)
    _check_audit(folder)
    check_licences(read_rows(folder), accepted_licences)
    personal = found_in(folder, files)
    if personal and not hide and not allow_personal_data:
        raise NyarisError(_refusal(folder, personal))
    with TemporaryDirectory(prefix="nyaris-") as beside:
        sent, redacted = folder, Counter[str]()
        if personal and hide:
            sent = Path(beside)
            redacted.update(kind for kind, _ in redact(folder, files, sent))
            _audit_again(folder, sent)
        name = None if create_pr else revision or f"v{__version__}-{fingerprint(sent)[:8]}"
        sizes = tuple((each, (sent / each).stat().st_size) for each in files)
        target = Target(repo_id, private, name, create_pr)
        message = f"Dataset made with Nyaris {__version__}"
        pushed = None if dry_run else push(sent, files, target, message=message, tries=tries, pause=pause)
        return Published(repo_id, private, name, sizes, dict(redacted), pushed)


def _check_audit(folder: Path) -> None:
    found = read_json(folder / AUDIT)
    if found.get("fingerprint") != fingerprint(folder):
        raise NyarisError(f"{folder / AUDIT} is of other files than those here now: run `nyaris audit {folder}` again")
    if found.get("passed") is not True:
        failed = [each["check"] for each in found.get("findings", []) if not each.get("passed")]
        raise NyarisError(
            f"the audit failed ({', '.join(failed)}): mend the dataset, or audit it with limits that you answer for "
            f"(`nyaris audit {folder} --limit NAME=SHARE`), which the published audit.json will show"
        )


def _audit_again(folder: Path, sent: Path) -> None:
    """The stand-ins must not have spoilt anything: the same checks with the same limits."""
    limits = Limits(**read_json(folder / AUDIT)["limits"])
    found = audit(sent, limits)
    if not found.passed:
        failed = ", ".join(each.check for each in found.findings if not each.passed)
        raise NyarisError(f"with personal data replaced the audit fails ({failed}): leave those documents out instead")


def _refusal(folder: Path, personal: Counter[tuple[str, str]]) -> str:
    kinds = Counter(kind for kind, _ in personal)
    listed = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    shown = "; ".join(f"{kind} {_masked(key)}" for kind, key in sorted(personal)[:_SHOWN])
    return (
        f"{folder} holds personal data: {listed} ({shown}). --redact replaces them by stand-ins in what is sent, "
        "--allow-personal-data publishes them as they are"
    )


def _masked(value: str) -> str:
    """Enough to find it, too little to use it."""
    return f"{value[:2]}...{value[-2:]}"
