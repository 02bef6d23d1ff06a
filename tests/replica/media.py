"""Drawn stand-ins for pictures: covers, avatars, photo comments and stickers, as small SVG files."""

import hashlib
from html import escape

from flask import Blueprint, Response, abort

from tests.replica.content import Cover
from tests.replica.shapes_common import MEDIA
from tests.replica.state import State

STICKERS = "🐸🦆🐢🫠🦝🍤🪩🐌"


def create_media(state: State) -> Blueprint:
    """Return the blueprint that draws every picture a page shows."""
    media = Blueprint("media", __name__, url_prefix=MEDIA)

    @media.get("/cover/<video_id>.svg")
    def cover(video_id: str) -> Response:
        video = state.videos.get(video_id)
        return _svg(_cover(video.cover)) if video else abort(404)

    @media.get("/avatar/<handle>.svg")
    def avatar(handle: str) -> Response:
        return _svg(_avatar(handle))

    @media.get("/photo/<cid>.svg")
    def photo(cid: str) -> Response:
        return _svg(_photo(cid))

    @media.get("/sticker/<cid>.svg")
    def sticker(cid: str) -> Response:
        symbol = STICKERS[_hue(cid) % len(STICKERS)]
        return _svg(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">{_text(symbol, 48, 66, 64)}</svg>')

    return media


def _svg(drawing: str) -> Response:
    return Response(drawing, mimetype="image/svg+xml", headers={"Cache-Control": "max-age=3600"})


def _text(text: str, x: int, y: int, size: int, fill: str = "#fff") -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" text-anchor="middle" font-family="Arial, sans-serif">{escape(text)}</text>'
    )


def _cover(cover: Cover) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 576 1024" width="576" height="1024">'
        f'<defs><linearGradient id="g" x2="0.4" y2="1"><stop stop-color="{escape(cover.top)}"/>'
        f'<stop offset="1" stop-color="{escape(cover.bottom)}"/></linearGradient></defs>'
        '<rect width="576" height="1024" fill="url(#g)"/>'
        '<circle cx="470" cy="180" r="210" fill="#fff" opacity=".07"/>'
        '<circle cx="90" cy="840" r="280" fill="#000" opacity=".12"/>'
        f"{_text(cover.symbol, 288, 590, 220)}</svg>"
    )


def _avatar(handle: str) -> str:
    hue = _hue(handle)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">'
        f'<rect width="96" height="96" fill="hsl({hue} 52% 46%)"/>'
        f'<circle cx="70" cy="26" r="34" fill="hsl({(hue + 40) % 360} 60% 60%)" opacity=".5"/>'
        f"{_text(handle[:1].upper(), 48, 64, 46)}</svg>"
    )


def _photo(cid: str) -> str:
    hue = _hue(cid)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 160">'
        f'<rect width="120" height="160" fill="hsl({hue} 35% 70%)"/>'
        f'<path d="M0 120 40 70 72 110 92 86 120 118V160H0Z" fill="hsl({hue} 40% 40%)"/>'
        '<circle cx="90" cy="36" r="14" fill="#fff" opacity=".8"/></svg>'
    )


def _hue(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=2).digest()) % 360
