"""The user's labels counted, and a training on them: started, watched, compared."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from companion import training_process, training_progress
from companion.dashboard import own_labels, training
from companion.dashboard.training_words import left_words, stage_words
from companion.extras import Extra
from companion.registry import Registry
from companion.store import Store, clock, labels
from companion.store.labels import LabelEvent
from companion.training import promotion
from companion.training_progress import STAGES, Compared, DataSetCounts, ModelName, Progress, Result
from tests.companion.dashboard.conftest import Press
from tests.companion.dashboard.models_scene import add_model
from tests.companion.store.scenes import label

Give = Callable[..., None]


@pytest.fixture
def give(store: Store) -> Give:
    """Stores labels."""

    def save(events: Sequence[LabelEvent]) -> None:
        with store.writing("labels") as connection:
            for event in events:
                labels.append(connection, event)

    return save


def test_labels_are_counted_as_a_training_splits_them(store: Store, entered: FlaskClient, give: Give) -> None:
    assert "You have no labels yet." in entered.get("/models").text
    blind = [f"v{n}" for n in range(200) if f"tiktok:v{n}" in _blind(f"v{n}" for n in range(200))][:3]
    other = [f"v{n}" for n in range(200) if f"v{n}" not in blind][:5]
    seen = [label(n, video_id=video, source="import", grade=8 if n % 4 == 0 else 2) for n, video in enumerate(blind * 20)]
    taught = [label(100 + n, video_id=video) for n, video in enumerate(other)]
    ours = [label(900, platform="sample", video_id="sample-v1")]
    give([*seen[:30], *taught, *ours])
    page = entered.get("/models").text
    assert "35 comments of 8 videos" in page
    assert "30 of 3 videos, 8 of them close to buying" in page
    assert "Missing: 10 labels." in page
    give(seen[30:])
    assert "That is enough to compare two models." in entered.get("/models").text


def _blind(videos: Any) -> set[str]:
    from companion.training.own_labels import own_labels as split

    events = [label(n, comment_id=video, video_id=video, source="import") for n, video in enumerate(videos)]
    return {example.group for example in split(events).blind}


def test_the_page_asks_for_what_the_comparison_asks_for() -> None:
    page = own_labels.ENOUGH_BLIND, own_labels.ENOUGH_HIGH, own_labels.ENOUGH_VIDEOS
    assert page == (promotion.MIN_LABELS, promotion.MIN_HIGH, promotion.MIN_VIDEOS)


def progress(**changes: Any) -> Progress:
    usual = Progress("run-1", os.getpid(), "running", "fine-tuning", 120, 900, 340, 1, clock.now_ms())
    return replace(usual, dataset=DataSetCounts("0123456789ab", 8231, 120, 80, {"repeat": 3, "near repeat": 40}), **changes)


def finished(verdict: Any, promoted: bool = False, candidate: str = "mine") -> Progress:
    rows = [
        Compared("your own labels kept aside", 80, "buyers found (F1)", 0.71, 0.78),
        Compared("your own labels kept aside", 80, "grades off by", 1.2, 1.4),
        Compared("your own labels kept aside", 80, "ranked right (ROC-AUC)", None, 0.9),
    ]
    result = Result(ModelName(candidate, candidate), ModelName("shipped", "intent-1"), verdict, promoted, "Because of this.", rows)
    return progress(state="done", stage="comparing", result=result)


def test_the_button_starts_only_what_can_work(store: Store, entered: FlaskClient, give: Give, press: Press) -> None:
    assert "There is no label of yours to learn from yet." in entered.get("/models").text
    press("/models/training/start")
    assert "so nothing was started" in entered.get("/models").text
    give([label(1)])
    page = entered.get("/models").text
    assert ("Train on my labels" in page) == training.TRAIN.installed
    assert training_process.current(store.workspace) is None


def test_without_the_tools_the_page_says_how_to_add_them(
    entered: FlaskClient, give: Give, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "TRAIN", Extra("train", "the training tools", ("no_such_module",), 1.0))
    give([label(1)])
    page = entered.get("/models").text
    assert "make run EXTRAS=train" in page
    assert "Train on my labels" not in page
    press("/models/training/start")
    assert "The training tools are not installed" in entered.get("/models").text


def test_a_running_training_is_watched(store: Store, entered: FlaskClient) -> None:
    training_progress.write(store.workspace.trainings, progress())
    for page in (entered.get("/models").text, entered.get("/models/training/panel").text):
        for expected in (
            "Part 2 of 5: Learning from the comments",
            'max="900" value="120"',
            "13% of this part done, about 6 minutes left",
            "8,231 comments, 120 of them yours; 80 of yours are kept aside",
            "43 comments left out in the cleaning.",
            'hx-get="/models/training/panel" hx-trigger="every 2s"',
            ">Stop</button>",
        ):
            assert expected in page
        assert "Train on my labels" not in page


def test_one_that_died_goes_on_where_it_was(store: Store, entered: FlaskClient, give: Give) -> None:
    give([label(1)])
    training_progress.write(store.workspace.trainings, progress(updated_at=clock.now_ms() - 3 * clock.MINUTE))
    page = entered.get("/models/training/panel").text
    assert "The training was stopped" in page
    assert "Start it again, it goes on where it was." in page
    assert "hx-trigger" not in page


def test_one_that_failed_says_why_and_where_to_read_more(store: Store, entered: FlaskClient) -> None:
    training_progress.write(store.workspace.trainings, progress(state="failed", message="<b>no disk</b>"))
    page = entered.get("/models/training/panel").text
    assert "&lt;b&gt;no disk&lt;/b&gt;" in page
    assert str(store.workspace.trainings / "train.log") in page


OUTCOMES = [
    (finished("better", promoted=True), "The new model is better and was put into use.", []),
    (finished("better"), "The new model is better. It is not in use yet.", ["Use it"]),
    (finished("not better"), "The new model is not better, so the model in use stays.", ["Use it anyway"]),
    (finished("cannot tell yet"), "There is too little to tell which is better, so the model in use stays.", ["Use it anyway"]),
    (finished("not better", promoted=True), "The new model was put into use.", []),
]


@pytest.mark.parametrize(("told", "headline", "buttons"), OUTCOMES)
def test_a_finished_one_shows_the_comparison(store: Store, entered: FlaskClient, told: Progress, headline: str, buttons: list[str]) -> None:
    add_model(store, "mine")
    assert told.result
    if told.result.promoted:
        Registry(store).use("mine", "promote")
    training_progress.write(store.workspace.trainings, told)
    page = entered.get("/models/training/panel").text
    assert headline in page
    assert "Because of this." in page
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page)
    rows = [[re.sub("<[^>]+>", "", cell) for cell in cells[i : i + 6]] for i in range(0, len(cells), 6)]
    assert rows == [
        ["your own labels kept aside", "80", "Buyers found (F1)", "0.71", "0.78", "new model"],
        ["your own labels kept aside", "80", "Off by", "1.20", "1.40", "model so far"],
        ["your own labels kept aside", "80", "Ranked right", "–", "0.90", "not known"],
    ]
    assert re.findall(r'action="/models/mine/use".*?<button type="submit">(.*?)<', page, re.S) == buttons


def test_one_that_is_not_better_can_be_used_anyway(store: Store, entered: FlaskClient, press: Press) -> None:
    add_model(store, "mine")
    training_progress.write(store.workspace.trainings, finished("cannot tell yet"))
    assert press("/models/mine/use").status_code == 303
    assert Registry(store).active_name() == "mine"
    assert "/models/mine/use" not in entered.get("/models/training/panel").text


def test_a_result_whose_model_was_deleted_offers_nothing(store: Store, entered: FlaskClient) -> None:
    training_progress.write(store.workspace.trainings, finished("not better", candidate="../../etc"))
    assert "/use" not in entered.get("/models/training/panel").text


def test_every_stage_has_words() -> None:
    assert [stage_words(stage)[:12] for stage in STAGES] == [f"Part {n} of 5: "[:12] for n in range(1, 6)]
    assert left_words(90 * 60) == "about 1 h 30 min left"
