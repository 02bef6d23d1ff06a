"""Detectors and sites as they are called on screen, in neutral words: none of what a detector says proves anything."""

from __future__ import annotations

from companion.quality.categories import TREE

DETECTORS: dict[str, str] = {
    "above expectation": "More views, and more of what viewers do, than such a video usually gets.",
    "many shares, few views": "Passed on often for what it is, while few saw it: people may send it to each other in private.",
    "watched more than liked": "Far more views than expected, while people share it less and feel worse about it than usual.",
    "popular but resented": "Many views, and many commenters are negative or angry.",
    "unusual comments": (
        "Several accounts wrote the same words, or very many comments came at once. A catchphrase or a mention elsewhere does that too."
    ),
    "sensitive subject": "Caption, hashtags or comments hold words beside which many brands do not want to stand.",
    "breakout": "Soon after posting it went far beyond the views that are usual at first.",
    "second life": "After days of rest it grew again.",
    "stirs again": "An old video whose pace rose in the last days: worth a look back.",
}
"""What each detector looks for, by the name that it goes by everywhere."""

ANSWERS = {"": "yes", "thin": "not enough data"}
"""By the value in an address."""

SITES = {"tiktok": "TikTok", "youtube": "YouTube", "instagram": "Instagram", "sample": "sample data"}
SUBJECTS: tuple[str, ...] = tuple(TREE)
"""Every subject, a branch behind its own."""


def subject_words(name: str) -> str:
    """A subject with its branch.

    >>> subject_words("beauty/make-up"), subject_words("")
    ('beauty › make-up', 'not clear')
    """
    return name.replace("/", " › ") or "not clear"


def site_words(name: str) -> str:
    """A site as it is written."""
    return SITES.get(name, name)
