"""The dense leg: vectors survive a crash, the index grows with them, and every kind of index finds the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from companion.shop.retrieval.dense import Dense, load_index, rows_of
from companion.shop.retrieval.encoding import encode_missing
from companion.shop.retrieval.vectors import VectorFile, text_hash
from tests.companion.shop.retrieval.scene import PlantedEncoder, unit_vectors

N, D = 2_000, 32


def filled(path: Path, vectors: np.ndarray) -> VectorFile:
    file = VectorFile(path / "v.bin", vectors.shape[1])
    file.add([text_hash(f"t{i}") for i in range(len(vectors))], vectors)
    return file


def dense_of(path: Path, file: VectorFile, **how) -> Dense:
    index = load_index(path / "d.faiss", file, "e", **how)
    return Dense(file, rows_of(file, [f"t{i}" for i in range(len(file))]), index, how.get("metric", "ip"))


def test_an_exact_search_finds_what_comparing_all_finds(tmp_path: Path) -> None:
    vectors = unit_vectors(N, D)
    dense = dense_of(tmp_path, filled(tmp_path, vectors))
    for query in unit_vectors(20, D, seed=1):
        places, scores = dense.search(query, 10)
        assert scores == pytest.approx(np.sort(vectors @ query)[::-1][:10], abs=2e-3)
        assert dense.cosines(query, places) == pytest.approx(scores, abs=1e-5)


def test_l2_gives_the_same_order_and_cosines(tmp_path: Path) -> None:
    file = filled(tmp_path, unit_vectors(N, D))
    (tmp_path / "l2").mkdir()
    one, other = dense_of(tmp_path, file), dense_of(tmp_path / "l2", file, metric="l2")
    for query in unit_vectors(20, D, seed=1):
        (places, scores), (same, cosines) = one.search(query, 10), other.search(query, 10)
        assert list(places) == list(same)
        assert cosines == pytest.approx(scores, abs=2e-3)


def test_a_graph_finds_nearly_all_that_an_exact_search_finds(tmp_path: Path) -> None:
    file = filled(tmp_path, unit_vectors(N, D))
    (tmp_path / "g").mkdir()
    exact, graph = dense_of(tmp_path, file), dense_of(tmp_path / "g", file, exact_below=100)
    queries = unit_vectors(50, D, seed=1)
    found = [len(set(exact.search(q, 10)[0]) & set(graph.search(q, 10)[0])) / 10 for q in queries]
    assert np.mean(found) >= 0.95


@pytest.mark.parametrize("exact_below", [10, 10_000])
@pytest.mark.parametrize("share", [0.005, 0.5])
def test_a_filter_leaves_only_what_it_allows(tmp_path: Path, exact_below: int, share: float) -> None:
    vectors = unit_vectors(N, D)
    dense = dense_of(tmp_path, filled(tmp_path, vectors), exact_below=exact_below)
    allowed = np.random.default_rng(3).random(N) < share
    places, _ = dense.search(vectors[0], 5, allowed)
    assert len(places) == 5
    assert allowed[places].all()
    assert dense.search(vectors[0], 5, np.zeros(N, bool))[0].tolist() == []


def test_products_with_the_same_text_are_all_found_and_products_without_a_vector_are_not(tmp_path: Path) -> None:
    vectors = unit_vectors(5, D)
    file = filled(tmp_path, vectors)
    dense = Dense(file, rows_of(file, ["t1", "t0", "not read yet", "t1"]), load_index(tmp_path / "d.faiss", file, "e"), "ip")
    places, _ = dense.search(vectors[1], 10)
    assert places.tolist() == [0, 3, 1]
    assert dense.cosines(vectors[1], np.array([2])).tolist() == [0]


def test_a_half_written_vector_is_cut_off_and_encoded_again(tmp_path: Path) -> None:
    encoder = PlantedEncoder()
    texts = ["mug red", "cup", "clock"]
    file = VectorFile(tmp_path / "v.bin", encoder.dimension)
    assert encode_missing(file, encoder, texts) == 3
    with (tmp_path / "v.bin").open("r+b") as stream:
        stream.truncate((tmp_path / "v.bin").stat().st_size - 7)
    again = VectorFile(tmp_path / "v.bin", encoder.dimension)
    assert len(again) == 2
    assert encode_missing(again, encoder, texts) == 1
    assert encode_missing(again, encoder, texts) == 0
    assert len(encoder.asked) == 4
    whole = VectorFile(tmp_path / "v.bin", encoder.dimension)
    assert whole.of(rows_of(whole, texts)) == pytest.approx(encoder.encode(texts), abs=1e-3)


@pytest.mark.parametrize("exact_below", [10, 10_000])
def test_an_index_grows_with_its_file_and_is_mapped(tmp_path: Path, exact_below: int) -> None:
    vectors = unit_vectors(300, D)
    file = filled(tmp_path, vectors[:200])
    assert load_index(tmp_path / "d.faiss", file, "e", exact_below=exact_below).ntotal == 200
    before = (tmp_path / "d.faiss").stat().st_mtime_ns
    load_index(tmp_path / "d.faiss", file, "e", exact_below=exact_below)
    assert (tmp_path / "d.faiss").stat().st_mtime_ns == before
    file.add([text_hash(f"t{i}") for i in range(200, 300)], vectors[200:])
    grown = dense_of(tmp_path, file, exact_below=exact_below)
    assert grown.search(vectors[250], 1)[0].tolist() == [250]


def test_another_encoder_or_a_rewritten_file_means_another_index(tmp_path: Path) -> None:
    vectors = unit_vectors(50, D)
    file = filled(tmp_path, vectors)
    load_index(tmp_path / "d.faiss", file, "e")
    file.keep([text_hash(f"t{i}") for i in range(10, 20)])
    index = load_index(tmp_path / "d.faiss", file, "e")
    dense = Dense(file, rows_of(file, [f"t{i}" for i in range(50)]), index, "ip")
    assert dense.search(vectors[15], 1)[0].tolist() == [15]
    assert index.ntotal == 10
    (tmp_path / "d.faiss").write_bytes(b"not an index")
    load_index(tmp_path / "d.faiss", file, "another encoder")


def test_a_vectors_hash_never_ends_in_a_zero_byte() -> None:
    assert all(text_hash(str(i))[-1] for i in range(2_000))
