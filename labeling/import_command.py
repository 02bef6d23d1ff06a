"""`buysignal label import`: `buysignal import` for labels alone."""

from __future__ import annotations

from typing import Any

import click

from companion.commands.imports import import_files


def _run(**given: Any) -> Any:
    callback = import_files.callback
    return callback(kind="labels", **given) if callback else None


import_labels = click.Command(
    "import",
    params=[param for param in import_files.params if param.name != "kind"],
    callback=_run,
    short_help="Take in labels from files, also of other labeling tools.",
    help="Take in labels from files, also of other labeling tools: as `buysignal import --kind labels`, whose help names every column.",
)
