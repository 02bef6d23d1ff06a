"""What goes along with a comment into another tool."""

from __future__ import annotations

from typing import Any

from labeling.interchange.annotation import ABOUT, Annotation


def task_data(annotation: Annotation) -> dict[str, Any]:
    """The comment with its surroundings, as every reader here takes it in again."""
    data: dict[str, Any] = {"text": annotation.text, ABOUT: about(annotation), "comment_id": annotation.id, "platform": annotation.platform}
    if annotation.video:
        data["video"] = annotation.video
    if annotation.context:
        data["context"] = dict(annotation.context)
    return data


def about(annotation: Annotation) -> str:
    """A line for people: what the comment answers, the product, the caption and the hashtags, as far as they are known."""
    context = annotation.context
    parts = [f"reply to: {context['parent']}" if context.get("parent") else ""]
    parts += [str(context.get(key) or "") for key in ("product", "note", "caption")]
    parts.append(" ".join(f"#{str(tag).lstrip('#')}" for tag in context.get("hashtags") or ()))
    return " | ".join(part for part in parts if part)


def flat_labels(annotation: Annotation) -> list[str]:
    """The answers as one list of labels, each with its question before it.

    >>> flat_labels(Annotation("", "tiktok", "1", "how much", grade=8, signal="price", flags=("unsure",)))
    ['grade:8', 'signal:price', 'flags:unsure']
    """
    answers = {"grade": annotation.grade, "signal": annotation.signal, "sentiment": annotation.sentiment}
    return [f"{key}:{value}" for key, value in answers.items() if value is not None] + [f"flags:{flag}" for flag in annotation.flags]
