"""Videos: which of them bring out buyers, what they are about, and what stands out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from flask import render_template, request

from companion.dashboard.blueprint import pages
from companion.dashboard.creators import learner
from companion.dashboard.filters import Option
from companion.dashboard.progress import Progress, progress_of
from companion.dashboard.video_kinds import KINDS
from companion.dashboard.video_rows import VideoRow, rows_of
from companion.dashboard.video_words import ANSWERS, DETECTORS, SUBJECTS, site_words, subject_words
from companion.regions import NAMES, region_words
from companion.services import connection, services
from companion.store import creators, quality_learned, quality_looks, sample, video_list, video_regions
from companion.store.creators import Creator
from companion.store.quality_looks import Answer
from companion.store.video_list import ANYTHING, NO_REGION, NO_SUBJECT, Wanted

SHOWN = 200
"""Videos on the list, the most recently seen first."""


@dataclass(frozen=True)
class VideoChoice:
    """What the user chose; "" is any, and of `kind` the usual one. `creator` is "platform:id"."""

    kind: str = ""
    creator: str = ""
    site: str = ""
    subject: str = ""
    region: str = ""
    out: str = ""
    answer: str = ""

    @classmethod
    def of(cls, args: Mapping[str, str], sites: list[str]) -> VideoChoice:
        """From a query string; a value that is not known counts as the usual one."""
        known = {
            "kind": KINDS,
            "site": sites,
            "subject": (*SUBJECTS, NO_SUBJECT),
            "region": (*NAMES, NO_REGION),
            "out": (*DETECTORS, ANYTHING),
            "answer": ANSWERS,
        }
        given = {name: args.get(name, "") for name in (*known, "creator")}
        chosen = cls(**{name: value for name, value in given.items() if name == "creator" or value in known[name]})
        return chosen if chosen.out in DETECTORS else replace(chosen, answer="")

    def query(self, **other: str) -> dict[str, Any]:
        """The choice as a query string, what is usual left out."""
        values = {one.name: getattr(self, one.name) for one in fields(self)} | other
        return {name: value for name, value in values.items() if value}

    @property
    def narrowed(self) -> bool:
        """Whether more is chosen than the kind and the creator."""
        return bool(self.site or self.subject or self.region or self.out)


@dataclass(frozen=True)
class Looked:
    """How the videos looked at were answered by the chosen detector."""

    meaning: str
    yes: int
    no: int
    thin: int

    @property
    def all(self) -> int:
        """Videos looked at."""
        return self.yes + self.no + self.thin


@dataclass(frozen=True)
class VideosView:
    """The list; `more` says that older videos are left out, `aside` how many of other kinds. `creator` is whose videos, None: all.

    `compared_at` (ms UTC) is None before the stored videos were compared; `comparing` says that they are right now.
    """

    rows: list[VideoRow]
    more: bool
    progress: Progress
    choice: VideoChoice
    creator: Creator | None
    aside: int
    stored: bool
    looked: Looked | None
    sites: tuple[Option, ...]
    subjects: tuple[Option, ...]
    regions: tuple[Option, ...]
    outs: tuple[Option, ...]
    compared_at: int | None
    comparing: bool

    kinds = tuple(Option(value, label) for value, (label, _) in KINDS.items())
    answer_words = ANSWERS

    @property
    def creator_key(self) -> str | None:
        """The value by which the page chose the creator."""
        return f"{self.creator.platform}:{self.creator.id}" if self.creator else None


@pages.get("/videos")
def videos_page() -> str:
    """The list, those with the most buyers first."""
    database, model = connection("reader"), services().model.id
    comparing = learner().wake(model)
    sites = video_list.sites(database)
    choice = VideoChoice.of(request.args, sites)
    creator = _creator(choice.creator)
    answer: Answer = "not enough data" if choice.answer else "yes"
    place = (creator.platform, creator.id) if creator else None
    wanted = Wanted(KINDS[choice.kind][1], place, choice.site, choice.subject, choice.out, answer, choice.region)
    shown = rows_of(database, model, video_list.keys(database, wanted, SHOWN))
    shown.sort(key=lambda row: (-row.summary.high, row.name))
    found, counted = video_list.count(database, wanted), quality_looks.counted(database)
    learned = quality_learned.learned_at(database)
    view = VideosView(
        rows=shown,
        more=found > len(shown),
        progress=progress_of(model),
        choice=choice,
        creator=creator,
        aside=video_list.count(database, replace(wanted, kinds=None)) - found,
        stored=bool(sites),
        looked=_looked(choice.out, counted),
        sites=tuple(Option(name, site_words(name)) for name in sites if name != sample.PLATFORM),
        subjects=tuple(_subjects(quality_looks.subject_counts(database))),
        regions=tuple(_regions(video_regions.counts(database), video_list.count(database, Wanted()))),
        outs=tuple(_outs(counted)),
        compared_at=learned[0] if learned else None,
        comparing=comparing,
    )
    return render_template("videos.html", view=view)


def _creator(key: str) -> Creator | None:
    """The creator of a "platform:id"."""
    platform, _, ident = key.partition(":")
    return creators.find(connection("reader"), platform, ident) if ident else None


def _looked(name: str, counted: Mapping[str, Mapping[Answer, int]]) -> Looked | None:
    if name not in DETECTORS:
        return None
    numbers = counted.get(name, {})
    return Looked(DETECTORS[name], numbers.get("yes", 0), numbers.get("no", 0), numbers.get("not enough data", 0))


def _subjects(counts: Mapping[str, int]) -> list[Option]:
    """The subjects that stored videos have, with how many; a subject counts its branches."""
    whole = {name: sum(n for key, n in counts.items() if key == name or key.startswith(f"{name}/")) for name in SUBJECTS}
    found = [Option(name, f"{subject_words(name)} ({whole[name]:,})") for name in SUBJECTS if whole[name]]
    return [*found, Option(NO_SUBJECT, f"not clear ({counts['']:,})")] if counts.get("") else found


def _regions(counts: Mapping[str, int], stored: int) -> list[Option]:
    """The countries that stored videos have, with how many, by name; none while nobody knows any."""
    named = sorted((region_words(code), code, n) for code, n in counts.items())
    unknown = stored - sum(counts.values())
    found = [Option(code, f"{name} ({n:,})") for name, code, n in named]
    return [*found, Option(NO_REGION, f"not known ({unknown:,})")] if found and unknown else found


def _outs(counted: Mapping[str, Mapping[Answer, int]]) -> list[Option]:
    return [Option(ANYTHING, "anything"), *(Option(name, f"{name} ({counted.get(name, {}).get('yes', 0):,})") for name in DETECTORS)]
