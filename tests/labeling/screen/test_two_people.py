"""Two people label 200 comments by keyboard alone, through undo, lost connections, a killed server and a closed tab."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from companion.intent import SENTIMENTS, SIGNALS
from companion.store import Store, open_store
from tests.e2e.stack import Companion, companion
from tests.labeling.screen.scene import Annotator, item, log_in, person, stored, task

pytestmark = pytest.mark.browser

COMMENTS, SHARED = 200, 30
"""Comments, and how many of them are asked of both."""

TURN = 12
"""Answers that one gives before the other goes on."""


@dataclass
class Worker:
    """One of the two: the screen, what the keys said so far (in order), and how often they went wrong on purpose."""

    ident: str
    at: Annotator
    pressed: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    undone: int = 0
    offline: int = 0


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[Companion, Store]]:
    """A companion in a process of its own, so that it can be killed."""
    workspace = tmp_path / "workspace"
    store = open_store(workspace)
    items = [item(f"comment number {n}", n, votes=2 if n < SHARED else 1) for n in range(COMMENTS)]
    task(store, items)
    with companion(workspace) as started:
        yield started, store


def test_every_label_is_stored_exactly_as_pressed(chromium: Browser, running: tuple[Companion, Store]) -> None:
    server, store = running
    contexts = [chromium.new_context(base_url=f"http://127.0.0.1:{server.port}") for _ in range(2)]
    try:
        workers = [_start(context, store, name) for context, name in zip(contexts, ("Ana", "Bo"), strict=True)]
        chance = random.Random(5)  # noqa: S311
        turns = 0
        while any(_left(worker) for worker in workers):
            worker = workers[turns % 2]
            if turns == 4:
                _kill_in_the_middle(worker, server, chance)
            elif turns == 7:
                _close_the_tab(worker, chance)
            elif turns in (2, 5, 9, 11):
                _offline(worker, chance)
            for _ in range(TURN):
                if _left(worker):
                    _one(worker, chance)
            turns += 1
        for worker in workers:
            worker.at.sent()
        expected = [dict(worker.pressed) for worker in workers]
        assert [stored(store, worker.ident) for worker in workers] == expected
        assert all(worker.undone > 3 and worker.offline for worker in workers)
        submitted = [{text for text, one in of.items() if one["action"] == "submit"} for of in expected]
        assert len(expected[0].keys() | expected[1].keys()) == COMMENTS
        assert len(submitted[0] & submitted[1]) > SHARED / 2
        assert _labels(store) == [
            (text, *(one["answers"][name] for name in ("grade", "signal", "sentiment")), one["flags"])
            for text, one in sorted((pair for worker in workers for pair in worker.pressed), key=repr)
            if one["answers"]
        ]
    finally:
        for context in contexts:
            context.close()


def _start(context: BrowserContext, store: Store, name: str) -> Worker:
    ident = person(store, name)
    page = context.new_page()
    page.set_default_timeout(40_000)  # a killed server takes its time to come back
    log_in(page, name)
    return Worker(ident, Annotator(page, "t1").open())


def _left(worker: Worker) -> bool:
    return worker.at.page.locator("[data-finished]").is_hidden()


def _one(worker: Worker, chance: random.Random) -> None:
    """Answer, skip, or take some back and answer them anew."""
    text = worker.at.ready()
    if chance.random() < 0.06 and len(worker.pressed) > 3:
        for _ in range(chance.randint(1, 3)):
            text = worker.pressed.pop()[0]
            worker.at.press("undo")
            assert worker.at.ready() == text
            worker.undone += 1
    _answer(worker, text, chance, list)


def _answer(worker: Worker, text: str, chance: random.Random, between: Any) -> None:
    if chance.random() < 0.05:
        worker.pressed.append((text, _told("skip")))
        worker.at.answer("skip")
        return
    grade, signal, sentiment = chance.randint(1, 10), chance.choice(SIGNALS), chance.choice(SENTIMENTS)
    doubtful = signal == "objection" and grade >= 7
    flags = [flag for flag in ("spam", "creator", "unsure") if chance.random() < 0.05]
    answers = {"grade": grade, "signal": signal, "sentiment": sentiment}
    worker.pressed.append((text, {**_told("submit"), "answers": answers, "flags": flags, "contradiction": doubtful}))
    worker.at.press(*flags, f"grade:{grade}", f"signal:{signal}")
    between()
    worker.at.answer(f"sentiment:{sentiment}", *(["send"] if doubtful else []))


def _told(action: str) -> dict[str, Any]:
    return {"action": action, "answers": {}, "flags": [], "note": "", "contradiction": False}


def _offline(worker: Worker, chance: random.Random) -> None:
    worker.at.stocked()
    worker.at.page.context.set_offline(True)
    for _ in range(3):
        _one(worker, chance)
    worker.offline += 1
    worker.at.page.context.set_offline(False)


def _kill_in_the_middle(worker: Worker, server: Companion, chance: random.Random) -> None:
    """The server dies between two keys of one answer and comes back two answers later."""
    assert server.process is not None
    worker.at.stocked()
    _answer(worker, worker.at.ready(), chance, lambda: (server.process.kill(), server.process.wait(20)))  # type: ignore[union-attr]
    _one(worker, chance)
    server.start()


def _close_the_tab(worker: Worker, chance: random.Random) -> None:
    """Answers that were not sent wait for the next visit."""
    context = worker.at.page.context
    worker.at.stocked()
    context.set_offline(True)
    _one(worker, chance)
    _one(worker, chance)
    worker.at.page.close()
    context.set_offline(False)
    page = context.new_page()
    page.set_default_timeout(40_000)
    worker.at = Annotator(page, "t1").open()


def _labels(store: Store) -> list[tuple[Any, ...]]:
    """Labels that stand: text, grade, signal, sentiment, flags."""
    sql = """SELECT text, grade, signal, sentiment, flags FROM label_event l WHERE action = 'set'
        AND NOT EXISTS (SELECT 1 FROM label_event u WHERE u.undoes = l.uuid) AND source = 'annotator'"""
    with store.reading() as connection:
        found = [(*tuple(row)[:4], json.loads(row["flags"])) for row in connection.execute(sql)]
    return sorted(found, key=repr)
