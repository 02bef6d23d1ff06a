"""Passwords: what is accepted, how they are kept, and a check that takes as long for a name that nobody has."""

from __future__ import annotations

import threading
import unicodedata

from werkzeug.security import check_password_hash, generate_password_hash

METHOD = "scrypt:32768:8:3"
"""scrypt with N=2^15, r=8, p=3: 32 MB and about a quarter of a second each (OWASP, Password Storage Cheat Sheet)."""

SHORTEST, LONGEST = 10, 200

_NOBODY = f"{METHOD}$nobody$" + "0" * 128
"""Matches no password, and costs as much to find out."""

AT_ONCE = 2
"""Checks at a time: more would let a stranger fill the memory with them."""

PATIENCE_S = 3.0

_turns = threading.BoundedSemaphore(AT_ONCE)


class BadPasswordError(ValueError):
    """This cannot be a password here; the message says what can."""


class TooManyAtOnceError(RuntimeError):
    """Others are logging in; try again in a moment."""


def hashed(password: str, name: str) -> str:
    """The hash to keep of a new password.

    Raises:
        BadPasswordError: too short, too long, or the person's own name.
    """
    plain = _plain(password)
    if not SHORTEST <= len(plain) <= LONGEST:
        raise BadPasswordError(f"the password has {len(plain)} characters; choose one of {SHORTEST} to {LONGEST}")
    if plain.strip().casefold() == _plain(name).strip().casefold():
        raise BadPasswordError("the password is the name; choose another one")
    return generate_password_hash(plain, METHOD)


def right(known: str | None, typed: str) -> bool:
    """Whether a typed password is the one of the hash; None or an empty hash (nobody of that name) takes as long and is False.

    Raises:
        TooManyAtOnceError: others wait already.
    """
    if not _turns.acquire(timeout=PATIENCE_S):
        raise TooManyAtOnceError("too many people are logging in at this moment; try again in a few seconds")
    try:
        return check_password_hash(known or _NOBODY, _plain(typed)[: LONGEST + 1])
    finally:
        _turns.release()


def _plain(password: str) -> str:
    """The same password whatever keyboard typed it."""
    return unicodedata.normalize("NFKC", password)
