"""Labels on invented comments are left out of the figures, and every page says so instead of "nothing"."""

from __future__ import annotations

import csv
import io
import json
import re
import time

import pytest
from flask.testing import FlaskClient

from companion.store import Store, sample
from tests.companion.dashboard.conftest import furnished, sampled
from tests.labeling.quality_scene import Said, comment, people, task

__all__ = ["furnished", "sampled"]


def shown(client: FlaskClient, path: str) -> str:
    """A page once it has counted."""
    for _ in range(200):
        text = client.get(path).text
        if "Counting…" not in text and "Checking…" not in text:
            return " ".join(re.sub(r"<[^>]+>", " ", text).split())
        time.sleep(0.05)
    raise AssertionError(text)


@pytest.fixture
def invented(store: Store) -> str:
    """Two people said something of three invented comments."""
    people(store, "anna", "ben")
    of = task(store, "s1", source={"kind": "all", "sample": True})
    for n in range(3):
        comment(store, of, f"s{n}", f"invented {n}", [Said("anna", 8), Said("ben", 3)])
    with store.writing() as connection:
        connection.execute("UPDATE label_item SET platform = ?", [sample.PLATFORM])
    return of


def test_the_agreement_page_says_that_sample_labels_are_left_out_and_leads_to_them(entered: FlaskClient, invented: str) -> None:
    said = shown(entered, "/label/agreement")
    assert "Sample labels are not counted here" in said
    assert "6 answers on invented comments stand in a task" in said
    assert "No answers yet" not in said
    assert f'href="/label/agreement?task={invented}">Show “Task s1”' in entered.get("/label/agreement").text
    of_task = shown(entered, f"/label/agreement?task={invented}")
    assert "6 answers" in of_task
    assert "not counted here" not in of_task


def test_beside_real_answers_the_page_says_how_many_are_left_out(entered: FlaskClient, store: Store, invented: str) -> None:
    comment(store, task(store, "t1"), "c1", "where can i get it", [Said("anna", 8)])
    said = shown(entered, "/label/agreement")
    assert "1 answer." in said
    assert "Sample labels are not counted here: 6 answers on invented comments are left out." in said


def test_the_saved_files_give_the_true_reason(entered: FlaskClient, invented: str) -> None:
    found = json.loads(entered.get("/label/agreement.json").text)
    assert (found["answers"], found["sample_answers_left_out"]) == (0, 6)
    assert "Sample labels are not counted here: 6 answers" in found["parts"][0]["ordinal_alpha"]["why"]
    rows = list(csv.DictReader(io.StringIO(entered.get("/label/agreement.csv").text)))
    assert not any("Nobody has answered" in row["why"] for row in rows)
    assert rows[-1]["about"] == "sample"
    assert rows[-1]["value"] == "6"
    whole = json.loads(entered.get(f"/label/agreement.json?task={invented}").text)
    assert (whole["answers"], whole["sample_answers_left_out"]) == (6, 0)


def test_a_workspace_without_any_answer_still_says_that_there_is_none(entered: FlaskClient) -> None:
    assert "No answers yet" in shown(entered, "/label/agreement")
    assert "Nobody has answered anything here yet" in entered.get("/label/agreement.json").text


def test_coverage_and_suspects_say_it_too(furnished: FlaskClient, sampled: Store) -> None:
    said = shown(furnished, "/label/coverage")
    assert "Sample comments are not counted here" in said
    assert "Nothing collected yet" not in said
    people(sampled, "anna")
    comment(sampled, task(sampled, "t9"), "zz", "i want it", [Said("anna", 8)])
    with sampled.writing() as connection:
        connection.execute("DROP TRIGGER label_event_no_update")
        connection.execute("UPDATE label_event SET platform = ?", [sample.PLATFORM])
    said = shown(furnished, "/label/suspects")
    assert "Sample labels are not checked here" in said
    assert "There are no labels yet" not in said
