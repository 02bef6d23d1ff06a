"""Comments graded at once, for somebody who waits."""

from __future__ import annotations

from collections.abc import Sequence

from companion import grading
from companion.intent import Context, IntentModel, Item, Prediction
from companion.store import Store, comments, predictions, unread
from companion.store.comments import Comment
from tests.companion.background_grader.scene import keep

TEXTS = ("where can I buy this?", "lol", "", "cuánto cuesta?")
STUMBLE = "the model falls over this one"


def waiting(store: Store, model: IntentModel) -> int:
    with store.reading() as connection:
        return unread.count(connection, model.id)


def test_they_get_the_grades_that_the_model_gives_alone(store: Store, model: IntentModel) -> None:
    keep(store, *TEXTS)
    grading.grade_now(model, store, [("tiktok", str(n)) for n in range(len(TEXTS))])
    alone = [model.read([Item(text, Context("a lamp for the night"))])[0] for text in TEXTS]
    with store.reading() as connection:
        said = predictions.of_comments(connection, "tiktok", [str(n) for n in range(len(TEXTS))], model.id)
    assert [(said[str(n)].grade, said[str(n)].p_high, said[str(n)].lang) for n in range(len(TEXTS))] == [
        (one.grade, one.p_high, one.lang) for one in alone
    ]


def test_only_those_asked_for_are_read_and_what_is_read_stays(store: Store, model: IntentModel) -> None:
    keep(store, *TEXTS)
    grading.grade_now(model, store, [("tiktok", "0")])
    assert waiting(store, model) == len(TEXTS) - 1
    grading.grade_now(model, store, [("tiktok", "0"), ("tiktok", "not stored"), ("youtube", "1")])
    assert waiting(store, model) == len(TEXTS) - 1
    grading.grade_platform(model, store, "tiktok")
    assert waiting(store, model) == 0


def test_keys_of_other_text_rules_are_made_anew(store: Store, model: IntentModel) -> None:
    keep(store, "need it")
    with store.writing() as connection:
        unread.put_keys(connection, "n0", [(("tiktok", "0"), "of other rules", "of other rules")])
    grading.grade_now(model, store, [("tiktok", "0")])
    assert waiting(store, model) == 0
    with store.reading() as connection:
        assert not unread.outdated(connection, "n1")


def test_one_comment_that_cannot_be_read_keeps_no_other_from_its_grade(store: Store, model: IntentModel) -> None:
    class Stumbling(IntentModel):
        def read(self, items: Sequence[Item]) -> list[Prediction]:
            if any(item.text == STUMBLE for item in items):
                raise ValueError("stumbled")
            return super().read(items)

    keep(store, "need it", STUMBLE, "link?")
    stumbling = Stumbling(model._encoder, model._lexical, model._heads, model._manifest)
    grading.grade_platform(stumbling, store, "tiktok")
    with store.reading() as connection:
        left = unread.among(connection, model.id, [("tiktok", str(n)) for n in range(3)])
        assert [one.text for one in left] == [STUMBLE]
        assert comments.find(connection, "tiktok", "1") == Comment("tiktok", "1", "7", STUMBLE, author="", author_alias="", lang="")
