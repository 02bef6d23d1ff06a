"""What a person wants, as understood from what they typed, wrote under a video or said in a caption."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Gender = Literal["", "female", "male"]
AgeBand = Literal["", "baby", "toddler", "child", "teen", "adult", "senior"]

BANDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"baby": (0, 1.5), "toddler": (1, 3.5), "child": (3, 12), "teen": (12, 19), "adult": (18, 120), "senior": (60, 120)}
)
"""Years of each band; neighbours overlap, as people use the words."""


GROWN_UP = frozenset(
    (
        "partner",
        "colleague",
        "boss",
        "teacher",
        "doctor",
        "nurse",
        "neighbour",
        "couple",
        "roommate",
        "aunt",
        "uncle",
        "grandmother",
        "grandfather",
        "grandparents",
    )
)
"""Recipients who are adults although no word says so."""


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Years, both ends included; months are fractions. `high` is 120 where no upper end was said."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Budget:
    """Money per item in units of `currency` (ISO 4217); an end that was not said is None. `said` tells whether the currency was."""

    low: float | None
    high: float | None
    currency: str
    said: bool = False


@dataclass(frozen=True, slots=True)
class Wish:
    """Slots in the order a shop assistant would ask for them. Empty where nothing was said.

    Attributes:
        text: the query as read.
        product_type: the product in the person's own words ("school bag").
        name: stems of the product's bare name, without what is said about it ("fluffy").
        kinds: the lexicon's names of it, the surest first.
        needs: kinds that would answer the circumstance or interest that was told ("my back hurts", "loves robots"), the closest first.
        recipient: who it is for ("son", "mother-in-law").
        cheap: asked for something cheap without a figure: a leaning, not a filter.
        gift: asked for as a present.
        exclusions: words the product must not be described by.
        terms: stem -> weight from 0 to 1 for word search.
        rest: what is left for the sentence encoder once figures, negations and small talk are gone.
    """

    text: str
    product_type: str = ""
    name: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    recipient: str = ""
    gender: Gender = ""
    age: AgeRange | None = None
    age_band: AgeBand = ""
    budget: Budget | None = None
    cheap: bool = False
    colours: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    franchises: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    occasions: tuple[str, ...] = ()
    gift: bool = False
    exclusions: tuple[str, ...] = ()
    terms: Mapping[str, float] = field(default_factory=dict, hash=False)
    rest: str = ""

    @property
    def years(self) -> AgeRange | None:
        """The recipient's age, from the figure where one was said, else from the band."""
        if self.age is not None:
            return self.age
        band = self.age_band or ("adult" if self.recipient in GROWN_UP else "")
        return AgeRange(*BANDS[band]) if band else None

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing to search by."""
        return not self.terms and not self.kinds and not self.needs
