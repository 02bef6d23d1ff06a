"""The atlas behind the pages, built by a thread so that no page waits for it."""

from __future__ import annotations

import threading
import time
from contextlib import suppress

from flask import current_app

from companion.hashtag_atlas import LiveAtlas
from companion.hashtags import Atlas, Strategy, Taxonomy
from companion.services import services
from companion.store import Store, StoreBusyError

PATIENCE_SECONDS = 0.4
"""How long a page waits for the first atlas: that of a small store is there by then."""

RESTS, LONGEST_REST_SECONDS = 2.0, 300.0
"""Times a build's own duration that pass before the next: a large store would otherwise be read without end while videos come in."""

LOOKS_SECONDS = 1.0
"""How often the store is looked at for changes: counting a million grades takes longer than a page."""

LEVEL = 2
"""Of a tree, the shelves: what pages ask for unless a category lies deeper."""

_KEY = "buysignal-hashtags"
_Part = tuple[int, int, Strategy]
"""What was made of an atlas: the id of a tree, a level, and the strategy by which all tags were weighed."""


class AtlasKeeper:
    """Gives the atlas that is there and has a newer one built where the store has changed. One for each app."""

    def __init__(self, store: Store, patience_s: float = PATIENCE_SECONDS) -> None:
        self._live, self._patience_s = LiveAtlas(store), patience_s
        self._lock = threading.Lock()
        self._working: threading.Event | None = None
        self._atlas: Atlas | None = None
        self._made: set[_Part] = set()
        self._preparing: dict[_Part, threading.Event] = {}
        self._error: Exception | None = None
        self._rests_until = 0.0

    def answer(self) -> Atlas | None:
        """The atlas, maybe of a while ago; None while the first one is being built. What the user deleted is in none.

        It may be the sample's: `without_sample` gives what may be said of real hashtags.

        Raises:
            StoreError, sqlite3.Error, ValueError: building failed; the next call tries again.
        """
        if self._atlas is not None and self._live.is_gone(self._atlas):
            self._atlas, self._rests_until = (
                None,
                0.0,
            )  # all was deleted: what was read must be neither shown nor stored again
            if self._working is None:
                self._live.forget()
        with self._lock:
            work = self._working
            if work is None and self._is_due():
                work = self._working = threading.Event()
                threading.Thread(target=self._build, args=(work,), name="hashtags", daemon=True).start()
        if work is not None and self._atlas is None:
            work.wait(self._patience_s)
        self._raise()
        return self._atlas

    def ready(self, tree: Taxonomy, level: int = LEVEL, strategy: Strategy = "blend") -> Atlas | None:
        """The same once it can answer at a level of a tree at once; None while that is being prepared.

        Raises:
            StoreError, sqlite3.Error, ValueError: it failed; the next call tries again.
        """
        atlas, part = self.answer(), _part(tree, level, strategy)
        if atlas is None or part in self._made:
            return atlas
        with self._lock:
            work = self._preparing.get(part)
            if work is None:
                work = self._preparing[part] = threading.Event()
                threading.Thread(target=self._prepare, args=(work, atlas, tree, part), name="hashtags", daemon=True).start()
        work.wait(self._patience_s)
        self._raise()
        return self._atlas if part in self._made else None

    @property
    def is_building(self) -> bool:
        """Whether a newer atlas is on its way."""
        return self._working is not None

    def tree(self, name: str | None) -> Taxonomy:
        """A category tree.

        Raises:
            TaxonomyError: no such tree.
        """
        return self._live.tree(name)

    def keep(self) -> None:
        """Store what was encoded while pages asked.

        Raises:
            StoreBusyError: somebody else writes; nothing is lost.
        """
        self._live.keep()

    def keep_soon(self) -> None:
        """The same in a thread: no page waits for a writer. What cannot be stored now is encoded again another day."""
        if self._atlas is not None and self._atlas.vectors.fresh:
            threading.Thread(target=self._keep_if_free, name="hashtags", daemon=True).start()

    def _is_due(self) -> bool:
        """Whether to build: there is no atlas, or the rest is over and the store has changed."""
        if self._atlas is None:
            return True
        if time.monotonic() < self._rests_until:
            return False
        self._rests_until = time.monotonic() + LOOKS_SECONDS
        return self._live.is_stale()

    def _keep_if_free(self) -> None:
        with suppress(StoreBusyError):
            self.keep()

    def _build(self, work: threading.Event) -> None:
        began = time.monotonic()
        try:
            self._read()
        except Exception as error:
            self._error = error
        finally:
            with self._lock:
                self._working = None
                self._rests_until = time.monotonic() + min(LONGEST_REST_SECONDS, RESTS * (time.monotonic() - began))
            work.set()

    def _read(self) -> None:
        """Build, and make what the first page would otherwise wait for."""
        while True:
            atlas, tree = self._live.get(fresh=True), self._live.tree()
            part = _part(tree, LEVEL, "blend")
            _make(atlas, tree, part)
            _ = atlas.embedding
            if not self._live.is_gone(atlas):
                break
            self._live.forget()  # deleted meanwhile
        self._keep_if_free()
        with self._lock:
            self._atlas, self._made = atlas, {part}

    def _prepare(self, work: threading.Event, atlas: Atlas, tree: Taxonomy, part: _Part) -> None:
        try:
            _make(atlas, tree, part)
            with self._lock:
                if atlas is self._atlas:
                    self._made.add(part)
            self._keep_if_free()
        except Exception as error:
            self._error = error
        finally:
            with self._lock:
                self._preparing.pop(part, None)
            work.set()

    def _raise(self) -> None:
        with self._lock:
            error, self._error = self._error, None
        if error:
            raise error


def _part(tree: Taxonomy, level: int, strategy: Strategy) -> _Part:
    """Buyers first weighs tags as the blend does."""
    return id(tree), max(1, min(level, tree.depth)), "blend" if strategy == "intent" else strategy


def _make(atlas: Atlas, tree: Taxonomy, part: _Part) -> None:
    """Encode a level of a tree and its departments, and weigh all tags by a strategy."""
    _, level, strategy = part
    atlas.ranker(tree, 1)
    atlas.ranker(tree, level)
    atlas.kinds.under(strategy)


def keeper() -> AtlasKeeper:
    """The app's own; made on first use."""
    known: AtlasKeeper = current_app.extensions.setdefault(_KEY, AtlasKeeper(services().store))
    return known
