"""The progress of a training: where it is, how long it takes, how it ended."""

import os
import time

import pytest

from companion import training_progress
from companion.training import stopwatch
from companion.training.stopwatch import AFTERWARDS_SECONDS, Stopwatch
from companion.training_progress import DataSetCounts, ModelName, Result

RESULT = Result(ModelName("b", "b"), ModelName("a", "a"), "better", True, "because")
COUNTS = DataSetCounts("d1", 100, 40, 12, {"repeat": 3})


@pytest.fixture
def shown():
    return []


@pytest.fixture
def watch(tmp_path, shown):
    return Stopwatch(tmp_path, shown.append)


@pytest.fixture
def always_written(monkeypatch):
    monkeypatch.setattr(stopwatch, "WRITE_SECONDS", -1)


def written(tmp_path):
    return training_progress.read(tmp_path)


def test_a_training_that_ends_well_leaves_its_result(watch, tmp_path, shown):
    with watch:
        watch.stage("cleaning")
        watch.data("labels-d1", COUNTS)
        watch.stage("comparing")
        watch.finish(RESULT)
    last = written(tmp_path)
    assert (last.state, last.run, last.dataset, last.result, last.seconds_left) == ("done", "labels-d1", COUNTS, RESULT, 0.0)
    assert last.pid == os.getpid()
    assert last.started_at <= last.updated_at
    assert shown[-1] == last


def test_every_stage_is_written_at_once(watch, tmp_path):
    for name in training_progress.STAGES:
        watch.stage(name)
        assert (written(tmp_path).state, written(tmp_path).stage) == ("running", name)


def test_steps_are_written_with_the_time_left(watch, tmp_path, always_written):
    watch.stage("fine-tuning", 100)
    watch.at(10)
    assert (written(tmp_path).step, written(tmp_path).steps, written(tmp_path).seconds_left) == (10, 100, None)
    time.sleep(0.2)
    watch.at(20)  # ten steps took 0.2 s or a bit more, eighty are left
    assert AFTERWARDS_SECONDS + 1.6 <= written(tmp_path).seconds_left < AFTERWARDS_SECONDS + 30


def test_a_resumed_stage_is_not_judged_by_the_steps_of_the_earlier_run(watch, tmp_path, always_written):
    watch.stage("fine-tuning", 1000)
    watch.at(900)
    assert written(tmp_path).seconds_left is None
    time.sleep(0.2)
    watch.at(910)
    assert written(tmp_path).seconds_left >= AFTERWARDS_SECONDS + 1.8


def test_between_two_writes_passes_a_second_but_the_last_step_is_always_written(watch, tmp_path, shown):
    watch.stage("fine-tuning", 100)
    for step in range(1, 100):
        watch.at(step)
    assert written(tmp_path).step < 99
    assert len(shown) < 20
    watch.at(100)
    assert written(tmp_path).step == 100


def test_the_next_stage_begins_its_own_count(watch, tmp_path):
    watch.stage("fine-tuning", 100)
    watch.at(100)
    watch.stage("exporting")
    assert (written(tmp_path).step, written(tmp_path).steps, written(tmp_path).seconds_left) == (0, 0, None)


@pytest.mark.parametrize(
    ("error", "state", "message"),
    [
        (ValueError("there is no label"), "failed", "there is no label"),
        (KeyboardInterrupt(), "stopped", ""),
        (SystemExit(1), "stopped", ""),
    ],
)
def test_a_training_that_does_not_end_well_says_so(watch, tmp_path, error, state, message):
    def train():
        with watch:
            watch.stage("fine-tuning", 100)
            raise error

    with pytest.raises(type(error)):
        train()
    last = written(tmp_path)
    assert (last.state, last.stage, last.message, last.seconds_left, last.result) == (state, "fine-tuning", message, None, None)
