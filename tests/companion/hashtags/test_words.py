"""Tags are cut into words, and the words are read as kinds of products."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.hashtags.default_tree import default_tree
from companion.hashtags.reading import read_tag, read_text
from companion.hashtags.segmentation import segment, words
from companion.hashtags.tags import clean_tag
from companion.hashtags.vocabulary import vocabulary


def pieces(tag):
    return [piece.text for piece in segment(tag)]


@pytest.mark.parametrize(
    ("tag", "cut"),
    [
        ("puppycostumes", ["puppy", "costumes"]),
        ("ilovemydog", ["i", "love", "my", "dog"]),
        ("tik_tok_makeup", ["tiktok", "makeup"]),
        ("amazonfinds", ["amazonfinds"]),
        ("สกินแคร์หน้าใส", ["สกินแคร์", "หน้าใส"]),
        ("뷁쉛", ["뷁쉛"]),
        ("tócxinhmỗingày", ["tóc", "xinh", "mỗingày"]),
        ("tiệm_áo_cưới_hoa", ["tiệm", "áocưới", "hoa"]),
        ("喝茶", ["喝", "茶"]),
    ],
)
def test_a_tag_is_cut_into_words(tag, cut):
    assert pieces(tag) == cut


def test_own_compounds_are_spelled_out_for_the_encoder():
    assert words("tiktokmademebuyit") == "tiktok made me buy it"


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("maquillaje", "beauty/makeup"),
        ("sonmoi", "beauty/makeup"),
        ("chó", "pets/dogs"),
        ("resepmasakan", "home/food"),
        ("กันแดด", "beauty/sun"),
        ("고양이", "pets/cats"),
        ("コスメ", "beauty/makeup"),
        ("مكياج", "beauty/makeup"),
        ("मेकअप", "beauty/makeup"),
        ("schminke", "beauty/makeup"),
        ("bijoux", "jewelry/fashion"),
        ("köpek", "pets/dogs"),
        ("cachorro", "pets/dogs"),
        ("собаки", "pets/dogs"),
        ("الطبخ", "home/food"),
        ("ricetta", "home/food"),
        ("lutongbahay", "home/food"),
        ("paznokcie", "beauty/nails"),
        ("化妝品", "beauty/makeup"),
        ("mehndidesign", "beauty/tattoo"),
    ],
)
def test_words_of_many_languages_are_known(tag, kind):
    assert max(read_tag(tag).kinds.items(), key=lambda one: one[1])[0] == kind


def test_what_is_for_a_pet_stands_with_the_pets():
    kinds = read_tag("puppycostumes").kinds
    assert kinds["pets/dogs"] > kinds["women/special"]


def test_a_short_foreign_word_needs_its_accents():
    assert "pets/dogs" not in read_tag("cho").kinds


@pytest.mark.parametrize("tag", ["fyp", "foryoupage", "xuhuong", "funnyvideo", "couplegoals", "funnychallenge"])
def test_moods_and_calls_for_reach_have_no_kind(tag):
    reading = read_tag(tag)
    assert reading.kinds == {}
    assert reading.generic_share == 1


@pytest.mark.parametrize("tag", ["рекомендации", "おすすめ", "siguemeparamas", "keşfet", "masukberanda", "抖音", "اكسبلور"])
def test_calls_for_reach_of_other_languages_lead_nowhere(tag):
    reading = read_tag(tag)
    assert reading.kinds == {}
    assert reading.generic_share == 1


def test_an_english_encoder_reads_english_alone():
    assert read_tag("puppytraining").readable == 1
    assert read_tag("강아지").readable == 0
    assert 0 < read_tag("qzxwvk").readable < 1


def test_an_english_plural_and_the_arabic_article_may_be_added():
    known = vocabulary()
    assert known.find("lipsticks").kinds == known.find("lipstick").kinds
    assert known.find("المكياج").kinds == known.find("مكياج").kinds


def test_shares_of_a_reading_add_up():
    reading = read_tag("fypmakeup")
    assert reading.kind_share + reading.generic_share + reading.unknown_share <= 1 + 1e-9
    assert sum(reading.kinds.values()) == pytest.approx(1)


def test_a_caption_is_read_by_its_longest_phrases():
    assert set(read_text("our new air fryer is here")) == {"home/kitchen"}
    assert read_text("") == {}


def test_every_word_leads_to_a_kind_that_is_there():
    known = vocabulary()
    assert {kind for entry in known.entries.values() for kind in entry.kinds} <= known.kinds.keys()


def test_the_tree_that_ships_has_two_levels_and_no_id_twice():
    tree = default_tree()
    assert tree.depth == 2
    assert len({category.id for category in tree.categories}) == len(tree.categories)
    assert {category.parent_id for category in tree.at_level(2)} == {category.id for category in tree.at_level(1)}


@given(st.text(max_size=120))
def test_any_text_can_be_read(text):
    tag = clean_tag(text)
    assert "".join(pieces(tag)) == tag.replace("_", "") or not tag.isascii()
    assert 0 <= read_tag(tag).generic_share <= 1
