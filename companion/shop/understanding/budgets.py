"""Budgets: ranges, upper and lower limits, "around", a sum at hand; figures with another unit (inches, years, litres) are no money."""

from __future__ import annotations

import re

from companion.shop.understanding.amounts import Amount, amount_pattern, read_amount
from companion.shop.understanding.budget_wording import MOST_AFTER, NOT_OVER
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.wish import Budget

AROUND = 0.2
"""Share by which "around 500" may be missed either way."""

LEAST_PLAIN = 100
"""A range of bare figures from here on is money; smaller ones are sizes, counts and ages."""

_UP_TO = (
    r"under|undr|below|beneath|sub|south\s+of|less\s+then|no\s+more\s+then|(?:can\s+|could\s+|will\s+|i.ll\s+|might\s+)?stretch(?:\s+to)?|(?:go|going|pay|paying|spend)\s+up\s+to|ceiling(?:\s+(?:of|is))?|cap(?:ped)?\s+(?:of|at|it\s+at)|"
    r"limit.?s(?:\s+(?:about|around))?|budget.?s(?:\s+(?:about|around|like|only))?|keep\s+it\s+(?:under|below|to)|top\s+whack|"
    r"no\s+(?:me\s+|nos\s+)?(?:llega|llego|alcanza)\s+(?:para|a)\s+mas\s+de|no\s+(?:puedo|quiero|queremos)\s+(?:gastar|pagar|gastarme)\s+mas\s+de|como\s+mucho|"
    r"nao\s+(?:posso|quero)\s+(?:gastar|pagar)\s+mais\s+(?:de|que)|nicht\s+mehr\s+(?:ausgeben\s+)?als|hab(?:e)?\s+(?:nur|etwa)|je\s+n.ai\s+que|"
    r"less\s+than|lesser\s+than|lower\s+than|fewer\s+than|cheaper\s+than|max(?:imum|"
    r"imal)?(?:\s+(?:of|is|budget|price))?|up\s*to|upto|not?\s+(?:over|above|more\s+than|exceeding)|"
    r"(?:does\s*n.?t|do\s+not|don.?t|should\s*n.?t|must\s*n.?t|won.?t)\s+(?:cost|exceed|go)\s*(?:over|"
    r"more\s+than|above)?|without\s+(?:going\s+over|exceeding|spending\s+(?:more\s+than|over|above)|paying\s+(?:more\s+than|over))|nothing\s+(?:over|above|more\s+(?:expensive\s+)?than|beyond)|none\s+over|at\s+most|within|"
    r"inside|"
    r"(?:my\s+|a\s+|the\s+|with\s+|on\s+)*budget(?:\s+(?:of|is|around|under|max|up\s+to|limit|about)|:)?|"
    r"(?:can|could|willing\s+to|want\s+to|to)\s+spend(?:\s+(?:up\s+to|max|only|about|around|under))?|"
    r"for\s+(?:under|less\s+than|max|up\s+to)|not\s+(?:want\s+to\s+)?(?:pay|spend|go)(?:ing)?\s+(?:more\s+than|over|above|beyond)|i\s+(?:only\s+)?have|"
    r"only\s+have|got\s+only|price\s+(?:limit|cap)(?:\s+(?:of|is))?|capped\s+at|limit(?:\s+(?:of|is))?|u/|"
    r"<=?|≤|"
    r"menos\s+de|por\s+menos\s+de|hasta|maximo(?:\s+de)?|max\.?|por\s+debajo\s+de|no\s+mas\s+de|"
    r"que\s+no\s+pase\s+de|que\s+cueste\s+menos\s+de|presupuesto(?:\s+(?:de|es|maximo))?|tengo|"
    r"ate|abaixo\s+de|por\s+ate|no\s+maximo|nao\s+mais\s+(?:de|que)|orcamento(?:\s+de)?|"
    r"di\s*bawah|kurang\s+dari|maksimal|maks|paling\s+mahal|tidak\s+lebih\s+dari|budget\s+(?:maksimal|"
    r"maks|di\s*bawah)|harga\s+di\s*bawah|anggaran|"
    r"duoi|toi\s+da|khong\s+qua|nho\s+hon|gia\s+duoi|tam\s+gia\s+duoi|re\s+hon|ngan\s+sach(?:\s+(?:la|duoi|khoang))?|"
    r"moins\s+de|jusqu.a|pas\s+plus\s+de|en\s+dessous\s+de|au\s+maximum|inferieur\s+a|budget\s+(?:de|"
    r"max(?:imum)?(?:\s+de)?)|sous\s+les|unter|bis\s+zu|bis|maximal|hochstens|hoechstens|weniger\s+als|"
    r"nicht\s+(?:mehr|teurer)\s+als|nicht\s+(?:uber|ueber)|budget\s+(?:von|bis|ist)|"
    r"meno\s+di|sotto\s+i|sotto\s+gli|sotto|fino\s+a|al\s+massimo|massimo|non\s+piu\s+di|entro\s+i|entro|"
    r"budget\s+(?:di|massimo)|a\s+meno\s+di"
)
_FROM_ON = (
    r"over|above|more\s+than|at\s+least|min(?:imum|imal)?(?:\s+of)?|starting\s+(?:at|from)|upwards\s+of|"
    r"not?\s+(?:less\s+than|under|below|cheaper\s+than|lower\s+than)|>=?|≥|"
    r"mas\s+de|minimo(?:\s+de)?|a\s+partir\s+de|por\s+encima\s+de|mais\s+de|acima\s+de|no\s+minimo|"
    r"di\s*atas|lebih\s+dari|tren|hon|it\s+nhat|tu|mindestens|uber|ueber|ab|plus\s+de|au\s+moins|piu\s+di|"
    r"almeno|a\s+partire\s+da"
)
_ABOUT = (
    r"around|about|approx(?:imately)?\.?|roughly|circa|close\s+to|near|ca\.|~|≈|alrededor\s+de|cerca\s+de|"
    r"aproximadamente|mas\s+o\s+menos|em\s+torno\s+de|uns|unos|sekitar|kisaran|khoang|tam|co|etwa|"
    r"ungefahr|circa|rund|um\s+die|environ|autour\s+de|dans\s+les|intorno\s+(?:a|ai)"
)

