"""The report on how a data set was cleaned before a model learned from it."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from companion.store import Store
from companion.training import dataset
from companion.training.examples import Example, parse
from tests.companion.dashboard.models_scene import add_model


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
