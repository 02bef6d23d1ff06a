"""What no shop of goods sells is told from goods that are named by the same words."""

from __future__ import annotations

import pytest

from companion.shop.matching.not_sold import not_sold


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("need a plumber for a leaking tap", "a service"),
        ("looking for someone who can paint my house", "a service"),
        ("guitar lessons near me", "a service"),
        ("my car won't start, I need it towed", "a service"),
        ("loving this city 🌆 #travel | can anyone recommend a good photographer", "a service"),
        ("concert tickets for saturday", "a booking"),
        ("cheap hotel in Lisbon", "a booking"),
        ("three bedroom house in Leeds", "a home"),
        ("a small studio to rent", "a home"),
        ("second hand Toyota", "a vehicle"),
        ("fresh salmon for tonight", "fresh food"),
        ("pizza delivered to my home", "fresh food"),
        ("doxycycline or azithromycin tablets", "a medicine"),
        ("eye drops on prescription", "a medicine"),
        ("kittens for adoption", "a living animal"),
        ("health insurance policy could I take out", "a service"),
        ("which car insurance should I take out", "a service"),
        ("I want to open a bank account", "a service"),
        ("pet insurance renewal", "a service"),
        ("send a plumber round today to fix the tap", "a service"),
        ("get an electrician over to look at the fuse box", "a service"),
        ("can someone come and mend my washing machine", "a service"),
        ("could you send somebody to unclog the drain", "a service"),
        ("pottery classes", "a service"),
        ("need a lift to the airport", "a service"),
        ("send us a pizza", "fresh food"),
        ("splitting headache and a fever and no paracetamol left", "a medicine"),
        ("we have run out of ibuprofen", "a medicine"),
    ],
)
def test_what_is_no_product_is_known(query: str, told: str) -> None:
    assert not_sold(query) == told


@pytest.mark.parametrize(
    "query",
    [
        "gift for my teacher",
        "need a gift for the babysitter",
        "doctor costume for kids",
        "ticket holder for the car",
        "raffle tickets",
        "hotel slippers",
        "phone screen repair kit",
        "yoga instructor training manual",
        "new gym membership, what shoes should I get",
        "flight tomorrow, which neck pillow do you recommend",
        "adopt a kitten, what litter do I need",
        "a used car for my son to play with, remote control",
        "flat shoes",
        "house plants",
        "cat food with salmon",
        "a box to keep fresh vegetables in",
        "pizza stone",
        "birthday cake topper",
        "doctor who mug",
        "insurance papers folder",
        "credit card holder",
        "can someone recommend a washing machine",
        "headphones for online classes",
        "send me a pizza cutter",
        "no aspirin in it, a cream for my back",
        "a tool for the plumber",
        "",
    ],
)
def test_goods_named_by_the_same_words_are_goods(query: str) -> None:
    assert not_sold(query) == ""


def test_a_text_without_end_is_looked_at_in_no_time() -> None:
    assert not_sold("need a good " * 5000) == ""
