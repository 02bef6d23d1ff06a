"""Searching by either leg or both."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from companion.shop.retrieval import Retriever
from companion.shop.retrieval.blend import blend, spread
from companion.shop.retrieval.dense import Dense, load_index, rows_of
from companion.shop.retrieval.encoding import SentenceEncoder, encode_missing
from companion.shop.retrieval.lexical import Lexical
from companion.shop.retrieval.texts import dense_text
from companion.shop.retrieval.vectors import VectorFile
from tests.companion.shop.retrieval.scene import SHELF, PlantedEncoder

STRATEGIES = ("dense", "lexical", "hybrid")


def retriever_of(folder: Path, encoder) -> Retriever:
    texts = [dense_text(product) for product in SHELF]
    file = VectorFile(folder / "v.bin", encoder.dimension)
    encode_missing(file, encoder, texts)
    dense = Dense(file, rows_of(file, texts), load_index(folder / "d.faiss", file, encoder.name), "ip")
    return Retriever(SHELF, Lexical.build(SHELF), dense, encoder)


@pytest.fixture
def retriever(tmp_path: Path) -> Retriever:
    return retriever_of(tmp_path, PlantedEncoder())


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_hits_come_best_first_and_no_more_than_asked(retriever: Retriever, strategy) -> None:
    hits = retriever.search("ceramic mug", 2, strategy)
    assert [SHELF[hit.place].id for hit in hits] == ["4", "5"]
    assert hits[0].score >= hits[1].score


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_mask_leaves_products_out(retriever: Retriever, strategy) -> None:
    allowed = np.array([product.id != "4" for product in SHELF])
    assert retriever.search("ceramic mug", 1, strategy, allowed)[0].place == 4


@pytest.mark.parametrize("strategy", STRATEGIES)
@pytest.mark.parametrize("text", ["", "  ", "🥵🥵", "!!! ???", "\x00"])
def test_a_text_that_says_nothing_finds_nothing(retriever: Retriever, strategy, text: str) -> None:
    assert retriever.search(text, 10, strategy) == []


@pytest.mark.parametrize("text", ["mug " * 1250, "'; DROP TABLE shop_product; --", "где купить кружку", '"NEAR(' * 9, "mug*"])
def test_odd_queries_are_searched_like_others(retriever: Retriever, text: str) -> None:
    for strategy in STRATEGIES:
        assert len(retriever.search(text, 3, strategy)) <= 3


def test_a_retriever_without_vectors_searches_by_words() -> None:
    plain = Retriever(SHELF, Lexical.build(SHELF), None, None)
    assert [SHELF[hit.place].id for hit in plain.search("wall clock", 5)] == ["6"]


def test_meaning_finds_what_shares_no_word(tmp_path: Path) -> None:
    encoder = SentenceEncoder()
    real = retriever_of(tmp_path, encoder)
    for query, wanted in (("sneakers for jogging", "1"), ("something to drink coffee from", "4"), ("linens for the mattress", "2")):
        assert SHELF[real.search(query, 1, "dense")[0].place].id == wanted
    encoder.close()


def test_a_blend_weighs_both_legs_over_the_same_range() -> None:
    assert spread(np.array([2.0, 4.0, 3.0], np.float32)).tolist() == [0, 1, 0.5]
    assert spread(np.array([2.0, 2.0], np.float32)).tolist() == [0, 0]
    assert blend(np.array([0.1, 0.2], np.float32), np.array([30.0, 10.0], np.float32), 0.75).tolist() == [0.25, 0.75]


def test_candidates_carry_the_scores_of_both_legs(retriever: Retriever) -> None:
    found = retriever.candidates("ceramic mug", {"mug": 1.0, "clock": 0.5})
    by_place = {int(place): (dense, lexical) for place, dense, lexical in zip(found.places, found.dense, found.lexical, strict=True)}
    assert by_place[3][0] > 0.9
    assert by_place[3][1] > by_place[5][1] > 0 == by_place[0][1]
    only = retriever.candidates("ceramic mug", strategy="lexical")
    assert only.places.tolist() == [3, 4]
    assert not only.dense.any()
    assert retriever.candidates("🥵", {"mug": 1.0}).places.tolist() == [3, 4]
    assert len(retriever.candidates("🥵", {}).places) == 0
