"""Hashtags and categories: which tags reach the buyers of a category, and which category a tag belongs to.

`Atlas` is the way in: build it from posts, ask it with a tree. It knows neither SQL nor Flask.

    atlas = Atlas(posts, Vectors(encoder))
    atlas.map_tag("skincareroutine", default_tree(), level=2).matches
    atlas.map_category("beauty/skin", default_tree(), top=20, strategy="intent")
"""

from companion.hashtags.answers import CategoryMatch, Hit, Neighbourhood, RelatedTag, TagAnswer, TagMatch
from companion.hashtags.atlas import Atlas
from companion.hashtags.default_tree import DEFAULT, default_tree
from companion.hashtags.evidence import CoTag, Evidence, VideoEvidence
from companion.hashtags.posts import Post
from companion.hashtags.statistics import TagStatistics
from companion.hashtags.tag_kinds import STRATEGIES, Strategy
from companion.hashtags.tags import clean_tag, clean_tags
from companion.hashtags.taxonomy import Category, Taxonomy, TaxonomyError
from companion.hashtags.taxonomy_files import read_taxonomy
from companion.hashtags.vectors import Vectors

__all__ = [
    "DEFAULT",
    "STRATEGIES",
    "Atlas",
    "Category",
    "CategoryMatch",
    "CoTag",
    "Evidence",
    "Hit",
    "Neighbourhood",
    "Post",
    "RelatedTag",
    "Strategy",
    "TagAnswer",
    "TagMatch",
    "TagStatistics",
    "Taxonomy",
    "TaxonomyError",
    "Vectors",
    "VideoEvidence",
    "clean_tag",
    "clean_tags",
    "default_tree",
    "read_taxonomy",
]
