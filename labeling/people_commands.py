"""`buysignal label people`: accounts from the terminal. Passwords are typed twice, never written on the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click

from companion.commands.options import BadInputError, json_option, workspace_option
from companion.store import SchemaTooNewError, Store, StoreError, annotators, clock, open_store
from companion.store.annotators import LOCAL, ROLES, Annotator
from companion.store.workspace import WorkspaceError
from labeling import accounts
from labeling.accounts import AccountError


@click.group("people", short_help="People who label: accounts, roles, languages.")
def people() -> None:
    """Accounts for people who label. Alone on one computer none is needed."""


@people.command("add", short_help="Make an account.")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="annotator", show_default=True, help="What the person may do.")
@click.option("--languages", default="", metavar="CODES", help='Languages they read, such as "en,de"; none means every language.')
@workspace_option
def add(name: str, role: str, languages: str, workspace: Path) -> None:
    """Make an account. The password is asked for, twice."""
    try:
        plain = accounts.checked_name(name)
        accounts.checked_languages(languages)
        with _store(workspace).reading() as reader:
            if annotators.by_name(reader, plain):
                raise AccountError(f'there is somebody named "{plain}" already; choose another name')
        hashed = _typed(plain)
        with _store(workspace).writing() as writer:
            made = accounts.add(writer, plain, role, hashed, languages)
    except AccountError as error:
        raise BadInputError(str(error)) from error
    click.echo(f"{made.name} can log in now, as {made.role}.")


@people.command("list", short_help="Show everybody.")
@json_option
@workspace_option
def list_people(as_json: bool, workspace: Path) -> None:
    """Show every account."""
    with _store(workspace).reading() as reader:
        everybody = [person for person in annotators.listed(reader) if person.id != LOCAL]
    if as_json:
        click.echo(json.dumps([_told(person) for person in everybody], ensure_ascii=False))
        return
    if not everybody:
        click.echo("Nobody has an account. Make one with: buysignal label people add NAME --role admin")
    for person in everybody:
        reads = ", ".join(person.languages) or "every language"
        click.echo(f"{person.name}\t{person.role}\treads {reads}\t{'switched off' if person.disabled_at else 'may log in'}")


@people.command("disable", short_help="Keep somebody out.")
@click.argument("name")
@workspace_option
def disable(name: str, workspace: Path) -> None:
    """Keep somebody out. Their logins end now; what they answered stays."""
    click.echo(f"{_change(workspace, name, accounts.disable).name} cannot log in any more.")


@people.command("enable", short_help="Let somebody in again.")
@click.argument("name")
@workspace_option
def enable(name: str, workspace: Path) -> None:
    """Let somebody in again."""
    click.echo(f"{_change(workspace, name, accounts.enable).name} can log in again.")


@people.command("password", short_help="Give somebody a new password.")
@click.argument("name")
@workspace_option
def password(name: str, workspace: Path) -> None:
    """Give somebody a new password, asked for twice. Their logins end now."""
    try:
        with _store(workspace).reading() as reader:
            known = accounts.found(reader, name)
        hashed = _typed(known.name)
    except AccountError as error:
        raise BadInputError(str(error)) from error
    _change(workspace, known.name, lambda writer, person: accounts.change_password(writer, person, hashed))
    click.echo(f"{known.name} has a new password.")


@people.command("languages", short_help="Say which languages somebody reads.")
@click.argument("name")
@click.argument("codes", nargs=-1)
@workspace_option
def languages(name: str, codes: tuple[str, ...], workspace: Path) -> None:
    """Say which languages somebody reads, such as: languages Mia en de. Without codes they get every language."""
    person = _change(workspace, name, lambda writer, known: accounts.change_languages(writer, known, " ".join(codes)))
    click.echo(f"{person.name} gets comments in {', '.join(person.languages) or 'every language'}.")


@people.command("role", short_help="Give somebody another role.")
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
@workspace_option
def role(name: str, role: str, workspace: Path) -> None:
    """Give somebody another role; it holds from their next click."""
    person = _change(workspace, name, lambda writer, known: accounts.change_role(writer, known, role))
    click.echo(f"{person.name} is {person.role} now.")


def _typed(name: str) -> str:
    typed = click.prompt("Password", hide_input=True)
    return accounts.hashed(typed, click.prompt("The same again", hide_input=True), name)


def _change(workspace: Path, name: str, change: Callable[..., None]) -> Annotator:
    try:
        with _store(workspace).writing() as writer:
            person = accounts.found(writer, name)
            change(writer, person)
            return annotators.by_id(writer, person.id) or person
    except AccountError as error:
        raise BadInputError(str(error)) from error
    except StoreError as error:
        raise BadInputError(str(error)) from error


def _store(workspace: Path) -> Store:
    try:
        return open_store(workspace)
    except (StoreError, SchemaTooNewError, WorkspaceError) as error:
        raise BadInputError(str(error)) from error


def _told(person: Annotator) -> dict[str, object]:
    return {
        "name": person.name,
        "role": person.role,
        "languages": list(person.languages),
        "may_log_in": person.can_log_in,
        "made_at": clock.iso(person.created_at),
    }
