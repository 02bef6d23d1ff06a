"""python -m companion.training.slots [--out FOLDER] [--seed N]: train the tagger of shopping queries anew."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

from companion.shop.understanding.tagger import SHIPPED
from companion.training.slots.lines import BadLineError
from companion.training.slots.network import Recipe
from companion.training.slots.run import run


def main() -> int:
    """0 when the tagger was written, 2 when a line cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m companion.training.slots", description="Train the tagger of shopping queries.")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="folder to write (default: the one that ships)")
    parser.add_argument("--seed", type=int, default=0, help="same seed, same tagger (default: 0)")
    given = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    try:
        print(f"wrote {run(given.out, Recipe(seed=given.seed))} to {given.out}")
    except BadLineError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
