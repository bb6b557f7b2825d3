"""Publishing with the real client against a small hub: what arrives, what a cut line leaves behind, what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from hub_server import TOKEN, Fault, Hub, Repository

from nyaris.audit import audit
from nyaris.auditing.findings import Limits
from nyaris.dataset.read import fingerprint, read_rows
from nyaris.errors import NyarisError, UsageError
from nyaris.publish import publish
from nyaris.run.tables import read_table, write_table

NAME = "tester/near-misses"


@pytest.fixture
def hub() -> Iterator[Hub]:
    server = Hub()
    yield server
    server.close()


@pytest.fixture(scope="session")
def audited(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audited") / "made"
    copytree(dataset, folder)
    rewrite(folder, '"licence": ""', '"licence": "CC0-1.0"')
    audit(folder, probe_rows=100)
    return folder


@pytest.fixture
def folder(audited: Path, tmp_path: Path) -> Path:
    copytree(audited, tmp_path / "made")
    return tmp_path / "made"


@dataclass
class Done:
    code: int
    out: str
    err: str


def run_python(hub: Hub, home: Path, code: str, *words: object, token: str | None = TOKEN) -> Done:
    """Another process: the client reads its environment when it is imported."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "HUGGING"))}
    own = {
        "HF_ENDPOINT": hub.url,
        "HF_HOME": str(home / "hf"),
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
    }
    source = str(Path(__file__).parents[2] / "generators")
    environment = kept | own | {"PYTHONPATH": source} | ({"HF_TOKEN": token} if token else {})
    command = [sys.executable, "-c", code, *map(str, words)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=home)
    return Done(done.returncode, done.stdout, done.stderr)


def run_publish(hub: Hub, folder: Path, *words: object, token: str | None = TOKEN) -> Done:
    code = "from nyaris.cli import main; main()"
    return run_python(hub, folder.parent, code, "publish", folder, "--repo-id", NAME, *words, token=token)


def run_function(hub: Hub, folder: Path) -> Done:
    """The library function, which does not pause as long."""
    code = "from pathlib import Path; import sys; from nyaris.publish import publish\n"
    code += f"publish(Path(sys.argv[1]), '{NAME}', revision='v1', pause=0.01)"
    return run_python(hub, folder.parent, code, folder)


def test_create_tag_load_and_push_again(hub: Hub, folder: Path, tmp_path: Path) -> None:
    (folder / ".env").write_text("SECRET=1")
    (folder / "labelled" / "notes.txt").write_text("mine")
    first = run_publish(hub, folder, "--private", "--revision", "v1", "--json")
    assert first.code == 0, first.err
    made = hub.repositories[NAME]
    assert made.private
    assert len(made.commits) == 2, "one commit beside the one that creates the repository"
    assert made.tags == {"v1": made.head}
    sent = {path for path in made.commits[-1][1] if not path.startswith(".git")}
    assert sent == {path for path, _ in json.loads(first.out)["files"]}
    assert {"README.md", "manifest.json", "audit.json", "rejects.parquet"} < sent
    assert not any("env" in path or "notes" in path or "shards" in path for path in sent)
    assert TOKEN not in first.out + first.err

    loaded = run_python(
        hub,
        tmp_path,
        "import json, sys\n"
        "from datasets import get_dataset_config_names, load_dataset\n"
        f"names = get_dataset_config_names('{NAME}', revision='v1')\n"
        f"sets = {{name: load_dataset('{NAME}', name, revision='v1') for name in names}}\n"
        "print(json.dumps({name: each.num_rows for name, each in sets.items()}))",
    )
    assert loaded.code == 0, loaded.err
    counts = json.loads(loaded.out.splitlines()[-1])
    splits = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["splits"]
    assert counts["labelled"] == counts["triplet"] == {name: count for name, count in splits.items() if count}

    puts = hub.asked("PUT", "/store/")
    again = run_publish(hub, folder, "--revision", "v1")
    assert again.code == 0, again.err
    assert "nothing had changed" in again.out
    assert (len(made.commits), hub.asked("PUT", "/store/")) == (2, puts)


def test_shards_of_an_earlier_push_go_in_the_same_commit(hub: Hub, folder: Path) -> None:
    made = hub.repositories[NAME] = Repository(private=False)
    made.commit({"triplet/train-00001-of-00002.parquet": b"old", "LICENSE": b"kept"})
    done = run_publish(hub, folder)
    assert done.code == 0, done.err
    assert len(made.commits) == 2
    assert "triplet/train-00001-of-00002.parquet" not in made.commits[-1][1]
    assert made.commits[-1][1]["LICENSE"] == b"kept"


