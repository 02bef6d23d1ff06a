"""Comments and replies, in the shapes of the web (2026), of the app (2021) and of `SIGI_STATE` (2023)."""

from __future__ import annotations

from typing import Any

from companion.tiktok.asked import Asked
from companion.tiktok.fields import Row
from companion.tiktok.records import ReadComment

_CREATOR_LABEL = 1


def comment_rows(body: dict[str, Any]) -> list[object] | None:
    """The comment objects of a body; None where it has no list of them. `null` is how TikTok writes an empty list."""
    if isinstance(found := body.get("CommentItem"), dict):
        return list(found.values())
    for holder in (body, body.get("data")):  # the app's answers stand in `data`
        if isinstance(holder, dict) and "comments" in holder:
            found = holder["comments"]
            return list(found) if isinstance(found, list) else [] if found is None else None
    return None


def comment_of(values: dict[str, Any], asked: Asked, drift: list[str], under: ReadComment | None = None) -> ReadComment | None:
    """One comment, or one of the replies shown `under` another; None where its id or its video's is not known."""
    comment = Row("reply" if under else "comment", values, drift)
    comment_id = comment.id("cid", needed=True)
    video_id = _video_id(comment, asked, under)
    if comment_id is None or video_id is None:
        return None
    parent_id = comment.id("reply_id") or (under.id if under else asked.comment_id if asked.kind == "replies" else None)
    author, alias = _author(comment)
    return ReadComment(
        id=comment_id,
        video_id=video_id,
        text=comment.text("text", needed=True),
        author=author,
        author_alias=alias,
        parent_id=parent_id,
        answers_id=comment.id("reply_to_reply_id") if parent_id else None,
        level=2 if parent_id else 1,
        lang=comment.language("comment_language"),
        likes=comment.count("digg_count", needed=True),
        replies=comment.count("reply_comment_total", needed=parent_id is None),  # replies never have one
        created_at=comment.moment("create_time", needed=True),
        pinned=_pinned(comment),
        liked_by_creator=comment.flag("is_author_digged"),
        tiktok_intent=comment.flag("is_high_purchase_intent"),
        by_creator=_labelled_creator(comment),
        image=bool(comment.rows("image_list")),
        sticker=bool(values.get("cmt_sticker_struct")),
    )


def _video_id(comment: Row, asked: Asked, under: ReadComment | None) -> str | None:
    """The row's own word, then that of the comment it stands under, then what was asked for."""
    own = comment.id("aweme_id")
    known = own or (under.video_id if under else asked.video_id)
    if known is None:
        comment.note("aweme_id missing")
    elif own and asked.video_id and own != asked.video_id:
        comment.note("aweme_id is not the one asked for")
    return known


def _author(comment: Row) -> tuple[str | None, str | None]:
    """Pseudonyms of uid and handle; `scrub` left nothing else of the writer."""
    user = comment.part("user")
    author, alias = user.text("uid") or None, user.text("unique_id") or None
    if author is None and alias is None:
        comment.note("user missing")
    return author, alias


def _pinned(comment: Row) -> bool | None:
    said = [comment.flag("author_pin"), None if (place := comment.count("stick_position")) is None else place > 0]
    known = [flag for flag in said if flag is not None]
    return any(known) if known else None


def _labelled_creator(comment: Row) -> bool | None:
    """Whether a label says "Creator"; its text is in the viewer's language, its type is not."""
    if not comment.has("label_list") and not comment.has("label_type"):
        return None
    labels = [label.get("type") for label in comment.rows("label_list") or () if isinstance(label, dict)]
    return _CREATOR_LABEL in (*labels, comment.values.get("label_type"))
