"""`buysignal shop rates`: the exchange rates by which prices are compared."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import click

from companion.commands.opened import opened_store
from companion.commands.options import BadInputError, json_option, workspace_option
from companion.commands.saying import say


@click.command("rates", short_help="Exchange rates by which prices are compared.")
@click.argument("own", nargs=-1, metavar="[CODE=UNITS]...")
@click.option("--dated", type=click.DateTime(["%Y-%m-%d"]), help="Day that the given rates are of [default: today].")
@click.option("--reset", is_flag=True, help="Back to the table that ships.")
@json_option
@workspace_option
def rates_command(own: tuple[str, ...], dated: datetime | None, reset: bool, as_json: bool, workspace: Path) -> None:
    """Show the rates, or set some: how many units of a currency one US dollar buys, such as EUR=0.92.

    Nothing is fetched. A table with its day ships; your own rates stand over it until you reset them.
    """
    from companion import shop_rates

    store = opened_store(workspace)
    if reset or own:
        mine = shop_rates.OwnRates() if reset else shop_rates.own(store)
        day = (dated.date() if dated else date.today()).isoformat()
        try:
            given = {code.strip().upper(): float(units) for code, _, units in (one.partition("=") for one in own)}
            shop_rates.keep(store, shop_rates.OwnRates({**mine.per_dollar, **given}, day))
        except ValueError as error:
            raise BadInputError(f"{error}; write CODE=UNITS, such as EUR=0.92") from error
    table, mine = shop_rates.rates(store), shop_rates.own(store)
    if as_json:
        click.echo(json.dumps({"dated": table.dated, "per_dollar": dict(table.per_dollar), "own": sorted(mine.per_dollar)}))
        return
    say(f"Units per US dollar, dated {table.dated}:")
    for code, units in sorted(table.per_dollar.items()):
        say(f"  {code}  {units:g}{'  (yours)' if code in mine.per_dollar else ''}")
