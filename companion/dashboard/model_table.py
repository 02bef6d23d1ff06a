"""The models of a workspace side by side: figures of the same set of comments, and how each came into use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from companion.dashboard import words
from companion.dashboard.model_card import LEADING, Card, Measured, read_card
from companion.registry import SHIPPED_NAME, Entry
from companion.store.model_events import Action, ModelEvent

_TITLES = {SHIPPED_NAME: "Shipped with BuySignal", "multilingual": "Shipped with BuySignal, for many languages"}
_ACTIONS: dict[Action, str] = {"use": "chosen by hand", "promote": "put into use after a training", "rollback": "gone back to"}


@dataclass(frozen=True)
class ModelRow:
    """One model. `serving` is the one that grades now, `chosen` the one that should; they differ when that was refused."""

    name: str
    title: str
    id: str
    chosen: bool
    serving: bool
    card: Card | None
    measured: Measured | None

    @property
    def learned(self) -> str:
        """What it learned from, "" where the card does not say."""
        if self.card is None or self.card.lines is None:
            return ""
        own = self.card.own or 0
        came = words.count(self.card.lines - own, "example")
        return f"{came} and {words.count(own, 'label')} of yours" if own else came


@dataclass(frozen=True)
class Change:
    """A moment (ms UTC) at which a model came into use, with how and why."""

    at: int
    title: str
    how: str
    reason: str


def rows_of(entries: Sequence[Entry], serving_id: str) -> list[ModelRow]:
    """A row for each model. Figures stand only where a model was measured on the set that most others were measured on.

    `serving_id` is the id of the model that grades now.
    """
    cards = {entry.name: read_card(entry.folder / "card.json") for entry in entries}
    shared = common_set([card for card in cards.values() if card])
    serving = [entry.name for entry in sorted(entries, key=lambda entry: not entry.active) if entry.id == serving_id][:1]
    return [
        ModelRow(
            name=entry.name,
            title=title_of(entry.name),
            id=entry.id,
            chosen=entry.active,
            serving=entry.name in serving,
            card=(card := cards[entry.name]),
            measured=next((part for part in card.measured if (part.key, part.n) == shared), None) if card else None,
        )
        for entry in entries
    ]


def common_set(cards: Sequence[Card]) -> tuple[str, int] | None:
    """Key and size of the whole set that most cards have, the more telling one among equals; None where no card has any."""
    found = Counter((part.key, part.n) for card in cards for part in card.measured if part.key in LEADING)
    return max(found, key=lambda known: (found[known], -LEADING.index(known[0]))) if found else None


def changes_of(history: Sequence[ModelEvent], most: int) -> list[Change]:
    """The latest changes, newest first."""
    return [Change(event.at, title_of(event.model), _ACTIONS[event.action], event.reason) for event in history[::-1][:most]]


def title_of(name: str) -> str:
    """A model's name on screen."""
    return _TITLES.get(name, name)
