"""How much each retrieval leg should count: nDCG@10 of our own queries over the demo catalogue, share by share.

    python -m bench.shop_blend

tests/exams/shop_queries.jsonl holds 67 queries in three styles (a caption with comments, plain, a circumstance). A product whose title
matches `wanted` is graded 3, another one of the category `near` 1; gain is 2^grade - 1. Nothing of the evaluation data is read.
"""

from __future__ import annotations

import json
import math
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from companion.shop import demo
from companion.shop.product import Product
from companion.shop.retrieval import blend as blending
from companion.shop.retrieval.dense import Dense, load_index, rows_of
from companion.shop.retrieval.encoding import SentenceEncoder, encode_missing
from companion.shop.retrieval.lexical import Lexical
from companion.shop.retrieval.texts import dense_text
from companion.shop.retrieval.vectors import VectorFile

QUERIES = Path(__file__).parent.parent / "tests" / "exams" / "shop_queries.jsonl"
STYLES = ("caption", "plain", "circumstance")
SHARES = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0)
"""Of the dense leg; 0 is BM25 alone, 1 vectors alone."""


def grades(query: dict[str, str], products: Sequence[Product]) -> list[int]:
    """0, 1 or 3 for each product."""
    wanted, near = re.compile(rf"\b(?:{query['wanted']})", re.I), query["near"].lower()
    return [3 if wanted.search(product.title) else int(near in " > ".join(product.category).lower()) for product in products]


def ndcg(found: Sequence[int], graded: Sequence[int], k: int = 10) -> float:
    """nDCG@k of places in the order found."""

    def gain(ordered: Sequence[int]) -> float:
        return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(ordered[:k]))

    return gain([graded[place] for place in found]) / gain(sorted(graded, reverse=True))


def main() -> None:
    products = demo.products()
    queries = [json.loads(line) for line in QUERIES.read_text("utf-8").splitlines()]
    encoder, lexical = SentenceEncoder(), Lexical.build(products)
    with tempfile.TemporaryDirectory() as folder:
        file = VectorFile(Path(folder) / "v.bin", encoder.dimension)
        texts = [dense_text(product) for product in products]
        encode_missing(file, encoder, texts)
        dense = Dense(file, rows_of(file, texts), load_index(Path(folder) / "d.faiss", file, encoder.name), "ip")
        everything = np.arange(len(products))
        legs = [(dense.cosines(encoder.encode([q["query"]])[0], everything), lexical.scores(q["query"])) for q in queries]
    encoder.close()
    table = Table(title=f"nDCG@10, {len(queries)} queries, {len(products)} products")
    for name in ("dense share", *STYLES, "all"):
        table.add_column(name, justify="right")
    for share in SHARES:
        scores = [
            ndcg(np.argsort(-blending.blend(near, worded, share), kind="stable")[:10].tolist(), grades(query, products))
            for query, (near, worded) in zip(queries, legs, strict=True)
        ]
        parts = [
            [score for score, query in zip(scores, queries, strict=True) if style in (query["style"], "all")] for style in (*STYLES, "all")
        ]
        table.add_row(f"{share:.1f}", *(f"{np.mean(part):.3f}" for part in parts))
    Console().print(table)


if __name__ == "__main__":
    main()
