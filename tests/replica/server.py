"""The replica as a running HTTPS server in a thread of the test process."""

import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

from werkzeug.serving import WSGIRequestHandler, make_server

from tests.replica.app import create_app
from tests.replica.content import Video, load_videos
from tests.replica.state import Request, State
from tests.replica.tls import server_context

SITE = "www.tiktok.com"
EMBEDDER = "blog.replica.example"
HOSTS = (SITE, "ads.tiktok.com", "seller.tiktok.com", EMBEDDER)


class _Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing: tests read ``Replica.requests`` instead."""


class Replica:
    """A local TikTok on a free port; use it as a context manager.

    ``videos`` (slug -> Video) are the listed ones; ``configure`` changes settings for the next page load.
    """

    def __init__(self, *, port: int = 0) -> None:
        self.state = State()
        self.state.add(load_videos(), listed=True)
        self._server = make_server("127.0.0.1", port, create_app(self.state), threaded=True, request_handler=_Handler)
        context = server_context(HOSTS)
        self._server.ssl_context = context
        # The handshake waits for the handler's thread: an idle connection must not hold up the others.
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self._thread = threading.Thread(target=self._server.serve_forever, name="replica", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)

    @property
    def port(self) -> int:
        """The TCP port on 127.0.0.1."""
        return self._server.port

    @property
    def videos(self) -> dict[str, Video]:
        """Listed videos by slug."""
        return {video.slug: video for video in self.state.listed()}

    @property
    def requests(self) -> list[Request]:
        """What browsers asked for, oldest first."""
        return list(self.state.requests)

    def url(self, path: str, host: str = SITE) -> str:
        """Return the address that a browser started with ``chromium_arguments`` opens."""
        return f"https://{host}{path}"

    def configure(self, **changes: Any) -> None:
        """Change settings (see ``Settings``) for pages loaded from now on."""
        self.state.configure(**changes)

    def add(self, video: Video, *, listed: bool = False) -> Video:
        """Serve one more video (a capture, a synthetic thread) and return it."""
        self.state.add([video], listed=listed)
        return video

    def chromium_arguments(self, extra_hosts: Iterable[tuple[str, str]] = ()) -> list[str]:
        """Switches that make Chromium take this server for TikTok and reach nothing else.

        ``extra_hosts``: more (host, address) rules, such as a rebound name. The port counts as a public
        address, so that the browser's local-network checks treat the page like the real site.
        """
        rules = [f"MAP {host}:443 127.0.0.1:{self.port}" for host in HOSTS]
        rules += [f"MAP {host} {address}" for host, address in extra_hosts]
        rules += ["MAP * ~NOTFOUND", "EXCLUDE 127.0.0.1", "EXCLUDE localhost"]
        return [
            f"--host-resolver-rules={','.join(rules)}",
            "--ignore-certificate-errors",
            f"--ip-address-space-overrides=127.0.0.1:{self.port}=public",
        ]
