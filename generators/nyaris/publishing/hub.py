"""One push to the Hub: one commit and one tag, tried again after a cut connection.

What arrived before a cut is not sent again: large files are known by their hash. A commit is made only on the head that
was read before it, so a push of somebody else in between is noticed, and the next try reads the head again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from nyaris.errors import NyarisError, UsageError

T = TypeVar("T")

_AGAIN = {408, 409, 412, 425, 429, 500, 502, 503, 504}
_STALE = "*/*.parquet"
"""Shards of an earlier push that this one does not have are removed in the same commit."""


@dataclass(frozen=True)
class Target:
    """Where to: the repository, whether it must be private, the tag to set (none for a pull request)."""

    repo_id: str
    private: bool = False
    revision: str | None = None
    create_pr: bool = False


@dataclass(frozen=True)
class Pushed:
    """What came of it."""

    url: str
    commit: str
    tag: str | None
    changed: bool


def check_repo_id(repo_id: str) -> None:
    """Raises UsageError for a name that is not ORG/NAME."""
    import re

    if not re.fullmatch(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*", repo_id) or ".." in repo_id or "--" in repo_id:
        raise UsageError(f"--repo-id {repo_id}: ORG/NAME is expected, in letters, digits, '-', '_' and '.'")


def push(
    folder: Path, files: Sequence[str], target: Target, *, message: str, tries: int = 5, pause: float = 2.0
) -> Pushed:
    """Send the files. The token comes from the environment or from the hub's own login, and is shown to nobody.

    Raises NyarisError with the remedy where the hub refuses, or stays out of reach for all tries.
    """
    from huggingface_hub import HfApi

    api = HfApi(library_name="nyaris")
    hub = _Patient(tries, pause, target.repo_id)
    before = hub.ask(lambda: _head(api, target))
    if before is None:
        hub.ask(lambda: api.create_repo(target.repo_id, repo_type="dataset", private=target.private, exist_ok=True))
    tag = None if target.create_pr else target.revision
    tagged = hub.ask(lambda: _tags(api, target)).get(tag) if tag else None

    def commit() -> Any:
        return api.upload_folder(
            repo_id=target.repo_id,
            repo_type="dataset",
            folder_path=folder,
            allow_patterns=list(files),
            delete_patterns=[_STALE],
            parent_commit=_head(api, target),
            commit_message=message,
            create_pr=target.create_pr,
        )

    if tagged is not None and tagged != before:
        raise UsageError(
            f"{target.repo_id} has a tag '{tag}' already, on another commit: give another one with --revision"
        )
    made = hub.ask(commit)
    if tagged is not None and made.oid != tagged:
        raise NyarisError(
            f"the files went to {target.repo_id}, but its tag '{tag}' names the commit before: set another --revision"
        )
    if tag and tagged is None:
        hub.ask(lambda: api.create_tag(target.repo_id, tag=tag, revision=made.oid, repo_type="dataset", exist_ok=True))
    url = made.pr_url or f"{api.endpoint}/datasets/{target.repo_id}"
    return Pushed(url, made.oid, tag, made.oid != before)


def _head(api: Any, target: Target) -> str | None:
    """The head of the main branch, None where there is no repository yet. Refuses to publish what was to be private."""
    from huggingface_hub.errors import RepositoryNotFoundError

    try:
        info = api.repo_info(target.repo_id, repo_type="dataset")
    except RepositoryNotFoundError as error:
        if _status(error) == 401:
            raise
        return None
    if target.private and info.private is False:
        raise UsageError(f"{target.repo_id} is there and public: make it private at the hub, or leave out --private")
    return str(info.sha) if info.sha else None


def _tags(api: Any, target: Target) -> dict[str, str]:
    refs = api.list_repo_refs(target.repo_id, repo_type="dataset")
    return {ref.name: ref.target_commit for ref in refs.tags}


class _Patient:
    """Asks again after faults that pass, with growing pauses; says what to do about those that do not."""

    def __init__(self, tries: int, pause: float, repo_id: str) -> None:
        self._tries, self._pause, self._repo_id = tries, pause, repo_id

    def ask(self, question: Callable[[], T]) -> T:
        for number in range(1, self._tries + 1):
            try:
                return question()
            except Exception as error:
                if isinstance(error, NyarisError):
                    raise
                if not _passes(error):
                    raise NyarisError(self._remedy(error)) from None
                if number == self._tries:
                    raise NyarisError(
                        f"the hub could not be reached in {self._tries} tries ({_said(error)}): run the same command "
                        "again, what has arrived is not sent twice"
                    ) from None
                time.sleep(self._pause * 2 ** (number - 1))
        raise AssertionError("unreachable")

    def _remedy(self, error: Exception) -> str:
        status = _status(error)
        if status in {401, 403} or type(error).__name__ == "LocalTokenNotFoundError":
            return (
                f"the hub does not let you write to {self._repo_id} ({_said(error)}): log in with `hf auth login`, or "
                "set HF_TOKEN to a token that may write there"
            )
        return f"the hub refused: {_said(error)}"


def _status(error: BaseException) -> int | None:
    return getattr(getattr(error, "response", None), "status_code", None)


def _passes(error: BaseException) -> bool:
    """Whether a fault may be gone at the next try: the hub is busy, the head has moved, or the line was cut."""
    status = _status(error)
    if status is not None:
        return status in _AGAIN
    names = {kind.__name__ for kind in type(error).__mro__}
    return bool(names & {"TransportError", "ConnectionError", "TimeoutError", "RequestException"}) or (
        error.__cause__ is not None and _passes(error.__cause__)
    )


def _said(error: BaseException) -> str:
    """The first line of an error, without any token that a library may have put there."""
    from huggingface_hub import get_token

    line = next((each.strip() for each in str(error).splitlines() if each.strip()), type(error).__name__)
    token = get_token()
    return line.replace(token, "***") if token else line
