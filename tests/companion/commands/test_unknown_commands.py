"""A mistyped command is answered with the nearest one, in every group."""

import click
import pytest
from click.testing import CliRunner

from companion.cli import main


def groups(group=main, path=()):
    """Each group of commands with the words that lead to it."""
    context = click.Context(group)
    yield path, group.list_commands(context)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from groups(command, (*path, name))


@pytest.mark.parametrize(("path", "names"), list(groups()), ids=lambda value: " ".join(value) if isinstance(value, tuple) else "")
def test_the_nearest_command_of_a_group_is_suggested(path, names):
    wanted = max(names, key=len)
    result = CliRunner().invoke(main, [*path, f"{wanted}x"])
    assert result.exit_code == 2
    assert f"No such command '{wanted}x'. Did you mean '{wanted}'?" in result.stderr


def test_nothing_is_suggested_where_nothing_is_near():
    result = CliRunner().invoke(main, ["zzzzzz"])
    assert result.stderr.endswith("No such command 'zzzzzz'.\n")
