"""Imported labels come back as they were written, and as examples to learn from."""

import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from companion.intent import SENTIMENTS, SIGNALS, Context
from companion.label_files import read_label_files
from companion.store import clock
from companion.training.own_labels import own_labels
from tests.companion.commands.import_labels.scene import GOOD, as_csv, jsonl, stored, take_in


def test_labels_come_out_as_examples_of_their_video_or_source(written, workspace):
    context = {"caption": "new mug #cozy", "hashtags": ["cozy"], "product": "mug", "parent": "where from?"}
    file = written(
        {**GOOD, "id": "a", "video": "https://www.tiktok.com/@shop.1/video/7600000000000000011?lang=en", "source": "s", "context": context},
        {**GOOD, "id": "b", "video": 7600000000000000011, "context": "running shoes"},
        {**GOOD, "id": "c", "video": "https://youtu.be/abcdefghijk?t=3", "platform": "youtube"},
        {**GOOD, "id": "d", "video": "", "source": "moment app"},
        {**GOOD, "id": "e", "video": None, "source": None},
        {**GOOD, "id": "a", "video": "", "annotator": "amy", "grade": 4, "context": context},
        {"id": "f", "text": "lol", "sentiment": "positive"},
    )
    assert take_in(workspace, file).exit_code == 0
    mine = own_labels(stored(workspace))
    examples = sorted([*mine.train, *mine.blind], key=lambda example: example.group)
    assert [(example.group, example.context, example.grade, example.ratings, example.origin) for example in examples] == [
        ("tiktok:7600000000000000011", Context.of(context), 4, (4, 8), "import"),
        ("tiktok:7600000000000000011", Context.of("running shoes"), 8, (), "import"),
        ("tiktok:e", Context(), 8, (), "import"),
        ("tiktok:source:moment app", Context(), 8, (), "import"),
        ("youtube:abcdefghijk", Context(), 8, (), "import"),
    ]


def test_a_source_is_blind_as_a_whole_or_not_at_all(written, workspace):
    rows = [
        {"id": f"{source}-{number}", "text": "link?", "grade": 8, "source": f"s{source}"} for source in range(20) for number in range(5)
    ]
    assert take_in(workspace, written(*rows)).exit_code == 0
    mine = own_labels(stored(workspace))
    train, blind = ({example.group for example in part} for part in (mine.train, mine.blind))
    assert train
    assert blind
    assert train.isdisjoint(blind)


_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=10)
_CONTEXTS = st.one_of(
    _WORDS.filter(lambda text: not text or text.strip()),
    st.fixed_dictionaries({}, optional={"caption": _WORDS, "hashtags": st.lists(_WORDS, max_size=3), "product": _WORDS, "parent": _WORDS}),
)
_ROWS = st.fixed_dictionaries(
    {"id": _NAMES, "text": _WORDS.map(lambda text: f"need {text}"), "grade": st.integers(1, 10)},
    optional={
        "signal": st.sampled_from(SIGNALS),
        "sentiment": st.sampled_from(SENTIMENTS),
        "context": _CONTEXTS,
        "video": _NAMES,
        "platform": st.sampled_from(["tiktok", "youtube"]),
        "annotator": _NAMES,
        "uuid": st.uuids(version=4).map(str),
    },
)


def _identity(row):
    return row.get("platform", "tiktok"), row["id"], row.get("annotator", "")


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(_ROWS, min_size=1, max_size=5, unique_by=(_identity, lambda row: row.get("uuid") or object())))
def test_what_was_written_comes_back_from_the_store(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("round")
    table = [{**row, "context": json.dumps(c) if isinstance(c := row.get("context", ""), dict) else c} for row in rows]
    (folder / "labels.jsonl").write_bytes(jsonl(rows))
    (folder / "labels.csv").write_bytes(as_csv(table))
    assert take_in(folder / "workspace", folder / "labels.jsonl").exit_code == 0
    events = stored(folder / "workspace")
    assert [_row_of(event) for event in events] == [_expected(row) for row in rows]
    for event, row in zip(events, rows, strict=True):
        alone = own_labels([event])
        assert [example.context for example in [*alone.train, *alone.blind]] == [Context.of(row.get("context"))]
    from_csv = read_label_files([folder / "labels.csv"], clock.now_ms())
    assert from_csv.problems == []
    assert [replace(event, created_at=0) for _, event in from_csv.labels] == [replace(event, created_at=0) for event in events]


def _row_of(event):
    return (
        *(event.source, event.platform, event.comment_id, event.client_id, event.text, event.grade, event.signal, event.sentiment),
        *(event.video_id, event.context.get("note", ""), {key: part for key, part in event.context.items() if key != "note"}),
        str(UUID(event.uuid)) == event.uuid,
    )


def _expected(row):
    context = row.get("context", "")
    note, parts = (context, {}) if isinstance(context, str) else ("", {key: part for key, part in context.items() if part})
    return (
        *("import", *_identity(row), row["text"], row["grade"], row.get("signal"), row.get("sentiment")),
        *(row.get("video", ""), note, parts, True),
    )


def test_derived_uuids_never_change(tmp_path: Path):
    """Files imported by an earlier version must not be imported a second time by a later one."""
    (tmp_path / "a.jsonl").write_bytes(jsonl([{**GOOD, "annotator": "amy"}]))
    ((_, event),) = read_label_files([tmp_path / "a.jsonl"], 0).labels
    assert event.uuid == "02ded67b-d9b1-53c0-94d6-bc343dd2ca82"
