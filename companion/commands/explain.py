"""`buysignal explain`: why a comment got its grade."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from companion.commands.chosen_model import chosen_model, model_option
from companion.commands.options import json_option, workspace_option
from companion.commands.score import answer
from companion.intent import Context, Item
from companion.intent.explain import Explanation, explain
from companion.intent.neighbours import Neighbour, Neighbours, Tagged
from companion.intent.words import GRADE_WORDS, SIGNAL_WORDS
from companion.own_tags import own_tags
from companion.store import Workspace, open_store


@click.command("explain", short_help="Say why a comment gets its grade.")
@click.argument("text")
@click.option("--context", "note", default="", help="The video's caption or product, so that the comment can be understood.")
@model_option
@workspace_option
@json_option
def explain_command(text: str, note: str, model_name: str | None, workspace: Path, as_json: bool) -> None:
    """Show the grade of TEXT, the words that moved it, and the tagged examples nearest to it, yours among them."""
    model, neighbours = chosen_model(workspace, model_name), Neighbours.load()
    explanation = explain(model, Item(text, Context(note=note)))
    nearest = neighbours.nearest(text, _own(workspace))
    if as_json:
        click.echo(json.dumps(_plain(explanation, nearest, model.id), ensure_ascii=False))
    else:
        _show(text, explanation, nearest)
    neighbours.close()
    model.close()


def _own(folder: Path) -> list[Tagged]:
    """The user's own grades; a workspace that does not exist is not made for a question."""
    if not Workspace(folder).database.exists():
        return []
    with closing(open_store(folder).connect("reader")) as connection:
        return own_tags(connection)


def _plain(explanation: Explanation, nearest: list[Neighbour], model: str) -> dict[str, object]:
    return {
        "score": answer(None, explanation.prediction, model),
        "words": [asdict(word) for word in explanation.words],
        "examples": [
            {
                "text": n.tagged.text,
                "grade": n.tagged.grade,
                "signal": n.tagged.signal,
                "source": n.tagged.source,
                "similarity": n.similarity,
            }
            for n in nearest
        ],
    }


def _show(text: str, explanation: Explanation, nearest: list[Neighbour]) -> None:
    console = Console()
    said = explanation.prediction
    low, high = (f"{end:.0f}" for end in said.interval)
    likely = low if low == high else f"between {low} and {high}"
    console.print(Text(text, style="bold"))
    console.print(f"Grade {said.level} of 10 ({GRADE_WORDS[said.level]}), nine times in ten {likely}")
    console.print(f"Signal: {SIGNAL_WORDS[said.signal]}; feeling: {said.sentiment}{'; not sure' if said.unsure else ''}")
    words = Table("grades", "words that moved the grade", box=None)
    for word in explanation.words[:8]:
        words.add_row(f"{word.effect:+.1f}", Text(word.text))
    console.print(words if explanation.words else "No single word moved the grade.")
    examples = Table("grade", "signal", "likeness", "nearest tagged comments", box=None)
    for n in nearest:
        examples.add_row(str(n.tagged.grade), SIGNAL_WORDS[n.tagged.signal], f"{n.similarity:.2f}", Text(n.tagged.text))
    console.print(examples if nearest else "No tagged comment is near this one.")
