"""Pairing codes: shown once on the dashboard, typed into the extension, good for one browser."""

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass

from companion.store import clock

ALPHABET = "ABCDEFGHJKMNPQRTUVWXY346789"
"""No 0/O, 1/I/L, 2/Z, 5/S: nobody has to guess what they read."""

LENGTH = 8
LIFETIME_MS = 2 * clock.MINUTE
TRIES = 5


@dataclass(frozen=True)
class OpenPairing:
    """A code that is good now. `expires_at` is ms UTC."""

    code: str
    expires_at: int
    tries_left: int


class PairingRefusedError(Exception):
    """The code was not accepted. `closed` is true when no code is open (any more)."""

    def __init__(self, message: str, *, closed: bool) -> None:
        super().__init__(message)
        self.closed = closed


class Pairing:
    """At most one open code. Closed until the user opens it. Safe between threads.

    Args:
        now: the clock, ms UTC.
    """

    def __init__(self, now: Callable[[], int] = clock.now_ms) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._open: OpenPairing | None = None

    def open(self) -> OpenPairing:
        """A new code for two minutes; one shown before is worthless from now on."""
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        with self._lock:
            self._open = OpenPairing(code, self._now() + LIFETIME_MS, TRIES)
            return self._open

    def close(self) -> None:
        """Withdraw the open code, if any."""
        with self._lock:
            self._open = None

    def current(self) -> OpenPairing | None:
        """The code that is good now, or None."""
        with self._lock:
            return self._unexpired()

    def redeem(self, typed: str) -> None:
        """Use the code up. Exactly one caller succeeds; the fifth wrong try burns it.

        Raises:
            PairingRefusedError: wrong, expired, used, burnt or never opened.
        """
        with self._lock:
            known = self._unexpired()
            if known is None:
                raise PairingRefusedError(
                    "Pairing is closed. Press “Show pairing code” on BuySignal's start page to get a new code.", closed=True
                )
            if hmac.compare_digest(normalise(typed).encode(), known.code.encode()):
                self._open = None
                return
            left = known.tries_left - 1
            self._open = OpenPairing(known.code, known.expires_at, left) if left else None
        if left:
            raise PairingRefusedError(
                f"That is not the code on the start page. {left} {'try' if left == 1 else 'tries'} left.", closed=False
            )
        raise PairingRefusedError(
            "That was not the code either, so it is no longer valid. Get a new one on BuySignal's start page.", closed=True
        )

    def _unexpired(self) -> OpenPairing | None:
        if self._open and self._now() >= self._open.expires_at:
            self._open = None
        return self._open


def normalise(typed: str) -> str:
    """A code as people type it: case, spaces and hyphens do not matter.

    >>> normalise(" abcd-efgh ")
    'ABCDEFGH'
    """
    return "".join(char for char in typed.upper() if not char.isspace() and char != "-")
