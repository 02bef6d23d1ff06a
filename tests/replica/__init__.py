"""A local TikTok for tests and the demo: same markup and JSON shapes, invented content."""

from tests.replica.capture import load_capture
from tests.replica.content import Comment, Creator, User, Video, load_videos
from tests.replica.server import HOSTS, Replica
from tests.replica.state import Layout, Settings, Theme
from tests.replica.synthetic import synthetic_video

__all__ = [
    "HOSTS",
    "Comment",
    "Creator",
    "Layout",
    "Replica",
    "Settings",
    "Theme",
    "User",
    "Video",
    "load_capture",
    "load_videos",
    "synthetic_video",
]
