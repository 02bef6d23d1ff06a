"""Forty invented posts: cat people, make-up artists and cooks, each with a tag of their own that no word list knows."""

from __future__ import annotations

from companion.hashtags import Post

DAY = 86_400_000
START = 1_700_000_000_000

SUBJECTS = (
    ("zibblo", ("kitten", "catlover", "fyp"), "our cat and her kitten", ()),
    ("quarvex", ("makeup", "lipstick", "fyp"), "a new lipstick on", ("Velvet matte lipstick 04",)),
    ("hommelor", ("recipe", "foodtok", "fyp"), "an easy dinner recipe", ()),
    ("", ("funny", "fyp"), "this made me laugh", ()),
)


def posts() -> list[Post]:
    """Ten posts of each subject by two creators; comments under make-up ask to buy, those under food do not."""
    return [_post(subject, number) for subject in range(len(SUBJECTS)) for number in range(10)]


def _post(subject: int, number: int) -> Post:
    own, tags, caption, products = SUBJECTS[subject]
    return Post(
        id=f"{subject}{number:02}",
        creator=f"tiktok:{subject}{number % 2}",
        tags=(*((own,) if own else ()), *tags),
        caption=caption,
        sound=f"sound{subject}",
        created_at=START + number * 3 * DAY,
        products=products,
        plays=1000 * (number + 1),
        comments=20,
        graded=20,
        high=10 if own == "quarvex" else 1,
    )
