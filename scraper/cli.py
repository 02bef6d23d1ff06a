"""The whole `buysignal scrape` group, as the entry point gives it to the command line."""

from __future__ import annotations

from scraper import other_commands  # noqa: F401 - its commands join the group
from scraper.commands import scrape
from scraper.schedule_commands import schedule

scrape.add_command(schedule)

__all__ = ["scrape"]
