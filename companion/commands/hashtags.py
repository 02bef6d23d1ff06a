"""`buysignal hashtags`: category trees, and which tags and categories belong together."""

from __future__ import annotations

import click

from companion.commands.hashtag_trees import taxonomy
from companion.commands.hashtags_map import map_command


@click.group("hashtags", short_help="Which hashtags reach the buyers of a category.")
def hashtags() -> None:
    """Match shop categories and hashtags, from the words of tags and from what stands together under the stored videos."""


hashtags.add_command(taxonomy)
hashtags.add_command(map_command)
