"""Making tasks: what they hold, in which mix, who is asked how often."""

import json
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from companion.cli import main
from companion.dashboard import sample_data
from companion.intent import IntentModel
from companion.intent.neighbours import Neighbours
from companion.intent.prediction import GRADES
from companion.store import Store, label_items, label_pool, label_tasks, labels
from companion.store.finding import Finder
from companion.store.labels import LabelEvent
from companion.store.wanted import Wanted
from labeling import answering
from labeling.candidates import distribution_of
from labeling.item_files import BadItemsError, read_gold, read_items
from labeling.samplers import Shares
from labeling.task_making import BadTaskError, Made, Wish, make
from labeling.task_pool import EmptySourceError, Source
from tests.labeling.room.scenes import answer, collected, lease, person, text_of


def items(store: Store, made: Made):
    with store.reading() as connection:
        return label_items.of_task(connection, made.task.id)


def adjudicated(store: Store, comment: str, grade: int) -> None:
    with store.writing("labels") as connection:
        labels.append(
            connection,
            LabelEvent(
                f"adj-{comment}", "adjudication", "tiktok", comment, f"settled {comment}", "h", "1", 1, grade=grade, client_id="judge"
            ),
        )


def test_nothing_collected_says_what_to_do(store: Store):
    with pytest.raises(EmptySourceError, match="collect a hashtag, import comments or load the sample data"):
        make(store, "m", Wish())


def test_a_task_of_invented_comments_is_marked_as_sample_and_own_ones_come_first(store: Store, model: IntentModel):
    sample_data.add(store, model)
    assert make(store, model.id, Wish(size=10)).task.source["sample"] is True
    collected(store, 30)
    made = make(store, model.id, Wish(size=10))
    assert "sample" not in made.task.source
    assert {one.platform for one in items(store, made)} == {"tiktok"}


def test_the_mix_is_drawn_by_predictions_and_sentence_vectors(store: Store, model: IntentModel):
    sample_data.add(store, model)
    encode = Neighbours.load().encode
    made = make(store, model.id, Wish(size=40, seed=3), encode)
    assert {"ordinal_uncertainty", "diversity", "random"} <= set(made.samplers)
    found = items(store, made)
    assert [one.place for one in found] == list(range(40))
    assert all(0 < one.probability <= 1 for one in found)
    assert len({one.target_id for one in found}) == 40


def test_the_same_seed_draws_the_same_comments(store: Store):
    collected(store, 200)
    drawn = []
    for _ in range(2):
        drawn.append([one.target_id for one in items(store, make(store, "m", Wish(size=20, seed=5)))])
        with store.writing() as connection:
            connection.execute("DELETE FROM label_item")
    assert drawn[0] == drawn[1]


def test_a_comment_is_not_put_into_two_tasks_and_labelled_ones_are_left_out(store: Store):
    collected(store, 60)
    first, second = make(store, "m", Wish(size=40)), make(store, "m", Wish(size=40))
    assert second.items == 20
    assert not {one.target_id for one in items(store, first)} & {one.target_id for one in items(store, second)}
    with pytest.raises(BadTaskError, match="everything in this source is labelled or in a task already"):
        make(store, "m", Wish(size=1))


def test_hashtag_video_and_search_narrow_the_source(store: Store):
    collected(store, 80)
    by_tag = make(store, "m", Wish(size=5, source=Source("hashtag", hashtag="Unboxing")))
    by_video = make(store, "m", Wish(size=50, source=Source("video", video="tiktok:v2")))
    assert by_tag.items == 5
    assert {one.video_id for one in items(store, by_video)} == {"v2"}
    by_words = make(store, "m", Wish(size=50, source=Source("query", query={"q": "pink"})))
    assert all("pink" in one.text for one in items(store, by_words))
    with pytest.raises(EmptySourceError, match="nothing to label in #nosuch"):
        make(store, "m", Wish(source=Source("hashtag", hashtag="nosuch")))


