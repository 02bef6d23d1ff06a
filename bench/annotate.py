"""The annotate screen in Chromium: from the key that ends an answer to the next comment painted, by the browser's own clock.

Nothing is taken off: leases and answers go over loopback meanwhile, as in real use. The second figure has every request
with answers thrown away, so that all of them pile up in the browser.
"""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.table import Row
from companion.store import open_store
from scripts.vendor import vendor
from tests.e2e.browser import driver, find_chromium
from tests.e2e.stack import companion
from tests.labeling.screen.scene import Annotator, item, task
from tests.labeling.screen.speed import label, p95, watch

ANSWERS = 200
MOST_MS = 50


def rows() -> Iterator[Row]:
    """Two lines: with the network, and with answers thrown away."""
    vendor()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "workspace"
        store = open_store(workspace)
        for name in ("connected", "answers thrown away"):
            task(
                store,
                [item(f"comment number {n}, {'a little longer ' * (n % 9)}", n) for n in range(ANSWERS + 20)],
                name,
                questions=("grade",),
            )
        with companion(workspace) as running, driver() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
            context = browser.new_context(base_url=f"http://127.0.0.1:{running.port}")
            watch(context)
            page = context.new_page()
            page.goto(running.link)
            for name in ("connected", "answers thrown away"):
                at = Annotator(page, name).open()
                if name != "connected":
                    page.route("**/label/api/events", lambda route: route.abort())
                times = label(at, ANSWERS)
                figure = f"{p95(times):.0f} ms (median {statistics.median(times):.0f}, slowest {max(times):.0f})"
                yield Row(f"key to next comment on screen, p95 of {ANSWERS}, {name}", figure, f"<= {MOST_MS} ms", p95(times) <= MOST_MS)
            browser.close()
