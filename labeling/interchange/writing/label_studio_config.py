"""The labeling configuration that shows exported tasks in Label Studio and asks our questions there."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as Xml

from companion.intent import SENTIMENTS, SIGNALS
from companion.intent.prediction import GRADES
from companion.label_rows import MARKS
from labeling.interchange.annotation import ABOUT

TEXT = "text"
"""Key of a task's data that holds the comment; the questions are about it."""


def config() -> str:
    """XML to paste under *Settings, Labeling interface* of a Label Studio project."""
    view = Xml.Element("View")
    Xml.SubElement(view, "Header", value=f"${ABOUT}", size="5")
    Xml.SubElement(view, "Text", name=TEXT, value=f"${TEXT}")
    Xml.SubElement(view, "Header", value="How close to buying? (1-10)", size="5")
    Xml.SubElement(view, "Rating", name="grade", toName=TEXT, maxRating=str(max(GRADES)))
    _choices(view, "signal", "Why?", SIGNALS, "single")
    _choices(view, "sentiment", "The writer's feeling", SENTIMENTS, "single")
    _choices(view, "flags", "Anything else?", [mark for mark in MARKS if mark != "skip"], "multiple")  # it has a button for that
    Xml.SubElement(view, "TextArea", name="note", toName=TEXT, placeholder="Note", rows="1", maxSubmissions="1")
    Xml.indent(view)
    return Xml.tostring(view, encoding="unicode") + "\n"


def _choices(view: Xml.Element, name: str, question: str, values: Sequence[str], choice: str) -> None:
    Xml.SubElement(view, "Header", value=question, size="5")
    element = Xml.SubElement(view, "Choices", name=name, toName=TEXT, choice=choice, showInline="true")
    for value in values:
        Xml.SubElement(element, "Choice", value=value)
