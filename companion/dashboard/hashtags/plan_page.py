"""The campaign planner: a category, a number of hashtags and a mix go in; a plan with reasons comes out, to save, print and hand on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from companion.dashboard.blueprint import pages
from companion.dashboard.filters import Option
from companion.dashboard.hashtags.choice import Choice, collect_link, level_of, tags_named
from companion.dashboard.hashtags.planning import COLUMNS, MIX_WORDS, Line, PlanRequest, campaign_of, kept_lines, lines_of
from companion.dashboard.hashtags.saving import BUILDING, file_of
from companion.hashtag_keeper import keeper
from companion.hashtags import Atlas, Category, Taxonomy
from companion.security.problems import RefusalError
from companion.services import connection, services
from companion.store import clock, hashtag_plans
from companion.store.hashtag_plans import StoredPlan

NAME_MOST = 80
LEFT_SHOWN = 20
LISTED_MOST, LISTED_LEVEL = 600, 2
"""Categories that a list can hold, and how deep a larger tree is listed; the deeper ones are planned for from their own page."""


@dataclass(frozen=True)
class PlanView:
    """What the page shows; `lines` is None before anything was asked or while the graph is being built; `left_more` stand in no list."""

    choice: Choice
    asked: PlanRequest
    tree: Taxonomy
    category: Category | None
    lines: tuple[Line, ...] | None
    left_out: tuple[tuple[str, str], ...]
    building: bool
    saved: tuple[StoredPlan, ...]
    left_more: int = 0
    planned_at: int = 0

    mixes = tuple(Option(value, label) for value, label in MIX_WORDS.items())

    @property
    def query(self) -> dict[str, Any]:
        """What the address asks for."""
        return {**self.asked.query, **in_tree(self.choice)}

    @property
    def mix_words(self) -> str:
        """The mix as a person says it."""
        return MIX_WORDS[self.asked.mix]

    @property
    def departments(self) -> Iterator[tuple[Category, tuple[Category, ...]]]:
        """Departments with what stands below them: of a tree too large for a list, the next level and the chosen category."""
        deepest = LISTED_LEVEL if self.is_short else self.tree.depth
        below: dict[str, list[Category]] = {}
        for one in self.tree.categories:
            if one.level > 1 and (one.level <= deepest or (self.category is not None and one.id == self.category.id)):
                below.setdefault(one.path[0], []).append(one)
        for department in self.tree.below.get(None, ()):
            yield department, tuple(below.get(department.path[0], ()))

    @property
    def collect(self) -> str:
        """Where the scraper takes these hashtags, or those that the category's name suggests; "" where it is not installed."""
        named = tags_named(self.category) if self.category else ()
        return collect_link([line.tag for line in self.lines or ()] or named)

    @property
    def is_short(self) -> bool:
        """Whether the list leaves deeper categories out."""
        return len(self.tree.categories) > LISTED_MOST


@pages.get("/hashtags/plan")
def hashtag_plan_page() -> str:
    """The planner; with a category in the address also the plan."""
    choice, asked = Choice.of(request.args), PlanRequest.of(request.args)
    tree, category, atlas = _ready(choice, asked)
    lines: tuple[Line, ...] | None = None
    left: tuple[tuple[str, str], ...] = ()
    left_more = 0
    if category and atlas:
        made = campaign_of(atlas, tree, category, asked, choice)
        lines = lines_of(made)
        left = tuple((one.candidate.tag, one.reason) for one in made.left_out[:LEFT_SHOWN])
        left_more = max(0, len(made.left_out) - LEFT_SHOWN)
    saved = tuple(hashtag_plans.listed(connection("reader")))
    view = PlanView(choice, asked, tree, category, lines, left, atlas is None, saved, left_more, clock.now_ms())
    return render_template("hashtags/plan.html", view=view)


@pages.get("/hashtags/plan.<kind>")
def save_plan_file(kind: str) -> Response:
    """The plan of the address as a file."""
    choice, asked = Choice.of(request.args), PlanRequest.of(request.args)
    tree, category, atlas = _ready(choice, asked)
    if category is None:
        raise RefusalError(404, "not-found", "There is no such category; choose one in the planner.")
    if atlas is None:
        raise RefusalError(503, "busy", BUILDING, retry_after=2)
    rows = [line.values for line in lines_of(campaign_of(atlas, tree, category, asked, choice))]
    return file_of(f"plan-{category.name}", kind, COLUMNS, rows)


@pages.post("/hashtags/plans")
def save_plan() -> AnyResponse:
    """Keep the plan as it is now, under a name."""
    choice, asked = Choice.of(request.form), PlanRequest.of(request.form)
    tree, category, atlas = _ready(choice, asked)
    name = request.form.get("name", "").strip()[:NAME_MOST]
    back = url_for("dashboard.hashtag_plan_page", **asked.query, **in_tree(choice))
    if category is None or atlas is None or not name:
        flash("The plan needs a category and a name." if atlas else BUILDING, "bad")
        return redirect(back, 303)
    lines = lines_of(campaign_of(atlas, tree, category, asked, choice))
    kept = {"lines": [vars(line) | {"reasons": list(line.reasons)} for line in lines]}
    wanted = {**asked.query, **in_tree(choice), "path": list(category.path), "mix_words": MIX_WORDS[asked.mix]}
    with services().store.writing() as database:
        made = hashtag_plans.add(database, name, wanted, kept, clock.now_ms())
    return redirect(url_for("dashboard.hashtag_saved_plan", plan_id=made), 303)


@pages.get("/hashtags/plans/<int:plan_id>")
def hashtag_saved_plan(plan_id: int) -> str:
    """A saved plan as it was."""
    stored = _stored(plan_id)
    lines = kept_lines(stored)
    return render_template("hashtags/saved_plan.html", plan=stored, lines=lines, collect=collect_link(line.tag for line in lines))


@pages.get("/hashtags/plans/<int:plan_id>.<kind>")
def save_saved_plan(plan_id: int, kind: str) -> Response:
    """A saved plan as a file."""
    stored = _stored(plan_id)
    return file_of(f"plan-{stored.name}", kind, COLUMNS, [line.values for line in kept_lines(stored)])


@pages.post("/hashtags/plans/<int:plan_id>/delete")
def delete_plan(plan_id: int) -> AnyResponse:
    """Forget a saved plan."""
    with services().store.writing() as database:
        hashtag_plans.remove(database, plan_id)
    flash("The plan was deleted.", "good")
    return redirect(url_for("dashboard.hashtag_plan_page"), 303)


def in_tree(choice: Choice) -> dict[str, Any]:
    """The part of an address that keeps to the chosen tree."""
    return {"tree": choice.tree} if choice.tree else {}


def _ready(choice: Choice, asked: PlanRequest) -> tuple[Taxonomy, Category | None, Atlas | None]:
    """The tree, the category in it, and the atlas where it can plan at once."""
    tree = choice.taxonomy
    category = tree.get(asked.category)
    return tree, category, keeper().ready(tree, level_of(tree, category), choice.strategy) if category else keeper().answer()


def _stored(plan_id: int) -> StoredPlan:
    stored = hashtag_plans.find(connection("reader"), plan_id)
    if stored is None:
        raise RefusalError(404, "not-found", "There is no such plan; it may have been deleted.")
    return stored
