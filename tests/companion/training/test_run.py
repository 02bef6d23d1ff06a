"""A whole training on a real workspace: what it leaves, what it never touches, and how it goes on after being killed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from companion import training_progress
from companion.cli import main
from companion.intent import load_model
from companion.registry import SHIPPED_NAME, Registry
from companion.store import clock, labels, open_store
from companion.training import adapt, dataset, run
from companion.training.own_labels import own_labels
from tests.companion.training.scenes import vote
from tests.companion.training.small_training import GENTLE, MIDDLE, make_small

ROOT = Path(__file__).parents[3]
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


def split(store):
    with store.reading() as connection:
        return own_labels(labels.votes(connection))


class Trained:
    """A finished training and everything that it said."""

    def __init__(self, store, promote):
        self.store, self.shown = store, []
        self.result = run.train(store, from_labels=True, promote=promote, show=self.shown.append)
        self.registry = Registry(store)


@pytest.fixture(scope="module")
def gentle(tmp_path_factory):
    """With the whole seed, and steps so small that the candidate says what the shipped model says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adapt, "RECIPE", GENTLE)
        patch.setattr(adapt, "REPLAYED", 24)
        return Trained(workspace_with_labels(tmp_path_factory.mktemp("gentle")), promote=False)


def test_with_too_few_labels_kept_aside_it_cannot_tell_and_leaves_the_live_model_alone(gentle):
    assert gentle.result.verdict == "cannot tell yet"
    assert not gentle.result.promoted
    assert gentle.registry.active_name() == SHIPPED_NAME == gentle.result.live.name
    assert "Label more comments" in gentle.result.reason


def test_it_makes_a_data_set_version_of_the_seed_and_the_labels(gentle):
    [folder] = gentle.store.workspace.datasets.iterdir()
    data = dataset.load(gentle.store.workspace.datasets, folder.name)
    own = split(gentle.store)
    assert [x.text for x in data.examples if x.origin != "seed"] == [x.text for x in own.train]
    assert data.blind == own.blind
    assert 0 < len(data.blind) < 40
    assert len(data.examples) > 8000


def test_the_candidate_is_a_model_with_a_card_that_says_what_it_learned_from(gentle):
    entry = gentle.registry.find(gentle.result.candidate.name)
    load_model(entry.folder).close()
    assert entry.id == gentle.result.candidate.id
    assert entry.card["data"]["own"] == len(split(gentle.store).train)
    assert entry.card["own_labels"]["n"] == len(split(gentle.store).blind)
    assert f"{entry.card['data']['own']} of them are real comments" in (entry.folder / "MODEL_CARD.md").read_text()


def test_its_progress_goes_through_every_stage_and_ends_done(gentle):
    last = training_progress.read(gentle.store.workspace.trainings)
    assert (last.state, last.stage, last.result) == ("done", "comparing", gentle.result)
    assert list(dict.fromkeys(progress.stage for progress in gentle.shown)) == list(training_progress.STAGES)
    assert last.dataset.own + last.dataset.blind == 40


def test_no_work_is_left_behind(gentle):
    assert sorted(path.name for path in gentle.store.workspace.trainings.iterdir()) == ["progress.json", "training.lock"]


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
def resumed(killed, begun):
    """The same training started again, after another label came in."""
    with killed.writing("labels") as connection:
        labels.append(connection, vote(900, uuid="00000000-0000-4000-8000-000000000900"))
    with pytest.MonkeyPatch.context() as patch:
        make_small(patch.setattr)
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


def test_without_a_label_it_says_how_to_get_one(store):
    with pytest.raises(run.NoLabelsError, match=r"import labels with `buysignal import --kind labels`"):
        run.train(store, from_labels=True, promote=False, show=lambda _: None)
    assert training_progress.read(store.workspace.trainings).state == "failed"
    assert not store.workspace.models.exists()