_AFTER_UP_TO = (
    r"(?:\s*(?:max(?:imum)?|tops|top\s+whack|at\s+(?:the\s+)?(?:very\s+|absolute\s+)?most|absolute\s+(?:max(?:imum)?|limit|tops)|to\s+spend|to\s+play\s+with|all\s+in|a\s+head|per\s+(?:head|person|kid|child|piece|item)|each|apiece|a\s+pop|pp|como\s+mucho|como\s+muito|or\s+(?:less|under|below|cheaper)|and\s+(?:under|below|less)|"
    r"budget|limit|o\s+menos|ou\s+menos|maximal|hochstens|massimo|al\s+massimo|au\s+maximum|como\s+maximo|"
    r"no\s+maximo|maksimal|ke\s*bawah|tro\s+xuong))\b"
)

_AFTER_FROM_ON = r"(?:\s*(?:\+|or\s+(?:more|above)|and\s+(?:up|above|over)|o\s+mas|ou\s+mais|ke\s*atas|tro\s+len|min(?:imum)?\b))"
_TO = r"\s*(?:-|–|—|~|up\s+to|to|till|and|y|e|a|till|until|hasta|ate|sampai|s/d|sd|hingga|dan|den|va|bis|und|et|&)\s*"
_BETWEEN = (
    r"(?:between|from|zwischen|von|tra|fra|da|in\s+(?:the\s+)?range(?:\s+of)?|range|entre|de|desde|dari|"
    r"antara|tu|price\s+range(?:\s+of)?)\s+"
)

