"""Notices of the desktop: a line in the corner of the screen, where the computer can show one. Never a comment, never a person's name."""

from __future__ import annotations

import shutil
import subprocess
import sys

TITLE = "BuySignal"
LENGTH = 200
"""Characters of a notice."""


def notify(text: str) -> bool:
    """Show a notice and return at once; whether a program for it was there. Never raises.

    `text` must not hold anything that a commenter wrote: notices are kept by the desktop and shown on lock screens.
    """
    command = command_for(sys.platform, text)
    if command is None or shutil.which(command[0]) is None:
        return False
    try:
        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    except OSError:
        return False
    return True


def command_for(system: str, text: str) -> list[str] | None:
    """The command that shows a notice on a system (`sys.platform`), None where there is none.

    >>> command_for("linux", "3 new")
    ['notify-send', '--app-name=BuySignal', '--', 'BuySignal', '3 new']
    """
    line = " ".join(text.split())[:LENGTH]
    if system.startswith("linux"):
        return ["notify-send", f"--app-name={TITLE}", "--", TITLE, line]
    if system == "darwin":  # as arguments, so that no text becomes part of the script
        script = "on run argv\ndisplay notification (item 1 of argv) with title (item 2 of argv)\nend run"
        return ["osascript", "-e", script, line, TITLE]
    return None
