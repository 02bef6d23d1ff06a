"""Training on the user's labels from the page: started, watched, stopped, and what came out of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from companion import training_process
from companion.dashboard.blueprint import pages
from companion.dashboard.datasets import has_report
from companion.dashboard.frame import fragment
from companion.dashboard.model_table import title_of
from companion.dashboard.own_labels import counted
from companion.dashboard.training_words import ResultRow, headline, left_words, result_rows, stage_words
from companion.extras import TRAIN, Extra
from companion.registry import Registry
from companion.services import connection, services
from companion.training_process import AlreadyTrainingError
from companion.training_progress import Progress


@dataclass(frozen=True)
class TrainingView:
    """The training card.

    Attributes:
        progress: the latest training, None before the first.
        can_learn: whether there is any label to learn from.
        candidate: name of its model where it can be put into use, else "".
        has_report: whether the cleaning report of its data set is there.
        log: where the trainer's output stands.
        still_ending: it was told to stop and has not yet.
    """

    progress: Progress | None
    train: Extra
    can_learn: bool
    candidate: str
    has_report: bool
    log: Path
    still_ending: bool = False

    @property
    def running(self) -> bool:
        """Whether a training is under way."""
        return self.progress is not None and self.progress.state == "running"

    @property
    def stage(self) -> str:
        """What it is doing."""
        return stage_words(self.progress.stage) if self.progress else ""

    @property
    def left(self) -> str:
        """How long it takes yet."""
        return left_words(self.progress.seconds_left) if self.progress else ""

    @property
    def headline(self) -> str:
        """How a finished training ended, "" for any other."""
        return headline(self.progress.result) if self.progress and self.progress.result else ""

    @property
    def rows(self) -> list[ResultRow]:
        """The comparison of a finished training."""
        return result_rows(self.progress.result) if self.progress and self.progress.result else []


@pages.get("/models/training/panel")
def training_panel() -> str:
    """The card by itself: asked every two seconds while a training is under way."""
    return render_template("parts/training.html", training=training_view())


@pages.post("/models/training/start")
def start_training() -> str | Response:
    """Start a training, or go on with a stopped one."""
    if not TRAIN.installed:
        return _answer("The training tools are not installed, so nothing was started.", "bad")
    if not _can_learn():
        return _answer("There is no label of yours to learn from yet, so nothing was started.", "bad")
    try:
        training_process.start(services().store.workspace)
    except AlreadyTrainingError:
        return _answer("A training is under way already.", "bad")
    return _answer("The training has started.", "good")


@pages.post("/models/training/stop")
def stop_training() -> str | Response:
    """Stop the training; it goes on from there when it is started again."""
    gone = training_process.stop(services().store.workspace)
    said = "The training is stopped." if gone else "The training ends after the step it is at."
    return _answer(said, "good", still_ending=not gone)


def training_view(*, still_ending: bool = False) -> TrainingView:
    """The training of this workspace as it stands."""
    workspace = services().store.workspace
    progress = training_process.current(workspace)
    return TrainingView(
        progress=progress,
        train=TRAIN,
        can_learn=_can_learn(),
        candidate=_candidate(progress),
        has_report=bool(progress and progress.dataset and has_report(workspace.datasets, progress.dataset.id)),
        log=workspace.trainings.absolute() / training_process.LOG,
        still_ending=still_ending,
    )


def _can_learn() -> bool:
    return counted(connection("reader")).learn > 0


def _candidate(progress: Progress | None) -> str:
    if progress is None or progress.state != "done" or progress.result is None:
        return ""
    name = progress.result.candidate.name
    found = [entry for entry in Registry(services().store).entries() if entry.name == name and not entry.active]
    return found[0].name if found else ""


def _answer(said: str, kind: str, *, still_ending: bool = False) -> str | Response:
    if fragment():
        return render_template("parts/training.html", training=training_view(still_ending=still_ending))
    flash(said, kind)
    return redirect(url_for("dashboard.models_page"), code=303)


pages.add_app_template_filter(title_of, "model_title")
