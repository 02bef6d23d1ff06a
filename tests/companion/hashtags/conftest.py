"""An atlas over a small invented store, with the real sentence encoder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from companion.hashtag_atlas import SENTENCE, encoder_id
from companion.hashtags import Atlas, Vectors
from companion.hashtags.phrase_vectors import shipped_vectors
from companion.intent.encoder import Encoder
from tests.companion.hashtags.scene import posts


@pytest.fixture(scope="session")
def vectors() -> Iterator[Vectors]:
    """The shipped sentence encoder; what one test encoded, the next one has."""
    encoder = Encoder(SENTENCE)
    yield Vectors(encoder, shipped_vectors(encoder_id()))
    encoder.close()


@pytest.fixture(scope="session")
def atlas(vectors: Vectors) -> Atlas:
    """Over the invented posts."""
    return Atlas(posts(), vectors)


@pytest.fixture(scope="session")
def empty(vectors: Vectors) -> Atlas:
    """Over a store without videos."""
    return Atlas([], vectors)
