"""What the person had before: "I bought the XL last time", "she outgrew the yellow one". Its size and colour are not asked for."""

from __future__ import annotations

import re

from companion.shop.understanding.reading import Reading

_HAD = (
    r"(?:bought|had|got|ordered|outgrew|outgrown|lost|broke|broken|returned|ruined|owned|owns?|tried|wore\s+out|received|was\s+given|"
    r"sent\s+back|already\s+have|have\s+already)"
)
_BEFORE = re.compile(
    rf"\b{_HAD}\s+(?:the|a|an|my|her|his|our|their)\s+(?P<what>(?:[^\W_]+\s+){{1,2}}?)"
    r"(?:ones?\b|(?=(?:last|the\s+previous|the\s+other)\s+(?:time|year|month|week|summer|winter|day)\b)|(?=before\b|already\b))"
)
_AGAIN = re.compile(r"\b(?:same|again|another|identical|exactly)\b")
"""Where the person wants the like once more, the earlier one tells what is wanted."""


def pass_over_earlier(reading: Reading) -> None:
    """Mark as explained the words that only describe an earlier thing."""
    if _AGAIN.search(reading.folded):
        return
    for match in _BEFORE.finditer(reading.folded):
        if reading.span_is_free(*match.span("what")):
            reading.take_span(match.start("what"), match.end("what") - 1)
