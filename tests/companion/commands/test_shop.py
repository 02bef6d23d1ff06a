"""`buysignal shop import` and `shop search`."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from companion.cli import main
from companion.store import catalogue, open_store, products, videos
from companion.store.products import VideoProduct
from companion.store.videos import Video

FEED = """id,title,price,currency,link,category
1,Women's running shoes,50,USD,https://shop.example/1,Shoes > Running
2,Ceramic mug,abc,USD,https://shop.example/2,Home > Mugs
3,Tin cup,4,USD,javascript:alert(1),Home > Cups
3,Tin cup again,4,USD,,Home > Cups
4,,4,USD,,Home
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return tmp_path / "workspace"


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.csv"
    path.write_text(FEED)
    return path


def shop(workspace: Path, *args: object) -> Result:
    return CliRunner().invoke(main, ["shop", *map(str, args), "--workspace", str(workspace)])


def test_wrong_rows_are_named_with_their_line_and_the_others_taken(workspace: Path, feed: Path) -> None:
    result = shop(workspace, "import", feed)
    assert result.exit_code == 0, result.output
    for part in (
        'id from "id"',
        'line 3: "price" is "abc", which is not a number; row skipped',
        'line 4: "link" is "javascript:alert(1)"',
        'line 5: the id "3" stands in line 4 already; row skipped',
        "line 6: there is no title; row skipped",
        "5 rows: 2 products, 3 skipped, 1 with notes.",
        "Catalogue: 2 new, 0 changed, 0 with another price.",
    ):
        assert part in result.output
    with open_store(workspace).reading() as connection:
        assert [product.id for product in catalogue.products(connection)] == ["1", "3"]


def test_a_dry_run_says_the_same_and_writes_nothing(workspace: Path, feed: Path) -> None:
    result = shop(workspace, "import", feed, "--dry-run")
    assert "5 rows: 2 products, 3 skipped" in result.output
    assert not workspace.exists()


