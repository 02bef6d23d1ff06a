"""What the entry point `buysignal.blueprints` leads to: the blueprint with every page of this room on it."""

from __future__ import annotations

from scraper import pages, run_pages, schedule_pages
from scraper.blueprint import pages as blueprint

PAGES = (pages, run_pages, schedule_pages)
"""Every module with pages; importing them has put their routes on the blueprint."""

__all__ = ["PAGES", "blueprint"]
