"""A local TikTok for tests and the demo: same markup and JSON shapes, invented content."""

from tests.replica.capture import load_capture
from tests.replica.content import Comment, Creator, User, Video, load_videos
from tests.replica.holdings import Held
from tests.replica.refusals import Answer, Endpoint, Obstacle, Rule
from tests.replica.server import HOSTS, Replica
from tests.replica.state import Layout, Settings, Theme
from tests.replica.synthetic import synthetic_video
from tests.replica.world import World

__all__ = [
    "HOSTS",
    "Answer",
    "Comment",
    "Creator",
    "Endpoint",
    "Held",
    "Layout",
    "Obstacle",
    "Replica",
    "Rule",
    "Settings",
    "Theme",
    "User",
    "Video",
    "World",
    "load_capture",
    "load_videos",
    "synthetic_video",
]
