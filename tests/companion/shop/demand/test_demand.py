"""Comments become product needs: what is asked for, by how many, at which prices, what holds people back, and what is not there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from companion.shop.demand import (
    AskedComment,
    AskedVideo,
    Linked,
    Need,
    Nouns,
    answers,
    by_answer,
    by_link,
    missing,
    named_prices,
    needs,
    nouns_of,
)
from companion.shop.demand.things import Thing, thing_in, thing_of_title
from companion.shop.product import Product

NOUNS = Nouns(["lamp", "rug", "jacket", "seat", "sofa", "table"])
LAMP = AskedVideo("tiktok", "v1", "c1", "my evening corner #home", "Rechargeable mushroom table lamp, warm light", ("home",))
PLAIN = AskedVideo("tiktok", "v2", "c2", "a very long caption about a weekend in the garden without naming a single thing")
CATALOGUE = [
    Product("p1", "Mushroom table lamp", category=("Home", "Lamps"), price=39, currency="USD"),
    Product("p2", "Floor lamp", category=("Home", "Lamps")),
    Product("p3", "Rug for halls", category=("Home", "Rugs")),
]


def _said(text: str, signal: str, video: AskedVideo = LAMP, **more: object) -> AskedComment:
    usual = {"id": text[:20], "high": signal in ("price", "availability", "want"), "at": 1000}
    return AskedComment(**{**usual, "text": text, "signal": signal, "video": video, **more})  # type: ignore[arg-type]


def _search(text: str, count: int) -> Sequence[Product]:
    words = set(text.split())
    return sorted(CATALOGUE, key=lambda one: -len(words & set(one.title.lower().split())))[:count]


def test_comments_about_the_shown_product_are_one_need_with_topics_objections_and_prices() -> None:
    found = needs(
        [
            _said("link please", "availability", writer="ann", likes=9, lang="en"),
            _said("link?? and the price", "availability", writer="ann", lang="en"),
            _said("where is the mushroom lamp from", "availability", writer="bob", lang="en"),
            _said("¿cuánto cuesta?", "price", writer="eva", lang="es", at=3000),
            _said("40 quid for a lamp is wild", "objection", writer="joe"),
            _said("bought it for $25", "bought", writer="kim", at=500),
        ],
        NOUNS,
    )
    assert len(found) == 1
    need = found[0]
    assert (need.name, need.noun, need.shown) == ("rechargeable mushroom table lamp", "lamp", False)
    assert (need.asking, need.people, need.high, need.bought) == (4, 3, 4, 1)
    assert [(ask.words, ask.count) for ask in need.asks] == [("the link", 2), ("the price", 1), ("where to buy it", 1)]
    assert [ask.words for ask in need.objections] == ["too expensive"]
    assert sorted((price.amount, price.currency) for price in need.prices) == [(25, "USD"), (40, "GBP")]
    assert dict(need.languages) == {"en": 3, "es": 1, "": 2}
    assert need.videos == ((LAMP, 6),)
    assert need.examples[0].text == "link please"
    assert (need.first, need.last) == (500, 3000)
    assert len(need.comments) == 6


def test_another_thing_in_the_same_video_is_a_need_of_its_own() -> None:
    found = needs([_said("link please", "availability"), _said("where did you get that blue rug", "availability")], NOUNS)
    assert {need.name for need in found} == {"rechargeable mushroom table lamp", "rug"}


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("I need the mushroom lamp", True),
        ("I want your red lamp", True),
        ("price of the floor lamp?", False),
        ("does it fit behind the sofa", True),
    ],
)
def test_words_before_the_noun_tell_things_apart_but_looks_do_not(text: str, same: bool) -> None:
    assert (len(needs([_said("link please", "availability"), _said(text, "price")], NOUNS)) == 1) is same


def test_the_same_thing_below_several_videos_is_one_need_most_asked_first() -> None:
    other = AskedVideo("tiktok", "v3", "c9", "", "LED mushroom lamp for bedrooms")
    found = needs(
        [_said("price?", "price", other), _said("link?", "availability"), _said("how much is the rug", "price")],
        NOUNS,
    )
    assert [(need.noun, need.asking, len(need.videos)) for need in found] == [("lamp", 2, 2), ("rug", 1, 1)]


def test_a_thing_that_nobody_names_goes_by_the_caption_of_its_video() -> None:
    need = needs([_said("link please", "availability", PLAIN)], NOUNS)[0]
    assert need.shown
    assert need.name == PLAIN.caption[:59] + "…"


def test_what_is_only_bought_or_objected_to_is_no_need() -> None:
    assert needs([_said("mine broke", "objection"), _said("got it", "bought")], NOUNS) == []
    assert needs([], NOUNS) == []


def test_a_need_is_answered_by_products_with_its_noun_and_missing_when_there_is_none() -> None:
    found = needs(
        [
            _said("link please", "availability"),
            _said("where is that jacket from", "availability", PLAIN),
            _said("link please", "availability", PLAIN),
        ],
        NOUNS,
    )
    held = answers(found, _search)
    assert {answer.need.name: [product.id for product in answer.products] for answer in held} == {
        "rechargeable mushroom table lamp": ["p1", "p2"],
        "jacket": [],
        PLAIN.caption[:59] + "…": [],
    }
    assert [need.name for need in missing(held)] == ["jacket"]


def test_products_are_ranked_by_people_close_to_buying_and_no_comment_counts_twice() -> None:
    comments = [
        _said("link please", "availability"),
        _said("need it", "want", id="n"),
        _said("how much is the rug", "price"),
        _said("is the rug soft", "question", high=False),
    ]
    ranked = by_answer(answers(needs(comments, NOUNS), _search))
    assert [(one.id, one.comments, one.high, one.price) for one in ranked] == [("p1", 2, 2, "39 USD"), ("p3", 2, 1, "")]
    assert sum(one.comments for one in ranked) == len(comments)


def test_products_linked_below_videos_are_ranked_by_the_comments_there() -> None:
    one = AskedVideo("tiktok", "v4", linked=(Linked("s1", "Lamp", "12.50", "USD"),))
    two = AskedVideo("tiktok", "v5", linked=(Linked("s2", "Rug"),))
    both = AskedVideo("tiktok", "v6", linked=one.linked + two.linked)
    ranked = by_link(
        [_said("a", "want", two), _said("b", "price", one), _said("c", "want", one), _said("d", "want", both), _said("e", "want", LAMP)]
    )
    assert [(got.id, got.price, got.comments, got.high, got.videos) for got in ranked] == [
        ("s1", "12.50 USD", 2, 2, 1),
        ("s2", "", 1, 1, 1),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("40 quid for that", [(40, "GBP")]),
        ("is it £12.50 or 15 euros", [(12.5, "GBP"), (15, "EUR")]),
        ("R$ 150", [(150, "BRL")]),
        ("1.299,00", []),
        ("$1,299 wow", [(1299, "USD")]),
        ("I paid 1.5k usd", [(1500, "USD")]),
        ("in 2 weeks I bought 3", []),
        ("500 pesos", [(500, "")]),
        ("12,99€", [(12.99, "EUR")]),
        ("", []),
    ],
)
def test_prices_in_a_comment(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(price.amount, price.currency) for price in named_prices(text)] == expected


@pytest.mark.parametrize(
    ("title", "phrase"),
    [
        ("Rechargeable mushroom table lamp, warm light", "rechargeable mushroom table lamp"),
        ("24 litre travel backpack, opens like a suitcase", "travel backpack"),
        ("Thing (new)", "thing"),
        ("for", "for"),
        ("🎀🎀", ""),
    ],
)
def test_a_title_names_its_thing_before_its_details(title: str, phrase: str) -> None:
    assert thing_of_title(title, NOUNS).phrase.strip() == phrase


def test_a_comment_names_only_what_it_points_at_and_what_is_known() -> None:
    assert thing_in("where did you get that cute little travel jacket pls", NOUNS) == Thing("jacket", ("travel",))
    assert thing_in("the vibes in this room", NOUNS) is None
    assert thing_in("lamp", NOUNS) is None
    assert thing_in("", NOUNS) is None


def test_nouns_of_a_catalogue_are_its_kinds_and_titles() -> None:
    nouns = nouns_of(
        [Product("1", "Alba silk scarf, garden print", category=("Clothing", "Hats, scarves and gloves")), Product("2", "???")]
    )
    assert all(word in nouns for word in ("hat", "scarf", "glove"))
    assert "garden" not in nouns
    assert "alba" not in nouns


def test_needs_do_not_depend_on_the_order_of_the_comments() -> None:
    comments = [
        _said(text, "price", video, id=f"{video.id} {text}")
        for video in (LAMP, PLAIN)
        for text in ("price?", "price of the rug", "how much is the floor lamp", "the lamp?", "cost of the mushroom lamp")
    ]

    def told(found: list[Need]) -> list[tuple[str, int]]:
        return [(need.name, need.asking) for need in found]

    assert told(needs(comments, NOUNS)) == told(needs(comments[::-1], NOUNS))


def test_a_discount_code_is_no_product_whatever_a_catalogue_calls_its_things() -> None:
    nouns = nouns_of([Product("1", "Cutting boards with colour code", category=("Kitchen", "Boards and code"))])
    assert "board" in nouns
    assert "code" not in nouns
    assert needs([_said("does the code still work", "price")], nouns)[0].noun == "lamp"


def test_words_that_comments_use_for_something_else_are_no_things_although_a_category_ends_in_them() -> None:
    nouns = nouns_of(
        [Product("1", "Garment labels", category=("Sewing", "Labels & Tags")), Product("2", "Table lamp", category=("Lamps",))]
    )
    assert "label" not in nouns
    assert "lamp" in nouns
