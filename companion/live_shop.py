"""The catalogue inside a running companion: opened on first use, opened anew beside the requests when it or its encoder has changed."""

from __future__ import annotations

import threading
from collections.abc import Callable

from companion.shop.retrieval.encoding import TextEncoder
from companion.shop_encoders import Encoders, served
from companion.shop_index import Shop, open_shop, version_of
from companion.store import Store

PAUSE_S = 5.0
"""Between two openings while an import is at work: each of its batches changes the catalogue."""


class LiveShop:
    """Gives the catalogue to requests. Only the first one waits for it; after an import the old catalogue answers until the new is ready.

    Texts are read in a thread as well: until then new products are found by their words. When another encoder came into use, the old one
    answers until the new one has read every text.

    Args:
        store: the workspace.
        encoder: makes the encoder of products and queries on first use, and again when another one came into use; that one if left out.
    """

    def __init__(self, store: Store, encoder: Callable[[], TextEncoder] | None = None) -> None:
        self._store, self._make = store, encoder or (lambda: served(store))
        self._encoders, self._named = Encoders(store), ""
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._shop: Shop | None = None
        self._reader: threading.Thread | None = None

    def current(self) -> Shop:
        """The catalogue; opening 13,000 products takes about a second the first time."""
        with self._lock:
            if self._shop is None:
                self._named = self._encoders.active_name()
                self._shop = open_shop(self._store, self._make(), encode=False)
                self._renew(self._shop)
            elif self._shop.stored != version_of(self._store) or self._named != self._encoders.active_name():
                self._renew(None)
            return self._shop

    def wait(self, timeout_s: float | None = None) -> None:
        """Wait until the catalogue in place is the one that the database held at the last call of `current`, all its texts read."""
        reader = self._reader
        if reader:
            reader.join(timeout_s)

    def close(self) -> None:
        """Stop renewing; a text that is being read is finished first."""
        self._stop.set()
        self.wait()

    def _renew(self, opened: Shop | None) -> None:
        """Put a newer catalogue in place, in a thread; called with the lock held."""
        if self._shop is None or (self._reader and self._reader.is_alive()):
            return
        encoder = self._shop.encoder

        def renew(shop: Shop | None, encoder: TextEncoder) -> None:
            while not self._stop.is_set():
                name = self._encoders.active_name()
                try:
                    if name != self._named:  # requests may still be asking the old one: it goes when the last of them has ended
                        encoder = self._make()
                        shop, self._named = open_shop(self._store, encoder, self._seen), name
                    shop = shop or open_shop(self._store, encoder, encode=False)
                    self._put(shop)
                    if shop.unread:
                        shop = open_shop(self._store, encoder, self._seen)
                        self._put(shop)
                except InterruptedError:
                    return
                if self._is_current(shop) or self._stop.wait(PAUSE_S):
                    return
                shop = None

        self._reader = threading.Thread(target=renew, args=(opened, encoder), name="catalogue-reader", daemon=True)
        self._reader.start()

    def _is_current(self, shop: Shop) -> bool:
        return shop.stored == version_of(self._store) and self._named == self._encoders.active_name()

    def _put(self, shop: Shop) -> None:
        _ = shop.ranker  # made here, so that no request waits for it
        with self._lock:
            self._shop = shop

    def _seen(self, _done: int, _whole: int) -> None:
        """Called between two batches of texts.

        Raises:
            InterruptedError: the companion is closing; what was read so far is kept.
        """
        if self._stop.is_set():
            raise InterruptedError("closing")
