"""From a key press to the next comment on screen, by the browser's own clock."""

from __future__ import annotations

import statistics

from playwright.sync_api import BrowserContext

from tests.labeling.screen.scene import Annotator

METER = """
window.looks = [];
let pressed = 0;
addEventListener("keydown", (event) => { pressed = event.timeStamp; }, true);
document.addEventListener("DOMContentLoaded", () => {
  const root = document.querySelector(".annotate");
  if (!root) return;
  new MutationObserver(() => { if (root.dataset.ready && pressed) window.looks.push(performance.now() - pressed); })
    .observe(root, { attributes: true, attributeFilter: ["data-ready"] });
});
"""
"""The screen says `data-ready` in the first task after the frame with the comment was painted."""

PACE_MS = 120
"""Between two answers; quicker than anybody reads."""


def watch(context: BrowserContext) -> None:
    """Measure every page that is opened from now on."""
    context.add_init_script(METER)


def label(at: Annotator, answers: int) -> list[float]:
    """Answer so many comments of a task that asks a grade alone; milliseconds from each key to the next comment painted."""
    for number in range(answers):
        at.answer(f"grade:{number % 10 + 1}")
        at.page.wait_for_timeout(PACE_MS)
    found: list[float] = at.page.evaluate("window.looks")
    return found[-answers:]


def p95(times: list[float]) -> float:
    """The time that 95 of 100 do not exceed."""
    return statistics.quantiles(times, n=20)[18]
