"""Your labels: what somebody answered is listed, saved as files and corrected, and nobody else sees it."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from companion.csv_cells import BOM
from companion.label_rows import read_label
from companion.store import Store, annotation_events, label_answers, labels, own_answers
from companion.table_files import Row
from labeling import answering
from labeling.own_labels_files import COLUMNS
from tests.companion.dashboard.conftest import Press
from tests.labeling import accounts
from tests.labeling.room.scenes import YOU, answer, lease, person, task, text_of

ALL = "/label/mine/labels"


@pytest.fixture
def answered(store: Store) -> str:
    """A task of ten in which you graded one as 8 with marks and a note, one as 2, and skipped one; somebody else answered one."""
    of = task(store)
    held = lease(store, YOU, of)
    said = [
        answer(held[0], 8, flags=("unsure",), note="=is it her?"),
        answer(held[1], 2, flags=("spam",)),
        answer(held[2], None, action="skip"),
    ]
    answering.take(store, YOU, said)
    ana = person(store, "Ana")
    answering.take(store, ana, [answer(lease(store, ana, of, 1)[0], 5, note="not yours")])
    return of.id


def cells(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    sent = client.get(f"{ALL}.csv{query}").get_data(as_text=True)
    return list(csv.DictReader(io.StringIO(sent.removeprefix(BOM))))


def test_every_answer_of_a_task_is_listed_with_marks_and_note_and_only_ones_own(entered: FlaskClient, answered: str) -> None:
    page = entered.get(f"{ALL}?task={answered}").text
    assert "3 answered or skipped" in page
    for words in (text_of(0), "=is it her?", ">unsure</span>", ">spam</span>", ">skipped</span>", 'number">8</b>', 'number">2</b>'):
        assert words in page
    assert "not yours" not in page


@pytest.mark.parametrize(
    ("which", "texts"),
    [("high", [0]), ("low", [1]), ("unsure", [0]), ("marked", [1]), ("note", [0]), ("skipped", [2]), ("all", [0, 1, 2])],
)
def test_what_is_chosen_above_is_what_is_shown_and_saved(entered: FlaskClient, answered: str, which: str, texts: list[int]) -> None:
    page = entered.get(f"{ALL}?which={which}").text
    assert [n for n in range(10) if text_of(n) in page] == texts
    assert sorted(row["text"] for row in cells(entered, f"?which={which}")) == sorted(map(text_of, texts))


def test_a_file_holds_each_answer_and_no_cell_is_run_as_a_formula(entered: FlaskClient, answered: str) -> None:
    skipped, low, high = cells(entered)
    assert tuple(high) == COLUMNS
    assert (high["task"], high["grade"], high["flags"], high["note"]) == ("Try", "8", "unsure", "'=is it her?")
    assert (low["grade"], low["flags"]) == ("2", "spam")
    assert (skipped["grade"], skipped["flags"]) == ("", "skip")
    lines = [json.loads(line) for line in entered.get(f"{ALL}.jsonl").get_data(as_text=True).splitlines()]
    assert [(one.get("grade"), one.get("flags")) for one in lines] == [(None, ["skip"]), (2, ["spam"]), (8, ["unsure"])]
    assert lines[2]["note"] == "=is it her?"


def test_the_files_are_read_by_an_import_of_labels(entered: FlaskClient, answered: str) -> None:
    lines = [json.loads(line) for line in entered.get(f"{ALL}.jsonl").get_data(as_text=True).splitlines()]
    of_json = [read_label(Row(n, line), "JSON lines", 1) for n, line in enumerate(lines, 1)]
    of_csv = [read_label(Row(n, {key: value for key, value in row.items() if value}), "CSV", 1) for n, row in enumerate(cells(entered), 1)]
    for events in (of_json, of_csv):
        assert [(one.comment_id, one.grade, one.flags) for one in events] == [
            ("c2", None, ("skip",)),
            ("c1", 2, ("spam",)),
            ("c0", 8, ("unsure",)),
        ]
    assert [one.uuid for one in of_json] == [one.uuid for one in of_csv] == [line["uuid"] for line in lines]


def test_a_label_is_corrected_and_what_was_said_before_stays_in_the_history(
    entered: FlaskClient, store: Store, answered: str, press: Press
) -> None:
    found = re.search(rf'href="({ALL}/\d+)[^"]*">Change<span class="unseen"> “{re.escape(text_of(0)[:20])}', entered.get(ALL).text)
    assert found is not None
    form = entered.get(found[1]).text
    assert re.search(r'name="grade" value="8" checked', form)
    assert re.search(r'name="flag.unsure" value="1" checked', form)
    kept = press(found[1], grade="5", note="it was the song", **{"flag.creator": "1"})
    assert kept.status_code == 303
    with store.reading() as connection:
        [now] = [one for one in label_answers.given(connection, answered) if one.target_id == "c0" and one.annotator_id == YOU.id]
        standing = [one.grade for one in labels.votes(connection) if one.comment_id == "c0" and one.client_id == YOU.id]
        past = annotation_events.history(connection, YOU.id, answered)
        counts = annotation_events.grade_counts(connection)
    assert (now.grade, now.note, now.flags) == (5, "it was the song", {"creator"})
    assert standing == [5]
    assert [(one.answers.get("grade"), one.undone) for one in past if one.text == text_of(0)] == [(5, False), (8, True)]
    assert 8 not in {grade for grade, n in counts.items() if n}  # an answer is counted once


def test_a_correction_without_an_answer_or_with_none_that_is_asked_changes_nothing(
    entered: FlaskClient, answered: str, press: Press
) -> None:
    found = re.search(rf'href="({ALL}/\d+)[^"]*">Change', entered.get(ALL).text)
    assert found is not None
    for fields, why in (({"note": "hm"}, "Choose a grade"), ({"grade": "11"}, "is no answer"), ({"grade": "high"}, "is no answer")):
        answer_ = press(found[1], **fields)
        assert answer_.status_code == 422
        assert why in answer_.text
    assert sorted(row["grade"] for row in cells(entered)) == ["", "2", "8"]


def test_a_skipped_comment_is_answered_from_the_list(entered: FlaskClient, store: Store, press: Press) -> None:
    of = task(store, 3)
    answering.take(store, YOU, [answer(one, None, action="skip") for one in lease(store, YOU, of, 2)])
    found = re.search(rf'href="({ALL}/\d+)[^"]*">Answer<', entered.get(f"{ALL}?which=skipped").text)
    assert found is not None
    press(found[1], grade="6")
    assert sorted(row["grade"] for row in cells(entered)) == ["", "6"]


def test_a_skipped_comment_that_others_answered_is_not_asked_again(entered: FlaskClient, store: Store, answered: str, press: Press) -> None:
    page = entered.get(f"{ALL}?which=skipped").text
    assert "answered by others" in page
    assert ">Answer<" not in page
    with store.reading() as connection:
        [skip] = own_answers.listed(connection, YOU.id, own_answers.Asked(which="skipped"))
    assert "needs no answer any more" in press(f"{ALL}/{skip.assignment}", grade="6").text
    assert sorted(row["grade"] for row in cells(entered)) == ["", "2", "8"]


def test_somebody_elses_label_is_neither_shown_nor_changed(app: Flask, entered: FlaskClient, store: Store, answered: str) -> None:
    found = re.search(rf'href="({ALL}/\d+)[^"]*">Change', entered.get(ALL).text)
    assert found is not None
    accounts.make(store, "Cleo")
    browser = app.test_client()
    accounts.log_in(browser, "Cleo")
    assert "No labels yet" in browser.get(ALL).text
    assert browser.get(found[1]).status_code == 404
    assert accounts.post(browser, found[1], grade="1").status_code == 404
    assert sorted(row["grade"] for row in cells(entered)) == ["", "2", "8"]


def test_practice_is_no_label_but_can_be_looked_at_by_itself(entered: FlaskClient, store: Store) -> None:
    of = task(store, 2, practice=True)
    answering.take(store, YOU, [answer(lease(store, YOU, of)[0], 7)])
    assert "No labels yet" in entered.get(ALL).text
    page = entered.get(f"{ALL}?task={of.id}").text
    assert 'number">7</b>' in page
    assert f'href="{ALL}/' not in page  # nothing to correct


def test_many_labels_come_in_pages(entered: FlaskClient, store: Store) -> None:
    of = task(store, 130)
    for _ in range(26):
        answering.take(store, YOU, [answer(one, 3) for one in lease(store, YOU, of)])
    first, second = entered.get(ALL).text, entered.get(f"{ALL}?page=2").text
    assert "1 to 100 of 130 answered or skipped" in first
    assert "101 to 130 of 130 answered or skipped" in second
    assert "Earlier ones" in first
    assert "Later ones" in second
    assert len(cells(entered)) == 130


def test_the_list_is_reached_from_the_finished_task_the_task_list_and_ones_own_page(entered: FlaskClient, answered: str) -> None:
    to = f'href="{ALL}?task={answered}"'
    assert f"{to}>See and save your labels</a>" in entered.get(f"/label/do/{answered}").text
    assert f"{to}>Your labels<" in entered.get("/label").text
    assert f'href="{ALL}">Your labels</a>' in entered.get("/label/mine").text
