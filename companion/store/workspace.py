"""The workspace folder: its paths, and the key that keeps pseudonyms unguessable."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

KEY_BYTES = 32
DATABASE = "buysignal.db"


class WorkspaceError(RuntimeError):
    """The workspace cannot be used; the message says what to do."""


@dataclass(frozen=True)
class Workspace:
    """A folder that holds everything BuySignal knows. Private: 0700, files 0600."""

    root: Path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.root / DATABASE

    @property
    def backups(self) -> Path:
        """Where `buysignal backup` writes unless told otherwise."""
        return self.root / "backups"

    @property
    def models(self) -> Path:
        """Models trained here, a folder each."""
        return self.root / "models"

    @property
    def trainings(self) -> Path:
        """Unfinished and finished training runs, a folder each."""
        return self.root / "trainings"

    @property
    def datasets(self) -> Path:
        """Data set versions, a folder each."""
        return self.root / "datasets"

    @property
    def logs(self) -> Path:
        """What collecting runs told while they were at work."""
        return self.root / "logs"

    @property
    def shop(self) -> Path:
        """Vectors of products, and feeds that were uploaded and not taken yet."""
        return self.root / "shop"

    @property
    def browser_profile(self) -> Path:
        """The browser that collects: its cookies, and with them the login."""
        return self.root / "browser-profile"

    @property
    def migration_lock(self) -> Path:
        """Held exclusively while the schema is checked and changed."""
        return self.root / "migrate.lock"

    @property
    def running_lock(self) -> Path:
        """Held by a running companion; its content says on which port."""
        return self.root / "companion.lock"

    @property
    def key_file(self) -> Path:
        """32 random bytes, outside the database so that a copied database alone unmasks nobody."""
        return self.root / "workspace.key"

    def prepare(self) -> None:
        """Create folder, key and an empty database file with private modes; harmless when they exist.

        Raises:
            WorkspaceError: the folder cannot be created or written.
        """
        try:
            ours = not self.root.exists() or self.database.exists() or not any(self.root.iterdir())
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            if ours:  # a folder with someone else's files keeps its mode; doctor warns about it
                self.root.chmod(0o700)
            if not self.key_file.exists():
                _create_key(self.key_file)
            os.close(os.open(self.database, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            raise WorkspaceError(f"workspace {self.root} cannot be used ({error.strerror}); choose another with --workspace") from error

    @cached_property
    def key(self) -> bytes:
        """The workspace key, 32 bytes.

        Raises:
            WorkspaceError: the file is unreadable or has another length.
        """
        try:
            key = self.key_file.read_bytes()
        except OSError as error:
            raise WorkspaceError(
                f"workspace key {self.key_file} cannot be read ({error.strerror}); restore it from your own copy"
            ) from error
        if len(key) != KEY_BYTES:
            raise WorkspaceError(f"workspace key {self.key_file} has {len(key)} bytes, not {KEY_BYTES}; restore it from your own copy")
        return key

    def pseudonym(self, name: str) -> str:
        """The stable stand-in for a commenter, 32 hex digits.

        Of a uid (digits alone): BLAKE2b keyed with the workspace key. Of a handle: HMAC-SHA256(alias key, name in small letters),
        cut; paired extensions make the same of a handle before they send a row (extension/lib/comment-id.ts), so that one
        person has one alias whichever way a comment came in. They cannot make a uid's.
        """
        if name.isdecimal():
            return hashlib.blake2b(name.encode(), key=self.key, digest_size=16).hexdigest()
        return hmac.digest(self._alias_key, name.lower().encode("utf-8", "replace"), "sha256").hex()[:32]

    @property
    def alias_key(self) -> str:
        """Key of the handles' pseudonyms, given to paired extensions at pairing, 64 hex digits."""
        return self._alias_key.hex()

    @cached_property
    def _alias_key(self) -> bytes:
        return self.derived("dom-alias")

    def derived(self, purpose: str) -> bytes:
        """HMAC-SHA256 of the workspace key for one purpose, 32 bytes."""
        return hmac.digest(self.key, purpose.encode(), "sha256")


def _create_key(path: Path) -> None:
    """Write a new key so that a crash leaves either no key or a whole one; the first of two racers wins."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, secrets.token_bytes(KEY_BYTES))
        os.fsync(handle)
    finally:
        os.close(handle)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
