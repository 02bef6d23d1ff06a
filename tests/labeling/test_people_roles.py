"""Every address of the labeling tool against every role: who gets in is decided in one table, and no address is missing there."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from companion.store import Store, annotator_sessions, annotators
from companion.store.annotators import ROLES
from labeling import access
from tests.labeling.accounts import log_in, make, post, token

RANK = {"anybody": 0, "annotator": 1, "adjudicator": 2, "admin": 3}


@dataclass(frozen=True)
class Address:
    method: str
    rule: str
    path: str

    @property
    def known(self) -> bool:
        plain = access.address(self.rule)
        return plain in access.ACCESS or f"{self.method} {plain}" in access.ACCESS


def addresses(app: Flask) -> list[Address]:
    """Every route below /label, its parameters filled with something that does not exist."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.rule != "/label" and not rule.rule.startswith("/label/"):
            continue
        filled = rule.build(dict.fromkeys(rule.arguments, 999_999), append_unknown=False)
        assert filled, rule.rule
        found += [
            Address(method, rule.rule, filled[1]) for method in sorted(rule.methods or ()) if method in ("GET", "POST", "PUT", "DELETE")
        ]
    return found


def as_role(app: Flask, store: Store, role: str) -> FlaskClient:
    """A browser in which somebody of this role is logged in; "anybody" is a stranger."""
    browser = app.test_client()
    if role != "anybody":
        with store.writing() as writer:
            person = annotators.by_name(writer, f"the {role}")
            assert person
            browser.set_cookie("buysignal_person_8765", annotator_sessions.begin(writer, person.id))
    return browser


def let_in(answer: TestResponse) -> bool:
    """Whether the door let this request through to its page, whatever the page then said."""
    to_login = answer.status_code == 303 and answer.headers.get("Location", "").startswith("/label/login")
    return not to_login and answer.status_code not in (401, 403) and "This page is not for you" not in answer.text


@pytest.fixture
def team(store: Store) -> Store:
    for role in ROLES:
        make(store, f"the {role}", role)
    return store


def test_no_address_is_missing_in_the_table(app: Flask) -> None:
    missing = [f"{each.method} {each.rule}" for each in addresses(app) if not each.known]
    assert not missing, "add them to labeling.access.ACCESS with the least role that may ask"


def test_an_address_that_is_missing_is_for_admins_only() -> None:
    assert access.least("GET", "/label/brand-new/<id>") == "admin"


def test_every_page_lets_in_exactly_the_roles_that_the_table_names(app: Flask, team: Store) -> None:
    wrong = []
    for role, rank in RANK.items():
        for each in addresses(app):
            if each.path.startswith(("/label/login", "/label/logout", "/label/mine/password")):
                continue  # the ways in and out answer like the door does
            browser = as_role(app, team, role)
            answer = (
                browser.get(each.path)
                if each.method == "GET"
                else browser.open(each.path, method=each.method, data={}, headers={"X-CSRFToken": token(browser)})
            )
            if let_in(answer) != (rank >= RANK[access.least(each.method, each.rule)]):
                wrong.append(f"{role} {each.method} {each.rule}: {answer.status_code}")
    assert not wrong


@pytest.mark.parametrize(
    "path", ["/label/agreement.json", "/label/agreement.csv", "/label/adjudicate", "/label/suspects", "/label/coverage"]
)
def test_what_others_answered_is_shown_to_adjudicators_and_admins_alone(app: Flask, team: Store, path: str) -> None:
    """Written out once more, so that a changed table does not go unnoticed."""
    seen = {role: let_in(as_role(app, team, role).get(path)) for role in RANK}
    assert seen == {"anybody": False, "annotator": False, "adjudicator": True, "admin": True}


@pytest.mark.parametrize("role", ["annotator", "adjudicator"])
def test_nobody_makes_themselves_an_admin(app: Flask, team: Store, role: str) -> None:
    browser = as_role(app, team, role)
    with team.reading() as reader:
        own = annotators.by_name(reader, f"the {role}")
    assert own
    for path in (f"/label/people/{own.id}/role", "/label/people/add", f"/label/people/{own.id}/enable"):
        answer = post(browser, path, role="admin", name="Eve", password="another password", again="another password")
        assert answer.status_code == 403, path
    post(browser, "/label/mine/password", old="correct horse battery", password="another password", again="another password", role="admin")
    browser.post("/label/api/keys", json={"keys": {}, "role": "admin"}, headers={"X-CSRFToken": token(browser)})
    with team.reading() as reader:
        after = annotators.by_id(reader, own.id)
        assert after
        assert after.role == role
        assert annotators.by_name(reader, "Eve") is None


