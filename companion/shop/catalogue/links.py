"""Addresses of products and pictures: only those that a browser can open safely."""

from __future__ import annotations

from urllib.parse import urlsplit

LONGEST = 2_000
"""Characters; browsers and shops cut longer ones."""


def address(text: str) -> str:
    """The address, spelled in full; "" for a missing one.

    >>> address("//shop.example/a b"), address("https://shop.example/p?id=1"), address("N/A")
    ('https://shop.example/a%20b', 'https://shop.example/p?id=1', '')

    Raises:
        ValueError: what is wrong with it, to follow the column's name.
    """
    found = text.strip()
    if found.lower() in _MISSING:
        return ""
    if any(ord(char) < 32 or ord(char) == 127 for char in found):
        raise ValueError("holds characters that are not shown")
    found = (
        ("https:" + found if found.startswith("//") else found)
        .replace(" ", "%20")
        .replace('"', "%22")
        .replace("<", "%3C")
        .replace(">", "%3E")
    )
    if len(found) > LONGEST:
        raise ValueError(f"has {len(found):,} characters, more than {LONGEST:,}")
    try:
        parts = urlsplit(found)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if parts.scheme.lower() not in ("http", "https"):
        raise ValueError(f'is "{text.strip()[:60]}"; only addresses that begin with https:// or http:// are kept')
    if not host or ("." not in host and ":" not in host) or parts.username is not None:
        raise ValueError(f'is "{text.strip()[:60]}", which names no shop')
    return found


_ESCAPED = str.maketrans({" ": "%20", '"': "%22", "<": "%3C", ">": "%3E"})
_MISSING = frozenset({"", "#", "-", "n/a", "na", "nan", "none", "null", "about:blank"})
