"""One uploaded feed at a time: read through without writing, corrected where a guess was wrong, then imported."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal
from uuid import uuid4

from flask import current_app

from companion.catalogue_intake import Order, Taken, check, take_in
from companion.catalogue_report import CatalogueReport
from companion.services import services
from companion.shop.catalogue import Feed, FeedError, Row, Said
from companion.shop.product import Product
from companion.store import Store, StoreError

FOLDER = "uploads"
"""Below the shop's folder in the workspace; emptied when BuySignal starts anew."""
PREVIEW = 5

_KEY = "buysignal-shop-desk"

Phase = Literal["reading", "checked", "importing", "done", "failed"]


@dataclass(frozen=True)
class Asked:
    """What the user says of a feed: columns by name ("" leaves one out), the currency of bare prices, its encoding, how it is taken."""

    columns: Mapping[str, str] = field(default_factory=dict)
    currency: str = ""
    encoding: str = ""
    overwrite: bool = False
    withdraw: bool = False


@dataclass(frozen=True)
class Upload:
    """A feed on the desk. `done` and `size` are bytes; `guessed` is column -> meaning, in the file's order, "" for unused ones."""

    token: str
    path: Path
    name: str
    asked: Asked
    phase: Phase = "reading"
    kind: str = ""
    guessed: Mapping[str, str] = field(default_factory=dict)
    done: int = 0
    size: int = 0
    rows: int = 0
    skipped: int = 0
    noted: int = 0
    lost: int = 0
    lines: tuple[str, ...] = ()
    preview: tuple[Product, ...] = ()
    taken: Taken | None = None
    error: str = ""

    @property
    def products(self) -> int:
        """Rows that are products."""
        return self.rows - self.skipped

    @property
    def busy(self) -> bool:
        """Whether a thread is at it."""
        return self.phase in ("reading", "importing")


class Desk:
    """Holds the upload; its file is read by a thread, never by a request. One for each app."""

    def __init__(self, store: Store) -> None:
        self._store, self._folder = store, store.workspace.root / "shop" / FOLDER
        self._lock = threading.Lock()
        self._upload: Upload | None = None
        self._thread: threading.Thread | None = None
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def upload(self) -> Upload | None:
        """What lies there."""
        return self._upload

    def wait(self, timeout_s: float) -> None:
        """Wait for the thread that is at it, if any."""
        if self._thread:
            self._thread.join(timeout_s)

    def put(self, name: str, write: Callable[[Path], object], asked: Asked) -> bool:
        """Lay a new file on the desk and read it through; False while another one is being read or imported."""
        called = Path(name.replace("\\", "/")).name[:200] or "file"
        with self._lock:
            if self._upload and self._upload.busy:
                return False
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(mode=0o700, parents=True)
            path = self._folder / ("feed.gz" if called.lower().endswith(".gz") else "feed")
            write(path)
            self._begin(Upload(uuid4().hex, path, called, asked), self._read)
            return True

    def again(self, token: str, asked: Asked) -> bool:
        """Read the file through with other columns or another currency; False where it is not on the desk any more, or busy."""
        with self._lock:
            found = self._upload
            if found is None or found.token != token or found.phase not in ("checked", "failed"):
                return False
            self._begin(Upload(found.token, found.path, found.name, asked), self._read)
            return True

    def take(self, token: str, asked: Asked) -> bool:
        """Import the file as it was checked; False where it is not on the desk any more, or not checked."""
        with self._lock:
            found = self._upload
            if found is None or found.token != token or found.phase != "checked" or not found.products:
                return False
            whole = replace(found.asked, overwrite=asked.overwrite, withdraw=asked.withdraw)
            self._begin(replace(found, asked=whole, phase="importing", done=0), self._take)
            return True

    def clear(self) -> bool:
        """Take the file off the desk; False while it is being read or imported."""
        with self._lock:
            if self._upload and self._upload.busy:
                return False
            self._upload = None
            shutil.rmtree(self._folder, ignore_errors=True)
            return True

    def _begin(self, upload: Upload, work: Callable[[Upload], Upload]) -> None:
        def run() -> None:
            try:
                self._upload = work(upload)
            except (FeedError, StoreError, sqlite3.Error, OSError, ValueError) as error:
                self._upload = replace(upload, phase="failed", error=str(error).replace(str(upload.path), upload.name))
            except Exception:
                self._upload = replace(upload, phase="failed", error="BuySignal made a mistake while reading the file.")
                raise

        self._upload = upload
        self._thread = threading.Thread(target=run, name="shop-import", daemon=True)
        self._thread.start()

    def _read(self, upload: Upload) -> Upload:
        preview: list[Product] = []

        def seen(rows: Iterator[Row]) -> Iterator[Row]:
            for row in rows:
                if row.product and len(preview) < PREVIEW:
                    preview.append(row.product)
                yield row

        with self._opened(upload) as feed, CatalogueReport() as report:
            meanings = {name: meaning for meaning, names in feed.columns.items() for name in names}
            upload = replace(upload, kind=feed.kind, guessed={name: meanings.get(name, "") for name in feed.names}, size=feed.size)
            check(seen(feed.rows()), report, lambda: self._moved(upload, feed))
        return _reported(replace(upload, phase="checked", preview=tuple(preview)), report)

    def _take(self, upload: Upload) -> Upload:
        with self._opened(upload) as feed, CatalogueReport() as report:
            order = Order(upload.name, feed.kind, feed.columns, upload.asked.overwrite, upload.asked.withdraw)
            taken = take_in(self._store, feed.rows(), order, report, lambda: self._moved(upload, feed))
        shutil.rmtree(self._folder, ignore_errors=True)
        return _reported(replace(upload, phase="done", taken=taken), report)

    def _opened(self, upload: Upload) -> Feed:
        asked = upload.asked
        return Feed(upload.path, Said(asked.encoding, asked.currency, asked.columns))

    def _moved(self, upload: Upload, feed: Feed) -> None:
        self._upload = replace(upload, done=feed.done)


def _reported(upload: Upload, report: CatalogueReport) -> Upload:
    told = replace(upload, lines=tuple(report.lines()), done=upload.size)
    return replace(told, rows=report.rows, skipped=report.skipped, noted=report.noted, lost=report.lost)


def desk() -> Desk:
    """The app's own; made on first use."""
    known: Desk | None = current_app.extensions.get(_KEY)
    if known is None:
        known = current_app.extensions.setdefault(_KEY, Desk(services().store))
    return known
