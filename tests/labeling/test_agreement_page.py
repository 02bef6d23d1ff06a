"""The agreement page: what it shows to whom, its files, and that it stays quick."""

from __future__ import annotations

import csv
import io
import json
import random
import time

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from companion.store import Store
from labeling import agreement_words
from labeling.agreement import Figure, krippendorff_alpha
from labeling.agreement_commands import agreement
from labeling.agreement_counting import counted
from labeling.kept import Kept
from labeling.votes import Vote
from tests.labeling import accounts
from tests.labeling.quality_scene import DAY, MONDAY, Said, comment, people, task, words

GRADES = [(8, 8), (2, 2), (7, 6), (9, 8), (3, 2), (2, 2), (10, 10), (5, 4), (8, 5), (2, 1), (4, 4), (7, 8)]
"""What Anna and Ben said of twelve comments."""


@pytest.fixture
def labelled(store: Store) -> Store:
    people(store, "anna", "ben")
    task(store)
    for place, (anna, ben) in enumerate(GRADES):
        at = MONDAY + place * DAY
        comment(store, "t1", f"c{place}", f"comment {place}", [Said("anna", anna, at), Said("ben", ben, at + 1000)])
    return store


def shown(browser: FlaskClient, path: str = "/label/agreement") -> str:
    """The page once everything is counted."""
    for _ in range(100):
        answer = browser.get(path)
        assert answer.status_code == 200
        if "hx-trigger" not in answer.text:
            return words(answer.text)
        time.sleep(0.1)
    raise AssertionError("never counted")


def test_the_page_says_how_far_two_people_agree(labelled: Store, entered: FlaskClient) -> None:
    said = shown(entered)
    sides = [Vote(str(i), who, float(grade >= 7)) for i, pair in enumerate(GRADES) for who, grade in zip("ab", pair, strict=True)]
    alpha = krippendorff_alpha(sides, "nominal", (0.0, 1.0)).value
    assert "24 answers" in said
    assert "12 comments answered by two people or more" in said
    assert alpha is not None
    assert f"Same side of 7, beyond chance (alpha) {alpha:.2f}" in said
    assert "Anna" in said
    assert "From 0.80 on labels can be relied on" in said


def test_an_empty_workspace_is_told_what_to_do(store: Store, entered: FlaskClient) -> None:
    assert "No answers yet" in shown(entered)


def test_one_person_alone_is_told_why_there_is_no_number(store: Store, entered: FlaskClient) -> None:
    people(store, "anna")
    task(store)
    comment(store, "t1", "c1", "need it", [Said("anna", 8)])
    said = shown(entered)
    assert "Only one person has answered here, so there is nobody to compare with." in said
    assert "Why some numbers are missing" in said


def test_a_task_is_shown_by_itself_and_an_unknown_one_is_not_found(labelled: Store, entered: FlaskClient) -> None:
    task(labelled, "t2")
    comment(labelled, "t2", "x1", "link?", [Said("anna", 8)])
    assert "1 answer." in shown(entered, "/label/agreement?task=t2")
    assert entered.get("/label/agreement?task=nothing").status_code == 404


def test_an_undone_answer_does_not_count(labelled: Store) -> None:
    with labelled.writing() as connection:
        uuid, assignment = connection.execute("SELECT uuid, assignment_id FROM annotation_event LIMIT 1").fetchone()
        connection.execute(
            """INSERT INTO annotation_event (uuid, assignment_id, action, undoes, answers, guideline_version, created_at, received_at)
                VALUES ('u', ?, 'undo', ?, '{}', '1', 0, 0)""",
            [assignment, uuid],
        )
    report = counted(labelled)
    assert (report.answers, report.everything.shared) == (23, 11)


def test_a_practice_round_is_in_nobodys_figures(labelled: Store) -> None:
    task(labelled, "p", practice=True)
    comment(labelled, "p", "p1", "link?", [Said("anna", 1), Said("ben", 10)])
    assert counted(labelled).answers == 24
    assert counted(labelled, "p").answers == 2


def test_what_a_person_said_twice_of_a_comment_is_compared(labelled: Store) -> None:
    comment(labelled, "t1", "again", "so cute", [Said("anna", 4), Said("anna", 6, MONDAY + DAY, again=1)])
    anna = next(one for one in counted(labelled).people if one.id == "anna")
    assert (anna.twice.distance.value, anna.twice.within_one.value) == (2.0, 0.0)


def test_known_answers_speed_and_the_suggestion_are_told(labelled: Store) -> None:
    task(labelled, "assisted", assisted=True)
    for place in range(6):
        said = [Said("anna", 8, MONDAY + place, spent_ms=200, shown=place % 2 == 0, suggested=8.0)]
        comment(labelled, "assisted", f"a{place}", "where can I buy this lamp please", said, gold={"grade": 3})
    report = counted(labelled)
    anna = next(one for one in report.people if one.id == "anna")
    assert anna.right.within_one.value == 0.0
    assert len(anna.pace.too_fast) == 6
    assert report.led.shown == 3
    assert "3 answers with it in sight, 3 without" in report.led.says


def test_videos_are_counted_on_their_own_scale(store: Store) -> None:
    people(store, "anna", "ben")
    task(store, "v", kind="video", questions=("quality",))
    for place, (one, other) in enumerate([(0, 0), (1, 2), (2, 2), (1, 1)]):
        said = [Said("anna", None, more={"quality": one}, signal=None), Said("ben", None, more={"quality": other}, signal=None)]
        comment(store, "v", f"v{place}", "a video", said)
    report = counted(store, "v")
    assert report.kind == "video"
    assert report.spread == {0: 2, 1: 3, 2: 3}
    assert report.everything.distance.value == pytest.approx(0.25)
    assert counted(store).answers == 0


