"""Routes whose address makers are compiled when a page first asks for one: most of what starting the app would otherwise take."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from werkzeug.routing import Rule

Maker = Callable[..., tuple[str, str]]


class LateRule(Rule):
    """A rule that is matched as ever. Werkzeug compiles two functions a rule for `url_for`; here each waits for its first call."""

    def _compile_builder(self, append_unknown: bool = True) -> Maker:
        made = cache(super()._compile_builder)

        def late(rule: Rule, **values: Any) -> tuple[str, str]:
            return made(append_unknown)(rule, **values)

        return late
