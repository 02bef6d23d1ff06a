"""Putting the dashboard together: frame, problem pages, navigation, pages."""

from __future__ import annotations

from flask import Flask

from companion.dashboard import (
    comments,
    creator_badge,
    creator_page,
    creator_studio,
    creator_table,
    creators,
    datasets,
    export,
    flagging,
    frame,
    inbox,
    models,
    navigation,
    problem_pages,
    progress,
    quality_demand,
    settings,
    shortlist,
    start,
    training,
    video_budget,
    video_groups,
    video_page,
    videos,
    weekly_report,
    why,
)
from companion.dashboard.blueprint import pages
from companion.dashboard.hashtags import category_page, compare_page, embed_page, overview, plan_page, saving, tag_page
from companion.dashboard.shop import brief_page, catalogue_page, demand_page, product_page, profile_page, search_page

PAGES = (
    *(start, comments, flagging, inbox, progress, why, export),
    *(videos, video_page, video_groups, video_budget),
    *(creators, creator_page, creator_badge, creator_studio, creator_table, shortlist, quality_demand, weekly_report),
    *(overview, category_page, tag_page, compare_page, saving, plan_page, embed_page),
    *(search_page, product_page, demand_page, brief_page, catalogue_page, profile_page),
    *(models, training, datasets, settings),
)
"""Every module with pages; importing them has put their routes on the blueprint."""


def register(app: Flask) -> None:
    """Add the dashboard's pages, its frame and its error pages to an app that has its services installed."""
    frame.install(app)
    problem_pages.install(app)
    for entry in navigation.OWN:
        navigation.add(app, entry)
    app.register_blueprint(pages)
