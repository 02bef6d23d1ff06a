"""The exchange rates in use: the table that ships, and the user's own over it, kept as a setting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from companion.shop.currencies import Rates
from companion.store import Store, settings

SETTING = "shop.rates"


@dataclass(frozen=True)
class OwnRates:
    """Units of each currency per US dollar, and the day (ISO date) they are of."""

    per_dollar: Mapping[str, float] = field(default_factory=dict)
    dated: str = ""


def own(store: Store) -> OwnRates:
    """What the user set."""
    with store.reading() as connection:
        return OwnRates(**settings.get(connection, SETTING, {}))


def rates(store: Store) -> Rates:
    """The table that prices are compared by."""
    mine = own(store)
    return Rates().with_own(mine.per_dollar, mine.dated) if mine.per_dollar else Rates()


def keep(store: Store, mine: OwnRates) -> None:
    """Use these from now on; none at all brings back the table that ships.

    Raises:
        ValueError: naming a rate or a currency that cannot be.
    """
    Rates().with_own(mine.per_dollar, mine.dated)
    with store.writing() as connection:
        if mine.per_dollar:
            settings.put(connection, SETTING, {"per_dollar": dict(mine.per_dollar), "dated": mine.dated})
        else:
            settings.remove(connection, SETTING)
