"""Disagreements: one comment at a time, who said what without names, and the decision."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any, cast

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.dashboard.words import LANGUAGES, SIGNALS
from companion.intent import SENTIMENTS
from companion.services import Services, connection, services
from companion.store import adjudications, clock, label_answers, label_items
from companion.store.adjudications import GAP, Decided, Reason
from companion.store.label_answers import GivenAnswer
from companion.store.label_items import Item
from labeling import adjudication, people
from labeling.adjudication import BadDecisionError, Decision
from labeling.agreement_report import item_of
from labeling.blueprint import pages
from labeling.conflicts import Conflict
from labeling.kept import Kept

_KEY = "buysignal-disagreements"

LATEST = 10
"""Decisions listed, each with its undo."""

OWN = "own"

REASON_WORDS: dict[Reason, str] = {
    "slip": "somebody's slip: the guide is clear",
    "ambiguous": "can be read both ways",
    "guideline gap": "the guide does not say: change it next",
    "sarcasm": "sarcasm or a joke",
    "language": "slang or a language read wrongly",
    "missing context": "cannot be told without the video",
}


@dataclass(frozen=True)
class Disputed:
    """What people ever disagreed on, the most urgent first, and all answers about each, oldest first."""

    disputes: list[Conflict]
    about: dict[str, list[GivenAnswer]]


@dataclass(frozen=True)
class Said:
    """An answer that `people` gave, by letter instead of names."""

    letter: str
    answer: GivenAnswer
    people: int


@dataclass(frozen=True)
class Open:
    """The comment to decide about, with what was said of it."""

    item: Item
    conflict: Conflict
    said: tuple[Said, ...]

    @property
    def language(self) -> str:
        """Its language in words, "" where there is none."""
        return LANGUAGES.get(self.item.lang, self.item.lang) if self.item.lang not in ("", "un") else ""

    @property
    def hashtags(self) -> list[str]:
        """Hashtags that the caption does not show already, without "#"."""
        shown = str(self.item.context.get("caption", "")).lower().split()
        tags = [str(tag).removeprefix("#") for tag in self.item.context.get("hashtags", [])]
        return [tag for tag in tags if f"#{tag.lower()}" not in shown]

    @property
    def why(self) -> str:
        """Why it stands where it does in the queue."""
        words = [reason + (f" ({self.conflict.distance:.0f})" if reason == "grades far apart" else "") for reason in self.conflict.reasons]
        known = "unsure" if self.conflict.uncertainty >= 0.5 else "fairly sure"
        return f"{'; '.join(words)[:1].upper()}{'; '.join(words)[1:]}. The model is {known} about it."


@dataclass(frozen=True)
class AdjudicateView:
    """The page: what is open, how many wait, and the latest decisions. `problem` is what was wrong with the form."""

    open: Open | None
    waiting: int
    decided: list[Decided]
    counts: dict[str, int]
    problem: str = ""
    typed: dict[str, str] | None = None

    reasons = REASON_WORDS
    signals = SIGNALS
    sentiments = SENTIMENTS


@pages.get("/adjudicate")
def adjudicate_page() -> str:
    """The most urgent disagreement, or the one asked for."""
    return render_template("label/adjudicate.html", view=_view(request.args.get("item", type=int)))


@pages.post("/adjudicate/<int:item_id>")
def decide(item_id: int) -> Response | tuple[str, int]:
    """Decide about a comment and go on to the next."""
    item = label_items.find(connection("reader"), item_id) or abort(404)
    try:
        decision = _decision(item)
    except BadDecisionError as error:
        view = _view(item_id, problem=f"Nothing was stored: {error}.", typed=dict(request.form))
        return render_template("label/adjudicate.html", view=view), 422
    made = adjudication.decide(services().store, item, decision, people.current().id, clock.now_ms())
    whom = "one person" if made.returned == 1 else f"{made.returned} people"
    back = f"It goes back to {whom}" if made.returned else "Nobody had said otherwise"
    if decision.reason == GAP:
        flash(f"Decided: {decision.grade}. {back}. Now say in the guide what was missing.", "good")
        return redirect(url_for("label.edit_guideline", item=item_id), code=303)
    flash(f"Decided: {decision.grade}. {back}.", "good")
    return redirect(url_for("label.adjudicate_page"), code=303)


@pages.post("/adjudicate/<uuid>/undo")
def undo_decision(uuid: str) -> Response:
    """Take a decision back and look at the comment again."""
    undone = adjudication.undo(services().store, uuid, people.current().id, clock.now_ms())
    if undone is None:
        flash("That decision is gone already.", "bad")
        return redirect(url_for("label.adjudicate_page"), code=303)
    flash("The decision is taken back. Its label no longer counts.", "good")
    return redirect(url_for("label.adjudicate_page", item=undone.item_id), code=303)


def _view(wanted: int | None = None, problem: str = "", typed: dict[str, str] | None = None) -> AdjudicateView:
    database = connection("reader")
    kept = _kept()
    found = adjudication.waiting(kept.disputes, adjudications.settled_at(database))
    about = kept.about
    chosen = next((x for x in found if wanted in {one.item_id for one in about[x.item]}), None) if wanted else None
    first = [chosen] if chosen else []
    opened = (_open(one, about[one.item]) for one in [*first, *found])  # what was forgotten meanwhile is passed over
    return AdjudicateView(
        open=next((one for one in opened if one), None),
        waiting=len(found),
        decided=adjudications.listed(database, LATEST),
        counts=adjudications.counted(database),
        problem=problem,
        typed=typed,
    )


def _open(conflict: Conflict, given: list[GivenAnswer]) -> Open | None:
    item = label_items.find(connection("reader"), given[-1].item_id)
    if item is None:
        return None
    last = {one.annotator_id: one for one in given}
    same: dict[tuple[object, ...], list[GivenAnswer]] = {}
    for answer in conflict.answers:
        one = last[answer.annotator]
        same.setdefault((one.grade or 0, one.signal or "", one.sentiment or "", tuple(sorted(one.flags))), []).append(one)
    ordered = [same[key] for key in sorted(same, key=repr)]  # the order tells nothing about who it was
    ordered.sort(key=lambda given: given[0].grade or 0)
    return Open(item, conflict, tuple(Said(letter, x[0], len(x)) for letter, x in zip(ascii_uppercase, ordered, strict=False)))


def _decision(item: Item) -> Decision:
    form = request.form
    accepted, grade = form.get("accept", OWN), form.get("grade", default=0, type=int)
    values: dict[str, Any] = {"grade": grade, "signal": form.get("signal") or None, "sentiment": form.get("sentiment") or None}
    if accepted != OWN:
        known = label_answers.of_target(connection("reader"), item.platform, item.target_id)
        chosen = next((one for one in known if one.uuid == accepted), None)
        if chosen is None:
            raise BadDecisionError("that answer was changed meanwhile; look again")
        values = {
            "grade": chosen.grade or grade,
            "signal": chosen.signal,
            "sentiment": chosen.sentiment,
            "flags": tuple(sorted(chosen.flags)),
        }
    reason = form.get("reason", "")
    return Decision(reason=cast("Reason", reason), note=form.get("note", "").strip(), **values)


def _kept() -> Disputed:
    """Disagreements and the answers about them: sorting 20,000 answers takes a second, so that is done once for each new answer."""
    all_services = services()
    kept: Kept[str, Disputed] = current_app.extensions.setdefault(_KEY, Kept(lambda _: _disputed(all_services), "disagreements"))
    version = (label_answers.newest(connection("reader")), all_services.model.id)
    held = kept.answer("", version) or kept.answer("", version, wait=True)
    assert held is not None  # noqa: S101 - it waited
    return held.value


def _disputed(found: Services) -> Disputed:
    with found.store.reading() as database:
        given = sorted((one for one in label_answers.given(database, shared=True) if one.kind == "comment"), key=lambda one: one.at)
        disputes = adjudication.disputes(database, given, found.model.id)
    about: dict[str, list[GivenAnswer]] = {one.item: [] for one in disputes}
    for one in given:
        if item_of(one) in about:
            about[item_of(one)].append(one)
    return Disputed(disputes, about)
