"""Product needs of what is stored, from the sample that ships, read by the real model."""

from __future__ import annotations

import pytest

from companion import shop_demand
from companion.dashboard import sample_data
from companion.intent import IntentModel
from companion.shop.demand import by_link, needs, nouns_of
from companion.shop.demo import products
from companion.store import Store
from companion.store.products import VideoProduct, save
from companion.store.wanted import Wanted


@pytest.fixture
def sampled(store: Store, model: IntentModel) -> Store:
    """A workspace with the sample, graded by the model."""
    sample_data.add(store, model)
    return store


def test_the_sample_asks_most_for_a_serum_a_lamp_and_a_backpack(sampled: Store, model: IntentModel) -> None:
    with sampled.reading() as connection:
        found = needs(shop_demand.asked(connection, model.id), nouns_of(products()))
    asked = [need.noun for need in found]
    assert asked[:2] == ["serum", "lamp"]
    assert {"backpack", "hook", "rack"} <= set(asked)
    lamp = next(need for need in found if need.noun == "lamp")
    assert (40, "GBP") in [(price.amount, price.currency) for price in lamp.prices]
    assert {ask.words for ask in lamp.objections} >= {"too expensive"}
    assert [video.id for video, _ in lamp.videos] == ["sample-v1"]


@pytest.mark.parametrize(
    "wishes", [Wanted(video="sample:sample-v2"), Wanted(creator="sample:sample-c2"), Wanted(hashtag="skincare")], ids=str
)
def test_a_video_a_creator_and_a_hashtag_have_needs_of_their_own(sampled: Store, model: IntentModel, wishes: Wanted) -> None:
    with sampled.reading() as connection:
        asked = shop_demand.asked(connection, model.id, wishes)
    assert {comment.video.id for comment in asked} == {"sample-v2"}
    assert all(comment.video.hashtags == ("skincare", "vitaminc", "skintok") for comment in asked)


def test_the_creators_own_comments_are_no_demand(sampled: Store, model: IntentModel) -> None:
    with sampled.reading() as connection:
        asked = {comment.id for comment in shop_demand.asked(connection, model.id)}
        own = {row["id"] for row in connection.execute("SELECT id FROM comment WHERE is_creator_reply = 1")}
    assert own
    assert not asked & own


def test_linked_products_come_with_their_videos(sampled: Store, model: IntentModel) -> None:
    with sampled.writing() as connection:
        shop = VideoProduct("sample", "sample-v3", "777", "Travel pack", "s", "shop", "59.00", "USD", "https://shop.example/777", ("Bags",))
        save(connection, [shop], now=1)
    with sampled.reading() as connection:
        ranked = by_link(shop_demand.asked(connection, model.id))
    assert [(one.id, one.price, one.videos) for one in ranked] == [("777", "59.00 USD", 1)]
    assert ranked[0].high > 0


def test_nothing_is_found_before_any_model_graded(store: Store) -> None:
    with store.reading() as connection:
        assert shop_demand.asked(connection, "no such model") == []
