"""Dark engagement: passed on often, shown to few. What people send to each other in private moves no counter of views."""

from __future__ import annotations

from companion.quality.detectors.verdict import Evidence, Facts, Verdict, thin
from companion.quality.shares import wilson

NAME = "many shares, few views"
SHARE_BAR = 1.5
"""Sigmas of shares a view above expectation."""
RANK_BAR = 0.9
"""Part of the category's videos with fewer shares for each like."""
VIEWS_BAR = 0.0
"""Sigmas of views: at or below expectation."""
LEAST_SHARES = 10


def dark_engagement(facts: Facts) -> Verdict:
    """Whether shares lie far above expectation while views do not."""
    views, shares = facts.deviations.get("plays"), facts.deviations.get("shares_rate")
    if facts.plays is None or facts.shares is None or views is None or shares is None or facts.share_rank is None:
        return thin(NAME, "views, shares or what to expect of them are not known")
    if facts.shares < LEAST_SHARES and facts.plays < 100 * LEAST_SHARES:
        return thin(NAME, f"{facts.shares} shares on {facts.plays:,} views; {LEAST_SHARES} shares are needed", facts.shares)
    found = shares >= SHARE_BAR and facts.share_rank >= RANK_BAR and views <= VIEWS_BAR
    share = wilson(min(facts.shares, facts.plays), facts.plays)
    per = f"{share.value:.2%} of views were passed on (95 % interval {share.low:.2%}-{share.high:.2%})" if share else "no views"
    said = f"{per}, {shares:+.1f} sigmas, more for each like than {facts.share_rank:.0%} of its category; views {views:+.1f} sigmas"
    evidence = (
        Evidence("shares a view", shares, SHARE_BAR, "sigmas"),
        Evidence("rank of shares for each like", facts.share_rank, RANK_BAR),
        Evidence("views", views, VIEWS_BAR, "sigmas, at most"),
    )
    return Verdict(NAME, "yes" if found else "no", said, evidence, facts.shares)
