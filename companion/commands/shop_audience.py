"""`buysignal shop audience`: a targeting brief for an ad manager."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click

from companion.commands.opened import opened_store
from companion.commands.options import BadInputError, workspace_option


@click.command("audience", short_help="Write a targeting brief for an ad manager.")
@click.argument("product")
@click.option("--json", "as_json", is_flag=True, help="Write JSON in place of a page.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write here instead of to the terminal.")
@workspace_option
def audience(product: str, as_json: bool, out: Path | None, workspace: Path) -> None:
    """Write whom to show PRODUCT to: hashtags, interests, creators, languages, search words and videos worth promoting.

    PRODUCT is the id of a product of your catalogue, or words that name yours, such as "rechargeable table lamp". The brief is found
    through products like it and what people ask for under the videos that are stored. It names public creators, never the people who wrote
    comments, and says why these cannot be uploaded as a customer list.
    """
    from companion import shop_audience
    from companion.exporting import audience_brief
    from companion.shop_index import open_shop

    store = opened_store(workspace)
    try:
        found = shop_audience.of_product(store, product, open_shop(store, encode=False))
    except (ValueError, sqlite3.Error) as error:
        raise BadInputError(f"nothing was written: {error}") from error
    text = audience_brief.as_json(found) if as_json else audience_brief.as_markdown(found)
    if out is None:
        click.echo(text, nl=False)
        return
    from companion.exporting.files import whole_file

    try:
        with whole_file(out) as stream:
            stream.write(text.encode("utf-8", "replace"))
    except OSError as error:
        raise BadInputError(f"{out} cannot be written: {error}") from error
    click.echo(f"{out}: brief of {found.product.title}")
