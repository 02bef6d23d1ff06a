"""`buysignal score`: JSON lines of comments in, JSON lines of grades out."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import IO, Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from companion.commands.chosen_model import chosen_model, model_option
from companion.commands.lines import Line, read_lines
from companion.commands.options import BAD_INPUT, BadInputError, workspace_option
from companion.intent import IntentModel, Prediction

_CHUNK = 200  # comments between two writes: small enough to lose little, large enough to keep both threads busy


@click.command("score", short_help="Grade comments from a JSONL file.")
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"), default="-")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write here instead of to the terminal.")
@click.option("--resume", is_flag=True, help="Go on where an earlier run with the same --out stopped.")
@click.option("--engine", type=click.Choice(["local"]), default="local", show_default=True, help="Where the work is done.")
@model_option
@workspace_option
def score(file: IO[str], out: Path | None, resume: bool, engine: str, model_name: str | None, workspace: Path) -> None:  # noqa: ARG001
    """Grade comments.

    FILE holds one comment a line: {"id": "1", "text": "where can I buy this?", "context": "running shoes"}. `context` may be
    left out, a plain text, or {"caption", "hashtags", "product", "parent"}. "-" reads from standard input.

    Answers come in the order of the input. A line that cannot be read is reported, answered {"id", "error"}, and ends the
    command with status 2 after everything else was graded.
    """
    if resume and not out:
        raise BadInputError("--resume needs --out FILE, the file that the earlier run wrote")
    model = chosen_model(workspace, model_name)
    done = _finished_lines(out, model.id) if out and resume else 0
    with ExitStack() as stack:
        sink: IO[str] = stack.enter_context(out.open("a" if resume else "w", encoding="utf-8")) if out else sys.stdout
        progress = stack.enter_context(_progress())
        task = progress.add_task("Grading", total=_count(file), completed=done)
        bad = 0
        for answers, errors in _answers(model, islice(read_lines(file), done, None)):
            sink.writelines(json.dumps(answer, ensure_ascii=True) + "\n" for answer in answers)
            sink.flush()
            bad += len(errors)
            for line in errors:
                progress.console.print(f"line {line.number}: {line.error}", style="red", markup=False, highlight=False)
            progress.advance(task, len(answers))
    model.close()
    if bad:
        click.echo(f"{bad} of the lines could not be read; they are answered with an error.", err=True)
        sys.exit(BAD_INPUT)


def _answers(model: IntentModel, lines: Iterable[Line]) -> Iterator[tuple[list[dict[str, Any]], list[Line]]]:
    source = iter(lines)
    while chunk := list(islice(source, _CHUNK)):
        predictions = iter(model.read([line.item for line in chunk if line.item]))
        answers = [answer(line.id, next(predictions), model.id) if line.item else {"id": line.id, "error": line.error} for line in chunk]
        yield answers, [line for line in chunk if not line.item]


def answer(ident: str | int | None, prediction: Prediction, model: str) -> dict[str, Any]:
    """One output line as plain data."""
    return {
        "id": ident,
        "grade": prediction.grade,
        "level": prediction.level,
        "p_high": prediction.p_high,
        "signal": prediction.signal,
        "sentiment": prediction.sentiment,
        "interval": list(prediction.interval),
        "unsure": prediction.unsure,
        "lang": prediction.lang,
        "emotion": prediction.emotion,
        "toxic": prediction.toxic,
        "spam": prediction.spam,
        "model": model,
        **({"truncated": True} if prediction.truncated else {}),
    }


def _finished_lines(out: Path, model: str) -> int:
    """Whole lines already written; a last line without its newline was cut off and is removed.

    Raises:
        BadInputError: another model wrote them: one file never mixes two.
    """
    if not out.exists():
        return 0
    with out.open("rb+") as stream:
        count = end = 0
        for line in stream:
            if not line.endswith(b"\n"):
                stream.truncate(end)
                break
            count, end = count + 1, end + len(line)
            before = _model_of(line)
            if before not in (None, model):
                raise BadInputError(
                    f"{out} was begun by model {before}, in use is {model}; go on with --model {before}, or write another file"
                )
    return count


def _model_of(line: bytes) -> str | None:
    """The model that wrote an answer; None for an error line."""
    try:
        said = json.loads(line).get("model")
    except (ValueError, AttributeError):
        return None
    return said if isinstance(said, str) else None


def _count(file: IO[str]) -> int | None:
    """Lines of a real file (read once more, cheaply); None for a pipe."""
    if not file.seekable():
        return None
    total = sum(1 for line in file if line.strip())
    file.seek(0)
    return total


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=False)
