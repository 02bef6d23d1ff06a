"""A whole tuning made small: 96 products of the demo catalogue as the user's own, a tenth of the exam, a checkpoint after each step.

    python -m tests.companion.training.retrieval.small_run WORKSPACE

trains and stops in the middle of the fine-tuning, says so, and waits to be killed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from companion.shop import demo
from companion.shop.product import Product
from companion.shop.tuning import making
from companion.store import Store, catalogue, catalogue_imports, open_store
from companion.training import stopwatch
from companion.training.retrieval import contrastive, promotion, run, sheet
from companion.training.retrieval.contrastive import Recipe
from companion.training_progress import Progress

MIDDLE = "in the middle"
RECIPE = Recipe(batch=8, learning_rate=1e-4)
_DEMO = demo.products()  # before it is made short


def own_products(step: int = 6) -> list[Product]:
    """Every sixth product of the demo catalogue under an id of one's own."""
    return [Product(f"own-{place}", one.title, brand=one.brand, category=one.category) for place, one in enumerate(_DEMO[::step])]


def stock(store: Store, products: list[Product]) -> None:
    """Import products."""
    with store.writing() as connection:
        number = catalogue_imports.begin(connection, "own.csv", "table", {}, 1_000)
        catalogue.save(connection, products, number, 1_000)


def make_small(patch: Callable[[Any, str, Any], None], folder: Path) -> None:
    """Set everything small. `folder` takes the short exam and the short demo catalogue."""
    exam, shelf = folder / "exam.jsonl", folder / "demo.csv"
    exam.write_text("".join(f"{line}\n" for line in sheet.EXAM_FILE.read_text("utf-8").splitlines()[::8]), "utf-8")
    shelf.write_text("".join(f"{line}\n" for line in demo.FILE.read_text("utf-8").splitlines()[:60]), "utf-8")
    patch(sheet, "EXAM_FILE", exam)
    patch(demo, "FILE", shelf)
    patch(run, "RECIPE", RECIPE)
    patch(run, "MIN_LESSONS", 20)
    patch(run, "MIN_TYPES", 10)
    patch(promotion, "MIN_QUESTIONS", 5)
    patch(promotion, "MIN_TYPES", 3)
    patch(making, "MOST", 48)
    patch(making, "TOLD_EACH", 0)
    patch(contrastive, "CHECKPOINT_SECONDS", -1)
    patch(stopwatch, "WRITE_SECONDS", -1)


def _wait_in_the_middle(progress: Progress) -> None:
    if progress.stage == "fine-tuning" and progress.step >= 3:
        print(MIDDLE, flush=True)
        time.sleep(600)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        make_small(setattr, Path(scratch))
        run.train(open_store(Path(sys.argv[1])), promote=False, show=_wait_in_the_middle)
