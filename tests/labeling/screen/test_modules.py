"""The screen's parts by themselves, in a real browser: keys, shown texts, the outbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route

from companion.store import Store
from labeling.watch import floor_ms
from tests.labeling.screen.scene import Annotator, item, task

pytestmark = pytest.mark.browser

Labels = Callable[..., Annotator]
Runs = Callable[..., Any]

MODULES = Path(__file__).parents[3] / "labeling" / "static" / "do"
HERE = "http://127.0.0.1:9/"
"""Answered by the test itself, from the files."""


@pytest.fixture(scope="module")
def runs(chromium: Browser) -> Iterator[Runs]:
    """Runs JavaScript with a module's exports as `m` and an argument as `arg`; what it returns is returned."""
    page = chromium.new_page()
    page.route(f"{HERE}**", _serve)
    page.goto(HERE)

    def run(module: str, body: str, arg: Any = None) -> Any:
        return page.evaluate(f"async (arg) => {{ const m = await import('{HERE}{module}.js'); {body} }}", arg)

    yield run
    page.close()


def _serve(route: Route) -> None:
    file = MODULES / route.request.url.removeprefix(HERE)
    if file.is_file():
        route.fulfill(path=file, content_type="text/javascript")
    else:
        route.fulfill(body="<!doctype html><title>modules</title>", content_type="text/html")


def test_no_two_actions_of_a_task_share_a_key(runs: Runs) -> None:
    assert runs("keys", "return m.conflicts(m.keyMap())") == []
    assert (
        runs("keys", "return new Set(m.ACTIONS.map(a => a.code)).size") == runs("keys", "return m.ACTIONS.length") - 3
    )  # quality is apart


@pytest.mark.parametrize(
    ("code", "questions", "action"),
    [
        ("Digit0", ["grade"], "grade:10"),
        ("Numpad0", ["grade", "signal"], "grade:10"),
        ("Digit0", ["quality"], "quality:0"),
        ("Digit2", ["quality"], "quality:2"),
        ("Digit3", ["quality"], None),
        ("KeyA", ["grade"], None),
        ("KeyA", ["grade", "signal"], "signal:availability"),
        ("KeyH", ["sentiment"], None),
        ("Space", ["quality"], "skip"),
        ("NumpadEnter", ["grade"], "send"),
        ("KeyY", ["grade", "signal", "sentiment"], None),
    ],
)
def test_a_key_does_what_the_task_asks(runs: Runs, code: str, questions: list[str], action: str | None) -> None:
    assert runs("keys", "return m.actionOf(m.keyMap(), arg[0], arg[1])", [questions, code]) == action


def test_a_key_can_be_moved_but_not_onto_another(runs: Runs) -> None:
    moved = "const map = m.keyMap(arg); return [m.actionOf(map, ['signal'], 'KeyM'), m.actionOf(map, ['signal'], 'KeyT'), m.changesOf(map)]"
    assert runs("keys", moved, {"signal:want": "KeyM"}) == ["signal:want", None, {"signal:want": "KeyM"}]
    assert runs("keys", "return m.taken(m.keyMap(), 'signal:want', 'KeyS')") == "flag:spam"
    assert runs("keys", "return m.taken(m.keyMap(), 'skip', 'Numpad3')") == "grade:3"
    assert runs("keys", "return m.taken(m.keyMap(), 'signal:want', 'KeyT')") is None
    assert [runs("keys", "return m.allowed(arg)", code) for code in ("Tab", "Escape", "F5", "ShiftLeft", "ArrowDown", "KeyY")] == [
        False, False, False, False, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "changes", [{"skip": "KeyZ"}, {"nonsense": "KeyY"}, {"skip": "Tab"}, {"skip": 5}, {"skip": "KeyY", "undo": "KeyY"}]
)
def test_stored_keys_that_make_no_sense_are_left_out(runs: Runs, changes: dict[str, Any]) -> None:
    assert runs("keys", "return m.changesOf(m.keyMap(arg))", changes) == {}


