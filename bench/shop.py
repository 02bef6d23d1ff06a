"""Import of a large feed, and the time from a query's text to a ranked list in a catalogue of 13,000 products.

python -m bench shop
"""

from __future__ import annotations

import csv
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.table import Row
from companion.catalogue_intake import Order, take_in
from companion.catalogue_report import CatalogueReport
from companion.shop import demo
from companion.shop.catalogue import Feed
from companion.shop.product import Product
from companion.shop.ranking import Ranker
from companion.shop.retrieval import Retriever
from companion.shop.retrieval.dense import Dense, load_index, rows_of
from companion.shop.retrieval.encoding import SentenceEncoder
from companion.shop.retrieval.lexical import Lexical
from companion.shop.retrieval.texts import dense_text
from companion.shop.retrieval.vectors import VectorFile, text_hash
from companion.store import open_store

FEED_ROWS, PRODUCTS, ROUNDS = 100_000, 13_000, 3
QUERIES = (
    "yoga mat",
    "running shoes for women under 60",
    "a gift for my 10-year-old son who likes dinosaurs, not plastic, below 30",
    "cozy bedroom tour 🌙✨ #roomdecor #cozyroom | where is the lamp from?? | omg the moon lamp on the nightstand, need",
    "wireless headphones",
    "stainless steel lunch box for school, no plastic",
    "warm gloves for my dad whose hands are always cold",
    "5am run club 🏃 #runtok #marathontraining | bro what shoes are those | comfy for long runs?",
)


def rows() -> Iterator[Row]:
    """Import, then searches."""
    yield _import()
    yield from _searches()


def invented(count: int) -> list[Product]:
    """The demo catalogue's products over and over, each time with other words added."""
    random = np.random.default_rng(0)
    base = demo.products()
    extra = [word for product in base for word in product.title.split()]
    found = []
    for number in range(count):
        product = base[number % len(base)]
        words = " ".join(extra[place] for place in random.integers(0, len(extra), 4))
        found.append(replace(product, id=f"p{number}", title=f"{product.title} {words}"))
    return found


def _import() -> Row:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feed.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["id", "title", "description", "brand", "category", "price", "currency", "link", "image_link"])
            for one in invented(FEED_ROWS):
                link = f"https://shop.example/{one.id}"
                row = [
                    one.id,
                    one.title,
                    one.description,
                    one.brand,
                    " > ".join(one.category),
                    one.price,
                    one.currency,
                    link,
                    f"{link}.jpg",
                ]
                writer.writerow(row)
        store = open_store(Path(folder) / "workspace")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begun = time.perf_counter()
        with CatalogueReport() as report, Feed(path) as feed:
            taken = take_in(store, feed.rows(), Order(path.name, feed.kind, feed.columns), report)
        seconds = time.perf_counter() - begun
        assert taken.saved.new == FEED_ROWS
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        figure = f"{seconds:.1f} s, {grown:.0f} MB more memory ({path.stat().st_size / 2**20:.0f} MB file)"
        return Row(f"import of {FEED_ROWS:,} rows of a feed, without reading their texts", figure, "<= 60 s", seconds <= 60)


def _searches() -> Iterator[Row]:
    products = invented(PRODUCTS)
    encoder = SentenceEncoder()
    with tempfile.TemporaryDirectory() as folder:
        file = VectorFile(Path(folder) / "v.bin", encoder.dimension)
        texts = [dense_text(product) for product in products]
        hashes = list(dict.fromkeys(map(text_hash, texts)))
        vectors = np.random.default_rng(1).standard_normal((len(hashes), encoder.dimension), np.float32)
        file.add(hashes, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))  # a search takes as long whatever they are
        dense = Dense(file, rows_of(file, texts), load_index(Path(folder) / "d.faiss", file, encoder.name), "ip")
        retriever = Retriever(products, Lexical.build(products), dense, encoder)
        ranker = Ranker(products, retriever)
        times = []
        for number in range(ROUNDS + 1):
            for query in QUERIES:
                begun = time.perf_counter()
                ranker.rank(query, 10)
                if number:
                    times.append(time.perf_counter() - begun)
    encoder.close()
    p95 = float(np.quantile(times, 0.95)) * 1000
    yield Row(
        f"a query understood, searched and ranked among {PRODUCTS:,} products, 95th percentile", f"{p95:.0f} ms", "<= 25 ms", p95 <= 25
    )
