"""A world of any size under one hashtag: the same for the same seed, its threads made only when they are asked for."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import overload

from tests.replica.content import NOW, Comment, Cover, Creator, Extras, Shop, User, Video
from tests.replica.world_text import comment_text, reply_text

MAX_VIDEOS, MAX_COMMENTS, MAX_REPLIES = 4096, 16_384, 60  # what an id has room for
THREADS_KEPT = 24
DAY_S = 86_400
SHARE_WITH_REPLIES = 0.22
SHOPS: tuple[Shop, ...] = ("none", "one", "none", "several", "none", "none", "empty", "none", "link", "none")
REGIONS = ("US", "DE", "", "VN", "US")
COVERS = (Cover("💡", "#27496d", "#0c1b2a"), Cover("🧺", "#6d5a27", "#2a220c"), Cover("🪴", "#2a6d27", "#0c2a12"))


@dataclass(frozen=True)
class World:
    """``videos`` videos with ``comments`` top-level comments each, under the hashtag ``tag``."""

    videos: int
    comments: int
    seed: int = 1
    tag: str = "lamptok"

    def __post_init__(self) -> None:
        if not 0 < self.videos <= MAX_VIDEOS or not 0 <= self.comments <= MAX_COMMENTS:
            raise ValueError(
                f"a world of {self.videos} videos x {self.comments} comments; choose 1-{MAX_VIDEOS} videos, 0-{MAX_COMMENTS} comments"
            )

    def build(self) -> list[Video]:
        """Return the videos, newest first; comments come to be when somebody looks at them."""
        creators = [_creator(self, nth) for nth in range(max(1, self.videos // 20))]
        return [_video(self, index, creators[index % len(creators)]) for index in range(self.videos)]

    @property
    def people(self) -> int:
        """How many different commenters the world draws from."""
        return max(20, self.videos * self.comments // 4)

    def person(self, index: int) -> User:
        """Return one commenter."""
        uid = 7_100_000_000_000_000_000 + self.seed * 1_000_000_000 + index * 7
        return User(
            uid=str(uid), handle=f"person{self.seed}.{index}", nickname=f"Person {index} ✨" if index % 5 == 0 else f"Person {index}"
        )


@dataclass(frozen=True)
class WorldVideo(Video):
    """A video that knows how many comments it has without making them."""

    total: int = 0

    @property
    def visible_total(self) -> int:
        """Comments and replies that the page can show."""
        return self.total


@dataclass(frozen=True)
class WorldThread(Sequence[Comment]):
    """The comments of one video of a world; the last few threads that were looked at are kept."""

    world: World
    video: int
    created: int
    creator: Creator = field(repr=False)

    def __len__(self) -> int:
        return self.world.comments

    @overload
    def __getitem__(self, place: int) -> Comment: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Comment]: ...
    def __getitem__(self, place: int | slice) -> Comment | Sequence[Comment]:
        return _thread(self)[place]

    def __iter__(self) -> Iterator[Comment]:
        return iter(_thread(self))


def reply_counts(world: World, video: int) -> list[int]:
    """Return how many replies each comment of a video has."""
    chance = random.Random(f"{world.seed}/{video}/replies")  # noqa: S311 - made again from the seed
    shares = [chance.random() for _ in range(world.comments)]
    return [0 if share > SHARE_WITH_REPLIES else min(MAX_REPLIES, 1 + int(share * 1000) % 9) for share in shares]


@lru_cache(maxsize=THREADS_KEPT)
def _thread(of: WorldThread) -> tuple[Comment, ...]:
    chance = random.Random(f"{of.world.seed}/{of.video}")  # noqa: S311 - made again from the seed
    return tuple(_comment(of, index, replies, chance) for index, replies in enumerate(reply_counts(of.world, of.video)))


def _comment(of: WorldThread, index: int, replies: int, chance: random.Random) -> Comment:
    author, other = chance.randrange(of.world.people), chance.randrange(of.world.people)
    created = of.created + chance.randrange(60, 3 * DAY_S)
    picture = chance.random()
    cid = _id(of, created, index, 0)
    return Comment(
        cid=cid,
        user=of.world.person(author),
        text="" if picture < 0.02 else comment_text(chance, index, of.world.person(other).handle),
        create_time=created,
        likes=int(chance.paretovariate(1.1)) - 1,
        pinned=index == 0 and of.video % 4 == 0,
        creator_liked=chance.random() < 0.05,
        image=picture < 0.01,
        sticker=0.01 <= picture < 0.02,
        intent_flag=chance.random() < 0.1,
        hidden_replies=int(replies > 0 and index % 25 == 7),
        replies=_replies(of, index, created, replies, chance),
    )


def _replies(of: WorldThread, index: int, after: int, count: int, chance: random.Random) -> tuple[Comment, ...]:
    made: list[Comment] = []
    for nth in range(1, count + 1):
        by_creator = chance.random() < 0.3
        answered = made[-1] if made and chance.random() < 0.3 else None
        created = after + nth * 60
        made.append(
            Comment(
                cid=_id(of, created, index, nth),
                user=of.creator if by_creator else of.world.person(chance.randrange(of.world.people)),
                text=reply_text(chance, nth, by_creator=by_creator, to=answered.user.handle if answered else ""),
                create_time=created,
                likes=chance.randrange(5),
                creator_liked=not by_creator and chance.random() < 0.05,
                answers=answered.cid if answered else "0",
            )
        )
    return tuple(made)


def _id(of: WorldThread, created: int, index: int, nth: int) -> str:
    """Ids hold their second of creation in the upper half, as the site's do."""
    return str(created << 32 | (of.video * MAX_COMMENTS + index) * 64 + nth)


def _creator(world: World, nth: int) -> Creator:
    return Creator(
        uid=str(7_050_000_000_000_000_000 + world.seed * 1_000_000 + nth),
        handle=f"maker{world.seed}.{nth}",
        nickname=f"Maker {nth}",
        signature="lamps and small things",
        followers=1_000 + nth * 4_321,
        seller=nth % 3 == 0,
    )


def _video(world: World, index: int, creator: Creator) -> Video:
    chance = random.Random(f"{world.seed}/{index}/video")  # noqa: S311 - made again from the seed
    created = NOW - 4 * DAY_S - index * 1_800
    likes = int(200 * chance.paretovariate(0.9))
    return WorldVideo(
        id=str(created << 32 | 0x10000000 + world.seed % 4096 * MAX_VIDEOS + index),
        slug=f"world-{world.seed}-{index}",
        creator=creator,
        caption=f"lamp number {index} of this series #{world.tag} #desk",
        hashtags=(world.tag, "desk"),
        create_time=created,
        duration=10 + index % 50,
        music=f"original sound - {creator.nickname}",
        plays=likes * 23,
        likes=likes,
        shares=likes // 30,
        saves=likes // 12,
        cover=COVERS[index % len(COVERS)],
        comments=WorldThread(world, index, created, creator),
        extras=Extras(
            shop=SHOPS[index % len(SHOPS)],
            ad=index % 17 == 16,
            paid_partnership=index % 13 == 12,
            reposts=likes // 90,
            region=REGIONS[index % len(REGIONS)],
        ),
        total=world.comments + sum(reply_counts(world, index)),
    )
