"""What is known of one shopper: session and long-term interests, both fading, and where they were shown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from companion.shop.profile.events import DAYPARTS, HIDE, PAGES, WEIGHTS, Event, Scenario, looked_at
from companion.shop.profile.interests import LONG_HALF_LIFE, MINUTE_MS, SESSION_HALF_LIFE, Interests
from companion.shop.profile.traits import FIELDS, Codes, Floats, Traits

FEATURES = (
    "always", "kind now", "kind", "department now", "department", "brand", "colour", "price", "audience",
    "time of day", "page", "alike now", "alike", "search", "shown often",
)  # fmt: skip
"""What a product's score is made of; "now" is this session."""

SEARCHED = 1.0
"""Liking that a search adds, spread over the kinds of what it finds."""
LEANING = 2.0
"""Interest that the shopper's own word "more" adds: about that of two clicks."""
NEVER = -1.0
SHOWN_HALF_LIFE = 24 * 60 * MINUTE_MS


class Profile:
    """Learns from events in the order of their moments.

    Args:
        traits: of the products that may be shown.
        vectors: (n, d) unit vectors of the products; None leaves out what is alike.
    """

    def __init__(self, traits: Traits, vectors: Floats | None = None) -> None:
        self.traits, self.vectors = traits, vectors
        self.place_of = {product.id: place for place, product in enumerate(traits.products)}
        sizes = {field: len(traits.values[field]) for field in FIELDS}
        self.now = {field: Interests(sizes[field], SESSION_HALF_LIFE) for field in ("department", "kind")}
        self.long = {field: Interests(sizes[field], LONG_HALF_LIFE) for field in FIELDS}
        self.by_daypart = {part: Interests(sizes["kind"], LONG_HALF_LIFE) for part in DAYPARTS}
        self.by_page = {page: Interests(sizes["kind"], LONG_HALF_LIFE) for page in PAGES}
        self.hidden: set[int] = set()
        self.leanings = {field: np.zeros(size) for field, size in sizes.items()}
        self._found = np.zeros(len(traits))
        self._shown = np.zeros(len(traits))
        self._alike = {half_life: np.zeros(len(traits)) for half_life in (SESSION_HALF_LIFE, LONG_HALF_LIFE)}
        self._faded = 0

    def learn(self, event: Event, found: Floats | None = None) -> None:
        """Take in one event; `found` (n,) 0 to 1 says how well each product answers a search. Unknown products change nothing."""
        if event.kind == "search":
            if found is not None:
                self._searched(found, event.at)
            return
        place = self.place_of.get(event.product)
        if place is None:
            return
        self._fade(event.at)
        if event.kind == "impression":
            self._shown[place] += 1
            for one, value in self._touched(place, event):
                one.passes(value, looked_at(event.place), event.at)
        elif event.kind == "hide":
            self.hidden.add(place)
            for one, value in self._touched(place, event):
                one.passes(value, HIDE, event.at)
        else:
            weight, look = WEIGHTS[event.kind], looked_at(event.place) if event.kind == "click" else 0.0
            for one, value in self._touched(place, event):
                one.like(value, weight, event.at, look)
            if self.vectors is not None:
                cosines = self.vectors @ self.vectors[place]
                self._alike = {half_life: scores + weight * cosines for half_life, scores in self._alike.items()}

    def lean(self, field: str, value: str, leaning: float) -> None:
        """Take in what the shopper says of a value, -1 (never) to 1 (more). A value that no product has changes nothing.

        Raises:
            ValueError: there is no such field.
        """
        if field not in FIELDS:
            raise ValueError(f'field is "{field}"; one of {", ".join(FIELDS)} can be liked or not')
        if value in self.traits.values[field][1:]:
            self.leanings[field][self.traits.values[field].index(value)] = leaning

    def interests(self, field: str, at: int) -> Floats:
        """(values,) the lasting interest in each value of a field, what the shopper says of it included."""
        return self.long[field].logs(at) + LEANING * self.leanings[field]

    def closed(self) -> npt.NDArray[np.bool_]:
        """(n,) whether a product is never shown: hidden, or of a value that the shopper never wants."""
        closed = np.zeros(len(self.traits), bool)
        closed[list(self.hidden)] = True
        for field, leanings in self.leanings.items():
            closed |= (leanings <= NEVER)[self.traits.codes[field]]
        return closed

    def _touched(self, place: int, event: Event) -> list[tuple[Interests, int]]:
        """The interests which an event with that product speaks of, each with the number of its value."""
        codes = self.traits.codes
        touched = [(one, int(codes[field][place])) for field, one in self.now.items()]
        touched += [(one, int(codes[field][place])) for field, one in self.long.items()]
        kind = int(codes["kind"][place])
        return [*touched, (self.by_daypart[event.scenario.daypart], kind), (self.by_page[event.page], kind)]

    def _searched(self, found: Floats, at: int) -> None:
        self._fade(at)
        self._found = np.maximum(self._found, found)
        kinds = np.bincount(self.traits.codes["kind"], weights=found, minlength=len(self.traits.values["kind"]))
        kinds[0] = 0.0
        if kinds.sum() > 0:
            for interests in (self.now["kind"], self.long["kind"]):
                interests.fade(at)
                interests.liked += SEARCHED * kinds / kinds.sum()

    def _fade(self, at: int) -> None:
        passed = max(0, at - self._faded)
        self._faded = max(self._faded, at)
        self._found *= 0.5 ** (passed / SESSION_HALF_LIFE)
        self._shown *= 0.5 ** (passed / SHOWN_HALF_LIFE)
        self._alike = {half_life: scores * 0.5 ** (passed / half_life) for half_life, scores in self._alike.items()}

    def features(self, places: Codes | Sequence[int], scenario: Scenario) -> Floats:
        """(places, FEATURES) of products in that scenario."""
        at = scenario.at
        self._fade(at)
        chosen = np.asarray(places, np.int64)
        codes = {field: self.traits.codes[field][chosen] for field in FIELDS}
        now = {field: one.logs(at)[codes[field]] for field, one in self.now.items()}
        long = {field: self.interests(field, at)[codes[field]] for field in FIELDS}
        time = self.by_daypart[scenario.daypart].logs(at)[codes["kind"]]
        where = self.by_page[scenario.page].logs(at)[codes["kind"]]
        alike = [np.tanh(scores[chosen] / 2) for scores in self._alike.values()]
        columns = [
            np.ones(len(chosen)), now["kind"], long["kind"], now["department"], long["department"], long["brand"], long["colour"],
            long["price"], long["audience"], time, where, *alike, self._found[chosen], np.log1p(self._shown[chosen]),
        ]  # fmt: skip
        return np.stack(columns, 1)
