"""`buysignal simulate`: what another ranking of the feed would change, in worlds with invented rules."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import asdict

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from companion.commands.options import json_option
from companion.quality.simulator.ranking import BASELINE, SMALL_FOLLOWERS, Estimate, Experiment, Outcome, compare_rankings
from companion.quality.simulator.rules import NOTICE

Row = tuple[str, Callable[[Outcome], Estimate], str, float]
ROWS: tuple[Row, ...] = (
    ("Views for small creators, %", lambda o: o.small_share, ".1f", 100),
    ("  change, points", lambda o: o.small_share_change, "+.1f", 100),
    ("Their videos past first pool, %", lambda o: o.small_reached, ".1f", 100),
    ("  change, points", lambda o: o.small_reached_change, "+.1f", 100),
    ("Buyers per 1,000 views", lambda o: o.buyers, ".2f", 1),
    ("  times that of ranking by views", lambda o: o.buyers_ratio, ".2f", 1),
    ("All buyers, times", lambda o: o.all_buyers_ratio, ".2f", 1),
    ("All views, times", lambda o: o.views_ratio, ".2f", 1),
)
"""A line's name, its number, how it is written, and what it is multiplied with for reading."""


@click.command("simulate", short_help="Ask a simulated feed what another ranking would change.")
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31),
    show_default="a new one",
    help="Begin with this world; the same seed gives the same result.",
)
@click.option("--worlds", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many worlds to average.")
@click.option("--videos", type=click.IntRange(20, 5_000), default=400, show_default=True, help="Videos in each world.")
@click.option("--days", type=click.IntRange(2, 60), default=14, show_default=True, help="Days that each world lasts.")
@click.option(
    "--small", type=click.IntRange(1), default=SMALL_FOLLOWERS, show_default=True, help="Creators with fewer followers count as small."
)
@json_option
def simulate(seed: int | None, worlds: int, videos: int, days: int, small: int, as_json: bool) -> None:
    """Show what ranking by intent or quality instead of views would change for small creators and for buyers reached.

    The worlds are simulated and their rules are invented (docs/simulator.md): nothing here was measured on TikTok. Every
    world is lived once under each ranking, with the same creators, videos and outside events.
    """
    experiment = Experiment(secrets.randbelow(1_000_000) if seed is None else seed, worlds, videos, days, small)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Simulating", total=worlds)
        outcomes = compare_rankings(experiment, lambda: progress.advance(task))
    if as_json:
        rankings = [asdict(outcome) for outcome in outcomes]
        click.echo(json.dumps({"notice": NOTICE, **asdict(experiment), "compared_with": BASELINE, "rankings": rankings}))
    else:
        _show(outcomes, experiment)


def _show(outcomes: list[Outcome], of: Experiment) -> None:
    table = Table("Ranked by", *(outcome.ranking for outcome in outcomes), box=None, pad_edge=False)
    for title, number, form, scale in ROWS:
        table.add_row(title, *(_written(number(outcome), form, scale) for outcome in outcomes))
    console = Console(width=125, highlight=False)
    console.print(NOTICE)
    setting = f"{of.worlds} worlds from seed {of.seed}, {of.videos:,} videos and {of.days} days each; small: below {of.small:,} followers"
    console.print(setting, end="\n\n")
    console.print(table)
    console.print(
        "\nChanges and times compare with ranking by views in the same worlds. In brackets: 95 % bootstrap interval over worlds;"
        "\nit covers chance between worlds, not whether the rules are right. Buyers: people likely to buy, by the simulation's own rule."
    )
    if of.worlds < 3:
        console.print("With fewer than 3 worlds there is no interval; one world may say the opposite of the next.")


def _written(estimate: Estimate, form: str, scale: float) -> str:
    """A number with its interval; nothing where the first ranking is compared with itself."""
    if estimate.low is None or estimate.high is None:
        return format(scale * estimate.value, form)
    if estimate.low == estimate.value == estimate.high:
        return "-"
    return f"{scale * estimate.value:{form}} ({scale * estimate.low:{form}} to {scale * estimate.high:{form}})"
