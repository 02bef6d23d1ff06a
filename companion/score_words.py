"""The parts of a score as they are called on screen, and reasons in the same words."""

from __future__ import annotations

WORDS = {
    "deviation": "Better than expected",
    "sentiment": "How commenters feel",
    "share value": "Passed on",
    "engagement": "Talks with commenters",
}
"""The parts of a score as they are called on screen."""

MEANING = {
    "deviation": "views, likes, comments and shares against what is usual for such a video; 50 is usual",
    "sentiment": "positive against negative comments, liked ones count more; 50 is neutral",
    "share value": "shares for each like against other stored videos; 50 is usual",
    "engagement": "comments that the creator answered",
}


def said(reason: str) -> str:
    """A reason of the score in the words of the screen.

    >>> said("without share value: likes are not known")
    'without “Passed on”: likes are not known'
    >>> said("views +0.5 sigmas against the creator's 39 earlier videos")
    'views +0.5 times the usual spread, against 39 earlier videos'
    """
    for name, words in WORDS.items():
        reason = reason.replace(f"{name}: ", f"“{words}”: ")
    return reason.replace(" sigmas against the creator's ", " times the usual spread, against ")
