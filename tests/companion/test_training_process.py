"""A training as a process of its own: told by its file, one at a time, stopped by its pid."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion import training_process, training_progress
from companion.store import Store, clock
from companion.store.workspace import Workspace
from companion.training_process import AlreadyTrainingError
from companion.training_progress import Compared, DataSetCounts, ModelName, Progress, Result
from tests.companion import scripted_trainer


def progress(**changes: Any) -> Progress:
    usual = Progress("run-1", os.getpid(), "running", "fine-tuning", 120, 900, 340, 1, clock.now_ms())
    return replace(usual, **changes)


@pytest.fixture
def workspace(store: Store, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace whose trainer follows a script."""
    monkeypatch.setattr(training_process, "COMMAND", (str(Path(scripted_trainer.__file__)),))
    return store.workspace


def script(workspace: Workspace, *steps: dict[str, Any], **rest: Any) -> None:
    (workspace.root / scripted_trainer.SCRIPT).write_text(json.dumps({"steps": steps, **rest}))


def until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not happened():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def state(workspace: Workspace) -> tuple[str, str] | None:
    found = training_process.current(workspace)
    return (found.state, found.stage) if found else None


@given(
    st.builds(
        Progress,
        run=st.text(),
        pid=st.integers(2, 2**22),
        state=st.sampled_from(["running", "done", "failed", "stopped"]),
        stage=st.sampled_from(training_progress.STAGES),
        step=st.integers(0, 900),
        steps=st.integers(0, 900),
        seconds_left=st.none() | st.floats(0, 1e6),
        started_at=st.integers(0, 2**42),
        updated_at=st.integers(0, 2**42),
        message=st.text(),
        dataset=st.none() | st.builds(DataSetCounts),
        result=st.none() | st.builds(Result, rows=st.lists(st.builds(Compared, live=st.none(), candidate=st.floats(0, 1)))),
    )
)
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, given_progress: Progress) -> None:
    folder = tmp_path_factory.getbasetemp() / "progress"
    training_progress.write(folder, given_progress)
    assert training_progress.read(folder) == given_progress
    assert [path.name for path in folder.iterdir()] == ["progress.json"]


def test_the_file_is_private_and_plain_json(tmp_path: Path) -> None:
    names = ModelName("a", "a-1"), ModelName("shipped", "s-1")
    result = Result(*names, "better", True, "It finds more.", [Compared("yours", 80, "f1", 0.71, 0.78)])
    training_progress.write(tmp_path, progress(state="done", dataset=DataSetCounts("ab", 9, 2, 1, {"repeat": 3}), result=result))
    assert (tmp_path / "progress.json").stat().st_mode & 0o777 == 0o600
    told = json.loads((tmp_path / "progress.json").read_text())
    assert told["dataset"] == {"id": "ab", "lines": 9, "own": 2, "blind": 1, "removed": {"repeat": 3}}
    assert told["result"]["rows"] == [{"set": "yours", "n": 80, "measure": "f1", "live": 0.71, "candidate": 0.78}]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"run": "x"}', '{"state": "flying"}'])
def test_what_is_no_progress_reads_as_none(tmp_path: Path, content: str) -> None:
    assert training_progress.read(tmp_path) is None
    (tmp_path / "progress.json").write_text(content)
    assert training_progress.read(tmp_path) is None


def test_a_reader_never_sees_a_part(tmp_path: Path) -> None:
    written = [progress(step=step, message="x" * 5000) for step in range(300)]
    training_progress.write(tmp_path, written[0])
    writer = threading.Thread(target=lambda: [training_progress.write(tmp_path, one) for one in written])
    writer.start()
    while writer.is_alive():
        assert training_progress.read(tmp_path) in written
    writer.join()


def test_a_running_one_that_is_gone_or_silent_counts_as_stopped() -> None:
    now = clock.now_ms()
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert training_progress.standing(progress(), now).state == "running"
    assert training_progress.standing(progress(pid=gone.pid), now).state == "stopped"
    assert training_progress.standing(progress(updated_at=now - 2 * clock.MINUTE - 1), now).state == "stopped"
    for pid in (1, 0, -1):
        assert training_progress.standing(progress(pid=pid), now).state == "stopped"
    assert training_progress.standing(progress(state="done", pid=gone.pid), now).state == "done"


def test_a_training_starts_tells_and_ends(workspace: Workspace) -> None:
    assert state(workspace) is None
    script(workspace, {"step": 10}, {"state": "done", "stage": "comparing"}, says="hello")
    training_process.start(workspace)
    until(lambda: state(workspace) == ("done", "comparing"))
    log = workspace.trainings / training_process.LOG
    assert log.read_text() == "hello\n"
    assert log.stat().st_mode & 0o777 == 0o600


def test_it_is_starting_until_its_first_word(workspace: Workspace) -> None:
    script(workspace, pause=30)
    training_process.start(workspace)
    assert state(workspace) == ("running", training_process.STARTING)
    assert training_process.stop(workspace)
    assert state(workspace) is None


def test_only_one_at_a_time(workspace: Workspace) -> None:
    script(workspace, {"step": 1}, pause=30)
    training_process.start(workspace)
    until(lambda: state(workspace) == ("running", "fine-tuning"))
    with pytest.raises(AlreadyTrainingError):
        training_process.start(workspace)
    assert training_process.stop(workspace)
    assert state(workspace) == ("stopped", "fine-tuning")
    script(workspace, {"state": "done"})
    training_process.start(workspace)
    until(lambda: state(workspace) == ("done", "fine-tuning"))


def test_one_started_in_a_terminal_is_not_joined_by_another(workspace: Workspace) -> None:
    script(workspace, {"step": 7}, pause=30)
    outside = subprocess.Popen([sys.executable, scripted_trainer.__file__, "--workspace", str(workspace.root)])
    until(lambda: state(workspace) == ("running", "fine-tuning"))
    with pytest.raises(AlreadyTrainingError):
        training_process.start(workspace)
    threading.Thread(target=outside.wait).start()
    assert training_process.stop(workspace)
    assert state(workspace) == ("stopped", "fine-tuning")


def test_many_clicks_start_one(workspace: Workspace) -> None:
    script(workspace, {"step": 1}, pause=30)
    started = []

    def click() -> None:
        try:
            training_process.start(workspace)
            started.append(1)
        except AlreadyTrainingError:
            pass

    clicks = [threading.Thread(target=click) for _ in range(8)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert started == [1]
    assert training_process.stop(workspace)


def test_one_that_dies_before_its_first_word_has_failed_with_its_last_line(workspace: Workspace) -> None:
    script(workspace, says="first\nError: the base model is missing\n", status=2)
    training_process.start(workspace)
    until(lambda: state(workspace) == ("failed", training_process.STARTING))
    found = training_process.current(workspace)
    assert found is not None
    assert found.message == "Error: the base model is missing"


def test_stop_leaves_other_processes_alone(workspace: Workspace) -> None:
    bystander = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    old = clock.now_ms() - 3 * clock.MINUTE
    training_progress.write(workspace.trainings, progress(pid=bystander.pid, updated_at=old))
    assert training_process.stop(workspace)
    training_progress.write(workspace.trainings, progress(pid=os.getpid()))
    assert training_process.stop(workspace)
    assert bystander.poll() is None
    bystander.kill()
    bystander.wait()
