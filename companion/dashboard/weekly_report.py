"""Reports: what the comments that came in since the last one say, to read, print or save."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Response, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from companion.creator_demand import DEPTH
from companion.csv_cells import lines
from companion.dashboard.blueprint import pages
from companion.dashboard.filters import Option
from companion.dashboard.quality_report import Change, change_of, comparable, keep, make, share_of, usual_since
from companion.dashboard.video_kinds import KINDS
from companion.quality.shares import Share
from companion.services import connection, services
from companion.store import clock, comments, creators, quality_reports, sample, transaction
from companion.store.creators import Creator
from companion.store.quality_first import Counting
from companion.store.quality_reports import ReportRow, Topic, TopicRow

TOP = 10
"""Rows of each part on the page; the file holds all."""

SPANS = {"": "since the last report", "7": "within 7 days", "30": "within 30 days", "all": "ever"}
FIRST_SPANS = {"": "within 7 days", "30": "within 30 days", "all": "ever"}
"""Those of the first report, which follows none."""

HEADER = (
    "part", "name", "comments", "close to buying", "share close to buying", "likely from", "likely to", "share in the report before",
    "comments then", "change", "change from", "change to", "first comment", "last comment", "came in from", "came in before",
    "comments of each video", "which videos", "model",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A creator or product: its share now and in the report before, both None where not known."""

    name: str
    key: str
    n: int
    high: int
    share: Share
    before: Share | None
    followers: int | None = None
    first: int | None = None
    last: int | None = None
    is_sample: bool = False

    @property
    def change(self) -> Change | None:
        """Against the report before, where both were counted alike."""
        return change_of(self.share, self.before)


@dataclass(frozen=True)
class Said:
    """A question or an objection with comments that say it, and how many said so in the report before."""

    name: str
    n: int
    before: int | None
    quotes: tuple[str, ...]


def _kind_words(head: ReportRow) -> str:
    return next((words for words, kinds in KINDS.values() if kinds == head.kinds), ", ".join(head.kinds))


@dataclass(frozen=True)
class ReportView:
    """One report. `before` is the one that it is held against, `alike` whether both were counted in the same way."""

    head: ReportRow
    share: Share
    before: ReportRow | None
    alike: bool
    change: Change | None
    creators: list[Line]
    products: list[Line]
    questions: list[Said]
    objections: list[Said]

    top = TOP

    @property
    def kind_words(self) -> str:
        """Which videos count, in words."""
        return _kind_words(self.head)


@dataclass(frozen=True)
class ReportsView:
    """The list, and what the next report would be made of."""

    rows: list[tuple[ReportRow, Share]]
    since: int
    stored: bool

    kinds = tuple(Option(value, label) for value, (label, _) in KINDS.items())
    kind_words = staticmethod(_kind_words)

    @property
    def spans(self) -> tuple[Option, ...]:
        """Times to choose from."""
        return tuple(Option(*pair) for pair in (SPANS if self.rows else FIRST_SPANS).items())


@pages.get("/reports")
def reports_page() -> str:
    """All reports, and a form for the next one."""
    database = connection("reader")
    found = quality_reports.listed(database)
    rows = [(head, share) for head in found if (share := share_of(head))]
    view = ReportsView(rows, usual_since(found[0] if found else None, clock.now_ms()), comments.any_stored(database))
    return render_template("reports.html", view=view)


@pages.post("/reports")
def make_report() -> BaseResponse:
    """Count one and keep it."""
    span, kind = request.form.get("span", ""), request.form.get("kind", "")
    if span not in SPANS or kind not in KINDS:
        abort(400, "span and kind: choose from the lists")
    database, now = connection("reader"), clock.now_ms()
    last = next(iter(quality_reports.listed(database, 1)), None)
    since = {"": usual_since(last, now), "all": 0}.get(span, now - int(span or 0) * clock.DAY if span.isdigit() else 0)
    made = make(database, Counting(services().model.id, DEPTH, KINDS[kind][1], min(since, now - 1), now))
    if made is None:
        when = SPANS[span] if last else FIRST_SPANS.get(span, SPANS[span])
        flash(f"No graded comment of {KINDS[kind][0]} came in {when}. Choose a longer time or other videos.", "bad")
        return redirect(url_for("dashboard.reports_page"), code=303)
    with transaction(connection("writer")) as writer:
        ident = keep(writer, made)
    return redirect(url_for("dashboard.report_page", report_id=ident), code=303)


