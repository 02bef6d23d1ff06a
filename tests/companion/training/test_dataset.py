"""Data set versions: the content names them, and nobody changes them afterwards."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.training import dataset
from companion.training.dataset import BLIND, EXAMPLES, MANIFEST, BadDataSetError
from tests.companion.training.scenes import example, handful
from tests.companion.training.test_examples import EXAMPLES as ANY

OWN = [example("is it loud?", origin="annotator", group="tiktok:v1", ratings=(6, 8), weight=3.0)]
UNSEEN = [example("kettle or mug", 5, origin="import", group="tiktok:v2")]


@pytest.fixture
def versions(tmp_path):
    return tmp_path / "datasets"


@pytest.fixture
def made(versions):
    return dataset.make(versions, handful(), OWN, UNSEEN)


def files(folder):
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_a_version_holds_what_it_was_made_of(made, versions):
    assert made.examples == handful() + OWN
    assert made.blind == UNSEEN
    assert dataset.load(versions, made.id) == made


def test_a_version_is_its_owners_alone_wherever_the_workspace_lies(made, versions):
    versions.chmod(0o755)
    assert (versions / made.id).stat().st_mode & 0o777 == 0o700


def test_the_same_content_is_the_same_version_and_is_written_once(made, versions):
    before = files(versions / made.id)
    assert dataset.make(versions, handful(), OWN, UNSEEN) == made
    assert files(versions / made.id) == before
    assert [path.name for path in versions.iterdir()] == [made.id]


@pytest.mark.parametrize(
    ("seed", "own", "blind"),
    [(handful(15), OWN, UNSEEN), (handful(), [], UNSEEN), (handful(), OWN, []), (handful(), UNSEEN, OWN)],
    ids=["less seed", "no own labels", "nothing blind", "own and blind exchanged"],
)
def test_other_content_is_another_version(made, versions, seed, own, blind):
    assert dataset.make(versions, seed, own, blind).id != made.id


def test_its_manifest_says_what_the_cleaning_removed(versions):
    made = dataset.make(versions, [*handful(), handful()[0]])
    assert made.manifest["cleaning"]["counts"] == {"repeat": 1}
    assert made.manifest["cleaning"]["before"]["lines"] == made.manifest["cleaning"]["after"]["lines"] + 1
    assert json.loads((versions / made.id / MANIFEST).read_text()) == made.manifest


@pytest.mark.parametrize("name", [EXAMPLES, BLIND])
def test_a_changed_file_is_refused_by_name(made, versions, name):
    with (versions / made.id / name).open("a") as stream:
        stream.write("\n")
    with pytest.raises(BadDataSetError, match=rf"{name} was changed.*train again"):
        dataset.load(versions, made.id)


def test_a_manifest_with_other_hashes_is_refused(made, versions):
    other = dataset.make(versions, handful(15))
    for name in (EXAMPLES, BLIND, MANIFEST):
        (versions / made.id / name).write_bytes((versions / other.id / name).read_bytes())
    with pytest.raises(BadDataSetError, match=rf"{MANIFEST} was changed"):
        dataset.load(versions, made.id)


@pytest.mark.parametrize("name", [EXAMPLES, BLIND, MANIFEST])
def test_a_missing_file_is_named(made, versions, name):
    (versions / made.id / name).unlink()
    with pytest.raises(BadDataSetError, match=name):
        dataset.load(versions, made.id)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"sha256": null}', '{"sha256": [1]}'])
def test_a_broken_manifest_is_refused(made, versions, content):
    (versions / made.id / MANIFEST).write_text(content)
    with pytest.raises(BadDataSetError, match=made.id):
        dataset.load(versions, made.id)


def test_training_again_mends_a_damaged_version(made, versions):
    (versions / made.id / EXAMPLES).write_text("")
    assert dataset.make(versions, handful(), OWN, UNSEEN) == made


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(ANY, max_size=5))
def test_any_example_comes_back_as_it_was(tmp_path, blind):
    assert dataset.make(tmp_path, [], [], blind).blind == blind
