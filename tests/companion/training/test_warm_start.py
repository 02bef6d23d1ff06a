"""Going on from a served model: its int8 weights become a network that says nearly the same."""

import shutil

import numpy as np
import onnx
import pytest
import torch
from onnx import TensorProto, helper

from companion.intent.encoder import Encoder
from companion.intent.heads import Heads
from companion.intent.model import SHIPPED
from companion.training.finetune import tensors, tokenizer_of
from companion.training.lessons import pair_of
from companion.training.network import HEADS
from companion.training.warm_start import NotOursError, network_of
from tests.companion.training.scenes import handful


@pytest.fixture(scope="module")
def network():
    return network_of(SHIPPED).eval()


def test_it_says_nearly_what_the_served_model_says(network):
    pairs = [pair_of(x) for x in handful(12)]
    encoder = Encoder(SHIPPED)
    vectors = encoder.encode(pairs)
    encoder.close()
    heads = Heads.load(SHIPPED / "heads.npz", encoder.dimension)
    with torch.no_grad():
        said = network(**tensors(tokenizer_of(network.base), pairs))
    for name in HEADS:
        served = vectors @ getattr(heads, f"{name}_w") + getattr(heads, f"{name}_b")
        ours = getattr(said, name).numpy()
        assert np.corrcoef(served.ravel(), ours.ravel())[0, 1] > 0.98, name
        assert np.abs(served - ours).mean() < 0.15 * np.ptp(served), name


def test_all_of_it_can_be_trained(network):
    assert all(parameter.requires_grad and parameter.dtype == torch.float32 for parameter in network.parameters())


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(SHIPPED, tmp_path / "model")


def foreign(graph):
    """An ONNX model that BuySignal did not write."""
    tokens = helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, 4])
    node = helper.make_node("Cast", ["input_ids"], ["vector"], to=TensorProto.FLOAT)
    out = helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, 4])
    return helper.make_model(helper.make_graph([node], graph, [tokens], [out]))


def test_a_foreign_encoder_is_refused(folder):
    onnx.save(foreign("other"), folder / "model.onnx")
    with pytest.raises(NotOursError, match=r"model\.onnx lacks pooled\.encoder\..*only a model of the built-in encoder"):
        network_of(folder)


def test_an_encoder_that_lacks_one_array_is_refused_by_its_name(folder):
    model = onnx.load(folder / "model.onnx")
    last = max(i for i, one in enumerate(model.graph.initializer) if one.name.endswith(".bias"))
    del model.graph.initializer[last]
    onnx.save(model, folder / "model.onnx")
    with pytest.raises(NotOursError, match=r"model\.onnx lacks pooled\.encoder\..*\.bias; only a model"):
        network_of(folder)
