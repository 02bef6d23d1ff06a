"""Detectors: each looks at one video and says yes, no, or that there is not enough data, with the numbers behind it."""

from collections.abc import Callable

from companion.quality.detectors.brand_safety import brand_safety
from companion.quality.detectors.clickbait import clickbait
from companion.quality.detectors.dark_engagement import dark_engagement
from companion.quality.detectors.facts import facts_of
from companion.quality.detectors.overperformer import overperformer
from companion.quality.detectors.suspicious import suspicious
from companion.quality.detectors.toxic_popular import toxic_popular
from companion.quality.detectors.verdict import Answer, Evidence, Facts, Verdict, WrittenComment

DETECTORS: tuple[Callable[[Facts], Verdict], ...] = (
    overperformer,
    dark_engagement,
    clickbait,
    toxic_popular,
    suspicious,
    brand_safety,
)


def look(facts: Facts) -> list[Verdict]:
    """What every detector says, in the order of DETECTORS."""
    return [detector(facts) for detector in DETECTORS]


__all__ = ["DETECTORS", "Answer", "Evidence", "Facts", "Verdict", "WrittenComment", "facts_of", "look"]
