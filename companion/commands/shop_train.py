"""`buysignal shop train`: tune the search's encoder to the catalogue, compare it with the one in use, and use the better one."""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from types import FrameType

import click

from companion.commands.needed import need
from companion.commands.opened import opened_store
from companion.commands.options import PAUSED, BadInputError, json_option, workspace_option
from companion.commands.training_bar import TrainingBar
from companion.extras import TRAIN
from companion.training_progress import Result


@click.command("train", short_help="Tune the search to your catalogue.")
@click.option("--promote", is_flag=True, help="Use the new encoder whatever the comparison says.")
@json_option
@workspace_option
def train(promote: bool, as_json: bool, workspace: Path) -> None:
    """Tune the encoder that finds products by meaning, and compare it with the one in use.

    It learns from your searches with what you chose for them, and from questions made of your catalogue. A fifth of the product types is
    kept aside. The new encoder comes into use only if it finds these better, and no worse what the exam that came with BuySignal asks
    for. With too few products the answer is "cannot tell yet", and nothing changes. Ctrl+C stops with status 75; the same command goes
    on where it was.
    """
    need("training", TRAIN.modules, TRAIN.name)
    store = opened_store(workspace)
    from companion.shop_encoders import BadEncoderError, UnknownEncoderError
    from companion.store.file_lock import AlreadyLockedError
    from companion.training.retrieval import folder, lessons, run, sheet

    refused = (lessons.NoCatalogueError, sheet.MissingExamError, folder.ExportError)
    signal.signal(signal.SIGTERM, _interrupt)
    with TrainingBar(quiet=as_json) as bar:
        try:
            result = run.train(store, promote=promote, show=bar.show)
        except KeyboardInterrupt:
            click.echo("Stopped. The same command goes on where it was; the encoder in use has not changed.", err=True)
            sys.exit(PAUSED)
        except AlreadyLockedError:
            raise BadInputError("a training of this workspace's search is under way; wait for it") from None
        except (BadEncoderError, UnknownEncoderError) as error:
            raise BadInputError(f"{error}; go back with: buysignal shop encoders rollback") from error
        except refused as error:
            raise BadInputError(str(error)) from error
    click.echo(json.dumps(asdict(result))) if as_json else _print(result)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _print(result: Result) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console(width=140)
    if result.rows:
        table = Table("measured on", "questions", "measure", "in use", "candidate", box=None)
        for row in result.rows:
            table.add_row(row.set, f"{row.n:,}", row.measure, f"{row.live:.3f}", f"{row.candidate:.3f}")
        console.print(table)
    console.print(f"\n{result.verdict.capitalize()}. {result.reason}", highlight=False)
    if result.promoted:
        console.print(f"{result.candidate.name} is in use now. Go back with: buysignal shop encoders rollback", highlight=False)
        return
    console.print(f"The encoder in use stays: {result.live.name}.", highlight=False)
    if result.candidate.name:
        console.print(f"Use the new one all the same: buysignal shop encoders use {result.candidate.name}", highlight=False)
