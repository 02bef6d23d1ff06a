"""Comments -> product needs: which things are asked for, by how many, at which prices, and what holds people back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from companion.quality.asks import Ask, ranked
from companion.quality.shares import Share, wilson
from companion.shop.demand.asked import ASKING, AskedComment, AskedVideo
from companion.shop.demand.prices import NamedPrice, named_prices
from companion.shop.demand.things import Nouns, Thing, thing_in, thing_of_title

EXAMPLES = 5
"""Comments quoted for a need."""

CAPTION = 60
"""Characters of a caption that name a thing which nobody names otherwise."""

Place = tuple[str, str]
"""Of a video: (platform, id)."""


@dataclass(frozen=True)
class Example:
    """A comment that shows the need, to be linked."""

    platform: str
    comment: str
    video: str
    text: str
    signal: str
    high: bool
    likes: int


@dataclass(frozen=True)
class Need:
    """A product that people ask for.

    Attributes:
        name: as most say it, "mushroom table lamp".
        noun: what it is, folded; "" where only the video shows it.
        shown: whether no words name it: `name` is then the beginning of the video's caption.
        asking: comments that ask for it; `people` different writers among these (each unknown writer counts as one).
        high: comments close to buying, among all that are about it; `share` of all with its 95 % interval.
        bought: comments of people who say that they have it.
        asks, objections: topics with counts and quotes.
        prices: every price that a comment names.
        languages: comments by language, "" for not known.
        videos: comments by video, the most asked first.
        examples: those close to buying and the most liked first.
        comments: the ids of all, by platform.
    """

    name: str
    noun: str
    shown: bool
    asking: int
    people: int
    high: int
    share: Share
    bought: int
    asks: tuple[Ask, ...]
    objections: tuple[Ask, ...]
    prices: tuple[NamedPrice, ...]
    languages: tuple[tuple[str, int], ...]
    videos: tuple[tuple[AskedVideo, int], ...]
    examples: tuple[Example, ...]
    comments: tuple[tuple[str, str], ...]
    first: int
    last: int


def needs(comments: Iterable[AskedComment], nouns: Nouns) -> list[Need]:
    """Product needs, those that most people ask for first. A need that nobody asks for (only bought or objected to) is left out.

    A comment is about the thing which it points at; else about its video's product; else about whatever the video shows. Things
    with the same noun are one need when one of them says no more than the noun, under the same video, or half of their other words agree.
    """
    about: dict[Place, tuple[Thing, Nouns]] = {}
    found: dict[tuple[Thing, Place | None], list[AskedComment]] = {}
    for comment in comments:
        place = comment.video.platform, comment.video.id
        if place not in about:
            thing = thing_of_title(_product(comment.video), nouns)
            about[place] = thing, nouns | [thing.noun] if thing.noun else nouns
        shown, known = about[place]
        said = thing_in(comment.text, known)
        if said is not None and said.noun == shown.noun and not _differ(said, shown):
            said = None
        thing = said or shown
        found.setdefault((thing, None if thing.noun and thing.more else place), []).append(comment)
    made = [_need(group) for group in _joined(found)]
    return sorted((need for need in made if need.asking), key=lambda need: (-need.people, -need.high, need.name))


def _product(video: AskedVideo) -> str:
    return video.product or (video.linked[0].title if len(video.linked) == 1 else "")


def _differ(said: Thing, shown: Thing) -> bool:
    """Whether the words before the same noun speak of another thing: a floor lamp is not the mushroom table lamp."""
    return bool(said.more) and bool(shown.more) and said.more[-1] not in shown.more


_Key = tuple[Thing, Place | None]


def _joined(found: dict[_Key, list[AskedComment]]) -> Iterator[list[tuple[Thing, AskedComment]]]:
    """Keys of one need joined: each key, the most commented first, joins the first group that has one like it."""
    videos = {key: {(comment.video.platform, comment.video.id) for comment in said} for key, said in found.items()}
    groups: dict[str, list[list[_Key]]] = {}
    for key in sorted(found, key=lambda one: (-len(found[one]), one[0].phrase, one[1] or ())):
        same_noun = groups.setdefault(key[0].noun, [])
        home = next((group for group in same_noun if any(_alike(key, other, videos) for other in group)), None)
        if home is None:
            same_noun.append([key])
        else:
            home.append(key)
    for group in (group for same_noun in groups.values() for group in same_noun):
        yield [(key[0], comment) for key in group for comment in found[key]]


def _alike(one: _Key, other: _Key, videos: dict[_Key, set[Place]]) -> bool:
    """Whether two keys with the same noun are one need."""
    first, second = one[0], other[0]
    if not first.noun:
        return one == other
    if not first.more or not second.more:
        return not (first.more or second.more) or bool(videos[one] & videos[other])
    return 2 * len(set(first.more) & set(second.more)) >= min(len(first.more), len(second.more))


def _need(group: list[tuple[Thing, AskedComment]]) -> Need:
    comments = sorted((comment for _, comment in group), key=lambda one: (not one.high, -one.likes, one.id))
    thing = Counter(thing for thing, _ in group).most_common(1)[0][0]
    named = [thing for thing, _ in group if thing.more]
    if not thing.more and named:
        thing = Counter(named).most_common(1)[0][0]
    asking = [comment for comment in comments if comment.signal in ASKING]
    high = sum(comment.high for comment in comments)
    share = wilson(high, len(comments))
    assert share is not None  # noqa: S101 (a group has at least one comment)
    said = [(comment.signal, comment.text, comment.likes) for comment in comments]
    times = [comment.at for comment in comments]
    caption = comments[0].video.caption
    return Need(
        name=thing.phrase if thing.noun else (caption if len(caption) <= CAPTION else f"{caption[: CAPTION - 1]}…"),
        noun=thing.noun,
        shown=not thing.noun,
        asking=len(asking),
        people=len({(comment.video.platform, comment.writer or f"?{comment.id}") for comment in asking}),
        high=high,
        share=share,
        bought=sum(comment.signal == "bought" for comment in comments),
        asks=tuple(ranked([one for one in said if one[0] != "want"], ("availability", "price", "question"))),
        objections=tuple(ranked(said, ("objection",))),
        prices=tuple(price for comment in comments for price in named_prices(comment.text, comment.id)),
        languages=tuple(Counter(comment.lang for comment in comments).most_common()),
        videos=tuple(Counter(comment.video for comment in comments).most_common()),
        examples=tuple(_example(comment) for comment in (asking + [one for one in comments if one.signal not in ASKING])[:EXAMPLES]),
        comments=tuple((comment.video.platform, comment.id) for comment in comments),
        first=min(times),
        last=max(times),
    )


def _example(comment: AskedComment) -> Example:
    video = comment.video
    return Example(video.platform, comment.id, video.id, comment.text, comment.signal, comment.high, comment.likes)
