"""`buysignal label`: labeling from the command line. Its commands are imported when they are called."""

from __future__ import annotations

import importlib
from importlib.util import find_spec

import click

from companion.commands.groups import LazyGroup

_COMMANDS = {
    "task": "labeling.task_commands:task",
    "people": "labeling.people_commands:people",
    "agreement": "labeling.agreement_commands:agreement",
    "adjudicate": "labeling.adjudication_commands:adjudicate",
    "export": "labeling.interchange.commands:export",
    "import": "labeling.import_command:import_labels",
}


class LabelGroup(LazyGroup):
    """A group whose commands are imported on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Those that are there, in reading order."""
        return [name for name, place in _COMMANDS.items() if find_spec(place.partition(":")[0])]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name, or None."""
        module, _, attribute = _COMMANDS.get(cmd_name, "").partition(":")
        found: click.Command | None = getattr(importlib.import_module(module), attribute) if module and find_spec(module) else None
        return found


@click.group(cls=LabelGroup)
def label() -> None:
    """Label comments, alone or with others, and see how far people agree."""
