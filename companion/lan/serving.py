"""Running the colleagues' door beside the companion: TLS front, a waitress of its own, the door, the same app."""

from __future__ import annotations

import logging
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.config import HOST, LAN_FOLDER, Config
from companion.lan import certificate
from companion.lan.address import LanAddress
from companion.lan.certificate import Certificate
from companion.lan.door import LanDoor
from companion.lan.front import TlsFront
from companion.store import Store, annotators

if TYPE_CHECKING:
    from flask import Flask

BODY_BYTES = 1024 * 1024
"""Answers of a whole offline day stay far below; files come in through the dashboard on this computer."""

THREADS = 6
"""Of their own, so that colleagues never keep the owner of the computer waiting for one."""


class NoAccountsError(RuntimeError):
    """Nobody could log in."""


@dataclass(frozen=True)
class LanOptions:
    """What `serve --lan` was told: address, and the user's own certificate where there is one."""

    address: LanAddress
    certificate: Path | None = None
    key: Path | None = None


class LanServer:
    """The door, open from `start` to `close`."""

    def __init__(self, app: Flask, config: Config, listener: socket.socket, address: LanAddress, found: Certificate) -> None:
        from waitress.server import create_server

        self.address, self.fingerprint = address, found.fingerprint
        self._inner = socket.create_server((HOST, 0))
        self._sockets: dict[int, Any] = {}
        self._front = TlsFront(listener, found.context(), self._inner.getsockname()[1])
        self._server = create_server(
            LanDoor(app, address.hosts, self._front.peers),
            map=self._sockets,
            sockets=[self._inner],
            threads=THREADS,
            channel_timeout=config.idle_seconds,
            cleanup_interval=5,
            connection_limit=config.connections,
            max_request_body_size=BODY_BYTES,
            max_request_header_size=32 * 1024,
            asyncore_use_poll=True,
            ident=None,
            url_scheme="https",
        )
        self._thread = threading.Thread(target=self._server.run, name="lan", daemon=True)

    def start(self) -> None:
        """Let colleagues in."""
        self._thread.start()
        self._front.start()

    def close(self) -> None:
        """Nobody comes in any more; requests under way end first."""
        self._front.close()
        # waitress's loop ends when nothing is left to watch; closing happens in its own thread
        with suppress(OSError):
            self._server.trigger.pull_trigger(self._let_go)
        self._thread.join(10)
        self._server.task_dispatcher.shutdown()
        self._inner.close()

    def _let_go(self) -> None:
        for watched in list(self._sockets.values()):
            connection = watched in self._server.active_channels.values()
            watched.handle_close() if connection else watched.close()


@dataclass(frozen=True)
class Opening:
    """A door that can be opened: its listening socket, its address with every name that leads to it, its certificate."""

    listener: socket.socket
    address: LanAddress
    certificate: Certificate

    def serve(self, app: Flask, config: Config) -> LanServer:
        """The server behind it, not started yet."""
        return LanServer(app, config, self.listener, self.address, self.certificate)

    def lines(self) -> list[str]:
        """What the terminal says about it."""
        warns = (
            "Browsers warn about its certificate, which was made on this computer; before going on, colleagues compare its fingerprint:"
            if self.certificate.made_here
            else "The fingerprint of its certificate:"
        )
        return [
            f"Colleagues label at {self.address.url}",
            "  It is open to everybody in that network who has an account, and shows them the labeling pages with their comments only; "
            "the dashboard and the extension stay on this computer.",
            f"  {warns}",
            f"  SHA-256 {self.certificate.fingerprint}",
        ]


def prepare(store: Store, options: LanOptions) -> Opening:
    """Everything that can fail, before anything runs: accounts, certificate, address.

    Raises:
        NoAccountsError: nobody could log in.
        CertificateError: from the certificate.
        OSError: the address or the port cannot be used.
    """
    with store.reading() as reader:
        if not annotators.who_can_log_in(reader):
            raise NoAccountsError("--lan needs accounts; make the first with: buysignal label people add NAME --role admin")
    address = options.address
    if options.certificate and options.key:
        found = certificate.own(options.certificate, options.key)
    else:
        found = certificate.kept(store.workspace.root / LAN_FOLDER, address.ip, address.names)
    found.context()  # a key that does not fit is said before the port is taken
    listener = socket.create_server((address.ip, address.port), backlog=64)
    port = int(listener.getsockname()[1])
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # it would print each failed handshake of a scanner
    return Opening(listener, replace(address, port=port, names=tuple(dict.fromkeys([*address.names, *found.names]))), found)
