"""A whole tuning on a real workspace: what it leaves, what it never touches, and how it goes on after being killed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from companion import training_progress
from companion.shop.profile.events import Event
from companion.shop.retrieval.encoding import model_hash
from companion.shop_encoders import MANIFEST, SHIPPED_NAME, BadEncoderError, Encoders, check, folder_of
from companion.shop_index import open_shop
from companion.shop_tuning import forget_questions, home_of, run_of
from companion.store import clock, open_store, shop_events
from companion.store.file_lock import AlreadyLockedError, exclusive
from companion.training.retrieval import folder as folders
from companion.training.retrieval import lessons, run
from companion.training.retrieval.contrastive import plain_encoder
from companion.training.retrieval.folder import PARITY, ExportError
from tests.companion.shop_encoder_folders import another_encoder
from tests.companion.training.retrieval.small_run import MIDDLE, make_small, own_products, stock

ROOT = Path(__file__).parents[4]

pytestmark = pytest.mark.timeout(900)  # half a minute of work, which a busy machine may stretch


@pytest.fixture(scope="module", autouse=True)
def _small(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        make_small(patch.setattr, tmp_path_factory.mktemp("exam"))
        yield


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """A workspace in which a tuning was killed in the middle, with what stood there right after."""
    store = open_store(tmp_path_factory.mktemp("killed") / "w")
    stock(store, own_products())
    command = [sys.executable, "-m", "tests.companion.training.retrieval.small_run", str(store.workspace.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as trainer:
        said = trainer.stdout.readline().strip()
        trainer.kill()
    assert said == MIDDLE
    return store, training_progress.read(home_of(store.workspace)), Encoders(store).active_name()


class Tuned:
    """A finished tuning and everything that it said."""

    def __init__(self, store, promote):
        self.store, self.shown = store, []
        self.result = run.train(store, promote=promote, show=self.shown.append)


@pytest.fixture(scope="module")
def resumed(killed):
    """The killed tuning started again after more products came in, and promoted by hand."""
    store = killed[0]
    stock(store, own_products(7))
    return Tuned(store, promote=True)


def test_killed_it_leaves_the_encoder_in_use_alone(killed):
    _, progress, active = killed
    assert (progress.state, progress.stage, active) == ("running", "fine-tuning", SHIPPED_NAME)
    assert progress.seconds_left > 0
    assert training_progress.standing(progress, clock.now_ms()).state == "stopped"


def test_started_again_it_goes_on_with_the_same_questions_where_it_was(killed, resumed):
    steps = [progress.step for progress in resumed.shown if progress.stage == "fine-tuning" and progress.step]
    assert steps[0] == 3  # the step that was told before it was saved
    assert resumed.shown[-1].dataset == killed[1].dataset


def test_its_progress_goes_through_every_stage_and_ends_done(resumed):
    last = training_progress.read(home_of(resumed.store.workspace))
    assert (last.state, last.result) == ("done", resumed.result)
    stages = [progress.stage for progress in resumed.shown if progress.stage != "cleaning"]
    assert tuple(dict.fromkeys(stages)) == run.STAGES


def test_the_table_holds_both_sheets_with_every_way_of_searching(resumed):
    rows = resumed.result.rows
    assert [(row.set, row.measure) for row in rows] == [
        (name, f"nDCG@10 {way}")
        for name in ("your product types kept aside", "exam that came with BuySignal")
        for way in ("dense", "hybrid", "whole search")
    ]
    assert all(0 <= figure <= 1 for row in rows for figure in (row.live, row.candidate))
    assert {row.n for row in rows[3:]} == {9}


def test_the_candidate_is_an_encoder_that_says_what_it_learned_from(resumed):
    folder = folder_of(resumed.store.workspace) / resumed.result.candidate.name
    check(folder).close()
    said = json.loads((folder / MANIFEST).read_text())
    assert said["id"] == folder.name
    assert said["parity"] >= PARITY
    assert said["questions"]["lessons"] == resumed.shown[-1].dataset.lines
    assert len(said["figures"]) == 6


def test_promoted_by_hand_it_is_in_use_with_the_index_rebuilt_and_a_rollback_goes_back(resumed):
    store = resumed.store
    known = Encoders(store)
    assert resumed.result.promoted
    assert known.active_name() == resumed.result.candidate.name
    if resumed.result.verdict != "better":
        assert known.history()[-1].reason.startswith("by hand, though: ")
    stamp = json.loads((store.workspace.shop / "dense-ip.json").read_text())
    assert stamp["encoder"] == model_hash(folder_of(store.workspace) / resumed.result.candidate.name)
    shop = open_shop(store, seen=lambda *_: pytest.fail("every text was read already"))
    assert shop.encoder.name == stamp["encoder"]
    shop.encoder.close()
    assert known.rollback().name == SHIPPED_NAME


def test_no_work_is_left_behind(resumed):
    assert sorted(path.name for path in home_of(resumed.store.workspace).iterdir()) == ["progress.json", "training.lock"]


@pytest.fixture
def own(store):
    stock(store, own_products())
    return store


def silent(_progress):
    """Nobody looks."""


def test_an_export_that_reads_texts_otherwise_is_refused_and_changes_nothing(own, monkeypatch):
    monkeypatch.setattr(folders, "PARITY", 1.01)
    monkeypatch.setattr(run.contrastive, "tune", lambda *_args: plain_encoder().eval())
    with pytest.raises(ExportError, match=r"mean cosine 0\.9\d\d, at least 1\.01 is wanted"):
        run.train(own, promote=True, show=silent)
    assert [entry.name for entry in Encoders(own).entries()] == [SHIPPED_NAME]
    assert training_progress.read(home_of(own.workspace)).state == "failed"


def test_without_a_catalogue_there_is_nothing_to_learn_from(store):
    with pytest.raises(lessons.NoCatalogueError, match="import a catalogue"):
        run.train(store, promote=False, show=silent)


def test_with_too_few_products_it_cannot_tell_and_trains_nothing(store):
    stock(store, own_products(120))
    result = run.train(store, promote=True, show=silent)
    assert (result.verdict, result.promoted, result.rows) == ("cannot tell yet", False, [])
    assert "it takes at least 20 about 10. Import more products." in result.reason
    assert [entry.name for entry in Encoders(store).entries()] == [SHIPPED_NAME]


def test_with_too_few_kept_aside_it_cannot_tell_either(own, monkeypatch):
    monkeypatch.setattr(run.promotion, "MIN_QUESTIONS", 500)
    result = run.train(own, promote=True, show=silent)
    assert (result.verdict, result.promoted) == ("cannot tell yet", False)
    assert "could be kept aside to check; it takes at least 500" in result.reason


def test_two_trainings_of_a_workspace_do_not_run_at_once(own):
    home = home_of(own.workspace)
    home.mkdir(parents=True)
    with exclusive(home / "training.lock"), pytest.raises(AlreadyLockedError):
        run.train(own, promote=False, show=silent)


def test_an_encoder_in_use_that_is_broken_is_told_before_anything_is_trained(own):
    folder = another_encoder(own, "retrieval-1")
    Encoders(own).use("retrieval-1")
    (folder / "model.onnx").write_bytes(b"")
    with pytest.raises(BadEncoderError, match="its hash differs"):
        run.train(own, promote=False, show=silent)


def test_an_unfinished_run_that_cannot_be_read_is_begun_anew(own):
    scratch = run_of(own.workspace)
    stocked = lessons.stock_of(own)
    for text in ("", "{", '{"recipe": 1}', "[]"):
        scratch.mkdir(parents=True)
        (scratch / "run.json").write_text(text)
        assert lessons.begun(scratch, run.RECIPE, stocked) is None
        shutil.rmtree(scratch)


def test_searches_with_what_was_chosen_are_learned_from_or_kept_aside_whole(own):
    products = lessons.stock_of(own).products
    with own.writing() as connection:
        shop_events.keep_searches(connection, kept=True)
        for place in range(0, 60, 3):
            search = Event(place * 10, "search", words=f"my own words {place}", page="search")
            shop_events.add(connection, [search, Event(place * 10 + 1, "click", products[place].id, page="search")])
    gathered = lessons.gather(own, lessons.stock_of(own), seed=7)
    learned = {one.query for one in gathered.lessons if one.query.startswith("my own words")}
    checked = {one.query for one in gathered.aside if one.origin == "yours"}
    assert gathered.yours == len(learned) + len(checked) == 20
    assert learned
    assert checked
    assert {one.type for one in gathered.lessons}.isdisjoint(one.type for one in gathered.aside)
    lessons.begin(run_of(own.workspace), run.RECIPE, gathered, lessons.stock_of(own))
    assert lessons.begun(run_of(own.workspace), run.RECIPE, lessons.stock_of(own)) == gathered
    forget_questions(own.workspace)
    assert lessons.begun(run_of(own.workspace), run.RECIPE, lessons.stock_of(own)) is None
