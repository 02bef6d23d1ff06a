"""Make the pictures of the documentation anew.

    python -m scripts.screenshots /tmp/all               # all of them, light and dark
    python -m scripts.screenshots docs/images --theme light --only video comments videos creator hashtags shop popup
    python -m scripts.screenshots docs/images --theme dark --only video
    python -m scripts.screenshots /tmp/look --only popup options --theme dark

README and docs show what the two with docs/images make; it lies there with 256 colours, a third of the size.
Run by hand after a change that can be seen; needs the built extension, Chromium and what the tests need. Everything
on the pictures is invented: the replica's videos and the sample workspace; folders of this machine are shown as a
reader's would be. 1280 x 800 CSS pixels, one pixel each,
unless a page of the extension is longer (all of it is shown) or its popup (its own size).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from playwright.sync_api import Page, expect

from companion.config import PORT
from tests.demo.scene import Scene, scene
from tests.demo.shots import PATIENCE_SECONDS, SIZE, graded, shoot, shoot_video
from tests.e2e.shadow import ShadowReader
from tests.e2e.stack import ROOT, extension_page, pair, set_port, wait_until

THEMES = ("light", "dark")
POPUP_WIDTH = 348
DASHBOARD = {"comments": "Comments", "videos": "Videos", "models": "Models", "settings": "Settings"}
"""Picture name -> the entry of the navigation to follow."""
QUESTION = "shoes for my 10-year-old who likes dinosaurs"
READING_MS = 120_000
"""By then hashtags and catalogue are read for the first time, even on a busy machine."""

UNPAIRED = ("start-unpaired", "onboarding")
PAIRED = ("start-paired", *DASHBOARD, "creator", "hashtags", "shop", "options", "video", "browse", "popup")
NAMES = (*UNPAIRED, *PAIRED)


def pictures(folder: Path, theme: str, only: Collection[str] = NAMES) -> list[Path]:
    """Write the pictures named in `only` as `<name>-<theme>.png` and return their paths."""
    made = []
    with scene(headless=True, dark=theme == "dark", paired=False) as stage:
        for name in (*UNPAIRED, *PAIRED):
            if name == PAIRED[0]:
                pair(stage.context, stage.companion)
            if name in only:
                made.append(_take(name)(stage, folder / f"{name}-{theme}.png"))
    return made


def _take(name: str) -> Callable[[Scene, Path], Path]:
    if name in DASHBOARD:
        return lambda stage, path: _dashboard(stage, path, DASHBOARD[name])
    return {
        "start-unpaired": _dashboard,
        "start-paired": _dashboard,
        "onboarding": _onboarding,
        "creator": _creator,
        "hashtags": _hashtags,
        "shop": _shop,
        "options": _options,
        "popup": _popup,
        "video": lambda stage, path: shoot_video(stage, "g4", path),
        "browse": lambda stage, path: shoot_video(stage, "g2", path),
    }[name]


# [folder on this machine, what a picture shows for it] pairs, replaced wherever they are written.
RENAME = """(pairs) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) for (const [from, to] of pairs) walker.currentNode.data = walker.currentNode.data.replaceAll(from, to);
}"""


def _dashboard(stage: Scene, path: Path, entry: str = "Start") -> Path:
    """A page of the dashboard as it opens."""
    page = _entered(stage, entry)
    page.evaluate(RENAME, [[str(ROOT), "/home/you/buysignal"], [str(stage.companion.workspace), "/home/you/.local/share/buysignal"]])
    return _close(page, shoot(page, path))


def _creator(stage: Scene, path: Path) -> Path:
    """The creator whose viewers want to buy most, closely."""
    page = _entered(stage, "Creators")
    page.locator("table.creators td.about a").first.click()
    page.wait_for_load_state("networkidle")
    return _close(page, shoot(page, path))


def _hashtags(stage: Scene, path: Path) -> Path:
    """What the sample's hashtags lead to, once they are read."""
    page = _entered(stage, "Hashtags")
    expect(page.get_by_role("heading", name="Most used in your videos")).to_be_visible(timeout=READING_MS)
    return _close(page, shoot(page, path))


def _shop(stage: Scene, path: Path) -> Path:
    """What the demo catalogue has for somebody's words."""
    page = _entered(stage, "Shop")
    page.get_by_label("In your own words").fill(QUESTION)
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_role("heading", name="Understood")).to_be_visible(timeout=READING_MS)
    while page.get_by_text("found by words alone").count():
        page.wait_for_timeout(1_000)
        page.reload()
    return _close(page, shoot(page, path, whole=True))


def _entered(stage: Scene, entry: str) -> Page:
    """Come in as a person does: by the link, then by the navigation."""
    page = stage.context.new_page()
    _size(page)
    page.goto(stage.companion.link)
    page.get_by_role("navigation", name="Pages").get_by_role("link", name=entry).click()
    page.wait_for_load_state("networkidle")
    return page


def _onboarding(stage: Scene, path: Path) -> Path:
    """The first page after installing, with the companion found and the sample thread below."""
    set_port(stage.context, stage.companion.port)
    page = _extension_page(stage, "onboarding")
    expect(page.locator("#found")).to_have_attribute("data-tone", "good")
    return _close(page, shoot(page, path, whole=True))


def _options(stage: Scene, path: Path) -> Path:
    """All options, the companion connected."""
    page = _extension_page(stage, "options")
    expect(page.locator("#paired")).to_be_visible()
    page.locator("#port").fill(str(PORT))  # what a reader's would say; the stage's own changes with every run
    return _close(page, shoot(page, path, whole=True))


def _popup(stage: Scene, path: Path) -> Path:
    """The popup over a graded video. It is opened as a tab, which reads the counts of the tab in front."""
    video = stage.show("g4")
    _size(video)
    reader = ShadowReader(video)
    wait_until(video, lambda: graded(reader), PATIENCE_SECONDS, "a grade on every visible comment")
    page = _extension_page(stage, "popup")
    page.set_viewport_size({"width": POPUP_WIDTH, "height": 100})
    video.bring_to_front()
    expect(page.locator("#counts")).to_be_visible()
    shoot(page, path, whole=True)
    video.close()
    return _close(page, path)


def _extension_page(stage: Scene, name: str) -> Page:
    page = extension_page(stage.context, name)
    _size(page)
    return page


def _size(page: Page) -> None:
    page.set_viewport_size(SIZE)


def _close(page: Page, path: Path) -> Path:
    page.close()
    return path


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures that the command line names and print their paths."""
    parser = argparse.ArgumentParser(prog="python -m scripts.screenshots", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("folder", type=Path, help="where the pictures go, such as docs/images")
    parser.add_argument("--theme", choices=THEMES, action="append", help="only this one; may be given twice (default: both)")
    parser.add_argument("--only", choices=NAMES, nargs="+", default=NAMES, help="only these pictures")
    options = parser.parse_args(arguments)
    for theme in options.theme or THEMES:
        for path in pictures(options.folder, theme, options.only):
            print(f"{path} ({path.stat().st_size / 1000:.0f} KB)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