def test_known_answers_look_like_the_others_and_are_asked_of_everybody(store: Store):
    collected(store, 100)
    for number in range(10):
        adjudicated(store, f"c{number}", 8)
    made = make(store, "m", Wish(size=40, shares=Shares(0, 0, 0.8, 0, 0.2)))
    gold = [one for one in items(store, made) if one.gold]
    assert len(gold) == 8
    assert all(one.gold == {"grade": 8} and one.votes == label_items.EVERYBODY for one in gold)
    with store.reading() as connection:
        assert label_tasks.standing(connection, made.task).items == 32
    for name in ("Ana", "Ben"):
        who, asked = person(store, name), set()
        while held := lease(store, who, made.task):
            asked |= {one.item_id for one in held}
            answering.take(store, who, [answer(one) for one in held])
        assert {one.id for one in gold} <= asked


def test_each_language_has_its_own_share_answered_twice(store: Store):
    collected(store, 100)
    with store.writing() as connection:
        connection.execute("UPDATE comment SET lang = 'pt' WHERE CAST(substr(id, 2) AS INTEGER) < 40")
    made = make(store, "m", Wish(size=100, overlap=0.1, overlaps={"pt": 0.5}))
    twice = Counter(one.lang for one in items(store, made) if one.votes == 2)
    assert twice == {"en": 6, "pt": 20}


def test_near_duplicates_are_capped(store: Store):
    collected(store, 60)
    with store.writing() as connection:
        connection.execute("UPDATE comment SET text = 'price??' WHERE CAST(substr(id, 2) AS INTEGER) < 30")
    found = items(store, make(store, "m", Wish(size=50, per_cluster=2)))
    assert sum(one.text == "price??" for one in found) == 2


def test_some_are_asked_again_later(store: Store):
    collected(store, 200)
    assert sum(one.repeat for one in items(store, make(store, "m", Wish(size=100)))) == 2


def test_creators_own_comments_and_empty_ones_are_left_out(store: Store):
    collected(store, 20)
    with store.writing() as connection:
        connection.execute("UPDATE comment SET is_creator_reply = 1 WHERE id = 'c0'")
        connection.execute("UPDATE comment SET text = ' ' WHERE id = 'c1'")
    assert {"c0", "c1"}.isdisjoint({one.target_id for one in items(store, make(store, "m", Wish(size=50)))})


def test_a_video_task_asks_for_quality(store: Store):
    collected(store, 60)
    made = make(store, "m", Wish(size=3, kind="video", questions=("quality",)))
    assert [(one.target_id == one.video_id, "film" in one.text) for one in items(store, made)] == [(True, True)] * 3


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"size": 0}, "1 to 20,000 items, not 0"),
        ({"questions": ()}, "at least one question"),
        ({"questions": ("quality",)}, "quality is asked of videos"),
        ({"votes": 4, "most_votes": 3}, "4 to 3 people cannot be asked"),
        ({"overlap": 1.5}, "a share between 0"),
    ],
)
def test_a_wish_that_cannot_be_says_why(changes, words):
    with pytest.raises(BadTaskError, match=words):
        Wish(**changes)


def test_a_practice_round_is_made_of_what_came_with_buysignal_until_there_are_own_answers(store: Store):
    found = items(store, make(store, "m", Wish(size=20, practice=True)))
    assert len(found) >= 10
    assert all(one.gold and one.gold["why"] and one.votes == label_items.EVERYBODY for one in found)


