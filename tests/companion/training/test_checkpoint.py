"""The state of an unfinished training on disk."""

import pytest
import torch
from safetensors import SafetensorError
from torch import nn

from companion.training import checkpoint


def scene(seed=0):
    torch.manual_seed(seed)
    network = nn.Sequential(nn.Linear(4, 3), nn.LayerNorm(3))
    return network, torch.optim.AdamW(network.parameters(), lr=0.1)


def step(network, optimizer):
    network(torch.arange(8.0).reshape(2, 4)).square().sum().backward()
    optimizer.step()
    optimizer.zero_grad()


def test_without_a_checkpoint_it_begins_at_the_beginning(tmp_path):
    network, optimizer = scene()
    before = [value.clone() for value in network.state_dict().values()]
    assert checkpoint.load(tmp_path / "none", network, optimizer) == 0
    assert all(torch.equal(a, b) for a, b in zip(before, network.state_dict().values(), strict=True))


def test_weights_optimiser_and_step_come_back(tmp_path):
    network, optimizer = scene()
    step(network, optimizer)
    checkpoint.save(tmp_path / "run", 17, network, optimizer)
    other, its = scene(seed=1)
    assert checkpoint.load(tmp_path / "run", other, its) == 17
    for one in (network, optimizer), (other, its):
        step(*one)
    for name, value in network.state_dict().items():
        assert torch.equal(value, other.state_dict()[name]), name


def test_the_last_one_stays_and_nothing_else(tmp_path):
    network, optimizer = scene()
    for number in (1, 2):
        step(network, optimizer)
        checkpoint.save(tmp_path, number, network, optimizer)
    assert [path.name for path in tmp_path.iterdir()] == [checkpoint.STATE]
    assert checkpoint.load(tmp_path, *scene()) == 2


def test_a_draft_of_a_killed_writer_is_not_read(tmp_path):
    network, optimizer = scene()
    step(network, optimizer)
    checkpoint.save(tmp_path, 1, network, optimizer)
    (tmp_path / f"{checkpoint.STATE}.part").write_bytes(b"half")
    assert checkpoint.load(tmp_path, *scene()) == 1


def test_a_pickle_is_not_opened(tmp_path):
    network, optimizer = scene()
    torch.save(network.state_dict(), tmp_path / checkpoint.STATE)
    with pytest.raises(SafetensorError):
        checkpoint.load(tmp_path, network, optimizer)
