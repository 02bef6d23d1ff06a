"""Pure readers of TikTok's JSON and page shapes: bodies are scrubbed of people first, then read into rows."""

from companion.tiktok.asked import Asked, Page, PageKind, asked_of, page_of
from companion.tiktok.embedded import embedded
from companion.tiktok.masking import mask
from companion.tiktok.reading import PARSER_VERSION, read
from companion.tiktok.records import CommerceKind, ReadComment, ReadCreator, ReadPage, ReadProduct, ReadTag, ReadVideo
from companion.tiktok.refusals import Refusal, refusal_of
from companion.tiktok.scrubbing import Pseudonym, scrub

__all__ = [
    "PARSER_VERSION",
    "Asked",
    "CommerceKind",
    "Page",
    "PageKind",
    "Pseudonym",
    "ReadComment",
    "ReadCreator",
    "ReadPage",
    "ReadProduct",
    "ReadTag",
    "ReadVideo",
    "Refusal",
    "asked_of",
    "embedded",
    "mask",
    "page_of",
    "read",
    "refusal_of",
    "scrub",
]
