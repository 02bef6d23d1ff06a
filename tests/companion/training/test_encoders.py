"""Somebody else's encoder: which are taken, that they are exported as they are, and that a model trained from one serves."""

import shutil

import numpy as np
import pytest
import torch
from transformers import BertConfig

from companion.intent.encoder import Encoder
from companion.intent.model import Manifest, load_model
from companion.registry import Registry
from companion.training import run
from companion.training.cleaning import clean
from companion.training.encoders import base_of
from companion.training.export import export_encoder
from companion.training.finetune import Recipe, tensors, tokenizer_of
from companion.training.network import IntentNetwork, title_of
from companion.training.seed import load_seed
from tests.companion.training.encoders_scene import KINDS, SIZE, save

PAIRS = [("where can i buy this?", "a mug"), ("no", ""), ("i need it " * 12, "the mug of the year " * 4)]


@pytest.fixture(scope="module", params=KINDS)
def base(request, tmp_path_factory):
    return save(KINDS[request.param], tmp_path_factory.mktemp(request.param))


def test_bert_like_encoders_with_and_without_segments_are_taken(base):
    found = base_of(str(base))
    assert (found.folder, found.recipe) == (base, Recipe())


def test_their_export_says_what_they_say(base, tmp_path):
    network = IntentNetwork(base).eval()
    export_encoder(network.pooled, base / "tokenizer.json", tmp_path)
    encoder = Encoder(tmp_path)
    served = encoder.encode(PAIRS)
    encoder.close()
    with torch.no_grad():
        whole = np.concatenate([network.pooled(**tensors(tokenizer_of(base), [pair])).numpy() for pair in PAIRS])
    cosine = (served * whole).sum(1) / np.linalg.norm(served, axis=1) / np.linalg.norm(whole, axis=1)
    assert cosine.min() > 0.97


def test_wide_networks_learn_more_slowly(tmp_path):
    save(BertConfig(**{**SIZE, "hidden_size": 512, "num_hidden_layers": 1}), tmp_path)
    assert base_of(str(tmp_path)).recipe.learning_rate < Recipe().learning_rate


def test_names_for_people():
    snapshot = run.Path("/cache/hub/models--intfloat--multilingual-e5-small/snapshots/0123")
    assert title_of(snapshot) == "intfloat/multilingual-e5-small"
    assert title_of(run.Path("/data/my-encoder")) == "my-encoder"


def test_a_training_from_a_folder_makes_a_model_that_serves(store, tiny, short_exams, monkeypatch):
    seed = clean(load_seed()[::80])[0]
    monkeypatch.setattr(run, "load_seed", lambda: seed)
    result = run.train(store, from_labels=False, promote=True, show=lambda _: None, encoder=str(tiny))
    entry = Registry(store).find(result.candidate.name)
    assert entry.active
    assert Manifest.load(entry.folder).base == "tiny-bert"
    assert entry.card["base"] == "tiny-bert"
    shutil.rmtree(tiny)  # a trained model stands alone
    model = load_model(entry.folder)
    model.close()
