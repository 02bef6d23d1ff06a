"""The stored profile survives a restart, is the user's to see, correct and delete, and searches on TikTok are kept only on request."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import numpy as np
import pytest

from companion import shop_profile
from companion.shop.profile import Event, Scenario, known
from companion.shop.profile.traits import Floats
from companion.store import Store, erase, open_store, shop_events
from companion.store.shop_events import Leaning, Searched
from tests.companion.shop.profile.scene import DAY, MINUTE, NOW, did, shop

CLICK, HIDE = did("click", "tent-3"), did("hide", "lamp-0", NOW + 1)
SEEN = replace(did("impression", "rug-2", NOW + 2), propensity=0.25, hour=7, place=3)
SEARCH = Event(NOW + 3, "search", words="ball", page="search")


def _nothing(words: str) -> Floats:
    return np.zeros(40) if words else np.ones(40)


def test_events_come_back_as_they_were_in_order(store: Store) -> None:
    with store.writing() as connection:
        assert shop_events.add(connection, [SEEN, HIDE, CLICK]) == 3
    with open_store(store.workspace.root).reading() as connection:
        assert shop_events.listed(connection) == [CLICK, HIDE, SEEN]
        assert shop_events.listed(connection, NOW + 2) == [SEEN]
        assert shop_events.hidden(connection) == ["lamp-0"]
        assert shop_events.saved(connection) == []


def test_searches_on_tiktok_are_kept_only_when_the_user_says_so(store: Store) -> None:
    own = replace(SEARCH, page="dashboard", words="rug")
    with store.writing() as connection:
        assert shop_events.add(connection, [SEARCH, own]) == 1
        shop_events.keep_searches(connection, kept=True)
        assert shop_events.add(connection, [SEARCH, SEARCH]) == 2
        assert shop_events.searches(connection) == [Searched("ball", 2, NOW + 3), Searched("rug", 1, NOW + 3)]
        shop_events.keep_searches(connection, kept=False)
        assert [one.words for one in shop_events.searches(connection)] == ["rug"]


def test_a_restart_remembers_and_the_next_card_is_the_same(store: Store) -> None:
    with store.writing() as connection:
        shop_events.add(connection, [CLICK, HIDE, SEEN])
        shop_events.lean(connection, Leaning("kind", "Sport > ball", -1))
    with open_store(store.workspace.root).reading() as connection:
        made = [shop_profile.load(connection, shop(), NOW + MINUTE, _nothing) for _ in range(2)]
    best = [one.best(40, Scenario(NOW + MINUTE)) for one in made]
    assert best[0] == best[1]
    shown = [made[0].profile.traits.products[number].id for number in best[0]]
    assert shown[0].startswith("tent")
    assert "lamp-0" not in shown
    assert not [ident for ident in shown if ident.startswith("ball")]


def test_a_hide_is_for_good_until_it_is_taken_back(store: Store) -> None:
    with store.writing() as connection:
        shop_events.add(connection, [HIDE, CLICK])
        late = shop_profile.load(connection, shop(), NOW + 400 * DAY, _nothing)
        assert 0 in late.profile.hidden
        assert shop_events.take_back(connection, "hide", "lamp-0") == 1
        assert shop_profile.load(connection, shop(), NOW + 400 * DAY, _nothing).profile.hidden == set()


def test_a_search_is_found_anew_when_the_profile_is_made(store: Store) -> None:
    def find(words: str) -> Floats:
        return np.array([float(words in product.title) for product in shop()])

    with store.writing() as connection:
        shop_events.keep_searches(connection, kept=True)
        shop_events.add(connection, [SEARCH])
        made = shop_profile.load(connection, shop(), NOW + MINUTE, find)
    assert made.profile.traits.products[made.best(1, Scenario(NOW + MINUTE))[0]].id.startswith("ball")


def test_everything_can_be_deleted_piece_by_piece_or_at_once(store: Store) -> None:
    with store.writing() as connection:
        shop_events.keep_searches(connection, kept=True)
        shop_events.add(connection, [CLICK, HIDE, SEEN, SEARCH])
        shop_events.lean(connection, Leaning("brand", "brand1", 0.5))
        assert shop_events.forget_search(connection, "ball") == 1
        assert [event.kind for event in shop_events.listed(connection)] == ["click", "hide", "impression"]
        assert shop_events.forget_all(connection) == 3
        assert shop_events.leanings(connection) == []
        assert known(shop_profile.load(connection, shop(), NOW, _nothing).profile, NOW) == []


def test_what_the_user_says_replaces_what_was_said_before(store: Store) -> None:
    with store.writing() as connection:
        shop_events.lean(connection, Leaning("brand", "brand1", 1))
        shop_events.lean(connection, Leaning("brand", "brand1", -0.5))
        assert shop_events.leanings(connection) == [Leaning("brand", "brand1", -0.5)]
        shop_events.lean(connection, Leaning("brand", "brand1", 0))
        assert shop_events.leanings(connection) == []
        with pytest.raises(ValueError, match="leaning is 2"):
            shop_events.lean(connection, Leaning("brand", "brand1", 2))


@pytest.mark.parametrize(
    "wrong",
    [
        replace(CLICK, product=""),
        replace(CLICK, words="x"),
        replace(SEARCH, words="", page="dashboard"),
        replace(SEEN, propensity=1.5),
        replace(SEEN, hour=24),
        replace(CLICK, place=-1),
    ],
)
def test_an_event_that_makes_no_sense_is_not_stored(store: Store, wrong: Event) -> None:
    with pytest.raises(sqlite3.IntegrityError), store.writing() as connection:
        shop_events.add(connection, [wrong])
    with store.reading() as connection:
        assert shop_events.listed(connection) == []


def test_erasing_everything_takes_the_profile_along(store: Store) -> None:
    with store.writing() as connection:
        shop_events.add(connection, [CLICK, HIDE])
        shop_events.lean(connection, Leaning("brand", "brand1", 1))
    erase.everything(store)
    with store.reading() as connection:
        assert shop_events.listed(connection) == []
        assert shop_events.leanings(connection) == []