def test_a_role_that_was_taken_away_is_gone_at_the_next_click(app: Flask, team: Store) -> None:
    make(team, "Ada", "admin")
    browser = as_role(app, team, "admin")
    assert browser.get("/label/people").status_code == 200
    with team.writing() as writer:
        person = annotators.by_name(writer, "the admin")
        assert person
        annotators.set_role(writer, person.id, "annotator")
    assert browser.get("/label/people").status_code == 403


def test_unknown_addresses_tell_strangers_nothing(app: Flask, team: Store) -> None:
    stranger = app.test_client()
    for path in ("/label/nothing", "/label/people/x/y/z", "/label/api/nothing"):
        assert not let_in(stranger.get(path)), path
    assert as_role(app, team, "annotator").get("/label/nothing").status_code == 404


def test_the_people_page_makes_and_changes_accounts(app: Flask, entered: FlaskClient, store: Store) -> None:
    """The first admin is made in the dashboard of one's own computer."""
    made = post(
        entered,
        "/label/people/add",
        name="  Ada  Byron ",
        role="admin",
        languages="EN, de",
        password="a long password",
        again="a long password",
    )
    assert made.status_code == 303
    ada = app.test_client()
    assert log_in(ada, "ada byron", "a long password").status_code == 303
    page = ada.get("/label/people").text
    assert "Ada Byron" in page
    assert "English, German" in page
    post(ada, "/label/people/add", name="Mia", role="annotator", password="a long password", again="a long password")
    with store.reading() as reader:
        mia = annotators.by_name(reader, "Mia")
    assert mia
    browser = app.test_client()
    log_in(browser, "Mia", "a long password")
    post(ada, f"/label/people/{mia.id}/languages", languages="fr")
    post(ada, f"/label/people/{mia.id}/role", role="adjudicator")
    told = browser.get("/label/api/session").get_json()["person"]
    assert (told["role"], told["languages"]) == ("adjudicator", ["fr"])
    post(ada, f"/label/people/{mia.id}/password", password="quite another one", again="quite another one")
    assert browser.get("/label/api/session").status_code == 401
    assert log_in(browser, "Mia", "quite another one").status_code == 303
    post(ada, f"/label/people/{mia.id}/disable")
    assert browser.get("/label/api/session").status_code == 401


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": ""}, "1 to 60 characters"),
        ({"name": "M\u202eia"}, "cannot be seen"),
        ({"name": "YOU"}, "already"),
        ({"role": "owner"}, "is no role"),
        ({"languages": "en, klingon"}, "klingon"),
        ({"again": "another password"}, "differ"),
        ({"password": "short", "again": "short"}, "5 characters"),
        ({"name": "tenletters", "password": "TenLetters", "again": "TenLetters"}, "is the name"),
        ({"name": "<script>alert(1)</script>", "again": ""}, "&lt;script&gt;"),
    ],
)
def test_an_account_that_cannot_be_made_is_refused_in_words(entered: FlaskClient, store: Store, fields: dict[str, str], said: str) -> None:
    whole = {"name": "Mia", "role": "annotator", "languages": "", "password": "a long password", "again": "a long password", **fields}
    answer = post(entered, "/label/people/add", **whole)
    assert answer.status_code == 400
    assert said in answer.text
    assert "<script>alert" not in answer.text
    with store.reading() as reader:
        assert [person.id for person in annotators.listed(reader) if person.id != annotators.LOCAL] == []


def test_the_last_admin_stays(entered: FlaskClient, store: Store) -> None:
    ada = make(store, "Ada", "admin")
    for path, fields in ((f"/label/people/{ada.id}/disable", {}), (f"/label/people/{ada.id}/role", {"role": "annotator"})):
        answer = post(entered, path, **fields)
        assert answer.status_code == 400
        assert "only admin" in answer.text
    make(store, "Grace", "admin")
    assert post(entered, f"/label/people/{ada.id}/disable").status_code == 303


@pytest.mark.parametrize("change", ["disable", "enable", "role", "password"])
def test_whoever_works_alone_cannot_be_changed(entered: FlaskClient, change: str) -> None:
    entered.get("/label/people")
    answer = post(entered, f"/label/people/local/{change}", role="annotator", password="a long password", again="a long password")
    assert answer.status_code == 400
    assert entered.get("/label/people").status_code == 200
