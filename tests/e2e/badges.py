"""Reading the badges of a page: which comment each stands on and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from companion.intent import Prediction
from tests.e2e.shadow import ShadowElement, ShadowReader

ROW = """function () {
  const host = this.getRootNode().host;
  let node = host;
  for (let up = 0; node && up < 8; up += 1, node = node.parentElement) {
    const text = node.querySelector('[data-e2e="comment-level-1"], [data-e2e="comment-level-2"]');
    if (text) return text.innerText;
  }
  return null;
}"""

BADGE = "button[aria-haspopup=dialog]"


@dataclass(frozen=True)
class SeenBadge:
    """A badge, its accessible name, and the text of the comment in whose row it stands."""

    element: ShadowElement
    name: str
    comment: str


def seen_badges(reader: ShadowReader) -> list[SeenBadge]:
    """Every badge of the page, in document order."""
    found = [e for e in reader.all(BADGE) if e.attributes.get("aria-label", "").startswith("Buying intent")]
    return [SeenBadge(e, e.attributes["aria-label"], str(reader.evaluate(e, ROW))) for e in found]


SIGNAL_PHRASES = {
    "none": "",
    "praise": ", likes it",
    "question": ", asks about the product",
    "price": ", asks the price",
    "availability": ", asks where to buy",
    "want": ", wants it",
    "bought": ", has bought it",
    "objection": ", has doubts or objects",
}


def expected_name(said: Prediction) -> str:
    """What a badge must say of a prediction."""
    if said.unsure:
        return f"Buying intent not sure, between {said.interval[0]:.0f} and {said.interval[1]:.0f} of 10"
    return f"Buying intent {said.level} of 10{SIGNAL_PHRASES[said.signal]}"
