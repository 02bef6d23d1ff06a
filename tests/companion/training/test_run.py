"""A whole training on a real workspace: what it leaves and what it never touches."""

import pytest

from companion import training_progress
from companion.intent import load_model
from companion.registry import SHIPPED_NAME
from companion.store import labels
from companion.training import adapt, dataset, run
from companion.training.cleaning import clean
from companion.training.own_labels import own_labels
from companion.training.seed import load_seed
from tests.companion.training.run_scene import Trained, workspace_with_labels
from tests.companion.training.small_training import GENTLE, shorten_exams


def small_seed():
    """A twentieth of the seed, as lines."""
    return load_seed()[::20]


def split(store):
    with store.reading() as connection:
        return own_labels(labels.votes(connection))


@pytest.fixture(scope="module")
def gentle(tmp_path_factory):
    """With steps so small that the candidate says what the shipped model says."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "load_seed", small_seed)
        shorten_exams(patch.setattr, tmp_path_factory.mktemp("short") / "exams")
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
    assert [x.text for x in data.examples if x.origin == "seed"] == [x.text for x in clean(small_seed())[0]]
    assert len(data.examples) > 900


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


def test_without_a_label_it_says_how_to_get_one(store):
    with pytest.raises(run.NoLabelsError, match=r"import labels with `buysignal import --kind labels`"):
        run.train(store, from_labels=True, promote=False, show=lambda _: None)
    assert training_progress.read(store.workspace.trainings).state == "failed"
    assert not store.workspace.models.exists()
