"""Rows as a page showed them: read modestly, masked, and never the cause of a fault."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.tiktok import Asked, read, scrub
from companion.tiktok.page_data import BLOCKS, reduced
from companion.tiktok.rendered import likes_of, moment_of

VIDEO = "7600000000000000011"
CID = "7600000000000000101"
WHO = "ab" * 16
AT = 1_795_198_800_000
ASKED = Asked("rendered", f"rendered/{VIDEO}", video_id=VIDEO)
TS = Path(__file__).parents[3] / "extension" / "lib" / "page-data.ts"

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
words = st.sampled_from(["id", "author", "user", "text", "likes", "time", "created_at", "level", "parent", "by_creator", "pinned"])


def scrubbed(body: object) -> Any:
    return scrub(ASKED, body, lambda name: f"never asked for {name}")


def thread(*rows: object, **fields: object) -> dict[str, object]:
    return {"at": AT, "thread": {"id": VIDEO, "author": {"uniqueId": "Shop.Tests"}, "rows": list(rows), **fields}}


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("0", 0),
        ("12", 12),
        ("1.2K", 1200),
        ("1,2K", 1200),
        ("3.4M", 3_400_000),
        ("12 K", 12_000),
        ("", None),
        ("Like", None),
        ("1.2", None),
        ("-3", None),
        (None, None),
        (7, None),
    ],
)
def test_likes_are_read_from_the_words_of_a_page(words: object, count: int | None) -> None:
    assert likes_of(words) == count


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("30s ago", datetime(2026, 11, 20, 18, 19, 30, tzinfo=UTC)),
        ("5m ago", datetime(2026, 11, 20, 18, 15, tzinfo=UTC)),
        ("2h", datetime(2026, 11, 20, 16, 20, tzinfo=UTC)),
        ("3d ago", datetime(2026, 11, 17, 18, 20, tzinfo=UTC)),
        ("1w ago", datetime(2026, 11, 13, 18, 20, tzinfo=UTC)),
        ("3-14", datetime(2026, 3, 14, tzinfo=UTC)),
        ("12-24", datetime(2025, 12, 24, tzinfo=UTC)),
        ("2022-4-19", datetime(2022, 4, 19, tzinfo=UTC)),
        ("2-30", None),
        ("2-29", None),
        ("yesterday", None),
        ("Planted Name", None),
        ("", None),
    ],
)
def test_times_are_read_from_the_words_of_a_page(words: str, moment: datetime | None) -> None:
    at = datetime(2026, 11, 20, 18, 20, tzinfo=UTC).timestamp() * 1000
    assert moment_of(words, int(at)) == (None if moment is None else int(moment.timestamp() * 1000))


def test_a_row_becomes_a_comment_without_a_name() -> None:
    row = {"id": CID, "author": WHO, "text": "hi @amy, mail a@b.example", "likes": "1.2K", "time": "1h ago", "level": 1, "pinned": True}
    page = read(ASKED, scrubbed(thread(row)))
    (comment,) = page.comments
    assert (comment.text, comment.author, comment.author_alias) == ("hi @user, mail [e-mail]", None, WHO)
    assert (comment.likes, comment.created_at, comment.pinned, comment.by_creator) == (1200, AT - 3_600_000, True, None)
    (video,) = page.videos
    assert video.creator
    assert (video.id, video.creator.id, video.creator.handle, video.caption) == (VIDEO, "@shop.tests", "shop.tests", None)
    assert (page.kind, page.rows, page.lost, page.drift) == ("rendered", 1, 0, ())


def test_rows_without_an_id_are_lost_and_counted() -> None:
    page = read(ASKED, scrubbed(thread({"id": "x", "text": "a"}, {"text": "b"}, {"id": CID, "author": WHO, "text": "c"}, 7, None)))
    assert ([comment.text for comment in page.comments], page.rows, page.lost) == (["c"], 3, 2)


@given(st.lists(st.dictionaries(words, json_values, max_size=8) | json_values, max_size=4), json_values, json_values)
def test_whatever_comes_is_read_without_a_fault_and_scrubbed_once_for_all(rows: list[Any], at: Any, author: Any) -> None:
    for body in (thread(*rows) | {"at": at}, thread(*rows, author=author), rows, {"thread": rows}, at):
        once = scrubbed(body)
        json.dumps(once)
        assert scrubbed(once) == once
        assert all(len(comment.author_alias or WHO) == 32 for comment in read(ASKED, once).comments)


def names_in(shape: Mapping[str, Any]) -> Iterator[str]:
    for name, form in shape.items():
        yield name
        yield from names_in(form[0] if isinstance(form, list) else form or {})


@given(st.dictionaries(st.sampled_from([*BLOCKS, "other"]), json_values))
def test_only_what_is_read_is_kept_of_a_pages_own_data(values: dict[str, Any]) -> None:
    kept = reduced(values)
    assert set(kept) <= set(BLOCKS)
    assert reduced(kept) == kept


def test_the_extension_cuts_out_the_same_parts() -> None:
    said = set(re.findall(r'"([\w.-]+)"|^\s*"?([\w.-]+)"?: ', TS.read_text(encoding="utf-8"), re.MULTILINE))
    known = {name for pair in said for name in pair if name} | set(re.findall(r"(\w+): ", TS.read_text(encoding="utf-8")))
    assert set(names_in(BLOCKS)) <= known
