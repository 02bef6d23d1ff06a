"""The words of a feed's cell: markup, hidden characters and formulas taken out."""

from __future__ import annotations

import html
import re
import unicodedata

_SCRIPT = re.compile(r"<(script|style|iframe|object|svg|noscript)\b.*?(?:</\1\s*>|$)", re.I | re.S)
_TAG = re.compile(r"</?[a-z!?][^<>]{0,5000}>|<!--.*?-->", re.I | re.S)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});", re.I)
_SPACE = re.compile(r"\s+")
_FORMULA = re.compile(r"\s*=\s*\S|\s*[@+-]\s*(?:[A-Z][A-Z\d.]*\s*\(|[A-Za-z]+\|)")
_QUOTED = re.compile(r'="([^"]*)"')
_JOINERS = frozenset("\u200c\u200d")
"""Not shown, but emoji and some scripts are written with them."""


def plain(text: str) -> str:
    """The text on one line, without markup and characters that are not shown.

    >>> plain("<b>Mug</b> &amp; <script>alert(1)</script>lid"), plain("5 < 6 cm")
    ('Mug & lid', '5 < 6 cm')
    """
    if text.isascii() and text.isprintable() and "<" not in text and "&" not in text:
        return " ".join(text.split()) if "  " in text else text.strip()
    for _ in range(2):  # markup is often escaped once more
        text = _TAG.sub(" ", _SCRIPT.sub(" ", text))
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    shown = "".join(char if _is_shown(char) else " " for char in unicodedata.normalize("NFC", _TAG.sub(" ", _SCRIPT.sub(" ", text))))
    return _SPACE.sub(" ", shown).strip()


def has_markup(text: str) -> bool:
    """Whether the text holds tags or escaped characters."""
    return bool(_TAG.search(text) or _ENTITY.search(text))


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text, as `=HYPERLINK(...)`; a title may well begin with "-50 %" or "+size".

    >>> is_formula('=cmd|"/c calc"!A1'), is_formula("@SUM(1)"), is_formula("-50% off (today)"), is_formula("+Size jeans")
    (True, True, False, False)
    """
    return bool(_FORMULA.match(text))


def unquoted(text: str) -> str:
    """What a spreadsheet's way of keeping digits stands for: `="0012"` is 0012."""
    match = _QUOTED.fullmatch(text.strip())
    return match[1] if match else text


def _is_shown(char: str) -> bool:
    return char.isprintable() or char in _JOINERS
