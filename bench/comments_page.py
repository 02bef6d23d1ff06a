"""The comments page over 1,000,000 stored and graded comments: p95 of twenty looks at each of its views, and what they cost intake."""

from __future__ import annotations

import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from flask.testing import FlaskClient

from bench.table import Row
from companion.app import create_app
from companion.config import Config
from companion.intent import load_model
from companion.intent.text import NORMALISER
from companion.live_model import LiveModel
from companion.registry import SHIPPED_NAME, Registry
from companion.store import Store, clock, comments, door_keys, open_store, shelf, shelving
from companion.store.comments import Comment

COMMENTS, VIDEOS, CREATORS = 1_000_000, 3_300, 400
LOOKS = 20
MOST_MS = 300
"""The longest that a page may take."""

NEEDED_PER_SECOND = 400
"""Comments that a scrape brings at its quickest."""

_COMMON = [
    "where",
    "can",
    "i",
    "buy",
    "this",
    "the",
    "link",
    "please",
    "need",
    "it",
    "how",
    "much",
    "is",
    "a",
    "love",
    "so",
    "cute",
    "want",
    "does",
    "ship",
    "to",
    "price",
    "in",
    "my",
    "for",
    "and",
    "you",
    "got",
    "mine",
]
_SIGNALS = ("none", "praise", "question", "price", "availability", "want", "bought", "objection")
_LANGUAGES = ("en", "es", "pt", "th", "zh", "")
_KINDS = ("organic", "unknown", "partnership", "ad", "shop")
_DAY = 86_400_000
_LETTERS = random.Random(3)  # noqa: S311
_RARE = ["".join(_LETTERS.choices("abcdefghijklmnoprstuvwy", k=_LETTERS.randint(2, 9))) for _ in range(20_000)]

VIEWS = {
    "all, buyers first": "",
    "page 2": "page=2",
    "far down the list": "page=20000&after=0.100130000000000000.0.0",
    "newest first": "sort=newest",
    "most liked first": "sort=liked",
    "a common word": "q=link",
    "two common words": "q=link+please",
    "a common word, newest": "q=where&sort=newest",
    "a rare word": "q=zyxgrunt",
    "a common emoji": "q=😍",
    "a rare emoji": "q=🦄",
    "two letters": "q=ok",
    "Thai": "q=ซื้อที่ไหน",
    "one Thai letter": "q=ซ",
    "Chinese, two characters": "q=哪里",
    "close to buying": "band=high",
    "some interest": "band=some",
    "not buying": "band=low",
    "not sure": "band=unsure",
    "corrected by you": "band=yours",
    "not graded": "band=none",
    "objections": "signal=objection",
    "no sign of buying": "signal=none",
    "Thai language": "lang=th",
    "a common hashtag": "hashtag=amazonfinds",
    "a rare hashtag": "hashtag=rare7",
    "one creator": "creator=tiktok:c7",
    "one video": "video=tiktok:v7",
    "one day": "since=2026-01-05&until=2026-01-05",
    "100 likes or more": "likes=100",
    "organic only": "kind=organic",
    "adverts and partnerships": "kind=paid",
    "to answer": "box=open",
    "put off": "box=later",
    "competitors": "group=competitor",
    "many choices at once": "q=link&band=high&lang=en&kind=organic&likes=1&hashtag=amazonfinds",
    "choices that exclude each other": "q=the&signal=objection&lang=zh&likes=50",
}


def rows() -> Iterator[Row]:
    """One line a view, then the cost of intake."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        model = load_model()
        build(store, model.id)
        app = create_app(Config(workspace=store.workspace.root), live=LiveModel(Registry(store), model, SHIPPED_NAME), store=store)
        browser = app.test_client()
        with store.writing() as connection:
            key = door_keys.mint(connection)
        browser.get(f"/open?key={key}")
        for name, query in VIEWS.items():
            p95 = slowest(browser, f"/comments?{query}")
            yield Row(f"comments page of 1,000,000: {name}", f"{p95:.0f} ms", f"<= {MOST_MS} ms", p95 <= MOST_MS)
        rate = intake(store)
        yield Row("storing new comments beside 1,000,000", f"{rate:,.0f} / s", f">= {NEEDED_PER_SECOND} / s", rate >= NEEDED_PER_SECOND)
        model.close()


def slowest(browser: FlaskClient, path: str) -> float:
    """95th percentile of the page's answers, ms."""
    times = []
    for _ in range(LOOKS):
        started = time.perf_counter()
        answer = browser.get(path)
        times.append((time.perf_counter() - started) * 1000)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
    return statistics.quantiles(times, n=20)[18]


