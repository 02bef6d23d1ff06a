"""Routes are matched and addresses made as by werkzeug's own rules; an address maker is compiled by the first page that asks for it."""

from __future__ import annotations

from typing import Any, ClassVar

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, Rule

from companion.late_rules import LateRule


class Noted(Rule):
    """Notes what is compiled."""

    compiled: ClassVar[list[str]] = []

    def _compile_builder(self, append_unknown: bool = True) -> Any:
        self.compiled.append(self.rule)
        return super()._compile_builder(append_unknown)


class NotedLate(LateRule, Noted):
    pass


def filled(rule: Rule) -> dict[str, object]:
    return {name: 7 if isinstance(kind, IntegerConverter) else "a é" for name, kind in rule._converters.items()}


def test_every_address_of_the_app_is_that_of_a_plain_rule(app: Flask) -> None:
    rules = list(app.url_map.iter_rules())
    assert {type(rule) for rule in rules} == {LateRule}
    plain = Map([Rule(rule.rule, endpoint=rule.endpoint, methods=rule.methods, defaults=rule.defaults) for rule in rules])
    late, usual = app.url_map.bind("127.0.0.1"), plain.bind("127.0.0.1")
    for rule in rules:
        for more in ({}, {"q": "two words", "page": 2}):
            values = filled(rule) | more
            assert late.build(rule.endpoint, values) == usual.build(rule.endpoint, values)


def test_nothing_is_compiled_until_an_address_is_asked_for_and_then_once() -> None:
    Noted.compiled.clear()
    routes = Map([NotedLate("/a/<int:number>", endpoint="a"), NotedLate("/b", endpoint="b")]).bind("127.0.0.1")
    assert routes.match("/a/3") == ("a", {"number": 3})
    assert Noted.compiled == []
    assert [routes.build("a", {"number": 3}), routes.build("a", {"number": 4})] == ["/a/3", "/a/4"]
    assert Noted.compiled == ["/a/<int:number>"]
