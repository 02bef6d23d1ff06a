"""Collect and a run's page: who may see them, and what they allow."""

from __future__ import annotations

import re
from functools import reduce
from importlib.metadata import entry_points

import pytest
from flask import Flask
from flask.testing import FlaskClient

from companion.dashboard import navigation
from companion.store import Store
from scraper import process
from tests.scraper.conftest import Script
from tests.scraper.scenes import POLLED_NO_MORE, add_run, words

PAGES = ("/collect/", "/collect/now", "/collect/runs/r1", "/collect/runs/r1/panel", "/collect/runs/r1/lines", "/collect/runs/r1.json")
POSTS = (
    "/collect/start",
    "/collect/refresh",
    "/collect/stop",
    "/collect/runs/r1/go-on",
    "/collect/schedules",
    "/collect/schedules/1/remove",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_person_with_the_link_sees_them_and_nobody_else_does(store: Store, entered: FlaskClient, client: FlaskClient, path: str) -> None:
    add_run(store, state="paused")
    assert entered.get(path).status_code in (200, POLLED_NO_MORE)
    answer = client.get(path)
    assert answer.status_code == 403
    assert "unboxing" not in answer.text


@pytest.mark.parametrize("path", POSTS)
def test_a_form_without_its_token_changes_nothing(store: Store, entered: FlaskClient, script: Script, path: str) -> None:
    add_run(store, state="paused")
    answer = entered.post(path, data={"kind": "tag", "targets": "unboxing", "at": "10:00"})
    assert answer.status_code == 403
    assert "Nothing was changed" in answer.text
    assert not (process.logs(store.workspace) / process.OUTPUT).exists()
    assert entered.get(path).status_code == 405


def test_every_form_is_listed_here(app: Flask) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("scrapes.") and "POST" in (rule.methods or ())}
    filled = {"<run_id>": "r1", "<int:schedule_id>": "1"}
    assert {reduce(lambda rule, pair: rule.replace(*pair), filled.items(), rule) for rule in rules} == set(POSTS)


@pytest.mark.parametrize("path", PAGES[:5])
def test_pages_allow_no_inline_code_and_load_nothing_from_elsewhere(store: Store, entered: FlaskClient, path: str) -> None:
    add_run(store)
    text = entered.get(path).text
    assert not re.findall(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|javascript:", text)
    assert not re.findall(r"""(?:src|href|action|hx-get|hx-post)=["'](?:https?:)?//""", text)
    assert not re.search(r"\bcomplet\w*", words(text).lower())


def test_the_entry_stands_in_the_navigation_and_is_marked_on_every_page_below(store: Store, entered: FlaskClient, app: Flask) -> None:
    add_run(store)
    assert [entry.label for entry in navigation.entries(app) if entry.endpoint.startswith("scrapes.")] == ["Collect"]
    for path in ("/collect/", "/collect/runs/r1"):
        assert re.search(r'<a href="/collect/" aria-current="page">', entered.get(path).text)
    assert "aria-current" not in re.findall(r'<a href="/collect/".*?>', entered.get("/").text)[0]


def test_without_the_scraper_the_companion_starts_without_its_pages(model: object, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from companion import app as app_module
    from companion.app import create_app
    from companion.config import Config
    from companion.live_model import LiveModel
    from companion.registry import SHIPPED_NAME, Registry

    assert "scrapes" in [plugin.name for plugin in entry_points(group="buysignal.blueprints")]
    monkeypatch.setattr(app_module, "entry_points", lambda **_: [])
    bare = create_app(Config(workspace=store.workspace.root), live=LiveModel(Registry(store), model, SHIPPED_NAME), store=store)  # type: ignore[arg-type]
    assert "Collect" not in [entry.label for entry in navigation.entries(bare)]
    assert not any(rule.rule.startswith("/collect") for rule in bare.url_map.iter_rules())


def test_an_unknown_run_is_a_friendly_404(entered: FlaskClient) -> None:
    answer = entered.get("/collect/runs/none")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.text
