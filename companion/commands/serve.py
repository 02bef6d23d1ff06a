"""`buysignal serve` and `buysignal link`."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from companion.commands.options import BadInputError, workspace_option
from companion.config import HOST, PORT, Config


@click.command("serve", short_help="Run the companion.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Port on this machine.")
@click.option("--host", default=HOST, hidden=True)
@click.option("--no-browser", is_flag=True, help="Do not open the start page.")
@workspace_option
def serve(port: int, host: str, no_browser: bool, workspace: Path) -> None:
    """Run the companion until Ctrl-C.

    It answers on 127.0.0.1 only, so nobody else on your network can reach it. The start page opens by a link that works once.
    """
    from companion.intent.model import BadModelError
    from companion.serve import CannotServeError, run
    from companion.store import SchemaTooNewError, StoreError
    from companion.store.workspace import WorkspaceError

    if host != HOST:
        raise BadInputError(f"--host {host} is refused: BuySignal answers on {HOST} only, so that nobody else on your network can reach it")
    try:
        run(Config(workspace=workspace, port=port), click.echo, None if no_browser else webbrowser.open)
    except (CannotServeError, SchemaTooNewError, StoreError, WorkspaceError, BadModelError) as error:
        raise BadInputError(str(error)) from error


@click.command("link", short_help="Print a fresh link to BuySignal's pages.")
@workspace_option
def link(workspace: Path) -> None:
    """Print a link that opens BuySignal's pages once, within ten minutes. The companion must be running."""
    from companion.serve import fresh_link, running_url
    from companion.store import SchemaTooNewError, StoreError, Workspace, open_store
    from companion.store.workspace import WorkspaceError

    url = running_url(Workspace(workspace))
    if url is None:
        raise BadInputError(f"no companion runs for workspace {workspace}; start it with `buysignal serve`")
    try:
        click.echo(fresh_link(open_store(workspace), url))
    except (SchemaTooNewError, StoreError, WorkspaceError) as error:
        raise BadInputError(str(error)) from error
