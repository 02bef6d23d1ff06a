"""Who may have which comment next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labeling.leasing import LEASE_MS, Lease, Reader, is_live, lease, next_items, open_to, reads
from labeling.samplers import Candidate

NOW = 1_800_000_000_000
ANA, BO = Reader("ana"), Reader("bo")


def queue(*names: str) -> list[Candidate]:
    return [Candidate(name, lang="en") for name in names]


def ids(found: list[Candidate]) -> list[str]:
    return [one.id for one in found]


def test_a_lease_holds_a_quarter_of_an_hour() -> None:
    held = lease("x", "ana", NOW)

    assert is_live(held, NOW)
    assert is_live(held, NOW + LEASE_MS - 1)
    assert not is_live(held, NOW + LEASE_MS)


def test_a_lease_from_before_the_clock_was_set_back_holds_no_more() -> None:
    assert not is_live(lease("x", "ana", NOW), NOW - 3_600_000)


@pytest.mark.parametrize(
    ("spoken", "lang", "may"),
    [
        ({"en", "es"}, "es", True),
        ({"en"}, "es", False),
        ({"pt"}, "pt-BR", True),
        ({"pt_BR"}, "PT", True),
        ({"en"}, "un", True),
        ({"en"}, "", True),
        (set(), "th", True),
    ],
)
def test_people_are_asked_in_languages_they_read(spoken: set[str], lang: str, may: bool) -> None:
    assert reads(Reader("ana", frozenset(spoken)), lang) is may


def test_what_one_holds_already_comes_first_then_free_ones_in_the_order_of_the_batch() -> None:
    leases = [lease("c", "ana", NOW), lease("a", "bo", NOW)]

    assert ids(next_items(ANA, queue("a", "b", "c", "d", "e"), leases, NOW, 3)) == ["c", "b", "d"]


def test_what_another_held_comes_free_again() -> None:
    leases = [lease("a", "bo", NOW)]

    assert ids(next_items(ANA, queue("a"), leases, NOW)) == []
    assert ids(next_items(ANA, queue("a"), leases, NOW + LEASE_MS)) == ["a"]


def test_what_one_has_answered_does_not_come_again_even_while_the_lease_holds() -> None:
    done = Candidate("a", labelled_by=frozenset({"ana"}))

    assert next_items(ANA, [done], [lease("a", "ana", NOW)], NOW) == []
    assert ids(next_items(BO, [done], [], NOW)) == ["a"]


def test_a_batch_is_drawn_from_what_is_on_nobodys_screen_and_in_ones_languages() -> None:
    items = [*queue("a", "b", "c"), Candidate("d", lang="es"), Candidate("e", lang="en", labelled_by=frozenset({"ana"}))]
    leases = [lease("a", "ana", NOW), lease("b", "bo", NOW), Lease("c", "bo", NOW - 1)]

    assert ids(open_to(Reader("ana", frozenset({"en"})), items, leases, NOW)) == ["c", "e"]


@given(
    st.lists(st.builds(Candidate, id=st.sampled_from("abcdef"), lang=st.sampled_from(["en", "es", ""])), max_size=10),
    st.lists(st.builds(Lease, st.sampled_from("abcdef"), st.sampled_from(["ana", "bo"]), st.integers(NOW - 10, NOW + 10)), max_size=8),
    st.integers(-1, 8),
)
def test_two_people_never_get_the_same_comment(items: list[Candidate], leases: list[Lease], n: int) -> None:
    first = next_items(ANA, items, leases, NOW, n)
    taken = [*leases, *(lease(one.id, "ana", NOW) for one in first)]
    second = next_items(BO, items, taken, NOW, n)

    both = {held.item for held in leases if held.annotator == "bo" and is_live(held, NOW)}
    assert not (set(ids(first)) & set(ids(second))) - both
    assert len(set(ids(first))) == len(first) <= max(0, n)
