"""Prints docs/cli.md: the help text of every command, so that the reference cannot drift."""

from __future__ import annotations

import click

from companion.cli import main


def render() -> str:
    """The reference as Markdown."""
    context = click.Context(main, info_name="buysignal", help_option_names=["-h", "--help"], max_content_width=100, terminal_width=100)
    parts = ["# Command line\n\nGenerated from `--help` by `make docs`; a test fails when it is stale.\n"]
    parts.append(_section("buysignal", main.get_help(context)))
    parts += _sections(main, context, "buysignal")
    return "\n".join(parts)


def _sections(group: click.Group, context: click.Context, title: str) -> list[str]:
    """The help of a group's commands, each followed by that of its own commands."""
    parts = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command:
            inner = click.Context(command, info_name=name, parent=context, max_content_width=100, terminal_width=100)
            parts.append(_section(f"{title} {name}", command.get_help(inner)))
            if isinstance(command, click.Group):
                parts += _sections(command, inner, f"{title} {name}")
    return parts


def _section(title: str, help_text: str) -> str:
    return f"## {title}\n\n```\n{help_text}\n```\n"


if __name__ == "__main__":
    print(render(), end="")
