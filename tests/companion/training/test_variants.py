"""Variants of comments, for a teacher to grade."""

from hypothesis import given
from hypothesis import strategies as st

from companion.training.lessons import pair_of
from companion.training.variants import variants
from tests.companion.training.scenes import example, handful
from tests.companion.training.test_examples import EXAMPLES

SEED = st.integers(0, 2**32)


@given(st.lists(EXAMPLES, min_size=1, max_size=12), SEED)
def test_the_same_seed_gives_the_same_variants_one_for_each_example(examples, seed):
    made = variants(examples, seed)
    assert made == variants(examples, seed)
    assert len(made) == len(examples)


@given(st.lists(EXAMPLES, min_size=1, max_size=12), SEED)
def test_a_variant_of_a_readable_comment_is_never_empty(examples, seed):
    readable = [x for x in examples if pair_of(x)[0]]
    assert all(text.strip() for text, _ in variants(readable, seed))


def test_another_seed_gives_other_variants():
    assert variants(handful(), 1) != variants(handful(), 2)


def test_a_comment_is_moved_under_another_video_or_changes_its_dress_there():
    examples = [x if i % 2 else example("link??", context=x.context.__class__(note=f"video {i}")) for i, x in enumerate(handful(200))]
    asked, made = [pair_of(x) for x in examples], variants(examples, 1)
    contexts = {context for _, context in asked}
    moved = [old for old, new in zip(asked, made, strict=True) if new[0] == old[0] and new[1] != old[1]]
    dressed = [old for old, new in zip(asked, made, strict=True) if new[0] != old[0]]
    assert {context for _, context in made} <= contexts
    assert moved
    assert dressed
    assert all(new[1] == old[1] for old, new in zip(asked, made, strict=True) if new[0] != old[0])


def test_no_examples_have_no_variants():
    assert variants([], 1) == []
