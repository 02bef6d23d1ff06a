"""What is written in a format comes back from it as the same labels."""

import pytest
from hypothesis import given, settings

from companion.label_files import read_label_files
from labeling.interchange.formats import FORMATS
from tests.labeling.interchange.scene import annotations, event_of

FILES = {
    "csv": "out.csv",
    "jsonl": "out.jsonl",
    "parquet": "out.parquet",
    "label-studio": "out.json",
    "label-studio-min": "out.json",
    "doccano": "out.jsonl",
    "prodigy": "out.jsonl",
}
NOW = 1


def written(folder, kind, said):
    path = folder / FILES[kind]
    with path.open("wb") as out:
        FORMATS[kind](out, said)
    return path


@pytest.mark.parametrize("kind", FILES)
@settings(max_examples=60, deadline=None)
@given(said=annotations())
def test_the_same_labels_come_back(tmp_path_factory, kind, said):
    """Every format but the tables is told by its content; all of them end in the same label events."""
    found = read_label_files([written(tmp_path_factory.mktemp("round"), kind, said)], NOW)
    assert found.problems == []
    assert [event for _, event in found.labels] == [event_of(one, NOW) for one in said]


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=15, deadline=None)
@given(said=annotations(skips=True))
def test_the_same_answers_make_the_same_bytes(tmp_path_factory, kind, said):
    folder = tmp_path_factory.mktemp("bytes")
    for name in ("one", "two"):
        with (folder / name).open("wb") as out:
            FORMATS[kind](out, iter(said))
    assert (folder / "one").read_bytes() == (folder / "two").read_bytes()
