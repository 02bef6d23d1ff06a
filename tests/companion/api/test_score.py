"""`/v1/score` and `/v1/explain`: what the extension asks most."""

from __future__ import annotations

import threading

import pytest

from companion.api.gate import InferenceGate
from companion.config import Limits
from companion.intent import Context, IntentModel, Item
from companion.security.problems import RefusalError
from companion.store import Store
from tests.companion.browser import Paired, comments, correction

TEXTS = ("where can I get this?", "😂😂", "", "just got mine", "\u202ewow", "z\u0351\u0351\u0351\u0351algo")


def test_answers_come_in_order_and_are_those_of_the_model(paired: Paired, model: IntentModel) -> None:
    asked = {**comments(*TEXTS), "context": {"caption": "my bottle", "hashtags": ["water"]}}
    answer = paired.post("/v1/score", asked).get_json()
    said = model.read([Item(text, Context("my bottle", ("water",))) for text in TEXTS])
    assert answer["model"] == model.id
    assert [score["id"] for score in answer["scores"]] == [f"c{n}" for n in range(len(TEXTS))]
    for score, expected in zip(answer["scores"], said, strict=True):
        assert (score["grade"], score["level"], score["p_high"]) == (expected.grade, expected.level, expected.p_high)
        assert (score["signal"], score["sentiment"], score["lang"]) == (expected.signal, expected.sentiment, expected.lang)
        assert (tuple(score["interval"]), score["unsure"], score["yours"]) == (expected.interval, expected.unsure, None)


def test_a_comments_own_parent_is_its_context(paired: Paired, model: IntentModel) -> None:
    asked = {"comments": [{"id": "a", "text": "me too", "parent": "I need this"}]}
    [score] = paired.post("/v1/score", asked).get_json()["scores"]
    assert score["grade"] == model.read([Item("me too", Context(parent="I need this"))])[0].grade


def test_a_long_comment_is_cut_and_says_so(paired: Paired) -> None:
    whole, cut = paired.post("/v1/score", comments("a" * 1000, "a" * 1001)).get_json()["scores"]
    assert (whole["truncated"], cut["truncated"]) == (False, True)


def test_the_users_own_grade_comes_along_until_it_is_undone(paired: Paired) -> None:
    ask = {"comments": [{"id": "7300000000000000001", "text": "where can I get this?"}, {"id": "other", "text": "hi"}]}
    paired.post("/v1/feedback", correction(1, grade=3, signal="praise"))
    paired.post("/v1/feedback", correction(2, grade=9, signal=None))
    yours = [score["yours"] for score in paired.post("/v1/score", ask).get_json()["scores"]]
    assert yours == [{"grade": 9, "signal": None}, None]
    paired.post("/v1/feedback", correction(3, action="undo", undoes=correction(2)["uuid"], grade=None))
    assert paired.post("/v1/score", ask).get_json()["scores"][0]["yours"] == {"grade": 3, "signal": "praise"}
    assert paired.post("/v1/score", {**ask, "platform": "youtube"}).get_json()["scores"][0]["yours"] is None


def test_scoring_stores_nothing(paired: Paired, store: Store) -> None:
    paired.post("/v1/score", comments(*TEXTS))
    with store.reading() as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("comment", "prediction", "label_event", "video")
        ]
    assert counts == [0, 0, 0, 0]


def test_explain_gives_words_and_examples(paired: Paired, model: IntentModel) -> None:
    text = "where can I get this?"
    answer = paired.post("/v1/explain", {"text": text, "context": {"caption": "my bottle"}}).get_json()
    assert answer["score"]["grade"] == model.read([Item(text, Context("my bottle"))])[0].grade
    for word in answer["words"]:
        assert word["text"] in text
        assert text[word["start"] : word["end"]] == word["text"]
    assert [abs(word["effect"]) for word in answer["words"]] == sorted((abs(word["effect"]) for word in answer["words"]), reverse=True)


def test_explain_shows_the_users_own_tags_first(paired: Paired) -> None:
    paired.post("/v1/feedback", correction(text="is the lid dishwasher safe", grade=7, signal="question"))
    examples = paired.post("/v1/explain", {"text": "is the lid dishwasher safe"}).get_json()["examples"]
    assert (examples[0]["source"], examples[0]["grade"]) == ("yours", 7)
    assert examples[0]["similarity"] == pytest.approx(1, abs=0.02)


def test_a_crowd_before_the_model_is_told_to_come_back() -> None:
    gate = InferenceGate(Limits(inference_slots=1, inference_waiting=1, inference_patience_s=0.2))
    inside, leave = threading.Event(), threading.Event()

    def stay() -> None:
        with gate.entered():
            inside.set()
            leave.wait(5)

    first = threading.Thread(target=stay)
    first.start()
    inside.wait(5)
    with pytest.raises(RefusalError) as impatient, gate.entered():
        pass
    assert (impatient.value.status, impatient.value.retry_after) == (503, 1)
    leave.set()
    first.join()
    with gate.entered():
        pass
