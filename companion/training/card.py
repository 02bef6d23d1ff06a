"""The model card: `card.json` for programs, `MODEL_CARD.md` for people, written from the same figures.

    buysignal evaluate GRADED.jsonl --json > evaluation.json
    python -m companion.training.card companion/weights/intent evaluation.json

adds a measurement on graded comments to the card of the model that was measured.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
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

_BAR = 40  # letters of a share of 1

_TEXT = """# Model card: {id}

**What it does.** Reads one comment with the video's caption or product and gives the buying-intent grade 1-10 of the
labeling guide, an interval, a calibrated probability of grade 7 or more (p_high), a signal, a sentiment, an emotion, and
whether the comment is toxic or spam.

**What it is.** {base}, {method}, stacked with a lexical leg. Trained {trained}.

**What it learned from.** {lines:,} comments, {high:,} of them high intent, in {groups:,} threads about {products:,} kinds of
product ({languages}). {origin} Data set version: {dataset}.

**What it was checked on.** {checked}

{tables}

High means grade 7 or more; F1 at p_high 0.5. "In interval" is the share of comments whose true grade lies in the interval shown.
{pairs}
{reliability}
**What it gets wrong.** Real comments are harder than invented ones, so the exam figures flatter. Short replies without their thread,
indirect mentions of owning something, tweets full of names, and languages with few training lines are weakest: the tables say by how
much. One careful reader graded the real comments, without a second one. Of tiny sources the figures say little.

**What it must not be used for.** Deciding about persons. A grade is about a comment, not about who wrote it.
"""

_METHODS = {
    "fine-tuned": "fine-tuned with five linear heads, int8",
    "frozen": "left as it is, with five linear heads trained on its vectors",
}

_SEED_ONLY = (
    "All of them were invented and graded for this purpose; no comment of a real person was used. The emotion, toxicity and spam "
    "heads learned from the lines that carry those labels. Only labels that you add yourself are about TikTok's real comments."
)
_WITH_OWN = "{own:,} of them are real comments that you or your team labelled; the others were invented and graded for this purpose."

_CHECKED = (
    "The exam was written and graded without sight of the training comments or the model, and is never trained on. Its figures and "
    "those of the real comments guided choices (the two stacks, the weights behind the signal, the width of intervals), so they "
    "flatter a little. "
)
_CALIBRATED = {
    "fine-tuned": "A quarter of the invented comments, with products and threads that the checked copy had not seen, set calibration "
    "and intervals.",
    "frozen": "Calibration and intervals were set on every training comment, read by one of four copies that had seen neither its "
    "product nor its thread.",
}
_CHECKED_REAL = " The real comments below were never trained on."


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
    own, method = data.get("own", 0), card.get("method", "fine-tuned")
    parts = {
        "id": ident,
        "base": card["base"],
        "method": _METHODS[method],
        "trained": card["trained"],
        "dataset": card["dataset"],
        "languages": ", ".join(f"{lang} {n:,}" for lang, n in data["languages"].items()),
        "origin": _WITH_OWN.format(own=own) if own else _SEED_ONLY,
        "checked": _CHECKED + _CALIBRATED[method] + (_CHECKED_REAL if "real_comments" in card else ""),
        "tables": "\n\n".join(_table(title, rows) for title, rows in _tables(card)),
        "pairs": _pairs(card.get("contrast")),
        "reliability": _reliability(card.get("reliability", [])),
    }
    return _TEXT.format(**parts, **{key: data[key] for key in ("lines", "high", "groups", "products")})


def _tables(card: Card) -> Iterator[tuple[str, dict[str, dict[str, Any]]]]:
    if "real_comments" in card:
        yield "Real comments", card["real_comments"]
    if "own_labels" in card:
        yield "Your labels kept aside", {"all": card["own_labels"]}
    if "exam" in card:
        yield "Exam", card["exam"]
    if "held_out" in card:
        yield "Held-out training comments", {"held out": card["held_out"]}


def _pairs(contrast: dict[str, Any] | None) -> str:
    if not contrast:
        return ""
    return f"\nOf {contrast['pairs']} pairs of comments that differ in little, {contrast['ordered_right']:.1%} are ordered right.\n"


def _reliability(bins: list[dict[str, float]]) -> str:
    """Calibration as a picture in letters: how often comments of a p_high were high indeed."""
    if not bins:
        return ""
    rows = [f"{b['said']:5.2f} {b['was']:5.2f} {b['n']:6d}  {'#' * round(b['was'] * _BAR)}" for b in bins]
    return "\n".join(["**Calibration on the exam**", "", "```", " said   was      n", *rows, "```", ""])


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
