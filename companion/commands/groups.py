"""A group of commands that are imported when they are called: it knows their names, not the commands."""

from __future__ import annotations

import click


class LazyGroup(click.Group):
    """A group that names the nearest of its commands where one is mistyped; click does so for groups whose commands are loaded."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments begin with.

        Raises:
            UsageError: there is none of that name.
        """
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean {near[0]!r}?", ctx) from None