def intake(store: Store, batch: int = 20, batches: int = 100) -> float:
    """Comments stored a second in writes of `batch`, as pages of comments come."""
    chance = random.Random(2)  # noqa: S311
    started = time.perf_counter()
    for turn in range(batches):
        new = [
            Comment("tiktok", f"new{turn}-{n}", f"v{turn}", _text(chance), author="a" * 32, lang="en", likes=n, replies=0, created_at=turn)
            for n in range(batch)
        ]
        with store.writing() as connection:
            comments.save(connection, new, clock.now_ms())
    return batch * batches / (time.perf_counter() - started)


def build(store: Store, model: str, number: int = COMMENTS) -> None:
    """Fill a workspace with invented comments and grades, by plain SQL: the shelf is filled at the end, as a migration does."""
    with closing(sqlite3.connect(store.workspace.database, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA cache_size = -1000000")
        connection.execute("BEGIN")
        for name in [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]:
            if name.startswith("shelf_"):
                connection.execute(f"DROP TRIGGER {name}")
        shelf.use(connection, model)
        _fill(connection, model, number)
        for statement in (*shelving.FILL, *shelving.TRIGGERS):
            connection.execute(statement)
        connection.execute("UPDATE shelf_model SET refilled_to = NULL")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _fill(connection: sqlite3.Connection, model: str, number: int) -> None:
    chance = random.Random(1)  # noqa: S311
    creators = [("tiktok", f"c{n}", f"maker{n}", 1, 1) for n in range(CREATORS)]
    connection.executemany("INSERT INTO creator (platform, id, handle, first_seen, last_seen) VALUES (?, ?, ?, ?, ?)", creators)
    kinds = [chance.choices(_KINDS, (60, 20, 8, 6, 6))[0] for _ in range(VIDEOS)]
    films = [
        (
            "tiktok",
            f"v{n}",
            f"c{n % CREATORS}",
            f"a find of the day, number {n}",
            f'["amazonfinds", "rare{n}"]' if n % 3 else "[]",
            kind,
            n,
            n,
            n,
        )
        for n, kind in enumerate(kinds)
    ]
    columns = "platform, id, creator_id, caption, hashtags, commerce, created_at, first_seen, last_seen"
    sql = f"INSERT INTO video ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
    connection.executemany(sql, films)
    connection.executemany("INSERT INTO creator_group VALUES ('tiktok', ?, 'competitor')", [(f"c{n}",) for n in range(5)])
    start = 1_767_225_600_000  # 2026-01-01
    connection.executemany(
        """INSERT INTO comment (platform, id, video_id, text, lang, likes, created_at, first_seen, last_seen, is_creator_reply, normaliser,
           text_hash, context_hash) VALUES ('tiktok', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (
                str(7_500_000_000_000_000_000 + n), f"v{chance.randrange(VIDEOS)}", _text(chance),
                chance.choices(_LANGUAGES, (72, 10, 5, 3, 2, 8))[0], int(chance.paretovariate(0.8)) - 1,
                start + n * 200 * _DAY // number, start + n * 200 * _DAY // number, start, int(n % 50 == 0), NORMALISER,
                f"{n:064x}"[::-1], f"{n:064x}",
            )
            for n in range(number)
        ),
    )  # fmt: skip
    connection.executemany(
        """INSERT INTO prediction (normaliser, text_hash, context_hash, model, grade, p_high, signal, sentiment, interval_low,
           interval_high, unsure, lang, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, 'neutral', 1, 9, ?, 'en', 1)""",
        (_said(chance, n, model) for n in range(number) if n % 200),
    )
    marks = [(str(7_500_000_000_000_000_000 + n), "later") for n in range(0, number, 5000)]
    connection.executemany("INSERT INTO inbox_mark VALUES ('tiktok', ?, ?, 1)", marks)


def _said(chance: random.Random, number: int, model: str) -> tuple[object, ...]:
    grade = chance.betavariate(1, 2.5) * 9 + 1
    p_high = max(0.0, min(1.0, (grade - 6.8) / 2 + 0.5))
    signal = chance.choices(_SIGNALS, (2, 20, 10, 15, 25, 20, 6, 2) if p_high >= 0.5 else (60, 22, 6, 1, 1, 4, 3, 3))[0]
    return NORMALISER, f"{number:064x}"[::-1], f"{number:064x}", model, grade, p_high, signal, int(chance.random() < 0.05)


def _text(chance: random.Random) -> str:
    words = [
        chance.choice(_COMMON) if chance.random() < 0.6 else _RARE[int(chance.paretovariate(0.6)) % len(_RARE)]
        for _ in range(chance.randint(2, 14))
    ]
    if chance.random() < 0.25:
        words.append(chance.choice("😍😭🔥❤") * chance.randint(1, 3))
    if chance.random() < 0.03:
        words.append("ซื้อที่ไหนคะ อยากได้มาก")
    if chance.random() < 0.02:
        words.append("这个在哪里买多少钱")
    if chance.random() < 0.00002:
        words.append("zyxgrunt 🦄")
    return " ".join(words)
