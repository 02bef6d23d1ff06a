"""The model card: `card.json` for programs, `MODEL_CARD.md` for people, written from the same figures.

    buysignal evaluate GRADED.jsonl --json > evaluation.json
    python -m companion.training.card companion/weights/intent evaluation.json

adds a measurement on graded comments to the card of the model that was measured.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

Card = dict[str, Any]

_COLUMNS = {
    "n": "comments",
    "share_high": "share high",
    "f1_high": "F1 high",
    "pr_auc": "PR-AUC",
    "roc_auc": "ROC-AUC",
    "qwk": "QWK",
    "mae": "MAE",
    "ece": "ECE",
    "coverage": "in interval",
    "mean_width": "width",
    "unsure": "unsure",
    "f1_high_sure": "F1 of sure",
    "signal_macro_f1": "signal F1",
    "sentiment_macro_f1": "sentiment F1",
}

_TEXT = """# Model card: {id}

**What it does.** Reads one comment with the video's caption or product and gives the buying-intent grade 1-10 of the
[labeling guide](../../../docs/labeling-guide.md), an interval, a calibrated probability of grade 7 or more, a signal and a sentiment.

**What it is.** {base}, fine-tuned with an ordinal, a signal and a sentiment head, int8, stacked with a lexical leg. Trained {trained}.

**What it learned from.** {lines:,} comments invented and graded for this purpose, {high:,} of them high intent, in {groups} threads about
{products} kinds of product ({languages}). No comment of a real person was used for training.

**What it was checked on.** A quarter of the invented comments, with products and threads that the checked copy had not seen, set its
calibration and intervals. The real comments below were never trained on.

{tables}

High means grade 7 or more; F1 at probability 0.5. "In interval" is the share of comments whose true grade lies in the interval shown.

**What it gets wrong.** Real comments are harder than invented ones. Short replies without their thread, indirect mentions of owning
something, tweets full of names, and languages with few training lines are weakest: the tables say by how much. One careful reader
graded the real comments, without a second one. Of tiny sources the figures say little. The interval is checked on invented comments;
on real ones see "in interval".

**What it must not be used for.** Deciding about persons. A grade is about a comment, not about who wrote it.
"""


def write_card(folder: Path, card: Card) -> None:
    """Write both forms of a card into a model folder (which holds `model.json`)."""
    (folder / "card.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    (folder / "MODEL_CARD.md").write_text(render(card, _id(folder)), encoding="utf-8")


def add_evaluation(folder: Path, evaluation: dict[str, Any]) -> None:
    """Add what `buysignal evaluate --json` said to the model's card.

    Raises:
        ValueError: the evaluation is of another model.
    """
    if evaluation["model"] != _id(folder):
        raise ValueError(f"the evaluation is of model {evaluation['model']}, the card of {_id(folder)}; evaluate again")
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    write_card(folder, {**card, "real_comments": evaluation["parts"]})


def render(card: Card, ident: str) -> str:
    """The card as Markdown."""
    data = card["data"]
    languages = ", ".join(f"{lang} {n:,}" for lang, n in data["languages"].items())
    tables = [_table("Held-out invented comments", {"held out": card["held_out"]})]
    if "real_comments" in card:
        tables.append(_table("Real comments", card["real_comments"]))
    parts = {"id": ident, "base": card["base"], "trained": card["trained"], "languages": languages, "tables": "\n\n".join(tables)}
    return _TEXT.format(**parts, **{key: data[key] for key in ("lines", "high", "groups", "products")})


def _table(title: str, rows: dict[str, dict[str, Any]]) -> str:
    used = [key for key in _COLUMNS if any(metrics.get(key) is not None for metrics in rows.values())]
    head = "| | " + " | ".join(_COLUMNS[key] for key in used) + " |"
    rule = "|---|" + "---|" * len(used)
    body = [f"| {name} | " + " | ".join("-" if m.get(key) is None else str(m[key]) for key in used) + " |" for name, m in rows.items()]
    return "\n".join([f"**{title}**", "", head, rule, *body])


def _id(folder: Path) -> str:
    return str(json.loads((folder / "model.json").read_text(encoding="utf-8"))["id"])


if __name__ == "__main__":
    add_evaluation(Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")))
