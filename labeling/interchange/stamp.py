"""What BuySignal writes beside each exported answer, so that one that comes back unchanged is the same label and no second vote."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labeling.interchange.annotation import Annotation, said

KEY = "buysignal"
"""The name it goes by in files."""

_PARTS = ("annotator", "uuid", "said")


def of(annotation: Annotation) -> dict[str, str]:
    """The stamp of an answer: whose it is, its uuid, and a digest of what it says."""
    return {"annotator": annotation.annotator, "uuid": annotation.uuid, "said": said(vars(annotation))}


def read(value: object) -> dict[str, str] | None:
    """A stamp out of a file, None where there is none or somebody wrote something else there."""
    if not isinstance(value, Mapping) or not all(isinstance(value.get(part), str) for part in _PARTS):
        return None
    return {part: value[part] for part in _PARTS}


def fits(stamp: Mapping[str, str], values: Mapping[str, Any]) -> bool:
    """Whether the answer still says what it said when it was stamped."""
    return stamp["said"] == said(values)
