"""The model that answers now, exchanged under a running companion without dropping a request."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable

from companion.intent.model import BadModelError, IntentModel, load_model
from companion.registry import SHIPPED_NAME, Registry, UnknownModelError
from companion.store import StoreError

LOOK_SECONDS = 2.0
"""How soon a promotion, a choice or a rollback is noticed."""

GRACE_SECONDS = 60.0
"""The old model's threads live on for requests under way, which take a few seconds at most."""

_log = logging.getLogger("buysignal")


class LiveModel:
    """Holds one loaded model. Take `current` once a request: it stays usable however often the model is exchanged."""

    def __init__(self, registry: Registry, first: IntentModel, name: str) -> None:
        self._registry, self._name = registry, name
        self._current = first
        self._stop = threading.Event()
        self._watcher: threading.Thread | None = None
        self._refused = ""
        self._in_trouble = False
        self.problem = ""

    @classmethod
    def start(cls, registry: Registry) -> LiveModel:
        """The model that the workspace chose; the shipped one, with `problem` set, where that cannot be served.

        Raises:
            BadModelError: not even the shipped one can.
        """
        name = registry.active_name()
        try:
            return cls(registry, registry.load_active(), name)
        except (BadModelError, UnknownModelError) as error:
            if name == SHIPPED_NAME:
                raise
            _log.error("model %s was refused, the shipped one serves instead: %s", name, error)
            live = cls(registry, load_model(), SHIPPED_NAME)
            live._refused, live.problem = name, f"{name} cannot be used: {error}"
            return live

    @property
    def current(self) -> IntentModel:
        """The model in use."""
        return self._current

    def watch(self, changed: Callable[[], None] = lambda: None) -> None:
        """Look for another choice every two seconds until `close`; `changed` is called after an exchange.

        While the database cannot be read, the model in use stays; that is said once, and the watcher looks on.
        """
        self._watcher = threading.Thread(target=self._watch, args=(changed,), name="live-model", daemon=True)
        self._watcher.start()

    def look(self) -> bool:
        """Exchange the model if another one was chosen; whether it was. A model that cannot be served is refused, with `problem` set."""
        name = self._registry.active_name()
        if name == self._name:
            self._refused = self.problem = ""
        if name in (self._name, self._refused):
            return False
        try:
            fresh = self._registry.load_active()
        except (BadModelError, UnknownModelError) as error:
            self._refused, self.problem = name, f"{name} cannot be used: {error}"
            _log.error("model %s was refused, %s goes on serving: %s", name, self._name, error)
            return False
        old, self._current, self._name = self._current, fresh, name
        self._refused = self.problem = ""
        timer = threading.Timer(GRACE_SECONDS, old.close)
        timer.daemon = True
        timer.start()
        return True

    def close(self) -> None:
        """Stop watching and free the model."""
        self._stop.set()
        if self._watcher:
            self._watcher.join()
        self._current.close()

    def _watch(self, changed: Callable[[], None]) -> None:
        while not self._stop.wait(LOOK_SECONDS):
            try:
                if self.look():
                    changed()
            except (StoreError, sqlite3.Error) as error:
                self._report(str(error))
            except Exception as error:  # a watcher that dies would leave an old model serving in silence
                self._report(type(error).__name__)
            else:
                self._in_trouble = False

    def _report(self, what: str) -> None:
        if not self._in_trouble:
            _log.warning("the choice of model could not be read (%s); looking again every %g seconds", what, LOOK_SECONDS)
        self._in_trouble = True
