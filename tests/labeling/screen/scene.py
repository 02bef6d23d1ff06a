"""A labeling task in a workspace, people with accounts, and a browser in which one of them labels."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Page, expect

from companion.store import Store, clock, label_items, label_tasks
from companion.store.label_items import EVERYBODY, Item
from companion.store.label_tasks import Task
from companion.store.labels import GUIDELINE
from labeling import accounts

PASSWORD = "a long enough password"

PLACES = {
    **{f"grade:{grade}": f"Digit{grade % 10}" for grade in range(1, 11)},
    "sentiment:negative": "KeyQ", "sentiment:neutral": "KeyW", "sentiment:positive": "KeyE",
    "signal:none": "KeyX", "signal:praise": "KeyR", "signal:question": "KeyI", "signal:price": "KeyP", "signal:availability": "KeyA",
    "signal:want": "KeyT", "signal:bought": "KeyB", "signal:objection": "KeyO",
    "spam": "KeyS", "creator": "KeyC", "unsure": "KeyU", "dispute": "KeyH", "skip": "Space", "undo": "KeyZ", "send": "Enter",
}  # fmt: skip
"""Physical keys by what they do, as the labeling documentation has them."""


def item(text: str, place: int, **more: Any) -> Item:
    """One comment of a task."""
    given = {
        "platform": "tiktok", "target_id": f"c{place}", "video_id": "v1", "sampler": "random", "probability": 1.0, "lang": "en",
        "context": {"caption": "my favourite find of the month", "hashtags": ["amazonfinds"], "product": "Mushroom lamp", "parent": ""},
    }  # fmt: skip
    return Item(**{**given, **more, "text": text, "place": place})


def task(store: Store, items: Sequence[Item], ident: str = "t1", **more: Any) -> str:
    """Store a task with its items; its id."""
    given = {"questions": ("grade", "signal", "sentiment"), "name": "Fifty comments", "overlap": 0.0}
    with store.writing() as connection:
        label_tasks.add(connection, Task(id=ident, guideline_version=GUIDELINE, seed=1, created_at=clock.now_ms(), **{**given, **more}))
        label_items.add(connection, ident, items)
    return ident


def five(store: Store, *texts: str, **more: object) -> str:
    """A task of five comments, these first; its id."""
    said = [*texts, *(f"comment {number}" for number in range(5 - len(texts)))]
    return task(store, [item(text, place, **more) for place, text in enumerate(said)])


def visible_box(page: Page, selector: str) -> dict[str, float]:
    """Where something stands on screen (px)."""
    box = page.locator(selector).bounding_box()
    assert box is not None, selector
    return dict(box)


def practice(store: Store, answers: Sequence[tuple[str, dict[str, Any]]], ident: str = "practice", **more: Any) -> str:
    """A practice round of texts with their right answers."""
    items = [item(text, place, gold=gold, votes=EVERYBODY) for place, (text, gold) in enumerate(answers)]
    return task(store, items, ident, name="Practice", practice=True, **more)


def person(store: Store, name: str) -> str:
    """An annotator with an account; the id."""
    hashed = accounts.hashed(PASSWORD, PASSWORD, name)
    with store.writing() as connection:
        return accounts.add(connection, name, "annotator", hashed).id


def log_in(page: Page, name: str) -> None:
    """Come in by the login page."""
    page.goto("/label/login")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(lambda url: not url.endswith("/login"))


SHOWN = "() => document.querySelector('.annotate[data-ready]') && document.querySelector('[data-comment]').innerText"

NEXT = """before => {
  const now = document.querySelector(".annotate").dataset.ready;
  return (now && now !== before) || !document.querySelector("[data-finished]").hidden;
}"""
"""Whether another comment stands on screen than `before`, or none is left."""


class Annotator:
    """Somebody at the screen of one task. `pressed` is what they have answered, by the text of the comment."""

    def __init__(self, page: Page, task_id: str) -> None:
        self.page, self.task = page, task_id

    def open(self) -> Annotator:
        """Open the screen and wait for a comment, without the hints of the first time."""
        self.page.add_init_script("localStorage.setItem('buysignal-label-hints', 'seen')")
        self.page.goto(f"/label/do/{self.task}")
        self.ready()
        return self

    def ready(self) -> str:
        """Wait until a comment stands on screen; its text, as the screen shows it."""
        return str(self.page.wait_for_function(SHOWN).json_value())

    @property
    def text(self) -> str:
        """The comment on screen."""
        return self.page.locator("[data-comment]").inner_text()

    def press(self, *actions: str) -> None:
        """Press the keys of these, one after the other."""
        for action in actions:
            self.page.keyboard.press(PLACES[action])

    def answer(self, *actions: str) -> None:
        """Answer the comment on screen and wait for the next, or for the end."""
        before = self.page.locator(".annotate").get_attribute("data-ready")
        self.press(*actions)
        self.page.wait_for_function(NEXT, arg=before)

    def stocked(self, least: int = 4) -> None:
        """Wait until enough comments are on hand for a while without the server."""
        self.page.wait_for_function("least => Number(document.querySelector('.annotate').dataset.onHand) >= least", arg=least)

    def sent(self) -> None:
        """Wait until nothing waits in the browser."""
        expect(self.page.locator(".annotate")).to_have_attribute("data-waiting", "0")


def outbox(page: Page) -> list[dict[str, Any]]:
    """Every row of the outbox in this browser."""
    found: list[dict[str, Any]] = page.evaluate(
        """() => new Promise((resolve, reject) => {
            const request = indexedDB.open("buysignal-labeling");
            request.onerror = () => reject(request.error);
            request.onsuccess = () => {
              const all = request.result.transaction("answers").objectStore("answers").getAll();
              all.onsuccess = () => { request.result.close(); resolve(all.result); };
            };
        })"""
    )
    return found


def stored(store: Store, annotator: str, task_id: str = "t1") -> dict[str, dict[str, Any]]:
    """What stands in SQLite of a person's submits: text -> {answers, flags, note, contradiction}."""
    sql = """SELECT i.text, e.answers, e.flags, e.note, e.contradiction, e.action FROM annotation_event e
        JOIN assignment a ON a.id = e.assignment_id JOIN label_item i ON i.id = a.item_id
        WHERE a.annotator_id = ? AND i.task_id = ? AND e.action <> 'undo'
          AND NOT EXISTS (SELECT 1 FROM annotation_event u WHERE u.undoes = e.uuid) ORDER BY e.rowid"""
    with store.reading() as connection:
        rows = connection.execute(sql, [annotator, task_id]).fetchall()
    return {
        row["text"]: {
            "action": row["action"], "answers": json.loads(row["answers"]), "flags": json.loads(row["flags"]), "note": row["note"],
            "contradiction": bool(row["contradiction"]),
        }
        for row in rows
    }  # fmt: skip
