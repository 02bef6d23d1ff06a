"""Wires the replica: pages, API, pictures, and the log of what was asked."""

import time

from flask import Flask, request

from tests.replica.api import create_api
from tests.replica.drift import install as install_drift
from tests.replica.media import create_media
from tests.replica.pages import create_pages
from tests.replica.refused_answers import CONTROL
from tests.replica.refused_answers import install as install_refusals
from tests.replica.state import Request, State
from tests.replica.tag_api import create_tag_api


def create_app(state: State) -> Flask:
    """Return the Flask application that serves ``state``."""
    app = Flask(__name__, static_url_path="/replica-static")
    app.json.sort_keys = False  # type: ignore[attr-defined]

    @app.before_request
    def log_request() -> None:
        if not request.path.startswith(CONTROL):
            state.requests.append(Request(request.host.partition(":")[0], request.method, request.full_path.rstrip("?"), time.time()))

    install_refusals(app, state)
    install_drift(app, state)

    app.register_blueprint(create_api(state))
    app.register_blueprint(create_tag_api(state))
    app.register_blueprint(create_media(state))
    app.register_blueprint(create_pages(state))
    return app
