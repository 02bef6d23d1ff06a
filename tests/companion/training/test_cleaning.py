"""Cleaning: what is taken out before a training, and the account of it."""

from hypothesis import given
from hypothesis import strategies as st

from companion.cleaning_report import Profile, Removed
from companion.intent import Context
from companion.training.cleaning import clean, profile
from tests.companion.training.scenes import MUG, example


def test_clean_examples_are_left_alone():
    examples = [example("link??"), example("lol your cat", 2), example("price in euros?", group="thread-2")]
    kept, report = clean(examples)
    assert kept == examples
    assert report.removed == ()
    assert report.before == report.after


def test_a_text_of_which_nothing_can_be_read_goes():
    kept, report = clean([example("link??"), example("\u200b\u200b")])
    assert [x.text for x in kept] == ["link??"]
    assert report.counts == {"nothing readable in it": 1}


def test_of_equal_comments_the_first_stays_whatever_their_case_and_spaces():
    kept, report = clean([example("Need THIS"), example("need  this", 9, group="thread-2")])
    assert [x.text for x in kept] == ["Need THIS"]
    assert report.removed == (Removed("repeat", "need  this", "", "seed"),)


def test_equal_words_under_another_video_are_another_comment():
    examples = [example("need this"), example("need this", 3, context=Context(note="a song clip"))]
    assert clean(examples)[0] == examples


def test_of_equal_comments_a_persons_label_stays():
    ours, hers = example("need this", 8), example("need this", 3, origin="annotator", group="tiktok:v1")
    assert clean([ours, hers])[0] == [hers]
    assert clean([hers, ours])[0] == [hers]


def test_of_near_equal_comments_of_one_thread_one_stays():
    long = "where can i buy this lovely self heating mug for my office"
    kept, report = clean([example(long), example(long + "?"), example(long + "!!", group="thread-2", context=Context(note="another"))])
    assert [x.text for x in kept] == [long, long + "!!"]
    assert report.removed == (Removed("near repeat", long + "?", long, "seed"),)


def test_of_near_equal_comments_a_persons_label_stays():
    long = "where can i buy this lovely self heating mug for my office"
    kept, _ = clean([example(long), example(long + "?", origin="import")])
    assert [x.origin for x in kept] == ["import"]


def test_near_equal_comments_of_other_grades_are_a_contrast_and_stay():
    examples = [example("i would buy this mug again and again", 10), example("i would not buy this mug again and again", 1)]
    assert clean(examples)[0] == examples


def test_the_report_tells_how_the_data_changed():
    _, report = clean(
        [example("link??", 8), example("LINK??", 9), example("lol", 2, lang="un"), example("jaja", 2, lang="es", origin="badge")]
    )
    assert report.before.lines == 4
    assert report.after == Profile(
        lines=3,
        share_high=0.3333,
        grades={"2": 2, "8": 1},
        languages={"en": 1, "un": 1, "es": 1},
        origins={"seed": 2, "badge": 1},
    )
    assert report.plain()["removed"] == [{"reason": "repeat", "text": "LINK??", "kept": "", "origin": "seed"}]


def test_nothing_at_all_can_be_described():
    assert clean([]) == ([], clean([])[1])
    assert profile([]).share_high is None


WORDS = st.sampled_from(["link", "LINK", "price?", "need this so much", "need this so much!", "\u200b", "lol", "🔥🔥🔥"])
LINES = st.lists(
    st.builds(
        example,
        WORDS,
        st.sampled_from([2, 8]),
        group=st.sampled_from(["a", "b"]),
        origin=st.sampled_from(["seed", "badge"]),
        context=st.sampled_from([MUG, Context()]),
    ),
    max_size=20,
)


@given(LINES)
def test_everything_is_kept_in_order_or_accounted_for_and_cleaning_again_changes_nothing(examples):
    kept, report = clean(examples)
    assert len(kept) + len(report.removed) == len(examples)
    places = iter(examples)
    assert all(any(one is other for other in places) for one in kept)
    assert clean(kept)[0] == kept
