"""The coverage board: of which kinds of comments there are labels enough, and what to collect next."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import current_app, render_template, request

from companion.dashboard.frame import fragment
from companion.dashboard.words import LANGUAGES, SIGNALS
from companion.services import connection, services
from companion.store import Store, clock, label_coverage, sample
from labeling import coverage
from labeling.blueprint import pages
from labeling.coverage import WANTED, Goal, Line, Suggestion, Tally
from labeling.kept import Kept

_KEY = "buysignal-coverage"

MOST_WANTED = 5_000
MOST_CHOICES = 100
BY_PRODUCT = 20
"""Products and hashtags on the board: those with the most comments."""

COLLECT = "scrapes.collect"
"""The start form of the collecting room, where it is installed."""


@dataclass(frozen=True)
class Counted:
    """What was counted, and when (ms UTC)."""

    tallies: tuple[Tally, ...]
    at: int


@dataclass(frozen=True)
class Row:
    """One line of the board under what it is about."""

    name: str
    line: Line

    @property
    def share(self) -> float:
        """Labels there are of those wanted, 0-1."""
        return min(1.0, self.line.labelled / self.line.goal.wanted)

    @property
    def share_waiting(self) -> float:
        """What waits, as far as it is needed, of those wanted, 0-1."""
        return min(1.0 - self.share, self.line.waiting / self.line.goal.wanted)


@dataclass(frozen=True)
class CoverageView:
    """The page. `groups` are the boards by their heading, `next_ones` what to collect, `tags` those of them with a name.

    `sample`: whether the invented comments are there, which the board leaves out.
    """

    counted: Counted | None
    current: bool
    wanted: int
    groups: list[tuple[str, list[Row]]]
    next_ones: list[Suggestion]
    can_collect: bool
    hashtag: str
    hashtags: list[str]
    products: list[str]
    product: str
    sample: bool

    collect = COLLECT

    @property
    def tags(self) -> list[str]:
        """Hashtags to hand to the collecting form."""
        return [one.hashtag for one in self.next_ones if one.hashtag]

    @property
    def labelled(self) -> int:
        """Comments with a label."""
        return sum(one.labelled for one in self.counted.tallies) if self.counted else 0

    @property
    def waiting(self) -> int:
        """Comments without one."""
        return sum(one.waiting for one in self.counted.tallies) if self.counted else 0


@pages.get("/coverage")
def coverage_page() -> str:
    """The page."""
    view = _view()
    return render_template("label/coverage_results.html" if fragment() else "label/coverage.html", view=view)


def counted(store: Store) -> Counted:
    """Count everything that is stored."""
    with store.reading() as database:
        found = label_coverage.counted(database)
    return Counted(tuple(Tally(one.hashtag, one.lang, one.product, one.signal, one.labelled, one.waiting) for one in found), clock.now_ms())


def _view() -> CoverageView:
    store = services().store
    kept: Kept[str, Counted] = current_app.extensions.setdefault(_KEY, Kept(lambda _: counted(store), "coverage"))
    held = kept.answer("", label_coverage.newest(connection("reader")))
    found = held.value if held else None
    every = found.tallies if found else ()
    wanted = min(MOST_WANTED, max(1, request.args.get("wanted", WANTED, type=int)))
    hashtag, product = request.args.get("hashtag", ""), request.args.get("product", "")
    tallies = [one for one in every if (not hashtag or one.hashtag == hashtag) and (not product or one.product == product)]
    goals = coverage.usual_goals(every, wanted)  # a single hashtag is held against the same goals
    return CoverageView(
        counted=found,
        current=bool(held and held.current),
        wanted=wanted,
        groups=_groups(tallies, goals, wanted, _often(every, "product"), _often(every, "hashtag")) if found else [],
        next_ones=coverage.collect_next(list(every), goals) if found else [],
        can_collect=COLLECT in current_app.view_functions,
        hashtag=hashtag,
        hashtags=_often(every, "hashtag", MOST_CHOICES),
        products=_often(every, "product", MOST_CHOICES),
        product=product,
        sample=sample.present(connection("reader")),
    )


def _groups(tallies: list[Tally], goals: list[Goal], wanted: int, products: list[str], hashtags: list[str]) -> list[tuple[str, list[Row]]]:
    languages = list(dict.fromkeys(goal.lang for goal in goals if goal.lang))
    groups = []
    for lang in languages:
        lines = coverage.board(tallies, [goal for goal in goals if goal.lang == lang])
        rows = [Row(SIGNALS.get(line.goal.signal or "", ""), line) for line in lines]
        groups.append((LANGUAGES.get(lang, lang), rows))
    for heading, kind, names in (("By product", "product", products), ("By hashtag", "hashtag", hashtags)):
        if names:
            lines = coverage.board(tallies, [Goal(wanted, **{kind: name}) for name in names])
            groups.append((heading, [Row(f"#{name}" if kind == "hashtag" else name, x) for name, x in zip(names, lines, strict=True)]))
    return groups


def _often(tallies: tuple[Tally, ...], kind: str, most: int = BY_PRODUCT) -> list[str]:
    counts: Counter[str] = Counter()
    for one in tallies:
        counts[getattr(one, kind)] += one.comments
    return [name for name, _ in counts.most_common(most + 1) if name][:most]
