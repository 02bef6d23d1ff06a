"""Start: what to do next, and the pairing code after a click."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.dashboard.blueprint import pages
from companion.dashboard.extension_folder import Folder, built
from companion.dashboard.frame import fragment
from companion.services import connection, services
from companion.store import annotation_events, assignments, clients, clock, label_tasks
from companion.store.annotators import LOCAL
from companion.store.assignments import Reader
from companion.store.clients import Client

STOP_POLLING = 286
"""htmx's own status: take this answer, then stop asking."""


LABELING, LABEL_TASKS = "label.do", "label.tasks"
"""The labeling screen and the list of its tasks, where that room is installed."""


@dataclass(frozen=True)
class GoOn:
    """A labeling task under way: `done` of `total` comments are answered; `skipped` of the others can still be answered."""

    id: str
    name: str
    done: int
    total: int
    skipped: int = 0

    endpoint = LABELING


@dataclass(frozen=True)
class StartView:
    """What the start page shows; `go_on` is the labeling task that was left half done, or None, `label` where labeling starts, or ""."""

    browsers: list[Client]
    model: str
    chrome_folder: Folder
    firefox_folder: Folder
    go_on: GoOn | None = None
    label: str = ""

    @property
    def heading(self) -> tuple[str, str]:
        """The page's title and what stands below."""
        if self.paired:
            return "You are set up", "Open a TikTok video: badges show who is close to buying."
        if self.go_on:
            return "Welcome back", "Your labels are kept. For badges on TikTok two steps are left: add the extension and connect it."
        return "Two steps and you are set up", "Add the extension to your browser, then connect it with a code."

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
    view = StartView(_browsers(), services().model.id, built("chrome"), built("firefox"), _go_on(), _label())
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


def _go_on() -> GoOn | None:
    """The task in which whoever works alone here answered last and has something left."""
    if LABELING not in current_app.view_functions:
        return None
    database = connection("reader")
    at = assignments.last_task(database, LOCAL)
    task = label_tasks.find(database, at) if at else None
    if task is None or task.closed_at is not None or task.practice:
        return None
    done, left = assignments.done_by(database, LOCAL, task.id), assignments.open_for(database, Reader(LOCAL), task.id)
    skipped = len(annotation_events.skips_that_stand(database, LOCAL, task.id))
    return GoOn(task.id, task.name, done, done + left + skipped, skipped) if left or skipped else None


def _label() -> str:
    return url_for(LABEL_TASKS) if LABEL_TASKS in current_app.view_functions else ""


def _browsers() -> list[Client]:
    return [client for client in clients.listed(connection("reader")) if client.revoked_at is None]
