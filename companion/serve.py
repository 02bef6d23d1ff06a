"""Running the companion: a socket on this machine only, waitress behind it, a clean stop."""

from __future__ import annotations

import errno
import http.client
import json
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import entry_points
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from companion.config import HOST, Config
from companion.store import Store, door_keys, open_store
from companion.store.door_keys import OPEN_PATH
from companion.store.file_lock import AlreadyLockedError, exclusive, holder
from companion.store.workspace import Workspace

if TYPE_CHECKING:
    from flask import Flask

    from companion.alerts import AlertWatch
    from companion.background_grader import BackgroundGrader
    from companion.lan.serving import LanOptions, Opening
    from companion.live_model import LiveModel


class CannotServeError(RuntimeError):
    """The companion cannot start; the message says why and what to do."""


def run(config: Config, say: Callable[[str], None], browse: Callable[[str], object] | None, lan: LanOptions | None = None) -> None:
    """Serve until Ctrl-C or SIGTERM.

    Args:
        config: workspace, port and limits.
        say: prints a line.
        browse: opens the one-time link in a browser; None to leave that to the user.
        lan: where colleagues may come in to label; None for nowhere.

    Raises:
        CannotServeError: the port or the workspace is taken, the model cannot be served, or colleagues cannot be let in.
        WorkspaceError, SchemaTooNewError, StoreError: from the store.
    """
    listener = bind(config.port)
    with listener:
        config = replace(config, port=listener.getsockname()[1])  # port 0 took a free one
        store = open_store(config.workspace)
        with _alone(store.workspace, config.port), _for_colleagues(store, lan) as opening:
            _serve(config, store, (listener, opening), say, browse)


def _serve(
    config: Config,
    store: Store,
    doors: tuple[socket.socket, Opening | None],
    say: Callable[[str], None],
    browse: Callable[[str], object] | None,
) -> None:
    # Flask, onnxruntime and the model come last: a taken port is reported at once
    from waitress.server import create_server

    from companion.alerts import AlertWatch
    from companion.app import create_app
    from companion.dashboard.filters import Filters
    from companion.live_model import LiveModel
    from companion.registry import Registry
    from companion.retention import DailyRetention
    from companion.services import services

    listener, opening = doors
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    live = LiveModel.start(Registry(store))
    app = create_app(config, live=live, store=store)
    with app.app_context():
        grader, shop = services().grader, services().shop
    server = create_server(
        app,
        sockets=[listener],
        threads=config.threads,
        channel_timeout=config.idle_seconds,
        cleanup_interval=5,
        connection_limit=config.connections,
        max_request_body_size=config.limits.upload_bytes,
        max_request_header_size=32 * 1024,
        asyncore_use_poll=True,
        ident=None,
    )
    beside = [begun for plugin in entry_points(group="buysignal.background") if (begun := plugin.load()(store)) is not None]
    colleagues = opening.serve(app, config) if opening else None
    link = fresh_link(store, config.url)
    alerts = AlertWatch(store, lambda: live.current.id, lambda filters: Filters.of(filters).wanted())
    retention = DailyRetention(store)
    settling = threading.Thread(target=_settle, args=(app, store, live, grader, alerts), name="settling")
    with _stopped_by_sigterm():
        try:
            retention.start()
            settling.start()  # beside the first requests: it takes a few seconds, and nobody waits for it
            say(f"BuySignal companion ready at {config.url}")
            say(f"Open it with this link (works once, for ten minutes): {link}")
            if colleagues and opening:
                colleagues.start()
                for line in opening.lines():
                    say(line)
            if browse:
                browse(link)
            server.run()  # takes KeyboardInterrupt and SystemExit itself, after the requests under way
        except (KeyboardInterrupt, SystemExit):
            pass  # asked to stop before the first request
        finally:
            server.close()
            if colleagues:
                colleagues.close()
            settling.join()
            retention.close()
            for begun in beside:
                begun.close()
            alerts.close()
            grader.close()
            shop.close()
            live.close()
            store.checkpoint()
            store.close()
    say("BuySignal companion stopped.")


def _settle(app: Flask, store: Store, live: LiveModel, grader: BackgroundGrader, alerts: AlertWatch) -> None:
    """What the first explanation and a newcomer's first page would otherwise wait for."""
    from companion.dashboard import sample_data
    from companion.services import services

    with app.app_context():
        services().neighbours.nearest("warm up")
    sample_data.offer(store, live.current)
    grader.start()
    live.watch(grader.wake)
    alerts.start()


def bind(port: int) -> socket.socket:
    """A listening socket on 127.0.0.1; port 0 takes any free one.

    Raises:
        CannotServeError: naming what stands on the port and how to choose another.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise CannotServeError(_who_is_there(port)) from error
        raise CannotServeError(f"port {port} cannot be used ({error.strerror}); choose another with --port") from error
    return listener


def fresh_link(store: Store, url: str) -> str:
    """A new one-time dashboard link."""
    with store.writing() as connection:
        key = door_keys.mint(connection)
    return f"{url}{OPEN_PATH}?key={key}"


def running_url(workspace: Workspace) -> str | None:
    """Where this workspace's companion runs now, or None."""
    content = holder(workspace.running_lock)
    return f"http://{HOST}:{json.loads(content)['port']}" if content else None


@contextmanager
def offline(folder: Path) -> Iterator[None]:
    """Keep the companion of a workspace from starting during the body.

    Raises:
        CannotServeError: it is running.
    """
    with _alone(Workspace(folder), port=0):
        yield


@contextmanager
def _for_colleagues(store: Store, lan: LanOptions | None) -> Iterator[Opening | None]:
    """The door for colleagues, ready to be opened; what is wrong with it is said before the model is loaded."""
    if lan is None:
        yield None
        return
    from companion.lan.certificate import CertificateError
    from companion.lan.serving import NoAccountsError, prepare

    try:
        opening = prepare(store, lan)
    except (NoAccountsError, CertificateError) as error:
        raise CannotServeError(str(error)) from error
    except OSError as error:
        where = f"{lan.address.ip}:{lan.address.port}"
        raise CannotServeError(
            f"{where} cannot be used ({error.strerror}); --lan takes an address of this computer, --lan-port another port"
        ) from error
    with opening.listener:
        yield opening


@contextmanager
def _alone(workspace: Workspace, port: int) -> Iterator[None]:
    try:
        with exclusive(workspace.running_lock, wait=False, content=json.dumps({"port": port})):
            yield
    except AlreadyLockedError as held:
        there = json.loads(held.content or "{}").get("port")
        where = f"at http://{HOST}:{there}" if there else "already"
        raise CannotServeError(f"this workspace's companion runs {where}; stop it first, or print its link with `buysignal link`") from held


def _who_is_there(port: int) -> str:
    other = f"choose another port, for example: buysignal serve --port {port + 1}"
    try:
        connection = http.client.HTTPConnection(HOST, port, timeout=2)
        connection.request("GET", "/v1/health")
        health = json.loads(connection.getresponse().read(4096))
        if health.get("name") == "BuySignal":
            return f"BuySignal {health.get('version')} runs on port {port} already; print its link with `buysignal link`, or {other}"
    except (OSError, ValueError, AttributeError, http.client.HTTPException):
        pass
    return f"port {port} is taken by another program; {other}"


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
