"""Models: the model in use, how it was measured, and where it is weak."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import render_template
from markdown_it import MarkdownIt
from markupsafe import Markup

from companion.dashboard.blueprint import pages
from companion.dashboard.extras import TRAIN, Extra
from companion.dashboard.model_card import Card, read_card
from companion.intent.model import SHIPPED
from companion.services import connection, services
from companion.store import labels

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "html_block", "html_inline"])
"""Raw HTML stays text and pictures stay out: a card may come with a model that somebody else trained."""


@dataclass(frozen=True)
class ModelsView:
    """What the page shows; `card` and `prose` are None where the model brought none."""

    model: str
    card: Card | None
    prose: Markup | None
    corrections: int
    train: Extra


@pages.get("/models")
def models_page() -> str:
    """The page."""
    model = services().model.id
    ours = _manifest(SHIPPED).get("id") == model
    view = ModelsView(
        model=model,
        card=read_card(SHIPPED / "card.json") if ours else None,
        prose=_prose(SHIPPED / "MODEL_CARD.md") if ours else None,
        corrections=labels.count(connection("reader")),
        train=TRAIN,
    )
    return render_template("models.html", view=view)


def _prose(path: Path) -> Markup | None:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError:
        return None
    body = text.split("\n", 1)[1] if text.startswith("# ") else text  # the page has its own heading
    return Markup(_MARKDOWN.render(body))  # noqa: S704 - markdown-it escapes raw HTML (html: False)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest
