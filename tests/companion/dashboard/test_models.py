"""Models: the table, choosing and going back, each model's own page."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from companion.dashboard.model_card import read_card
from companion.dashboard.model_table import common_set
from companion.registry import Registry
from companion.services import Services
from companion.store import Store, model_events
from tests.companion.dashboard.conftest import Press
from tests.companion.dashboard.models_scene import TELLING, add_model


def in_use(page: str) -> list[str]:
    """Titles of the rows that are marked as in use or about to be."""
    rows = re.findall(r'<td class="about".*?</td>', page, re.S)
    return [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", row)).strip() for row in rows if 'class="tag' in row]


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
        "all exam comments",
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


def test_the_page_loads_no_training_tools(store: Store) -> None:
    code = (
        "import sys; from companion.dashboard import models, own_labels; import companion.app; from companion.store import open_store\n"
        "with open_store(__import__('pathlib').Path(sys.argv[1])).reading() as c: own_labels.counted(c)\n"
        "print([name for name in ('torch', 'transformers', 'sklearn') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code, str(store.workspace.root)], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
