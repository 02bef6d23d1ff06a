"""The seed corpus and its splits."""

import collections

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.intent import Context
from companion.intent.text import normalise
from companion.training.folds import fold_of
from companion.training.seed import BadSeedError, Example, load_seed, parse

ROW = {
    "text": "link??",
    "context": "mug",
    "grade": 8,
    "signal": "availability",
    "sentiment": "neutral",
    "lang": "en",
    "group": "a",
    "product": "mug",
}


def test_the_corpus_is_large_varied_and_free_of_repeats():
    examples = load_seed()
    assert len(examples) >= 1500
    assert len({x.product for x in examples}) >= 40
    assert {x.grade for x in examples} == set(range(1, 11))
    high = sum(x.grade >= 7 for x in examples) / len(examples)
    assert 0.2 <= high <= 0.35
    kinds = {("caption", bool(x.context.caption)) for x in examples} | {("note", bool(x.context.note)) for x in examples}
    assert len(kinds) == 4
    assert any(x.context == Context() for x in examples)
    repeats = [pair for pair, n in collections.Counter((normalise(x.text), x.group) for x in examples).items() if n > 1]
    assert repeats == []


@pytest.mark.parametrize(
    ("key", "value"),
    [("grade", 11), ("grade", "8"), ("signal", "buy"), ("sentiment", "happy"), ("text", " "), ("context", 3), ("colour", 1)],
)
def test_a_wrong_value_is_refused_by_name(key, value):
    with pytest.raises((ValueError, TypeError), match=r"text is empty" if key == "text" else key):
        parse({**ROW, key: value})


def test_a_broken_file_is_named_with_its_line(tmp_path):
    (tmp_path / "x.jsonl").write_text('{"text": 1}\n')
    with pytest.raises(BadSeedError, match=r"x\.jsonl line 1"):
        load_seed(tmp_path)


NAMES = st.sampled_from(["a", "b", "c", "d", "e"])


@given(st.lists(st.tuples(NAMES, st.sampled_from(["none", "mug", "lamp", "app"])), min_size=1, max_size=60), st.integers(2, 5))
def test_no_group_and_no_product_straddles_folds(cells, folds):
    examples = [Example("x", Context(), 2, "none", "neutral", "en", group, product) for group, product in cells]
    fold = fold_of(examples, folds)
    for name in ("group", "product"):
        homes = collections.defaultdict(set)
        for example, number in zip(examples, fold, strict=True):
            if getattr(example, name) != "none":
                homes[getattr(example, name)].add(int(number))
        assert all(len(found) == 1 for found in homes.values())
