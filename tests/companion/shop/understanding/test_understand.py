"""What a shop assistant would write on the order slip after reading a query once."""

from __future__ import annotations

import pytest

from companion.shop.understanding import AgeRange, Budget, Phrases, explained, understand


def test_a_circumstance_fills_the_slots_that_it_speaks_of() -> None:
    wish = understand("sandals for my 4 year old granddaughter who adores mermaids, not pink, under 30 euros")
    assert (wish.product_type, wish.recipient, wish.gender, wish.age_band) == ("sandals", "daughter", "female", "child")
    assert wish.age == AgeRange(4, 4)
    assert wish.budget == Budget(None, 30, "EUR", said=True)
    assert (wish.interests, wish.exclusions) == (("mermaids",), ("pink",))
    assert wish.kinds == ("sandals",)


@pytest.mark.parametrize(
    ("text", "franchise"),
    [
        ("t-shirt for a boy who likes Ben 10", "Ben 10"),
        ("101 dalmatians blanket", "101 Dalmatians"),
        ("poster of blink 182", "Blink-182"),
        ("apollo 11 model kit", "Apollo 11"),
        ("maroon 5 hoodie", "Maroon 5"),
    ],
)
def test_a_figure_in_a_name_is_neither_age_nor_price(text: str, franchise: str) -> None:
    wish = understand(text)
    assert (wish.franchises, wish.age, wish.budget) == ((franchise,), None, None)


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("car phone holder", "car phone holder"),
        ("tablet case for kids", "tablet case"),
        ("desk lamp with usb port", "desk lamp"),
        ("I need something for my phone, a charger maybe", "charger"),
        ("wooden toy train", "wooden toy train"),
        ("gafas de sol para mujer", "gafas de sol"),
        ("Kinderfahrrad für meinen Sohn", "Kinderfahrrad"),
    ],
)
def test_the_head_of_the_name_is_what_is_asked_for(text: str, product: str) -> None:
    assert understand(text).product_type == product


def test_comments_ask_and_the_caption_sets_the_scene() -> None:
    wish = understand("sunday reset in my kitchen #cleantok | omg the kettle!! where from | need it")
    assert (wish.product_type, wish.kinds, wish.recipient) == ("kettle", ("kettle",), "")
    assert wish.terms["kettle"] > wish.terms["kitchen"]


def test_a_caption_about_running_narrows_shoes_to_running_shoes() -> None:
    assert understand("my first 10k run #runtok | which shoes are these").kinds[0] == "running shoes"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("my back hurts from sitting all day", "seat cushion"),
        ("our kitten scratches the sofa", "cat toy"),
        ("my phone dies by noon every day", "power bank"),
        ("he can't sleep because of noisy neighbours", "ear plugs"),
        ("she bakes a lot", "bakeware"),
        ("we just had a baby", "baby clothes"),
        ("my baby is teething", "pacifier"),
    ],
)
def test_a_circumstance_without_a_product_names_what_helps(text: str, kind: str) -> None:
    wish = understand(text)
    assert kind in wish.needs
    assert not wish.kinds


@pytest.mark.parametrize(
    "text",
    [
        "my flatmate drops his plate every morning",
        "grandpa keeps burning the toast",
        "someone took my umbrella again",
        "our puppy sleeps on the sofa",
    ],
)
def test_a_thing_in_a_story_is_not_asked_for(text: str) -> None:
    assert understand(text).product_type == ""


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("my umbrella broke, I need a new one", "umbrella"),
        ("we are after a kettle that is quiet", "kettle"),
        ("the neighbours are loud. Do you have ear plugs?", "ear plugs"),
        ("my niece moves out, toaster under 30", "toaster"),
    ],
)
def test_a_thing_in_a_wish_is_asked_for_even_beside_a_story(text: str, product: str) -> None:
    assert understand(text).product_type == product


@pytest.mark.parametrize(
    ("text", "gender", "band"),
    [
        ("girls sandals", "female", "child"),
        ("men's belt", "male", "adult"),
        ("Damenuhr aus Stahl", "female", "adult"),
        ("a scarf for her birthday", "female", ""),
        ("mom jeans", "", ""),
        ("senior cat food", "", ""),
        ("teen hoodie for boys", "male", "teen"),
    ],
)
def test_gender_and_age_band_are_only_what_is_said(text: str, gender: str, band: str) -> None:
    wish = understand(text)
    assert (wish.gender, wish.age_band) == (gender, band)


@pytest.mark.parametrize(
    ("text", "interests"),
    [
        ("she loves chess and knitting", ("chess", "knitting")),
        ("he only talks about sailing", ("sailing",)),
        ("my aunt just started painting", ("painting",)),
        ("lunch box with dinosaurs", ("dinosaurs",)),
        ("sie kocht gern", ("cooking",)),
        ("they can see into our garden", ()),
        ("he sleeps like a log", ()),
    ],
)
def test_what_somebody_likes(text: str, interests: tuple[str, ...]) -> None:
    assert understand(text).interests == interests


def test_brands_of_the_catalogue_are_known_beside_the_well_known() -> None:
    own = Phrases([("Zephyrix",)], None)
    assert understand("zephyrix kettle or one by Philips", brands=own).brands == ("Zephyrix", "Philips")


def test_brands_that_are_words_need_a_capital() -> None:
    assert understand("Apple watch strap").brands == ("Apple",)
    assert understand("apple peeler").brands == ()


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        (
            "zapatos rojos para mi hija de 5 años",
            {"kinds": ("shoes",), "colours": ("red",), "recipient": "daughter", "age": AgeRange(5, 5)},
        ),
        ("presente para minha namorada que gosta de yoga", {"recipient": "girlfriend", "gift": True, "interests": ("yoga",)}),
        ("tas ransel anak umur 6 tahun tanpa roda", {"kinds": ("backpack",), "age": AgeRange(6, 6), "exclusions": ("roda",)}),
        (
            "áo khoác nữ màu đen không phải da",
            {"kinds": ("jacket",), "gender": "female", "colours": ("black",), "exclusions": ("leather",)},
        ),
        ("Winterjacke Herren schwarz, kein Leder", {"kinds": ("jacket",), "gender": "male", "exclusions": ("leather",)}),
        ("chaussures de course femme taille 39", {"kinds": ("running shoes",), "gender": "female", "sizes": ("39",)}),
        ("borraccia blu per mio marito", {"kinds": ("water bottle",), "recipient": "husband", "colours": ("blue",)}),
    ],
)
def test_other_languages(text: str, slots: dict[str, object]) -> None:
    wish = understand(text)
    assert {name: getattr(wish, name) for name in slots} == slots


@pytest.mark.parametrize("text", ["", "   ", "🔥🔥🔥", "?!...", "the of and"])
def test_a_text_that_says_nothing_gives_an_empty_wish(text: str) -> None:
    assert understand(text).says_nothing


def test_the_explanation_says_back_what_was_understood() -> None:
    wish = understand("red kettle for my mom, max 40 dollars, no plastic")
    assert explained(wish) == {
        "Looking for": "kettle",
        "For": "mother",
        "Budget": "up to 40 USD",
        "Colour": "red",
        "Without": "plastic",
    }


def test_what_helps_first_is_what_the_circumstance_is_about() -> None:
    assert understand("my baby is teething").needs[0] == "pacifier"
    assert understand("our puppy chews the chair legs").needs[0] == "dog toy"
