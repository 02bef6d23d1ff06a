"""Where a video was posted comes in with its page by the readers that every door shares, and is never where a commenter is."""

from __future__ import annotations

from companion.intake import take
from companion.reparse import reparse
from companion.store import Store, video_regions
from tests.companion.intake_scene import LATER, SCRAPE, came, everything, film, shown
from tests.companion.recorded import AT, detail, listing
from tests.companion.tiktok.shapes import VIDEO, comment, item, user
from tests.replica.world import World


def test_the_pages_of_a_site_fill_the_region_of_every_video_that_has_one(store: Store) -> None:
    made = World(8, 2).build()
    take(store, [listing(made[:4]).captured(AT), *(detail(video).captured(AT) for video in made[4:])], SCRAPE)
    told = {video.id: video.extras.region for video in made if video.extras.region}
    assert 0 < len(told) < len(made)
    with store.reading() as connection:
        assert {ident: code for (_, ident), code in video_regions.of_all(connection).items()} == told


def test_a_page_without_it_leaves_what_is_known(store: Store) -> None:
    shown(store, item(locationCreated="VN"))
    shown(store, item(), at=LATER)
    assert film(store).region == "VN"


def test_reading_kept_pages_again_fills_what_an_older_version_did_not_read(store: Store) -> None:
    shown(store, item(locationCreated="US"))
    before = everything(store)
    with store.writing() as connection:
        connection.execute("UPDATE video SET region = NULL")
        connection.execute("UPDATE raw_page SET parser = '1'")
    reparse(store)
    assert film(store).region == "US"
    assert everything(store) == before


def test_where_a_commenter_is_is_never_read(store: Store) -> None:
    shown(store, item())
    came(store, comment(user={**user(), "region": "AU"}, locationCreated="AU", region="AU", country="AU"))
    assert film(store, VIDEO).region is None
    with store.reading() as connection:
        assert video_regions.counts(connection) == {}
        held = {row[1] for row in connection.execute("PRAGMA table_info (comment)")}
    assert not held & {"region", "country", "location"}
