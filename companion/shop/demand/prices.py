"""Prices that a comment names: "40 quid", "$25", "30 euros"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.shop.catalogue.prices import SIGNS

_SPOKEN = {
    **dict.fromkeys(("quid", "pounds", "pound", "gbp"), "GBP"),
    **dict.fromkeys(("dollars", "dollar", "bucks", "usd", "dólares", "dolares"), "USD"),
    **dict.fromkeys(("euros", "euro", "eur"), "EUR"),
    **dict.fromkeys(("rupees", "inr"), "INR"),
    **dict.fromkeys(("reais", "brl"), "BRL"),
    **dict.fromkeys(("ringgit", "myr"), "MYR"),
    **dict.fromkeys(("pesos",), ""),
}
"""Currencies by the words that people write; "" where the word does not say which."""

_AMOUNT = r"\d{1,3}(?:[ ,.]\d{3})+(?![\d])|\d{1,7}(?:[.,]\d{1,2})?(?!\d)"
_SIGN = "|".join(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True) if sign != "Rs.")
_BEFORE = re.compile(rf"(?<![\w.,])(?P<sign>{_SIGN})\.?\s?(?P<amount>{_AMOUNT})(?P<k>k\b)?", re.I)
_AFTER = re.compile(rf"(?<![\w.,$€£])(?P<amount>{_AMOUNT})(?P<k>k)?\s?(?P<word>{_SIGN}|{'|'.join(_SPOKEN)})(?!\w)", re.I)
_SIGN_OF = {sign.casefold(): code for sign, code in SIGNS.items()}


@dataclass(frozen=True)
class NamedPrice:
    """An amount in units of `currency` (ISO 4217, "" where the words do not say which), and the comment that names it."""

    amount: float
    currency: str
    comment: str = ""


def named_prices(text: str, comment: str = "") -> list[NamedPrice]:
    """The prices in a text in order, each only where a sign or a word for money stands beside the number.

    >>> [(price.amount, price.currency) for price in named_prices("40 quid?? it was $25 and 2 weeks")]
    [(40.0, 'GBP'), (25.0, 'USD')]
    """
    found: dict[int, NamedPrice] = {}
    for match in _BEFORE.finditer(text):
        found[match.start("amount")] = NamedPrice(_amount(match), _SIGN_OF[match["sign"].casefold()], comment)
    for match in _AFTER.finditer(text):
        word = match["word"].casefold()
        code = _SPOKEN[word] if word in _SPOKEN else _SIGN_OF[word]
        found.setdefault(match.start("amount"), NamedPrice(_amount(match), code, comment))
    return [found[start] for start in sorted(found)]


def _amount(match: re.Match[str]) -> float:
    """Groups of three digits are thousands, one or two digits behind the last sign are a part."""
    digits = match["amount"]
    if re.fullmatch(r"\d{1,3}(?:[ ,.]\d{3})+", digits):
        digits = re.sub(r"[ ,.]", "", digits)
    return float(digits.replace(",", ".").replace(" ", "")) * (1000 if match["k"] else 1)
