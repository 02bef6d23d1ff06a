"""Popular but resented: many views, and a good part of the comments is negative or angry."""

from __future__ import annotations

from companion.quality.detectors.felt import LEAST, felt_of
from companion.quality.detectors.verdict import Evidence, Facts, Verdict, thin

NAME = "popular but resented"
RANK_BAR, NEGATIVE_BAR, ANGRY_BAR = 0.75, 0.35, 0.2
"""Part of the category with fewer views; lower ends of the parts of negative and of angry comments, either of which is enough."""


def toxic_popular(facts: Facts) -> Verdict:
    """Whether a much-seen video is met with negative or angry comments."""
    if facts.views_rank is None:
        return thin(NAME, "its views, or those of its category, are not known")
    felt = felt_of(facts.felt)
    if isinstance(felt, int):
        return thin(NAME, f"{felt} comments were read, {LEAST} are needed", felt)
    found = facts.views_rank >= RANK_BAR and (felt.negative.low >= NEGATIVE_BAR or felt.angry.low >= ANGRY_BAR)
    said = (
        f"more views than {facts.views_rank:.0%} of its category; {felt.negative.value:.0%} of {felt.negative.n} comments negative "
        f"(at least {felt.negative.low:.0%}), {felt.angry.value:.0%} angry (at least {felt.angry.low:.0%})"
    )
    evidence = (
        Evidence("rank of views", facts.views_rank, RANK_BAR),
        Evidence("negative comments, lower end", felt.negative.low, NEGATIVE_BAR),
        Evidence("angry comments, lower end", felt.angry.low, ANGRY_BAR),
    )
    return Verdict(NAME, "yes" if found else "no", said, evidence, felt.negative.n)