_UNIT = (
    r"\s*(?:-\s*)?(?:years?|yrs?|yo\b|y/o|months?|mo\b|weeks?|days?|hours?|hrs?|h\b|minutes?|mins?|"
    r"sec(?:ond)?s?|inch(?:es)?|in\b(?!\s+(?:total|budget|price))|\"|”|''|cm|mm|m\b|mtrs?|meters?|metres?|"
    r"km|ft|feet|foot|"
    r"kg|kgs|kilos?|g\b|gms?|grams?|gramos|lbs?|oz|ounces?|liters?|litres?|l\b|ltr|ml|gallons?|gb|tb|mb|"
    r"mah|w\b|watts?|kw|v\b|volts?|hz|mp\b|megapixels?|amps?\b|a\b(?!\s+(?:head|pop|piece|person))|psi|lumens?|dpi|cc\b|hp\b|mbps|fps|threads?|stitches|players?|grit|pockets?|compartments?|drawers?|shelves|tiers?|slots?|ports?|keys?|strings?|doors?|burners?|pcs|pieces?|packs?|pairs?|sets?|people|persons?|"
    r"pax|"
    r"guests|kids|seaters?|seats?|stars?|tons?|mph|rpm|calories|cal\b|db\b|%|percent|x\b|th\b|st\b|nd\b|"
    r"rd\b|am\b|pm\b|k\s*steps|steps|miles?|degrees?|°|items?|cups?|persons|rooms?|sqft|anos?|meses|tahun|"
    r"bulan|tuoi|thang|jahre|jahren|monate|monaten|ans\b|mois|anni|mesi|zoll|stuck|liter|personen|"
    r"personnes|persone|"
    r"pages|sheets|count|ct\b|speeds?|in\s*1|-?ply|\s*spf|denier|tc\b|gsm|members?|times)"
)  # fmt: skip
_ONE, _LOW, _HIGH = amount_pattern("one"), amount_pattern("low"), amount_pattern("high")
_LIMITED = amount_pattern("one", bare_words=True)
_SIZE_BEFORE = re.compile(
    r"(?:talla|talle|tallas|size|sz|taille|pointure|taglia|misura|numero|tamanho|tam\.?|gr\.?|grose|grosse|groesse|uk|eu|us|nr\.?)\s*$"
)
_RANGE = re.compile(rf"(?P<lead>\b{_BETWEEN})?{_LOW}{_TO}{_HIGH}")
_IN_WORDS = re.compile(rf"(?P<lead>\b{_BETWEEN})?{amount_pattern('low', any_words=True)}{_TO}{_HIGH}")
_LIMIT = re.compile(
    rf"(?:(?P<up>(?<![a-z])(?:{NOT_OVER}|{_UP_TO}))|(?P<down>(?<![a-z])(?:{_FROM_ON}))|"
    rf"(?P<about>(?<![a-z])(?:{_ABOUT})))\s*(?:the\s+|a\s+|of\s+|about\s+|around\s+|only\s+|"
    rf"price\s+)?{_LIMITED}"
)
_AFTER = re.compile(rf"{_ONE}(?:(?P<up>{_AFTER_UP_TO}|{MOST_AFTER})|(?P<down>{_AFTER_FROM_ON})|(?P<about>\s*-?ish\b))")
_SUM = re.compile(rf"{_ONE}")
_UNIT_NEXT = re.compile(_UNIT)
CHEAP = re.compile(
    r"\b(?:cheap(?:er|est|ish)?|affordable|inexpensive|budget[\s-]?friendly|low[\s-]?(?:cost|price|"
    r"budget)|on\s+a\s+(?:tight\s+|small\s+|student\s+)?budget|not\s+(?:too\s+|so\s+|"
    r"very\s+)?(?:expensive|pricey|costly)|"
    r"won.?t\s+break\s+the\s+bank|barat[oa]s?|economic[oa]s?|en\s+conta|em\s+conta|"
    r"nao\s+(?:muito\s+)?car[oa]|murah|terjangkau|gia\s+re|re\s+thoi|gunstig\w*|guenstig\w*|billig\w*|"
    r"preiswert\w*|pas\s+(?:trop\s+)?cher\w*|bon\s+marche|a\s+buon\s+prezzo|non\s+(?:troppo\s+)?car[oaie]|"
    r"nicht\s+(?:zu|so)\s+teuer)\b"
)
_SCALE = re.compile(r"\b(?:rank(?:ed|ing|s)?|rat(?:e|ed|ing|es)|scor(?:e|ed|ing|es)|scale|grade[ds]?)\b[^.!?|]*$")
_EXTRAS = re.compile(r"^\s*(?:years?\s+old|likes?|comments?|views?|followers?)")


def find_budget(reading: Reading, currency: str) -> Budget | None:
    """The first budget said, its tokens explained; `currency` is that of a bare amount. A currency said at one end holds for both."""
    if not reading.has_numbers:
        return None
    ranged = _range(reading, currency)
    if ranged:
        return ranged
    limits = [budget for match in _LIMIT.finditer(reading.folded) if (budget := _limit(reading, match, currency))]
    limits += [budget for match in _AFTER.finditer(reading.folded) if (budget := _limit(reading, match, currency))]
    if not limits:
        limits = [budget for match in _SUM.finditer(reading.folded) if (budget := _sum_at_hand(reading, match, currency))]
    return _joined(limits)


