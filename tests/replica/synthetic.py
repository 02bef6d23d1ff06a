"""A thread of any length for benches and long-scroll tests; every text says that it is synthetic."""

import random

from tests.replica.content import NOW, Comment, Cover, Creator, User, Video

OPENINGS = (
    "where can I buy this",
    "how much is it",
    "lol same",
    "my dog would destroy it",
    "ordered mine yesterday",
    "does it ship to Canada",
    "I don't get the hype",
    "love the song",
    "is it good for small rooms",
    "need this so bad",
)
SYNTHETIC_BASE_ID = 7_574_000_000_000_000_000


def synthetic_video(comments: int, *, seed: int = 1, distinct: bool = True, replies_every: int = 0) -> Video:
    """Return an unlisted-style video with ``comments`` top-level comments.

    ``distinct``: every text differs by its number; False repeats the ten openings.
    ``replies_every``: n > 0 puts four replies under each n-th comment.
    """
    chance = random.Random(seed)  # noqa: S311 - a thread that can be made again, not a secret
    base = SYNTHETIC_BASE_ID + seed * 1_000_000_000
    thread = tuple(_comment(base, index, chance, distinct, replies_every > 0 and index % replies_every == 0) for index in range(comments))
    return Video(
        id=str(base),
        slug=f"synthetic-{comments}-{seed}",
        creator=Creator(uid=str(base + 1), handle="synthetic.bench", nickname="Synthetic Bench"),
        caption="Synthetic thread: a folding desk lamp #synthetic",
        hashtags=("synthetic",),
        create_time=NOW - 86_400,
        duration=20,
        music="original sound - Synthetic Bench",
        plays=comments * 50,
        likes=comments * 4,
        shares=comments // 8,
        saves=comments // 5,
        cover=Cover(symbol="💡", top="#27496d", bottom="#0c1b2a"),
        comments=thread,
    )


def _comment(base: int, index: int, chance: random.Random, distinct: bool, with_replies: bool) -> Comment:
    opening = chance.choice(OPENINGS)
    return Comment(
        cid=str(base + 1_000 + index * 10),
        user=_user(base, index),
        text=f"{opening} (synthetic {index})" if distinct else opening,
        create_time=NOW - chance.randrange(60, 86_000),
        likes=int(chance.paretovariate(1.1)) - 1,
        replies=tuple(_reply(base, index, nth) for nth in range(4)) if with_replies else (),
    )


def _reply(base: int, index: int, nth: int) -> Comment:
    return Comment(
        cid=str(base + 1_000 + index * 10 + nth + 1),
        user=_user(base, index + nth + 1),
        text=f"synthetic reply {nth} to {index}",
        create_time=NOW - 50,
    )


def _user(base: int, index: int) -> User:
    return User(uid=str(base + 500_000_000 + index), handle=f"synthetic.{index}", nickname=f"Synthetic {index}")