def test_keys_are_moved_and_swapped_in_the_dialog_and_kept(labels: Labels, store: Store) -> None:
    task(store, [item("a", 1)])
    page = labels().page
    page.keyboard.press("Shift+Slash")
    page.get_by_role("button", name="Key for skip").click()
    page.keyboard.press("KeyZ")
    problem = page.locator("[data-keys-problem]")
    assert "Z is “undo” already" in problem.inner_text()
    page.keyboard.press("Tab")
    assert "needed by the browser" in problem.inner_text()
    page.keyboard.press("KeyZ")
    with page.expect_response("**/label/api/keys"):
        page.get_by_role("button", name="Swap the two").click()
    page.get_by_role("button", name="Done").click()
    page.reload()
    page.locator(".annotate[data-ready]").wait_for()
    assert page.locator('[data-action="skip"] kbd').inner_text() == "Z"
    page.keyboard.press("KeyZ")
    page.locator("[data-finished]").wait_for()
    page.keyboard.press("Space")
    page.locator(".annotate[data-ready]").wait_for()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, قديم 新しい", ["plain, قديم 新しい"]),
        ("a\u200bb", ["a", "ZWSP", "b"]),
        ("\u202eevil\u202c", ["RLO", "evil", "PDF"]),
        ("family 👨‍👩‍👧‍👦🏳️‍🌈 1️⃣", ["family ", "👨‍👩‍👧‍👦🏳️‍🌈", " ", "1️⃣"]),
        ("می‌خواهم", ["می‌خواهم"]),  # the joiner is spelling in Persian
        ("क्‍ष", ["क्‍ष"]),
        ("li\u200cne", ["li", "ZWNJ", "ne"]),
        ("soft\u00adhyphen", ["soft", "SHY", "hyphen"]),
        ("half \ud83d", ["half ", "U+D83D"]),
        ("line\nbreak\ttab", ["line\nbreak\ttab"]),
        ("\U000e0041", ["U+E0041"]),
        ("<b>bold</b>", ["<b>bold</b>"]),
    ],
)
def test_what_cannot_be_seen_is_marked_and_emoji_stay_whole(runs: Runs, text: str, shown: list[str]) -> None:
    codes = [ord(char) for char in text]
    made = "return m.pieces(arg.map(c => String.fromCodePoint(c)).join('')).map(p => p.emoji ?? p.short ?? p)"
    assert runs("shown_text", made, codes) == shown


def test_a_text_never_becomes_markup(runs: Runs) -> None:
    body = "const p = document.createElement('p'); const seen = m.fill(p, arg); return [p.textContent, p.children.length, seen]"
    assert runs("shown_text", body, "<img src=x onerror=alert(1)>") == ["<img src=x onerror=alert(1)>", 0, True]
    assert runs("shown_text", body, "\u200b\u2060 ")[2] is False


OPEN = """const box = await m.Outbox.open("outbox-test-" + Math.random());
const row = (uuid, person = "ana", action = "submit") =>
  ({ person, task: "t", item: { text: uuid }, event: { uuid, assignment: 1, action } });
const ids = (rows) => rows.map((row) => row.uuid);
"""


def test_the_outbox_keeps_order_and_people_apart(runs: Runs) -> None:
    body = """
    for (const uuid of ["a", "b", "c"]) await box.add(row(uuid));
    await box.add(row("x", "bo"));
    const first = ids(await box.take("ana", 2));
    await box.settle({ a: { state: "sent" }, b: { state: "refused", reason: "no" } });
    const { waiting, refused } = await box.pending("ana");
    const others = (await box.pending("bo")).waiting.length;
    return [first, ids(waiting), refused.map((row) => row.reason), others, ids(await box.history("ana", "t"))]"""
    assert runs("outbox", OPEN + body) == [["a", "b"], ["c"], ["no"], 1, ["a", "c"]]


def test_undo_takes_out_what_was_never_tried_and_follows_what_was(runs: Runs) -> None:
    body = """
    for (const uuid of ["a", "b"]) await box.add(row(uuid));
    await box.take("ana", 1);
    const undo = (uuid, own) => box.undo(uuid, row(own, "ana", "undo"));
    const said = [await undo("b", "u2"), await undo("a", "u1"), await undo("a", "u3")];
    return [said, ids((await box.pending("ana")).waiting), (await box.history("ana", "t")).length]"""
    assert runs("outbox", OPEN + body) == [["removed", "added", "gone"], ["a", "u1"], 0]


