"""The study from end to end with an encoder that trains in a second."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import Command
from tiny_encoder import tiny_encoder

from nyaris.dataset.read import read_rows
from nyaris.errors import UsageError
from nyaris.evaluation.tuning.runs import FROZEN, read_run
from nyaris.evaluation.tuning.study import Plan
from nyaris.tradeoff import Tradeoff, tradeoff


@pytest.fixture(scope="module")
def model(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("models") / "tiny"
    tiny_encoder([text for row in read_rows(dataset) for text in row.texts]).save(str(path))
    return path


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("collections") / "broad"
    folder.mkdir()
    texts = ["the tenant pays rent", "the agent keeps the keys", "the landlord repairs the roof", "a notice is sent"]
    for name, prefix in (("corpus", "d"), ("queries", "q")):
        lines = [json.dumps({"_id": f"{prefix}{number}", "text": text}) for number, text in enumerate(texts)]
        (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    judged = "\n".join(f"q{number}\td{number}\t1" for number in range(len(texts)))
    (folder / "qrels.tsv").write_text(f"query-id\tcorpus-id\tscore\n{judged}\n", encoding="utf-8")
    return folder


OPTIONS = ("--rows", 32, "--batch-size", 8, "--stress-rows", 20, "--learning-rate", 1e-3, "--precision", "fp32")


def test_the_command_and_what_it_resumes(
    nyaris: Command, model: Path, dataset: Path, collection: Path, tmp_path: Path
) -> None:
    words = ("tradeoff", model, "--suite", dataset, "-o", tmp_path, "--retrieval", collection, "--json", *OPTIONS)
    first = (*words, "--recipe", "mnrl", "--recipe", "interpolate", "--share", 50)
    code, out, err = nyaris(*first)
    assert code == 0, err
    found = json.loads(out)
    assert [point["slug"] for point in found["points"]] == ["interpolate-050-0", "mnrl-050-0"]
    assert found["broad"]
    assert found == json.loads((tmp_path / "tradeoff.json").read_text(encoding="utf-8"))
    drawn = ElementTree.parse(tmp_path / "tradeoff.svg").getroot()
    titles = [each.text or "" for each in drawn.iter("{http://www.w3.org/2000/svg}title")]
    assert sum("50 % near misses, seed 0" in title for title in titles) == len(found["points"])
    frozen, plain = read_run(tmp_path, FROZEN), read_run(tmp_path, "mnrl-050-0")
    assert frozen
    assert plain
    assert found["baseline"]["stress"] == next(cell.value for cell in frozen.stress if not any(cell.slice))
    assert plain.configuration["schedule"]["rows"] == 32

    made = (tmp_path / "runs" / "mnrl-050-0" / "run.json").stat().st_mtime_ns
    code, out, err = nyaris(*words, "--recipe", "mnrl", "--share", 50, "--share", 100)
    assert code == 0, err
    assert "mnrl-050-0 is there" in err
    assert (tmp_path / "runs" / "mnrl-050-0" / "run.json").stat().st_mtime_ns == made
    assert {point["slug"] for point in json.loads(out)["points"]} == {
        "interpolate-050-0",
        "mnrl-050-0",
        "mnrl-100-0",
    }

    code, _, err = nyaris(*words, "--share", 50, "--epochs", 2)
    assert code == 2
    assert "schedule.epochs was 1, and is 2 now" in err


def test_without_collections_the_dataset_stands_in(model: Path, dataset: Path, tmp_path: Path) -> None:
    from nyaris.evaluation.tuning.measuring import Sampling
    from nyaris.evaluation.tuning.training import Schedule

    plan = Plan(shares=(100,), schedule=Schedule(rows=16, batch=8), sampling=Sampling(20, 5, 30), verifier=True)
    found = tradeoff(str(model), dataset, tmp_path, plan)
    assert isinstance(found, Tradeoff)
    assert not found.broad
    assert {each["name"] for each in found.frame["retrieval"]} == {"suite-en", "suite-ms"}
    assert found.verifier
    assert (tmp_path / "verifier" / "head.safetensors").is_file()
    assert tradeoff(str(model), dataset, tmp_path, plan).verifier == found.verifier


def test_choices_must_not_look_at_what_is_reported(
    model: Path, dataset: Path, collection: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="must not look"):
        tradeoff(str(model), dataset, tmp_path, retrieval=[collection], validation=[collection])
