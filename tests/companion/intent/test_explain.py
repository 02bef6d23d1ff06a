"""Why a comment got its grade."""

import time

from companion.intent import Context, Item
from companion.intent.explain import MAX_WORDS, explain
from companion.intent.neighbours import Neighbours, Tagged

BLENDER = Context(caption="mini blender for the office")


def test_words_carry_their_place_in_the_text(model):
    text = "omg 😭 where can I buy this?"
    explanation = explain(model, Item(text, BLENDER))
    assert explanation.words
    assert all(text[word.start : word.end].strip() == word.text for word in explanation.words)
    assert [abs(word.effect) for word in explanation.words] == sorted((abs(word.effect) for word in explanation.words), reverse=True)


def test_buying_words_raise_the_grade(model):
    effects = {word.text: word.effect for word in explain(model, Item("just ordered mine, so excited", BLENDER)).words}
    assert effects["ordered"] > 1
    assert effects["mine"] > 1


def test_a_long_text_is_explained_in_pieces(model):
    explanation = explain(model, Item("word " * 300, BLENDER))
    assert len(explanation.words) <= MAX_WORDS


def test_an_empty_text_has_no_words(model):
    assert explain(model, Item("", BLENDER)).words == ()


def test_an_explanation_is_quick_enough_to_wait_for(model):
    texts = [f"is number {i} dishwasher safe and where do you sell it in blue" for i in range(10)]
    explain(model, Item("warm up the session", BLENDER))
    started = time.process_time()
    for text in texts:
        explain(model, Item(text, BLENDER))
    assert (time.process_time() - started) / len(texts) < 0.4  # processor seconds; the wall-clock figure stands in `make bench`


def test_neighbours_are_alike_and_own_tags_take_part():
    neighbours = Neighbours.load()
    own = Tagged("does it fit a size 12 foot", 7, "question", "yours")
    found = neighbours.nearest("does it fit size 12 feet?", [own])
    assert found[0].tagged == own
    assert len(found) == 3
    assert [n.similarity for n in found] == sorted((n.similarity for n in found), reverse=True)
    assert neighbours.nearest("") == []
    neighbours.close()
