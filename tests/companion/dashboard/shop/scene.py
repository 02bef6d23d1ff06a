"""A catalogue of four products, and how its pages are read."""

from __future__ import annotations

import csv
import io
import re

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from companion.dashboard.shop.desk import Desk, desk
from companion.shop.product import Product
from companion.store import Store, catalogue, catalogue_imports, clock

EVIL = "<script>alert(1)</script>"


GOODS = (
    Product("p1", "Mushroom table lamp", "Warm light.", "Lumo", ("Home", "Lamps"), 39, "USD", link="https://lumo.example/p1"),
    Product("p2", "Floor lamp " + EVIL, "", "Lumo", ("Home", "Lamps"), 120, "USD", link="http://lumo.example/p2"),
    Product("p3", "Running shoes for boys", "", "Strid", ("Sport", "Shoes"), 45, "USD", attributes={"availability": "preorder"}),
    Product("p4", "Leather wallet", "", "Hide & Co", ("Bags",), None, ""),
)


TABLE = b"Artikel;Bezeichnung;Kosten\nx1;Blue rug;20\nx2;Red rug;auf Anfrage\nx3;Green rug;25\n"


def put(store: Store, *products: Product, at: int = 0) -> None:
    """Add products to the catalogue, as an import of that moment would."""
    with store.writing() as connection:
        number = catalogue_imports.begin(connection, "stock.csv", "table with a header", {}, at or clock.now_ms())
        catalogue.save(connection, products, number, at or clock.now_ms())


def titles(page: str) -> list[str]:
    return re.findall(r'<h3><a href="[^"]*" dir="auto">(.*?)</a>', page)


def table(browser: FlaskClient, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(browser.get(path).get_data().decode("utf-8-sig"))))


def upload(browser: FlaskClient, content: bytes, name: str = "stock.csv") -> TestResponse:
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/settings").text)
    assert token
    return browser.post("/shop/catalogue/upload", data={"csrf_token": token[1], "file": (io.BytesIO(content), name)})


def on_desk(app: Flask) -> Desk:
    with app.app_context():
        found = desk()
    found.wait(30)
    return found


def token_of(app: Flask) -> str:
    up = on_desk(app).upload
    assert up
    return up.token
