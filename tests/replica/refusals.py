"""Refusals on cue: a test says which request of which endpoint is answered with what."""

import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

Endpoint = Literal[
    "page", "comments", "replies", "tag", "tag_items", "posts", "item", "user", "recommend", "related", "search", "preload", "any"
]
Answer = Literal[
    "empty",
    "blocked",
    "too_fast",
    "verify",
    "verify_config",
    "captcha",
    "login",
    "login_closable",
    "login_redirect",
    "challenge_flash",
    "challenge",
    "hidden_window",
    "status",
    "error",
    "cut",
    "reset",
    "slow",
    "null_list",
    "no_list_key",
    "same_page",
    "empty_page",
]
Obstacle = Literal["captcha", "login", "login_closable", "login_wall", "challenge", "hidden_window"]
LOGINS: tuple[Obstacle, ...] = ("login", "login_closable", "login_wall")

ENDPOINTS: Mapping[str, Endpoint] = {
    "/api/comment/list/": "comments",
    "/api/comment/list/reply/": "replies",
    "/api/challenge/detail/": "tag",
    "/api/challenge/item_list/": "tag_items",
    "/api/post/item_list/": "posts",
    "/api/item/detail/": "item",
    "/api/user/detail/": "user",
    "/api/recommend/item_list/": "recommend",
    "/api/related/item_list/": "related",
    "/api/search/general/full/": "search",
    "/api/preload/item_list/": "preload",
}
# What a person must do away before the answers come again; other refusals end by themselves or never.
RAISES: Mapping[Answer, Obstacle] = {
    "verify": "captcha",
    "verify_config": "captcha",
    "captcha": "captcha",
    "login": "login",
    "login_redirect": "login_wall",
    "login_closable": "login_closable",
    "challenge": "challenge",
    "hidden_window": "hidden_window",
}


@dataclass(frozen=True)
class Rule:
    """Answer the ``at``-th matching request (counted from 1) and the ``times - 1`` after it with ``answer``.

    ``times`` None: every later one, until a person solves it where one can, or ``clear``. ``video``: only requests
    for that video id. ``again``: after it is solved, counting starts over, as a limit per session does.
    ``over``: (n, seconds): instead of ``at``, whenever more than n matching requests came within the seconds.
    ``delay_s``: wait before the answer ("slow"), or before the obstacle shows on the page ("captcha", "login").
    ``status_code``: the number in a "status" answer. ``retry_after_s``: header of "too_fast".
    """

    endpoint: Endpoint
    answer: Answer
    at: int = 1
    times: int | None = 1
    video: str | None = None
    again: bool = False
    over: tuple[int, float] | None = None
    delay_s: float = 0.0
    status_code: int = 10101
    retry_after_s: int = 60

    def __post_init__(self) -> None:
        if self.endpoint not in get_args(Endpoint):
            raise ValueError(f'no endpoint "{self.endpoint}"; choose one of {", ".join(get_args(Endpoint))}')
        if self.answer not in get_args(Answer):
            raise ValueError(f'no answer "{self.answer}"; choose one of {", ".join(get_args(Answer))}')


@dataclass
class _Running:
    """A rule at work: matching requests so far, when they came, and the page that is repeated."""

    rule: Rule
    seen: int = 0
    times: deque[float] = field(default_factory=deque)
    solved: bool = False
    kept: dict[str, Any] | None = None

    def applies(self, endpoint: Endpoint, video: str | None, now: float) -> bool:
        rule = self.rule
        if self.solved or rule.endpoint not in {endpoint, "any"} or (rule.endpoint == "any" and endpoint == "page"):
            return False
        if rule.video is not None and video != rule.video:
            return False
        self.seen += 1
        if rule.over is not None:
            limit, within = rule.over
            self.times.append(now)
            while self.times[0] < now - within:
                self.times.popleft()
            return len(self.times) > limit
        return self.seen >= rule.at and (rule.times is None or self.seen < rule.at + rule.times)


@dataclass(frozen=True)
class Refused:
    """One request that was not answered as usual."""

    endpoint: Endpoint
    answer: Answer
    path: str


class Refusals:
    """The rules of a running replica, the obstacles that stand on its pages, and what was refused so far."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[_Running] = []
        self._obstacles: dict[Obstacle, float] = {}
        self.log: deque[Refused] = deque(maxlen=10_000)
        self.solved: list[tuple[Obstacle, str]] = []

    def add(self, rule: Rule) -> Rule:
        """Put a rule to work; earlier rules are asked first."""
        with self._lock:
            self._rules.append(_Running(rule))
        return rule

    def clear(self) -> None:
        """Forget rules, obstacles and log."""
        with self._lock:
            self._rules.clear()
            self._obstacles.clear()
            self.log.clear()
            self.solved.clear()

    def next(self, endpoint: Endpoint, video: str | None, path: str) -> _Running | None:
        """Count this request and return the first rule that applies to it; its obstacle then stands."""
        now = time.monotonic()
        with self._lock:
            hits = [running for running in self._rules if running.applies(endpoint, video, now)]
            if not hits:
                return None
            rule = hits[0].rule
            self.log.append(Refused(endpoint, rule.answer, path))
            if (obstacle := RAISES.get(rule.answer)) is not None:
                self._obstacles.setdefault(obstacle, now + rule.delay_s)
            return hits[0]

    def raise_obstacle(self, obstacle: Obstacle, delay_s: float = 0.0) -> None:
        """Let an obstacle stand on every page that asks for anything from now on."""
        with self._lock:
            self._obstacles.setdefault(obstacle, time.monotonic() + delay_s)

    def obstacles(self) -> dict[Obstacle, int]:
        """Return the obstacles that stand, each with the ms until it shows (0: now)."""
        now = time.monotonic()
        with self._lock:
            return {name: max(0, round((shows - now) * 1000)) for name, shows in self._obstacles.items()}

    def solve(self, obstacle: Obstacle, by: str = "test") -> None:
        """Do what a person does: the obstacle goes, and rules that raised it end or, with ``again``, start over."""
        with self._lock:
            self._obstacles.pop(obstacle, None)
            self.solved.append((obstacle, by))
            for place, running in enumerate(self._rules):
                if RAISES.get(running.rule.answer) == obstacle and running.seen >= running.rule.at:
                    self._rules[place] = _Running(running.rule) if running.rule.again else replace(running, solved=True)
