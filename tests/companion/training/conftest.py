"""The real network, loaded once; shortened exams; a tiny encoder of somebody else."""

import pytest
from hypothesis import settings

from companion.training.network import IntentNetwork, base_folder
from tests.companion.training.encoders_scene import KINDS, save
from tests.companion.training.small_training import shorten_exams

settings.register_profile("unhurried", deadline=None)  # a training beside the tests makes any of them slow now and then
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def untrained():
    """The plain encoder with fresh heads. Read it; whoever trains makes one of their own."""
    return IntentNetwork(base_folder()).eval()


@pytest.fixture
def short_exams(tmp_path, monkeypatch):
    """Every 20th line of each exam: for models that read slowly, where the figures themselves do not matter."""
    shorten_exams(monkeypatch.setattr, tmp_path / "exams")


@pytest.fixture
def tiny(tmp_path):
    """A tiny BERT that a test may break."""
    folder = tmp_path / "tiny-bert"
    folder.mkdir()
    return save(KINDS["bert"], folder)
