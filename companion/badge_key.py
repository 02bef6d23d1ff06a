"""The key that signs badges: made once for a workspace, kept in its folder, readable by the user alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from companion.store.workspace import Workspace, WorkspaceError

BITS = 3072
FILE = "badge-key.pem"


def path_of(workspace: Workspace) -> Path:
    """Where the key is kept."""
    return workspace.root / FILE


def signing_key(workspace: Workspace) -> rsa.RSAPrivateKey:
    """The workspace's key; made at the first call, which takes up to a second.

    Raises:
        WorkspaceError: the file cannot be read, written, or holds no RSA key; the message says what to do.
    """
    path = path_of(workspace)
    try:
        if not path.exists():
            _make(path)
        found = serialization.load_pem_private_key(path.read_bytes(), None)
    except OSError as error:
        raise WorkspaceError(f"the key for badges {path} cannot be used ({error.strerror})") from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise WorkspaceError(f"{path} holds no key; put your own copy back, or move the file away so that a new one is made") from error
    if not isinstance(found, rsa.RSAPrivateKey):
        raise WorkspaceError(f"{path} holds a key of another kind than RSA; move the file away so that a new one is made")
    return found


def _make(path: Path) -> None:
    """Write a new key; a crash leaves none or a whole one, and the first of two racers wins."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    plain = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(plain)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
