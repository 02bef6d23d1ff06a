"""The next comment stands there as soon as the key is down, whatever the network does."""

from __future__ import annotations

import pytest

from companion.store import Store, door_keys
from tests.labeling.screen.conftest import Opens
from tests.labeling.screen.scene import Annotator, item, outbox, task
from tests.labeling.screen.speed import label, p95, watch

pytestmark = pytest.mark.browser

MOST_MS = 120
"""Looser than the target of 50 ms, which bench/annotate.py measures on a quiet machine."""

ROUNDS = 3
"""Another program may take the processor for a while; it does not take it three times in a row."""


def test_the_next_comment_does_not_wait_for_the_network(opens: Opens, store: Store) -> None:
    task(store, [item(f"comment number {n} " * 8, n) for n in range(100)], questions=("grade",))
    context = opens()
    watch(context)
    page = context.new_page()
    with store.writing() as connection:
        key = door_keys.mint(connection)
    page.goto(f"/open?key={key}")
    at = Annotator(page, "t1").open()
    page.route("**/label/api/events", lambda route: route.abort())
    rounds = [label(at, 30)]
    while p95(rounds[-1]) > MOST_MS and len(rounds) < ROUNDS:
        rounds.append(label(at, 30))
    assert p95(rounds[-1]) <= MOST_MS, rounds
    assert [row["event"]["answers"]["grade"] for row in outbox(page)] == [n % 10 + 1 for n in range(30 * len(rounds))]
