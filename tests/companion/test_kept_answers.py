"""Answers are kept until something is written, and no longer than a minute."""

from __future__ import annotations

import pytest

from companion import kept_answers
from companion.kept_answers import KeptAnswers
from companion.store import Store, clock, creators
from companion.store.creators import Creator


class Asked:
    """Counts what was made."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, names: list[str]) -> dict[str, str]:
        self.names += names
        return {name: f"about {name}" for name in names if name != "nobody"}


@pytest.fixture
def kept(store: Store) -> KeptAnswers:
    return KeptAnswers(store.workspace.database)


def test_only_what_was_not_asked_before_is_made(kept: KeptAnswers) -> None:
    asked = Asked()
    assert kept.many("s", ["b", "nobody"], asked) == {"b": "about b"}
    assert kept.many("s", ["a", "b", "b", "nobody"], asked) == {"a": "about a", "b": "about b"}
    assert asked.names == ["b", "nobody", "a"]
    assert kept.many("another subject", ["a"], asked) == {"a": "about a"}
    assert asked.names[3:] == ["a"]


def test_a_write_by_anybody_drops_everything(kept: KeptAnswers, store: Store) -> None:
    asked = Asked()
    kept.many("s", ["a"], asked)
    with store.writing() as connection:
        creators.save(connection, [Creator("tiktok", "71", handle="mia.tests")], 1)
    kept.many("s", ["a"], asked)
    assert asked.names == ["a", "a"]


def test_an_answer_made_while_something_was_written_is_not_kept(kept: KeptAnswers, store: Store) -> None:
    def slow(names: list[str]) -> dict[str, str]:
        with store.writing() as connection:
            creators.save(connection, [Creator("tiktok", "72", handle="bo.tests")], 1)
        return dict.fromkeys(names, "old")

    assert kept.many("s", ["a"], slow) == {"a": "old"}
    assert kept.many("s", ["a"], Asked()) == {"a": "about a"}


def test_an_answer_grows_old_and_there_are_only_so_many(kept: KeptAnswers, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, now = Asked(), 1_000
    monkeypatch.setattr(clock, "now_ms", lambda: now)
    monkeypatch.setattr(kept_answers, "MOST", 2)
    kept.many("s", ["a", "b", "c"], asked)
    kept.many("s", ["b", "c"], asked)
    assert asked.names == ["a", "b", "c"]
    kept.many("s", ["a"], asked)
    now += kept_answers.KEPT_MS
    kept.many("s", ["a"], asked)
    assert asked.names[3:] == ["a", "a"]
