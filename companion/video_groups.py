"""How engagement goes with views, by the subject, the language, the country and the site of the stored videos."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from companion.quality.elasticity import elasticities
from companion.quality.posts import Post

KINDS = ("subject", "language", "region", "site")


def elasticity_of(posts: Sequence[Post], langs: Mapping[str, str], regions: Mapping[str, str]) -> dict[str, dict[str, dict[str, Any]]]:
    """By kind of group and then by name, as plain JSON; `langs`, `regions`: language and country of a video by the id that the post has."""
    groups: dict[str, Callable[[Post], str]] = {
        "subject": lambda post: post.category,
        "language": lambda post: langs.get(post.video_id, ""),
        "region": lambda post: regions.get(post.video_id, ""),
        "site": lambda post: post.video_id.partition(":")[0],
    }
    return {kind: {name: asdict(one) for name, one in elasticities(posts, groups[kind]).items()} for kind in KINDS}
