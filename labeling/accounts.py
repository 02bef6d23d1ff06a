"""Making and changing accounts: the rules that the people page and the command line share."""

from __future__ import annotations

import re
import sqlite3
import unicodedata

from companion.dashboard.words import LANGUAGES
from companion.store import annotator_sessions, annotators, working_times
from companion.store.annotators import LOCAL, ROLES, Annotator, NameTakenError, Role
from labeling import passwords

LONGEST_NAME = 60


class AccountError(ValueError):
    """The change is not possible; the message says why and what is."""


def add(connection: sqlite3.Connection, name: str, role: str, password_hash: str, languages: str = "") -> Annotator:
    """A new account. The hash comes from `passwords.hashed`, before the transaction: it takes a quarter of a second.

    Raises:
        AccountError: the name, the role or a language cannot be used.
    """
    annotators.ensure_local(connection)  # so that nobody else takes its name
    try:
        return annotators.add(connection, checked_name(name), checked_role(role), password_hash, checked_languages(languages))
    except NameTakenError as error:
        raise AccountError(str(error)) from error


def hashed(password: str, again: str, name: str) -> str:
    """The hash of a password that was typed twice.

    Raises:
        AccountError: the two differ, or it cannot be one.
    """
    if password != again:
        raise AccountError("the two passwords differ; type the same one twice")
    try:
        return passwords.hashed(password, name)
    except passwords.BadPasswordError as error:
        raise AccountError(str(error)) from error


def change_password(connection: sqlite3.Connection, person: Annotator, password_hash: str, but: str = "") -> None:
    """A new password; it ends the person's logins, except the one with the token `but`."""
    _not_local(person)
    annotators.set_password(connection, person.id, password_hash)
    annotator_sessions.end_all(connection, person.id, but)


def change_role(connection: sqlite3.Connection, person: Annotator, role: str) -> None:
    """Another role; it holds from the person's next request.

    Raises:
        AccountError: no admin would be left.
    """
    _not_local(person)
    wanted = checked_role(role)
    if wanted != "admin":
        _not_the_last_admin(connection, person)
    annotators.set_role(connection, person.id, wanted)


def change_languages(connection: sqlite3.Connection, person: Annotator, languages: str) -> None:
    """Which languages a person reads.

    Raises:
        AccountError: a code that is none.
    """
    annotators.set_languages(connection, person.id, checked_languages(languages))


def disable(connection: sqlite3.Connection, person: Annotator) -> None:
    """Keep a person out: their logins end now, what they answered stays.

    Raises:
        AccountError: no admin would be left.
    """
    _not_local(person)
    _not_the_last_admin(connection, person)
    annotators.disable(connection, person.id)
    annotator_sessions.end_all(connection, person.id)
    working_times.pause(connection, person.id)


def enable(connection: sqlite3.Connection, person: Annotator) -> None:
    """Let a person in again, by a new login."""
    _not_local(person)
    annotators.enable(connection, person.id)


def found(connection: sqlite3.Connection, name: str) -> Annotator:
    """The person of a name.

    Raises:
        AccountError: nobody has it.
    """
    person = annotators.by_name(connection, checked_name(name))
    if person is None:
        raise AccountError(f'nobody is named "{name}"; `buysignal label people list` shows everybody')
    return person


def checked_name(name: str) -> str:
    """A name as it is kept: one line, no control characters, no doubled blanks.

    Raises:
        AccountError: empty, too long or unreadable.
    """
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFC", name)).strip()
    if not plain or len(plain) > LONGEST_NAME:
        raise AccountError(f"a name has 1 to {LONGEST_NAME} characters, and this one has {len(plain)}")
    if any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn") for char in plain):
        raise AccountError("the name holds a character that cannot be seen; type it again")
    return plain


def checked_role(role: str) -> Role:
    """One of the three roles.

    Raises:
        AccountError: another word.
    """
    known = next((each for each in ROLES if each == role), None)
    if known is None:
        raise AccountError(f'"{role}" is no role; choose {", ".join(ROLES[:-1])} or {ROLES[-1]}')
    return known


def checked_languages(languages: str) -> tuple[str, ...]:
    """Codes such as "en, de" (ISO 639-1) as a list; nothing means every language.

    Raises:
        AccountError: a code that BuySignal does not know.
    """
    codes = tuple(dict.fromkeys(re.findall(r"[^\s,;]+", languages.lower())))
    for code in codes:
        if code not in LANGUAGES or code == "un":
            known = ", ".join(each for each in LANGUAGES if each != "un")
            raise AccountError(f'"{code}" is no language code that BuySignal knows; it knows {known}')
    return codes


def _not_local(person: Annotator) -> None:
    if person.id == LOCAL:
        raise AccountError(f'"{person.name}" is whoever works in the dashboard of this computer; it has no password and is always an admin')


def _not_the_last_admin(connection: sqlite3.Connection, person: Annotator) -> None:
    if person.role == "admin" and person.can_log_in and not annotators.other_admins(connection, person.id):
        raise AccountError(f'"{person.name}" is the only admin who can log in; make somebody else an admin first')
