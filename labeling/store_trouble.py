"""What is wrong with the database file, in words for somebody who is labeling. Pure."""

from __future__ import annotations

import sqlite3

from companion.store import StoreBusyError, StoreError

_KEPT = "Nothing is lost: your answers wait in this browser and are sent again."

_WORDS = {
    sqlite3.SQLITE_FULL: (507, "The disk is full, so BuySignal cannot store answers. Make room on it."),
    sqlite3.SQLITE_READONLY: (503, "BuySignal may only read its database file, so it cannot store answers. Make the file writable."),
    sqlite3.SQLITE_CANTOPEN: (503, "BuySignal cannot open its database file. Is its folder still there? “buysignal doctor” says more."),
    sqlite3.SQLITE_IOERR: (503, "The disk did not take what BuySignal wrote. Is it full or unplugged? “buysignal doctor” says more."),
    sqlite3.SQLITE_CORRUPT: (503, "BuySignal's database file is damaged. Bring back a copy with “buysignal restore”."),
    sqlite3.SQLITE_BUSY: (503, "Another program keeps the database busy. BuySignal tries again in a moment."),
}


def in_words(error: StoreError | sqlite3.Error) -> tuple[int, str]:
    """Status and message for trouble while reading or writing."""
    cause = error.__cause__ if isinstance(error, StoreError) else error
    code = getattr(cause, "sqlite_errorcode", None)
    if isinstance(error, StoreBusyError):
        code = sqlite3.SQLITE_BUSY
    status, message = _WORDS.get((code or 0) & 0xFF, (503, "BuySignal could not reach its database; “buysignal doctor” says why."))
    return status, f"{message} {_KEPT}"