def test_without_storage_answers_are_kept_in_the_page(runs: Runs) -> None:
    body = """
    const box = new m.Outbox(null);
    const row = (uuid, action = "submit") => ({ person: "ana", task: "t", item: {}, event: { uuid, assignment: 1, action } });
    await box.add(row("a")); await box.add(row("b"));
    const taken = (await box.take("ana", 1)).map(r => r.uuid);
    const said = [await box.undo("b", row("u", "undo")), await box.undo("a", row("v", "undo"))];
    await box.settle({ a: { state: "sent" } });
    return [box.durable, taken, said, (await box.pending("ana")).waiting.map(r => r.uuid)]"""
    assert runs("outbox", body) == [False, ["a"], ["removed", "added"], ["v"]]


def test_an_outbox_outlives_its_page_and_forgets_only_what_was_sent(runs: Runs) -> None:
    body = """
    const name = "outbox-again-" + Math.random();
    const row = (uuid) => ({ person: "ana", task: "t", item: {}, event: { uuid, assignment: 1, action: "submit" } });
    const box = await m.Outbox.open(name);
    for (const uuid of ["a", "b", "c"]) await box.add(row(uuid));
    await box.settle({ a: { state: "sent" }, c: { state: "sent" } });
    await box.prune("ana", "t", 1);
    const again = await m.Outbox.open(name);
    return (await again.history("ana", "t")).map(r => [r.uuid, r.state])"""
    assert runs("outbox", body) == [["b", "waiting"], ["c", "sent"]]


@pytest.mark.parametrize(
    "text",
    ["", "price?", "🔥🔥🔥🔥", "这个多少钱在哪里可以买到", "x" * 60, "does anyone know whether it ships to Portugal? " * 5, "ほしい 3"],
)
def test_the_screen_and_the_agreement_page_call_the_same_answers_too_fast(runs: Runs, text: str) -> None:
    assert runs("reading", "return m.leastMs(arg)", text) == floor_ms(text)


def test_the_rate_moves_little_by_one_answer_and_forgets_what_was_taken_back(runs: Runs) -> None:
    body = """
    const pace = new m.Pace();
    const rates = [];
    for (const [uuid, spent] of arg) { if (spent === null) pace.drop(uuid); else pace.add(uuid, spent); rates.push(pace.rate(null)); }
    return rates"""
    steady = [[str(n), 10_000] for n in range(9)]
    told = runs("pace", body, [*steady, ["quick", 200], ["quick", None], ["slow", 110_000]])
    assert told[:4] == [None] * 4
    assert all(abs(later / earlier - 1) < 0.2 for earlier, later in pairwise(told[4:]))
    assert told[10] == told[8]


@pytest.mark.parametrize(
    ("presses", "least", "made"),
    [
        ([("grade:1", "Digit1", 0), ("grade:10", "Digit0", 180)], 350, True),
        ([("grade:1", "Digit1", 0), ("grade:10", "Digit0", 700)], 350, False),  # long enough to have seen the next one
        ([("grade:1", "Digit1", 0), ("grade:10", "Digit0", 700)], 1500, True),  # too long a text to have been read
        ([("grade:1", "Digit1", 0), ("grade:10", "Digit0", 950)], 2500, False),
        ([("grade:2", "Digit2", 0), ("grade:10", "Digit0", 180)], 350, False),
        ([("grade:1", "", 0), ("grade:10", "", 180)], 350, False),  # by pointer
        ([("grade:1", "KeyJ", 0), ("grade:10", "Digit0", 180)], 350, False),  # moved keys spell no number
        ([("grade:1", "Digit1", 0), ("flag:spam", "KeyS", 90), ("grade:10", "Digit0", 180)], 350, False),
    ],
)
def test_one_and_zero_make_ten_when_typed_as_one_number(runs: Runs, presses: list[Any], least: int, made: bool) -> None:
    body = """
    const ten = new m.TypedTen();
    const event = { action: "submit" };
    let said = false;
    for (const [place, [id, code, at]] of arg[0].entries()) {
      said = ten.press({ id, code, at }, place ? event : undefined, arg[1]);
      if (!place) ten.left(event);
    }
    return said"""
    assert runs("typed_ten", body, [presses, least]) is made


def test_a_try_is_repeated_ever_later(runs: Runs) -> None:
    assert runs("sender", "return [1, 2, 3, 6, 99].map(n => m.backoff(n, 0.5))") == [1000, 2000, 4000, 30000, 30000]
