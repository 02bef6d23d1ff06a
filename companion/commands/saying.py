"""Lines for a terminal about what files hold."""

from __future__ import annotations

import click


def count_of(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> count_of(1, "reply", "replies"), count_of(1200, "comment")
    ('1 reply', '1,200 comments')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def say(text: str, err: bool = False) -> None:
    """Print a line; characters that would act on a terminal become "?", because the text comes from files."""
    click.echo(printable(text), err=err)


def printable(text: str) -> str:
    r"""The text with "?" for every character that would act on a terminal.

    >>> printable("a\x1b[2Jb")
    'a?[2Jb'
    """
    return "".join(char if char.isprintable() else "?" for char in text)
