"""Labels that are probably wrong, and asking about them once more without showing what was said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import current_app, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from companion.dashboard.frame import fragment
from companion.dashboard.words import count
from companion.intent.language import language_of
from companion.intent.text import normalise
from companion.registry import BUILT_IN, Registry
from companion.services import Services, connection, services
from companion.store import asked_again, clock, label_answers, labels, sample
from companion.store.label_items import Item
from companion.store.labels import LabelEvent, Source
from labeling import again, guide, out_of_fold, people, suspects
from labeling.blueprint import pages
from labeling.kept import Kept
from labeling.suspects import Suspect, Suspects

_KEY = "buysignal-suspects"

MOST_LABELS = 5_000
"""The latest labels that are checked: a minute of reading at the 88 a second that two busy cores managed."""

SHOWN = 100
QUIET_SECONDS = 0.5
"""How long the check waits between two batches while requests use the model."""


SOURCES: Mapping[Source, str] = {
    "badge": "a corrected badge",
    "annotator": "labeling",
    "import": "an imported file",
    "adjudication": "a decision",
}


@dataclass(frozen=True)
class Row:
    """A suspect with its label; `times` labels of the same words are suspected."""

    suspect: Suspect
    label: LabelEvent
    times: int = 1


@dataclass(frozen=True)
class Checked:
    """The result: the suspects with their labels, worst first; how many were checked and how; `invented` ones are left out."""

    found: tuple[tuple[Suspect, LabelEvent], ...]
    n: int
    untouched: int
    by_model: str
    why: tuple[str, ...]
    at: int
    invented: int = 0

    @property
    def out_of_fold(self) -> int:
        """Labels judged by a model made for the purpose."""
        return self.n - self.untouched


@dataclass(frozen=True)
class SuspectsView:
    """The page. `checked` is None while the first check runs.

    `asked` are comments that wait to be asked again, `there` the labels that were neither undone nor forgotten since the check.
    """

    checked: Checked | None
    current: bool
    asked: frozenset[tuple[str, str]]
    there: frozenset[str]

    shown = SHOWN
    sources = SOURCES

    @property
    def rows(self) -> list[Row]:
        """Suspects that do not wait to be asked again already; the same words stand there once, by the worst label."""
        found: dict[str, Row] = {}
        for one, label in self.checked.found if self.checked else ():
            if label.uuid not in self.there or (label.platform, label.comment_id) in self.asked:
                continue
            text = normalise(label.text).casefold()
            known = found.get(text)
            found[text] = replace(known, times=known.times + 1) if known else Row(one, label)
        return list(found.values())


@pages.get("/suspects")
def suspects_page() -> str:
    """The page."""
    return render_template("label/suspects_results.html" if fragment() else "label/suspects.html", view=_view())


@pages.post("/suspects/again")
def ask_again() -> Response:
    """Put labels to people once more, blind: the chosen ones, or all that are listed."""
    view, chosen, everything = _view(), set(request.form.getlist("label")), "all" in request.form
    wanted = [row.label for row in view.rows if everything or row.label.uuid in chosen][: again.MOST]
    if not wanted:
        flash("Nothing was asked: tick the labels to ask about, or ask about all.", "bad")
        return redirect(url_for("label.suspects_page"), code=303)
    now, author = clock.now_ms(), people.current().id
    version = guide.current(connection("reader")).version
    items = [_item(label) for label in wanted]
    with services().store.writing() as writer:
        again.ask(writer, items, again.blank("Suspected errors, asked again", "suspects", author, now, version))
    flash(
        f"{count(len(items), 'comment')} asked again, blind, in a task of their own: best by somebody else, or by you another day.", "good"
    )
    return redirect(url_for("label.suspects_page"), code=303)


def _view() -> SuspectsView:
    database, all_services = connection("reader"), services()
    kept: Kept[str, Checked] = current_app.extensions.setdefault(_KEY, Kept(lambda _: _checked(all_services), "suspects"))
    version = (label_answers.newest_label(database), all_services.model.id)
    held = kept.answer("", version)
    asked = frozenset(asked_again.waiting(database))
    there = label_answers.still_there(database, [label.uuid for _, label in held.value.found] if held else [])
    return SuspectsView(held.value if held else None, bool(held and held.current), asked, frozenset(there))


def _checked(found: Services) -> Checked:
    model = found.model
    with found.store.reading() as database:
        graded = [one for one in labels.listed(database, MOST_LABELS) if one.grade is not None]
    given = [one for one in graded if one.platform != sample.PLATFORM]
    reading = out_of_fold.judge(given, _learned(found), model, lambda: found.gate.quiet(QUIET_SECONDS))
    result: Suspects = suspects.suspects(reading.judged)
    of = {one.uuid: one for one in given}
    return Checked(
        found=tuple((one, of[one.id]) for one in result.found[: again.MOST]),
        n=len(reading.judged),
        untouched=min(reading.untouched, len(reading.judged)),
        by_model=model.id,
        why=tuple(why for why in (reading.why, result.why) if why),
        at=clock.now_ms(),
        invented=len(graded) - len(given),
    )


def _learned(found: Services) -> Callable[[LabelEvent], bool]:
    """Whether the model in use learned from a label: those that came with BuySignal did not, others from the texts of their data set."""
    entry = next((one for one in Registry(found.store).entries() if one.id == found.model.id), None)
    if entry is not None and entry.name in BUILT_IN:
        return lambda _: False
    dataset = str(entry.card.get("dataset", "")) if entry else ""
    texts = out_of_fold.texts_learned(found.store.workspace.datasets, dataset)
    return lambda one: texts is None or normalise(one.text) in texts


def _item(label: LabelEvent) -> Item:
    return Item(
        platform=label.platform,
        target_id=label.comment_id,
        text=label.text,
        sampler=asked_again.SAMPLER,
        probability=1.0,
        place=0,
        video_id=label.video_id,
        context=dict(label.context),
        lang=language_of(normalise(label.text)),
    )
