"""The one blueprint on which the page modules put their routes."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("dashboard", __name__, template_folder="templates", static_folder="static", static_url_path="/assets")
