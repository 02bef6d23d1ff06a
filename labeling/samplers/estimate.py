"""What a batch says about all that it was drawn from: each answer counts for as many comments as it stands for, 1 / probability.

Only draws of the sampler "random" are fit for it: the others reach but a part of the comments. A batch speaks of the comments
that nobody had labelled when it was drawn; those labelled before are known and can simply be counted beside it.
"""

from __future__ import annotations

from collections.abc import Iterable


def prevalence(answers: Iterable[tuple[float, bool]], frame: int | None = None) -> float | None:
    """Share of comments that are positive, from (probability, positive) of each random draw; None without any.

    With the number of comments drawn from (`frame`): the sum of 1 / p over the positive ones, divided by it (Horvitz & Thompson 1952);
    without bias, and by chance above 1. Without it: divided by the sum of 1 / p over all (Hájek 1971); within 0-1, nearly without bias.

    Raises:
        ValueError: a probability outside 0-1, or 0, or a frame of none.
    """
    known = list(answers)
    for probability, _ in known:
        if not 0 < probability <= 1:
            raise ValueError(f"inclusion probability {probability} must lie above 0 and not above 1; leave out what no chance drew")
    if frame is not None and frame < 1:
        raise ValueError(f"a batch drawn from {frame} comments says nothing; give the number of comments it was drawn from")
    if not known:
        return None
    positive = sum(1 / probability for probability, is_positive in known if is_positive)
    return positive / (frame if frame is not None else sum(1 / probability for probability, _ in known))
