"""Start: what to do next, and the pairing code after a click."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.dashboard.blueprint import pages
from companion.dashboard.extension_folder import Folder, built
from companion.dashboard.frame import fragment
from companion.services import connection, services
from companion.store import clients, clock
from companion.store.clients import Client

STOP_POLLING = 286
"""htmx's own status: take this answer, then stop asking."""


@dataclass(frozen=True)
class StartView:
    """What the start page shows."""

    browsers: list[Client]
    model: str
    chrome_folder: Folder
    firefox_folder: Folder

    @property
    def paired(self) -> bool:
        """Whether any browser is connected."""
        return bool(self.browsers)


@dataclass(frozen=True)
class PairingView:
    """The pairing card: an open code, the browser that just joined, or neither.

    `since` (ms UTC) is when this page showed its code, so that an older pairing is not taken for the new one.
    """

    code: str = ""
    expires_at: int = 0
    since: int = 0
    joined: str = ""
    expired: bool = False

    @property
    def seconds_left(self) -> int:
        """Until the code is over."""
        return max(0, (self.expires_at - clock.now_ms()) // 1000)


@pages.get("/")
def start() -> str:
    """The page behind the link that `serve` prints. A code that is open is shown again, not replaced."""
    view = StartView(_browsers(), services().model.id, built("chrome"), built("firefox"))
    return render_template("start.html", view=view, pairing=_open_code(clock.now_ms()))


@pages.post("/pairing")
def open_pairing() -> str | Response:
    """Open pairing for one browser and show its code."""
    since = clock.now_ms()
    services().pairing.open()
    if not fragment():
        return redirect(url_for("dashboard.start"), code=303)
    return render_template("parts/pairing.html", pairing=_open_code(since))


@pages.get("/pairing")
def pairing_state() -> str | tuple[str, int]:
    """The pairing card as it stands: asked every two seconds while a code is on screen."""
    since = request.args.get("since", default=0, type=int)
    joined = [browser for browser in _browsers() if browser.created_at >= since]
    if joined:
        return render_template("parts/pairing.html", pairing=PairingView(joined=joined[0].name)), STOP_POLLING
    view = _open_code(since)
    if view.code:
        return render_template("parts/pairing.html", pairing=view)
    return render_template("parts/pairing.html", pairing=PairingView(expired=True)), STOP_POLLING


def _open_code(since: int) -> PairingView:
    current = services().pairing.current()
    return PairingView(current.code, current.expires_at, since) if current else PairingView()


def _browsers() -> list[Client]:
    return [client for client in clients.listed(connection("reader")) if client.revoked_at is None]
