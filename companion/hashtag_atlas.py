"""The atlas of a workspace: its posts and trees from the store, the shipped sentence encoder, and vectors kept between runs."""

from __future__ import annotations

import hashlib
import threading
from functools import cached_property
from pathlib import Path

from companion.hashtags import DEFAULT, Atlas, Category, Post, Taxonomy, TaxonomyError, Vectors, default_tree, read_taxonomy
from companion.hashtags.phrase_vectors import shipped_vectors
from companion.hashtags.vectors import Seen
from companion.intent.encoder import Encoder, PairEncoder
from companion.store import Store, clock, hashtag_posts, hashtag_vectors, taxonomies

SENTENCE = Path(__file__).with_name("weights") / "sentence"
"""The plain sentence encoder that ships."""

_BLOCK = 1 << 20


def encoder_id(folder: Path = SENTENCE) -> str:
    """Names the encoder's weights, so that vectors of other weights are never mixed in."""
    digest = hashlib.sha256()
    with (folder / "model.onnx").open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()[:16]


class SampleAtlas(Atlas):
    """An atlas of the invented sample: for a look around on pages that say so, and for nothing else."""

    @cached_property
    def blank(self) -> Atlas:
        """One of no video over the same vectors: tags are read by their words alone."""
        return Atlas((), self.vectors)


def without_sample(atlas: Atlas) -> Atlas:
    """What may be said of real hashtags: the atlas itself, or a blank one in place of the sample's."""
    return atlas.blank if isinstance(atlas, SampleAtlas) else atlas


def build_atlas(store: Store, encoder: PairEncoder, seen: Seen | None = None, *, or_sample: bool = False) -> Atlas:
    """Read the workspace's posts and build the atlas over them.

    The invented sample is left out; with `or_sample` it stands in while no other video is stored.
    """
    with store.reading() as connection:
        known = {**shipped_vectors(encoder_id()), **dict(hashtag_vectors.known(connection, encoder_id()))}
        invented = or_sample and not hashtag_posts.any_stored(connection)
        posts = [_post(row) for row in hashtag_posts.posts(connection, invented=invented)]
    return (SampleAtlas if invented and posts else Atlas)(posts, Vectors(encoder, known), seen)


def keep_vectors(store: Store, atlas: Atlas) -> None:
    """Store what was encoded since the atlas was built; the next one starts with it."""
    fresh, atlas.vectors.fresh = atlas.vectors.fresh, {}
    if fresh:
        with store.writing() as connection:
            hashtag_vectors.save(connection, encoder_id(), fresh)


def import_taxonomy(store: Store, file: Path, name: str) -> Taxonomy:
    """Read a tree from a file and store it under a name; one of the same name gives way.

    Raises:
        TaxonomyError: the tree or the name cannot be used; nothing is changed.
    """
    if name == DEFAULT or not name.strip():
        raise TaxonomyError(f'the name "{name}" is taken by the tree that ships; choose another --name')
    tree = read_taxonomy(file, name)
    rows = [taxonomies.StoredCategory(c.id, c.path, c.parent_id, c.children) for c in tree.categories]
    with store.writing() as connection:
        taxonomies.replace(connection, name, tree.source, rows, clock.now_ms())
    return tree


def find_taxonomy(store: Store, name: str | None = None) -> Taxonomy:
    """A tree by name; without a name the one imported last, or the one that ships.

    Raises:
        TaxonomyError: no such tree.
    """
    if name == DEFAULT:
        return default_tree()
    with store.reading() as connection:
        there = taxonomies.listed(connection)
        chosen = there[0] if name is None and there else next((tree for tree in there if tree.name == name), None)
        if chosen is None and name is None:
            return default_tree()
        if chosen is None:
            known = ", ".join([*(tree.name for tree in there), DEFAULT])
            raise TaxonomyError(f'there is no tree "{name}"; there are: {known}')
        rows = taxonomies.categories(connection, chosen.name)
    return Taxonomy(chosen.name, tuple(Category(row.id, row.path, row.parent_id, row.children) for row in rows), chosen.source)


class LiveAtlas:
    """One atlas for a running companion, built on first use and again when the store has changed and somebody asks for it.

    While nothing else is stored it is a `SampleAtlas`.

    Args:
        store: the workspace.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._encoder: PairEncoder | None = None
        self._atlas: Atlas | None = None
        self._stamp: tuple[int, int, int] | None = None
        self._trees: dict[tuple[str, int], Taxonomy] = {}

    def get(self, *, fresh: bool = False) -> Atlas:
        """The atlas; with `fresh` it is built anew if the store has changed since. Blocks while it is being built."""
        with self._lock:
            with self._store.reading() as connection:
                stamp = hashtag_posts.stamp(connection)
            if self._atlas is None or (fresh and stamp != self._stamp):
                self._encoder = self._encoder or Encoder(SENTENCE)
                self._atlas, self._stamp = build_atlas(self._store, self._encoder, or_sample=True), stamp
            return self._atlas

    def is_stale(self) -> bool:
        """Whether the store has changed since the atlas was built, or none was built yet."""
        with self._store.reading() as connection:
            return self._atlas is None or hashtag_posts.stamp(connection) != self._stamp

    def is_gone(self, atlas: Atlas) -> bool:
        """Whether an atlas was read from videos of which none is stored any more."""
        if not atlas.graph.posts:
            return False
        with self._store.reading() as connection:
            return not hashtag_posts.any_stored(connection, invented=isinstance(atlas, SampleAtlas))

    def forget(self) -> None:
        """Drop what was read and encoded, unsaved; the next call reads anew."""
        with self._lock:
            self._atlas = self._stamp = None

    def tree(self, name: str | None = None) -> Taxonomy:
        """A tree as `find_taxonomy` gives it, the same object until it is imported again, so that levels are encoded once.

        Raises:
            TaxonomyError: no such tree.
        """
        found = find_taxonomy(self._store, name)
        with self._store.reading() as connection:
            stored = taxonomies.find(connection, found.name)
        return self._trees.setdefault((found.name, stored.imported_at if stored else 0), found)

    def keep(self) -> None:
        """Store what was encoded."""
        if self._atlas is not None:
            keep_vectors(self._store, self._atlas)

    def close(self) -> None:
        """Free the encoder."""
        if self._encoder is not None:
            self._encoder.close()


def _post(row: hashtag_posts.StoredPost) -> Post:
    return Post(
        id=row.id,
        creator=f"{row.platform}:{row.creator_id}" if row.creator_id else "",
        tags=row.hashtags,
        caption=row.caption,
        sound=row.music_id,
        created_at=row.created_at,
        products=row.products,
        plays=row.plays,
        comments=row.comments,
        graded=row.graded,
        high=row.high,
    )
