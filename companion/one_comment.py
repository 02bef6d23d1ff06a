"""One comment, one row: a row that a page showed without an id, and the same comment with TikTok's own.

They are the same where video, writer, level and words are; of equal ones the first is taken for the first. What TikTok
says itself goes before what a page showed, which is rounded and may be a translation.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from companion.intent.text import clean
from companion.store import also, comments
from companion.store.also import NAMELESS, Words
from companion.store.comments import Comment
from companion.tiktok import mask
from companion.tiktok.records import ReadComment, ReadPage

PLATFORM = "tiktok"

_NOT_SHOWN = re.compile(r"\[\w{2,24}\]|\s+")  # TikTok's own emoji stand in JSON as "[smile]", on the page as pictures
_MOST_TWINS = 5
_ROUNDED_FROM, _ROUNDING = 1_000, 0.05  # a page shows 1,249 as "1.2K"


def settle(connection: sqlite3.Connection, page: ReadPage) -> ReadPage:
    """The page with every comment under its present id, after what was stored without TikTok's id was joined to it.

    The caller holds the transaction in which the page is written.
    """
    found = list(page.comments)
    ids = also.present(connection, PLATFORM, [name for comment in found for name in (comment.id, comment.parent_id) if name])
    nameless = [comment for comment in found if ids[comment.id].startswith(NAMELESS)]
    stored = comments.known(connection, PLATFORM, [comment.id for comment in nameless])
    for comment in nameless:
        if comment.id not in stored and (named := _named(connection, comment)):
            also.note(connection, PLATFORM, comment.id, named)
            ids[comment.id] = named
    found = [replace(comment, id=ids[comment.id], parent_id=ids.get(comment.parent_id or "")) for comment in found]
    for video_id in dict.fromkeys(comment.video_id for comment in found):
        _meet(connection, video_id, [c for c in found if c.video_id == video_id and not c.id.startswith(NAMELESS)])
    if page.kind == "rendered":
        found = _modest(connection, found)
    return replace(page, comments=tuple(found))


def dom_id(video_id: str, alias: str, text: str, level: int, nth: int) -> str:
    """The id that the extension gives a row without one (extension/lib/comment-id.ts); `text` as the extension sends it."""
    facts = "\n".join([video_id, alias, text, str(level), str(nth)])
    return NAMELESS + hashlib.sha256(facts.encode("utf-8", "replace")).hexdigest()[:32]


def may_be(label_id: str, video_id: str, alias: str, text: str) -> bool:
    """Whether an id of ours stands for something that `alias` wrote, read as `text`."""
    return any(dom_id(video_id, alias, text, level, nth) == label_id for level in (1, 2) for nth in range(_MOST_TWINS))


def same_words(one: str, other: str) -> bool:
    """Whether two readings of a comment are of the same words, white space, masks and TikTok's own emoji aside.

    >>> same_words("love  it [smile] @amy", "love it @user"), same_words("love it", "loved it")
    (True, False)
    """
    return _core(one) == _core(other) != ""


def _core(text: str) -> str:
    return _NOT_SHOWN.sub("", clean(mask(text)))


def _named(connection: sqlite3.Connection, comment: ReadComment) -> str | None:
    """The id of the stored comment that a row without one shows."""
    if not comment.author_alias:
        return None
    written = also.named_by(connection, PLATFORM, comment.video_id, comment.author_alias)
    return next((words.id for words in written if words.level == comment.level and same_words(words.text, comment.text or "")), None)


def _meet(connection: sqlite3.Connection, video_id: str, named: list[ReadComment]) -> None:
    """Comments that came with TikTok's id take over the rows and the labels that stood for them until now."""
    rows = also.nameless(connection, PLATFORM, video_id) if named else []
    if rows:
        taken = also.renamed(connection, PLATFORM, [comment.id for comment in named])
        for comment in sorted(named, key=lambda one: (one.created_at or 0, one.id)):
            row = None if comment.id in taken else next((row for row in rows if _is(row, comment)), None)
            if row:
                rows.remove(row)
                taken.add(comment.id)
                also.join(connection, PLATFORM, row.id, comment.id)
    labelled = also.labelled(connection, PLATFORM, video_id) if named else []
    for label_id, text in labelled:
        for comment in named:
            if comment.author_alias and label_id in _ids_of(comment, text):
                also.note(connection, PLATFORM, label_id, comment.id)


def _is(row: Words, comment: ReadComment) -> bool:
    known = bool(row.author_alias) and (row.author_alias, row.level) == (comment.author_alias, comment.level)
    return known and same_words(row.text, comment.text or "")


def _ids_of(comment: ReadComment, text: str) -> Iterable[str]:
    """The ids that the extension may have given this comment, had it read it as `text`."""
    if not same_words(text, comment.text or ""):
        return []
    return [dom_id(comment.video_id, comment.author_alias or "", text, comment.level, nth) for nth in range(_MOST_TWINS)]


def _modest(connection: sqlite3.Connection, found: list[ReadComment]) -> list[ReadComment]:
    """Rows of a page without what is known better already."""
    ours = comments.came_by(connection, PLATFORM, [comment.id for comment in found], "extension")
    known = {comment.id: comments.find(connection, PLATFORM, comment.id) for comment in found}
    return [comment if (row := known[comment.id]) is None else _beside(comment, row, comment.id in ours) for comment in found]


def _beside(shown: ReadComment, known: Comment, ours: bool) -> ReadComment:
    """What a page shows beside what is stored; `ours`: it came in by a page first. A uid says that TikTok's own answer came since."""
    return replace(
        shown,
        text=shown.text if ours and not known.author else None,
        created_at=None if known.created_at else shown.created_at,
        likes=None if _rounds(known.likes, shown.likes) else shown.likes,
    )


def _rounds(exact: int | None, shown: int | None) -> bool:
    """Whether a page that knows `exact` may show it as `shown`."""
    return exact is not None and shown is not None and shown >= _ROUNDED_FROM and abs(exact - shown) <= _ROUNDING * shown