def test_an_annotator_sees_their_own_figures_only(app: Flask, labelled: Store) -> None:
    cleo = accounts.make(labelled, "Cleo")
    comment(labelled, "t1", "c99", "want", [Said(cleo.id, 8)])
    browser = app.test_client()
    accounts.log_in(browser, "Cleo")
    said = shown(browser)
    assert "Your figures" in said
    assert "1 answer." in said
    assert "25 answers" not in said
    assert "Cleo" in said
    assert "Anna" not in said
    assert "alpha" not in said
    assert browser.get("/label/agreement.csv").status_code == 403
    assert browser.get("/label/agreement.json").status_code == 403


def test_nobody_without_the_link_sees_it(labelled: Store, client: FlaskClient) -> None:
    answer = client.get("/label/agreement")
    assert answer.status_code in (303, 403)
    assert "Anna" not in answer.text


def test_the_files_hold_every_figure_with_its_reason(labelled: Store, entered: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(entered.get("/label/agreement.csv").text)))
    found = entered.get("/label/agreement.json").get_json()
    alpha = next(row for row in rows if row["about"] == "everything" and row["measure"] == "ordinal_alpha")
    assert float(alpha["value"]) == pytest.approx(found["parts"][0]["ordinal_alpha"]["value"])
    never = next(row for row in rows if row["measure"] == "self_same_side" and row["part"] == "Anna")
    assert (never["value"], never["why"]) == ("", "This person has judged nothing twice.")


def test_a_name_that_would_be_a_formula_is_harmless_in_the_csv(labelled: Store, entered: FlaskClient) -> None:
    with labelled.writing() as connection:
        connection.execute("UPDATE annotator SET name = '=1+1' WHERE id = 'anna'")
    assert "'=1+1" in entered.get("/label/agreement.csv").text


def test_the_command_prints_the_same(labelled: Store) -> None:
    place = ["--workspace", str(labelled.workspace.root)]
    told = CliRunner().invoke(agreement, place)
    assert told.exit_code == 0
    assert "24 answers; 12 comments answered by two people or more" in told.output
    found = json.loads(CliRunner().invoke(agreement, ["--json", "--task", "t1", *place]).output)
    assert found["answers"] == 24
    wrong = CliRunner().invoke(agreement, ["--task", "nothing", *place])
    assert wrong.exit_code == 2
    assert 'there is no task "nothing"' in wrong.output


def test_a_page_never_waits_long_for_what_takes_long() -> None:
    kept: Kept[str, int] = Kept(lambda _: time.sleep(0.5) or 7, "slow", patience_s=0.05)
    began = time.monotonic()
    assert kept.answer("x", 1) is None
    assert time.monotonic() - began < 0.3
    held = kept.answer("x", 1, wait=True)
    assert held is not None
    assert (held.value, held.current) == (7, True)
    older = kept.answer("x", 2)  # newer answers are being counted; those of before are shown meanwhile
    assert older is not None
    assert (older.value, older.current) == (7, False)


def test_the_page_of_20000_labels_answers_within_300_ms(store: Store, entered: FlaskClient) -> None:
    people(store, "anna", "ben")
    task(store)
    chance = random.Random(1)  # noqa: S311
    with store.writing() as connection:
        for place in range(10_000):
            connection.execute(
                """INSERT INTO label_item (id, task_id, platform, target_id, text, context, lang, sampler, probability, place)
                    VALUES (?, 't1', 'tiktok', ?, 'where is it from', '{}', 'en', 'random', 1.0, ?)""",
                [place + 1, f"c{place}", place],
            )
            for nth, who in enumerate(("anna", "ben")):
                at = 2 * place + nth + 1
                connection.execute(
                    "INSERT INTO assignment (id, item_id, task_id, annotator_id, state, created_at) VALUES (?, ?, 't1', ?, 'done', 0)",
                    [at, place + 1, who],
                )
                connection.execute(
                    """INSERT INTO annotation_event (uuid, assignment_id, action, answers, guideline_version, created_at, received_at)
                        VALUES (?, ?, 'submit', ?, '1', ?, ?)""",
                    [f"e{at}", at, json.dumps({"grade": chance.randint(1, 10)}), MONDAY + at, MONDAY + at],
                )
    took = []
    for _ in range(3):
        began = time.monotonic()
        assert entered.get("/label/agreement").status_code == 200
        took.append(time.monotonic() - began)
    assert min(took) < 0.3
    assert "20,000 answers" in shown(entered)
    began = time.monotonic()
    shown(entered)
    assert time.monotonic() - began < 0.3


def test_a_figure_is_called_good_only_where_its_range_lets_it() -> None:
    assert agreement_words.verdict(Figure(0.9, 0.85, 0.95, 200), "chance") == "good"
    assert agreement_words.verdict(Figure(0.7, 0.68, 0.75, 200), "chance") == "usable"
    assert agreement_words.verdict(Figure(0.4, 0.3, 0.5, 200), "chance") == "weak"
    assert agreement_words.verdict(Figure(0.85, 0.3, 1.0, 12), "chance") == "not sure yet"
    assert agreement_words.verdict(Figure(0.9, None, None, 5), "chance") == "not sure yet"
    assert agreement_words.verdict(Figure(None), "chance") == ""
