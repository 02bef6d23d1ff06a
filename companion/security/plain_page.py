"""A page that needs no session, style or script: what stands in the browser when a real page cannot."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response, render_template_string

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>{{ title }} · BuySignal</title></head>
<body><main><h1>{{ title }}</h1>
{% for line in lines %}<p>{{ line }}</p>
{% endfor %}<p><a href="/">Open BuySignal</a></p></main></body></html>"""


def plain_page(status: int, title: str, lines: Iterable[str]) -> Response:
    """A heading, a few sentences and a link to the start page."""
    body = render_template_string(_PAGE, title=title, lines=list(lines))
    return Response(body, status, content_type="text/html; charset=utf-8")
