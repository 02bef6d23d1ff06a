"""Every feed format is recognised by its content and gives the same kind of product."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from companion.shop.catalogue import Feed, FeedError, Row, Said, columns_said
from companion.shop.catalogue.tree import read_tree
from companion.shop.product import Product

AMAZON = """asin,title,imgUrl,productURL,stars,reviews,price,listPrice,category_id,isBestSeller
B000000001,"Soft suitcase, black",https://img.example/1.jpg,https://shop.example/dp/B000000001,4.5,12,139.99,0.0,104,False
B000000002,Luggage set,https://img.example/2.jpg,https://shop.example/dp/B000000002,0.0,0,0.0,209.99,105,False
"""
AMAZON_INDIA = """name,main_category,sub_category,image,link,ratings,no_of_ratings,discount_price,actual_price
Split AC,appliances,Air Conditioners,https://img.example/3.jpg,https://shop.example/Split/dp/B000000003/ref=sr_1,4.2,"2,255","₹32,999","₹58,990"
Window AC,appliances,Air Conditioners,https://img.example/4.jpg,https://shop.example/Window/dp/B000000004/ref=sr_2,Get,,,"₹75,990"
"""
MERCHANT = """<?xml version="1.0"?>
<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>A shop</title><link>https://shop.example</link>
<item><g:id>A1</g:id><title>Dog &amp; cat bowl</title><description><![CDATA[<p>Steel</p>]]></description>
<link>https://shop.example/a1</link><g:image_link>https://shop.example/a1.jpg</g:image_link><g:price>15.00 USD</g:price>
<g:sale_price>12.50 USD</g:sale_price><g:brand>Bowlo</g:brand><g:google_product_category>187</g:google_product_category>
<g:product_type>Pets &gt; Bowls</g:product_type><g:color>silver</g:color><g:shipping><g:price>4 USD</g:price></g:shipping></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><entry><g:id>E1</g:id><title>Kite</title>
<link href="https://shop.example/kite"/><g:price>7 GBP</g:price></entry></feed>"""
SHOPIFY = """\
Handle,Title,Body (HTML),Vendor,Product Category,Type,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant Price,Image Src,Status
soft-tee,Soft Tee,"<p>Cotton &amp; soft</p>",Teeco,Apparel > Clothing > Shirts,Shirts,Size,S,Color,Red,25.00,https://img.example/1.jpg,active
soft-tee,,,,,,,M,,Blue,22.00,https://img.example/2.jpg,
soft-tee,,,,,,,,,,,https://img.example/3.jpg,
mug,Mug,,Muggo,Home > Mugs,,Title,Default Title,,,9.50,,active
old,Old cup,,Muggo,Home > Mugs,,Title,Default Title,,,1.50,,archived
"""


def read(path: Path, said: Said | None = None) -> list[Row]:
    with Feed(path, said) as feed:
        return list(feed.rows())


def products(path: Path, said: Said | None = None) -> list[Product]:
    return [row.product for row in read(path, said) if row.product]


def test_an_amazon_table_with_asins_takes_the_list_price_where_there_is_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(AMAZON)
    (tmp_path / "c.csv").write_text("id,category_name,parent_id\n104,Suitcases,103\n103,Luggage,\n105,Sets,106\n106,Loops,105\n")
    one, two = read(tmp_path / "a.csv", Said(currency="USD", tree=read_tree(tmp_path / "c.csv")))
    assert one.product == Product(
        id="B000000001",
        title="Soft suitcase, black",
        category=("Luggage", "Suitcases"),
        price=139.99,
        currency="USD",
        image="https://img.example/1.jpg",
        link="https://shop.example/dp/B000000001",
        rating=4.5,
        ratings=12,
    )
    assert two.product is not None
    assert (two.product.price, two.product.rating) == (209.99, None)
    assert two.notes == ('"category_id" runs in a circle; the category was cut to Loops > Sets',)


def test_an_amazon_table_without_ids_takes_them_from_the_links(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(AMAZON_INDIA, "utf-8")
    one, two = products(tmp_path / "a.csv")
    assert (one.id, one.price, one.currency, one.rating, one.ratings) == ("B000000003", 32999.0, "INR", 4.2, 2255)
    assert (two.id, two.price, two.rating, two.category) == ("B000000004", 75990.0, None, ("appliances", "Air Conditioners"))


def test_a_merchant_feed_takes_the_sale_price_and_nothing_from_nested_elements(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(MERCHANT)
    assert products(tmp_path / "feed.xml") == [
        Product(
            id="A1",
            title="Dog & cat bowl",
            description="Steel",
            brand="Bowlo",
            category=("Pets", "Bowls"),
            price=12.5,
            currency="USD",
            image="https://shop.example/a1.jpg",
            link="https://shop.example/a1",
            attributes={"colour": "silver"},
        )
    ]


def test_a_merchant_feed_in_atom_takes_the_address_from_the_links_attribute(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(ATOM)
    assert products(tmp_path / "feed.xml") == [Product(id="E1", title="Kite", price=7.0, currency="GBP", link="https://shop.example/kite")]


def test_a_merchant_feed_with_tabs_is_the_same(tmp_path: Path) -> None:
    rows = [
        "id\ttitle\tlink\timage_link\tavailability\tprice\tage_group",
        "T1\tRain boots\thttps://s.example/1\t\tin stock\t19.99 EUR\tkids",
    ]
    (tmp_path / "feed.tsv").write_text("\n".join(rows))
    with Feed(tmp_path / "feed.tsv") as feed:
        assert feed.kind == "Google Merchant feed (TSV)"
        (row,) = feed.rows()
    attributes = {"age_group": "kids", "availability": "in stock"}
    assert row.product == Product(
        id="T1", title="Rain boots", price=19.99, currency="EUR", link="https://s.example/1", attributes=attributes
    )


def test_shopify_variants_are_one_product_at_its_lowest_price(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text(SHOPIFY)
    tee, mug, old = read(tmp_path / "s.csv", Said(currency="USD"))
    assert tee.product == Product(
        id="soft-tee",
        title="Soft Tee",
        description="Cotton & soft",
        brand="Teeco",
        category=("Apparel", "Clothing", "Shirts"),
        price=22.0,
        currency="USD",
        image="https://img.example/1.jpg",
        attributes={"colour": "Red, Blue", "size": "S, M"},
    )
    assert mug.product == Product(id="mug", title="Mug", brand="Muggo", category=("Home", "Mugs"), price=9.5, currency="USD")
    assert (old.line, old.error) == (6, 'the product is "archived", not on sale')


def test_json_lines_may_nest_prices_categories_and_pictures(tmp_path: Path) -> None:
    nested = {"name": "Lamps", "parent": {"name": "Home", "parent": None}}
    lamp = {
        "id": 7,
        "title": "Lamp",
        "price": {"amount": 12.5, "currency": "EUR"},
        "category": nested,
        "images": ["https://a.example/1.jpg"],
    }
    chair = {"id": "c", "title": "Chair", "price": "1.299,00 €", "category": ["Home", "Chairs"], "url": "https://a.example/c"}
    (tmp_path / "p.jsonl").write_text("\n".join(map(json.dumps, (lamp, chair))))
    assert products(tmp_path / "p.jsonl") == [
        Product(id="7", title="Lamp", category=("Home", "Lamps"), price=12.5, currency="EUR", image="https://a.example/1.jpg"),
        Product(id="c", title="Chair", category=("Home", "Chairs"), price=1299.0, currency="EUR", link="https://a.example/c"),
    ]


def test_a_packed_file_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(AMAZON.encode()))
    assert [product.id for product in products(tmp_path / "a.csv.gz")] == ["B000000001", "B000000002"]


def test_unknown_columns_are_told_by_what_stands_in_them(tmp_path: Path) -> None:
    rows = [
        "Artikel;Was;Kosten;Seite;Foto",
        *(f"a{i};Blaue Tasse {i};{i},50 €;https://s.example/{i};https://s.example/{i}.png" for i in range(9)),
    ]
    (tmp_path / "x.csv").write_text("\n".join(rows), "utf-8")
    with Feed(tmp_path / "x.csv", Said(columns=columns_said(("Artikel=id",)))) as feed:
        assert feed.columns == {"id": ("Artikel",), "title": ("Was",), "price": ("Kosten",), "link": ("Seite",), "image": ("Foto",)}
        third = list(feed.rows())[3].product
    assert third == Product(
        id="a3", title="Blaue Tasse 3", price=3.5, currency="EUR", image="https://s.example/3.png", link="https://s.example/3"
    )


def test_what_the_user_says_of_a_column_overrules_its_name(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("id,title,name,price\n1,Dr,Warm socks,3\n")
    (product,) = products(tmp_path / "x.csv", Said(columns=columns_said(("title=", "name=title"))))
    assert product.title == "Warm socks"


@pytest.mark.parametrize(
    ("said", "message"),
    [(("price",), "is not COLUMN=MEANING"), (("a=prize",), "meanings are id, title"), (("nothing=title",), 'has no column "nothing"')],
)
def test_a_wrong_mapping_is_refused_with_what_there_is(tmp_path: Path, said: tuple[str, ...], message: str) -> None:
    (tmp_path / "x.csv").write_text("id,title\n1,Socks\n")
    with pytest.raises(FeedError, match=message):
        read(tmp_path / "x.csv", Said(columns=columns_said(said)))


@pytest.mark.shared
def test_the_evaluation_catalogue_is_read_whole() -> None:
    file = Path(__file__).parents[5] / "shared" / "data" / "shop" / "catalogue.csv"
    if not file.exists():
        pytest.skip("no evaluation data beside the checkout")
    rows = read(file)
    assert (len(rows), sum(row.product is not None for row in rows)) == (13_098, 13_098)
    assert sum(row.product is not None and row.product.price is None for row in rows) == 1  # its price is 0
    assert all(row.product and row.product.category for row in rows)
