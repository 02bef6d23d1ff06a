"""Telling phone numbers from the other numbers of a comment: prices, years, sizes, dates, counts."""

from __future__ import annotations

import re

PHONE = "[phone]"

_SEPARATOR = r"[\s().\-\u2010-\u2015\u00b7]{0,3}"
_CANDIDATE = re.compile(
    r"(?:(?<![A-Za-z\d_/#$€£¥₫₹฿₱])(?<!\d[.,])|(?<=[A-Za-z])(?=[+0]))"  # also right behind Thai or Chinese letters, and "wa0812..."
    rf"\+?\(?\d(?:{_SEPARATOR}\d){{6,40}}(?![A-Za-z\d_])"
)
_CHAT_LINK = re.compile(r"(?<![a-z])wa\.me/\+?\d{7,15}", re.IGNORECASE)
_GROUP = re.compile(r"\d+")
_MONEY_BEFORE = re.compile(
    r"(?:\b(?:rp|idr|rs|inr|usd|us|eur|gbp|vnd|php|thb|myr|rm|sgd|aud|cad|brl|r|mxn|jpy|krw)\.?|[$€£¥₫₹฿₱₩])\s?$", re.IGNORECASE
)
_MONEY_AFTER = re.compile(
    r"\s?(?:[$€£¥₫₹฿₱₩đ]|(?:usd|eur|gbp|vn[dđ]|idr|php|thb|inr|rm|baht|dong|rupiah|pesos?|rupees?|k|rb|ribu|juta|views?|likes?|followers?)\b)",
    re.IGNORECASE,
)
_CALL_WORD = re.compile(
    r"\b(?:whats?app?|wa|viber|zalo|tel|phone number|call me|text me|sms|hp|sđt|zap)\b[^\d+]{0,12}$",
    re.IGNORECASE,
)
_BEFORE = " \u00a0\t\n+("  # what may stand before a number that follows another; after "." or "-" it is the same number
_LOOK_BACK = 30
_SHORTEST, _LONGEST = 8, 15  # E.164 allows 15 digits; fewer than 8 are local numbers, which a price or an order can be as well


def mask_phones(text: str) -> str:
    """The text with "[phone]" for each number that reads as a phone's."""
    text = _CHAT_LINK.sub(PHONE, text)
    return _CANDIDATE.sub(lambda found: _masked(found, text), text)


def _masked(found: re.Match[str], text: str) -> str:
    """The candidate with its phone numbers masked: one may stand beside another number ("2 pcs" in "2 0812...")."""
    run = found[0]
    before = text[max(0, found.start() - _LOOK_BACK) : found.start()]
    if _MONEY_BEFORE.search(before) or _MONEY_AFTER.match(text, found.end()):
        return run
    spans = [(group.start(), group.end()) for group in _GROUP.finditer(run)]
    called = bool(_CALL_WORD.search(before))
    parts: list[str] = []
    first = position = 0
    while first < len(spans):
        last = _longest_phone(run, spans, first, called) if first == 0 or run[spans[first][0] - 1] in _BEFORE else None
        if last is None:
            first += 1
            continue
        start = spans[first][0]
        while start > position and run[start - 1] in "+(":
            start -= 1
        parts += [run[position:start], PHONE]
        position, first = spans[last][1], last + 1
    return "".join(parts) + run[position:]


def _longest_phone(run: str, spans: list[tuple[int, int]], first: int, called: bool) -> int | None:
    """Index of the last group of the longest phone number that starts with this group."""
    start = spans[first][0]
    plus = run[:start].rstrip("(").endswith("+")
    for last in range(min(len(spans), first + 8) - 1, first - 1, -1):
        groups = ["".join(str(int(digit)) for digit in run[a:b]) for a, b in spans[first : last + 1]]
        if _is_phone(groups, plus, called, spaced=run[start : spans[last][1]]):
            return last
    return None


def _is_phone(groups: list[str], plus: bool, called: bool, spaced: str) -> bool:
    digits = "".join(groups)
    if not _SHORTEST - called <= len(digits) <= _LONGEST or len(set(digits)) < 2:
        return False
    if plus or (called and not digits.endswith("000")):
        return True
    if len(groups) == 1:
        return _is_solid(digits)
    if _is_date(groups) or all(group.endswith("0") for group in groups) or (_is_grouped_in_thousands(groups) and digits[0] != "0"):
        return False
    return _has_phone_groups(digits, [len(group) for group in groups], groups, spaced)


def _has_phone_groups(digits: str, sizes: list[int], groups: list[str], spaced: str) -> bool:
    """Whether digits stand in groups as people write phone numbers."""
    if digits[0] == "0":  # trunk or exit prefix: 0171 123456, (021) 555 1234, 06 12 34 56 78, 0044 20 ...
        return len(digits) >= 9 and 2 <= sizes[0] <= 5 and min(sizes) >= 2
    if sizes in ([3, 3, 4], [1, 3, 3, 4]):  # North America
        return groups[-3][0] in "23456789" and (len(sizes) == 3 or digits[0] == "1")
    if sizes == [5, 5]:  # India
        return digits[0] in "6789"
    is_long = 11 <= len(digits) <= 13 and sizes[0] <= 3 and min(sizes[1:]) >= 3  # with a country's code, 62 812 3456 7890
    return is_long and "." not in spaced and (len(sizes) >= 3 or sizes[-1] >= 8)


def _is_solid(digits: str) -> bool:
    if digits.startswith("0"):
        return len(digits) >= 9
    return len(digits) >= 10 and not digits.endswith("000")


def _is_grouped_in_thousands(groups: list[str]) -> bool:
    return len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])


def _is_date(groups: list[str]) -> bool:
    """Whether three groups are day, month and year in some order, with an hour behind them or not."""
    year = [group for group in groups[:3] if len(group) == 4 and group[:2] in ("19", "20")]
    return len(year) == 1 and 3 <= len(groups) <= 5 and all(len(group) <= 2 for group in groups if group is not year[0])
