"""`shop audience`: a brief from the sample that ships, for people and for programs, and clear words when there is nothing to say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from companion.commands.shop_audience import audience
from companion.dashboard import sample_data
from companion.intent import IntentModel
from companion.shop.product import Product
from companion.shop_audience import of_product
from companion.shop_index import open_shop
from companion.store import Store, catalogue, catalogue_imports


@pytest.fixture
def sampled(store: Store, model: IntentModel) -> Store:
    """A workspace with the sample, graded by the model."""
    sample_data.add(store, model)
    return store


def _run(store: Store, *words: str) -> str:
    result = CliRunner().invoke(audience, [*words, "--workspace", str(store.workspace.root)])
    assert result.exit_code == 0, result.output
    return result.output


def test_words_for_a_lamp_find_the_lamps_demand(sampled: Store) -> None:
    page = _run(sampled, "rechargeable bedside lamp")
    assert "# Targeting brief: rechargeable bedside lamp" in page
    assert "- rechargeable mushroom table lamp: " in page
    assert "prices named: 40 GBP" in page
    assert "- #bedroomdecor: " in page
    assert "#amazonfinds" not in page
    assert "- Home and garden" in page
    assert "- @marlowe.makes.home: " in page
    assert "sample sample-v1: " in page
    assert "cannot be uploaded as a customer list" in page
    assert "serum" not in page


def test_a_product_of_the_catalogue_goes_by_its_id(sampled: Store) -> None:
    brief = json.loads(_run(sampled, "demo-082", "--json"))
    assert brief["product"]["title"] == "Dermella 15% vitamin C serum, 30 ml"
    assert {one["name"] for one in brief["hashtags"]} == {"skincare", "vitaminc", "skintok"}
    assert brief["interests"][0] == "Beauty and personal care"
    assert [(one["id"], one["link"]) for one in brief["videos"]] == [("sample-v2", "")]
    assert brief["close_to_buying"] > 5
    assert {one["code"] for one in brief["languages"]} >= {"en", "fr"}


def test_a_paid_video_is_not_worth_promoting_again(sampled: Store) -> None:
    brief = json.loads(_run(sampled, "24 litre travel backpack", "--json"))
    assert brief["close_to_buying"] > 5
    assert brief["videos"] == []


def test_no_writer_of_a_comment_is_named(sampled: Store) -> None:
    with sampled.reading() as connection:
        writers = {row[0] for row in connection.execute("SELECT author FROM comment UNION SELECT author_alias FROM comment") if row[0]}
    assert writers
    page = _run(sampled, "rechargeable bedside lamp") + _run(sampled, "rechargeable bedside lamp", "--json")
    assert not [name for name in (*writers, "lena_r", "daniela.mp", "pri_writes") if name in page]


def test_a_workspace_without_comments_says_what_to_do(store: Store) -> None:
    page = _run(store, "garden hose")
    assert "Collect videos that show one" in page
    assert page.count("Nothing found.") >= 4


def test_a_file_is_written_whole_and_bad_words_are_refused(sampled: Store, tmp_path: Path) -> None:
    out = tmp_path / "brief.md"
    assert str(out) in _run(sampled, "travel backpack", "--out", str(out))
    assert out.read_text("utf-8").startswith("# Targeting brief: travel backpack\n")
    result = CliRunner().invoke(audience, ["🎀 12", "--workspace", str(sampled.workspace.root)])
    assert result.exit_code == 2
    assert '"🎀 12" is neither the id' in result.output
    result = CliRunner().invoke(audience, ["lamp", "--out", str(tmp_path / "no" / "brief.md"), "--workspace", str(sampled.workspace.root)])
    assert result.exit_code == 2
    assert "cannot be written" in result.output


def test_the_open_catalogue_serves_and_a_product_out_of_stock_still_has_its_brief(store: Store) -> None:
    goods = [
        Product("p1", "Table lamp", category=("Lamps",)),
        Product("p2", "Floor lamp", category=("Lamps",), attributes={"availability": "out of stock"}),
    ]
    with store.writing() as connection:
        number = catalogue_imports.begin(connection, "stock.csv", "table with a header", {}, 1)
        catalogue.save(connection, goods, number, 1)
    shop = open_shop(store, encode=False)
    found = of_product(store, "p2", shop)
    assert (found.product.title, [one.id for one in found.similar]) == ("Floor lamp", ["p1"])
    with pytest.raises(ValueError, match="neither the id"):
        of_product(store, "404", shop)
