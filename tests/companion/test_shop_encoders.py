"""The shop's encoders: choosing, going back, and refusing what must not be searched with."""

from __future__ import annotations

import json
import logging
import shutil

import numpy as np
import pytest

from companion.intent.model import SHIPPED as INTENT
from companion.live_shop import LiveShop
from companion.shop_encoders import MANIFEST, SHIPPED_NAME, BadEncoderError, Encoders, UnknownEncoderError, check, folder_of, served
from companion.shop_index import open_shop, vectors_of
from companion.store import catalogue, catalogue_imports
from tests.companion.shop.retrieval.scene import SHELF
from tests.companion.shop_encoder_folders import another_encoder, sign


@pytest.fixture
def shelf(store):
    """A store with six products."""
    with store.writing() as connection:
        catalogue.save(connection, SHELF, catalogue_imports.begin(connection, "f.csv", "table", {}, 1_000), 1_000)
    return store


def names(store):
    return [(entry.name, entry.active) for entry in Encoders(store).entries()]


def test_the_shipped_encoder_is_in_use_until_another_is_chosen_and_a_rollback_goes_back_step_by_step(store):
    assert names(store) == [(SHIPPED_NAME, True)]
    another_encoder(store, "retrieval-1"), another_encoder(store, "retrieval-2")
    known = Encoders(store)
    known.use("retrieval-1")
    known.use("retrieval-2", "promote", "better")
    assert names(store) == [(SHIPPED_NAME, False), ("retrieval-1", False), ("retrieval-2", True)]
    assert [known.rollback().name, known.rollback().name] == ["retrieval-1", SHIPPED_NAME]
    with pytest.raises(UnknownEncoderError, match="no other was before"):
        known.rollback()
    assert [(one.action, one.name, one.reason) for one in known.history()][:2] == [
        ("use", "retrieval-1", ""),
        ("promote", "retrieval-2", "better"),
    ]


def test_an_encoder_is_found_by_the_beginning_of_its_name_if_that_is_enough(store):
    another_encoder(store, "retrieval-20260102-aa"), another_encoder(store, "retrieval-20260103-bb")
    known = Encoders(store)
    assert known.find("retrieval-20260103").name == "retrieval-20260103-bb"
    with pytest.raises(UnknownEncoderError, match="several encoders are called 'retrieval'"):
        known.find("retrieval")
    with pytest.raises(UnknownEncoderError, match="no encoder is called ''; there are: shipped, retrieval-20260102-aa"):
        known.find("")


def test_no_folder_takes_the_name_of_the_shipped_one(store):
    another_encoder(store, SHIPPED_NAME)
    assert names(store) == [(SHIPPED_NAME, True)]
    assert Encoders(store).find(SHIPPED_NAME).manifest == {}


def foreign(folder):
    shutil.copy(INTENT / "model.json", folder / MANIFEST)


def changed(folder):
    with (folder / "model.onnx").open("ab") as stream:
        stream.write(b"x")


def cut_off(folder):
    data = (folder / "model.onnx").read_bytes()
    (folder / "model.onnx").write_bytes(data[: len(data) // 2])
    sign(folder)


def of_comments(folder):
    """The intent model's encoder: it gives vectors of other lengths than 1."""
    for name in ("model.onnx", "tokenizer.json"):
        shutil.copy(INTENT / name, folder / name)
    sign(folder)


BROKEN = {
    "no manifest": (lambda folder: (folder / MANIFEST).unlink(), "holds no encoder of the shop"),
    "a manifest of something else": (foreign, "is not the file of encoder intent-"),
    "no JSON": (lambda folder: (folder / MANIFEST).write_text("[1"), "holds no encoder of the shop"),
    "a list": (lambda folder: (folder / MANIFEST).write_text("[1]"), "holds no encoder of the shop"),
    "other text rules": (lambda folder: sign(folder, normaliser="n0"), "was trained with text rules n0"),
    "a network that was changed": (changed, r"model\.onnx is not the file of encoder retrieval-1 \(its hash differs\)"),
    "a network that is gone": (lambda folder: (folder / "model.onnx").unlink(), r"is not whole: model file .*model\.onnx cannot be read"),
    "half a network": (cut_off, "cannot be searched with"),
    "an encoder of comments": (of_comments, "in place of 1: it is no encoder of the shop"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_or_foreign_folder_is_refused_with_the_reason_and_the_one_in_use_stays(store, fault):
    breaks, reason = BROKEN[fault]
    folder = another_encoder(store, "retrieval-1")
    breaks(folder)
    with pytest.raises(BadEncoderError, match=reason):
        Encoders(store).use("retrieval-1")
    assert Encoders(store).active_name() == SHIPPED_NAME


def test_an_encoder_in_use_that_breaks_makes_way_for_the_shipped_one_with_a_warning(shelf, caplog):
    folder = another_encoder(shelf, "retrieval-1")
    Encoders(shelf).use("retrieval-1")
    shutil.rmtree(folder)
    with caplog.at_level(logging.WARNING, "buysignal"):
        shop = open_shop(shelf)
    assert shop.retriever.search("ceramic mug", 1, "dense")[0].place in (3, 4)
    assert "encoder retrieval-1 cannot be used, so the shipped one searches: no encoder is called 'retrieval-1'" in caplog.text
    shop.encoder.close()


def test_the_index_is_rebuilt_for_another_encoder_and_comes_back_without_reading_again(shelf):
    open_shop(shelf).encoder.close()
    stamp = shelf.workspace.shop / "dense-ip.json"
    first = json.loads(stamp.read_text())["encoder"]
    another_encoder(shelf, "retrieval-1")
    Encoders(shelf).use("retrieval-1")
    shop = open_shop(shelf)
    assert json.loads(stamp.read_text())["encoder"] == shop.encoder.name != first
    assert len(vectors_of(shelf, shop.encoder)) == 5
    Encoders(shelf).rollback()
    read = []
    back = open_shop(shelf, seen=lambda *done: read.append(done))
    assert (json.loads(stamp.read_text())["encoder"], read) == (first, [])
    shop.encoder.close(), back.encoder.close()


def test_a_running_companion_takes_another_encoder_over_and_answers_meanwhile(shelf):
    live = LiveShop(shelf)
    first = live.current()
    live.wait()
    folder = another_encoder(shelf, "retrieval-1")
    Encoders(shelf).use("retrieval-1")
    assert live.current().encoder.name == first.encoder.name
    live.wait()
    second = live.current()
    encoder = check(folder)
    assert second.encoder.name == encoder.name != first.encoder.name
    assert second.unread == 0
    assert live.current() is second
    assert [hit.place for hit in first.retriever.search("wall clock", 1)] == [5]  # a request that began before the change
    live.close()
    encoder.close()


def test_vectors_of_the_served_encoder_have_unit_length(store):
    another_encoder(store, "retrieval-1")
    Encoders(store).use("retrieval-1")
    encoder = served(store)
    assert np.linalg.norm(encoder.encode(["a mug", "🕯️ " * 300]), axis=1) == pytest.approx(1.0, abs=1e-3)
    encoder.close()


def test_trained_encoders_lie_apart_from_models_of_comments(store):
    another_encoder(store, "retrieval-1")
    from companion.registry import Registry

    assert [entry.name for entry in Registry(store).entries()] == ["shipped", "multilingual"]
    assert folder_of(store.workspace).parent == store.workspace.models
