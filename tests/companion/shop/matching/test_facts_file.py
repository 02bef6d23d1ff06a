"""Facts kept on the disk are those that would be read from the products."""

from __future__ import annotations

from pathlib import Path

import pytest
import zstandard

from companion.shop import demo
from companion.shop.matching import facts_file
from companion.shop.matching.facts import facts_of
from companion.shop.matching.facts_file import NAME, kept_facts
from companion.shop.product import Product

SHELF = (*demo.products()[:60], Product("x", "Boys' T-Shirt 6-8 years, not leather", attributes={"colour": "Red"}))


def test_a_second_start_reads_the_same_facts_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = kept_facts(tmp_path, SHELF)
    assert first == [facts_of(product) for product in SHELF]
    monkeypatch.setattr(facts_file, "facts_of", lambda product: pytest.fail(f"{product.title} was read again"))
    assert kept_facts(tmp_path, SHELF) == first


def test_only_what_is_new_or_changed_is_read_again(tmp_path: Path) -> None:
    kept_facts(tmp_path, SHELF)
    changed = (*SHELF[1:], Product("y", "Steel Water Bottle"), Product("x", "Girls' Sandals", attributes={"colour": "Blue"}))
    assert kept_facts(tmp_path, changed) == [facts_of(product) for product in changed]
    assert kept_facts(tmp_path, changed[:3]) == [facts_of(product) for product in changed[:3]]


@pytest.mark.parametrize("content", [b"", b"no zstd", zstandard.ZstdCompressor().compress(b'"other word lists"\n["key", {}]')])
def test_a_broken_file_or_one_of_other_word_lists_is_made_again(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert kept_facts(tmp_path, SHELF) == [facts_of(product) for product in SHELF]
    assert (tmp_path / NAME).read_bytes() != content


def test_a_folder_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    assert kept_facts(tmp_path / "not there", SHELF) == [facts_of(product) for product in SHELF]
