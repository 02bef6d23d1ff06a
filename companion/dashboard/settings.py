"""Settings: connected browsers, the workspace and its care, sample data, deletion."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from companion import __version__, training_process
from companion.dashboard import leaving, sample_data, words
from companion.dashboard.blueprint import pages
from companion.security import embedding
from companion.services import connection, services
from companion.store import StoreError, backup, clients, comments, creators, erase, labels, settings, transaction, videos
from companion.store.clients import Client
from companion.store.doctor import Finding, examine

CAPTURE = "capture"
"""Scope of a browser that may keep what it sees."""

CONFIRMATION = "delete"
"""What has to be typed before everything is deleted."""


@dataclass(frozen=True)
class SettingsView:
    """What the page shows. `database_bytes` is the size of the database file."""

    browsers: list[Client]
    workspace: Path
    database_bytes: int
    counts: dict[str, int]
    backups: list[Path]
    model: str
    version: str
    wrong_word: bool = False
    panel_origins: tuple[str, ...] = ()


@pages.get("/settings")
def settings_page() -> str:
    """The page."""
    return render_template("settings.html", view=_view())


@pages.get("/settings/health")
def health() -> str:
    """The health check, loaded by itself because it reads the whole database."""
    findings: list[Finding] = list(examine(services().store.workspace, lambda: services().model.id))
    return render_template("parts/health.html", findings=findings)


@pages.post("/settings/browsers/<client_id>/disconnect")
def disconnect(client_id: str) -> Response:
    """End a pairing; its token is worthless at once."""
    with transaction(connection("writer")) as database:
        ended = clients.revoke(database, client_id)
    flash("The browser is disconnected. It cannot ask for grades any more." if ended else "That browser was disconnected before.", "good")
    return _back()


@pages.post("/settings/browsers/<client_id>/capture")
def allow_capture(client_id: str) -> Response:
    """Let a browser keep what it sees on TikTok, or end that."""
    allowed = request.form.get("allow") == "yes"
    with transaction(connection("writer")) as database:
        found = next((client for client in clients.listed(database) if client.id == client_id and client.revoked_at is None), None)
        if found:
            others = [scope for scope in found.scopes if scope != CAPTURE]
            clients.grant(database, client_id, [*others, CAPTURE] if allowed else others)
    if found is None:
        flash("That browser is not connected any more.", "bad")
    elif allowed:
        flash(f"{found.name} may keep comments now. It does so once you switch it on in the extension's options too.", "good")
    else:
        flash(f"{found.name} keeps no more comments. What was kept stays until you delete it.", "good")
    return _back()


@pages.post("/settings/backup")
def make_backup() -> Response:
    """Copy the database to the backups folder and check the copy."""
    try:
        made = backup.backup(services().store.workspace)
    except StoreError as error:
        flash(str(error), "bad")
    else:
        flash(f"Backup made and checked: {made} ({words.size(made.stat().st_size)}).", "good")
    return _back()


@pages.post("/sample/remove")
def remove_sample() -> Response:
    """Take the sample out; nothing else is touched."""
    sample_data.remove(services().store)
    flash("The sample data is gone. You can put it back under Settings.", "good")
    return redirect(url_for("dashboard.start"), code=303)


@pages.post("/sample/add")
def add_sample() -> Response:
    """Put the sample back and grade it."""
    with services().gate.entered():
        sample_data.add(services().store, services().model)
    flash("The sample data is there.", "good")
    return _back()


@pages.post("/settings/delete-everything")
def delete_everything() -> str | tuple[str, int] | Response:
    """Delete all data once the word was typed."""
    if request.form.get("confirmation", "").strip().lower() != CONFIRMATION:
        return render_template("settings.html", view=_view(wrong_word=True)), 422
    services().pairing.close()
    training_process.stop(services().store.workspace)
    leaving.stop_all(current_app, services().store.workspace)
    erase.everything(services().store)
    with services().store.writing() as database:
        settings.put(database, sample_data.OFFERED, True)
    flash("All your data is deleted. To use the extension again, connect it again.", "good")
    return redirect(url_for("dashboard.start"), code=303)


def _view(*, wrong_word: bool = False) -> SettingsView:
    database, workspace = connection("reader"), services().store.workspace
    return SettingsView(
        browsers=[client for client in clients.listed(database) if client.revoked_at is None],
        workspace=workspace.root.absolute(),
        database_bytes=workspace.database.stat().st_size,
        counts={
            "creators": creators.count(database),
            "videos": videos.count(database),
            "comments": comments.count(database),
            "your own grades": labels.count(database),
        },
        backups=backup.listed(workspace.backups),
        model=services().model.id,
        version=__version__,
        wrong_word=wrong_word,
        panel_origins=tuple(embedding.listed()),
    )


def _back() -> Response:
    return redirect(url_for("dashboard.settings_page"), code=303)
