"""The learning curve as a part of the coverage page: what the labels are worth, and what more of them would bring."""

from __future__ import annotations

import numpy as np
from flask import current_app, render_template

from companion.dashboard.frame import fragment
from companion.intent.text import normalise
from companion.services import Services, connection, services
from companion.store import label_answers, labels, sample
from labeling import out_of_fold
from labeling.blueprint import pages
from labeling.kept import Kept
from labeling.learning_curve import MORE, Curve, curve_of

_KEY = "buysignal-learning-curve"

MOST_LABELS = 2_000
"""The latest labels that are read: about half a minute."""

QUIET_SECONDS = 0.5
"""How long the reading waits between two batches while requests use the model."""


@pages.get("/curve")
def curve_page() -> str:
    """The curve, as a part of the coverage page (htmx) or by itself."""
    found = services()
    kept: Kept[str, Curve] = current_app.extensions.setdefault(_KEY, Kept(lambda _: counted(found), "learning curve"))
    held = kept.answer("", (label_answers.newest_label(connection("reader")), found.model.id))
    view = {"curve": held.value if held else None, "current": bool(held and held.current), "more": MORE}
    return render_template("label/curve_results.html" if fragment() else "label/curve.html", **view)


def counted(found: Services) -> Curve:
    """Read the latest labels and draw the curve."""
    with found.store.reading() as database:
        given = [one for one in labels.listed(database, MOST_LABELS) if one.platform != sample.PLATFORM and one.grade is not None]
    if not given:
        return curve_of(np.zeros((0, 1)), [], [])
    traits = out_of_fold.read(given, found.model, lambda: found.gate.quiet(QUIET_SECONDS))
    texts = {text: at for at, text in enumerate(dict.fromkeys(normalise(one.text) for one in given))}
    return curve_of(np.array(traits.vectors, np.float64), [one.grade or 0 for one in given], [texts[normalise(one.text)] for one in given])
