"""Numbers in addresses that no row can have."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule

from companion.row_numbers import LARGEST


def numbered(app: Flask) -> list[tuple[Rule, dict[str, object]]]:
    """Every page with a number in its address, and what else stands there."""
    found = []
    for rule in app.url_map.iter_rules():
        kinds = rule._converters
        if "GET" in (rule.methods or ()) and any(isinstance(kind, IntegerConverter) for kind in kinds.values()):
            found.append((rule, {name: 0 if isinstance(kind, IntegerConverter) else "a" for name, kind in kinds.items()}))
    return found


def test_a_number_too_large_for_any_row_is_not_found_wherever_it_stands(app: Flask, entered: FlaskClient) -> None:
    pages = numbered(app)
    assert pages
    made = app.url_map.bind("127.0.0.1")
    for rule, values in pages:
        for name in [name for name, value in values.items() if value == 0]:
            for number, wanted in ((LARGEST, {200, 302, 303, 404, 409}), (LARGEST + 1, {404})):
                address = made.build(rule.endpoint, {**values, name: number})
                assert entered.get(address).status_code in wanted, address
