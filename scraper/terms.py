"""What TikTok's terms and robots.txt say, shown before the first run; the answer is asked once and kept."""

from __future__ import annotations

from companion.store import Store, clock, settings

_KEY = "scraper.terms_read"

TEXT = (
    "Before the first run, please read this once.",
    "",
    "TikTok's terms of service have forbidden collecting information by automated means (as others quote them; read today's at",
    "tiktok.com/legal). Its robots.txt of August 2026 keeps crawlers away from several paths, among them /search/video?, and says",
    "nothing against hashtag and video pages; this program opens only those, and creators' pages.",
    "",
    "BuySignal opens pages in your own browser session, at a slow person's pace, and stores what the page itself loads. It solves no",
    "captcha, hides nothing about the browser, and stops when TikTok refuses. Commenters are stored as pseudonyms. You decide whether",
    "this is allowed where you live and for what you do, and you answer for it. What comes in stays on this computer.",
)
QUESTION = "Have you read this, and do you want to go on?"


def accepted(store: Store) -> bool:
    """Whether this workspace's user said yes."""
    with store.reading() as connection:
        return bool(settings.get(connection, _KEY))


def accept(store: Store) -> None:
    """Keep the answer."""
    with store.writing() as connection:
        settings.put(connection, _KEY, {"at": clock.now_ms()})
