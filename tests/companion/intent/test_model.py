"""The shipped model: what it promises, and what is refused instead of served."""

import json
import shutil
import subprocess
import sys

import numpy as np
import pytest

from companion.intent import SENTIMENTS, SIGNALS, Context, Item, load_model
from companion.intent.model import SHIPPED, BadModelError, intervals_of
from tests.companion.model_folders import change_manifest, sign

MUG = Context(caption="the self-heating mug everyone asks about", hashtags=("amazonfinds",))


def read(model, *texts):
    return model.read([Item(text, MUG) for text in texts])


def test_plain_buyers_are_told_from_plain_chatter(model):
    where, bought, joke, broken = read(
        model,
        "where can I buy this??",
        "just ordered mine, so excited",
        "your cat in the back 😂",
        "mine broke after a week, don't waste your money",
    )
    assert [said.p_high > 0.5 for said in (where, bought, joke, broken)] == [True, True, False, False]
    assert [said.signal for said in (where, bought, broken)] == ["availability", "bought", "objection"]


def test_a_comment_gets_the_same_answer_alone_and_among_200_others():
    text = "does it come in black?"
    alone, together = load_model(), load_model()
    first = alone.read([Item(text, MUG)])[0]
    others = [Item(f"comment number {i} about something else entirely {'x' * (i % 50)}", MUG) for i in range(200)]
    assert together.read([*others[:100], Item(text, MUG), *others[100:]])[100] == first
    alone.close()
    together.close()


def test_equal_texts_in_equal_context_are_read_once(model):
    encoder, calls = model._encoder, []
    original = encoder.encode
    encoder.encode = lambda pairs, beside=None: calls.append(len(pairs)) or original(pairs, beside)
    try:
        read(model, *["never seen before, is it loud?"] * 50)
        read(model, "never seen before, is it loud?")
    finally:
        encoder.encode = original
    assert calls == [1]


@pytest.mark.parametrize(
    "text", ["", " ", "\ud800", "\u202e\u202e", "h" + "\u0489" * 500, "😭" * 5000, "x" * 10_000_000, "\x00", "a " * 4000]
)
def test_any_text_gets_a_sound_answer(model, text):
    said = model.read([Item(text, MUG)])[0]
    low, high = said.interval
    assert 1 <= low <= high <= 10
    assert 1 <= said.grade <= 10
    assert 0 <= said.p_high <= 1
    assert said.signal in SIGNALS
    assert said.sentiment in SENTIMENTS
    assert said.truncated == (len(text) > 1000)


def test_the_context_decides_what_the_words_mean(model):
    about_mug, about_song = model.read(
        [Item("where can I find this?", MUG), Item("where can I find this?", Context(note="dance video, song clip"))]
    )
    assert about_mug.p_high > about_song.p_high


def test_an_interval_is_the_middle_of_the_distribution():
    distribution = np.array([0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.2, 0.05, 0.03, 0.02], np.float32)
    assert intervals_of(np.stack([distribution, np.eye(10, dtype=np.float32)[6]]), 0.05) == [(3.0, 8.0), (7.0, 7.0)]


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(SHIPPED, tmp_path / "model")


def test_a_changed_file_is_refused_by_its_hash(folder):
    with (folder / "heads.npz").open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(BadModelError, match=r"heads\.npz.*hash"):
        load_model(folder)


def test_a_missing_head_is_refused_by_name(folder):
    arrays = dict(np.load(folder / "heads.npz"))
    del arrays["signal_w"]
    np.savez(folder / "heads.npz", **arrays)
    sign(folder)
    with pytest.raises(BadModelError, match="signal_w"):
        load_model(folder)


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "lexical.npz", "heads.npz"])
@pytest.mark.parametrize("hashes", [lambda all_, name: {**all_, name: ""}, lambda all_, name: {k: v for k, v in all_.items() if k != name}])
def test_a_file_without_a_hash_is_refused_unchecked(folder, name, hashes):
    known = json.loads((folder / "model.json").read_text())["sha256"]
    change_manifest(folder, sha256=hashes(known, name))
    with pytest.raises(BadModelError, match=rf"names no hash for .*{name}"):
        load_model(folder)


@pytest.mark.parametrize("hashes", [{}, [], "", None, 7, ["heads.npz"], {"heads.npz": 7}])
def test_hashes_that_are_none_are_refused(folder, hashes):
    change_manifest(folder, sha256=hashes)
    with pytest.raises(BadModelError, match=r"names no hash|cannot be read"):
        load_model(folder)


def test_a_model_for_other_text_rules_is_refused(folder):
    manifest = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps({**manifest, "normaliser": "n0"}))
    with pytest.raises(BadModelError, match="n0"):
        load_model(folder)


def test_a_missing_file_is_named(folder):
    (folder / "tokenizer.json").unlink()
    with pytest.raises(BadModelError, match=r"tokenizer\.json"):
        load_model(folder)


def test_serving_needs_neither_torch_nor_transformers():
    code = (
        "import sys; from companion.intent import load_model; load_model().close(); "
        "print([m for m in ('torch', 'transformers', 'flask') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_the_shipped_folders_stay_small():
    for name in ("intent", "sentence"):
        size = sum(path.stat().st_size for path in (SHIPPED.parent / name).rglob("*") if path.is_file())
        assert size <= 25_000_000, f"{name} has {size:,} bytes"
