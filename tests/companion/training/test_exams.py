"""The exams are large enough to tell, and the pairs are really pairs."""

import json

import pytest

from companion.intent import Item
from companion.training.exams import FOLDER, PAIRS, SETS, Contrast, load_exam, load_exams, load_pairs, ordered_right


@pytest.mark.parametrize("name", SETS)
def test_a_language_is_examined_on_at_least_150_comments_of_several_videos(name):
    exam = load_exam(name)
    assert len({(x.text, x.context) for x in exam}) == len(exam) >= 150
    assert len({x.group for x in exam}) >= 10
    assert 0.15 <= sum(x.grade >= 7 for x in exam) / len(exam) <= 0.45


def test_no_video_is_shared_by_two_languages():
    groups = [{x.group for x in load_exam(name)} for name in SETS]
    assert len(set.union(*groups)) == sum(map(len, groups))


def test_all_exams_together_are_their_sum():
    assert len(load_exams()) == sum(len(load_exam(name)) for name in SETS)


def test_every_exam_comment_has_one_id():
    ids = [json.loads(line)["id"] for path in FOLDER.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(set(ids)) == len(ids)


def test_at_least_200_pairs_of_several_kinds():
    pairs = load_pairs()
    assert len(set(pairs)) == len(pairs) >= 200
    assert len({pair.kind for pair in pairs}) >= 4
    assert {"negation", "wrong_target", "someone_elses_want"} <= {pair.kind for pair in pairs}


def test_the_higher_of_a_pair_is_graded_higher():
    rows = [json.loads(line) for line in (FOLDER / PAIRS).read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows if row["higher"]["grade"] <= row["lower"]["grade"]] == []


def test_the_two_of_a_pair_differ():
    assert [pair for pair in load_pairs() if pair.higher == pair.lower] == []


def test_a_pair_counts_when_the_higher_one_gets_the_higher_grade(model):
    buyer, other = Item("where can I buy this mug?"), Item("your cat in the back 😂")
    right, wrong, equal = Contrast("x", buyer, other), Contrast("x", other, buyer), Contrast("x", buyer, buyer)
    assert ordered_right(model, [right, wrong, equal, right]) == 0.5
