"""The tagger of queries: labels, its share in the answer, odd texts, and files that are missing or broken."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.shop.understanding import tagger as tagging
from companion.shop.understanding import understand
from companion.shop.understanding.reading import read
from companion.shop.understanding.tagger import MANIFEST, SHIPPED, WEIGHTS, BadTaggerError, Tagger, unchanged
from companion.shop.understanding.tagger_blend import Bounds, blended, in_earnest, tagged_of
from companion.shop.understanding.tagger_found import Found, Placed, placed
from companion.shop.understanding.tagger_spans import ID, LABELS, TAGS, Floats, Span, Tag, best_path, labels_of, spans_of
from companion.shop.understanding.tagger_words import WIDTH, features_of

ODD = (
    "",
    " ",
    "😍🔥",
    "?!|,;",
    "a" * 5_000,
    "mug " * 1_250,
    "冬のコート 黒 予算1万円",
    "معطف أسود للشتاء",
    "ПАЛЬТО зимнее 50 размер",
    "\u202egum\u200b \x00 {type|mug} \ud800",
    "#" * 300,
)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


@pytest.fixture
def without_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(Tagger.load.__func__, "__defaults__", (tmp_path,))  # type: ignore[attr-defined]
    tagging.shipped.cache_clear()
    yield
    tagging.shipped.cache_clear()


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 4), st.sampled_from(TAGS))), st.integers(0, 3))
def test_spans_become_labels_and_spans_again(parts: list[tuple[int, int, Tag]], rest: int) -> None:
    spans, at = [], 0
    for gap, words, tag in parts:
        spans.append(Span(tag, at + gap, at + gap + words))
        at += gap + words
    labels = labels_of(spans, at + rest)
    assert spans_of(labels) == spans
    assert len(labels) == at + rest


def test_the_likeliest_path_never_goes_on_with_what_has_not_begun() -> None:
    rng = np.random.default_rng(3)
    for words in (1, 2, 30):
        chances = rng.dirichlet(np.ones(len(LABELS)), words).astype(np.float32)
        labels = best_path(chances)
        assert len(labels) == words
        assert labels_of(spans_of(labels), words) == labels


def test_the_likeliest_path_follows_probabilities() -> None:
    said = ["O", "B-type", "I-type", "B-type", "O", "B-not"]
    chances = np.full((6, len(LABELS)), 0.01, np.float32)
    chances[range(6), [ID[label] for label in said]] = 0.8
    assert best_path(chances) == said


def _chances(words: int, **places: float) -> Floats:
    """`brand_2=0.9`: the third word begins a brand at 0.9."""
    chances = np.zeros((words, len(LABELS)), np.float32)
    for name, value in places.items():
        tag, _, place = name.partition("_")
        chances[int(place), ID[f"B-{tag}"]] = value
    return chances


def test_a_sure_span_comes_in_and_an_unsure_one_does_not() -> None:
    chances = _chances(4, brand_1=0.9, brand_3=0.5)
    tagged = [Span("brand", 1, 2), Span("brand", 3, 4)]
    assert blended("brand", [], tagged, chances, Bounds(0.8, 0.0)) == ([], tagged[:1])


def test_what_the_tagger_thinks_nothing_of_goes_yet_not_what_has_no_place() -> None:
    there, nowhere = Placed("birthday", Span("occasion", 0, 1)), Placed("birthday", None)
    assert blended("occasion", [there, nowhere], [], _chances(2), Bounds(0.8, 0.1)) == ([nowhere], [])
    assert blended("occasion", [there], [], _chances(2, occasion_0=0.2), Bounds(0.8, 0.1)) == ([there], [])


@pytest.mark.parametrize(
    ("text", "chance", "stays"),
    [
        ("kettle", 0.0, True),
        ("my kettle boils over whenever my sister visits and she loves jazz", 0.1, False),
        ("my kettle boils over whenever my sister visits and she loves jazz", 0.3, True),
        ("my kettle boils over whenever my sister visits so I need a quieter one", 0.1, True),
    ],
)
def test_a_product_goes_only_where_a_longer_text_speaks_of_it_in_passing(text: str, chance: float, stays: bool) -> None:
    reading = read(text)
    place = [token.word for token in reading.tokens].index("kettle")
    kettle = Placed("kettle", Span("type", place, place + 1))
    assert in_earnest(reading, [kettle], _chances(len(reading.tokens), **{f"type_{place}": chance})) == ([kettle] if stays else [])


def test_the_end_of_a_short_name_is_the_thing() -> None:
    assert understand("right treadmill lubricant").name[-1] == "lubricant"
    assert understand("no show socks").exclusions == ()


def test_hands_free_is_no_exclusion() -> None:
    reading = read("hands free headset")
    chances = _chances(3, not_0=0.9)
    assert tagged_of(reading, placed(reading, Found()), chances) == []


def test_features_have_their_width_and_hold_what_the_rules_decided() -> None:
    reading = read("Philips kettle, not red")
    found = Found(brands=("Philips",), exclusions=("red",))
    assert {tag: [one.span for one in values] for tag, values in placed(reading, found).items() if values} == {
        "brand": [Span("brand", 0, 1)],
        "not": [Span("not", 3, 4)],
    }
    features = features_of(reading, found)
    assert features.shape == (4, WIDTH)
    assert not np.array_equal(features, features_of(reading, Found()))


def test_no_name_goes_over_a_comma_and_none_over_a_price() -> None:
    reading = read("no plastic, silver, under 20 CHF")
    reading.take(3, 6)
    chances = np.zeros((6, len(LABELS)), np.float32)
    chances[0, ID["O"]] = chances[1, ID["B-not"]] = chances[2, ID["I-not"]] = chances[5, ID["B-brand"]] = 0.9
    chances[3:5, ID["O"]] = chances[2, ID["B-not"]] = 0.4
    assert tagged_of(reading, placed(reading, Found()), chances) == [Span("not", 1, 2), Span("not", 2, 3)]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_are_read(text: str) -> None:
    assert understand(text).text == text


def test_long_texts_get_chances_for_every_word(tagger: Tagger) -> None:
    reading = read("mug " * 1_250)
    chances = tagger.chances(reading, Found())
    assert chances.shape == (len(reading.tokens), len(LABELS))
    assert np.allclose(chances.sum(1), 1, atol=1e-4)


def test_the_rest_of_a_query_does_not_change_with_the_company(tagger: Tagger) -> None:
    reading = read("blue kettle by Zephyrix")
    assert np.array_equal(tagger.chances(reading, Found()), tagger.chances(reading, Found()))


@pytest.mark.usefixtures("without_files")
def test_without_its_files_the_rules_read_alone(caplog: pytest.LogCaptureFixture) -> None:
    text = "running shoes for my wife under 60, not red"
    assert understand(text) == understand(text, amend=unchanged)
    assert "Queries are read by rules alone" in caplog.text


def test_files_that_were_changed_are_refused(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "slots")
    weights = tmp_path / "slots" / WEIGHTS
    weights.write_bytes(weights.read_bytes()[:-1])
    with pytest.raises(BadTaggerError, match="its hash differs"):
        Tagger.load(tmp_path / "slots")
    weights.unlink()
    with pytest.raises(BadTaggerError, match="cannot be read"):
        Tagger.load(tmp_path / "slots")


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"bounds": {"type": 3}, "sha256": {}, "encoder": ""}'])
def test_a_broken_manifest_is_refused(tmp_path: Path, manifest: str) -> None:
    (tmp_path / MANIFEST).write_text(manifest, encoding="utf-8")
    with pytest.raises(BadTaggerError, match="cannot be read"):
        Tagger.load(tmp_path)


def test_a_tagger_of_another_encoder_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED, tmp_path / "slots")
    manifest = json.loads((tmp_path / "slots" / MANIFEST).read_text(encoding="utf-8"))
    (tmp_path / "slots" / MANIFEST).write_text(json.dumps({**manifest, "encoder": "0" * 64}), encoding="utf-8")
    with pytest.raises(BadTaggerError, match="another sentence encoder"):
        Tagger.load(tmp_path / "slots")
