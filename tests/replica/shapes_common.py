"""Ids and offsets that every JSON object of the site shares."""

from tests.replica.content import User

MEDIA = "/media/tiktokcdn"


def sec_uid(user: User) -> str:
    """Return the opaque second id that list requests carry."""
    return f"MS4wLjABAAAA{user.uid}"


def utf16_length(text: str) -> int:
    """Return the length that the site's text offsets count in."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
