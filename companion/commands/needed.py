"""A command that needs an optional part says so before it does anything."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from companion.commands.options import BadInputError
from companion.extras import how_to_add


def need(doing: str, modules: Iterable[str], extra: str) -> None:
    """Go on where all these modules of an optional part can be imported.

    Raises:
        BadInputError: some cannot; it names them and what adds the part.
    """
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise BadInputError(f"{doing} needs {', '.join(missing)}; add what it needs with: {how_to_add(extra)}")
