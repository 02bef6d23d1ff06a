"""The tagger that ships, on lines of the repository that it has not learned from."""

from __future__ import annotations

import pytest

from companion.shop.understanding.tagger import Tagger
from companion.shop.understanding.tagger_blend import NOTHING
from companion.shop.understanding.tagger_spans import TAGS
from companion.training.slots.bounds import Judged, counted, table_of
from companion.training.slots.examples import examples_of
from companion.training.slots.lines import read_seed


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    tagger = Tagger.load()
    return [Judged.of(one, tagger.chances(one.reading, one.found)) for one in examples_of(read_seed()[1], tagger.states)]


def test_with_the_tagger_more_is_found_and_less_is_wrong(judged: list[Judged]) -> None:
    bounds = Tagger.load().bounds
    alone, both = ([counted(judged, tag, one[tag]) for tag in TAGS] for one in (dict.fromkeys(TAGS, NOTHING), bounds))
    assert sum(one.right for one in both) > sum(one.right for one in alone)
    assert table_of(judged, bounds)[-1][2] > table_of(judged, bounds)[-1][1] + 0.02


def test_no_slot_loses_much(judged: list[Judged]) -> None:
    assert all(both > alone - 0.01 for _, alone, both in table_of(judged, Tagger.load().bounds))
