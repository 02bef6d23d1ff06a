"""Reading along: every answer that the page itself asked for, and no request of our own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from playwright.async_api import BrowserContext, Error, Page, Request, Response

from companion.store import clock
from companion.tiktok import Asked, Refusal, asked_of, embedded, refusal_of


@dataclass(frozen=True)
class Heard:
    """One answer: what was asked, and its body or how it was refused. `retry_after` in seconds, where the answer says."""

    asked: Asked
    status: int
    body: object = None
    refusal: Refusal | None = None
    retry_after: float | None = None
    at: int = 0


Listener = Callable[[Heard], Awaitable[None]]


class Tap:
    """Listens to all pages of a context. Bodies are read as soon as they are there: the browser forgets them on navigation."""

    def __init__(self, context: BrowserContext, listener: Listener) -> None:
        self._listener = listener
        self._pending: set[Request] = set()
        self._reads: set[asyncio.Task[None]] = set()
        self._one_by_one = asyncio.Lock()
        self.trouble: BaseException | None = None
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("requestfailed", self._failed)

    @property
    def quiet(self) -> bool:
        """Whether nothing that is read is under way."""
        return not self._pending and not self._reads

    async def settled(self, seconds: float) -> bool:
        """Wait until nothing is under way, at most so long; whether it came to that.

        Raises:
            Exception: what the listener raised; nothing is lost in silence.
        """
        end = asyncio.get_running_loop().time() + seconds
        while not self.quiet and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.02)
        if self.trouble:
            raise self.trouble
        return self.quiet

    def _asked(self, request: Request) -> None:
        if asked_of(request.url):
            self._pending.add(request)

    def _failed(self, request: Request) -> None:
        self._pending.discard(request)

    def _answered(self, response: Response) -> None:
        asked = asked_of(response.url)
        if asked is None and not _is_page(response):
            return
        read = asyncio.create_task(self._read(response, asked))
        self._reads.add(read)
        read.add_done_callback(lambda done: self._over(done, response.request))

    def _over(self, done: asyncio.Task[None], request: Request) -> None:
        self._reads.discard(done)
        self._pending.discard(request)
        if not done.cancelled() and (error := done.exception()) and not isinstance(error, Error):
            self.trouble = self.trouble or error

    async def _read(self, response: Response, asked: Asked | None) -> None:
        status, at = response.status, clock.now_ms()
        body = await _body(response)
        if body is None:
            return
        if asked is not None:
            heard = [_hear(asked, response, body, at)]
        else:
            found = await asyncio.to_thread(embedded, body.decode("utf-8", "replace"))
            heard = [Heard(one, status, value, at=at) for one, value in found]
            if status in {403, 429}:
                refusal = refusal_of(status, body)
                heard = [Heard(Asked("item", "/"), status, refusal=refusal, retry_after=_retry_after(response), at=at)]
        async with self._one_by_one:
            for one in heard:
                await self._listener(one)


async def _body(response: Response) -> bytes | None:
    """An answer's bytes; None where the page went away before they could be read."""
    if 300 <= response.status < 400:
        return b""
    try:
        return await response.body()
    except Error:  # so the browser says of an answer without a body, and of one that is gone
        if response.status >= 400 or response.headers.get("content-length") == "0":
            return b""
    try:
        sizes = await response.request.sizes()
    except Error:
        return None
    return b"" if sizes["responseBodySize"] == 0 else None


def _hear(asked: Asked, response: Response, body: bytes, at: int) -> Heard:
    location = response.headers.get("location")
    refusal = refusal_of(response.status, body, location)
    value: Any = None
    if refusal is None:
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            refusal = "error"
    return Heard(asked, response.status, value, refusal, _retry_after(response), at)


def _is_page(response: Response) -> bool:
    request = response.request
    if not request.is_navigation_request() or not 200 <= response.status < 500:
        return False
    try:
        frame = request.frame
    except Error:  # the page is gone already
        return False
    return frame.parent_frame is None and isinstance(frame.page, Page)


def _retry_after(response: Response) -> float | None:
    value = response.headers.get("retry-after", "")
    return float(value) if value.isdecimal() and len(value) < 7 else None
