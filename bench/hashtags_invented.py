"""An invented store in which the exam's tags stand as they do in life: creators with a subject, and words of reach on everything."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from companion.hashtags import Post
from companion.hashtags.reading import read_tag
from companion.hashtags.vocabulary import vocabulary

VIDEOS, CREATORS = 6_000, 600


def invented_store(pairs: Sequence[dict[str, Any]], seed: int = 0) -> list[Post]:
    """Posts of `CREATORS` creators with one department each.

    A post carries one to three of the department's exam tags or of words of the same kinds, and up to four tags that lead nowhere; one
    post in ten strays to another department. Half of the exam's tags stand on no post, as in a young store.
    """
    rng = random.Random(seed)  # noqa: S311 (no secret)
    known = defaultdict(list)
    for phrase, entry in vocabulary().entries.items():
        for kind in entry.kinds:
            known[kind].append(phrase)
    shelves, nowhere = defaultdict(list), [pair["tag"] for pair in pairs if pair["none"] and rng.random() < 0.5]
    for pair in pairs:
        if not pair["none"] and rng.random() < 0.5:
            department = pair["gold"][0]["category_id"].split("/")[0]
            shelves[department].append(pair["tag"])
            for kind in read_tag(pair["tag"]).kinds:
                shelves[department] += rng.sample(known[kind], min(3, len(known[kind])))
    subjects = sorted(shelves)
    posts = []
    for at in range(VIDEOS):
        own = subjects[at % CREATORS % len(subjects)]
        subject = rng.choice(subjects) if rng.random() < 0.1 else own
        tags = rng.sample(shelves[subject], min(len(shelves[subject]), rng.randint(1, 3))) + rng.sample(nowhere, rng.randint(0, 4))
        posts.append(Post(str(at), str(at % CREATORS), tuple(tags)))
    return posts
