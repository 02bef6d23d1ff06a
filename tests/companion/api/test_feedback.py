"""`/v1/feedback`: a correction is stored once, as it was made, and survives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from companion.app import create_app
from companion.config import Config
from companion.intent import IntentModel
from companion.intent.text import normalise
from companion.live_model import LiveModel
from companion.registry import SHIPPED_NAME, Registry
from companion.store import Store, labels, open_store
from companion.store.predictions import digest
from tests.companion.browser import CHROME, Paired, comments, correction, uuid
from tests.companion.security.test_hosts_and_origins import refused


def events(store: Store) -> list[labels.LabelEvent]:
    with store.reading() as connection:
        found = connection.execute("SELECT uuid FROM label_event ORDER BY rowid").fetchall()
        return [event for row in found if (event := labels.find(connection, row[0]))]


def test_a_correction_is_stored_whole(paired: Paired, store: Store) -> None:
    answer = paired.post("/v1/feedback", correction(sentiment="positive")).get_json()
    assert answer == {"uuid": uuid(1), "duplicate": False, "yours": {"grade": 8, "signal": "availability"}}
    [event] = events(store)
    assert (event.source, event.action, event.platform, event.video_id) == ("badge", "set", "tiktok", "7200000000000000001")
    assert (event.text, event.context["hashtags"]) == ("where can I get this?", ["hydration"])
    assert (event.grade, event.signal, event.sentiment) == (8, "availability", "positive")
    assert (event.model, event.suggested_grade, event.suggested_p_high, event.suggestion_shown) == ("m1", 5.5, 0.4, True)
    assert (event.client_id, event.text_hash) == (paired.client_id, digest(normalise("where can I get this?")))
    assert event.guideline_version


def test_sending_it_again_changes_nothing(paired: Paired, store: Store) -> None:
    paired.post("/v1/feedback", correction())
    before = events(store)
    again = paired.post("/v1/feedback", correction())
    assert (again.status_code, again.get_json()["duplicate"]) == (200, True)
    assert events(store) == before


def test_a_uuid_cannot_be_used_for_something_else(paired: Paired, store: Store) -> None:
    paired.post("/v1/feedback", correction())
    refused(paired.post("/v1/feedback", correction(grade=2)), 409)
    assert [event.grade for event in events(store)] == [8]


def test_an_undo_is_an_event_of_its_own(paired: Paired, store: Store) -> None:
    paired.post("/v1/feedback", correction(1))
    undo = correction(2, action="undo", undoes=uuid(1), grade=None, signal=None, suggestion=None)
    assert paired.post("/v1/feedback", undo).get_json()["yours"] is None
    assert paired.post("/v1/feedback", undo).get_json() == {"uuid": uuid(2), "duplicate": True, "yours": None}
    assert [(event.action, event.undoes) for event in events(store)] == [("set", None), ("undo", uuid(1))]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"grade": None}, 422),
        ({"grade": 0}, 422),
        ({"grade": 11}, 422),
        ({"grade": 7.5}, 422),
        ({"grade": "8"}, 422),
        ({"signal": "love"}, 422),
        ({"uuid": "1"}, 422),
        ({"uuid": uuid(1).upper().replace("0", "A")}, 422),
        ({"action": "delete"}, 422),
        ({"undoes": uuid(9)}, 422),
        ({"action": "undo"}, 422),
        ({"action": "undo", "undoes": uuid(9)}, 409),
        ({"comment_id": "a b"}, 422),
        ({"text": "x" * 20_001}, 422),
        ({"source": "annotator"}, 422),
    ],
)
def test_what_is_not_a_correction_is_refused(paired: Paired, store: Store, changes: dict[str, Any], status: int) -> None:
    refused(paired.post("/v1/feedback", correction(**changes)), status)
    assert events(store) == []


def test_an_undo_of_another_comments_label_is_refused(paired: Paired) -> None:
    paired.post("/v1/feedback", correction(1))
    refused(paired.post("/v1/feedback", correction(2, action="undo", undoes=uuid(1), comment_id="other", grade=None)), 409)


def test_pairing_and_corrections_survive_a_restart(pair: Callable[..., Paired], store: Store, model: IntentModel) -> None:
    first = pair(CHROME)
    first.post("/v1/feedback", correction())
    again = open_store(store.workspace.root)
    app = create_app(Config(workspace=store.workspace.root), live=LiveModel(Registry(store), model, SHIPPED_NAME), store=again)
    second = Paired(app.test_client(), first.origin, first.token, first.client_id, first.answer)
    ask = {"comments": [{"id": "7300000000000000001", "text": "where can I get this?"}]}
    assert second.post("/v1/score", ask).get_json()["scores"][0]["yours"] == {"grade": 8, "signal": "availability"}
    assert second.post("/v1/score", comments("hi")).get_json()["model"] == model.id
