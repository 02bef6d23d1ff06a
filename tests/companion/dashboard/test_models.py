"""Models: the table, choosing and going back, the user's labels, a training watched, the cleaning report."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from companion import training_process, training_progress
from companion.dashboard import own_labels, training
from companion.dashboard.extras import Extra
from companion.dashboard.model_card import read_card
from companion.dashboard.model_table import common_set
from companion.dashboard.training_words import left_words, stage_words
from companion.intent.model import SHIPPED
from companion.registry import Registry
from companion.services import Services
from companion.store import Store, clock, labels, model_events
from companion.store.labels import LabelEvent
from companion.training import dataset, promotion
from companion.training.examples import Example, parse
from companion.training_progress import STAGES, Compared, DataSetCounts, ModelName, Progress, Result
from tests.companion.dashboard.conftest import Press
from tests.companion.store.scenes import label

Give = Callable[..., None]

TELLING = {"n": 200, "f1_high": 0.71, "roc_auc": 0.9, "mae": 1.31, "coverage": 0.9, "unsure": 0.1}


def add_model(store: Store, name: str, card: dict[str, Any] | None = None, **manifest: Any) -> Path:
    """A model trained here: the shipped one under another id."""
    folder = store.workspace.models / name
    folder.mkdir(parents=True)
    for path in SHIPPED.iterdir():
        if path.suffix not in (".json", ".md") or path.name == "tokenizer.json":
            (folder / path.name).symlink_to(path)
    known = json.loads((SHIPPED / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps({**known, "id": name, **manifest}))
    if card is not None:
        (folder / "card.json").write_text(json.dumps(card))
    return folder


def in_use(page: str) -> list[str]:
    """Titles of the rows that are marked as in use or about to be."""
    rows = re.findall(r'<td class="about".*?</td>', page, re.S)
    return [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", row)).strip() for row in rows if 'class="tag' in row]


@pytest.fixture
def give(store: Store) -> Give:
    """Stores labels."""

    def save(events: Sequence[LabelEvent]) -> None:
        with store.writing("labels") as connection:
            for event in events:
                labels.append(connection, event)

    return save


def test_the_table_lists_every_model_and_marks_the_one_in_use_in_words(store: Store, entered: FlaskClient, services: Services) -> None:
    add_model(store, "mine", {"trained": "2026-11-28", "data": {"lines": 5900, "own": 120}})
    page = entered.get("/models").text
    assert in_use(page) == [f"Shipped with BuySignal In use {services.model.id}"]
    assert 'href="/models/mine"' in page
    assert "2026-11-28" in page
    assert "5,780 examples and 120 labels of yours" in page
    assert "Go back to the previous model" not in page
    assert "None yet: the model that came with BuySignal" in page


def test_figures_stand_side_by_side_only_where_the_set_is_the_same(tmp_path: Path) -> None:
    def card(**parts: Any) -> Any:
        (tmp_path / "card.json").write_text(json.dumps(parts))
        return read_card(tmp_path / "card.json")

    first = card(held_out={**TELLING, "n": 1445}, real_comments={"all": {**TELLING, "n": 615}, "source x": {**TELLING, "n": 20}})
    second = card(held_out={**TELLING, "n": 1500}, exam={"all": TELLING})
    third = card(held_out={**TELLING, "n": 1510}, exam={"all": TELLING})
    assert common_set([first]) == ("real_comments all", 615)
    assert common_set([first, second]) == ("real_comments all", 615)
    assert common_set([first, second, third]) == ("exam all", 200)
    assert common_set([]) is None


def test_a_model_is_put_into_use_and_given_up_again(store: Store, entered: FlaskClient, press: Press) -> None:
    add_model(store, "mine")
    answer = press("/models/mine/use")
    assert (answer.status_code, answer.location) == (303, "/models")
    page = entered.get("/models").text
    assert "“mine” is in use." in page
    assert "mine Taking over…" in in_use(page)
    assert 'hx-trigger="every 2s"' in page.split("</section>")[0]  # until it grades
    assert "That was “Shipped with BuySignal”." in page
    assert press("/models/in-use/previous").status_code == 303
    page = entered.get("/models").text
    assert "Back to “Shipped with BuySignal”." in page
    assert in_use(page)[0].startswith("Shipped with BuySignal In use")
    assert re.findall(r"<li><strong>(.*?)</strong> (.*?),", page) == [
        ("Shipped with BuySignal", "gone back to"),
        ("mine", "chosen by hand"),
    ]


def test_nothing_to_go_back_to_is_said(entered: FlaskClient, press: Press) -> None:
    assert press("/models/in-use/previous").status_code == 303
    assert "No other model was in use before" in entered.get("/models").text


def test_a_damaged_model_is_refused_with_the_reason_and_the_old_one_stays(store: Store, entered: FlaskClient, press: Press) -> None:
    folder = add_model(store, "mine")
    (folder / "heads.npz").unlink()
    (folder / "heads.npz").write_bytes(b"other heads")
    assert press("/models/mine/use").status_code == 303
    page = entered.get("/models").text
    assert "“mine” cannot be used:" in page
    assert "its hash differs" in page
    assert "The model that was in use goes on grading." in page
    assert Registry(store).active_name() == "shipped"


def test_a_deleted_model_is_not_gone_back_to(store: Store, entered: FlaskClient, press: Press) -> None:
    with store.writing() as connection:
        model_events.record(connection, "promote", "gone", "It finds buyers better.")
        model_events.record(connection, "use", "shipped")
    assert press("/models/in-use/previous").status_code == 303
    page = entered.get("/models").text
    assert "“gone” cannot be used: it is not there any more." in page
    assert "It finds buyers better." in page


def test_a_chosen_model_that_was_refused_is_a_warning(store: Store, entered: FlaskClient, services: Services) -> None:
    add_model(store, "mine", normaliser="n0")
    with store.writing() as connection:
        model_events.record(connection, "use", "mine")
    assert not services.live.look()
    page = entered.get("/models").text
    assert "The chosen model was refused." in page
    assert "“Shipped with BuySignal” goes on grading until you choose another." in page
    assert in_use(page) == [f"Shipped with BuySignal In use instead {services.model.id}", "mine Chosen, but refused"]


def test_each_model_has_its_own_account(store: Store, entered: FlaskClient, services: Services) -> None:
    folder = add_model(
        store, "mine", {"base": "small encoder", "data": {"lines": 10, "own": 4}, "exam": {"all": TELLING, "id-ms": TELLING}}
    )
    (folder / "MODEL_CARD.md").write_text("# Card\n\nWeak at <script>sarcasm</script>.")
    page = entered.get("/models/mine").text
    for expected in (
        "small encoder",
        "10 graded comments, 4 of them yours",
        "exam comments, all",
        "exam comments, Indonesian and Malay",
        "0.71",
        "Use this model",
    ):
        assert expected in page
    assert "&lt;script&gt;sarcasm" in page
    shipped = entered.get("/models/shipped").text
    assert services.model.id in shipped
    assert "This model grades the comments now." in shipped
    assert "Use this model" not in shipped


@pytest.mark.parametrize("name", ["none", "..", "%2e%2e", "..%2fmodels%2fmine", "%2fetc", "min", "mine%00", "../workspace.key", "training"])
def test_only_a_model_that_is_there_has_a_page(store: Store, entered: FlaskClient, press: Press, name: str) -> None:
    add_model(store, "mine")
    assert entered.get(f"/models/{name}").status_code in (308, 404)
    assert press(f"/models/{name}/use").status_code in (308, 404, 405)
    assert Registry(store).active_name() == "shipped"


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


def example(text: str, grade: int, lang: str = "en", group: str = "g") -> Example:
    return parse(
        {
            "text": text,
            "context": "bottle",
            "grade": grade,
            "signal": "none",
            "sentiment": "neutral",
            "lang": lang,
            "group": group,
            "product": "",
        }
    )


def test_the_cleaning_report_says_what_went_and_why(store: Store, entered: FlaskClient) -> None:
    rows = [
        example("where can I buy this", 8),
        example("WHERE CAN I BUY THIS", 8),
        example("so <i>ugly</i>", 1, "de"),
        example("\u200b.", 2),
    ]
    copies = [example(f"bottle number {n:03d} of the long row", 3, group=f"g{n}") for n in range(130)]
    made = dataset.make(store.workspace.datasets, [*rows, *copies, *copies], blind=[rows[0]])
    page = entered.get(f"/models/datasets/{made.id}").text
    counts = made.manifest["cleaning"]["counts"]
    assert counts["repeat"] >= 131
    assert "the same comment about the same video is there already" in page
    assert f"1–25 of {sum(counts.values())}" in page
    assert re.search(r"<td>German</td><td class=\"number\">1</td><td class=\"number\">1</td>", page)
    assert re.search(r"<td>8</td><td class=\"number\">2</td><td class=\"number\">1</td>", page)
    last = entered.get(f"/models/datasets/{made.id}?reason=repeat&page=999").text
    assert f"of {counts['repeat']}" in last
    assert "Next" not in last
    assert entered.get(f"/models/datasets/{made.id}?reason=%3Cscript%3E&page=-1").status_code == 200


@pytest.mark.parametrize("ident", ["0123456789ab", "..", "%2e%2e", "..%2f..%2fx", "0123456789AB", "0123456789ab0", "abc", "0123456789a%00"])
def test_only_a_data_set_that_is_there_has_a_report(store: Store, entered: FlaskClient, ident: str) -> None:
    (store.workspace.root / "manifest.json").write_text("{}")
    assert entered.get(f"/models/datasets/{ident}").status_code in (308, 404)


def test_a_broken_manifest_is_no_report(store: Store, entered: FlaskClient) -> None:
    folder = store.workspace.datasets / "0123456789ab"
    folder.mkdir(parents=True)
    for content in ("", "[]", '{"id": "0123456789ab"}'):
        (folder / "manifest.json").write_text(content)
        assert entered.get("/models/datasets/0123456789ab").status_code == 404


def test_a_model_names_the_report_of_what_it_learned_from(store: Store, entered: FlaskClient) -> None:
    made = dataset.make(store.workspace.datasets, [example("hi there", 2)])
    add_model(store, "mine", {"dataset": made.id, "data": {"lines": 1}})
    assert f'href="/models/datasets/{made.id}"' in entered.get("/models/mine").text


def test_the_page_loads_no_training_tools(store: Store) -> None:
    code = (
        "import sys; from companion.dashboard import models, own_labels; import companion.app; from companion.store import open_store\n"
        "with open_store(__import__('pathlib').Path(sys.argv[1])).reading() as c: own_labels.counted(c)\n"
        "print([name for name in ('torch', 'transformers', 'sklearn') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code, str(store.workspace.root)], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
