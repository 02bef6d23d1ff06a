"""Prints docs/cli.md: the help text of every command, so that the reference cannot drift."""

from __future__ import annotations

import click

from companion.cli import main


def render() -> str:
    """The reference as Markdown."""
    context = click.Context(main, info_name="buysignal", help_option_names=["-h", "--help"], max_content_width=100, terminal_width=100)
    parts = ["# Command line\n\nGenerated from `--help` by `make docs`; a test fails when it is stale.\n"]
    parts.append(_section("buysignal", main.get_help(context)))
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if command:
            inner = click.Context(command, info_name=name, parent=context, max_content_width=100, terminal_width=100)
            parts.append(_section(f"buysignal {name}", command.get_help(inner)))
    return "\n".join(parts)


def _section(title: str, help_text: str) -> str:
    return f"## {title}\n\n```\n{help_text}\n```\n"


if __name__ == "__main__":
    print(render(), end="")
