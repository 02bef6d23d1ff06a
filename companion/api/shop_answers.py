"""Cards as `/v1/shop` tells them."""

from __future__ import annotations

from companion.api import shop_wire as wire
from companion.live_cards import Item
from companion.shop.understanding import AgeRange, Budget, Wish

TITLE = 300
"""Characters of a title that are sent."""
OLDEST = 120
"""Stands in an age for "no upper end"."""


def item_of(place: int, item: Item) -> wire.ShopItem:
    """A product in its place. Only https addresses go out: a card must not lead anywhere else."""
    product = item.product
    return wire.ShopItem(
        id=product.id,
        place=place,
        title=product.title[:TITLE],
        price=product.price,
        currency=product.currency,
        link=_https(product.link),
        image=_https(product.image),
        reason=_reason(item),
    )


def understood(wish: Wish) -> list[wire.Understood]:
    """What was understood, in the order of a shop assistant's questions; empty slots are left out."""
    named: list[tuple[wire.Slot, str]] = [
        ("product", wish.product_type or ", ".join(wish.kinds[:1] or wish.needs[:1])),
        ("recipient", wish.recipient or wish.gender),
        ("age", _years(wish.age) if wish.age else wish.age_band),
        ("budget", _money(wish.budget) if wish.budget else ""),
        ("colour", ", ".join(wish.colours)),
        ("material", ", ".join(wish.materials)),
        ("size", ", ".join(wish.sizes)),
        ("brand", ", ".join(wish.brands)),
        ("franchise", ", ".join(wish.franchises)),
        ("interest", ", ".join(wish.interests)),
        ("occasion", ", ".join(wish.occasions)),
        ("exclusion", ", ".join(wish.exclusions)),
    ]
    return [wire.Understood(slot=slot, value=value) for slot, value in named if value]


def _reason(item: Item) -> wire.ShopReason:
    exploring = item.offer.explored
    if item.offer.reason == "fits":
        return wire.ShopReason(kind="fits", exploring=exploring)
    if not item.because:
        return wire.ShopReason(kind="taste", exploring=exploring)
    return wire.ShopReason(kind="searched" if item.searched else "opened", words=item.because[:TITLE], exploring=exploring)


def _https(address: str) -> str:
    return address if address.lower().startswith("https://") else ""


def _years(age: AgeRange) -> str:
    if age.low == age.high:
        return f"{age.low:g}"
    return f"{age.low:g}+" if age.high >= OLDEST else f"{age.low:g}-{age.high:g}"


def _money(budget: Budget) -> str:
    if budget.low is None:
        return f"≤ {budget.high:g} {budget.currency}"
    if budget.high is None:
        return f"≥ {budget.low:g} {budget.currency}"
    return f"{budget.low:g}-{budget.high:g} {budget.currency}"
