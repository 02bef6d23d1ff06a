"""Facts of a catalogue kept beside its index, so that a start reads them in place of every title.

One zstd-packed file of JSON lines: a header with the hash of what makes facts out of titles (word lists and code), then a line a product,
keyed by a hash of what its facts are read from. Products that are new or changed are read anew; a file of other word lists is left out.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from functools import cache
from pathlib import Path
from typing import Any

import zstandard

from companion.shop import matching, understanding
from companion.shop.matching.audience import Audience
from companion.shop.matching.facts import Facts, facts_of, stems_around
from companion.shop.product import Product
from companion.shop.understanding.wish import AgeRange

NAME = "facts.jsonl.zst"
READ_FROM = ("colour", "color", "material", "size", "gender", "age_group")
"""Attributes that facts are read from."""
LEVEL = 1


def kept_facts(folder: Path, products: Sequence[Product]) -> list[Facts]:
    """Facts of each product, in order; the file in `folder` is brought up to date with them.

    A file that cannot be read is made again, one that cannot be written is done without.
    """
    kept = _read(folder / NAME)
    keys = [_key(product) for product in products]
    facts = []
    fresh = 0
    for key, product in zip(keys, products, strict=True):
        found = kept.get(key)
        if found is None:
            fresh += 1
            facts.append(facts_of(product))
        else:
            facts.append(_facts(found, product))
    if fresh or len(kept) != len(set(keys)):
        _write(folder / NAME, dict(zip(keys, facts, strict=True)).items())
    return facts


def _key(product: Product) -> str:
    attributes = [product.attributes.get(name, "") for name in READ_FROM]
    said = json.dumps([product.title, product.category, attributes], ensure_ascii=False)
    return hashlib.blake2b(said.encode("utf-8", "replace"), digest_size=12).hexdigest()


@cache
def _made_by() -> str:
    """Hash of the word lists and the code that facts come from."""
    digest = hashlib.blake2b(digest_size=12)
    for room in (matching, understanding):
        for folder in room.__path__:
            for path in sorted(Path(folder).rglob("*")):
                if path.suffix in {".py", ".txt"}:
                    digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> dict[str, list[Any]]:
    """Key -> stored row; empty where there is no file, or one that other word lists made."""
    try:
        lines = zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read().decode().splitlines()
        if not lines or json.loads(lines[0]) != _made_by():
            return {}
        rows = json.loads(f"[{','.join(lines[1:])}]")
        return {row[0]: row for row in rows if len(row) == 6 and len(row[2]) == 8}
    except (OSError, ValueError, TypeError, LookupError, zstandard.ZstdError):
        return {}


def _facts(row: list[Any], product: Product) -> Facts:
    _, kinds, audience, colours, materials, joined = row
    women, men, girls, boys, kids, babies, ages, open_ended = audience
    return Facts(
        kinds,
        Audience(women, men, girls, boys, kids, babies, AgeRange(*ages) if ages else None, open_ended),
        frozenset(colours),
        frozenset(materials),
        stems_around(product),
        joined,
    )


def _write(path: Path, facts: Iterable[tuple[str, Facts]]) -> None:
    rows = [
        json.dumps([key, one.kinds, astuple(one.audience), sorted(one.colours), sorted(one.materials), one.joined], ensure_ascii=False)
        for key, one in facts
    ]
    packed = zstandard.ZstdCompressor(LEVEL).compress("\n".join((json.dumps(_made_by()), *rows)).encode("utf-8", "replace"))
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(packed)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
