"""What people press on the labeling screen reaches a training, with everybody's grade, and changes what the model says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import mean
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from companion.app import create_app
from companion.config import Config
from companion.intent import Context, IntentModel, load_model
from companion.intent import Item as Comment
from companion.live_model import LiveModel
from companion.registry import SHIPPED_NAME, Registry
from companion.store import Store, open_store
from companion.training import adapt, dataset, run
from companion.training.dataset import DataSet
from companion.training.finetune import Recipe
from companion.training.own_labels import HUMAN_WEIGHT
from companion.training.seed import load_seed
from tests.companion.training.small_training import shorten_exams
from tests.labeling import accounts
from tests.labeling.screen.scene import item, task

pytestmark = pytest.mark.timeout(900)  # a real training, on a machine that may be busy

CAPTION = {"caption": "the self-heating mug everyone asks about"}

WHEN = ("today", "at last", "for the office", "in teal", "again", "on friday")
WHO = ("for my dad", "with the lid", "x2", "finally", "for winter", "tonight")

SLANG = [f"mugged up {when}" for when in (*WHEN, *WHO)]
"""What buyers of this mug write: they have it. The model that came with BuySignal knows no such word."""

UNSEEN = [f"mugged up {when}" for when in ("for christmas", "in beige", "this morning", "like you said")]

REST = ["your floor is so shiny", "what song is this", "first", "hello from peru", "that dog again", "boring", "nice kitchen", "part two?"]

ADVERT = "cheap followers in my bio"


@dataclass(frozen=True)
class Trained:
    """A training from labels, the data set version it learned from, and the models before and after."""

    data: DataSet
    before: IntentModel
    after: IntentModel

    def grade(self, model: IntentModel, texts: list[str]) -> float:
        """Mean grade of comments under the mug's video."""
        return mean(one.grade for one in model.read([Comment(text, Context.of(CAPTION)) for text in texts]))


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, model: IntentModel) -> Trained:
    """Two people label 21 comments over the screen's own API; a short training from their labels follows."""
    store = open_store(tmp_path_factory.mktemp("trained") / "workspace")
    app = create_app(Config(workspace=store.workspace.root), live=LiveModel(Registry(store), model, SHIPPED_NAME), store=store)
    texts = [*SLANG, *REST, ADVERT]
    task(store, [item(text, n, context=CAPTION, video_id=f"v{n}", votes=2) for n, text in enumerate(texts)])
    _label(app, store, "Ana", dict.fromkeys(SLANG, 10) | dict.fromkeys(REST, 2) | {ADVERT: 3})
    _label(app, store, "Bo", dict.fromkeys(SLANG, 9) | dict.fromkeys(REST, 2) | {ADVERT: 9})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adapt, "RECIPE", Recipe(epochs=4, batch=16, learning_rate=2e-4))
        patch.setattr(adapt, "REPLAYED", 24)
        patch.setattr(run, "load_seed", lambda: load_seed()[::20])
        shorten_exams(patch.setattr, store.workspace.root / "exams")
        result = run.train(store, from_labels=True, promote=False, show=lambda _: None)
    [version] = store.workspace.datasets.iterdir()
    after = load_model(Registry(store).find(result.candidate.name).folder)
    return Trained(dataset.load(store.workspace.datasets, version.name), model, after)


def _label(app: Flask, store: Store, name: str, grades: dict[str, int]) -> None:
    """Log in and answer everything that is handed out, as the screen does."""
    accounts.make(store, name)
    browser = app.test_client()
    accounts.log_in(browser, name)
    while held := _post(browser, "lease", {"task": "t1", "want": 5, "have": []})["items"]:
        told = _post(browser, "events", {"events": [_event(one, grades[one["text"]]) for one in held]})
        assert len(told["stored"]) == len(held), told


def _event(held: dict[str, object], grade: int) -> dict[str, object]:
    signal = "bought" if grade >= 9 else "none"
    return {
        "uuid": str(uuid4()),
        "assignment": held["assignment"],
        "action": "submit",
        "answers": {"grade": grade, "signal": signal, "sentiment": "positive" if grade >= 9 else "neutral"},
        "flags": ["spam"] if held["text"] == ADVERT else [],
        "at": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "spent_ms": 1500,
    }


def _post(browser: FlaskClient, path: str, message: object) -> dict[str, list[dict[str, object]]]:
    answer = accounts.send(browser, f"/label/api/{path}", message)
    assert answer.status_code == 200, answer.text
    told: dict[str, list[dict[str, object]]] = json.loads(answer.text)
    return told


def test_the_data_set_version_holds_both_peoples_grades_as_a_soft_label_and_no_advert(trained: Trained) -> None:
    own = [x for x in trained.data.examples if x.origin != "seed"]
    blind = trained.data.blind
    assert {x.text for x in (*own, *blind)} == {*SLANG, *REST}
    assert {x.ratings for x in own if x.text in SLANG} == {(9, 10)}
    assert {x.ratings for x in own if x.text in REST} == {(2, 2)}
    assert {(x.weight, x.origin, x.context.caption) for x in own} == {(HUMAN_WEIGHT, "annotator", CAPTION["caption"])}
    assert {(x.signal, x.sentiment) for x in own if x.text in SLANG} == {("bought", "positive")}
    assert not {x.group for x in own} & {x.group for x in blind}  # no video is on both sides


def test_the_training_moves_the_grade_of_that_kind_of_comment_and_leaves_others_where_they_were(trained: Trained) -> None:
    before, after = (trained.grade(model, UNSEEN) for model in (trained.before, trained.after))
    assert before < 5
    assert after > before + 1, (before, after)
    assert abs(trained.grade(trained.after, REST) - trained.grade(trained.before, REST)) < 1
    others = ["where can I buy this", "link please", "how much is it"]
    assert trained.grade(trained.after, others) > 7