@pages.get("/reports/<int:report_id>")
def report_page(report_id: int) -> str:
    """One report."""
    return render_template("report.html", view=_view(report_id))


@pages.get("/reports/<int:report_id>.csv")
def export_report(report_id: int) -> Response:
    """One report as a file, every row of it."""
    view = _view(report_id)
    name = f"buysignal-report-{clock.stamp(view.head.at)[:8]}.csv"
    return Response(
        "".join(lines(HEADER, _cells(view))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@pages.post("/reports/<int:report_id>/remove")
def remove_report(report_id: int) -> BaseResponse:
    """Delete a report; comments and creators stay."""
    with transaction(connection("writer")) as database:
        quality_reports.remove(database, report_id)
    flash("The report is deleted.", "good")
    return redirect(url_for("dashboard.reports_page"), code=303)


def _view(report_id: int) -> ReportView:
    database = connection("reader")
    head = quality_reports.find(database, report_id)
    share = share_of(head)
    if head is None or share is None:
        abort(404)
    before = quality_reports.before(database, head)
    alike = comparable(head, before)
    old = before if alike else None
    then = {(row.platform, row.creator_id): row for row in quality_reports.creators_of(database, old.id)} if old else {}
    topics_then = {(row.kind, row.name): row for row in quality_reports.topics_of(database, old.id)} if old else {}
    lines = []
    for row in quality_reports.creators_of(database, report_id):
        creator, own = creators.find(database, row.platform, row.creator_id), share_of(row)
        if creator and own:
            past = share_of(then.get((row.platform, row.creator_id)))
            is_sample = row.platform == sample.PLATFORM
            key = f"{row.platform}/{row.creator_id}"
            lines.append(Line(_name(creator), key, row.n, row.high, own, past, creator.followers, row.first, row.last, is_sample))
    topics = quality_reports.topics_of(database, report_id)
    products = [
        Line(row.name, "", row.n, row.high, own, share_of(topics_then.get(("product", row.name))))
        for row in topics
        if row.kind == "product" and (own := share_of(row))
    ]
    return ReportView(
        head=head,
        share=share,
        before=before,
        alike=alike,
        change=change_of(share, share_of(old)),
        creators=sorted(lines, key=_surest),
        products=sorted(products, key=_surest),
        questions=[_said(row, topics_then, alike) for row in topics if row.kind == "question"],
        objections=[_said(row, topics_then, alike) for row in topics if row.kind == "objection"],
    )


def _surest(line: Line) -> tuple[float, str]:
    return -line.share.low, line.name.casefold()


def _said(row: TopicRow, then: Mapping[tuple[Topic, str], TopicRow], alike: bool) -> Said:
    found = (comments.find(connection("reader"), *quote) for quote in row.quotes)
    past = then.get((row.kind, row.name))
    return Said(row.name, row.n, (past.n if past else 0) if alike else None, tuple(_cut(comment.text) for comment in found if comment))


def _cut(text: str) -> str:
    return text if len(text) <= 160 else f"{text[:157]}…"


def _name(creator: Creator) -> str:
    return f"@{creator.handle}" if creator.handle else creator.name or creator.id


def _cells(view: ReportView) -> Iterator[list[object]]:
    head = view.head
    ends = [clock.iso(head.since), clock.iso(head.at), head.depth, view.kind_words, head.model]
    whole = Line("all comments", "", head.n, head.high, view.share, None, first=head.first, last=head.last)
    past = share_of(view.before) if view.alike else None
    for part, line, before in [
        ("all", whole, past),
        *(("creator", line, line.before) for line in view.creators),
        *(("product", line, line.before) for line in view.products),
    ]:
        change, share = change_of(line.share, before), line.share
        yield [
            part,
            line.name.removeprefix("@"),
            line.n,
            line.high,
            *(round(one, 4) for one in (share.value, share.low, share.high)),
            *([round(before.value, 4), before.n] if before else [None] * 2),
            *([round(one, 4) for one in (change.value, change.low, change.high)] if change else [None] * 3),
            *(clock.iso(at) if at is not None else None for at in (line.first, line.last)),
            *ends,
        ]
    for part, said in (("open question", view.questions), ("objection", view.objections)):
        for one in said:
            yield [part, one.name, one.n, *[None] * 5, one.before, *[None] * 5, *ends]
