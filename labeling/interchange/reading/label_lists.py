"""Labels as tools list them: names, spans with a name, or objects with one."""

from __future__ import annotations

from companion.cell_values import shown
from labeling.interchange.reading.heard import LABELS, Answer


def labels_of(value: object) -> list[Answer]:
    """The labels of a list, without a question.

    >>> [(answer.value, answer.part) for answer in labels_of(["price", [0, 5, "want"], {"start": 0, "end": 5, "label": "spam"}])]
    [('price', False), ('want', True), ('spam', True)]

    Raises:
        ValueError: something else stands there.
    """
    items = value if isinstance(value, list) else [] if value is None else [value]
    found = [_one(item) for item in items]
    return [Answer(LABELS, name, part=part) for name, part in found if name.strip()]


def _one(item: object) -> tuple[str, bool]:
    if isinstance(item, str):
        return item, False
    if isinstance(item, list) and len(item) == 3 and isinstance(item[2], str):
        return item[2], True
    if isinstance(item, dict) and isinstance(name := item.get("label"), str):
        return name, bool({"start", "start_offset"} & item.keys())
    if isinstance(item, dict) and isinstance(name := item.get("label"), int):
        raise ValueError(f"a label is {name}, the tool's own number for it; export again with the labels' names")
    raise ValueError(f"a label is {shown(item)}; it must be text, or a list of texts or of [from, to, text]")
