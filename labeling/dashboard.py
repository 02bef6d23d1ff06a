"""What the entry point `buysignal.blueprints` leads to: the blueprint with every page of this room on it."""

from __future__ import annotations

from labeling import (
    account_pages,
    adjudicate_page,
    agreement_page,
    api,
    coverage_page,
    curve_page,
    do_page,
    guideline_page,
    mine_pages,
    new_page,
    own_labels_page,
    people_pages,
    suspects_page,
    task_pages,
)
from labeling.blueprint import pages as blueprint

PAGES = (
    task_pages,
    new_page,
    api,
    do_page,
    account_pages,
    mine_pages,
    own_labels_page,
    people_pages,
    agreement_page,
    adjudicate_page,
    suspects_page,
    coverage_page,
    curve_page,
    guideline_page,
)
"""Every module with pages; importing them has put their routes on the blueprint."""

__all__ = ["PAGES", "blueprint"]
