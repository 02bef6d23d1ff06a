"""One video of each unusual kind, under one hashtag; the slug names the kind."""

from dataclasses import replace

from tests.replica.content import Extras, Video
from tests.replica.synthetic import synthetic_video

SPECIAL_SEED = 7_000
KINDS: dict[str, Extras] = {
    "anchor-none": Extras(),
    "anchor-one": Extras(shop="one"),
    "anchor-several": Extras(shop="several"),
    "anchor-empty": Extras(shop="empty"),
    "anchor-malformed": Extras(shop="malformed"),
    "anchor-number": Extras(shop="number"),
    "anchor-link": Extras(shop="link"),
    "anchor-place": Extras(shop="place"),
    "ad": Extras(ad=True),
    "paid-partnership": Extras(paid_partnership=True),
    "seller": Extras(reposts=12),
    "photo-post": Extras(photos=3),
    "live": Extras(live=True),
    "comments-off": Extras(comments_off=True),
    "no-comments": Extras(),
    "deleted": Extras(status=10204),
    "private": Extras(status=10216),
}


def special_videos(tag: str = "special", comments: int = 5) -> list[Video]:
    """Return the videos of all kinds with a few comments each."""
    return [_special(slug, extras, nth, tag, comments) for nth, (slug, extras) in enumerate(KINDS.items())]


def _special(slug: str, extras: Extras, nth: int, tag: str, comments: int) -> Video:
    silent = slug == "no-comments" or extras.comments_off
    plain = synthetic_video(0 if silent else comments, seed=SPECIAL_SEED + nth, replies_every=2)
    creator = replace(plain.creator, uid=f"705000000000000{nth:04d}", handle=f"special.{slug}", seller=slug == "seller")
    return replace(
        plain,
        slug=slug,
        creator=creator,
        caption=f"A video of the kind {slug} #{tag}",
        hashtags=(tag,),
        create_time=plain.create_time - nth * 3_600,
        extras=extras,
    )
