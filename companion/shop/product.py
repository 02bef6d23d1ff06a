"""One product as every part of the shop sees it, whatever feed it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

OUT_OF_STOCK = "out of stock"


@dataclass(frozen=True, slots=True)
class Product:
    """`price` is in units of `currency` (ISO 4217), `rating` from 0 to 5, `category` from the widest to the narrowest.

    `attributes` holds what feeds give beside these under the feeds' plain names: colour, size, gender, age_group, material, availability.
    """

    id: str
    title: str
    description: str = ""
    brand: str = ""
    category: tuple[str, ...] = ()
    price: float | None = None
    currency: str = ""
    image: str = ""
    link: str = ""
    rating: float | None = None
    ratings: int | None = None
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def in_stock(self) -> bool:
        """False where the feed says that it cannot be had now."""
        return self.attributes.get("availability", "") != OUT_OF_STOCK
