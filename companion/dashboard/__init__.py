"""The dashboard: server-rendered pages over the same functions as the `/v1` resources.

`register(app)` is all that the app factory calls. Other rooms add a page by registering a blueprint whose
templates extend `frame.html` and by calling `navigation.add(app, Entry(...))`.
"""

from companion.dashboard.wiring import register

__all__ = ["register"]
