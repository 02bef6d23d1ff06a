"""Prices as feeds write them: "9.99 USD", "from $3,99", "₹1,299", "Rp 46.785", "$10 - $20"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from price_parser import Price

_NUMBER = re.compile(r"\d{1,12}(?:\.\d+)?")
_MISSING = frozenset({"", "-", "n/a", "na", "nan", "none", "null"})
_CODE = re.compile(r"(?<![A-Za-z])[A-Za-z]{3}(?![A-Za-z])")
_NEGATIVE = re.compile(r"\s*(?:[^\d\s]{1,4}\s*)?[-−]\s*(?:[^\d\s]{1,4}\s*)?\d")
_SHORTENED = re.compile(r"\d[eE][+-]?\d")
_SINCE = re.compile(r"\b(?:from|ab|desde|dès|à partir de|starting at|mulai|only from)\b|[\d\s](?:-|–|—|to)\s?\D{0,4}\d", re.I)
HIGHEST = 1e12

WHOLE = frozenset({"IDR", "VND", "JPY", "KRW", "CLP", "PYG", "UGX", "ISK", "HUF", "COP", "IRR"})
"""Currencies in which "46.785" is a number of thousands."""

_SIGNS = """
$ USD  US$ USD  € EUR  £ GBP  ₹ INR  Rs INR  Rs. INR  ¥ JPY  ₩ KRW  ₫ VND  đ VND  Rp IDR  RM MYR  ₱ PHP  S$ SGD  A$ AUD  AU$ AUD
C$ CAD  CA$ CAD  HK$ HKD  NT$ TWD  R$ BRL  MX$ MXN  ฿ THB  ₽ RUB  ₺ TRY  zł PLN  Kč CZK  ₴ UAH  ₦ NGN  ₪ ILS
"""
SIGNS = dict(zip(_SIGNS.split()[::2], _SIGNS.split()[1::2], strict=True))
"""What a sign most often means; a currency column or `--currency` settles "$"."""

_CODES = """
AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GHS HKD HRK HUF IDR ILS INR IRR ISK JPY KES KRW KWD LKR MAD MXN MYR
NGN NOK NZD OMR PEN PHP PKR PLN PYG QAR RON RSD RUB SAR SEK SGD THB TRY TWD UAH UGX USD UYU VND ZAR
"""
CODES = frozenset(_CODES.split())
"""Currencies (ISO 4217) that shops on TikTok sell in."""


@dataclass(frozen=True)
class Money:
    """An amount, the currency that was written with it ("" for none), and whether it is the lowest of several."""

    amount: float
    currency: str = ""
    lowest: bool = False


def money(text: str, currency: str = "") -> Money | None:
    """The price in a cell; None for an empty cell. `currency` is what is known beside it.

    >>> money("from $3,99"), money("46.785", "IDR").amount, money("9435.0").amount
    (Money(amount=3.99, currency='USD', lowest=True), 46785.0, 9435.0)

    Raises:
        ValueError: what is wrong with it, to follow the column's name.
    """
    found = text.strip()
    if found.lower() in _MISSING:
        return None
    if _NUMBER.fullmatch(found) and not (currency in WHOLE and re.fullmatch(r"\d{1,3}\.\d{3}", found)):
        return _checked(found, float(found), "", False)
    if _SHORTENED.search(found):
        raise ValueError(f'is "{found[:40]}", shortened by a spreadsheet; write it out')
    if _NEGATIVE.match(found):
        raise ValueError(f'is "{found[:40]}"; a price is a number from 0 on')
    price = Price.fromstring(found[:80], currency_hint=currency or None)
    if price.amount is None:
        raise ValueError(f'is "{found[:40]}", which is not a number')
    return _checked(found, float(price.amount), _currency(found, price.currency), bool(_SINCE.search(found)))


def currency_code(text: str) -> str:
    """The ISO 4217 code of a currency's cell; "" for an empty cell.

    Raises:
        ValueError: what is wrong with it, to follow the column's name.
    """
    found = text.strip()
    if found.lower() in _MISSING:
        return ""
    code = SIGNS.get(found, found.upper())
    if code not in CODES:
        raise ValueError(f'is "{found[:20]}", which is no currency; write three letters, such as USD')
    return code


def _checked(found: str, amount: float, currency: str, lowest: bool) -> Money:
    if not 0 <= amount <= HIGHEST:
        raise ValueError(f'is "{found[:40]}"; a price is a number from 0 to {HIGHEST:,.0f}')
    return Money(amount, currency, lowest)


def _currency(text: str, sign: str | None) -> str:
    for match in _CODE.finditer(text):
        if match[0].upper() in CODES:
            return match[0].upper()
    return SIGNS.get(sign or "", "")
