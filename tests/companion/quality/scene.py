"""Invented videos whose numbers follow a known rule, so that what a model should find is known."""

from __future__ import annotations

import numpy as np

from companion.quality.posts import Post

DAY = 86_400_000
START = 1_700_000_000_000


def invented(creators: int = 60, each: int = 12, seed: int = 0, spread: float = 0.4, category: str = "") -> list[Post]:
    """Creators with a level of their own: ln plays = 6 + 0.5 ln followers + level + noise; rates of each creator alike."""
    rng = np.random.default_rng(seed)
    posts = []
    for creator in range(creators):
        followers = int(np.exp(rng.uniform(5, 15)))
        level, like, talk, share = rng.normal(0, 1), *rng.normal([-2.3, -5, -5.5], 0.4)
        for video in range(each):
            plays = int(np.exp(6 + 0.5 * np.log(followers) + level + rng.normal(0, spread))) + 10
            rates = np.exp(np.array([like, talk, share]) + rng.normal(0, 0.2, 3))
            likes, comments, shares = (min(plays, int(plays * rate)) for rate in rates)
            posts.append(
                Post(
                    video_id=f"v{seed}-{creator}-{video}",
                    author=f"a{seed}-{creator}",
                    created_at=START + int((video * 3 + rng.uniform()) * DAY),
                    followers=followers,
                    duration_s=float(rng.integers(5, 60)),
                    hashtags=("fyp", f"t{creator % 7}"),
                    category=category,
                    plays=plays,
                    likes=likes,
                    comments=comments,
                    shares=shares,
                    age_h=1000.0,
                    split_time="test" if video >= each - 2 else "train",
                    split_creator="test" if creator % 4 == 0 else "train",
                )
            )
    return posts


def as_csv(posts: list[Post]) -> str:
    """The table that `buysignal quality` reads."""
    names = ("followers", "duration_s", "plays", "likes", "comments", "shares", "age_h", "split_time", "split_creator")
    lines = [",".join(("video_id", "author_key", "create_time", "hashtags", *names))]
    for post in posts:
        cells = ["" if (value := getattr(post, name)) is None else str(value) for name in names]
        lines.append(",".join((post.video_id, post.author, str(post.created_at), "|".join(post.hashtags), *cells)))
    return "\n".join(lines) + "\n"
