"""When a shop says that it does not have a thing, and when it knows the thing under another name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from companion.shop.matching.titles import Title
from companion.shop.product import Product
from companion.shop.ranking import Ranker
from companion.shop.retrieval import Retriever
from companion.shop.retrieval.dense import Dense, load_index, rows_of
from companion.shop.retrieval.encoding import SentenceEncoder, encode_missing
from companion.shop.retrieval.lexical import Lexical
from companion.shop.retrieval.texts import dense_text
from companion.shop.retrieval.vectors import VectorFile

TITLES = (
    "Alto Saxophone Reeds, box of 10",
    "Padded Saxophone Bag, green",
    "Linguine Pasta, durum wheat 500 g",
    "Chainsaw Starter, fits 45cc to 58cc",
    "Dishwasher Tablets, 24 pieces",
    "Wet and Dry Vacuum Cleaner 1200 W",
    "Women's Slippers, size 38",
    "Digital Photo Frame, 7 inch",
    "43 inch Smart LED TV",
    "Hair Dryer 1200 W with diffuser",
    "Biodegradable Garbage Bags, 60 pieces",
    "New Whisk - Milk Frother Handheld Battery Operated for Coffee",
    "Trekking Stick or Pole with adjustable height",
    "USB Microphone with arm",
    "Women's Fashion Boots, brown",
)


@pytest.fixture(scope="module")
def ranker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ranker]:
    """Over the shelf, with the shipped encoder."""
    shelf = [Product(str(place), title) for place, title in enumerate(TITLES)]
    folder, encoder, texts = tmp_path_factory.mktemp("shelf"), SentenceEncoder(), [dense_text(one) for one in shelf]
    vectors = VectorFile(folder / "vectors.bin", encoder.dimension)
    encode_missing(vectors, encoder, texts)
    dense = Dense(vectors, rows_of(vectors, texts), load_index(folder / "dense.faiss", vectors, encoder.name, "ip"), "ip")
    yield Ranker(shelf, Retriever(shelf, Lexical.build(shelf), dense, encoder))
    encoder.close()


@pytest.mark.parametrize(
    "query",
    [
        "saxophone",
        "making fresh pasta on a sunday #pastatok | what pasta maker is that",
        "chainsaw",
        "i need a new dishwasher",
        "robot vacuum cleaner for pet hair",
        "ski boots",
        "a typewriter for my best friend who writes novels",
    ],
)
def test_parts_supplies_and_other_sorts_are_not_the_thing(ranker: Ranker, query: str) -> None:
    assert not ranker.rank(query).answerable


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("vacuum cleaner", 5),
        ("fluffy slippers", 6),
        ("picture frame", 7),
        ("telly", 8),
        ("blow dryer", 9),
        ("bin liners", 10),
        ("iced coffee at home | what is that little frother thing", 11),
        ("hiking stick for my dad", 12),
        ("streaming setup | what mic do you use", 13),
        ("brown boots for women", 14),
    ],
)
def test_the_thing_is_known_by_other_names_and_with_words_that_only_describe(ranker: Ranker, query: str, place: int) -> None:
    found = ranker.rank(query)
    assert found.answerable
    assert found.hits[0].place == place


def test_a_title_tells_the_thing_from_what_it_is_for() -> None:
    title = Title.of("Camera Strap for Telescope, Compass")
    assert [title.has_thing(word, ()) for word in ("strap", "camera", "telescope", "compass")] == [True, False, False, False]
