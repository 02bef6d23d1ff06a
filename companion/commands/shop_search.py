"""`buysignal shop search`: products for a text, or for many."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from companion.commands.opened import opened_store
from companion.commands.options import BadInputError, json_option, workspace_option
from companion.commands.progress_bar import progress_bar
from companion.commands.saying import say

if TYPE_CHECKING:
    from companion.shop.product import Product
    from companion.shop.retrieval import Hit, Strategy
    from companion.shop.retrieval.dense import Metric
    from companion.shop.understanding import Wish
    from companion.shop_index import Shop

_SLOTS = (
    *("product_type", "recipient", "gender", "age", "age_band", "budget", "colours", "materials", "sizes", "brands", "franchises"),
    *("interests", "occasions", "exclusions"),
)
MOST = 1_000


@click.command("search", short_help="Find products for a search, a caption or a comment.")
@click.argument("query", required=False)
@click.option(
    "--queries",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help='In place of QUERY: JSON lines with "id" and "query"; answers in JSON lines.',
)
@click.option("--k", default=10, show_default=True, type=click.IntRange(1, MOST), help="Products for each query.")
@click.option(
    "--strategy",
    type=click.Choice(["dense", "lexical", "hybrid"]),
    default="hybrid",
    show_default=True,
    help="By meaning, by words, or both.",
)
@click.option(
    "--metric", type=click.Choice(["ip", "l2"]), default="ip", show_default=True, help="Inner product or L2 distance between vectors."
)
@click.option("--plain", is_flag=True, help="Compare texts alone: no budget, recipient or exclusion is read out of the query.")
@click.option("--explain", is_flag=True, help="Say how each query was understood.")
@json_option
@workspace_option
def search(
    query: str | None,
    queries: Path | None,
    k: int,
    strategy: Strategy,
    metric: Metric,
    plain: bool,
    explain: bool,
    as_json: bool,
    workspace: Path,
) -> None:
    """Find the products that answer QUERY.

    Searches the imported catalogue, or the demo catalogue while nothing was imported. A bare amount ("under 500") is in the
    catalogue's main currency.
    """
    if (query is None) == (queries is None):
        raise BadInputError("write one QUERY, or --queries FILE.jsonl")
    if plain and explain:
        raise BadInputError("--plain reads nothing out of a query, so there is nothing to --explain")
    shop = _shop(workspace, metric, encode=strategy != "lexical")
    if query is not None:
        answer = _find(shop, query, k, strategy, plain)
        (_as_json if as_json else _show)(shop, answer, explain)
        return
    for ident, text in _queries(queries) if queries else ():
        for row in _rows(shop, ident, _find(shop, text, k, strategy, plain), explain):
            click.echo(json.dumps(row, ensure_ascii=False))


@dataclass(frozen=True)
class _Answer:
    """`wish` is None for a plain search."""

    hits: Sequence[Hit]
    wish: Wish | None = None
    relaxed: Sequence[str] = ()
    answerable: bool = True
    changed: Sequence[tuple[str, str]] = ()
    reason: str = ""
    shortfall: str = ""


def _find(shop: Shop, text: str, k: int, strategy: Strategy, plain: bool) -> _Answer:
    if plain:
        return _Answer(shop.retriever.search(text, k, strategy))
    ranked = shop.ranker.rank(text, k, strategy)
    return _Answer(ranked.hits, ranked.wish, ranked.relaxed, ranked.answerable, ranked.changed, ranked.reason, ranked.shortfall)


def _rows(shop: Shop, ident: str, answer: _Answer, explain: bool) -> Iterator[dict[str, Any]]:
    """Lines of one query: its products, or that nothing fits."""
    if explain and answer.wish:
        yield {"query_id": ident, "understood": _slots(answer.wish), "relaxed": list(answer.relaxed)}
    if not answer.answerable:
        yield {"query_id": ident, "answerable": False}
        return
    for rank, hit in enumerate(answer.hits, 1):
        yield {"query_id": ident, "product_id": shop.products[hit.place].id, "rank": rank, "score": round(hit.score, 5)}


def _shop(workspace: Path, metric: Metric, *, encode: bool) -> Shop:
    """The catalogue, its texts read where they are searched by meaning."""
    from companion.shop_index import open_shop

    store = opened_store(workspace)
    with progress_bar("Reading product texts") as moved:
        return open_shop(store, seen=moved, metric=metric, encode=encode)


def _as_json(shop: Shop, answer: _Answer, explain: bool) -> None:
    found = [{"rank": rank, "score": round(hit.score, 5), **_told(shop.products[hit.place])} for rank, hit in enumerate(answer.hits, 1)]
    result: dict[str, Any] = {"demo": shop.demo, "answerable": answer.answerable, "relaxed": list(answer.relaxed), "hits": found}
    if answer.shortfall:
        result["shortfall"] = answer.shortfall
    if answer.changed:
        result["searched_instead"] = dict(answer.changed)
    if explain and answer.wish:
        result["understood"] = _slots(answer.wish)
    click.echo(json.dumps(result, ensure_ascii=False))


def _show(shop: Shop, answer: _Answer, explain: bool) -> None:
    if shop.demo:
        say("Demo catalogue: nothing was imported yet (buysignal shop import FILE).")
    if explain and answer.wish:
        for name, value in _slots(answer.wish).items():
            say(f"  {name.replace('_', ' ')}: {_words(value)}")
    if answer.changed:
        say("Searched for " + ", ".join(f'"{meant}" instead of "{typed}"' for typed, meant in answer.changed) + ".")
    if not answer.hits:
        say("Nothing found. Use other words, or see what the catalogue holds.")
    elif not answer.answerable:
        say(" ".join(("The catalogue does not hold this.", *([answer.reason] if answer.reason else []), "The nearest it has:")))
    elif answer.relaxed:
        say(f"Nothing fits everything; given up: {', '.join(answer.relaxed)}.")
    elif answer.shortfall:
        say(answer.shortfall)
    for rank, hit in enumerate(answer.hits, 1):
        product = shop.products[hit.place]
        price = "" if product.price is None else f"  {product.price:,.2f} {product.currency}".rstrip()
        say(f"{rank:3}. {product.title[:100]}{price}")
        if product.link:
            say(f"     {product.link}")


def _told(product: Product) -> dict[str, Any]:
    names = ("id", "title", "price", "currency", "link", "image")
    return {**{name: getattr(product, name) for name in names}, "category": list(product.category)}


def _slots(wish: Wish) -> dict[str, Any]:
    """What was understood, without what was not said and what only the searches need."""
    found = {name: getattr(wish, name) for name in _SLOTS}
    return {name: asdict(value) if is_dataclass(value) else value for name, value in found.items() if value}  # type: ignore[arg-type]


def _words(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {inner}" for name, inner in value.items() if inner not in (None, "", False))
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _queries(file: Path) -> Iterator[tuple[str, str]]:
    """(id, query) of each line.

    Raises:
        BadInputError: a line is no query; names it.
    """
    with file.open(encoding="utf-8-sig", errors="replace") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                yield str(row["id"]), str(row["query"])
            except (ValueError, KeyError, TypeError, RecursionError) as error:
                raise BadInputError(f'{file} line {number} is no query; write {{"id": "1", "query": "..."}}') from error
