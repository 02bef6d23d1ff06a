"""Votes as a table that every measure reads: kinds of items x people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from labeling.votes import Vote

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NO_VOTE = -1

NOBODY = "Nobody has answered anything here yet."
ONE_PERSON = "Only one person has answered here, so there is nobody to compare with."
NO_OVERLAP = "No item here was answered by two people, so there is nothing to compare."
NO_VARIETY = "Everything that two people answered here got the same answer. Chance would agree as well then, so this measure has no value."


@dataclass(frozen=True, eq=False)
class Ballots:
    """All votes. Items on which the same people said the same are one kind: no measure can tell them apart.

    Attributes:
        codes: [kinds, people] index of the category voted for, NO_VOTE where there is no vote.
        times: [kinds] how many items are of that kind.
        categories: [k] the values that can be voted for, ascending.
        people: names of the columns, ascending.
    """

    codes: Ints
    times: Ints
    categories: Floats
    people: tuple[str, ...]

    @cached_property
    def counts(self) -> Floats:
        """[kinds, k]: votes for each category."""
        votes: Floats = (self.codes[:, :, None] == np.arange(len(self.categories))).sum(1).astype(np.float64)
        return votes

    @cached_property
    def size(self) -> Ints:
        """[kinds]: votes on each item."""
        size: Ints = (self.codes != NO_VOTE).sum(1)
        return size

    @cached_property
    def shared(self) -> Bools:
        """[kinds]: whether two people or more voted."""
        shared: Bools = self.size >= 2
        return shared

    @cached_property
    def distances(self) -> Floats:
        """[k, k]: |difference| of the categories' values."""
        apart: Floats = np.abs(self.categories[:, None] - self.categories)
        return apart

    def nothing_to_compare(self) -> str:
        """Why people cannot be compared here; "" where they can."""
        if not self.people:
            return NOBODY
        if len(self.people) == 1:
            return ONE_PERSON
        return "" if self.shared.any() else NO_OVERLAP

    def only(self, kinds: Bools) -> Ballots:
        """The chosen kinds of items alone."""
        return Ballots(self.codes[kinds], self.times[kinds], self.categories, self.people)


def ballots_of(votes: Iterable[Vote], categories: Sequence[float] | None = None) -> Ballots:
    """The table of the votes; the last vote of a person on an item counts.

    Args:
        votes: in any order.
        categories: all values that can be voted for; None takes those that were.

    Raises:
        ValueError: a vote is for none of the categories.
    """
    last = {(vote.item, vote.annotator): vote.value for vote in votes}
    known = np.unique(np.array(list(last.values()) if categories is None else list(categories), np.float64))
    people = sorted({annotator for _, annotator in last})
    row = {item: at for at, item in enumerate(sorted({item for item, _ in last}))}
    column = {annotator: at for at, annotator in enumerate(people)}
    codes = np.full((len(row), len(people)), NO_VOTE, np.int64)
    if last:
        cells = np.array([(row[item], column[annotator]) for item, annotator in last])
        codes[cells[:, 0], cells[:, 1]] = _codes(last, known)
        codes, times = np.unique(codes, axis=0, return_counts=True)
    else:
        times = np.zeros(0, np.int64)
    return Ballots(codes, times.astype(np.int64), known, tuple(people))


def _codes(last: dict[tuple[str, str], float], known: Floats) -> Ints:
    values = np.array(list(last.values()), np.float64)
    code: Ints = np.searchsorted(known, values).clip(0, max(0, len(known) - 1)).astype(np.int64)
    strange = known[code] != values if len(known) else np.ones(len(values), np.bool_)
    if strange.any():
        (item, annotator), value = list(last.items())[int(np.argmax(strange))]
        answers = ", ".join(f"{value:g}" for value in known)
        raise ValueError(f"the vote of {annotator} on {item} is {value:g}, not one of {answers}; correct it or leave it out")
    return code