def test_a_file_is_taken_whole_or_not_at_all_and_every_wrong_row_is_named(tmp_path: Path):
    good = tmp_path / "some.csv"
    good.write_text("id,text,context\n1,need this,bottle\n2,how much,\n", encoding="utf-8")
    assert [(one.id, one.text, one.caption) for one in read_items(good)] == [("1", "need this", "bottle"), ("2", "how much", "")]
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"text": "fine"}\n{"text": ""}\nno json\n{"id": "7", "text": "a"}\n{"id": "7", "text": "b"}\n', encoding="utf-8")
    with pytest.raises(BadItemsError) as error:
        read_items(bad)
    assert [line.split(":")[0] for line in str(error.value).split("\n")] == ["bad.jsonl line 2", "bad.jsonl line 3", "bad.jsonl line 5"]
    gold = tmp_path / "gold.jsonl"
    gold.write_text('{"id": "1", "text": "need", "grade": 11}\n{"id": "2", "text": "where", "signal": "price"}\n', encoding="utf-8")
    with pytest.raises(BadItemsError, match=r"line 1.*\n.*line 2"):
        read_gold(gold)


def test_a_distribution_has_the_mean_and_widens_with_the_interval():
    narrow, wide = distribution_of(7.0, 6, 8), distribution_of(7.0, 3, 10)
    for chances in (narrow, wide):
        assert sum(chances) == pytest.approx(1)
        assert len(chances) == len(GRADES)
    assert max(narrow) > max(wide)
    assert sum(g * p for g, p in zip(GRADES, narrow, strict=True)) == pytest.approx(7, abs=0.1)


@pytest.mark.parametrize("most", [1, 50, 500])
def test_a_lot_from_a_large_shelf_tells_the_chance_that_each_had(store: Store, most: int):
    collected(store, 400)
    worded = sum("pink" in text_of(number) for number in range(400))
    assert 20 < worded < 100
    for wishes, fit in ((Wanted(), 400), (Wanted(text="pink"), worded)):
        lot = Random(1)  # noqa: S311 - a lot, no secret
        with store.reading() as connection:
            few = Finder(connection, "m", wishes).by_lot(most, lot)
            walked = Finder(connection, "m", wishes, gathered=10).by_lot(most, lot)
        for places, chance in (few, walked):
            assert len(places) == min(most, fit) == len(set(places))
            assert chance == pytest.approx(min(1, most / fit), rel=0.3)


def test_the_command_line_makes_lists_and_closes_tasks(store: Store, tmp_path: Path):
    collected(store, 60)
    run = CliRunner()
    place = ["--workspace", str(store.workspace.root)]
    made = run.invoke(main, ["label", "task", "new", "--size", "12", "--mix", "random=1", "--ask", "grade,signal", "--json", *place])
    assert made.exit_code == 0, made.output
    told = json.loads(made.stdout)
    assert (told["items"], told["samplers"]) == (12, {"random": 12})
    [one] = json.loads(run.invoke(main, ["label", "task", "list", "--json", *place]).stdout)
    assert (one["id"], one["questions"], one["done"], one["total"], one["closed"]) == (told["id"], ["grade", "signal"], 0, 12, False)
    assert run.invoke(main, ["label", "task", "close", told["id"], *place]).output == "Closed.\n"
    wrong = run.invoke(main, ["label", "task", "close", "nosuch", *place])
    assert (wrong.exit_code, "there is no task nosuch" in wrong.output) == (2, True)
    twice = run.invoke(main, ["label", "task", "new", "--hashtag", "a", "--query", "b", *place])
    assert (twice.exit_code, "choose one source" in twice.output) == (2, True)
    file = tmp_path / "comments.csv"
    file.write_text("text\nneed it\nwhere from\n", encoding="utf-8")
    assert "2 comments" in run.invoke(main, ["label", "task", "new", "--file", str(file), "--mix", "random=1", *place]).output


def test_the_pool_reads_what_the_model_in_use_said(store: Store, model: IntentModel):
    sample_data.add(store, model)
    with store.reading() as connection:
        places = [(row[0], row[1]) for row in connection.execute("SELECT platform, id FROM comment LIMIT 3")]
        found = label_pool.comments(connection, model.id, places)
    assert [one.id for one in found] == [ident for _, ident in places]
    assert all(one.grade is not None and one.caption for one in found)
