"""Reading the badges of a page: which comment each stands on and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from companion.intent import Context, IntentModel, Item, Prediction
from tests.e2e.shadow import ShadowElement, ShadowReader
from tests.replica import Video

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
CREATOR = "Buying intent: not graded, the creator wrote this"
PENDING = "Buying intent: being read…"


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
        low, high = (floor(end + 0.5) for end in said.interval)  # as JavaScript rounds
        return f"Buying intent not sure, between {low} and {high} of 10"
    return f"Buying intent {said.level} of 10{SIGNAL_PHRASES[said.signal]}"


def expected(model: IntentModel, video: Video) -> dict[str, str]:
    """Accessible name of the badge by comment text, for every comment and shown reply of a thread."""
    said = {seen(text): expected_name(said) for text, said in readings(model, video).items()}
    thread = [one for comment in video.comments for one in (comment, *comment.replies)]
    return said | {seen(one.text): CREATOR for one in thread if one.text and one.user.uid == video.creator.uid}


def readings(model: IntentModel, video: Video) -> dict[str, Prediction]:
    """What the model says of each comment and reply in its right context, by the comment's text."""
    texts = [(c.text, "") for c in video.comments] + [(r.text, c.text) for c in video.comments for r in c.replies]
    items = [Item(text, Context(video.caption, video.hashtags, "", parent)) for text, parent in texts]
    return {text: said for (text, _), said in zip(texts, model.read(items), strict=True) if text}


def seen(text: str) -> str:
    """A comment as the page renders it: white space collapsed."""
    return " ".join(text.split())


def wrong(reader: ShadowReader, wanted: dict[str, str]) -> list[tuple[str, str]]:
    """Badges that say something else than they must; one that is still being read says nothing yet."""
    said = [(seen(badge.comment), badge.name) for badge in seen_badges(reader)]
    return [(text, name) for text, name in said if name != PENDING and wanted.get(text) != name]


def right(reader: ShadowReader, wanted: dict[str, str]) -> set[str]:
    """Texts of the comments whose badge says what it must."""
    return {text for badge in seen_badges(reader) if wanted.get(text := seen(badge.comment)) == badge.name}


def badge_of(reader: ShadowReader, text: str, says: str = "") -> SeenBadge | None:
    """The first badge on the comment `text` whose name holds `says`."""
    return next((badge for badge in seen_badges(reader) if seen(badge.comment) == text and says in badge.name), None)


def kinds(reader: ShadowReader) -> list[str]:
    """How each badge of the page looks: high, mid, low, quiet, unsure, pending or down."""
    return [str(reader.evaluate(e, "function () { return this.firstChild.className; }")).removeprefix("pill ") for e in reader.all(BADGE)]
