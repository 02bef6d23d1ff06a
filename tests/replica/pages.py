"""The HTML that the server sends: one document for every route, as a single-page app has."""

import json
import re
import secrets
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request
from markupsafe import Markup

from tests.replica.api import item_detail_json
from tests.replica.content import NOW
from tests.replica.item_shapes import user_detail_json
from tests.replica.state import Settings, State
from tests.replica.tag_api import first_tag_items, tag_detail_json

VIDEO_PATH = re.compile(r"^/@([^/]*)/(?:video|photo)/(\d{15,20})$")
TAG_PATH = re.compile(r"^/tag/([^/]+)$")
PROFILE_PATH = re.compile(r"^/@([^/]+)$")
STRICT_POLICY = (
    "default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'"
)
VIEWER = {"uid": "7100000000000009999", "uniqueId": "viewer.replica", "nickName": "Viewer"}


def create_pages(state: State) -> Blueprint:
    """Return the blueprint of every page address; ``?layout=``, ``?theme=`` override the settings once."""
    pages = Blueprint("pages", __name__)

    @pages.get("/", defaults={"path": ""})
    @pages.get("/<path:path>")
    def page(path: str) -> Response:
        settings = state.settings
        if _host().endswith(".example"):
            return make_response(render_template("embed.html", address=request.args.get("frame", "")))
        nonce = secrets.token_urlsafe(12)
        response = make_response(
            render_template(
                "index.html",
                nonce=nonce,
                theme=request.args.get("theme", settings.theme),
                page_script=Markup(settings.page_script),  # noqa: S704 - a test's own script, meant to run
                scope=_script_json({"__DEFAULT_SCOPE__": _scope(state, f"/{path}")}),
                config=_script_json(_config(state)),
            )
        )
        if settings.csp == "strict":
            response.headers["Content-Security-Policy"] = STRICT_POLICY.format(nonce=nonce)
        response.headers["Cache-Control"] = "no-store"
        return response

    return pages


def _host() -> str:
    return request.host.partition(":")[0]


def _scope(state: State, path: str) -> dict[str, Any]:
    settings = state.settings
    context: dict[str, Any] = {
        "language": "en",
        "region": "US",
        "appId": 1233,
        "appType": "m",
        "botType": "others",
        "wid": "7500000000000000001",
        "host": _host(),
    }
    if settings.logged_in:
        context["user"] = VIEWER
    scope: dict[str, Any] = {"webapp.app-context": context, "seo.abtest": {"vidList": []}}
    if found := VIDEO_PATH.match(path):
        scope["webapp.video-detail"] = item_detail_json(state.videos.get(found[2]), state.statuses.get(found[2], 0))
    elif found := TAG_PATH.match(path):
        scope["webapp.challenge-detail"] = tag_detail_json(state, found[1])
        if settings.first_items == "html":
            scope["webapp.updated-items"] = first_tag_items(state, found[1])
    elif (found := PROFILE_PATH.match(path)) and found[1] in state.creators:
        scope["webapp.user-detail"] = user_detail_json(state.creators[found[1]])
    return scope


def _config(state: State) -> dict[str, Any]:
    """What the client code needs to know; class names are made from ``seed`` and differ in every run."""
    asked: Settings = state.settings
    config = asdict(asked)
    del config["page_script"]
    layout = request.args.get("layout", asked.layout)
    return config | {"layout": layout, "seed": state.class_seed, "now": NOW, "obstacles": state.refusals.obstacles()}


def _script_json(value: Any) -> Markup:
    """Serialise for a script element: ``<`` and ``/`` are escaped, as TikTok's own data is."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003C").replace("/", "\\u002F"))  # noqa: S704 - both breaking characters are escaped
