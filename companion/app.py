"""The companion's Flask app: this module only wires."""

from __future__ import annotations

import importlib
import logging
from importlib.metadata import entry_points

from flask import Flask, Response, abort, request
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from companion.api import (
    capture,
    creator,
    explain,
    feedback,
    hashtags_map,
    health,
    hello,
    notices,
    pair,
    score,
    shop_event,
    shop_related,
    video,
)
from companion.api.gate import InferenceGate
from companion.background_grader import BackgroundGrader
from companion.config import Config
from companion.lan.door import on_lan
from companion.late_rules import LateRule
from companion.live_cards import LiveCards
from companion.live_model import LiveModel
from companion.live_shop import LiveShop
from companion.row_numbers import RowNumber
from companion.security import door, guard
from companion.security.bucket import Buckets
from companion.security.clients import ClientDirectory
from companion.security.headers import harden
from companion.security.pairing import Pairing
from companion.security.plain_page import plain_page
from companion.security.problems import RefusalError, problem
from companion.services import Services, install
from companion.store import Store, StoreBusyError

_log = logging.getLogger("buysignal")

WIRE = (
    *(health, pair, hello, score, explain, feedback, capture, notices),
    *(video, creator, hashtags_map, shop_related, shop_event),
)


def create_app(config: Config, *, live: LiveModel, store: Store) -> Flask:
    """The companion over the model in use and an opened store (both made once, both closed by the caller)."""
    app = Flask("companion", static_folder=None, template_folder=None)
    app.url_rule_class = LateRule
    app.url_map.converters["int"] = RowNumber
    app.config["MAX_CONTENT_LENGTH"] = config.limits.upload_bytes
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False  # otherwise werkzeug answers `//v1/score` with a redirect
    install(app, _services(config, live, store))
    app.before_request(_guard)
    app.after_request(harden)
    door.install(app, config)
    _register_errors(app)
    for module in WIRE:
        app.register_blueprint(module.blueprint)
    for plugin in entry_points(group="buysignal.blueprints"):
        app.register_blueprint(plugin.load())
    dashboard = importlib.import_module("companion.dashboard")
    if hasattr(dashboard, "register"):
        dashboard.register(app)
    return app


def _services(config: Config, live: LiveModel, store: Store) -> Services:
    limits = config.limits
    gate, shop = InferenceGate(limits), LiveShop(store)
    return Services(
        config=config,
        live=live,
        store=store,
        clients=ClientDirectory(store),
        pairing=Pairing(),
        buckets=Buckets(limits.bucket_burst, limits.bucket_per_second),
        gate=gate,
        grader=BackgroundGrader(store, live, gate),
        shop=shop,
        cards=LiveCards(store, shop),
    )


def _guard() -> BaseResponse | None:
    if not _on_wire():
        return door.check()
    if on_lan():
        abort(404)  # the door for colleagues has refused it already; twice is better than once
    return guard.check()


def _on_wire() -> bool:
    return request.path.startswith(guard.PREFIX)


def _register_errors(app: Flask) -> None:
    app.register_error_handler(RefusalError, _refused)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(StoreBusyError, _store_busy)
    app.register_error_handler(Exception, _fault)


def _refused(refusal: RefusalError) -> Response:
    """JSON on the wire, a plain page in the dashboard."""
    return problem(refusal) if _on_wire() else plain_page(refusal.status, "That did not work", [refusal.message])


def _http_error(error: HTTPException) -> Response:
    if isinstance(error, RequestEntityTooLarge):
        return _refused(RefusalError(413, "size", "That is larger than BuySignal takes."))
    if isinstance(error, NotFound) and not _on_wire():
        return plain_page(404, "There is no such page", [])
    return _refused(RefusalError(error.code or 500, error.name.lower().replace(" ", "_"), f"{error.name}."))


def _store_busy(_error: StoreBusyError) -> Response:
    return _refused(RefusalError(503, "busy", "BuySignal's database is busy; nothing was lost, try again in a moment.", retry_after=2))


def _fault(error: Exception) -> Response:
    """A fault of ours: its kind and place go to the log, never its message, which may hold a comment."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "unknown place"
    _log.error("%s at %s while answering %s", type(error).__name__, where, request.endpoint or "an unknown path")
    return _refused(RefusalError(500, "fault", "BuySignal made a mistake; the log says where. Nothing was lost."))
