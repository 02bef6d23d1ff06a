"""Sizes: "EU 38", "size XL", "10 inch", "queen size", "1.5 ton". Figures with a unit are no ages and no money."""

from __future__ import annotations

import re
from collections.abc import Sequence

from companion.shop.understanding.reading import Reading
from companion.shop.understanding.word_files import word_class

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
    re.compile(
        r"\b(?:donna|uomo|mujer|hombre|femme|homme|damen|herren|feminin[oa]|masculin[oa]|bambin[oa]|nin[oa]|fille|garcon|kinder)\s+(?P<size>\d{2})\b"
        r"(?!\s*(?:anni|ans|anos|jahre|euros?|€|reais|meses|mois|cm))"
    ),
    re.compile(r"\b(?:women'?s|men'?s|ladies|kids'?|girls'?|boys'?|damen|herren|femme|homme|donna|uomo|mujer|hombre)\s+(?P<size>s|m|l|small|medium|large)\b"),
    re.compile(r"(?<=[a-z'])(?<!\btoo)(?<!\bnot)(?<!\bvery)(?<!\band)(?<!\bor)(?<!\bsize)\s+(?P<size>small|medium|large|extra\s+large|s|m|l)(?=\s*(?:,|$))"),
)  # fmt: skip
"""Their first words say something else too."""
_SIZE_ENDS = (
    r"\b(?=\s*(?:$|[,.!?|;)]|please\b|pls\b|or\b|and\b|if\b|for\b|but\b|with\b|in\b|only\b|wide\b|narrow\b|petite\b|tall\b|regular\b|slim\b|would\b|ideally\b|under\b|max\b))"
    r"(?!\s*(?:and|or)\s+\d+\s*(?:day|week|month|year))"
)
_ON_BODY = re.compile(r"\b(?P<size>(?:2[6-9]|3[0-9]|4[0-8])\s?(?:[a-k]{1,2}|d{2,3}|fff?|ggg?|hh|jj|kk))\b")
"""Of a bra, where the text speaks of one."""
_BRAS = re.compile(
    r"\b(?:bras?|bralettes?|bust|boobs?|cups?|bikinis?|lingerie|nursing|basque|corset|swimsuit|underwire\w*|soutien|reggiseno|sujetador|bh)\b"
)
_WORN = re.compile(
    r"\b(?:uso|usa|gasto|gasta|calzo|calza|calco|visto|viste|porto|porta|veste|fais|fait|chausse|trage|tragt)\s+(?:normalmente\s+)?(?:la|el|un|una|il|lo|du|en|de|die|eine|o|a|numero|grosse|grose|schuhgrosse)?\s*"
    r"(?P<size>\d{2}(?:[.,]5)?)\b(?!\s*(?:anni|ans|anos|jahre|euros?|€|kg|cm|meses|mois))"
)
"""Of "uso la 44", "porta il 43", "je fais du 42"."""
_LETTER_SIZES = frozenset(("xs", "s", "m", "l", "xl", "xxl", "xxs"))
_BARE_SIZE = re.compile(r"[3-9]|[1-4]\d|5[0246]|62|68|74|80|86|92|98|104|110|116|122|128|134|140|146|152|158|164|170|176")
_SIZED = frozenset(
    (
        "mens",
        "womens",
        "men's",
        "women's",
        "ladies",
        "kids",
        "boys",
        "girls",
        "toddler",
        "infant",
        "junior",
        "wide",
        "regular",
        "short",
        "long",
        "slim",
        "petite",
        "tall",
    )
)
_COUNTED = word_class("counted things")
_WEARERS = re.compile(r"\b(?:mens?|men.s|womens?|women.s|ladies|kids|boys|girls|adults?|junior|infant|toddlers?)\b")
"""Words before a size that say something else too."""
_PATTERNS = (
    re.compile(
        rf"\b{_SAID}(?:\s*:\s*|\s+|(?=\d))(?P<size>\d{{1,3}}(?:[.,]5)?(?:\s*(?:1/2|½))?[a-f]{{0,2}}|{_LETTERS}|"
        rf"extra\s+(?:large|small)|small|medium|large)\b(?!\s*(?:{_UNITS})\b)"
    ),
    re.compile(r"\b(?P<size>\d{2})(?:\s*(?:inch(?:es)?|in|\"|”))?[\s-]+(?:waist|inside\s+leg|leg|inseam|chest|bust|hips?|collar|neck(?=\s*(?:$|[,.])))\b"),
    re.compile(r"\b(?P<size>\d{2}\s?w\s*[/x]?\s*\d{2}\s?l)\b"),
    re.compile(r"\b(?:waist|inside\s+leg|leg|inseam|chest|bust|collar)\s+(?:size\s+)?(?P<size>\d{2})\b(?!\s*(?:%|usd|dollars|euros?))"),
    re.compile(
        r"\b(?P<size>\d{2,3}(?:[.,]\d)?\s*in)(?=\s*(?:$|,)|\s+(?:tv|telly|television|monitor|screen|display|laptop|tablet|oled|qled|led|lcd|"
        r"smart|frame|wheels?|bikes?|pan|skillet|mattress|tyres?|tires?|chain|necklace|suitcase|luggage|hair|wig)\b)"
    ),
    re.compile(
        r"\b(?:wears?|wearing|takes)\s+(?:an?\s+)?(?:size\s+|ages?\s+)?(?P<size>\d{1,2}(?:\s*(?:-|to)\s*\d{1,2})?\s*(?:years?|yrs?|months?|mths?|m|y))\b"
    ),
    _ON_BODY,
    re.compile(rf"\b(?:in|takes?|get|wears?|wearing|need|needs|fit|fits)\s+(?:(?:an?|the|his|her)\s+)?(?:mens?|men.s|womens?|women.s|ladies|kids|boys|girls|adults?|junior|infant)\s+(?P<size>\d{{1,2}}(?:[.,]5)?)\b(?!\s*(?:{_UNITS})\b)"),
    re.compile(r"\b(?:mens?|men.s|womens?|women.s|ladies|kids|boys|girls|toddlers?|junior|infant)\s+(?:uk\s+|eu\s+|us\s+)?(?P<size>\d{1,2}(?:[.,]5)?\s*[-/]\s*\d{1,2}(?:[.,]5)?)\b(?!\s*(?:years?|yrs?|yo|months?|m\b|pack))"),
    re.compile(rf"\b(?:in|takes?|come\s+in|comes\s+in)\s+an?\s+(?P<size>\d{{1,2}}(?:[.,]5)?(?:\s*[-/]\s*\d{{1,2}})?[a-k]{{0,3}}){_SIZE_ENDS}"),
    re.compile(rf"\b(?:in|between)\s+(?:an?\s+)?(?P<size>\d{{1,2}}\s*[-/]\s*\d{{1,2}}){_SIZE_ENDS}(?<!\d/\d)"),
    re.compile(r"(?:\d'\s?\d{0,2}\"?|\d\s*(?:ft|foot)\s*\d{0,2}|\d{3}\s*cm(?:\s+tall)?)\s*,?\s+so\s+(?:an?\s+|about\s+(?:an?\s+)?)?(?P<size>\d{2})\b(?=\s*(?:$|[,.|;!?]|please|pls|or\b))"),
    _WORN,
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
    re.compile(rf"(?<![\w.,])(?P<size>(?:\d{{1,3}}\s*[-–]\s*)?\d{{1,4}}(?:[.,]\d{{1,2}})?\s*(?:x\s*\d{{1,4}}(?:[.,]\d{{1,2}})?\s*)*(?:-\s*)?(?:{_UNITS}))(?![\w])"),
    re.compile(r"(?<![\w.,])(?P<size>\d{1,4}\s*x\s*\d{1,4}(?:\s*x\s*\d{1,4})?)(?![\w])"),
)  # fmt: skip


