"""A run's progress on the terminal: a bar where there is one, a line for each video where there is none."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from scraper import words


class Shown:
    """Hears a run's events and shows them on stderr."""

    def __init__(self, quiet: bool = False) -> None:
        self._console = Console(stderr=True, highlight=False, quiet=quiet)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[found]}"),
            TimeElapsedColumn(),
        )
        self._bar = Progress(*columns, console=self._console, disable=quiet or not sys.stderr.isatty())
        self._task = self._bar.add_task("Looking", total=None, found="")
        self._comments = self._replies = 0
        self._began = time.monotonic()

    def __enter__(self) -> Shown:
        """Start the bar."""
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Leave the terminal as it was."""
        self._bar.stop()

    def videos(self, done: int, total: int) -> None:
        """How many videos there are, and how many are read."""
        self._bar.update(self._task, completed=done, total=total)

    def __call__(self, event: str, facts: dict[str, object]) -> None:
        """Show one event."""
        match event:
            case "page":
                self._comments += _number(facts, "comments_new")
                self._replies += _number(facts, "replies_new")
                self._bar.update(self._task, found=self._found())
            case "open":
                self._bar.update(self._task, description=words.named(str(facts["kind"]), str(facts["key"]), str(facts.get("handle") or "")))
            case "list":
                self._console.print(f"{words.named(str(facts['kind']), str(facts['key']))}: {facts['reason']}.")
                self._bar.update(self._task, total=(self._bar.tasks[0].total or 0) + _number(facts, "videos"))
            case "closed":
                self._bar.advance(self._task)
                found, new = _number(facts, "comments_found"), _number(facts, "comments_new")
                replies = _number(facts, "replies_found")
                self._console.print(f"{facts['key']}: {found} comments ({new} new), {replies} replies; {facts['reason']}.")
            case "refused":
                pause = f"; staying away for {_number(facts, 'seconds') / 60:.0f} minutes" if _number(facts, "seconds") >= 60 else ""
                self._console.print(f"TikTok refused ({facts['how']}){pause}.", style="yellow")
            case "waiting":
                self._console.bell()
                self._console.print(f"{facts['why']}. Please see to it in the browser window; this run waits for you.", style="bold yellow")
            case "going on":
                self._console.print("Going on.")

    def _found(self) -> str:
        minutes = max(time.monotonic() - self._began, 1) / 60
        return f"{self._comments:,} new comments, {self._replies:,} new replies, {(self._comments + self._replies) / minutes:,.0f} a minute"


def _number(facts: dict[str, object], name: str) -> int:
    value = facts.get(name)
    return int(value) if isinstance(value, int | float) else 0
