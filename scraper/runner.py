"""One run: its tasks one after the other, one window, one account; what is cut off is taken up again by the same command."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from playwright.async_api import BrowserContext, Error

from companion.store import Store, clock, runs, tasks, videos
from companion.store.runs import Run, Standing
from companion.store.tasks import Task, Wanted
from companion.tiktok import page_of
from scraper.breaker import Breaker
from scraper.browser import fresh_page, open_browser
from scraper.config import Settings
from scraper.events import Tell
from scraper.eyes import Eyes
from scraper.gate import Gate, PausedError
from scraper.hands import Hands
from scraper.pace import Pacer
from scraper.sitting import Sitting
from scraper.tap import Tap
from scraper.visit import Ended, Visit, Wish
from scraper.walk import Walk

PLATFORM = "tiktok"
LISTS = ("tag", "creator")


@dataclass
class Runner:
    """Works through a run's tasks. `tell` hears what happens; `stopping` becomes true when the user wants it to end."""

    store: Store
    run: Run
    settings: Settings
    tell: Tell
    stopping: Callable[[], bool] = lambda: False
    _opened: int = 0
    _strange: int = 0
    _walk: Walk | None = None
    _read_before: set[str] = field(default_factory=set)

    async def work(self) -> Standing:
        """Do what is left of the run; returns how it stands then. Everything is stored as it comes.

        Raises:
            BrowserMissingError: no browser could be opened.
            StoreError, sqlite3.Error: the database cannot be written.
        """
        with self.store.writing() as connection:
            tasks.reopen(connection, self.run.id)
        self._breaker = Breaker(self.settings.pace)
        try:
            async with open_browser(self.store.workspace.root / "browser-profile", self.settings) as context:
                await self._browse(context)
            standing = Standing("finished", self._breaker.condition, "nothing is left to open")
        except PausedError as pause:
            standing = Standing("paused", self._breaker.condition, str(pause))
        except Error as error:  # the window was closed, or the browser died
            standing = Standing("paused", self._breaker.condition, f"the browser went away ({error.message.splitlines()[0][:80]})")
        self._note(standing)
        return standing

    async def _browse(self, context: BrowserContext) -> None:
        sitting = Sitting(self.store, self.run.id, self.run.keep_days, self._breaker)
        sitting.on_page = lambda taken: self.tell("page", {"comments_new": taken.comments_new, "replies_new": taken.replies_new})
        self._hands = Hands(
            settings=self.settings,
            sitting=sitting,
            breaker=self._breaker,
            pacer=Pacer(self.settings.pace),
            gate=Gate(self.settings, self._waiting, self.stopping),
            tap=Tap(context, sitting.hear),
            tell=self.tell,
            stopping=self.stopping,
        )
        self._context = context
        self._eyes = Eyes(await fresh_page(context))
        while (task := self._next()) is not None:
            self._hands.check()
            if task.kind in LISTS:
                await self._list(task)
            else:
                await self._video(task)

    def _next(self) -> Task | None:
        """Lists first, then videos in the order in which they were found."""
        with self.store.reading() as connection:
            waiting = [task for task in tasks.of_run(connection, self.run.id) if task.state == "open"]
        return min(waiting, key=lambda task: (task.kind not in LISTS, task.attempts, task.id), default=None)

    async def _list(self, task: Task) -> None:
        self._begin(task)
        self._walk = Walk(self._hands, self._eyes, task)
        ended = await self._walk.to_end(self.settings.limits.videos)
        found = self._walk.heard.videos[: self.settings.limits.videos]
        parent = f"{task.kind}:{task.key}"
        with self.store.writing() as connection:
            tasks.add(connection, self.run.id, [Wanted("video", video, handle, parent) for video, handle in found])
            tasks.end(connection, task.id, "done", ended.reason, clock.now_ms())
        self.tell("list", {"kind": task.kind, "key": task.key, "videos": len(found), "reason": ended.reason})
        self._listen_to_all()

    def _listen_to_all(self) -> None:
        """From now on answers about any video of the run are kept, whenever the page asks for them."""
        with self.store.reading() as connection:
            known = tasks.of_run(connection, self.run.id)
        self._hands.sitting.tasks = {task.key: task.id for task in known if task.kind not in LISTS}

    async def _video(self, task: Task) -> None:
        if task.kind == "video" and self._closed(task):
            self._end(task, Ended("comments are turned off"))
            return
        self._check_day()
        await self._hands.before_video()
        self._listen_to_all()
        await self._fresh_page()
        wish = Wish(task.key, task.handle, await self._on_grid(task), self.settings.deep or not self._read_once(task) or task.attempts > 0)
        self._begin(task)
        visit = Visit(self._hands, self._eyes, wish)
        ended = await (visit.glance() if task.kind == "refresh" else visit.read())
        await self._hands.tap.settled(self.settings.pace.skeleton)
        self._end(task, ended)
        self._strange = self._strange + 1 if ended.strange else 0
        if self._strange >= self.settings.limits.strange:
            raise PausedError("TikTok's pages have a layout that this version does not know; update BuySignal, then go on")
        if self._walk is not None:
            await self._back_to_list(visit, self._walk)

    async def _back_to_list(self, visit: Visit, walk: Walk) -> None:
        await visit.leave()
        await self._hands.until(lambda: self._shows(walk), self.settings.pace.settle)

    def _shows(self, walk: Walk) -> bool:
        """Whether the list's page stands in the window."""
        place = page_of(self._eyes.page.url)
        return place is not None and (place.kind, place.key) == (walk.task.kind, walk.task.key.lower())

    async def _fresh_page(self) -> None:
        """Now and then a new page in the same window."""
        self._opened += 1
        if self._opened % self.settings.limits.page_reload == 0:
            await self._hands.tap.settled(self.settings.pace.skeleton)
            self._eyes = Eyes(await fresh_page(self._context))
            if self._walk is not None:
                self._walk = Walk(self._hands, self._eyes, self._walk.task)
                await self._walk.open()

    async def _on_grid(self, task: Task) -> bool:
        """Whether the video's tile stands in the page that is open."""
        walk = self._walk
        if walk is None or task.parent != f"{walk.task.kind}:{walk.task.key}":
            return False
        if not self._shows(walk):
            await walk.open()
        return await walk.show(task.key)

    def _closed(self, task: Task) -> bool:
        """Whether its list said that nobody may comment on it."""
        with self.store.reading() as connection:
            video = videos.find(connection, PLATFORM, task.key)
        return video is not None and video.comments_open is False

    def _read_once(self, task: Task) -> bool:
        """Whether an earlier run read the video to where TikTok said that no more follow."""
        with self.store.reading() as connection:
            return tasks.read_before(connection, task.key, self.run.id)

    def _check_day(self) -> None:
        with self.store.reading() as connection:
            opened = tasks.opened_since(connection, clock.midnight_ms())
        if opened >= self.settings.limits.day:
            raise PausedError(f"today's limit of {self.settings.limits.day} videos was reached; go on tomorrow")

    def _begin(self, task: Task) -> None:
        with self.store.writing() as connection:
            tasks.begin(connection, task.id, clock.now_ms())
        self.tell("open", {"kind": task.kind, "key": task.key, "handle": task.handle})

    def _end(self, task: Task, ended: Ended) -> None:
        again = ended.again and task.attempts + 1 < self.settings.limits.attempts
        state: tasks.State = "open" if again else "given up" if ended.again else "done"
        with self.store.writing() as connection:
            tasks.end(connection, task.id, state, ended.reason, clock.now_ms())
            if ended.missing:
                videos.mark_missing(connection, PLATFORM, task.key, clock.now_ms())
            after = tasks.find(connection, task.id)
        self.tell("closed", {"key": task.key, "state": state, "reason": ended.reason, **_counts(after)})
        self._note(Standing("running", self._breaker.condition))

    def _waiting(self, words: str) -> None:
        self._note(Standing("waiting" if words else "running", self._breaker.condition, words))
        self.tell("waiting" if words else "going on", {"why": words} if words else {})

    def _note(self, standing: Standing) -> None:
        with self.store.writing() as connection:
            runs.note(connection, self.run.id, standing, clock.now_ms())
        if standing.state != "running":
            self.tell("standing", {"state": standing.state, "pace": standing.pace, "reason": standing.reason})


def run_to_end(runner: Runner) -> Standing:
    """`Runner.work` from ordinary code."""
    return asyncio.run(runner.work())


def _counts(task: Task | None) -> dict[str, object]:
    names: Sequence[str] = ("comments_found", "comments_new", "replies_found", "replies_new", "replies_said", "total")
    return {name: getattr(task, name) for name in names} if task else {}
