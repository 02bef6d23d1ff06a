"""Options that several commands share, and how bad input ends a command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from companion.commands.saying import printable

BAD_INPUT = 2
PAUSED = 75
"""Exit status of a run that stopped on purpose and can be resumed (EX_TEMPFAIL)."""


def workspace_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--workspace DIR`: the folder with buysignal.db; made on first use."""
    from companion.config import default_workspace

    return click.option(
        "--workspace",
        type=click.Path(path_type=Path, file_okay=False),
        default=default_workspace,
        show_default="~/.local/share/buysignal",
        help="Folder that holds your data.",
    )(command)


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--json`: print the result as JSON."""
    return click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")(command)


class BadInputError(click.ClickException):
    """Input that cannot be used: one clear line on stderr, exit status 2, nothing changed."""

    exit_code = BAD_INPUT

    def format_message(self) -> str:
        """The lines as they may be printed: the message quotes what files hold."""
        return "\n".join(map(printable, self.message.split("\n")))
