"""`buysignal`: the command line. Other rooms add commands through the entry-point group `buysignal.commands`."""

from __future__ import annotations

import importlib
from importlib.metadata import entry_points

import click

from companion import __version__
from companion.commands.groups import LazyGroup

# Loaded when called, so that `--help` and small commands do not wait for the model's libraries.
_COMMANDS = {
    "serve": "companion.commands.serve:serve",
    "link": "companion.commands.serve:link",
    "score": "companion.commands.score:score",
    "explain": "companion.commands.explain:explain_command",
    "evaluate": "companion.commands.evaluate:evaluate",
    "train": "companion.commands.train:train",
    "models": "companion.commands.models:models",
    "quality": "companion.commands.quality:quality",
    "shop": "companion.commands.shop:shop",
    "hashtags": "companion.commands.hashtags:hashtags",
    "import": "companion.commands.imports:import_files",
    "export": "companion.commands.export:export",
    "research": "companion.commands.research:research",
    "simulate": "companion.commands.simulate:simulate",
    "stages": "companion.commands.stages:stages",
    "badge": "companion.commands.badge:badge",
    "doctor": "companion.commands.care:doctor",
    "backup": "companion.commands.care:backup",
    "restore": "companion.commands.care:restore",
    "forget": "companion.commands.people:forget",
    "retention": "companion.commands.people:retention",
}


_ROOMS = ("companion", "labeling", "scraper")


class MainGroup(LazyGroup):
    """All commands, imported on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Own commands in reading order, then those of other rooms."""
        return [*_COMMANDS, *sorted(plugin.name for plugin in entry_points(group="buysignal.commands")), *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None."""
        if cmd_name in _COMMANDS:
            module, _, attribute = _COMMANDS[cmd_name].partition(":")
            command: click.Command = getattr(importlib.import_module(module), attribute)
            return command
        for plugin in entry_points(group="buysignal.commands", name=cmd_name):
            loaded: click.Command = plugin.load()
            return loaded
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; one that misses a package of other people says which, and how to bring it back."""
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            package = (error.name or "").partition(".")[0]
            if package in ("", *_ROOMS):
                raise
            from companion.commands.options import BadInputError
            from companion.extras import how_to_repair

            raise BadInputError(f"the package {package} is missing from this installation; mend it with: {how_to_repair()}") from error


@click.group(cls=MainGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="buysignal")
def main() -> None:
    """BuySignal: which TikTok commenters are close to buying. Everything stays on this machine."""
