"""Questions over a catalogue with graded products, and how well an encoder finds them: nDCG@10 of what the shop would show."""

from __future__ import annotations

import json
import math
import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from companion.shop import demo
from companion.shop.matching.facts import Facts, facts_of
from companion.shop.product import Product
from companion.shop.ranking import Ranker
from companion.shop.retrieval import Hit, Retriever, Strategy
from companion.shop.retrieval.dense import Dense, load_index, rows_of
from companion.shop.retrieval.encoding import TextEncoder, encode_missing
from companion.shop.retrieval.lexical import Lexical
from companion.shop.retrieval.texts import dense_text
from companion.shop.retrieval.vectors import VectorFile
from companion.shop.tuning.asks import Ask, grades, types_of

K = 10
STRATEGIES: tuple[Strategy, ...] = ("dense", "hybrid")
"""Of the retrieval alone."""
WHOLE = "whole search"
"""The search as it is used: queries understood, hard conditions, and "nothing fits", which counts as nothing found."""
EXAM_FILE = Path(__file__).parents[3] / "tests" / "exams" / "shop_queries.jsonl"
WANTED, NEAR = 3, 1
"""Grades of the exam: what was asked for, and others of its category."""

Scores = npt.NDArray[np.float64]
Seen = Callable[[int, int], object]


class MissingExamError(FileNotFoundError):
    """The exam did not come with this installation."""


@dataclass(frozen=True)
class Sheet:
    """Questions over a catalogue.

    Attributes:
        graded: for each question, places of products with grades above 0.
        groups: for each question, what is drawn together in a resample.
        currency: of bare amounts in a question.
    """

    products: Sequence[Product]
    facts: Sequence[Facts]
    lexical: Lexical
    queries: Sequence[str]
    graded: Sequence[dict[int, int]]
    groups: Sequence[str]
    currency: str

    def __len__(self) -> int:
        return len(self.queries)


def exam() -> Sheet:
    """67 questions written by hand over the demo catalogue.

    Raises:
        MissingExamError: the file is not there.
    """
    if not EXAM_FILE.is_file():
        raise MissingExamError(f"the exam {EXAM_FILE} is missing, so no encoder can be compared; run from a whole copy of BuySignal")
    rows = [json.loads(line) for line in EXAM_FILE.read_text(encoding="utf-8").splitlines() if line.strip()]
    products = demo.products()
    graded = [_examined(row["wanted"], row["near"], products) for row in rows]
    facts = [facts_of(product) for product in products]
    queries, idents = [row["query"] for row in rows], [row["id"] for row in rows]
    return Sheet(products, facts, Lexical.build(products), queries, graded, idents, demo.CURRENCY)


def kept_aside(asks: Sequence[Ask], products: Sequence[Product], facts: Sequence[Facts], currency: str) -> Sheet:
    """Questions kept aside over the user's own catalogue; those about one product type are drawn together."""
    types = types_of(products, facts)
    graded = [{int(place): int(found[place]) for place in np.flatnonzero(found)} for found in (grades(ask, facts, types) for ask in asks)]
    lexical, queries, groups = Lexical.build(products), [ask.query for ask in asks], [ask.type for ask in asks]
    return Sheet(products, facts, lexical, queries, graded, groups, currency)


def read(sheet: Sheet, encoder: TextEncoder, file: VectorFile, seen: Seen = lambda *_: None) -> dict[str, Scores]:
    """nDCG@10 [n] of every question, by strategy and for the whole search.

    Texts that `file` lacks are encoded into it first; `seen` is told (done, all).
    """
    texts = [dense_text(product) for product in sheet.products]
    encode_missing(file, encoder, texts, seen)
    with tempfile.TemporaryDirectory() as scratch:
        index = load_index(Path(scratch) / "dense.faiss", file, encoder.name)
        retriever = Retriever(sheet.products, sheet.lexical, Dense(file, rows_of(file, texts), index, "ip"), encoder)
        found: dict[str, Scores] = {}
        for strategy in STRATEGIES:
            found[strategy] = _scores(sheet, [retriever.search(query, K, strategy) for query in sheet.queries])
        ranker = Ranker(sheet.products, retriever, sheet.currency, facts=sheet.facts)
        ranked = [ranker.rank(query, K) for query in sheet.queries]
        found[WHOLE] = _scores(sheet, [one.hits if one.answerable else () for one in ranked])
    return found


def _scores(sheet: Sheet, hits: Sequence[Sequence[Hit]]) -> Scores:
    return np.array([ndcg([hit.place for hit in one], graded) for one, graded in zip(hits, sheet.graded, strict=True)], np.float64)


def ndcg(found: Sequence[int], graded: dict[int, int], k: int = K) -> float:
    """nDCG@k of places in the order found (gain 2^grade - 1); 0 where nothing is graded."""

    def gain(ordered: Sequence[int]) -> float:
        return sum(float(2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(ordered[:k]))

    best = gain(sorted(graded.values(), reverse=True))
    return gain([graded.get(place, 0) for place in found]) / best if best else 0.0


def _examined(wanted: str, near: str, products: Sequence[Product]) -> dict[int, int]:
    asked, around = re.compile(rf"\b(?:{wanted})", re.I), near.lower()
    graded = (
        (place, WANTED if asked.search(product.title) else NEAR if around in " > ".join(product.category).lower() else 0)
        for place, product in enumerate(products)
    )
    return {place: grade for place, grade in graded if grade}
