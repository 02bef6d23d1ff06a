"""An encoder that cannot be trained is refused in one line."""

import json
import os
import subprocess
import sys

import pytest
from transformers import BertConfig

from companion.training.encoder_folder import UnknownEncoderError
from companion.training.encoders import base_of
from tests.companion.training.encoders_scene import SIZE, VOCABULARY, save


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
