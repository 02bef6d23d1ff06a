"""Where things stand on the page, as the page itself measures them."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

ROWS = """() => [...document.querySelectorAll('[data-e2e="comment-level-1"], [data-e2e="comment-level-2"]')].map((text) => {
  const row = text.closest('[class*="DivCommentItemWrapper"], [class*="DivCommentContentContainer"]');
  const place = (element) => { const { x, y, width, height } = element.getBoundingClientRect(); return [x, y, width, height]; };
  return { text: text.innerText.slice(0, 80), row: place(row), words: place(text) };
})"""

# Counts shifts from the first moment, with what moved; input does not excuse them.
COUNT_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const moved = entry.sources.map(({ node }) => node?.nodeType === 1 ? `${node.localName}.${node.className}` : String(node?.nodeName));
    window.shifts.push({ value: entry.value, moved });
  }
}).observe({ type: 'layout-shift', buffered: true });
"""


def row_boxes(page: Page) -> list[dict[str, Any]]:
    """Boxes [x, y, width, height] in CSS pixels of every comment row on the page and of the words in it."""
    found: list[dict[str, Any]] = page.evaluate(ROWS)
    return found


def layout_shift(page: Page) -> float:
    """Sum of the layout shifts since the page began (`COUNT_SHIFTS` as its first script)."""
    total: float = page.evaluate("window.shifts.reduce((sum, shift) => sum + shift.value, 0)")
    return total
