"""The models of a workspace: choosing one, going back, and what is refused."""

import os
import pickle

import numpy as np
import pytest

from companion.intent.model import SHIPPED
from companion.registry import BUILT_IN, SHIPPED_NAME, BadModelError, Registry, UnknownModelError
from companion.store import model_events
from tests.companion.model_folders import another_model, change_heads, change_manifest, sign


@pytest.fixture
def registry(store):
    return Registry(store)


@pytest.fixture
def models(store):
    """Two models, trained one after the other."""
    for age, ident in enumerate(("own-1-aaaa", "own-2-bbbb")):
        made = another_model(store.workspace.models, ident)
        os.utime(made / "model.json", (1000 + age, 1000 + age))
    return store.workspace.models


def history(store):
    with store.reading() as connection:
        return [(event.action, event.model) for event in model_events.history(connection)]


def test_the_shipped_model_is_in_use_until_another_is_chosen(registry, models):
    assert [(entry.name, entry.active) for entry in registry.entries()] == [
        (SHIPPED_NAME, True),
        ("multilingual", False),
        ("own-1-aaaa", False),
        ("own-2-bbbb", False),
    ]
    assert registry.active_folder() == SHIPPED


def test_a_model_put_into_use_is_the_one_that_is_loaded(registry, models):
    assert registry.use("own-1-aaaa").id == "own-1-aaaa"
    loaded = registry.load_active()
    assert loaded.id == "own-1-aaaa"
    loaded.close()


def test_a_model_is_found_by_name_by_id_and_by_the_beginning_of_its_id(registry, models):
    shipped = registry.entries()[0]
    assert registry.find(SHIPPED_NAME) == registry.find(shipped.id) == shipped
    assert registry.find("own-2").name == "own-2-bbbb"


@pytest.mark.parametrize(("name", "says"), [("mini", "no model is called 'mini'"), ("own-", "several models are called 'own-'")])
def test_an_unknown_name_lists_the_known_ones(registry, models, store, name, says):
    with pytest.raises(UnknownModelError) as refused:
        registry.use(name)
    assert str(refused.value) == f"{says}; there are: shipped, multilingual, own-1-aaaa, own-2-bbbb"
    assert history(store) == []


def test_a_path_is_no_name(registry, models):
    with pytest.raises(UnknownModelError):
        registry.use("../models/own-1-aaaa")


def test_going_back_goes_one_by_one_to_the_first(registry, models):
    registry.use("own-1-aaaa")
    registry.use("own-2-bbbb", "promote")
    assert [registry.rollback().name for _ in range(2)] == ["own-1-aaaa", SHIPPED_NAME]
    with pytest.raises(UnknownModelError, match="no other was before; choose one with `buysignal models use NAME`"):
        registry.rollback()
    assert registry.active_name() == SHIPPED_NAME


def test_going_back_after_a_new_choice_goes_to_what_was_in_use_before_it(registry, models):
    registry.use("own-1-aaaa")
    registry.rollback()
    registry.use("own-2-bbbb")
    registry.use("own-2-bbbb")
    assert registry.rollback().name == SHIPPED_NAME


def test_choosing_the_shipped_one_can_be_taken_back(registry, models):
    registry.use("own-1-aaaa")
    registry.use(SHIPPED_NAME)
    assert registry.rollback().name == "own-1-aaaa"
    assert registry.rollback().name == SHIPPED_NAME


def test_every_change_is_kept_with_its_reason(registry, models, store):
    registry.use("own-1-aaaa", "promote", "it finds more")
    registry.rollback()
    assert history(store) == [("promote", "own-1-aaaa"), ("rollback", SHIPPED_NAME)]
    with store.reading() as connection:
        assert model_events.history(connection)[0].reason == "it finds more"


def test_a_deleted_model_cannot_be_gone_back_to(registry, models, store):
    registry.use("own-1-aaaa")
    registry.use("own-2-bbbb")
    (models / "own-1-aaaa" / "model.json").unlink()
    with pytest.raises(UnknownModelError, match="own-1-aaaa"):
        registry.rollback()
    assert registry.active_name() == "own-2-bbbb"


def wrong_hash(folder):
    with (folder / "lexical.npz").open("ab") as stream:
        stream.write(b"x")


def other_vocabulary(folder):
    tokenizer = folder / "tokenizer.json"
    tokenizer.write_text(tokenizer.read_text(encoding="utf-8").replace('"the"', '"teh"', 1), encoding="utf-8")


def missing_head(folder):
    change_heads(folder, lambda arrays: {name: array for name, array in arrays.items() if name != "emotion_w"})


def narrow_head(folder):
    change_heads(folder, lambda arrays: {**arrays, "signal_b": arrays["signal_b"][:3]})


def pickled_array(folder):
    change_heads(folder, lambda arrays: {**arrays, "cut": np.array([{"a": 1}], object)})


def a_pickle(folder):
    (folder / "heads.npz").write_bytes(pickle.dumps({"cut": 1}))
    sign(folder)


def half_a_file(folder):
    whole = (folder / "heads.npz").read_bytes()
    (folder / "heads.npz").write_bytes(whole[: len(whole) // 2])
    sign(folder)


def no_encoder(folder):
    (folder / "model.onnx").write_bytes(b"not onnx")
    sign(folder)


def no_tokenizer(folder):
    (folder / "tokenizer.json").write_text("{}")
    sign(folder)


REFUSED = [
    (wrong_hash, r"lexical\.npz.*hash differs"),
    (other_vocabulary, r"tokenizer\.json.*hash differs"),
    (missing_head, "emotion_w"),
    (narrow_head, "signal_b"),
    (pickled_array, "allow_pickle=False"),
    (a_pickle, "pickled"),
    (half_a_file, "own-1-aaaa cannot be served"),
    (no_encoder, "own-1-aaaa cannot be served"),
    (no_tokenizer, "own-1-aaaa cannot be served"),
    (lambda folder: change_manifest(folder, normaliser="n0"), "text rules n0"),
    (lambda folder: (folder / "model.json").write_text("{}"), r"model\.json.*cannot be read"),
    (lambda folder: (folder / "lexical.npz").unlink(), r"lexical\.npz"),
]
NAMES = [
    "wrong hash", "other vocabulary", "missing head", "narrow head", "pickled array", "a pickle", "half a file", "no encoder",
    "no tokenizer", "other text rules", "empty manifest", "missing file",
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "reason"), REFUSED, ids=NAMES)
def test_a_model_that_must_not_be_served_is_refused_with_the_reason_and_the_old_one_stays(registry, store, spoil, reason):
    spoil(another_model(store.workspace.models, "own-1-aaaa"))
    with pytest.raises(BadModelError, match=reason):
        registry.use("own-1-aaaa")
    assert registry.active_name() == SHIPPED_NAME
    assert history(store) == []


def test_a_folder_that_is_no_model_is_not_listed(registry, store):
    (store.workspace.models / "notes").mkdir(parents=True)
    assert [entry.name for entry in registry.entries()] == list(BUILT_IN)