def test_a_report_file_holds_every_row_and_runs_no_formula(workspace: Path, tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("id,title,price\n" + "".join(f"{i},Mug,=1+1\n" for i in range(50)) + "x,Cup,4\n")
    result = shop(workspace, "import", path, "--no-encode", "--report", tmp_path / "r.csv")
    assert "and 47 more like this" in result.output
    with (tmp_path / "r.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert (len(rows), rows[0]["line"], rows[-1]["line"]) == (50, "2", "51")
    assert not any(cell.startswith("=") for row in rows for cell in row.values())


def test_words_change_only_with_replace_and_missing_products_go_only_when_asked(workspace: Path, feed: Path, tmp_path: Path) -> None:
    shop(workspace, "import", feed, "--no-encode")
    (tmp_path / "g.csv").write_text("id,title,price,currency\n1,Jogging shoes,40,USD\n")
    result = shop(workspace, "import", tmp_path / "g.csv", "--no-encode")
    assert "1 product stored with other words than in g.csv, and left so; --replace takes the file's." in result.output
    result = shop(workspace, "import", tmp_path / "g.csv", "--no-encode", "--replace", "--withdraw-missing", "--json")
    assert json.loads(result.stdout)["result"] == {"new": 0, "changed": 1, "repriced": 0, "kept": 0, "withdrawn": 1}
    with open_store(workspace).reading() as connection:
        assert [(product.title, product.price) for product in catalogue.products(connection)] == [("Jogging shoes", 40.0)]


def test_nothing_is_withdrawn_because_its_row_is_wrong(workspace: Path, tmp_path: Path) -> None:
    def imported(*rows: str) -> list[str]:
        (tmp_path / "f.csv").write_text("\n".join(["id,title,price", *rows]))
        result = shop(workspace, "import", tmp_path / "f.csv", "--no-encode", "--withdraw-missing")
        with open_store(workspace).reading() as connection:
            return [result.output, *(product.id for product in catalogue.products(connection))]

    assert imported("1,Mug,3", "2,Cup,3", "3,Pot,3")[1:] == ["1", "2", "3"]
    assert imported("1,Mug,3", "2,Cup,abc")[1:] == ["1", "2"]  # the cup is there, only its price is not
    told, *left = imported("1,Mug,3", '"broken')
    assert left == ["1", "2"]
    assert "Nothing was withdrawn, because 1 row could not be read." in told
    assert imported("1,Mug,3")[1:] == ["1"]


def test_a_file_without_a_single_product_is_refused(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("id,title\n1,\n")
    result = shop(workspace, "import", tmp_path / "x.csv")
    assert result.exit_code == 2
    assert "no row of x.csv is a product" in result.output


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--currency", "doubloon"), "--currency is"),
        (("--encoding", "klingon"), "no encoding"),
        (("--map", "id=prize"), "meanings are"),
        (("--tiktok",), "name one FILE"),
    ],
)
def test_wrong_options_are_refused_in_words(workspace: Path, feed: Path, options: tuple[str, ...], message: str) -> None:
    result = shop(workspace, "import", feed, *options)
    assert result.exit_code == 2
    assert message in result.output
    assert "Traceback" not in result.output


def test_tiktok_shop_products_seen_under_videos_become_the_catalogue(workspace: Path) -> None:
    store = open_store(workspace)
    seen = VideoProduct(
        "tiktok", "7", "1729", "Neck fan", "s", "anchor", "12.90", "MYR", "https://shop.tiktok.com/view/1729", ("Home", "Fans")
    )
    with store.writing() as connection:
        videos.save(connection, [Video("tiktok", "7")], 1_000)
        products.save(connection, [seen], 1_000)
    result = shop(workspace, "import", "--tiktok", "--no-encode")
    assert "1 row: 1 product, 0 skipped" in result.output
    with store.reading() as connection:
        (found,) = catalogue.products(connection)
    assert (found.id, found.title, found.price, found.currency, found.category) == ("1729", "Neck fan", 12.9, "MYR", ("Home", "Fans"))


def test_search_answers_from_the_imported_catalogue(workspace: Path, feed: Path, tmp_path: Path) -> None:
    shop(workspace, "import", feed)
    found = json.loads(shop(workspace, "search", "running shoes", "--json", "--k", 1).stdout)
    assert (found["demo"], found["answerable"], found["hits"][0]["id"]) == (False, True, "1")
    (tmp_path / "q.jsonl").write_text('{"id": "q1", "query": "running shoes", "style": "plain"}\n\n{"id": 2, "query": "tin cup"}\n')
    for more in ((), ("--plain",), ("--strategy", "lexical"), ("--metric", "l2", "--strategy", "dense")):
        lines = [
            json.loads(line) for line in shop(workspace, "search", "--queries", tmp_path / "q.jsonl", "--k", 1, *more).stdout.splitlines()
        ]
        assert [(line["query_id"], line["product_id"], line["rank"]) for line in lines] == [("q1", "1", 1), ("2", "3", 1)]


def test_search_says_how_a_query_was_understood_and_when_nothing_fits(workspace: Path, feed: Path, tmp_path: Path) -> None:
    shop(workspace, "import", feed)
    result = shop(workspace, "search", "running shoes for my wife under 60", "--explain")
    assert "product type: running shoes" in result.output
    assert "budget: high 60.0, currency USD" in result.output
    (tmp_path / "q.jsonl").write_text('{"id": "q1", "query": "washing machine"}\n')
    lines = [json.loads(line) for line in shop(workspace, "search", "--queries", tmp_path / "q.jsonl", "--explain").stdout.splitlines()]
    assert lines[0]["understood"]["product_type"] == "washing machine"
    assert lines[1:] == [{"query_id": "q1", "answerable": False}]
    assert "The catalogue does not hold this" in shop(workspace, "search", "washing machine").output


@pytest.mark.parametrize("query", ["🥵🥵🥵", "shoes " * 1_000, "'; DROP TABLE shop_product; --", "обувь для бега", ""])
def test_odd_queries_end_well(workspace: Path, feed: Path, query: str) -> None:
    shop(workspace, "import", feed, "--no-encode")
    result = shop(workspace, "search", query, "--strategy", "lexical")
    assert result.exit_code == 0, result.output


def test_search_without_an_import_uses_the_demo_catalogue_and_says_so(workspace: Path) -> None:
    result = shop(workspace, "search", "table lamp", "--k", 3, "--strategy", "lexical")
    assert result.output.startswith("Demo catalogue: nothing was imported yet")
    assert "lamp" in result.output


def test_rates_are_set_shown_and_reset(workspace: Path) -> None:
    shipped = json.loads(shop(workspace, "rates", "--json").stdout)
    mine = json.loads(shop(workspace, "rates", "eur=0.5", "--dated", "2026-01-02", "--json").stdout)
    assert (mine["per_dollar"]["EUR"], mine["dated"], mine["own"]) == (0.5, "2026-01-02", ["EUR"])
    assert "EUR  0.5  (yours)" in shop(workspace, "rates").output
    assert json.loads(shop(workspace, "rates", "--reset", "--json").stdout) == shipped
    for wrong in ("EUR=0", "EUR=lots", "EURO=1", "EUR"):
        assert shop(workspace, "rates", wrong).exit_code == 2


@pytest.mark.parametrize("line", ["nonsense", '{"id": 1}', "[1]"])
def test_a_line_that_is_no_query_is_named(workspace: Path, tmp_path: Path, line: str) -> None:
    (tmp_path / "q.jsonl").write_text('{"id": 1, "query": "mug"}\n' + line)
    result = shop(workspace, "search", "--queries", tmp_path / "q.jsonl", "--strategy", "lexical")
    assert result.exit_code == 2
    assert "line 2 is no query" in result.output
