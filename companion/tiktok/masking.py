"""Mentions, e-mail addresses and phone numbers leave a text; prices, years and sizes stay."""

from __future__ import annotations

import re

from companion.tiktok.phones import mask_phones

MENTION = "@user"
EMAIL = "[e-mail]"

INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Code points without a width, as the inside of a character class. People put them into addresses to escape filters."""

AT = "@\uff20\ufe6b"
"""The at sign and its full-width and small forms, as the inside of a character class."""

_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_MARKS = "\u0300-\u036f\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0b82\u0bbe-\u0bcd"
_LETTER = rf"[^\W{_SPACELESS}]|[{_MARKS}]"
_LONGEST = 24  # TikTok's longest handle; scripts without spaces give no other end

_WORTH_A_LOOK = re.compile(rf"[{AT}]|\d(?:\D{{0,6}}\d){{6}}|[(\[]\s?at\s?[)\]]", re.IGNORECASE)
_HIDDEN = re.compile(rf"(?<=[\w{AT}.+\-])[{INVISIBLE}]+|(?<![{INVISIBLE}])[{INVISIBLE}]+(?=[{AT}\d])")
_EMAIL = re.compile(
    rf"[\w.+%\-]{{1,64}}(?:[{AT}]|\s?[(\[]\s?at\s?[)\]]\s?)(?:[\w\-]{{1,63}}\.){{1,6}}\w{{2,24}}"
    rf"|[\w.+%\-]{{1,64}}\s[{AT}]\s?(?:gmail|googlemail|hotmail|yahoo|outlook|icloud|proton(?:mail)?|gmx|aol|live|qq|163|yandex)\.\w{{2,3}}(?:\.\w{{2}})?\b",
    re.IGNORECASE,
)
_MENTION = re.compile(
    rf"[{AT}](?![\d.,]++(?:\W|$))"  # "3 @5.00" is a price; no handle is all digits
    rf"(?:(?:{_LETTER})(?:(?:{_LETTER}|\.)*(?:{_LETTER}))?|(?:\w|[{_MARKS}\u0e31-\u0e4e]){{1,{_LONGEST}}})"
)
_PASSES = 4  # what one pass leaves can read as new contact data once; more passes have not been seen to change anything


def mask(text: str) -> str:
    """The text with "@user" for each mention, "[e-mail]" and "[phone]" for contact data. Idempotent.

    >>> mask("@mia.tests is it $1,299.00? write to shop@example.com or +1 (202) 555-0147")
    '@user is it $1,299.00? write to [e-mail] or [phone]'
    """
    for _ in range(_PASSES):
        if not _WORTH_A_LOOK.search(text):
            break
        masked = _once(text)
        if masked == text:
            break
        text = masked
    return text


def _once(text: str) -> str:
    text = _HIDDEN.sub("", text)
    text = _EMAIL.sub(EMAIL, text)
    return mask_phones(_MENTION.sub(MENTION, text))