_NEED_FIGURES = frozenset(
    pattern
    for pattern in _PATTERNS
    if pattern.pattern.partition("(?P<size>")[2].startswith((r"\d", "(?:eu|eur", r"w\s?\d", "(?:2[6-9]", r"[2-6]t|\d", r"(?:\d"))
    and _LETTERS not in pattern.pattern
)
"""Patterns whose size is a figure: left out where a text has none."""


def find_sizes(reading: Reading) -> tuple[str, ...]:
    """Sizes in the order said, letters in capitals; their tokens become explained. "Large" alone is a description, not a size."""
    found: list[tuple[int, str]] = []
    figures = any(char.isdigit() for char in reading.folded)
    for pattern in _PATTERNS:
        if not figures and pattern in _NEED_FIGURES:
            continue
        for match in pattern.finditer(reading.folded):
            if (
                not reading.span_is_free(*match.span())
                or (pattern is _ON_BODY and not _BRAS.search(reading.folded))
                or (pattern is _WORN and not reading.foreign)
            ):
                continue
            if pattern is not _BEDS:
                from_size = pattern in _BARE or _WEARERS.search(match.group())
                reading.take_span(match.start("size") if from_size else match.start(), match.end())
            size = _plain(match.group("size"), match.group())
            found.append((match.start(), size.upper() if pattern is _ON_BODY else size))
    return tuple(dict.fromkeys(size for _, size in sorted(found)))


def sizes_beside(reading: Reading, worn: Sequence[int]) -> tuple[str, ...]:
    """Bare figures and capital letters of a list of words that names something to wear: "rain trousers 92", "base layer top M".

    Args:
        reading: the query; found tokens become explained.
        worn: one past the last token of each name of clothes or shoes.
    """
    found: list[tuple[int, str]] = []
    for place, token in enumerate(reading.tokens):
        if not worn or not reading.free(place, place + 1) or place < min(worn):
            continue
        written = reading.text[token.start : token.end]
        letter = token.word in _LETTER_SIZES and written.isupper() and not reading.text.isupper()
        figure = (
            bool(_BARE_SIZE.fullmatch(token.word)) and reading.word(place + 1) not in _COUNTED and not reading.word(place - 1).isdigit()
        )
        if letter or (figure and (place in worn or reading.word(place - 1) in _SIZED or not reading.free(place - 1, place))):
            reading.take(place, place + 1)
            found.append((place, written.upper() if letter else token.word))
    return tuple(size for _, size in found)


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
    return size.upper() if re.fullmatch(r"\d{2}(?:[a-f]|[a-k]{2,3})", size) else size
