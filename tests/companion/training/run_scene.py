"""A workspace with a user's labels, and a training on them."""

import json

from click.testing import CliRunner

from companion.cli import main
from companion.registry import Registry
from companion.store import open_store
from companion.training import run

BUYING, OTHER = (
    ("where can I buy the blue one", "just ordered number", "price of"),
    ("lol your dog", "which song is", "first", "nice kitchen"),
)
LABELS = [
    {
        "id": f"c{n}",
        "text": f"{(BUYING + OTHER)[n % 7]} {n}",
        "grade": 8 if n % 7 < 3 else 2,
        "video": f"v{n // 5}",
        "context": "a bottle",
        "annotator": "amy",
    }
    for n in range(40)
]


def workspace_with_labels(folder):
    """40 labels of 8 videos, imported as a user does it."""
    file = folder / "labels.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in LABELS))
    done = CliRunner().invoke(main, ["import", "--kind", "labels", str(file), "--workspace", str(folder / "w")])
    assert done.exit_code == 0, done.stderr
    return open_store(folder / "w")


class Trained:
    """A finished training and everything that it said."""

    def __init__(self, store, promote):
        self.store, self.shown = store, []
        self.result = run.train(store, from_labels=True, promote=promote, show=self.shown.append)
        self.registry = Registry(store)
