"""A collector, a companion and somebody who labels write to one file at once; ten minutes of it: `python -m bench.three_writers`."""

from __future__ import annotations

from pathlib import Path

from tests.companion.three_writers import run

SECONDS = 8


def test_three_programs_write_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    outcome = run(tmp_path, SECONDS)
    assert outcome.errors == []
    assert outcome.lost == []
    assert outcome.sound
    assert [name for name, part in outcome.parts.items() if not part.written] == []
    assert outcome.parts["companion"].graded > 0
