"""Somebody else's encoder: which are taken, that they are exported as they are, and that the rest is refused in one line."""

import json
import os
import shutil
import subprocess
import sys

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import BertPreTokenizer
from tokenizers.processors import TemplateProcessing
from transformers import AutoModel, BertConfig, MPNetConfig, XLMRobertaConfig

from companion.intent.encoder import Encoder
from companion.intent.model import Manifest, load_model
from companion.registry import Registry
from companion.training import run
from companion.training.cleaning import clean
from companion.training.encoders import UnknownEncoderError, base_of
from companion.training.export import export_encoder
from companion.training.finetune import Recipe, tensors, tokenizer_of
from companion.training.network import IntentNetwork, title_of
from companion.training.seed import load_seed

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789?!.,"
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *(f"##{letter}" for letter in LETTERS)]
SIZE = {
    "vocab_size": len(VOCABULARY),
    "hidden_size": 32,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 64,
    "max_position_embeddings": 160,
}
KINDS = {
    "bert": BertConfig(**SIZE, type_vocab_size=2, pad_token_id=0),
    "mpnet": MPNetConfig(**SIZE, pad_token_id=0),
    "xlm-r": XLMRobertaConfig(**SIZE, type_vocab_size=1, pad_token_id=0),
}
PAIRS = [("where can i buy this?", "a mug"), ("no", ""), ("i need it " * 12, "the mug of the year " * 4)]


def save(config, folder):
    """A network of this kind with random weights, and its own tokenizer, as Hugging Face keeps them."""
    torch.manual_seed(1)
    AutoModel.from_config(config).save_pretrained(folder)
    tokenizer = Tokenizer(WordPiece({piece: i for i, piece in enumerate(VOCABULARY)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = BertPreTokenizer()
    segment = 1 if getattr(config, "type_vocab_size", 0) > 1 else 0
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", pair=f"[CLS] $A [SEP] $B:{segment} [SEP]:{segment}", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture(scope="module", params=KINDS)
def base(request, tmp_path_factory):
    return save(KINDS[request.param], tmp_path_factory.mktemp(request.param))


@pytest.fixture
def tiny(tmp_path):
    """A tiny BERT that a test may break."""
    folder = tmp_path / "tiny-bert"
    folder.mkdir()
    return save(KINDS["bert"], folder)


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


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_folder_without_a_file_is_refused_by_its_name(tiny, name):
    (tiny / name).unlink()
    with pytest.raises(UnknownEncoderError, match=name):
        base_of(str(tiny))


def test_pickled_weights_are_not_read(tiny):
    (tiny / "model.safetensors").rename(tiny / "pytorch_model.bin")
    with pytest.raises(UnknownEncoderError, match=r"no model\.safetensors"):
        base_of(str(tiny))


def test_weights_that_are_none_are_refused(tiny):
    (tiny / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(UnknownEncoderError, match="cannot be trained"):
        base_of(str(tiny))


def test_a_tokenizer_of_another_vocabulary_is_refused(tiny):
    stored = json.loads((tiny / "tokenizer.json").read_text())
    stored["model"]["vocab"]["more"] = len(VOCABULARY)
    (tiny / "tokenizer.json").write_text(json.dumps(stored))
    with pytest.raises(UnknownEncoderError, match="pieces"):
        base_of(str(tiny))


def test_too_few_positions_are_refused(tmp_path):
    save(BertConfig(**{**SIZE, "max_position_embeddings": 64}), tmp_path)
    with pytest.raises(UnknownEncoderError, match="cannot be trained"):
        base_of(str(tmp_path))


def test_names_for_people():
    snapshot = run.Path("/cache/hub/models--intfloat--multilingual-e5-small/snapshots/0123")
    assert title_of(snapshot) == "intfloat/multilingual-e5-small"
    assert title_of(run.Path("/data/my-encoder")) == "my-encoder"


def command(workspace, encoder):
    """`buysignal train` where Hugging Face cannot be reached."""
    environment = {**os.environ, "HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(workspace / "hf")}
    asked = [sys.executable, "-m", "companion", "train", "--encoder", encoder, "--workspace", str(workspace / "w")]
    return subprocess.run(asked, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize(
    ("encoder", "said"), [("nobody/nothing-here", "cannot be reached"), ("no such folder!", "no folder"), ("../nowhere", "no folder")]
)
def test_an_unknown_encoder_ends_the_command_with_one_line(tmp_path, encoder, said):
    done = command(tmp_path, encoder)
    assert done.returncode == 2
    line = done.stderr.strip()
    assert line.startswith("Error: ")
    assert said in line
    assert "\n" not in line


def test_a_training_from_a_folder_makes_a_model_that_serves(store, tiny, short_exams, monkeypatch):
    seed = clean(load_seed())[0][::80]
    monkeypatch.setattr(run, "load_seed", lambda: seed)
    result = run.train(store, from_labels=False, promote=True, show=lambda _: None, encoder=str(tiny))
    entry = Registry(store).find(result.candidate.name)
    assert entry.active
    assert Manifest.load(entry.folder).base == "tiny-bert"
    assert entry.card["base"] == "tiny-bert"
    shutil.rmtree(tiny)  # a trained model stands alone
    model = load_model(entry.folder)
    model.close()
