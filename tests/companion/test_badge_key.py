"""The key for badges: made once, private, and a broken one is not replaced silently."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from companion import badge_key
from companion.quality.badges import fingerprint
from companion.store import Store
from companion.store.workspace import WorkspaceError


def test_the_key_is_made_once_and_is_readable_by_the_user_alone(store: Store) -> None:
    first, again = badge_key.signing_key(store.workspace), badge_key.signing_key(store.workspace)
    assert fingerprint(first) == fingerprint(again)
    assert first.key_size == badge_key.BITS
    path = badge_key.path_of(store.workspace)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.glob("*badge*")] == [path.name]


def test_a_broken_key_or_one_of_another_kind_is_said_and_stays(store: Store) -> None:
    path = badge_key.path_of(store.workspace)
    path.write_text("nonsense")
    with pytest.raises(WorkspaceError, match="holds no key"):
        badge_key.signing_key(store.workspace)
    assert path.read_text() == "nonsense"
    unknown = base64.b64encode(bytes.fromhex("300e020100300506032a030404020500")).decode()  # a key of the kind 1.2.3.4
    path.write_text(f"-----BEGIN PRIVATE KEY-----\n{unknown}\n-----END PRIVATE KEY-----\n")
    with pytest.raises(WorkspaceError, match="holds no key"):
        badge_key.signing_key(store.workspace)
    other = ec.generate_private_key(ec.SECP256R1())
    path.write_bytes(other.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    with pytest.raises(WorkspaceError, match="another kind than RSA"):
        badge_key.signing_key(store.workspace)
