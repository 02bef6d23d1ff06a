"""Numbers in addresses."""

from __future__ import annotations

from typing import Any

from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**63 - 1


class RowNumber(IntegerConverter):
    """`<int:…>`: a number that SQLite can hold. A larger one names nothing that is stored, so its page is not found."""

    def __init__(self, url_map: Map, **asked: Any) -> None:
        super().__init__(url_map, **{"max": LARGEST, **asked})
