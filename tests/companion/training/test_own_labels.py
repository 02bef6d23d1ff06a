"""What people said of comments becomes examples; whole videos are kept aside to check."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.intent import Context
from companion.store import labels, sample
from companion.training.own_labels import HUMAN_WEIGHT, OwnLabels, own_labels
from tests.companion.training.scenes import vote


def videos(examples):
    return {x.group for x in examples}


def one(*votes):
    """The only example that a comment's votes make."""
    made = own_labels(votes)
    assert made.blind == []
    [found] = made.train
    return found


MANY = [vote(n) for n in range(200)]  # of 20 videos


def test_a_part_of_the_videos_is_kept_aside_whole():
    made = own_labels(MANY)
    assert videos(made.train) & videos(made.blind) == set()
    assert len(made.train) + len(made.blind) == 200
    assert 0.1 <= len(videos(made.blind)) / 20 <= 0.5


def test_the_split_is_the_same_every_time_and_whoever_asks_first():
    assert videos(own_labels(MANY).blind) == videos(own_labels(MANY[::-1]).blind)


@given(st.sets(st.integers(0, 199)), st.sets(st.integers(0, 199)))
def test_a_video_stays_blind_when_more_labels_arrive(earlier, later):
    before = own_labels([MANY[n] for n in sorted(earlier)])
    after = own_labels([MANY[n] for n in sorted(earlier | later)])
    assert videos(before.blind) <= videos(after.blind)


def test_with_too_few_videos_to_learn_from_none_is_kept_aside():
    blind = sorted(videos(own_labels(MANY).blind))[0].removeprefix("tiktok:")
    few = [vote for vote in MANY if vote.video_id == blind]
    assert own_labels(few).blind == []
    assert len(own_labels(few).train) == 10


def test_a_corrected_badge_takes_its_video_out_of_the_blind_ones():
    blind = sorted(videos(own_labels(MANY).blind))[0]
    number = int(blind.removeprefix("tiktok:v")) * 10
    made = own_labels([*MANY, vote(number, 2, source="badge", client_id="chrome", suggestion_shown=True)])
    assert blind not in videos(made.blind)
    assert len([x for x in made.train if x.group == blind]) == 10


@given(st.sets(st.integers(0, 199), min_size=1))
def test_a_corrected_badge_never_evaluates(corrected):
    badges = [vote(n, 2, source="badge", client_id="chrome", suggestion_shown=True) for n in sorted(corrected)]
    made = own_labels([*MANY, *badges])
    assert videos(made.blind) & {f"tiktok:v{n // 10}" for n in corrected} == set()
    assert len(made.train) + len(made.blind) == 200


def test_a_label_given_in_sight_of_a_suggestion_never_evaluates_nor_gives_its_blind_video_away():
    blind = sorted(videos(own_labels(MANY).blind))[0]
    number = int(blind.removeprefix("tiktok:v")) * 10
    shown = [replace(vote, suggestion_shown=True) if vote.comment_id == f"c{number}" else vote for vote in MANY]
    made = own_labels(shown)
    assert len([x for x in made.blind if x.group == blind]) == 9
    assert blind not in videos(made.train)


def test_a_comment_without_a_video_is_a_group_of_its_own():
    assert one(vote(1, video_id="")).group == "tiktok:c1"


def test_a_later_vote_that_names_no_video_does_not_move_the_comment():
    assert one(vote(1), vote(1, client_id="bo", video_id="")).group == "tiktok:v0"


def test_one_label_becomes_one_example():
    found = one(vote(1, 7, signal="want", sentiment="positive", context={"caption": "bottle", "product": "steel bottle"}))
    assert (found.text, found.grade, found.signal, found.sentiment, found.lang) == (vote(1).text, 7, "want", "positive", "en")
    assert (found.product, found.ratings, found.weight, found.origin) == ("steel bottle", (), HUMAN_WEIGHT, "annotator")


def test_where_people_differ_their_shares_are_learned():
    found = one(vote(1, 9, client_id="amy"), vote(1, 3, client_id="bo"), vote(1, 4, client_id="cy"))
    assert (found.grade, found.ratings) == (4, (3, 4, 9))
    assert found.exceed == pytest.approx([1, 1, 2 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3, 1 / 3, 0])


def test_of_two_grades_the_lower_one_stands_and_both_are_learned():
    found = one(vote(1, 9, client_id="amy"), vote(1, 3, client_id="bo"))
    assert (found.grade, found.ratings) == (3, (3, 9))


@pytest.mark.parametrize(
    ("said", "most"), [(("want", "want", "price"), "want"), (("want", "price"), "price"), ((None, "price", None), "price"), ((None,), None)]
)
def test_of_several_signals_the_most_frequent_stands_and_the_later_of_equals(said, most):
    assert one(*(vote(1, signal=signal, client_id=str(n)) for n, signal in enumerate(said))).signal == most


def test_adjudication_settles_it():
    found = one(
        vote(1, 9, signal="want", client_id="amy"),
        vote(1, 2, source="adjudication", client_id="lee", signal="none"),
        vote(1, 8, client_id="bo", signal="price"),
    )
    assert (found.grade, found.ratings, found.signal, found.origin) == (2, (), "none", "adjudication")


def test_the_last_adjudication_settles_it():
    found = one(vote(1, 2, source="adjudication", client_id="lee"), vote(1, 6, source="adjudication", client_id="kim"))
    assert (found.grade, found.ratings) == (6, ())


@pytest.mark.parametrize(
    ("stored", "context"),
    [
        (
            {"caption": "my bottle", "hashtags": ["hydration", "gym"], "product": "bottle", "parent": "is it heavy?"},
            Context("my bottle", ("hydration", "gym"), "bottle", "is it heavy?"),
        ),
        ({"caption": "my bottle", "hashtags": [], "product": "", "parent": ""}, Context(caption="my bottle")),
        ({"note": "YouTube review of a bottle"}, Context(note="YouTube review of a bottle")),
        ({}, Context()),
    ],
)
def test_the_stored_context_comes_back(store, stored, context):
    with store.writing("labels") as connection:
        labels.append(connection, vote(1, uuid="00000000-0000-4000-8000-000000000001", context=stored))
    with store.reading() as connection:
        assert one(*labels.votes(connection)).context == context


def test_invented_sample_comments_and_labels_without_a_grade_teach_nothing():
    assert own_labels([vote(1, platform=sample.PLATFORM), vote(2, None, signal="want")]) == OwnLabels([], [])


def test_an_undone_label_teaches_nothing(store):
    first, second = (f"00000000-0000-4000-8000-00000000000{n}" for n in (1, 2))
    with store.writing("labels") as connection:
        labels.append(connection, vote(1, uuid=first))
        labels.append(connection, vote(1, None, uuid=second, action="undo", undoes=first))
    with store.reading() as connection:
        assert own_labels(labels.votes(connection)) == OwnLabels([], [])