@pytest.mark.parametrize(
    "faults",
    [
        (
            Fault("PUT", "/store/", "amid", times=2),
            Fault("POST", "/preupload/", "before"),
            Fault("POST", "/tag/", "after"),
        ),
        (Fault("GET", "/api/datasets/", "500"), Fault("POST", "/commit/", "503"), Fault("POST", "/commit/", "before")),
        (Fault("POST", "/commit/", "after"),),
    ],
    ids=["uploads-and-tag", "commit-not-made", "commit-made-and-answer-lost"],
)
def test_a_cut_line_is_survived(hub: Hub, folder: Path, faults: tuple[Fault, ...]) -> None:
    hub.faults.extend(faults)
    done = run_function(hub, folder)
    assert done.code == 0, done.err
    made = hub.repositories[NAME]
    assert all(fault.times == 0 for fault in faults)
    assert (len(made.commits), made.tags) == (2, {"v1": made.head})
    assert len(hub.stored) == sum(path.endswith(".parquet") for path in made.commits[-1][1])


def test_a_push_that_gave_up_goes_on_where_it_was(hub: Hub, folder: Path) -> None:
    hub.faults.append(Fault("POST", "/commit/", "before", times=100))
    failed = run_function(hub, folder)
    assert failed.code == 1
    assert "run the same command again" in failed.err
    arrived = hub.asked("PUT", "/store/")
    assert arrived == len(hub.stored) > 0
    hub.faults.clear()
    assert run_function(hub, folder).code == 0
    assert hub.asked("PUT", "/store/") == arrived, "what has arrived is not sent twice"
    assert len(hub.repositories[NAME].commits) == 2


def test_somebody_else_pushes_in_between(hub: Hub, folder: Path) -> None:
    made = hub.repositories[NAME] = Repository(private=False)
    made.commit({"README.md": b"theirs"})
    hub.faults.append(Fault("POST", "/commit/", "412"))
    assert run_function(hub, folder).code == 0
    assert hub.asked("POST", "/commit/") == 2
    assert made.commits[-1][1]["README.md"] == (folder / "README.md").read_bytes()


def test_a_dry_run_sends_nothing(hub: Hub, folder: Path) -> None:
    done = run_publish(hub, folder, "--dry-run")
    assert done.code == 0, done.err
    assert hub.log == []
    assert "nothing was sent" in done.out
    assert "labelled/train-00000-of-00001.parquet" in done.out


def test_a_pull_request_leaves_main_and_tags_alone(hub: Hub, folder: Path) -> None:
    made = hub.repositories[NAME] = Repository(private=False)
    made.commit({"README.md": b"theirs"})
    done = run_publish(hub, folder, "--create-pr")
    assert done.code == 0, done.err
    assert (len(made.commits), made.tags, len(made.pulls)) == (1, {}, 1)
    assert "/discussions/1" in done.out


def test_what_the_hub_refuses_is_said_in_one_line(hub: Hub, folder: Path) -> None:
    for token in (None, "hf_somebodyElses"):
        done = run_publish(hub, folder, token=token)
        assert done.code == 1
        assert done.err.count("\n") == 1
        assert "hf auth login" in done.err
        assert token is None or token not in done.err
    made = hub.repositories[NAME] = Repository(private=False)
    made.commit({"README.md": b"theirs"})
    public = run_publish(hub, folder, "--private")
    assert (public.code, len(made.commits)) == (2, 1)
    assert "public" in public.err
    made.tags["v1"] = made.head
    made.commit({"README.md": b"newer"})
    taken = run_publish(hub, folder, "--revision", "v1")
    assert (taken.code, len(made.commits)) == (2, 2)
    assert "--revision" in taken.err


def rewrite(folder: Path, old: str, new: str) -> None:
    """Change a word in every configuration, as a source document with that word would have."""
    for path in folder.glob("*/*.parquet"):
        table = read_table(path)
        rows = json.loads(json.dumps(table.to_pylist()).replace(old, new))
        write_table(type(table).from_pylist(rows, schema=table.schema), None, path)


def stamp(folder: Path, **changes: object) -> None:
    """Say that the audit was of the files as they are now."""
    found = json.loads((folder / "audit.json").read_text(encoding="utf-8"))
    found |= {"fingerprint": fingerprint(folder), **changes}
    (folder / "audit.json").write_text(json.dumps(found), encoding="utf-8")


