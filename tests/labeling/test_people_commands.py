"""`buysignal label people`: accounts from the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from companion.store import annotator_sessions, annotators, open_store
from labeling import passwords
from labeling.people_commands import people

TYPED = "a long password\na long password\n"


@pytest.fixture
def run(tmp_path: Path) -> object:
    def call(*arguments: str, typed: str | None = None) -> Result:
        return CliRunner().invoke(people, [*arguments, "--workspace", str(tmp_path / "w")], input=typed)

    return call


def test_a_life_of_an_account(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    made = run("add", "Ada", "--role", "admin", "--languages", "en,de", typed=TYPED)
    assert made.exit_code == 0, made.output
    assert "a long password" not in made.output
    assert json.loads(run("list", "--json").output)[0] | {"made_at": ""} == {
        "name": "Ada",
        "role": "admin",
        "languages": ["en", "de"],
        "may_log_in": True,
        "made_at": "",
    }
    store = open_store(tmp_path / "w")
    with store.writing() as writer:
        ada = annotators.by_name(writer, "ada")
        assert ada
        token = annotator_sessions.begin(writer, ada.id)
    assert passwords.right(ada.password, "a long password")
    assert "only admin" in run("disable", "Ada").output
    assert run("add", "Grace", "--role", "admin", typed=TYPED).exit_code == 0
    assert run("disable", "ADA").exit_code == 0
    with store.reading() as reader:
        assert annotator_sessions.person(reader, token) is None
    assert "switched off" in run("list").output
    assert run("enable", "Ada").exit_code == 0
    assert run("languages", "Ada", "fr", "it").output == "Ada gets comments in fr, it.\n"
    assert run("languages", "Ada").output == "Ada gets comments in every language.\n"
    assert run("role", "Ada", "annotator").exit_code == 0
    assert run("password", "Ada", typed="quite another\nquite another\n").exit_code == 0
    with store.reading() as reader:
        changed = annotators.by_name(reader, "Ada")
    assert changed
    assert passwords.right(changed.password, "quite another")


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (["add", "Ada"], "a long password\nanother password\n", "differ"),
        (["add", "Ada"], "short\nshort\n", "10 to 200"),
        (["add", "  "], TYPED, "1 to 60"),
        (["add", "You"], TYPED, "already"),
        (["add", "Ada", "--languages", "xx"], TYPED, "xx"),
        (["disable", "Nobody"], None, "nobody is named"),
        (["disable", "You"], None, "nobody is named"),
        (["password", "Nobody"], TYPED, "nobody is named"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(run, tmp_path: Path, arguments: list[str], typed: str | None, said: str) -> None:  # type: ignore[no-untyped-def]
    answer = run(*arguments, typed=typed)
    assert answer.exit_code == 2
    assert said in answer.output
    with open_store(tmp_path / "w").reading() as reader:
        assert [person.name for person in annotators.listed(reader) if person.id != annotators.LOCAL] == []


def test_a_password_cannot_be_given_on_the_command_line(run) -> None:  # type: ignore[no-untyped-def]
    assert run("add", "Ada", "--password", "x").exit_code == 2
    assert "password" not in " ".join(option.name or "" for option in people.commands["add"].params)
