"""Items of an XML feed (Google Merchant RSS or Atom, and feeds that look like it).

Each item is cut out of the text and parsed by itself, so that one broken item costs one item, memory stays that of one item, and a
document type with entities that grow or read files is never seen by the parser.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from companion.shop.catalogue.records import Record

LONGEST_ITEM = 1_000_000
"""Characters."""
_TAGS = ("item", "entry", "product", "offer")
_START = re.compile(rf"<({'|'.join(_TAGS)})(?=[\s>])", re.I)
_PART = re.compile(r"<!\[CDATA\[.*?\]\]>|[^<]+|<", re.S)
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]\w{1,31});")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_KEPT = 32
"""Characters at the end of a piece in which a tag may have begun."""


def xml_records(chunks: Iterable[str]) -> Iterator[Record]:
    """One record an item; elements of the same name beside each other count once, the first of them."""
    kept, line, found_any = "", 1, False
    end: re.Pattern[str] | None = None
    skipping = False
    for chunk in chunks:
        kept += chunk
        while True:
            if end is None:
                match = _START.search(kept)
                if match is None:
                    cut = max(0, len(kept) - _KEPT)
                    line, kept = line + kept.count("\n", 0, cut), kept[cut:]
                    break
                line, kept = line + kept.count("\n", 0, match.start()), kept[match.start() :]
                end, skipping = re.compile(rf"</{match[1]}\s*>"), False
            stop = end.search(kept)
            if stop is None:
                if len(kept) > LONGEST_ITEM and not skipping:
                    yield Record(line, error=f"the item has more than {LONGEST_ITEM:,} characters or is never closed")
                    skipping = True
                if skipping:
                    cut = len(kept) - _KEPT
                    line, kept = line + kept.count("\n", 0, cut), kept[cut:]
                break
            found_any = True
            if not skipping:
                yield _item(line, kept[: stop.end()])
            line, kept, end = line + kept.count("\n", 0, stop.end()), kept[stop.end() :], None
    if end is not None and not skipping:
        yield Record(line, error="the item is never closed; the file ends inside it")
    elif not found_any:
        yield Record(line, error=f"no items; products must stand in <{'>, <'.join(_TAGS)}> elements")


def _item(line: int, text: str) -> Record:
    values: dict[str, str] = {}
    depth, name, parts = 0, "", [""]

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, name
        depth += 1
        if depth == 1 and "id" in attributes:
            values.setdefault("id", attributes["id"])
        if depth == 2:
            name = tag.rpartition(":")[2]
            parts[:] = [attributes.get("href", "")]  # Atom writes <link href="..."/>

    def closed(_tag: str) -> None:
        nonlocal depth
        if depth == 2 and (value := "".join(parts).strip()):
            values.setdefault(name, value)
        depth -= 1

    def said(data: str) -> None:
        if depth == 2:
            parts.append(data)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = opened, closed, said
    try:
        parser.Parse(_mended(text), True)
    except expat.ExpatError as error:
        return Record(line + error.lineno - 1, error=f"not valid XML ({expat.ErrorString(error.code)})")
    return Record(line, values)


def _mended(text: str) -> str:
    """The item with what shops most often get wrong set right: bare "&", HTML's names of characters, control characters."""

    def part(match: re.Match[str]) -> str:
        found = match[0]
        if found.startswith("<![CDATA["):
            return found
        found = _NAMED.sub(lambda named: html.escape(html.unescape(named[0]), quote=False), found)
        return _BARE.sub("&amp;", found)

    return _PART.sub(part, _FORBIDDEN.sub(" ", text)) if "&" in text or not text.isprintable() else text
