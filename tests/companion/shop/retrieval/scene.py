"""A small shelf, and an encoder whose vectors are planted, so that nearness is known."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from companion.shop.product import Product

SHELF = [
    Product("1", "Women's running shoes", category=("Shoes", "Running"), price=50.0, currency="USD"),
    Product("2", "Cotton bed sheet with pillow covers", category=("Home", "Linen")),
    Product("3", "Trail running vest", description="holds two bottles", category=("Sport", "Running")),
    Product("4", "Ceramic mug", brand="Muggo", category=("Home", "Mugs")),
    Product("5", "Ceramic mug", brand="Muggo", category=("Home", "Mugs")),
    Product("6", "Wall clock", attributes={"colour": "teal", "availability": "in stock"}),
]


class PlantedEncoder:
    """Texts with the same first word have vectors close to each other; counts what it was asked."""

    name = "planted"
    dimension = 16

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        return np.array([self._one(text) for text in texts], np.float32).reshape(len(texts), self.dimension)

    def _one(self, text: str) -> np.ndarray:
        mixed = _random(text.lower().split()[0], self.dimension) + 0.1 * _random(text, self.dimension)
        return mixed / np.linalg.norm(mixed)


def _random(text: str, dimension: int) -> np.ndarray:
    seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
    found = np.random.default_rng(seed).normal(size=dimension)
    return found / np.linalg.norm(found)


def unit_vectors(n: int, dimension: int, seed: int = 0) -> np.ndarray:
    """Clustered like the vectors of a catalogue are: n/20 kinds with their variants."""
    random = np.random.default_rng(seed)
    kinds = random.normal(size=(max(1, n // 20), dimension))
    found = kinds[random.integers(0, len(kinds), n)] + 0.6 * random.normal(size=(n, dimension))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)
