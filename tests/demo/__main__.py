"""Show BuySignal at work on invented videos: a local stand-in for TikTok, nothing of the real one."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from playwright.sync_api import Error

from tests.demo.scene import Scene, scene
from tests.demo.shots import shoot_video
from tests.e2e.browser import ChromiumNotFoundError
from tests.replica import Layout

LAYOUTS: tuple[Layout, ...] = get_args(Layout)
LAYOUT_HELP = "g4: video page of 2026 (default); g2: video over a grid; g1: the page of 2022-23"
PICTURES = Path("demo-screenshots")
PICTURES_HELP = f"open no window, write pictures there (where there is no display: {PICTURES})"
PARTS = (("badges", False, False), ("why", True, False), ("summary", False, True))
"""Pictures: name, popover open, panel unfolded."""

INTRODUCTION = """\
BuySignal demonstration
  The site in it is a local imitation of TikTok: its videos, people and comments are invented.
  Nothing is fetched from TikTok and nothing is sent to it. The grades come from the real model on this computer.
Starting (about half a minute)..."""
OPEN = """\
The browser is open. Click a badge beside a comment to see why; the button at the bottom left sums up the video.
Close the browser window or press Ctrl-C to end. What the demonstration stored is deleted then."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the demonstration; returns the exit status."""
    options = _parser().parse_args(arguments)
    print(INTRODUCTION, flush=True)
    headless = options.screenshots is not None or not has_display()
    try:
        with scene(headless=headless, dark=options.dark, fixed_size=headless) as stage:
            if headless:
                _picture(stage, options)
            else:
                _keep_open(stage, options.layout)
    except KeyboardInterrupt:
        pass
    except (ChromiumNotFoundError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 1
    except Error as error:
        print(f"Chromium did not start or stopped: {error.message.splitlines()[0]}", file=sys.stderr)
        print("For pictures instead of a window: make demo ARGS='--screenshots demo-screenshots'", file=sys.stderr)
        return 1
    print("Demonstration ended.")
    return 0


def has_display() -> bool:
    """Whether a window can be opened here. macOS always has one."""
    return sys.platform == "darwin" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _keep_open(stage: Scene, layout: Layout) -> None:
    page = stage.show(layout)
    for other in stage.context.pages:
        if other != page:
            other.close()
    print(OPEN, flush=True)
    try:
        stage.context.wait_for_event("close", timeout=0)
    except Error:
        return  # the browser went away with the window


def _picture(stage: Scene, options: argparse.Namespace) -> None:
    folder: Path = options.screenshots or PICTURES
    if options.screenshots is None:
        print("There is no display here, so these pictures stand for the browser:", flush=True)
    look = "dark" if options.dark else "light"
    for name, popover, panel in PARTS:
        path = folder / f"{options.layout}-{name}-{look}.png"
        print(f"  {shoot_video(stage, options.layout, path, popover=popover, panel=panel)}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.demo", description=__doc__)
    parser.add_argument("--layout", choices=LAYOUTS, default="g4", help=LAYOUT_HELP)
    parser.add_argument("--dark", action="store_true", help="dark site and browser")
    parser.add_argument("--screenshots", type=Path, metavar="DIR", help=PICTURES_HELP)
    return parser


if __name__ == "__main__":
    sys.exit(main())
