"""``python -m tests.replica``: serve the replica by hand and print where it stands."""

import argparse
import json
import threading
from typing import Any, get_args

from tests.replica.refusals import Rule
from tests.replica.server import Replica
from tests.replica.state import Layout, Theme
from tests.replica.world import World


def main() -> None:
    """Start the replica and keep it up until Ctrl+C."""
    options = _parser().parse_args()
    with Replica(port=options.port) as replica:
        replica.configure(layout=options.layout, theme=options.theme, **dict(options.set))
        if options.world:
            videos, comments = options.world
            replica.add_world(World(videos, comments, seed=options.seed, tag=options.tag))
        if options.special:
            replica.add_special()
        for rule in options.refuse:
            replica.refusals.add(rule)
        try:
            _say(replica, options)
            threading.Event().wait()
        except KeyboardInterrupt:
            print("Replica stopped.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.replica", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 picks a free port (default)")
    parser.add_argument("--layout", choices=get_args(Layout), default="g4")
    parser.add_argument("--theme", choices=get_args(Theme), default="light")
    parser.add_argument("--world", type=world_size, metavar="200x300", help="videos x comments under one hashtag")
    parser.add_argument("--tag", default="lamptok", help="the world's hashtag")
    parser.add_argument("--seed", type=int, default=1, help="the world's seed")
    parser.add_argument("--special", action="store_true", help="one video of each unusual kind under /tag/special")
    parser.add_argument("--set", type=setting, action="append", default=[], metavar="NAME=VALUE", help="any setting, such as tag_limit=60")
    parser.add_argument(
        "--refuse",
        type=rule,
        action="append",
        default=[],
        metavar="ENDPOINT:ANSWER:K[+]",
        help="answer the K-th request (with + every one from it) with a refusal, such as comments:empty:3+",
    )
    parser.add_argument("--json", action="store_true", help="say where it stands as one line of JSON")
    return parser


def world_size(text: str) -> tuple[int, int]:
    """Read "200x300"; ValueError for anything else."""
    videos, _, comments = text.partition("x")
    return int(videos), int(comments)


def setting(text: str) -> tuple[str, Any]:
    """Read "name=value", the value as JSON where it is JSON."""
    name, found, value = text.partition("=")
    if not found:
        raise ValueError(f'"{text}" has no "="; write name=value')
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        return name, value


def rule(text: str) -> Rule:
    """Read "comments:empty:3" or "comments:empty:3+"; the number may be left out."""
    endpoint, answer, at = [*text.split(":"), "1"][:3]
    return Rule(endpoint, answer, at=int(at.removesuffix("+")), times=None if at.endswith("+") else 1)  # type: ignore[arg-type]


def _say(replica: Replica, options: argparse.Namespace) -> None:
    page = f"/tag/{options.tag}" if options.world else "/foryou"
    if options.json:
        where = {"port": replica.port, "url": replica.url(page), "chromium_arguments": replica.chromium_arguments()}
        print(json.dumps(where), flush=True)
        return
    print(f"Replica ready at https://127.0.0.1:{replica.port}{page}", flush=True)
    print("As www.tiktok.com, start Chromium with:", flush=True)
    print("  chromium --user-data-dir=$(mktemp -d)", *map(repr, replica.chromium_arguments()), flush=True)


if __name__ == "__main__":
    main()
