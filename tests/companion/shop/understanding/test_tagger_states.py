"""States of words from inside the encoder: the same network, and bytes that are no model."""

from __future__ import annotations

import numpy as np
import onnxruntime as ort
import pytest

from companion.intent.encoder import Encoder
from companion.intent.neighbours import SHIPPED
from companion.shop.understanding.tagger_onnx import with_outputs
from companion.shop.understanding.tagger_states import LAYERS, WordStates
from companion.shop.understanding.text import fold, tokens_of


@pytest.fixture(scope="module")
def states() -> WordStates:
    return WordStates()


def test_a_word_has_the_states_of_its_pieces_in_its_place(states: WordStates) -> None:
    text = "sourdough starter jar, a jar"
    found = states.of(text, tokens_of(text))
    assert found.shape == (5, states.width)
    assert states.width == 384 * len(LAYERS)
    assert np.isfinite(found).all()
    assert not np.allclose(found[2], found[4])
    cosine = found[2] @ found[4] / np.linalg.norm(found[2]) / np.linalg.norm(found[4])
    assert cosine > found[2] @ found[0] / np.linalg.norm(found[2]) / np.linalg.norm(found[0])


def test_words_after_the_encoders_pieces_have_none(states: WordStates) -> None:
    text = "mug " * 200
    found = states.of(text, tokens_of(text))
    assert found[:100].any(1).all()
    assert not found[150:].any()


def test_places_hold_where_letters_are_folded(states: WordStates) -> None:
    text = "Größe 38 für Mädchen 😍 ﬁne"
    found = states.of(text, tokens_of(fold(text)))
    assert found.any(1).all()


def test_an_inner_value_as_output_changes_nothing_of_the_network() -> None:
    model = (SHIPPED / "model.onnx").read_bytes()
    last = "/layers.5/second/LayerNormalization_output_0"
    session = ort.InferenceSession(with_outputs(model, [last]), providers=["CPUExecutionProvider"])
    assert [one.name for one in session.get_outputs()] == [last]
    encoder = Encoder(SHIPPED)
    ids = np.array([encoder._tokenizer.encode("a red kettle").ids], np.int64)
    mean = session.run(None, {"input_ids": ids, "token_type_ids": np.zeros_like(ids)})[0].reshape(ids.shape[1], -1).mean(0)
    assert np.allclose(mean / np.linalg.norm(mean), encoder.encode([("a red kettle", "")])[0], atol=1e-5)
    encoder.close()


@pytest.mark.parametrize("cut", [1, 1_000, 1_000_000])
def test_a_model_that_is_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(ValueError, match="no ONNX model"):
        with_outputs((SHIPPED / "model.onnx").read_bytes()[:-cut], ["x"])


@pytest.mark.parametrize("junk", [b"\xff", b"\x0f", b"\x3a\x05ab"])
def test_bytes_that_are_no_model_are_refused(junk: bytes) -> None:
    with pytest.raises(ValueError, match="no ONNX model"):
        with_outputs(junk, ["x"])
