"""`buysignal serve` and `buysignal link`."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from companion.commands.options import BadInputError, workspace_option
from companion.config import HOST, LAN_PORT, PORT, Config

if TYPE_CHECKING:
    from companion.lan.serving import LanOptions

_GUESS = "?"


@click.command("serve", short_help="Run the companion.")
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Port on this machine.")
@click.option("--host", default=HOST, hidden=True)
@click.option("--no-browser", is_flag=True, help="Do not open the start page.")
@click.option(
    "--lan",
    metavar="[ADDRESS]",
    is_flag=False,
    flag_value=_GUESS,
    help="Let colleagues with accounts label over TLS at this address of your computer; without ADDRESS the one in the local network.",
)
@click.option("--lan-port", type=click.IntRange(0, 65535), default=LAN_PORT, show_default=True, help="Port for colleagues.")
@click.option("--lan-name", multiple=True, metavar="NAME", help="A host name by which colleagues reach this computer; may be repeated.")
@click.option("--cert", type=click.Path(path_type=Path, dir_okay=False), help="Your own certificate for --lan, PEM, with its chain.")
@click.option("--key", type=click.Path(path_type=Path, dir_okay=False), help="The key of --cert, PEM.")
@workspace_option
def serve(
    port: int,
    host: str,
    no_browser: bool,
    lan: str | None,
    lan_port: int,
    lan_name: tuple[str, ...],
    cert: Path | None,
    key: Path | None,
    workspace: Path,
) -> None:
    """Run the companion until Ctrl-C.

    It answers on 127.0.0.1 only, so nobody else on your network can reach it. The start page opens by a link that works once.

    With --lan, colleagues who have an account (`buysignal label people`) can open the labeling pages, and nothing else, at an address
    of their own.
    """
    if host != HOST:
        raise BadInputError(f"--host {host} is refused: BuySignal answers on {HOST} only, so that nobody else on your network can reach it")
    from companion.intent.model import BadModelError
    from companion.serve import CannotServeError, run
    from companion.store import SchemaTooNewError, StoreError
    from companion.store.workspace import WorkspaceError

    options = _lan_options(lan, lan_port, lan_name, cert, key)
    try:
        run(Config(workspace=workspace, port=port), click.echo, None if no_browser else webbrowser.open, options)
    except (CannotServeError, SchemaTooNewError, StoreError, WorkspaceError, BadModelError) as error:
        raise BadInputError(str(error)) from error


def _lan_options(lan: str | None, port: int, names: tuple[str, ...], certificate: Path | None, key: Path | None) -> LanOptions | None:
    if lan is None:
        if names or certificate or key:
            raise BadInputError("--lan-name, --cert and --key belong to --lan; add it, or leave them out")
        return None
    if (certificate is None) != (key is None):
        raise BadInputError("--cert and --key belong together; give both, or neither for a certificate made here")
    from companion.lan.address import BadAddressError, LanAddress, checked, checked_name, guessed
    from companion.lan.serving import LanOptions

    try:
        ip = guessed() if lan == _GUESS else checked(lan)
        return LanOptions(LanAddress(ip, port, tuple(checked_name(name) for name in names)), certificate, key)
    except BadAddressError as error:
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
