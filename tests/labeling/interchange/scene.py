"""Answers to write, and what a reader makes of a file."""

import json
from uuid import UUID

from hypothesis import strategies as st

from companion.intent import SENTIMENTS, SIGNALS
from companion.intent.text import clean
from companion.label_formats import NOTHING_TOLD
from companion.label_formats import recognise as recognise_format
from companion.label_rows import MARKS, read_label
from companion.table_files import Row
from labeling.interchange.annotation import Annotation

TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=30).filter(clean)
NAMES = st.text("abcdefxyz0123456789-_", min_size=1, max_size=8)

CONTEXTS = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"note": TEXTS.filter(lambda text: not text.lstrip().startswith("{"))}),
    st.fixed_dictionaries({}, optional={"caption": TEXTS, "product": TEXTS, "parent": TEXTS, "hashtags": st.lists(NAMES, min_size=1)}),
)


@st.composite
def annotations(draw, skips=False):
    """Answers of several people about several comments, comment by comment, as the store gives them."""
    found = []
    for number in range(draw(st.integers(1, 4))):
        key, text, video, context = f"c{number}", draw(TEXTS), draw(st.sampled_from(["", "v1", "source:shop"])), draw(CONTEXTS)
        for annotator in draw(st.lists(NAMES | st.just(""), min_size=1, max_size=3, unique=True)):
            grade = draw(st.none() | st.integers(1, 10))
            signal, sentiment = draw(st.none() | st.sampled_from(SIGNALS)), draw(st.none() | st.sampled_from(SENTIMENTS))
            flags = tuple(mark for mark in MARKS[:3] if draw(st.booleans()))
            if grade is None and not (signal or sentiment or flags):
                flags = ("skip",) if skips else ("unsure",)
            found.append(
                Annotation(
                    uuid=str(UUID(int=draw(st.integers(0, 2**120 - 1)) * 256 + len(found))),
                    platform=draw(st.sampled_from(["tiktok", "youtube"])) if number == 3 else "tiktok",
                    id=key,
                    text=text,
                    video=video,
                    context=context,
                    annotator=annotator,
                    grade=grade,
                    signal=signal,
                    sentiment=sentiment,
                    flags=flags,
                    note=draw(st.just("") | TEXTS.map(str.strip).filter(clean)),
                    source="annotator",
                    guideline="1",
                    at=1_760_000_000_000,
                )
            )
    return found


def values_of(annotation):
    """A label's row as our own JSON lines have it."""
    context = dict(annotation.context)
    row = {
        "id": annotation.id,
        "text": annotation.text,
        "grade": annotation.grade,
        "signal": annotation.signal,
        "sentiment": annotation.sentiment,
        "context": context["note"] if set(context) == {"note"} else context,
        "video": annotation.video,
        "platform": annotation.platform,
        "annotator": annotation.annotator,
        "uuid": annotation.uuid,
        "flags": list(annotation.flags),
        "note": annotation.note,
    }
    return {key: value for key, value in row.items() if value not in (None, "", {}, [])}


def event_of(annotation, now):
    """The label event that an annotation is when it was imported."""
    return read_label(Row(1, values_of(annotation)), "JSON lines", now)


def read(path, told=NOTHING_TOLD):
    """(values of the good rows, errors by record, notes) of a file of another tool."""
    kind = recognise_format(path)
    assert kind is not None, "not recognised"
    reading = kind.read(path, told)
    rows = list(reading.rows)
    return [row.values for row in rows if not row.error], [(row.line, row.error) for row in rows if row.error], reading.notes


def write_json_lines(path, *records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path
