"""How a training stands, as one line on stderr."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.training_progress import Progress as State

if TYPE_CHECKING:
    from rich.progress import TaskID


class TrainingBar:
    """The progress as one line on stderr."""

    def __init__(self, quiet: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%  {task.fields[left]}"))
        self._bar = Progress(*columns, console=Console(stderr=True), disable=quiet)
        self._task: TaskID | None = None

    def __enter__(self) -> TrainingBar:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def show(self, state: State) -> None:
        """One line that is redrawn."""
        if self._task is None:
            self._task = self._bar.add_task("", total=None, left="")
        left = "" if state.seconds_left is None or state.step >= state.steps else duration(state.seconds_left)
        self._bar.update(self._task, description=state.stage.capitalize(), completed=state.step, total=state.steps or None, left=left)


def duration(seconds: float) -> str:
    """Time left in words.

    >>> duration(200)
    'about 3 min left'
    """
    minutes = round(seconds / 60)
    return f"about {minutes} min left" if minutes > 1 else "about a minute left"
