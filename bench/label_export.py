"""100,000 answers of five people written by `buysignal label export`, in each format.

`python -m bench.label_export [ANSWERS]`. Exit status 1 when a target is missed.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.table import Row, show
from companion.store import Store, clock, labels, open_store
from companion.store.labels import LabelEvent

ANSWERS = 100_000
MOST_SECONDS = 10
KINDS = ("csv", "jsonl", "parquet", "label-studio", "doccano", "prodigy")


def fill(store: Store, answers: int) -> None:
    """Labels of five people, each comment by all of them."""
    now, people = clock.now_ms(), [f"person-{n}" for n in range(5)]
    with store.writing() as connection:
        for n in range(answers):
            comment = n // 5
            labels.append(
                connection,
                LabelEvent(
                    uuid=f"00000000-0000-4000-8000-{n:012d}",
                    source="annotator",
                    platform="tiktok",
                    comment_id=f"{7_600_000_000_000_000_000 + comment}",
                    video_id=f"v{comment // 50}",
                    text=f"where can I get number {comment}, and is it any good?",
                    text_hash=f"{comment:064x}",
                    context={"caption": "my favourite finds of the month", "hashtags": ["amazonfinds", "unboxing"]},
                    guideline_version="1",
                    created_at=now + n,
                    grade=1 + n % 10,
                    signal="availability",
                    sentiment="neutral",
                    client_id=people[n % 5],
                ),
            )


def rows(answers: int = ANSWERS) -> Iterator[Row]:
    """A line a format: seconds of the whole command, of a processor, and its highest memory so far."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        store = open_store(workspace)
        fill(store, answers)
        store.close()
        for kind in KINDS:
            line = [
                sys.executable,
                "-m",
                "companion",
                "label",
                "export",
                kind,
                "--out",
                f"{folder}/out.{kind}",
                "--workspace",
                str(workspace),
            ]
            before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run(line, check=True, capture_output=True)
            took, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            figure = f"{took:.1f} ({used:.1f} of a processor, {after.ru_maxrss / 1024:.0f} MB)"
            yield Row(f"{answers:,} answers as {kind} (s)", figure, f"<= {MOST_SECONDS}", took <= MOST_SECONDS)


if __name__ == "__main__":
    measured = list(rows(*(int(argument) for argument in sys.argv[1:])))
    show(measured)
    sys.exit(0 if all(row.met for row in measured) else 1)
