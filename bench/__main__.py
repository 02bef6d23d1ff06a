"""Run every benchmark and print one table. Exit status 1 when a target is missed."""

from __future__ import annotations

import importlib
import sys

from bench.table import show

PARTS = (
    "scoring",
    "busy_scoring",
    "model_speed",
    "batch",
    "adaptation",
    "retraining",
    "comments_page",
    "annotate",
    "extension",
    "collecting",
    "intake",
    "labeling_queue",
    "three_writers",
    "stages",
    "detectors",
    "rescore",
    "quality_video",
    "agreement",
    "label_export",
    "shop",
    "shop_million",
    "shop_cards",
    "shop_shoppers",
    "hashtags",
)

MODULES = {"stages": "quality_stages", "detectors": "quality_detectors", "rescore": "quality_rescore", "hashtags": "hashtags_scale"}
"""Parts whose module has another name."""


def main(names: tuple[str, ...]) -> int:
    """Measure the named parts (all by default)."""
    rows = [row for name in names or PARTS for row in importlib.import_module(f"bench.{MODULES.get(name, name)}").rows()]
    show(rows)
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:])))
