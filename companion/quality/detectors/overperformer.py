"""Overperformers: videos far above what is expected of them, in views and in what viewers do."""

from __future__ import annotations

from companion.quality.detectors.verdict import Evidence, Facts, Verdict, thin

NAME = "above expectation"
VIEWS_BAR, MEAN_BAR = 1.5, 0.75
"""Sigmas: of views alone, and of the mean of all parts. Views alone can be bought or lucky."""
LEAST_VIEWS = 100


def overperformer(facts: Facts) -> Verdict:
    """Whether views lie VIEWS_BAR sigmas and all parts together MEAN_BAR sigmas above expectation."""
    if facts.plays is None or "plays" not in facts.deviations:
        return thin(NAME, "its views or what to expect of them are not known")
    if facts.plays < LEAST_VIEWS:
        return thin(NAME, f"{facts.plays:,} views, {LEAST_VIEWS} are needed", facts.plays)
    if len(facts.deviations) < 2:
        return thin(NAME, "only its views are known, and not what viewers did", facts.plays)
    views, mean = facts.deviations["plays"], sum(facts.deviations.values()) / len(facts.deviations)
    found = views >= VIEWS_BAR and mean >= MEAN_BAR
    said = f"views {views:+.1f} sigmas and all parts together {mean:+.1f} sigmas from what is expected"
    evidence = (Evidence("views", views, VIEWS_BAR, "sigmas"), Evidence("all parts", mean, MEAN_BAR, "sigmas"))
    return Verdict(NAME, "yes" if found else "no", said, evidence, facts.plays)
