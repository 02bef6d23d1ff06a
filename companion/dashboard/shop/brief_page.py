"""The targeting brief of a product, as a page and as a file for an ad manager."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, render_template, request

from companion.dashboard import words
from companion.dashboard.blueprint import pages
from companion.dashboard.hashtags.saving import file_of
from companion.dashboard.shop.keeper import Kept, shared
from companion.dashboard.shop.words import prices_asked
from companion.exporting import audience_brief
from companion.exporting.tables import Column, Value
from companion.security.problems import RefusalError
from companion.services import services
from companion.shop.audience import Brief
from companion.shop.demand import Need

MOST = 500
COUNTING = "Comments are still being counted; try again in a moment."

COLUMNS = (Column("part"), Column("what"), Column("close_to_buying", "integer"), Column("videos", "integer"))


@dataclass(frozen=True)
class BriefView:
    """What the page shows; `brief` is None before a product is named or while comments are being counted."""

    product: str
    brief: Brief | None = None
    at: int = 0
    old: bool = False
    counting: bool = False
    problem: str = ""

    languages = words.LANGUAGES

    def prices(self, need: Need) -> list[str]:
        """Spans of the prices named."""
        return prices_asked(need.prices)


@pages.get("/shop/brief")
def shop_brief_page() -> str:
    """The brief of the product whose id, or whose name in words, stands in the address."""
    product = _asked()
    if not product:
        return render_template("shop/brief.html", view=BriefView(""))
    try:
        kept = _kept(product)
    except ValueError as error:
        return render_template("shop/brief.html", view=BriefView(product, problem=str(error)))
    view = BriefView(product, counting=True) if kept is None else BriefView(product, kept.value, kept.at, kept.old)
    return render_template("shop/brief.html", view=view)


@pages.get("/shop/brief.<kind>")
def save_brief(kind: str) -> Response:
    """The brief as a text to read (md), for programs (json), or as a table."""
    try:
        kept = _kept(_asked())
    except ValueError as error:
        raise RefusalError(404, "not-found", str(error)) from error
    if kept is None:
        raise RefusalError(503, "busy", COUNTING, retry_after=2)
    found = kept.value
    if kind in ("md", "json"):
        text = audience_brief.as_markdown(found) if kind == "md" else audience_brief.as_json(found)
        media = "text/markdown; charset=utf-8" if kind == "md" else "application/json"
        name = f'attachment; filename="buysignal-brief.{kind}"'
        return Response(text.encode("utf-8", "replace"), content_type=media, headers={"Content-Disposition": name})
    return file_of("brief", kind, COLUMNS, _rows(found))


def _asked() -> str:
    return " ".join(request.args.get("product", "").split())[:MOST]


def _kept(product: str) -> Kept[Brief] | None:
    return shared().briefs.answer((services().model.id, product))


def _rows(found: Brief) -> list[list[Value]]:
    lines: list[tuple[str, str, int | None, int | None]] = [
        *(("need", one.name, one.high, len(one.videos)) for one in found.needs),
        *(("hashtag", f"#{one.name}", one.high, one.videos) for one in found.hashtags),
        *(("interest", name, None, None) for name, _ in found.interests),
        *(("creator category", name, None, None) for name, _ in found.creator_categories),
        *(("creator", f"@{one.handle}", one.high, one.videos) for one in found.creators),
        *(("language", code, count, None) for code, count in found.languages),
        *(("search word", word, None, None) for word in found.search_words),
        *(("video", audience_brief.link(one) or f"{one.video.platform} {one.video.id}", one.high, 1) for one in found.videos),
        ("note", found.note, None, None),
    ]
    return [list(line) for line in lines]
