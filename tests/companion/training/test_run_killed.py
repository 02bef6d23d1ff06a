"""A training that is killed goes on where it was, with the same data set and recipe."""

import subprocess
import sys
from pathlib import Path

import pytest

from companion import training_progress
from companion.registry import SHIPPED_NAME, Registry
from companion.store import clock, labels
from companion.training import adapt, run
from tests.companion.training.run_scene import Trained, workspace_with_labels
from tests.companion.training.scenes import vote
from tests.companion.training.small_training import GENTLE, MIDDLE, make_small, shorten_exams

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """A workspace in which a training was killed half way through its fine-tuning."""
    store = workspace_with_labels(tmp_path_factory.mktemp("killed"))
    command = [sys.executable, "-m", "tests.companion.training.small_training", str(store.workspace.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as trainer:
        said = trainer.stdout.readline().strip()
        trainer.kill()
    assert said == MIDDLE
    return store


@pytest.fixture(scope="module")
def begun(killed):
    """What stood on disk right after the kill."""
    progress = training_progress.read(killed.workspace.trainings)
    return progress, Registry(killed).active_name(), [path.name for path in killed.workspace.datasets.iterdir()]


@pytest.fixture(scope="module")
def resumed(killed, begun, tmp_path_factory):
    """The same training started again, after another label came in."""
    with killed.writing("labels") as connection:
        labels.append(connection, vote(900, uuid="00000000-0000-4000-8000-000000000900"))
    with pytest.MonkeyPatch.context() as patch:
        make_small(patch.setattr)
        shorten_exams(patch.setattr, tmp_path_factory.mktemp("short") / "exams")
        return Trained(killed, promote=True)


def test_killed_in_the_middle_the_live_model_still_serves_and_the_training_counts_as_stopped(killed, begun):
    progress, active, _ = begun
    assert active == SHIPPED_NAME
    assert training_progress.standing(progress, clock.now_ms()).state == "stopped"
    assert 0 < progress.step < progress.steps


def test_started_again_it_goes_on_from_the_checkpoint_with_the_same_data_set(begun, resumed):
    progress, _, versions = begun
    steps = [shown.step for shown in resumed.shown if shown.stage == "fine-tuning" and shown.step]
    assert min(steps) >= progress.step
    assert [progress.dataset.id] == versions == [path.name for path in resumed.store.workspace.datasets.iterdir()]
    assert resumed.shown[-1].dataset.id == progress.dataset.id
    assert resumed.shown[-1].run == progress.run


def test_promoted_by_hand_the_candidate_is_in_use_and_a_rollback_brings_the_old_one_back(resumed, model):
    assert resumed.result.promoted
    loaded = resumed.registry.load_active()
    assert loaded.id == resumed.result.candidate.id != model.id
    loaded.close()
    assert resumed.registry.rollback().name == SHIPPED_NAME
    assert resumed.registry.active_name() == SHIPPED_NAME


def test_an_unfinished_run_is_gone_on_with_only_by_the_same_recipe(tmp_path, monkeypatch):
    make_small(monkeypatch.setattr)
    store, home = workspace_with_labels(tmp_path), tmp_path / "w" / "trainings"
    home.mkdir()

    def plan():
        return run._plan(store, home, run._wanted(run.BUILTIN, from_labels=True))

    first, data = plan()
    (home / first.name).mkdir()
    (home / first.name / "checkpoint").write_text("")
    assert plan() == (first, data)
    assert (home / first.name / "checkpoint").exists()
    monkeypatch.setattr(adapt, "RECIPE", GENTLE)
    other, _ = plan()
    assert (other.dataset, other.recipe) == (first.dataset, GENTLE)
    assert not (home / first.name / "checkpoint").exists()
