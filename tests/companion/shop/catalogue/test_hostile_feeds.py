"""Feeds that are broken or mean harm: every bad row is named, every good one survives, nothing unsafe gets in."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from companion.shop.catalogue import Feed, FeedError, Row, Said
from companion.shop.catalogue.categories import path_of
from companion.shop.catalogue.links import address
from companion.shop.catalogue.prices import Money, money
from companion.shop.catalogue.texts import plain


@pytest.fixture
def feed(tmp_path: Path):
    def read(content: str | bytes, said: Said | None = None, name: str = "feed.csv") -> list[Row]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        with Feed(path, said) as opened:
            return list(opened.rows())

    return read


def titles(rows: list[Row]) -> list[str]:
    return [row.product.title for row in rows if row.product]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_told_from_the_bytes(feed, encoding: str) -> None:
    (row,) = feed("id,title,price\n1,Café crème – bol,3\n".encode(encoding))
    assert row.product.title == "Café crème – bol"
    assert bool(row.notes) == (encoding == "cp1252")


def test_a_named_encoding_is_used(feed) -> None:
    assert titles(feed("id,title\n1,紅茶\n".encode("big5"), Said(encoding="big5"))) == ["紅茶"]
    for none in ("klingon", "zip", "hex", "rot13"):
        with pytest.raises(FeedError, match=f'there is no encoding "{none}"'):
            feed("id,title\n1,Tea\n", Said(encoding=none))


def test_markup_goes_and_words_stay(feed) -> None:
    (row,) = feed('id,title,description\n1,"<b>Mug</b> &amp; lid<script>alert(1)</script>","&lt;img src=x onerror=alert(1)&gt;Big"\n')
    assert (row.product.title, row.product.description) == ("Mug & lid", "Big")
    assert row.notes == ('"title" held markup; its words were kept',)


def test_links_that_could_run_code_are_left_out(feed) -> None:
    bad = [
        "javascript:alert(1)",
        "data:text/html,x",
        " JaVaScRiPt:x",
        "file:///etc/passwd",
        "https://user:pw@shop.example/",
        "https://",
        "\x01https://x.y/",
    ]
    rows = feed("id,title,link,image\n" + "".join(f'{i},Mug,"{link}","{link}"\n' for i, link in enumerate(bad)))
    assert [(row.product.link, row.product.image) for row in rows] == [("", "")] * len(bad)
    assert all(any('"link"' in note and "left out" in note for note in row.notes) for row in rows[:-1])


def test_formulas_never_become_titles(feed) -> None:
    rows = feed('id,title,brand\n="007",Mug,=1+cmd|"/c calc"!A1\n2,"=HYPERLINK(""https://x.example"",""y"")",Muggo\n3,-50% off mug,Muggo\n')
    assert (rows[0].product.id, rows[0].product.title) == ("007", "Mug")
    assert "formula" in rows[1].error
    assert rows[2].product.title == "-50% off mug"


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("from $3,99", Money(3.99, "USD", lowest=True)),
        ("$10 - $20", Money(10.0, "USD", lowest=True)),
        ("1.299,00 €", Money(1299.0, "EUR")),
        ("₹1,23,456", Money(123456.0, "INR")),
        ("Rp 46.785", Money(46785.0, "IDR")),
        ("9.99 USD", Money(9.99, "USD")),
        ("19.999", Money(19.999)),
        ("", None),
        ("N/A", None),
    ],
)
def test_prices_as_shops_write_them(cell: str, expected: Money | None) -> None:
    assert money(cell) == expected


@pytest.mark.parametrize("cell", ["abc", "-3", "$-3", "9" * 20, "1e400"])
def test_what_is_no_price_skips_the_row_and_is_named(feed, cell: str) -> None:
    bad, good = feed(f"id,title,price\n1,Mug,{cell}\n2,Cup,4\n")
    assert bad.line == 2
    assert '"price"' in bad.error
    assert good.product.price == 4


def test_a_rows_own_currency_beats_the_option_and_a_bare_dollar_does_not(feed) -> None:
    rows = feed("id,title,price,currency\n1,a b,5 EUR,\n2,a b,$5,\n3,a b,5,INR\n4,a b,5,\n5,a b,5,doubloons\n", Said(currency="SGD"))
    assert [row.product.currency for row in rows] == ["EUR", "SGD", "INR", "SGD", "SGD"]


def test_an_unclosed_quotation_mark_costs_one_row(feed) -> None:
    lines = ["id,title,price", '1,"Mug,3', *(f"{i},Cup {i},4" for i in range(2, 1200))]
    rows = feed("\n".join(lines))
    assert (rows[0].line, rows[0].error) == (2, "a quotation mark is never closed")
    assert len(titles(rows)) == 1198
    assert rows[-1].line == 1200


def test_too_few_cells_are_named_and_line_breaks_in_cells_counted(feed) -> None:
    rows = feed('id,title,price\n1,"two\nlines",3\n2,Cup\n3,Pot,5\n')
    assert [(row.line, row.product.title if row.product else row.error[:7]) for row in rows] == [
        (2, "two lines"),
        (4, "2 cells"),
        (5, "Pot"),
    ]


def test_a_category_that_runs_in_a_circle_is_cut(feed) -> None:
    (row,) = feed("id,title,category\n1,Mug,Home > Mugs > Home > Mugs > Home\n")
    assert row.product.category == ("Home", "Mugs")
    assert "circle" in row.notes[0]


def test_a_broken_item_of_a_merchant_feed_costs_itself(feed) -> None:
    items = ["<item><id>1</id><title>Tom & Jerry caf&eacute; mug</title></item>", "<item><id>2</id><title>Bad <b>tag</title></item>"]
    rows = feed("<rss>\n" + "\n".join([*items, "<item><id>3</id><title>Pot</title></item>", "<item><id>4</id>"]) + "\n</rss>", name="f.xml")
    assert [(row.line, row.product.title if row.product else row.error) for row in rows] == [
        (2, "Tom & Jerry café mug"),
        (3, "not valid XML (mismatched tag)"),
        (4, "Pot"),
        (5, "the item is never closed; the file ends inside it"),
    ]


def test_entities_that_grow_or_read_files_do_nothing(feed) -> None:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10 if i else "ha"}">' for i in range(9))
    text = f'<!DOCTYPE rss [{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><item><id>1</id><title>Mug &l8; &f;</title></item></rss>'
    (row,) = feed(text, name="f.xml")
    assert row.product.title == "Mug &l8; &f;"


def test_memory_does_not_grow_with_the_feed(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.csv"
        path.write_text("id,title,price\n" + "".join(f"{i},Mug {i} {'of clay ' * 40},{i}\n" for i in range(rows)))
        tracemalloc.start()
        with Feed(path) as opened:
            assert sum(row.product is not None for row in opened.rows()) == rows
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    assert peak(8_000) < 1.3 * peak(1_000)


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"just words\n", b"id,id,title\n1,2,x\n", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"a,b\n1,2\n"]
)
def test_what_is_no_feed_is_refused_in_words(feed, content: bytes) -> None:
    with pytest.raises(FeedError):
        feed(content)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("f") / "x.csv"
    path.write_bytes(b"id,title,price,link\n" + data)
    with Feed(path) as opened:
        for row in opened.rows():
            assert (row.product is None) == bool(row.error)


@settings(deadline=None)
@given(st.text(max_size=200))
def test_cleaned_words_are_clean(text: str) -> None:
    found = plain(text)
    assert found == " ".join(found.split())
    assert "<script" not in found.lower()
    assert all(char.isprintable() or char in "\u200c\u200d" for char in found)


@settings(deadline=None)
@given(st.text(max_size=100))
def test_an_address_is_web_or_nothing(text: str) -> None:
    try:
        found = address(text)
    except ValueError:
        return
    assert found == "" or found.lower().startswith(("http://", "https://"))


@settings(deadline=None)
@given(st.lists(st.sampled_from(["Home", "Mugs", "home", "12", "", "Cups"])))
def test_a_category_never_holds_a_name_twice(names: list[str]) -> None:
    path, _ = path_of(" > ".join(names))
    assert len({name.lower() for name in path}) == len(path)
