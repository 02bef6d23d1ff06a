"""More ways of saying a size, an age, a budget, a person and what is not wanted."""

from __future__ import annotations

import pytest

from companion.shop.understanding import AgeRange, understand
from companion.shop.understanding.alternation import one_of


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("nursing bra 34G nude", ("34G",)),
        ("macrame cord 34g", ("34g",)),
        ("rain trousers 92 yellow", ("92",)),
        ("base layer top M navy", ("M",)),
        ("heels, do they come in a 42", ("42",)),
        ("knickers in a 16-18", ("16-18",)),
        ("trousers, 36 chest and 33 inside leg", ("36", "33")),
        ("bike helmet 52-56cm", ("52-56cm",)),
        ("un vestido, uso la 44", ("44",)),
        ("pantofole, porta il 43", ("43",)),
        ("zapatillas talla 39 hasta 80€", ("39",)),
        ("socks, pack of 12", ()),
    ],
)
def test_sizes(text: str, sizes: tuple[str, ...]) -> None:
    assert understand(text).sizes == sizes


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("hes 11 and loves chess", 11, 11),
        ("a puzzle for her, shes 88", 88, 88),
        ("kiddo has read them all, is 8 now", 8, 8),
        ("both in their late 70s", 70, 79),
        ("kids aged 2, 5 and 8", 2, 8),
        ("gift gardening 60th", 60, 60),
        ("grandfather 75 birthday", 75, 75),
    ],
)
def test_ages(text: str, low: float, high: float) -> None:
    assert understand(text).age == AgeRange(low, high)


@pytest.mark.parametrize(
    "text", ["passed her test on the 6th go", "uso la 44 y no quiero", "im 5'2 so a small one", "our 30th wedding anniversary"]
)
def test_no_ages(text: str) -> None:
    assert understand(text).age is None


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("socks sub 50", None, 50, "EUR"),
        ("socks, limit's a tenner", None, 10, "GBP"),
        ("socks under two hundred", None, 200, "EUR"),
        ("socks, from 90 up to 140 pounds", 90, 140, "GBP"),
        ("goodie bags, 15 a head", None, 15, "EUR"),
        ("un libro, no me llega para más de 20 euros", None, 20, "EUR"),
        ("zapatillas talla 39 hasta 80€", None, 80, "EUR"),
    ],
)
def test_budgets(text: str, low: float | None, high: float | None, currency: str) -> None:
    budget = understand(text, "EUR").budget
    assert budget is not None
    assert (budget.low, budget.high, budget.currency) == (low, high, currency)


def test_amperes_are_no_money() -> None:
    assert understand("jump starter, at least 2000 amps").budget is None


@pytest.mark.parametrize(
    ("text", "exclusions"),
    [
        ("a scarf, wool makes me itch", ("wool",)),
        ("earrings, she gets a rash from nickel and cheap brass", ("nickel", "brass")),
        ("flowers are a no because of the cats", ("flowers",)),
        ("tried powerline adapters already so not those again", ("powerline adapters",)),
        ("she won't wear a beaded chain", ("beaded chain",)),
        ("he does NOT want any more mugs", ("mugs",)),
        ("wife isnt into jewellery", ("jewellery",)),
        ("a bench that isn't that awful grey rattan", ("grey rattan",)),
        ("cat litter no clay 10kg", ("clay",)),
        ("bath toys no holes mould free", ("holes", "mould")),
        ("sunscreen no white cast", ("white cast",)),
        ("no armrests grey", ("armrests",)),
        ("a dress, no quiero ir de negro ni con lentejuelas", ("black", "lentejuelas")),
        ("ein Radio, bitte nichts mit Bluetooth", ("bluetooth",)),
        ("I had no ring for her", ()),
        ("someone I've never spoken to", ()),
        ("drop the link please", ()),
    ],
)
def test_what_is_not_wanted(text: str, exclusions: tuple[str, ...]) -> None:
    assert set(understand(text).exclusions) == set(exclusions)


@pytest.mark.parametrize(
    ("text", "gender", "band"),
    [
        ("a mug for my nan", "female", ""),
        ("brogues for my fella", "male", "adult"),
        ("present for my mil", "female", "adult"),
        ("paint by numbers for adults", "", "adult"),
        ("baby swim nappies", "", "baby"),
        ("elderly dad", "male", "senior"),
        ("my horse rubs his tail", "", ""),
        ("usb c hub", "", ""),
        ("casque sans fil", "", ""),
    ],
)
def test_people(text: str, gender: str, band: str) -> None:
    wish = understand(text)
    assert (wish.gender, wish.age_band) == (gender, band)


def test_words_share_their_beginnings_in_a_pattern() -> None:
    assert one_of(("ten", "two", "twenty")) == "t(?:en|w(?:enty|o))"
