"""Exchange rates: a dated table that ships, and one's own over it. Nothing is fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

PER_DOLLAR: Mapping[str, float] = MappingProxyType(
    {
        "USD": 1.0, "EUR": 0.94, "GBP": 0.785, "CHF": 0.885, "SEK": 10.95, "NOK": 11.05, "DKK": 7.03, "PLN": 4.08,
        "CZK": 23.8, "HUF": 383, "RON": 4.69,
        "TRY": 34.4, "RUB": 99, "UAH": 41.2, "ILS": 3.74, "AED": 3.6725, "SAR": 3.75, "EGP": 49.3, "ZAR": 18.1,
        "NGN": 1670, "KES": 129, "INR": 84.2,
        "PKR": 278, "BDT": 119.5, "LKR": 292, "CNY": 7.22, "HKD": 7.78, "TWD": 32.4, "JPY": 154, "KRW": 1395, "SGD": 1.338,
        "MYR": 4.45, "IDR": 15850,
        "PHP": 58.6, "THB": 34.7, "VND": 25400, "AUD": 1.54, "NZD": 1.7, "CAD": 1.4, "MXN": 20.3, "BRL": 5.77,
        "ARS": 998, "CLP": 975, "COP": 4430, "PEN": 3.79,
    }
)  # fmt: skip
"""Units per US dollar, rounded, about the middle of November 2024: good enough to compare prices, not to settle bills."""
DATED = "2024-11-15"


@dataclass(frozen=True)
class Rates:
    """Units of each currency per US dollar, and the day they are of."""

    per_dollar: Mapping[str, float] = field(default_factory=lambda: PER_DOLLAR)
    dated: str = DATED

    def convert(self, amount: float, source: str, target: str) -> float | None:
        """The amount in another currency, None where a rate is missing."""
        if source == target:
            return amount
        one, other = self.per_dollar.get(source), self.per_dollar.get(target)
        return None if one is None or other is None else amount / one * other

    def with_own(self, own: Mapping[str, float], dated: str) -> Rates:
        """These rates with the user's own over them.

        Raises:
            ValueError: naming a rate that is no positive number or a name that is no currency code.
        """
        for name, rate in own.items():
            if len(name) != 3 or not name.isascii() or not name.isalpha():
                raise ValueError(f'"{name}" is no currency code; write three letters, such as "EUR"')
            if not 0 < rate < float("inf"):
                raise ValueError(f"rate {rate} of {name} is not a number above 0; write how many {name} one US dollar buys")
        return Rates({**self.per_dollar, **{name.upper(): float(rate) for name, rate in own.items()}}, dated)
