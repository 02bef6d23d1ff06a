"""`buysignal shop`: the product catalogue and what is found in it."""

from __future__ import annotations

import click

from companion.commands.shop_audience import audience
from companion.commands.shop_encoders import encoders
from companion.commands.shop_import import import_catalogue
from companion.commands.shop_rates import rates_command
from companion.commands.shop_search import search
from companion.commands.shop_train import train


@click.group("shop", short_help="Your product catalogue, and products for what people say.")
def shop() -> None:
    """Import product feeds and find the products that answer a search, a caption or a comment."""


shop.add_command(import_catalogue)
shop.add_command(search)
shop.add_command(rates_command)
shop.add_command(audience)
shop.add_command(train)
shop.add_command(encoders)
