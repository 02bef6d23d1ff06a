"""`buysignal score`, `explain` and `evaluate`, as scripts call them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from companion.cli import main

SHARED = Path(__file__).parents[4] / "shared" / "data" / "intent-dev.jsonl"
KEYS = ["id", "grade", "level", "p_high", "signal", "sentiment", "interval", "unsure", "lang", "emotion", "toxic", "spam", "model"]


def run(*args, text=None):
    return CliRunner().invoke(main, [str(arg) for arg in args], input=text)


def lines(*rows):
    return "".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows)


def test_answers_come_in_input_order_with_the_promised_keys():
    result = run("score", text=lines({"id": "b", "text": "link?"}, {"id": 7, "text": "lol", "context": "mug"}))
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [answer["id"] for answer in answers] == ["b", 7]
    assert all(list(answer) == KEYS for answer in answers)
    assert all(answer["level"] == round(answer["grade"]) for answer in answers)


def test_a_bad_line_is_reported_answered_and_ends_with_status_2():
    result = run(
        "score", text=lines({"id": "a", "text": "link?"}, "not json\n", {"id": "c", "text": 5}, {"id": "d", "text": "hi", "context": 3})
    )
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 2
    assert [sorted(answer) == ["error", "id"] for answer in answers] == [False, True, True, True]
    assert [answer["id"] for answer in answers] == ["a", None, "c", "d"]
    assert "line 2" in result.stderr


def test_a_stopped_run_resumes_where_it_was(tmp_path):
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(lines(*({"id": str(i), "text": f"is {i} cm wide enough?"} for i in range(30))))
    assert run("score", source, "--out", out).exit_code == 0
    whole = out.read_text()
    out.write_text(whole[: len(whole) // 2])  # cut in the middle of a line
    assert run("score", source, "--out", out, "--resume").exit_code == 0
    assert out.read_text() == whole


def test_resume_without_out_says_what_is_missing():
    result = run("score", "--resume", text="")
    assert result.exit_code == 2
    assert "--out" in result.stderr


def test_lone_surrogates_and_unknown_keys_are_scored():
    result = run("score", text='{"id": "1", "text": "need \\ud83d this", "likes": 3}\n')
    assert result.exit_code == 0
    assert json.loads(result.stdout)["id"] == "1"


def test_explain_prints_words_and_examples():
    answer = json.loads(run("explain", "where can I buy this?", "--context", "mini blender", "--json").stdout)
    assert answer["score"]["signal"] == "availability"
    assert answer["words"]
    assert len(answer["examples"]) == 3
    assert "Grade" in run("explain", "where can I buy this?").stdout


def test_evaluate_measures_per_source_and_language(tmp_path):
    file = tmp_path / "graded.jsonl"
    file.write_text(
        lines(
            {"id": "1", "text": "link please", "grade": 8, "signal": "availability", "source": "a", "lang": "en"},
            {"id": "2", "text": "lol the dog", "grade": 2, "sentiment": "positive", "source": "b", "lang": "en"},
        )
    )
    parts = json.loads(run("evaluate", file, "--json").stdout)["parts"]
    assert list(parts) == ["all", "source a", "source b", "lang en"]
    assert parts["all"]["n"] == 2


@pytest.mark.parametrize(
    ("row", "named"), [({"id": "1", "text": "x", "grade": 0}, "grade"), ({"id": "1", "text": "x", "grade": 3, "signal": "y"}, "signal")]
)
def test_evaluate_refuses_wrong_labels_with_the_line(tmp_path, row, named):
    file = tmp_path / "graded.jsonl"
    file.write_text(lines({"id": "0", "text": "x", "grade": 2}, row))
    result = run("evaluate", file)
    assert result.exit_code == 2
    assert "line 2" in result.stderr
    assert named in result.stderr


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="the evaluation data is not beside this checkout")
def test_the_shipped_model_meets_its_targets_on_real_comments():
    found = json.loads(run("evaluate", SHARED, "--json").stdout)["parts"]["all"]
    assert found["n"] == 615
    assert found["f1_high"] >= 0.70
    assert found["roc_auc"] >= 0.85