def _range(reading: Reading, currency: str) -> Budget | None:
    for match in (*_RANGE.finditer(reading.folded), *_IN_WORDS.finditer(reading.folded)):
        low, high = _two(match, currency, reading.language)
        plain = min(low.value, high.value) >= LEAST_PLAIN  # "500-1000" at the end of a wish, yet not "sizes 36-40"
        money = bool(low.currency or high.currency or match.group("lead") or low.scale > 1 or high.scale > 1 or plain)
        if not low.currency and not high.currency and _is_a_scale(reading, match):
            continue
        if _SIZE_BEFORE.search(reading.folded[: match.start("low")]):
            continue
        if not money or _counts_something(reading, match) or not reading.span_is_free(*match.span()):
            continue
        if low.scale == 1 and high.scale > 1 and low.value < high.value / high.scale:
            low = Amount(low.value * high.scale, low.currency, high.scale)
        if low.value <= high.value:
            reading.take_span(*match.span())
            said = low.currency or high.currency
            return Budget(low.value, high.value, said or currency, bool(said))
    return None


def _is_a_scale(reading: Reading, match: re.Match[str]) -> bool:
    """Of "ranking them from 1 to 10", and of bare figures in a caption."""
    place = reading.tokens_in(match.start("low"), match.end("low"))[0]
    in_caption = reading.has_comments and not reading.part_of[place]
    return in_caption or bool(_SCALE.search(reading.folded[: match.start("low")]))


def _two(match: re.Match[str], currency: str, language: str) -> tuple[Amount, Amount]:
    low, high = read_amount(match, "low", currency, language), read_amount(match, "high", currency, language)
    assert low is not None and high is not None  # noqa: S101, PT018  both groups are part of every match
    return low, high


def _limit(reading: Reading, match: re.Match[str], currency: str) -> Budget | None:
    amount = read_amount(match, "one", currency, reading.language)
    if amount is None or amount.value <= 0 or _counts_something(reading, match) or not _money_free(reading, match):
        return None
    said, name = bool(amount.currency), amount.currency or currency
    reading.take_span(*match.span())
    if match.group("up"):
        return Budget(None, amount.value, name, said)
    if match.group("down"):
        return Budget(amount.value, None, name, said)
    if not said and amount.scale == 1 and amount.value < 5:
        return None
    return Budget(amount.value * (1 - AROUND), amount.value * (1 + AROUND), name, said)


def _sum_at_hand(reading: Reading, match: re.Match[str], currency: str) -> Budget | None:
    amount = read_amount(match, "one", currency, reading.language)
    if amount is None or amount.value <= 0 or not (amount.currency or _is_thousands(match)) or not _money_free(reading, match):
        return None
    if _counts_something(reading, match):
        return None
    reading.take_span(*match.span())
    return Budget(None, amount.value, amount.currency or currency, bool(amount.currency))


def _is_thousands(match: re.Match[str]) -> bool:
    return (match.group("one_scale") or "").strip() in {"rb", "ribu", "jt", "juta", "nghin", "ngan", "trieu"}


def _money_free(reading: Reading, match: re.Match[str]) -> bool:
    return reading.span_is_free(match.start("one"), match.end())


def _counts_something(reading: Reading, match: re.Match[str]) -> bool:
    said = any(match.groupdict().get(f"{name}_{part}") for name in ("one", "low", "high") for part in ("sign", "word", "scale"))
    rest = reading.folded[match.end() :]
    return bool(_EXTRAS.match(rest)) or (not said and bool(_UNIT_NEXT.match(rest)))


def _joined(limits: list[Budget]) -> Budget | None:
    """One budget of several limits: "over 20 and under 50". The first of each end counts."""
    if not limits:
        return None
    low = next((one.low for one in limits if one.low is not None), None)
    high = next((one.high for one in limits if one.high is not None), None)
    if low is not None and high is not None and low > high:
        low = None
    named = next((one for one in limits if one.said), limits[0])
    return Budget(low, high, named.currency, named.said)
