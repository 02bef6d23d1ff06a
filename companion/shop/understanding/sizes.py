"""Sizes: "EU 38", "size XL", "10 inch", "queen size", "1.5 ton". Figures with a unit are no ages and no money."""

from __future__ import annotations

import re

from companion.shop.understanding.reading import Reading

_LETTERS = r"(?:x{1,4}[sl]|[2-6]x[ls]?|s|m|l|gg|g|p)"
_SAID = (
    r"(?:(?:(?:(?<=my\s)|(?<=her\s)|(?<=his\s)|(?<=[,.;(]\s)|(?<=and\s)|^)(?:shoe|ring|bra)\s+|in\s+|us\s+|uk\s+|eu\s+)?(?:size|sz|talla|talle|tamanho|numero|ukuran|"
    r"nomor|taille|pointure|taglia|tg|misura|\w*grosse|\w*grose|\w*groesse|gr|tam|co)\.?(?:\s+(?:is|of|no\.?|number))?)"
)

_UNITS = (
    r"inch(?:es)?|\"|”|''|cm|mm|meters?|metres?|mtrs?|ft|feet|foot|kg|kgs|kilos?|grams?|gms?|gm|g|lbs?|"
    r"ounces?|oz|liters?|litres?|ltrs?|ltr|l|ml|gallons?|gb|tb|mah|watts?|w|volts?|v|tons?|"
    r"seater|megapixels?|mp|ply|spf|zoll|pouces?|pollici|pulgadas?|polegadas?|litros?|gramos|gramas"
)
_BEDS = re.compile(
    r"\b(?P<size>king|queen|twin|double|single)\s+(?=bed|mattress|sheet|fitted|duvet|comforter|blanket|quilt|cotton|microfib)"
)
"""Looks like an adjective of the product, so its token stays."""
_BARE = (
    re.compile(r"\b(?:women'?s|men'?s|ladies|kids'?|girls'?|boys'?|damen|herren|femme|homme|donna|uomo|mujer|hombre)\s+(?P<size>s|m|l|small|medium|large)\b"),
    re.compile(r"(?<=[a-z'])(?<!too)(?<!not)(?<!very)(?<!and)(?<!or)(?<!size)\s+(?P<size>small|medium|large|extra\s+large|s|m|l)(?=\s*(?:,|$))"),
)  # fmt: skip
"""Their first words say something else too."""
_PATTERNS = (
    re.compile(
        rf"\b{_SAID}\s*:?\s*(?P<size>\d{{1,3}}(?:[.,]5)?(?:\s*(?:1/2|½))?[a-f]{{0,2}}|{_LETTERS}|"
        rf"extra\s+(?:large|small)|small|medium|large)\b(?!\s*(?:{_UNITS})\b)"
    ),
    re.compile(r"\b(?P<size>\d{2})(?:\s*(?:inch(?:es)?|in|\"|”))?[\s-]+(?:waist|leg|inseam|chest|bust|hips?)\b"),
    re.compile(r"\b(?:waist|inseam|chest|bust)\s+(?:size\s+)?(?P<size>\d{2})\b(?!\s*(?:%|usd|dollars|euros?))"),
    re.compile(
        r"\b(?P<size>\d{2,3}(?:[.,]\d)?\s*in)(?=\s*(?:$|,)|\s+(?:tv|telly|television|monitor|screen|display|laptop|tablet|oled|qled|led|lcd|"
        r"smart|frame|wheels?|bikes?|pan|skillet|mattress|tyres?|tires?|chain|necklace|suitcase|luggage|hair|wig)\b)"
    ),
    re.compile(
        r"\b(?:wears?|wearing|takes)\s+(?:an?\s+)?(?:size\s+|ages?\s+)?(?P<size>\d{1,2}(?:\s*(?:-|to)\s*\d{1,2})?\s*(?:years?|yrs?|months?|mths?|m|y))\b"
    ),
    re.compile(r"\b(?P<size>xx?s|s|m|l|x{1,4}l)\s+(?:please|pls|plz)\b"),
    re.compile(r"\b(?:in|an?)\s+(?:an?\s+)?(?P<size>xx?s|s|m|l|x{1,4}l)(?=\s*(?:$|[,.!?|])|\s+(?:please|pls|plz|or|if|for|would)\b)"),
    re.compile(r"(?<![\w$])(?P<size>(?:eu|eur|uk|us)\s*(?:size\s*)?\d{1,2}(?:[.,]5)?)\b(?!\s*(?:dollars|usd|gbp|pounds|k\b))"),
    re.compile(
        rf"\b(?P<size>{_LETTERS}|small|medium|large|extra\s+(?:large|small)|king|queen|twin|full|double|single|"
        rf"plus|free|one|a[345]|cabin|travel|pocket|family)[\s-]+size(?:d)?\b"
    ),
    *_BARE,
    re.compile(r"(?:^|,)\s*(?P<size>small|medium|large|extra\s+large|xs|s|m|l|xl)(?=\s*,|\s*$)"),
    re.compile(r"\b(?P<size>[2-6]t|\d{2}[a-f]{1,2}(?=\s*(?:$|,|bra\b|cup\b)))\b"),
    re.compile(r"\b(?P<size>w\s?\d{2}\s*[/x]?\s*l\s?\d{2})\b"),
    _BEDS,
    re.compile(r"\b(?P<size>x{1,4}[sl]|[2-6]xl)\b"),
    re.compile(rf"(?<![\w.,])(?P<size>\d{{1,4}}(?:[.,]\d{{1,2}})?\s*(?:x\s*\d{{1,4}}(?:[.,]\d{{1,2}})?\s*)*(?:-\s*)?(?:{_UNITS}))(?![\w])"),
    re.compile(r"(?<![\w.,])(?P<size>\d{1,4}\s*x\s*\d{1,4}(?:\s*x\s*\d{1,4})?)(?![\w])"),
)  # fmt: skip


def find_sizes(reading: Reading) -> tuple[str, ...]:
    """Sizes in the order said, letters in capitals; their tokens become explained. "Large" alone is a description, not a size."""
    found: list[tuple[int, str]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(reading.folded):
            if not reading.span_is_free(*match.span()):
                continue
            if pattern is not _BEDS:
                reading.take_span(match.start("size") if pattern in _BARE else match.start(), match.end())
            found.append((match.start(), _plain(match.group("size"), match.group())))
    return tuple(dict.fromkeys(size for _, size in sorted(found)))


def _plain(size: str, whole: str) -> str:
    size = re.sub(r"\s+", " ", size).strip()
    if re.fullmatch(_LETTERS, size):
        return size.upper()
    region = re.search(r"\b(eu|uk|us)\s+(?:size|sz)", whole)
    if region:
        return f"{region.group(1).upper()} {size}"
    named = re.fullmatch(r"(eu|eur|uk|us)\s*(?:size\s*)?(\d.*)", size)
    if named:
        return f"{named.group(1).upper().replace('EUR', 'EU')} {named.group(2)}"
    if size in {"king", "queen", "twin", "full", "double", "single", "plus", "free", "one", "cabin", "travel", "pocket", "family"}:
        return size
    return re.sub(rf"(?<=\d)\s*-?\s*(?=(?:{_UNITS})$)", " ", size)