def test_no_audit_no_publication(folder: Path) -> None:
    rewrite(folder, "deposit", "bond")
    with pytest.raises(NyarisError, match="is of other files"):
        publish(folder, NAME, dry_run=True)
    stamp(folder)
    assert publish(folder, NAME, dry_run=True).pushed is None
    found = json.loads((folder / "audit.json").read_text(encoding="utf-8"))
    found["findings"][0]["passed"] = False
    stamp(folder, passed=False, findings=found["findings"])
    with pytest.raises(NyarisError, match="the audit failed"):
        publish(folder, NAME, dry_run=True)
    (folder / "audit.json").unlink()
    with pytest.raises(UsageError, match="nyaris audit"):
        publish(folder, NAME, dry_run=True)


@pytest.mark.parametrize(
    ("licence", "why"),
    [("CC-BY-ND-4.0", "forbids it"), ("All rights reserved", "forbids it"), ("Acme EULA", "not known to allow it")],
)
def test_licences(folder: Path, licence: str, why: str) -> None:
    rewrite(folder, '"CC0-1.0"', json.dumps(licence))
    stamp(folder)
    with pytest.raises(NyarisError, match=rf"'{licence}' \([\d,]+ rows\): {why}.*--accept-licence"):
        publish(folder, NAME, dry_run=True)
    assert publish(folder, NAME, dry_run=True, accepted_licences=[licence]).files
    with pytest.raises(UsageError, match="no source has it"):
        publish(folder, NAME, dry_run=True, accepted_licences=[licence, "MIT"])


MYKAD, MAIL = ("000000-00-0001", "850412-10-5673"), ("person1@example.com", "ali@mail.my")


def test_personal_data_is_refused_or_replaced_on_every_side(hub: Hub, folder: Path) -> None:
    rewrite(folder, "deposit", "deposit (850412-10-5673, ali@mail.my)")
    stamp(folder, limits=asdict(Limits(edits=1, implausible=1, uneven=1)))
    with pytest.raises(NyarisError, match="1 MyKad, 1 e-mail") as refusal:
        publish(folder, NAME, dry_run=True)
    assert "850412" not in str(refusal.value)
    assert "ali@" not in str(refusal.value)
    assert publish(folder, NAME, dry_run=True, allow_personal_data=True).redacted == {}
    with pytest.raises(UsageError, match="contradict"):
        publish(folder, NAME, dry_run=True, allow_personal_data=True, hide=True)

    before = (folder / "labelled" / "train-00000-of-00001.parquet").read_bytes()
    done = run_publish(hub, folder, "--redact")
    assert done.code == 0, done.err
    assert "redacted: 1 MyKad" in done.out
    assert (folder / "labelled" / "train-00000-of-00001.parquet").read_bytes() == before, "the folder is left as it was"
    sent = hub.repositories[NAME].commits[-1][1]
    arrived = folder.parent / "arrived"
    for path, data in sent.items():
        (arrived / path).parent.mkdir(parents=True, exist_ok=True)
        (arrived / path).write_bytes(data)
    old, new = {row.id: row for row in read_rows(folder)}, {row.id: row for row in read_rows(arrived)}
    assert old.keys() == new.keys()
    assert sum("850412" in row.query for row in old.values()) > 10
    for name, row in new.items():
        assert not any("850412-10-5673" in text or "ali@mail.my" in text for text in row.texts)
        assert [
            text.replace("000000-00-0001", "850412-10-5673").replace("person1@example.com", "ali@mail.my")
            for text in row.texts
        ] == list(old[name].texts)
        assert all(row.positive[edit.start : edit.end] == edit.before for edit in row.edits)
    rmtree(arrived)


def test_names_and_cards_that_the_hub_would_not_take(folder: Path) -> None:
    for name in ("near-misses", "a/b/c", "../x", "a/..", "tester/sp ace"):
        with pytest.raises(UsageError, match="ORG/NAME"):
            publish(folder, name, dry_run=True)
    (folder / "README.md").write_text("---\nconfigs: [\n---\n")
    with pytest.raises(NyarisError, match=r"README\.md"):
        publish(folder, NAME, dry_run=True)
    (folder / "README.md").write_text(
        "---\nlicense: mit\nconfigs:\n- config_name: x\n  data_files:\n  - {split: train, path: x/*.parquet}\n---\n"
    )
    with pytest.raises(NyarisError, match="which is not there"):
        publish(folder, NAME, dry_run=True)
    with pytest.raises(UsageError, match=r"no README\.md"):
        publish(folder.parent, NAME, dry_run=True)
