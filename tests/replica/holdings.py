"""Everything the replica holds, as ids, so that a test can compare it with what was collected."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.replica.content import Video


@dataclass(frozen=True)
class Held:
    """The thread of one video: top-level comment ids in order, and the reply ids under those that have some."""

    comments: tuple[str, ...]
    replies: dict[str, tuple[str, ...]]

    @property
    def ids(self) -> set[str]:
        """Every id, comments and replies alike."""
        return {*self.comments, *(cid for under in self.replies.values() for cid in under)}


def holdings(videos: Iterable[Video]) -> dict[str, Held]:
    """Return what can be collected, by video id; a video without a thread to see holds nothing."""
    return {video.id: _held(video) for video in videos}


def _held(video: Video) -> Held:
    extras = video.extras
    if extras.status or extras.comments_off or extras.live:
        return Held((), {})
    comments = tuple(video.comments)
    return Held(
        tuple(comment.cid for comment in comments),
        {comment.cid: tuple(reply.cid for reply in comment.replies) for comment in comments if comment.replies},
    )
