"""A good label, files of labels, and the command that takes them in."""

import csv
import io
import json

from click.testing import CliRunner

from companion.cli import main
from companion.store import labels, open_store

GOOD = {"id": "c1", "text": "where is this from?", "grade": 8, "signal": "availability", "sentiment": "neutral", "video": "v1"}


def jsonl(rows):
    return "".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows).encode()


def as_csv(rows, delimiter=","):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(key for row in rows for key in row)), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def take_in(workspace, *args):
    return CliRunner().invoke(main, ["import", "--kind", "labels", "--workspace", str(workspace), *map(str, args)])


def stored(workspace):
    with open_store(workspace).reading() as connection:
        return labels.votes(connection)
