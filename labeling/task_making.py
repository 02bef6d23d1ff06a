"""Making a task: which comments it holds, in which order, who is asked how often, with which chance each was chosen."""

from __future__ import annotations

import json
import math
import random
import secrets
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace

from companion.store import Store, clock, label_items, label_pool, label_tasks
from companion.store.label_items import EVERYBODY, Item
from companion.store.label_pool import PoolComment
from companion.store.label_tasks import Kind, Question, Task
from labeling import guide, practice
from labeling.candidates import Encode, candidates_of, key_of
from labeling.item_files import Gold
from labeling.samplers import Draw, Plan, Shares, diversity, draw_batch, gold, overlap, plain_random
from labeling.task_pool import Lot, Pool, Source, pool_of

MOST_ITEMS = 20_000
REPEATS = 0.02
"""Share of items that each person is asked once more, blind, to see how steady they are."""

FEWEST_FOR_REPEATS = 40
FEWEST_FOR_PRACTICE = 10
"""Own known answers from which on a practice round is made of them."""

MOST_GOLD = 2_000
"""Known answers that are looked through, the latest."""


class BadTaskError(ValueError):
    """A task that cannot be made; the message says what to change."""


@dataclass(frozen=True)
class Wish:
    """What task is wanted.

    Attributes:
        size: items, known answers included.
        shares: of the samplers; that of overlap is not used here, because `overlap` says how many are asked twice.
        votes: people asked about each item; `overlap` is the share of items for which one person more is asked (`overlaps`: where a
            language's share differs).
        golds: own known answers, beside those that were adjudicated.
        items: comments from a file, in place of stored ones.
    """

    name: str = ""
    source: Source = field(default_factory=Source)
    size: int = 50
    kind: Kind = "comment"
    questions: tuple[Question, ...] = ("grade",)
    shares: Shares = field(default_factory=Shares)
    votes: int = 1
    most_votes: int = 3
    overlap: float = 0.0
    overlaps: dict[str, float] = field(default_factory=dict)
    until_agreed: bool = False
    assisted: bool = False
    practice: bool = False
    per_cluster: int = 2
    seed: int | None = None
    created_by: str = ""
    golds: tuple[Gold, ...] = ()
    items: tuple[PoolComment, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.size <= MOST_ITEMS:
            raise BadTaskError(f"a task holds 1 to {MOST_ITEMS:,} items, not {self.size:,}")
        if not self.questions or len(set(self.questions)) < len(self.questions):
            raise BadTaskError("a task asks at least one question, each once")
        if ("quality" in self.questions) != (self.kind == "video") or (self.kind == "video" and len(self.questions) > 1):
            raise BadTaskError("quality is asked of videos, and nothing else; grade, signal and sentiment are asked of comments")
        if not 1 <= self.votes <= self.most_votes <= 20:
            raise BadTaskError(f"{self.votes} to {self.most_votes} people cannot be asked; ask 1 to 20, and at most as many as the limit")
        if not all(0 <= rate <= 1 for rate in (self.overlap, *self.overlaps.values())):
            raise BadTaskError("the overlap is a share between 0 (nobody twice) and 1 (everything twice)")


@dataclass(frozen=True)
class Made:
    """A task that was made, with how many items each sampler gave."""

    task: Task
    items: int
    samplers: dict[str, int]


def make(store: Store, model: str, wish: Wish, encode: Encode | None = None) -> Made:
    """Choose the items and store the task. Reads first and encodes in between; only the last step holds the database.

    Raises:
        BadTaskError, EmptySourceError: there is nothing to label, or the wish contradicts itself.
        StoreError, sqlite3.Error: nothing was stored.
    """
    seed = wish.seed if wish.seed is not None else secrets.randbelow(2**31)
    with store.reading() as connection:
        guideline = guide.current(connection).version
        golds = {_gold_key(one): one for one in (*_settled(connection), *wish.golds)}
        pool = _pool(connection, model, wish, golds, seed)
        labelled = _labelled(connection, pool)
    choice = _Choice(pool, golds, labelled, seed)
    items = _practice(wish, list(golds.values()), seed) if wish.practice else _chosen(wish, choice, encode)
    task = _task(wish, guideline, seed, pool, len(items))
    with store.writing() as connection:
        label_tasks.add(connection, task)
        count = label_items.add(connection, task.id, items)
    return Made(task, count, dict(Counter(item.sampler for item in items)))


def _pool(connection: sqlite3.Connection, model: str, wish: Wish, golds: dict[str, Gold], seed: int) -> Pool:
    if wish.practice:
        return Pool((), 1.0)
    pool = Pool(wish.items, 1.0) if wish.items else pool_of(connection, model, wish.source, wish.kind, Lot(wish.size, seed))
    return replace(pool, found=[one for one in pool.found if key_of(one) not in golds])


def _labelled(connection: sqlite3.Connection, pool: Pool) -> set[str]:
    by: defaultdict[str, list[str]] = defaultdict(list)
    for one in pool.found:
        by[one.platform].append(one.id)
    return {f"{platform}:{ident}" for platform, ids in by.items() for ident in label_pool.labelled(connection, platform, ids)}


@dataclass(frozen=True)
class _Choice:
    """What is chosen from; `labelled` are keys."""

    pool: Pool
    golds: dict[str, Gold]
    labelled: set[str]
    seed: int


def _chosen(wish: Wish, choice: _Choice, encode: Encode | None) -> list[Item]:
    """Items in the order in which they are served."""
    pool, golds, seed = choice.pool, choice.golds, choice.seed
    wants_vectors = wish.kind == "comment" and wish.shares.diversity > 0
    fresh = candidates_of(pool.found, choice.labelled, encode if wants_vectors else None, seed)
    tests = candidates_of([_as_comment(one) for one in golds.values()], (), None, seed)
    plan = Plan("", wish.size, seed=seed, shares=_without_overlap(wish.shares), per_cluster=wish.per_cluster, sampled=pool.sampled)
    if wish.kind == "video":
        plan = replace(plan, shares=Shares(0, 0, 1, 0, 0), per_cluster=wish.size)  # captions are alike where one person wrote them
    drawn = draw_batch([*fresh, *tests], plan, golds=set(golds) if wish.kind == "comment" else ())
    drawn = [draw for draw in drawn if draw.sampler != overlap.NAME]  # an heir of samplers that ran dry; who is asked twice is drawn below
    if not any(draw.sampler != gold.NAME for draw in drawn):
        raise BadTaskError("everything in this source is labelled or in a task already; choose another source, or collect more")
    known = {key_of(one): one for one in pool.found} | {key: _as_comment(one) for key, one in golds.items()}
    where = {one.id: one for one in (*fresh, *tests)}
    seen = sum(1 for one in fresh if one.vector is not None) / max(1, len(fresh))
    items = [
        _item(known[draw.id], draw if draw.sampler != diversity.NAME else replace(draw, probability=draw.probability * seen), place)
        for place, draw in enumerate(drawn)
    ]
    items = [replace(item, lang=where[draw.id].lang, stratum=where[draw.id].stratum, cluster=where[draw.id].cluster)
             for item, draw in zip(items, drawn, strict=True)]  # fmt: skip
    items = [replace(item, votes=wish.votes) if item.sampler != gold.NAME else _as_gold(item, golds) for item in items]
    return _repeated(_overlapped(items, wish, seed), wish, seed)


def _overlapped(items: list[Item], wish: Wish, seed: int) -> list[Item]:
    """One person more for a share of each stratum, drawn by lot."""
    by: defaultdict[str, list[int]] = defaultdict(list)
    for place, item in enumerate(items):
        if item.gold is None:
            by[item.stratum].append(place)
    rng = random.Random(seed)  # noqa: S311 - a lot that can be drawn again, no secret
    for stratum in sorted(by):
        rate = wish.overlaps.get(stratum, wish.overlap)
        for place in rng.sample(by[stratum], math.ceil(rate * len(by[stratum]) - 1e-9)):
            items[place] = replace(items[place], votes=wish.votes + 1)
    return items


def _repeated(items: list[Item], wish: Wish, seed: int) -> list[Item]:
    places = [place for place, item in enumerate(items) if item.gold is None]
    if wish.kind == "comment" and len(places) >= FEWEST_FOR_REPEATS:
        for place in random.Random(seed + 1).sample(places, max(1, round(REPEATS * len(places)))):  # noqa: S311
            items[place] = replace(items[place], repeat=True)
    return items


def _practice(wish: Wish, golds: Sequence[Gold], seed: int) -> list[Item]:
    """A round of known answers, as many of each grade as can be; the one that came with BuySignal while there are too few of one's own."""
    if len(golds) < min(wish.size, FEWEST_FOR_PRACTICE):
        return list(practice.items())
    rng = random.Random(seed)  # noqa: S311
    by: defaultdict[int, list[Gold]] = defaultdict(list)
    for one in rng.sample(golds, len(golds)):
        by[int(one.answer["grade"])].append(one)
    ordered: list[Gold] = []
    while any(by.values()) and len(ordered) < wish.size:
        ordered += [by[grade].pop() for grade in sorted(by) if by[grade]]
    kept = ordered[: wish.size]
    return [
        replace(_item(_as_comment(one), Draw(_gold_key(one), gold.NAME, 0.0, 1.0), place), votes=EVERYBODY, gold=dict(one.answer))
        for place, one in enumerate(rng.sample(kept, len(kept)))
    ]


def _task(wish: Wish, guideline: str, seed: int, pool: Pool, count: int) -> Task:
    source = wish.source.stored | ({"sample": True} if pool.is_sample else {})
    return Task(
        id=secrets.token_hex(6),
        name=wish.name.strip()[:100] or ("Practice round" if wish.practice else f"{count:,} from {_origin(wish, pool)}"),
        questions=wish.questions,
        guideline_version=guideline,
        seed=seed,
        created_at=clock.now_ms(),
        kind=wish.kind,
        source=source,
        mix={**asdict(wish.shares), "per_cluster": wish.per_cluster, **{f"overlap.{lang}": rate for lang, rate in wish.overlaps.items()}},
        votes=wish.votes,
        most_votes=wish.most_votes,
        overlap=wish.overlap,
        until_agreed=wish.until_agreed,
        assisted=wish.assisted,
        practice=wish.practice,
        created_by=wish.created_by,
    )


def _origin(wish: Wish, pool: Pool) -> str:
    return "the invented sample" if pool.is_sample and wish.source.kind == "all" else wish.source.words


def _without_overlap(shares: Shares) -> Shares:
    """The shares of what nobody has labelled yet."""
    rest = 1 - shares.overlap
    if rest <= 0:
        return Shares(0, 0, 1, 0, 0)
    parts = {part.name: getattr(shares, part.name) / rest for part in fields(shares)} | {overlap.NAME: 0.0}
    parts[plain_random.NAME] += 1 - sum(parts.values())
    return Shares(**parts)


def _item(one: PoolComment, draw: Draw, place: int) -> Item:
    context = {"caption": one.caption, "hashtags": list(one.hashtags), "product": one.product, "parent": one.parent}
    return Item(
        platform=one.platform,
        target_id=one.id,
        video_id=one.video_id,
        text=one.text,
        context={key: value for key, value in context.items() if value},
        sampler=draw.sampler,
        score=draw.score,
        probability=draw.probability,
        place=place,
        likes=one.likes,
        by_creator=one.by_creator,
    )


def _as_gold(item: Item, golds: dict[str, Gold]) -> Item:
    return replace(item, votes=EVERYBODY, gold=dict(golds[f"{item.platform}:{item.target_id}"].answer))


def _settled(connection: sqlite3.Connection) -> list[Gold]:
    return [
        Gold(
            one.platform,
            one.id,
            one.video_id,
            one.text,
            json.loads(one.context),
            {k: v for k, v in (("grade", one.grade), ("signal", one.signal), ("sentiment", one.sentiment)) if v},
        )
        for one in label_pool.settled(connection, MOST_GOLD)
    ]


def _gold_key(one: Gold) -> str:
    return f"{one.platform}:{one.id}"


def _as_comment(one: Gold) -> PoolComment:
    told = one.context
    tags = tuple(str(tag) for tag in told.get("hashtags") or ())
    caption = str(told.get("caption") or told.get("note") or "")
    return PoolComment(
        one.platform, one.id, one.video_id, one.text, "", None, False, caption, tags, str(told.get("product") or ""),
        str(told.get("parent") or ""), None, None, None, None,
    )  # fmt: skip
