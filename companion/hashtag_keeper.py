"""The atlas behind the pages, built by a thread so that no page waits for it."""

from __future__ import annotations

import threading

from flask import current_app

from companion.hashtag_atlas import LiveAtlas
from companion.hashtags import Atlas, Taxonomy
from companion.services import services
from companion.store import Store

PATIENCE_SECONDS = 0.4
"""How long a page waits for the first atlas: that of a small store is there by then."""

_KEY = "buysignal-hashtags"


class AtlasKeeper:
    """Gives the atlas that is there and has a newer one built where the store has changed. One for each app."""

    def __init__(self, store: Store, patience_s: float = PATIENCE_SECONDS) -> None:
        self._live, self._patience_s = LiveAtlas(store), patience_s
        self._lock = threading.Lock()
        self._working: threading.Event | None = None
        self._atlas: Atlas | None = None
        self._error: Exception | None = None

    def answer(self) -> Atlas | None:
        """The atlas, maybe of a while ago; None while the first one is being built. What the user deleted is in none.

        Raises:
            StoreError, sqlite3.Error, ValueError: building failed; the next call tries again.
        """
        if self._atlas is not None and self._atlas.graph.posts and self._live.is_empty():
            self._atlas = None  # everything was deleted: what was read before must be neither shown nor stored again
            self._live.forget()
        with self._lock:
            work = self._working
            if work is None and (self._atlas is None or self._live.is_stale()):
                work = self._working = threading.Event()
                threading.Thread(target=self._build, args=(work,), name="hashtags", daemon=True).start()
        if work is not None and self._atlas is None:
            work.wait(self._patience_s)
        with self._lock:
            error, self._error = self._error, None
        if error:
            raise error
        return self._atlas

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
        """Store what was encoded while pages asked."""
        self._live.keep()

    def _build(self, work: threading.Event) -> None:
        try:
            atlas = self._live.get(fresh=True)
            atlas.ranker(self._live.tree(), min(2, self._live.tree().depth))
            self._live.keep()
            self._atlas = atlas
        except Exception as error:
            self._error = error
        finally:
            with self._lock:
                self._working = None
            work.set()


def keeper() -> AtlasKeeper:
    """The app's own; made on first use."""
    known: AtlasKeeper = current_app.extensions.setdefault(_KEY, AtlasKeeper(services().store))
    return known
