"""One creator closely, on one sheet to share, and two to four side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from flask import abort, flash, redirect, render_template, request, url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from companion.dashboard.blueprint import pages
from companion.dashboard.creator_badge import known_fingerprint
from companion.dashboard.creator_closely import Close, close
from companion.dashboard.creator_scores import of_scored
from companion.dashboard.creator_studio import report_of
from companion.dashboard.creators import learner
from companion.dashboard.creators_money import Cost, money
from companion.dashboard.creators_seen import Seen, of_key, see
from companion.dashboard.filters import Option
from companion.dashboard.progress import Progress, progress_of
from companion.dashboard.video_kinds import KINDS
from companion.quality.asks import Ask
from companion.quality.demand import Demand
from companion.quality.score import Score
from companion.quality.studio_rows import TRAFFIC
from companion.score_words import MEANING, WORDS, said
from companion.services import connection, services
from companion.store import clock, creators, quality_learned
from companion.store.creators import Creator
from companion.store.quality_shortlist import STATUSES, Listed
from companion.studio_import import StudioReport

LEAST, MOST = 2, 4
"""Creators side by side: more do not fit a screen."""
ASKS = 3
"""What is asked for or objected to most, of each creator side by side."""
ON_CARD = 5
"""Videos on the sheet to share."""


@dataclass(frozen=True)
class CreatorView:
    """What the pages show. `learning` says that the stored videos are being compared right now.

    `closely` is None where no video is stored, and on the sheet to share. `report`: what became of the last file of TikTok Studio.
    `fingerprint`: of the key that signs badges, "" before the first.
    """

    seen: Seen
    progress: Progress
    learning: bool
    made_at: int
    closely: Close | None = None
    report: StudioReport | None = None
    fingerprint: str = ""

    words = WORDS
    meaning = MEANING
    money = staticmethod(money)
    said = staticmethod(said)
    kinds = tuple(Option(value, label) for value, (label, _) in KINDS.items())
    statuses = STATUSES
    sources = tuple(TRAFFIC)

    @property
    def lacking(self) -> str:
        """What a partial score lacks, in a few words; "" for a whole one."""
        return of_scored(self.seen.scored).why if self.seen.scored else ""


@dataclass(frozen=True)
class Side:
    """What stands of one creator beside others: of what was read only what is shown, so that it can be kept."""

    creator: Creator
    name: str
    is_sample: bool
    demand: Demand | None
    score: Score | None
    asks: list[Ask]
    objections: list[Ask]
    entry: Listed | None
    cost: Cost | None
    kind_words: str

    depth = Seen.depth

    @classmethod
    def of(cls, seen: Seen) -> Side:
        """From a creator as read."""
        asked, held = seen.asks[:ASKS], seen.objections[:ASKS]
        return cls(seen.creator, seen.name, seen.is_sample, seen.demand, seen.score, asked, held, seen.entry, seen.cost, seen.kind_words)


@dataclass(frozen=True)
class CompareView:
    """Creators side by side."""

    seen: tuple[Side, ...]
    progress: Progress
    kind: str

    words = WORDS
    meaning = MEANING
    money = staticmethod(money)


@pages.app_template_filter("soft")
def soft(name: str) -> Markup:
    """A name as HTML that may break after its dots and underscores, so that a narrow column cuts no word.

    >>> soft("@lamp.and_<b>")
    Markup('@lamp.<wbr>and_<wbr>&lt;b&gt;')
    """
    return Markup(re.sub(r"([._])(?=.)", r"\1<wbr>", str(escape(name))))  # noqa: S704 - escaped just here


@pages.get("/creators/<platform>/<creator_id>")
def creator_page(platform: str, creator_id: str) -> str:
    """Score, demand and videos of one creator."""
    view = _view(platform, creator_id)
    closely = close(connection("reader"), view.seen)
    signed_by = known_fingerprint() if closely and closely.badge.earned else ""
    whole = replace(view, closely=closely, report=report_of(platform, creator_id), fingerprint=signed_by)
    return render_template("creator.html", view=whole)


@pages.get("/creators/<platform>/<creator_id>/card")
def creator_card(platform: str, creator_id: str) -> str:
    """The same on one sheet, to print or to send."""
    return render_template("creator_card.html", view=_view(platform, creator_id, ON_CARD))


@pages.get("/creators/compare")
def compare_page() -> str | Response:
    """Two to four creators side by side."""
    model, kind = services().model.id, _kind()
    database = connection("reader")
    chosen = list(dict.fromkeys(request.args.getlist("c")))
    found = [creator for key in chosen if (creator := of_key(database, key))]
    if not LEAST <= len(found) <= MOST:
        flash(f"Choose {LEAST} to {MOST} creators to compare; {len(found)} {'is' if len(found) == 1 else 'are'} chosen.", "bad")
        return redirect(url_for("dashboard.creators_page", kind=kind or None), code=303)
    by_place = {(creator.platform, creator.id): creator for creator in found}

    def sides(places: list[tuple[str, str]]) -> dict[tuple[str, str], Side]:
        learned = quality_learned.find(database)
        return {place: Side.of(see(database, model, by_place[place], kind, shown=0, learned=learned)) for place in places}

    kept = services().kept.many(("side by side", model, kind), by_place, sides)
    return render_template("creator_compare.html", view=CompareView(tuple(kept.values()), progress_of(model), kind))


def _view(platform: str, creator_id: str, shown: int = 30) -> CreatorView:
    model = services().model.id
    creator = creators.find(connection("reader"), platform, creator_id)
    if creator is None:
        abort(404)
    learning = learner().wake(model)
    return CreatorView(see(connection("reader"), model, creator, _kind(), shown), progress_of(model), learning, clock.now_ms())


def _kind() -> str:
    return kind if (kind := request.args.get("kind", "")) in KINDS else ""
