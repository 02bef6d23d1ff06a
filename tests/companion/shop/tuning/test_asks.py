"""Questions for the tuning: what is made of a catalogue and of deeds, how products are graded, and that no type stands on both sides."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from companion.shop import demo
from companion.shop.matching.facts import facts_of
from companion.shop.product import Product
from companion.shop.profile.events import Event
from companion.shop.tuning import phrasebook
from companion.shop.tuning.asks import ALIKE, CHOSEN, HELPS, Ask, grades, kind_of, types_of
from companion.shop.tuning.interactions import ANSWERED_MS, chosen, liked
from companion.shop.tuning.making import made
from companion.shop.tuning.split import ASIDE, is_aside, parted, thinned
from companion.shop.understanding.kinds import lexicon

DEMO = demo.products()
FACTS = [facts_of(product) for product in DEMO]
TYPES = types_of(DEMO, FACTS)
SHELF = [
    Product("a", "Copper gooseneck kettle"),
    Product("b", "Travel kettle"),
    Product("c", "Ceramic mug"),
    Product("d", "Zorbo 3000", category=("Industry", "Zorbos")),
    Product("e", "Zorbo 4000", category=("Industry", "Zorbos")),
    Product("f", "Frobnicator"),
]
SHELF_FACTS = [facts_of(product) for product in SHELF]
SHELF_TYPES = types_of(SHELF, SHELF_FACTS)
PLACES = {product.id: place for place, product in enumerate(SHELF)}
KINDS = [kind_of(one) for one in SHELF_FACTS]


def test_a_type_is_the_surest_kind_else_the_category_else_the_product_alone():
    assert SHELF_TYPES == ["kettle", "kettle", "mug", "category zorbos", "category zorbos", "product f"]


def test_all_of_the_kind_answer_a_bare_name_and_only_those_that_look_so_a_closer_one():
    assert grades(Ask("kettle", 1, "kettle", ("kettle",)), SHELF_FACTS, SHELF_TYPES).tolist() == [CHOSEN, CHOSEN, 0, 0, 0, 0]
    closer = Ask("gooseneck kettle", 0, "kettle", ("kettle",), ("gooseneck",))
    assert grades(closer, SHELF_FACTS, SHELF_TYPES).tolist() == [CHOSEN, ALIKE, 0, 0, 0, 0]


def test_of_a_circumstance_the_closest_kind_answers_best():
    told = Ask("tea time", 0, "kettle", ("kettle", "mug"))
    assert grades(told, SHELF_FACTS, SHELF_TYPES).tolist() == [CHOSEN, CHOSEN, HELPS, 0, 0, 0]


def test_where_the_lexicon_knows_no_kind_those_of_the_category_answer():
    assert grades(Ask("zorbos", 3, "category zorbos"), SHELF_FACTS, SHELF_TYPES).tolist() == [0, 0, 0, CHOSEN, CHOSEN, 0]


def test_what_was_chosen_for_a_search_is_the_best_answer_and_others_of_its_kind_are_alike():
    own = Ask("hot water", 1, "kettle", ("kettle",), origin="yours")
    assert grades(own, SHELF_FACTS, SHELF_TYPES).tolist() == [ALIKE, CHOSEN, 0, 0, 0, 0]


def searched(at, words, page="dashboard"):
    return Event(at, "search", words=words, page=page)


def done(at, kind, product, page="dashboard"):
    return Event(at, kind, product, page=page)


def pairs(*events):
    return [(ask.query, SHELF[ask.product].id) for ask in chosen(events, PLACES, SHELF_TYPES, KINDS)]


def test_a_search_belongs_to_what_was_chosen_for_it_until_the_next_search_of_that_page():
    assert pairs(
        searched(1, "hot water"),
        done(2, "click", "a"),
        done(3, "open", "a"),
        searched(4, "cup", page="search"),
        done(5, "save", "c", page="search"),
        done(6, "click", "b"),
        searched(7, "pot"),
    ) == [("hot water", "a"), ("cup", "c"), ("hot water", "b")]


def test_looks_without_a_click_other_pages_late_clicks_hidden_and_lost_products_make_no_pair():
    assert (
        pairs(
            done(0, "click", "a"),
            searched(1, "hot water"),
            done(2, "impression", "a"),
            done(3, "click", "b", page="feed"),
            done(4, "click", "gone"),
            done(5, "click", "c"),
            done(6, "hide", "c"),
            done(2 + ANSWERED_MS, "click", "b"),
        )
        == []
    )


def test_what_was_liked_anywhere_is_asked_about_first():
    events = [done(1, "save", "c", page="feed"), done(2, "impression", "a"), done(3, "click", "b"), done(4, "click", "gone")]
    first = liked(events, PLACES)
    assert first == [1, 2]
    assert [ask.product for ask in made(SHELF, SHELF_FACTS, first, seed=1, most=2)][:2] == first


def test_the_same_seed_makes_the_same_questions_and_another_one_others():
    first = made(DEMO, FACTS, [], seed=3, most=200)
    assert first == made(DEMO, FACTS, [], seed=3, most=200)
    assert first != made(DEMO, FACTS, [], seed=4, most=200)


def test_every_question_has_the_type_of_its_product_and_that_product_as_a_best_answer():
    asks = made(DEMO, FACTS, [], seed=3)
    assert {ask.product for ask in asks} > set(range(0, len(DEMO), 50)) - {
        place for place, name in enumerate(TYPES) if name[:8] == "product "
    }
    for ask in asks[::10]:
        assert ask.query.strip()
        assert ask.type == TYPES[ask.product]
        assert grades(ask, FACTS, TYPES)[ask.product] == CHOSEN


def test_questions_are_spread_over_the_types_before_one_type_gets_a_second():
    about = [ask for ask in made(DEMO, FACTS, [], seed=3, most=40) if not _told(ask)]
    assert len({ask.type for ask in about}) == len(about)


def _told(ask):
    return any(way in ask.query for told in phrasebook.told() for way in told.ways)


def test_products_of_braces_and_no_words_make_questions_as_well():
    odd = [Product("1", "{thing} {0}", category=("{x}",)), Product("2", "😭"), Product("3", "a" * 5000, category=("A",))]
    asks = made(odd, [facts_of(product) for product in odd], [0, 1, 2], seed=1)
    assert [ask.product for ask in asks] == [0, 1, 2]
    assert "{x}" in asks[0].query


def test_every_kind_that_the_phrasebook_tells_of_is_in_the_lexicon():
    known = lexicon().kinds
    assert {kind for told in phrasebook.told() for kind in told.kinds} <= set(known)
    assert set(phrasebook.names()) == set(known)


def test_no_product_type_and_no_question_stands_on_both_sides():
    learned, aside = parted(made(DEMO, FACTS, [], seed=3), seed=3)
    assert {ask.type for ask in learned}.isdisjoint(ask.type for ask in aside)
    assert {ask.query.lower() for ask in learned}.isdisjoint(ask.query.lower() for ask in aside)
    assert {ask.product for ask in learned}.isdisjoint(ask.product for ask in aside)
    share = len({ask.type for ask in aside}) / len({ask.type for ask in (*learned, *aside)})
    assert abs(share - ASIDE) < 0.1


@given(
    st.lists(st.tuples(st.text(max_size=5), st.sampled_from([f"t{n}" for n in range(12)]), st.booleans()), max_size=60), st.integers(0, 50)
)
def test_however_questions_fall_no_type_leaks_and_none_is_invented(rows, seed):
    asks = [Ask(query, 0, name, origin="yours" if own else "made") for query, name, own in rows]
    learned, aside = parted(asks, seed)
    assert aside == [ask for ask in asks if is_aside(ask.type, seed)]
    assert all(ask in asks and not is_aside(ask.type, seed) for ask in learned)
    assert {" ".join(ask.query.lower().split()) for ask in learned}.isdisjoint(" ".join(ask.query.lower().split()) for ask in aside)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 40))
def test_thinning_keeps_the_users_own_before_made_ones(own, other, most):
    asks = [Ask(f"{n}", 0, "t", origin="yours" if n < own else "made") for n in range(own + other)]
    kept = thinned(asks, most)
    assert len(kept) == len(set(kept)) == min(most, own + other)
    assert sum(ask.origin == "yours" for ask in kept) == min(own, most)
