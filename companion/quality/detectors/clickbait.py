"""Promise above content: many more views than expected, while viewers share less and feel worse than usual."""

from __future__ import annotations

from companion.quality.detectors.felt import LEAST, felt_of
from companion.quality.detectors.verdict import Evidence, Facts, Verdict, thin

NAME = "watched more than liked"
VIEWS_BAR, SHARE_BAR = 1.0, -0.5
"""Sigmas: views above, shares a view below expectation."""
NEGATIVE_ABOVE = 1.3
"""Times the usual part of negative comments that the lower end of the interval must exceed."""


def clickbait(facts: Facts) -> Verdict:
    """Whether views lie far above, and shares and sentiment below expectation."""
    views, shares = facts.deviations.get("plays"), facts.deviations.get("shares_rate")
    if views is None or shares is None:
        return thin(NAME, "views, shares or what to expect of them are not known")
    felt = felt_of(facts.felt)
    if isinstance(felt, int):
        return thin(NAME, f"{felt} comments were read, {LEAST} are needed", felt)
    bar = NEGATIVE_ABOVE * facts.usual_negative
    found = views >= VIEWS_BAR and shares <= SHARE_BAR and felt.negative.low >= bar
    said = (
        f"views {views:+.1f} sigmas, shares a view {shares:+.1f} sigmas; {felt.negative.value:.0%} of {felt.negative.n} comments negative "
        f"(95 % interval {felt.negative.low:.0%}-{felt.negative.high:.0%}, usual {facts.usual_negative:.0%})"
    )
    evidence = (
        Evidence("views", views, VIEWS_BAR, "sigmas"),
        Evidence("shares a view", shares, SHARE_BAR, "sigmas, at most"),
        Evidence("negative comments, lower end", felt.negative.low, bar),
    )
    return Verdict(NAME, "yes" if found else "no", said, evidence, felt.negative.n)
