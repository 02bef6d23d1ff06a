"""TLS in front of waitress, which speaks none.

Two ways were weighed. A server with TLS of its own (cheroot) makes the handshake in the one thread that accepts connections, so
that a single colleague's half-open connection, or a port scan, stops everybody (cherrypy/cheroot issues 709 and 748, open); it would be one
more server to keep. Python's own `ssl` under asyncio makes handshakes beside each other with a time limit, and behind it stands the same
waitress with the same limits as for the dashboard. So this module does one thing: it takes TLS connections, counts them, and copies
bytes. It reads no HTTP, hence it cannot disagree with waitress about where a request ends.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from companion.config import HOST

CONNECTIONS = 200
"""Connections at a time, those that have not said a word yet included."""

CONNECTIONS_OF_ONE = 24
"""Of one address: a browser keeps six to a server; a few people may sit behind one router."""

HANDSHAKE_S = 10.0
AFTERWARDS_S = 2.0
"""How long an answer that was asked for with a page's last breath may take after the page is gone."""

_PIECE = 64 * 1024
_log = logging.getLogger("buysignal")


class TlsFront:
    """Takes TLS connections on a listening socket and hands their bytes to a port of this computer.

    `peers` says which address stands behind each connection that it opened there, by the local port of that connection.
    """

    def __init__(self, listener: socket.socket, context: ssl.SSLContext, inner_port: int) -> None:
        self.peers: dict[int, str] = {}
        self._listener, self._context, self._inner_port = listener, context, inner_port
        self._of_one: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="tls-front", daemon=True)

    def start(self) -> None:
        """Begin to take connections."""
        self._listener.setblocking(False)
        self._thread.start()

    def close(self) -> None:
        """Drop every connection and stop."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(10)
        self._listener.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._begin(self._accept())
        try:
            self._loop.run_forever()
        finally:
            for task in self._tasks:
                task.cancel()
            self._loop.run_until_complete(asyncio.gather(*self._tasks, return_exceptions=True))
            self._loop.close()

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _accept(self) -> None:
        while True:
            try:
                connection, address = await self._loop.sock_accept(self._listener)
            except OSError as error:  # out of file handles, or gone before it was taken
                _log.warning("a connection from the local network could not be taken (%s)", error.strerror)
                await asyncio.sleep(0.1)
                continue
            peer = str(address[0])
            if self._of_one.total() >= CONNECTIONS or self._of_one[peer] >= CONNECTIONS_OF_ONE:
                connection.close()
                continue
            self._of_one[peer] += 1
            self._begin(self._serve(connection, peer))

    async def _serve(self, connection: socket.socket, peer: str) -> None:
        try:
            with suppress(OSError, ssl.SSLError, TimeoutError, asyncio.IncompleteReadError):  # strangers hang up in many ways
                await self._carry(connection, peer)
        finally:
            connection.close()
            self._of_one[peer] -= 1
            if not self._of_one[peer]:
                del self._of_one[peer]

    async def _carry(self, connection: socket.socket, peer: str) -> None:
        outside = asyncio.StreamReader(_PIECE)
        protocol = asyncio.StreamReaderProtocol(outside)
        transport, _ = await self._loop.connect_accepted_socket(
            lambda: protocol, connection, ssl=self._context, ssl_handshake_timeout=HANDSHAKE_S, ssl_shutdown_timeout=1.0
        )
        to_outside = asyncio.StreamWriter(transport, protocol, outside, self._loop)
        port, to_inside = 0, None
        try:
            inside, to_inside = await asyncio.open_connection(HOST, self._inner_port, limit=_PIECE)
            port = int(to_inside.get_extra_info("sockname")[1])
            self.peers[port] = peer  # before the first byte: the door asks who stands behind this connection
            waiting = asyncio.Event()
            answers = asyncio.ensure_future(_copy(inside, to_outside, waiting.clear))
            asks = asyncio.ensure_future(_copy(outside, to_inside, waiting.set))
            try:
                await asyncio.wait({answers, asks}, return_when=asyncio.FIRST_COMPLETED)
                if waiting.is_set() and not answers.done():
                    await asyncio.wait({answers}, timeout=AFTERWARDS_S)
            finally:
                for copying in (answers, asks):
                    copying.cancel()
                await asyncio.gather(answers, asks, return_exceptions=True)
        finally:
            self.peers.pop(port, None)
            if to_inside is not None:
                to_inside.close()
            to_outside.close()
            with suppress(Exception):
                await to_outside.wait_closed()


async def _copy(source: asyncio.StreamReader, target: asyncio.StreamWriter, passed: Callable[[], None]) -> None:
    while piece := await source.read(_PIECE):
        target.write(piece)
        passed()
        await target.drain()
