"""Two people who were told nothing label fifty comments: they read what stands on the screen and press the keys printed there."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from companion.store import Store, door_keys
from tests.labeling.quality_scene import words
from tests.labeling.screen.conftest import Opens, troubles_of
from tests.labeling.screen.scene import NEXT, item, log_in, person, stored, task

pytestmark = pytest.mark.browser

MEANT = [
    ("where did you get the {0}??", "wants it, price or link?", "availability", "neutral"),
    ("need the {0} right now", "wants it, price or link?", "want", "positive"),
    ("my {0} just arrived, love it", "ordered or has it", "bought", "positive"),
    ("how much is the {0}", "wants it, price or link?", "price", "neutral"),
    ("looks like every other {0}", "about it, not for them", "objection", "negative"),
    ("my {0} broke after two weeks, don't", "rejects it, regrets it", "objection", "negative"),
    ("does the {0} come in pink", "weighs it, can't find it", "question", "neutral"),
    ("what a cute {0}", "likes it", "praise", "positive"),
    ("what is the song in this {0} video", "off topic, emoji, spam", "nothing", "neutral"),
    ("what does the {0} even do", "curious, or no money", "question", "neutral"),
    ("kinda tempted by the {0}", "tempted, maybe", "want", "positive"),
    ("ordering the {0} on payday", "plans to buy", "want", "positive"),
    ("is the {0} worth it", "weighs it, can't find it", "question", "neutral"),
    ("bought a {0} for my mum last year", "ordered or has it", "bought", "positive"),
    ("your hair looks great, forget the {0}", "off topic, emoji, spam", "nothing", "positive"),
    ("my aunt has that {0}", "about it, not for them", "nothing", "neutral"),
    ("the {0} is far too expensive", "rejects it, regrets it", "objection", "negative"),
]
"""What people write, and the words on the buttons that fit."""

TEXTS = {text.format(thing): (grade, signal, feeling) for thing in ("lamp", "brush", "printer") for text, grade, signal, feeling in MEANT}

COMMENTS = 50


@dataclass(frozen=True)
class Newcomer:
    """Somebody who knows nothing but what the screen shows."""

    page: Page

    def begin(self, name: str) -> None:
        """Log in, and take the task that is offered."""
        log_in(self.page, name)
        self.page.get_by_role("link", name="Start", exact=False).click()
        expect(self.page.get_by_text("1 of 4: Read")).to_be_visible()

    def label(self, choose: Callable[[int, tuple[str, str, str]], Sequence[str]]) -> dict[str, int]:
        """Answer until nothing is left; `choose` picks the words of three buttons. What was meant: text -> place of the grade button."""
        meant = {}
        while self.page.locator("[data-finished]").is_hidden():
            before = self.page.wait_for_function("() => document.querySelector('.annotate').dataset.ready").json_value()
            text = self.page.locator("[data-comment]").inner_text()
            picked = choose(len(meant), TEXTS[text])
            for said in picked:
                self.page.keyboard.press(self._printed(said))
            self.page.wait_for_function(NEXT, arg=before)
            meant[text] = self._grades().index(picked[0]) + 1
        return meant

    def beside(self, said: str) -> str:
        """The words on the grade button to the right of this one."""
        grades = self._grades()
        return grades[min(len(grades) - 1, grades.index(said) + 1)]

    def _printed(self, said: str) -> str:
        """The key that is printed on a button with these words: its own number where nothing else stands there."""
        button = self.page.locator("[data-pad] button", has=self.page.get_by_text(said, exact=True))
        printed = button.locator("kbd:visible")
        shown = printed.inner_text() if printed.count() else button.locator("b").inner_text()
        return f"Digit{shown}" if shown.isdigit() else f"Key{shown}"

    def _grades(self) -> list[str]:
        return self.page.locator(".question.grade .word").all_inner_texts()


def test_people_who_were_told_nothing_label_and_the_agreement_page_tells_how_far_they_agree(opens: Opens, store: Store) -> None:
    texts = list(TEXTS)[:COMMENTS]
    task(store, [item(text, place, votes=2) for place, text in enumerate(texts)])
    ids = [person(store, name) for name in ("Ana", "Bo")]
    meant = []
    for name, step in (("Ana", 0), ("Bo", 3)):  # Bo takes every third comment for a little more
        page = opens().new_page()
        troubles = troubles_of(page)
        newcomer = Newcomer(page)
        newcomer.begin(name)
        meant.append(
            newcomer.label(lambda n, said: (newcomer.beside(said[0]) if step and n % step == 0 else said[0], *said[1:]))  # noqa: B023
        )
        expect(page.get_by_role("heading", name="Nothing left for you here")).to_be_visible()
        expect(page.locator(".annotate")).to_have_attribute("data-waiting", "0")
        assert troubles == []
    for ident, said in zip(ids, meant, strict=True):
        assert {text: one["answers"]["grade"] for text, one in stored(store, ident).items()} == said
        assert len(said) == COMMENTS
    apart = [abs(meant[0][text] - meant[1][text]) for text in texts]
    assert 0 < sum(apart) < COMMENTS

    page = opens().new_page()
    with store.writing() as connection:
        key = door_keys.mint(connection)
    page.goto(f"/open?key={key}")
    page.goto("/label/agreement")
    expect(page.get_by_role("heading", name="All measures")).to_be_visible()
    shown = words(page.content())
    assert f"{2 * COMMENTS} answers. {COMMENTS} comments answered by two people or more." in shown
    assert re.search(rf"Grades apart, on average {sum(apart) / COMMENTS:.2f}", shown), shown
    assert "Bo" in page.get_by_role("region", name="Pairs of people").inner_text()
