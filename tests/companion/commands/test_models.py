"""`buysignal models`, and a scoring that never mixes two models."""

import json

import pytest
from click.testing import CliRunner

from companion.cli import main
from companion.registry import Registry
from tests.companion.model_folders import another_model

OTHER = "own-1-aaaa"


@pytest.fixture
def run(store):
    def call(*args, text=None):
        return CliRunner().invoke(main, [*map(str, args), "--workspace", str(store.workspace.root)], input=text)

    return call


@pytest.fixture
def other(store):
    folder = another_model(store.workspace.models, OTHER, 2.0, exam={"all": {"f1_high": 0.912}})
    (folder / "MODEL_CARD.md").write_text("# A card\n")
    return folder


def active(store):
    return Registry(store).active_name()


def test_list_shows_every_model_and_marks_the_one_in_use(run, other):
    lines = [line.split() for line in run("models", "list").stdout.splitlines()]
    [shipped] = [line for line in lines if "shipped" in line]
    [trained] = [line for line in lines if OTHER in line]
    assert shipped[:2] == ["*", "shipped"]
    assert [line for line in lines if line[0] == "*"] == [shipped]
    assert trained == [OTHER, OTHER, "2026-01-02", "0.91", "exam"]


def test_list_as_json_is_whole(run, other):
    found = json.loads(run("models", "list", "--json").stdout)
    assert [(one["name"], one["active"]) for one in found] == [
        ("shipped", True),
        ("multilingual", False),
        (OTHER, False),
    ]
    assert found[-1] == {"name": OTHER, "id": OTHER, "active": False, "trained": "2026-01-02", "folder": str(other)}


def test_show_prints_the_card_of_the_model_asked_for_or_of_the_one_in_use(run, other):
    assert run("models", "show", OTHER).stdout == "# A card\n\n"
    assert "shipped" not in run("models", "show").stdout.splitlines()[0]
    found = json.loads(run("models", "show", OTHER, "--json").stdout)
    assert (found["id"], found["card"]["exam"]) == (OTHER, {"all": {"f1_high": 0.912}})


def test_show_of_a_model_without_a_card_says_so(run, other):
    (other / "MODEL_CARD.md").unlink()
    assert run("models", "show", OTHER).stdout == f"{OTHER} brought no model card.\n"


def test_use_and_rollback_say_what_is_in_use(run, other, store, model):
    assert run("models", "use", OTHER).stdout == f"{OTHER} ({OTHER}) is in use.\n"
    assert active(store) == OTHER
    assert run("models", "rollback").stdout == f"{model.id} (shipped) is in use.\n"
    assert active(store) == "shipped"


def test_use_and_rollback_as_json(run, other, model):
    used = json.loads(run("models", "use", OTHER, "--json").stdout)
    assert (used["name"], used["active"]) == (OTHER, True)
    back = json.loads(run("models", "rollback", "--json").stdout)
    assert (back["name"], back["id"], back["active"]) == ("shipped", model.id, True)


@pytest.mark.parametrize("command", ["show", "use"])
def test_an_unknown_model_ends_with_status_2_and_lists_the_known_ones(run, other, store, command):
    result = run("models", command, "mini")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"'mini'; there are: shipped, multilingual, {OTHER}" in result.stderr
    assert active(store) == "shipped"


def test_a_rollback_without_a_before_ends_with_status_2_and_the_mend(run):
    result = run("models", "rollback")
    assert result.exit_code == 2
    assert "buysignal models use NAME" in result.stderr


def test_a_damaged_model_ends_with_status_2_and_the_reason(run, other, store):
    (other / "heads.npz").write_bytes(b"x")
    result = run("models", "use", OTHER)
    assert result.exit_code == 2
    assert "heads.npz" in result.stderr
    assert active(store) == "shipped"


def test_a_score_that_is_resumed_never_mixes_two_models(run, other, tmp_path, model):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(json.dumps({"id": str(n), "text": f"is {n} wide enough?"}) + "\n" for n in range(4)))
    assert run("score", source, "--out", out).exit_code == 0
    begun = "".join(out.read_text().splitlines(keepends=True)[:2])
    out.write_text(begun)
    run("models", "use", OTHER)
    refused = run("score", source, "--out", out, "--resume")
    assert refused.exit_code == 2
    assert f"was begun by model {model.id}, in use is {OTHER}; go on with --model {model.id}" in " ".join(refused.stderr.split())
    assert out.read_text() == begun
    assert run("score", source, "--out", out, "--resume", "--model", model.id).exit_code == 0
    assert [json.loads(line)["model"] for line in out.read_text().splitlines()] == [model.id] * 4


def test_score_reads_with_the_model_in_use(run, other):
    run("models", "use", OTHER)
    assert json.loads(run("score", text='{"id": "1", "text": "link?"}\n').stdout)["model"] == OTHER
