"""Comments that are covered until somebody asks for them."""

from __future__ import annotations

import json

import pytest

from companion.intent import IntentModel, Item
from companion.training.seed import load_seed
from labeling.unpleasant import FILE, TOXIC, unpleasant


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("eres una idiota", "es"),
        ("Você é uma VAGABUNDA", "pt"),
        ("halt die fresse", "de-DE"),
        ("dasar goblok", "id"),
        ("câm mồm đi", "vi"),
        ("หน้าด้านจริงๆ", "th"),
        ("この女ブスだな", "ja"),
        ("ты тупая", ""),  # the language is told from the text
        ("kys lol", "sw"),  # English abuse is used everywhere
    ],
)
def test_words_of_abuse_cover_a_comment_in_any_language(text: str, lang: str) -> None:
    assert unpleasant(text, lang, 0.0)


@pytest.mark.parametrize(
    ("text", "lang"), [("where is the link", "en"), ("what a retardant material", "en"), ("que lampara tan bonita", "es"), ("", "")]
)
def test_a_calm_comment_is_shown_even_where_it_holds_such_a_word_within_another(text: str, lang: str) -> None:
    assert not unpleasant(text, lang, 0.0)


def test_the_model_alone_covers_too() -> None:
    assert unpleasant("hm", "en", TOXIC)


def test_both_signs_together_find_more_abuse_outside_english_than_the_model_and_cover_few_calm_ones(model: IntentModel) -> None:
    """Lines of the seed: the model learned from them, the words were chosen without sight of them."""
    lines = [line for line in load_seed() if line.lang != "en"]
    bad = [line for line in lines if line.toxic]
    calm = [line for line in lines if line.toxic is False][::40]
    read = [*bad, *calm]
    said = {line.text: one.toxic for line, one in zip(read, model.read([Item(x.text, x.context) for x in read]), strict=True)}
    model_alone = sum(said[line.text] >= TOXIC for line in bad)
    both = sum(unpleasant(line.text, line.lang, said[line.text]) for line in bad)
    assert len(bad) > 70
    assert both > 1.3 * model_alone
    assert sum(unpleasant(line.text, line.lang, said[line.text]) for line in calm) < 0.04 * len(calm)


def test_the_list_is_in_order_and_names_nothing_twice() -> None:
    for lang, words in json.loads(FILE.read_text(encoding="utf-8")).items():
        assert words == sorted(set(words)), lang
        assert all(word == word.casefold().strip() and word for word in words), lang
