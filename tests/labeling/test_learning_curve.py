"""The learning curve: what labels are worth, and what more of them would bring."""

from __future__ import annotations

import re
import time

import numpy as np
import pytest
from flask.testing import FlaskClient

from companion.store import Store, labels
from labeling.learning_curve import FEWEST, MORE, Curve, curve_of
from tests.labeling.quality_scene import labelled, words


def made(n: int, noise: float) -> Curve:
    """A curve of the first n of 600 labels whose grades depend on 20 of 60 numbers, with noise."""
    chance = np.random.default_rng(1)
    vectors, weights = chance.normal(size=(600, 60)), np.r_[chance.normal(size=20), np.zeros(40)] * 0.5
    grades = np.clip(np.rint(5.5 + vectors @ weights + noise * chance.normal(size=600)), 1, 10).astype(int)
    return curve_of(vectors[:n], grades[:n].tolist(), list(range(n)))


def test_more_labels_bring_a_learnable_grade_closer_and_the_next_hundred_do_what_was_expected() -> None:
    few, more = made(400, 0.3), made(400 + MORE * 5 // 4, 0.3)
    distances = [step.distance for step in few.steps]
    assert distances == sorted(distances, reverse=True)
    assert [step.labels for step in few.steps] == [64, 128, 192, 256, 320]
    assert few.tells
    assert few.low <= few.change <= few.high
    assert few.steps[-1].distance - more.steps[-1].distance == pytest.approx(few.change, abs=0.03)


def test_nothing_to_learn_is_said_to_be_nothing() -> None:
    chance = np.random.default_rng(2)
    curve = curve_of(chance.normal(size=(200, 20)), chance.integers(1, 11, 200).tolist(), list(range(200)))
    assert curve.change < 0.1
    assert not curve.tells or curve.low < 0.05


@pytest.mark.parametrize(
    ("grades", "why"), [([5] * (FEWEST - 1), "It takes 50 labels"), ([5] * 80, "the same grade"), ([], "It takes 50 labels")]
)
def test_too_little_says_what_is_missing(grades: list[int], why: str) -> None:
    assert why in curve_of(np.zeros((len(grades), 3)), grades, list(range(len(grades)))).why


def test_the_same_words_are_never_on_both_sides() -> None:
    chance = np.random.default_rng(3)
    vectors, grades = chance.normal(size=(20, 30)), chance.integers(1, 11, 20)
    repeated = curve_of(np.repeat(vectors, 5, 0), np.repeat(grades, 5).tolist(), np.repeat(np.arange(20), 5).tolist())
    assert repeated.steps[-1].distance > 1.5  # by heart it would be 0


def test_the_page_fills_by_itself(entered: FlaskClient, store: Store) -> None:
    assert "What more labels bring" in entered.get("/label/coverage").text
    texts = [f"{said} {n}" for n in range(15) for said in ("where can I buy the lamp", "so pretty", "my dog", "just ordered it")]
    with store.writing("labels") as connection:
        for n, text in enumerate(texts):
            labels.append(connection, labelled(f"c{n}", text, (8, 4, 2, 10)[n % 4]))
    page = words(entered.get("/label/curve").text)
    for _ in range(600):
        if "Grades off" in page:
            break
        assert "fills by itself" in page
        time.sleep(0.2)
        page = words(entered.get("/label/curve").text)
    assert re.search(r"Labels As a bar Grades off 10 \d\.\d\d 19 \d\.\d\d 29 \d\.\d\d 38 \d\.\d\d 48 \d\.\d\d", page), page
