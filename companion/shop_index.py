"""The catalogue ready to be searched: its products, and the index files in the workspace brought up to date with them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from companion import shop_rates
from companion.shop import demo
from companion.shop.currencies import Rates
from companion.shop.demand import Nouns, nouns_of
from companion.shop.matching.facts_file import kept_facts
from companion.shop.product import Product
from companion.shop.ranking import Ranker
from companion.shop.retrieval import Retriever
from companion.shop.retrieval.dense import Dense, Metric, load_index, rows_of
from companion.shop.retrieval.encoding import TextEncoder, encode_missing
from companion.shop.retrieval.lexical import Lexical
from companion.shop.retrieval.texts import dense_text
from companion.shop.retrieval.vectors import VectorFile, text_hash
from companion.shop_encoders import served
from companion.store import Store, catalogue
from companion.store.file_lock import exclusive

FOLDER = "shop"
"""In the workspace: vectors and indexes. All of it can be made again from the database."""
DEFAULT_CURRENCY = "USD"
"""Of bare amounts in a query while no product has a currency."""
SLACK = 5_000
"""Vectors that no product has any more are kept up to this many beside as many as are in use: a withdrawn product may come back."""

_DEMO = " demo "

Seen = Callable[[int, int], object]


@dataclass(frozen=True)
class Shop:
    """What is searched. `currency` is that of most prices; `version` changes with the catalogue; `encoder` is the caller's to close."""

    products: Sequence[Product]
    retriever: Retriever
    currency: str
    version: str
    demo: bool
    encoder: TextEncoder
    unread: int = 0
    """Texts without a vector yet: they are found by their words alone."""

    rates: Rates = field(default_factory=Rates)
    folder: Path | None = None
    """Where facts of the products are kept; None reads them from the products each time."""

    @cached_property
    def ranker(self) -> Ranker:
        """Ranks this catalogue; made on first use. Products whose facts are not kept yet take about 0.2 ms each."""
        facts = kept_facts(self.folder, self.products) if self.folder else None
        return Ranker(self.products, self.retriever, self.currency or DEFAULT_CURRENCY, self.rates, facts)

    @cached_property
    def nouns(self) -> Nouns:
        """Words that name things one can buy, of these products and the demo ones; made on first use."""
        return nouns_of([*self.products, *demo.products()])

    @property
    def stored(self) -> str:
        """Version of what the database held when this was opened."""
        return self.version.partition(_DEMO)[0]


def open_shop(
    store: Store, encoder: TextEncoder | None = None, seen: Seen = lambda *_: None, *, metric: Metric = "ip", encode: bool = True
) -> Shop:
    """The catalogue with both legs; texts that were not encoded yet are encoded first, and `seen` is told (done, all).

    Args:
        store: the workspace.
        encoder: of products and queries; the one in use where left out.
        seen: progress of encoding.
        metric: "l2" compares by distance in place of inner product; the order is the same.
        encode: False leaves texts without a vector to the lexical leg.
    """
    encoder = encoder or served(store)
    version, products, currency, is_demo = _catalogue(store)
    folder = store.workspace.root / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    texts = [dense_text(product) for product in products]
    file = vectors_of(store, encoder)
    if encode:
        with exclusive(folder / "vectors.lock"):  # the companion and an import may both be at it, for minutes
            file = VectorFile(file.path, file.dimension)
            encode_missing(file, encoder, texts, seen)
            with exclusive(folder / "index.lock"):
                _compact(file, texts)
    with exclusive(folder / "index.lock"):
        index = load_index(folder / f"dense-{metric}.faiss", file, encoder.name, metric) if len(file) else None
        lexical = _lexical(folder, version, products)
    rows = rows_of(file, texts)
    dense = Dense(file, rows, index, metric) if index is not None else None
    retriever = Retriever(products, lexical, dense, encoder)
    return Shop(products, retriever, currency, version, is_demo, encoder, int((rows < 0).sum()), shop_rates.rates(store), folder)


def vectors_of(store: Store, encoder: TextEncoder) -> VectorFile:
    """What this encoder has read of the workspace's texts so far."""
    return VectorFile(store.workspace.root / FOLDER / f"vectors-{encoder.name}.bin", encoder.dimension)


def version_of(store: Store) -> str:
    """Another one whenever the catalogue that is searched has changed."""
    with store.reading() as connection:
        return catalogue.version(connection)


def _catalogue(store: Store) -> tuple[str, list[Product], str, bool]:
    """(version, products, main currency, demo): the user's own products that can be had, and the demo catalogue while there are none."""
    with store.reading() as connection:
        connection.execute("BEGIN")
        version, products, currency = catalogue.version(connection), catalogue.products(connection), catalogue.main_currency(connection)
        connection.execute("ROLLBACK")
    if products:
        return version, [product for product in products if product.in_stock], currency, False
    digest = hashlib.blake2b(demo.FILE.read_bytes(), digest_size=8).hexdigest()
    return f"{version}{_DEMO}{digest}", demo.products(), demo.CURRENCY, True


def _compact(file: VectorFile, texts: Sequence[str]) -> None:
    """Drop vectors that no product has any more once they are most of the file."""
    live = list(dict.fromkeys(text_hash(text) for text in texts))
    if len(file) > SLACK + 2 * len(live):
        file.keep([digest for digest in live if digest in file.row_of])


def _lexical(folder: Path, version: str, products: Sequence[Product]) -> Lexical:
    try:
        return Lexical.load(folder, version)
    except (OSError, ValueError, KeyError):
        lexical = Lexical.build(products)
        lexical.save(folder, version)
        return lexical
