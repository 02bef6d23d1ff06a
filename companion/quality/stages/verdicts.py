"""What stages say of a video as detectors do: that it broke out, that an old one lives again, that an old one stirs."""

from __future__ import annotations

from collections.abc import Mapping

from companion.quality.detectors.verdict import Verdict, thin
from companion.quality.stages.assumptions import ASSUMED, Assumptions
from companion.quality.stages.stage import Found
from companion.quality.stages.stirring import BEFORE_DAYS, OLD_DAYS, RECENT_DAYS, candidates

BREAKOUT, SECOND_LIFE, STIRS = "breakout", "second life", "stirs again"
NAMES = (BREAKOUT, SECOND_LIFE, STIRS)


def verdicts(found: Mapping[str, Found], assumed: Assumptions = ASSUMED) -> dict[str, list[Verdict]]:
    """The answers by the keys of `found`, in the order of NAMES."""
    stirring = {one.key: one.reason for one in candidates(found, assumed)}
    return {
        key: [_breakout(one, assumed), _second_life(one, assumed), _stirs(one, stirring.get(key), assumed)] for key, one in found.items()
    }


def not_followed(assumed: Assumptions = ASSUMED) -> list[Verdict]:
    """The answers where a video was read too seldom to be followed."""
    return [thin(name, f"its numbers were read less than {assumed.least_snapshots} times") for name in NAMES]


def _few(readings: int, assumed: Assumptions) -> str:
    return f"its numbers were read {readings} times; {assumed.least_snapshots:g} are needed"


def _breakout(found: Found, assumed: Assumptions) -> Verdict:
    n = len(found.curve)
    if n < assumed.least_snapshots:
        return thin(BREAKOUT, _few(n, assumed), n)
    times = [stage.times for stage in found.stages if stage.times is not None]
    if not times:
        return thin(BREAKOUT, f"it was first read later than {assumed.young_hours:.0f} hours after posting", n)
    bar = f"{assumed.breakout_times:g} times within {assumed.opening_days:g} days are a breakout"
    said = f"at most {max(times):,.1f} times the views that are usual first; {bar}"
    return Verdict(BREAKOUT, "yes" if found.breakout else "no", said, (), n)


def _second_life(found: Found, assumed: Assumptions) -> Verdict:
    n = len(found.curve)
    if n < assumed.least_snapshots:
        return thin(SECOND_LIFE, _few(n, assumed), n)
    if not found.lives:
        carried = "; growth after a hit of the same creator is laid to that" if found.carried else ""
        return Verdict(SECOND_LIFE, "no", f"no growth after it had rested{carried}", (), n)
    life = found.lives[-1]
    days = (found.curve.hours[-1] - found.curve.hours[life.seen]) / 24
    since = "it goes on" if life.end >= n else f"seen {days:,.0f} days before the last reading"
    said = (
        f"{life.gained:,.0f} views above rest after it had rested, at its height {life.pace:,.1f} an hour beside {life.rest:,.1f}; {since}"
    )
    return Verdict(SECOND_LIFE, "yes", said, (), n)


def _stirs(found: Found, reason: str | None, assumed: Assumptions) -> Verdict:
    curve = found.curve
    n = len(curve)
    if reason is not None:
        return Verdict(STIRS, "yes", reason, (), n)
    if n < assumed.least_snapshots:
        return thin(STIRS, _few(n, assumed), n)
    if curve.dated and curve.hours[-1] < OLD_DAYS * 24:
        return Verdict(STIRS, "no", f"it is younger than {OLD_DAYS:g} days", (), n)
    watched = (curve.hours[-1] - curve.hours[0]) / 24
    if watched < RECENT_DAYS + assumed.quiet_days:
        return thin(STIRS, f"it was followed for {watched:.1f} days; {RECENT_DAYS + assumed.quiet_days:g} are needed", n)
    if found.now.name == SECOND_LIFE:
        return Verdict(STIRS, "no", "it is in a second life already", (), n)
    return Verdict(STIRS, "no", f"its pace of the last {RECENT_DAYS:g} days is that of the {BEFORE_DAYS:g} days before", (), n)
