"""`buysignal score` on 100,000 different comments: speed, memory, and going on after being killed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from bench.table import Row
from companion.training.seed import load_seed

COMMENTS = 100_000
KILLED_AT = 30_000
MEMORY_MB = 500


def rows() -> list[Row]:
    """Killed after 30,000 answers, gone on with --resume, and every answer is there once and in order."""
    with tempfile.TemporaryDirectory() as scratch:
        source, out = Path(scratch) / "comments.jsonl", Path(scratch) / "answers.jsonl"
        _write(source)
        first = _run(source, out, until=KILLED_AT)
        begun = _lines(out)
        second = _run(source, out)
        answers = [json.loads(line)["id"] for line in out.open(encoding="utf-8")]
    whole = answers == [str(i) for i in range(COMMENTS)]
    peak = max(first[1], second[1])
    speed = (COMMENTS - begun) / second[0]
    return [
        Row("100,000 comments through `buysignal score`: highest memory", f"{peak:.0f} MB", f"<= {MEMORY_MB} MB", peak <= MEMORY_MB),
        Row("... comments a second", f"{speed:.0f}", "", True),
        Row(
            f"... killed after {begun:,}, gone on with --resume",
            "every answer once" if whole else "answers missing",
            "every answer once",
            whole,
        ),
    ]


def _write(path: Path) -> None:
    texts = [x.text for x in load_seed()]
    with path.open("w", encoding="utf-8") as stream:
        for number in range(COMMENTS):
            text = f"{texts[number % len(texts)]} {number // len(texts)}"
            stream.write(json.dumps({"id": str(number), "text": text, "context": "TikTok video of a kitchen gadget"}) + "\n")


def _run(source: Path, out: Path, until: int | None = None) -> tuple[float, float]:
    """Seconds and peak resident memory in MB; killed once `until` answers are written."""
    command = [
        sys.executable,
        "-m",
        "companion",
        "score",
        str(source),
        "--out",
        str(out),
        "--resume",
        "--workspace",
        str(source.parent / "none"),
    ]
    started = time.monotonic()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    peak = 0.0
    while process.poll() is None:
        try:
            peak = max(peak, psutil.Process(process.pid).memory_info().rss / 1e6)
        except psutil.NoSuchProcess:
            break
        if until and out.exists() and _lines(out) >= until:
            process.send_signal(signal.SIGKILL)
        time.sleep(0.5)
    process.wait()
    return time.monotonic() - started, peak


def _lines(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))
