"""The replica as a running HTTPS server in a thread of the test process."""

import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

from werkzeug.serving import WSGIRequestHandler, make_server

from tests.replica.app import create_app
from tests.replica.content import Video, load_videos
from tests.replica.holdings import Held, holdings
from tests.replica.refusals import Answer, Endpoint, Refusals, Rule
from tests.replica.refused_answers import log_in
from tests.replica.special import special_videos
from tests.replica.state import Request, State
from tests.replica.tls import server_context
from tests.replica.world import World

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

    def add_world(self, world: World) -> list[Video]:
        """Serve every video of a world, listed, and return them."""
        videos = world.build()
        self.state.add(videos, listed=True)
        return videos

    def add_special(self, tag: str = "special", comments: int = 5) -> dict[str, Video]:
        """Serve one listed video of each unusual kind under a hashtag; returns them by kind."""
        videos = special_videos(tag, comments)
        self.state.add(videos, listed=True)
        return {video.slug: video for video in videos}

    def holdings(self, tag: str | None = None) -> dict[str, Held]:
        """Return comment and reply ids by video id: all that can be collected, or that under one hashtag."""
        with self.state.lock:
            videos = list(self.state.videos.values())
        gone = {video_id for video_id, status in self.state.statuses.items() if status}
        return holdings([video for video in videos if (tag is None or tag in video.hashtags) and video.id not in gone])

    def remove(self, video: Video, status: int = 10204) -> None:
        """Let a video be deleted (10204), private (10216) or region locked (10231) from now on; lists still show it."""
        self.state.statuses[video.id] = status

    # Refusals

    @property
    def refusals(self) -> Refusals:
        """Rules at work, obstacles that stand, what was refused (``log``) and what was solved, and by whom."""
        return self.state.refusals

    def refuse(self, endpoint: Endpoint, answer: Answer, **options: Any) -> Rule:
        """Answer some requests in another way; ``options`` as in ``Rule``: at, times, video, again, over, delay_s..."""
        return self.refusals.add(Rule(endpoint, answer, **options))

    def limit_session(self, endpoint: Endpoint, allowed: int, answer: Answer = "verify") -> Rule:
        """Refuse whatever comes after ``allowed`` requests until a person solves it; then as many are allowed again."""
        return self.refuse(endpoint, answer, at=allowed + 1, times=None, again=True)

    def show_captcha(self, delay_s: float = 0.0) -> None:
        """Lay a captcha over every page that asks for anything from now on."""
        self.refusals.raise_obstacle("captcha", delay_s)

    def solve_captcha(self) -> None:
        """Do what the person does: the captcha goes from the open pages, and they go on."""
        self.refusals.solve("captcha")

    def solve_challenge(self) -> None:
        """End the "Please wait" page."""
        self.refusals.solve("challenge")

    def log_in(self) -> None:
        """Be logged in from now on; login walls go."""
        log_in(self.state, "test")

    def hide_window(self) -> None:
        """Let pages take themselves for hidden from their next request on: they load and draw nothing more."""
        self.refusals.raise_obstacle("hidden_window")

    def show_window(self) -> None:
        """End ``hide_window``."""
        self.refusals.solve("hidden_window")

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
