"""What no shop of goods sells: people's work, bookings, homes, vehicles, fresh food, medicines on prescription, living animals."""

from __future__ import annotations

import re
from functools import cache

from companion.shop.understanding.text import fold
from companion.shop.understanding.word_files import cell, names_in, rows_of

SOMETIMES_SOLD = frozenset(("a booking", "a vehicle", "fresh food", "a living animal", "a medicine"))
"""Some catalogues do hold these; people's work and homes none."""
_WANT = (
    r"\b(?:wants?|wanna|needs?|looking for|look for|search(?:ing)? for|find(?: me| us)?|hire|hiring|book|booking|recommend|suggest|"
    r"send(?:ing)?|call(?:ing)?(?: in| out| for)?|arrange(?: for)?|fetch|"
    r"get(?: me)?|buy(?:ing)?|order|sell|rent|is there|are there|do you (?:have|offer)|would like|(?:i|we).d like)"
)
_MORE = re.compile(r"\b(?:what|which|wants?|needs?|looking for|something|gift|present|recommend|suggest)\b")
"""Said after it, these ask for something else: the flight or the kitten is only told of."""
_BETWEEN = r"(?:(?!(?:no|not|without|for|of|with|to|in|on|from|like|as|by|my|our|his|her|their|your|and|or|but|toy)\b)[\w'-]+ ){0,4}?"
"""Articles and describing words; what is denied, what a preposition parts from the verb, or somebody has, is not asked for."""
_END = (
    r"(?= *(?:$|[.,;:!?|(]| (?:for|in|near|at|on|to|from|that|which|with|this|next|today|tomorrow|tonight|please|"
    r"now|asap|urgently|round|over|here|out|pls|online|twice|"
    r"who (?:comes?|can|could|will|would|visits?|does|knows|is)|once|every|per|by|until|under|below|around|and|or|costing|delivered|of)\b))"
)
"""What may follow the name where it is the thing itself: not another noun, as in "ticket holder"."""
_WORK = (
    r"(?:come|fix|mend|repair|clean|install|paint|unclog|unblock|service|assemble|mow|walk|babysit|"
    r"look after|pick up|move|rewire|tile|plaster|"
    r"teach|drive|collect|deliver)"
)
"""What people are asked to do."""
_POLICY = r"(?: (?:polic(?:y|ies)|plans?|cover|coverage|renewals?|quotes?|premiums?|scheme|schemes))*"
_MAY_TAKE = (
    r"(?= *(?:$|[.,;:!?|(]| (?:could|can|should|would|do|does|is|are|has|"
    r"to take|that|for|with|from|in|of|at|under|online|please|next|this|now|before)\b))"
)
_GENERIC = r"\w+(?:cillin|mycin|cycline|floxacin|prazole|sartan|statin|dipine)"
"""Endings of the names of medicines that are only sold on prescription."""
_DOSE = r"(?:\d+ ?(?:mg|ml)|capsules?|tablets?|pills?|syrup|injections?|pens?|drops?|cream|shots?)"
_SPLIT = re.compile(r"[|.!?;\n]+")
_YOUNG = re.compile(
    r"\b(?:toy|toys|kid|kids|son|daughter|toddler|boy|girl|child|children|nephew|niece|model|remote|rc|diecast|lego|\d+ ?-?year)\b"
)


def not_sold(text: str) -> str:
    """What kind of thing is asked for that is no product ("a service"); empty where it may be one. `text` is a query as typed."""
    parts = [" ".join(part.split()) for part in _SPLIT.split(fold(text))]
    for place, part in enumerate(parts):
        for told, pattern in _patterns():
            found = pattern.search(part)
            if found is None or (told == "a vehicle" and _YOUNG.search(part)):
                continue
            after = " ".join((part[found.end() :], *parts[place + 1 :]))
            if not _MORE.search(after) and (found.start() or not any(parts[:place])):
                return told
    return ""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    def asked(names: str) -> str:
        return rf"(?:^|{_WANT} ){_BETWEEN}(?:{names}){_END}"

    people, homes, vehicles, makers = _any("people at work"), _any("homes"), _any("vehicles"), _any("makers of vehicles")
    fresh, animals = _any("fresh food"), _any("animals")
    money, medicines = _any("money matters"), _any("medicines")
    rows = (
        ("a service", asked(f"{people}|{_any('done for you')}")),
        ("a service", rf"{_WANT} (?:some|any)(?:body|one) (?:to|who can|who could|that can)\b"),
        ("a service", r"^(?:some|any)(?:body|one) (?:here )?(?:who|that) (?:can|could|does|repairs|fixes|cleans)\b"),
        (
            "a service",
            rf"\b(?:can|could|will|would) (?:some|any)(?:body|one) (?:please )?(?:come (?:and|to|over|round|by|out|here)\b|{_WORK}\b)",
        ),
        ("a service", rf"{_WANT} (?:an? )?(?:lift|ride) (?:to|from|home)\b"),
        ("a service", r"\bsend (?:me |us )?(?:some|any)(?:body|one)\b"),
        (
            "a service",
            rf"(?:^|(?:{_WANT}|\b(?:which|what|take out|taking out|open(?:ing)?|renew(?:ing)?|apply(?:ing)? for)) )"
            rf"{_BETWEEN}(?:{money}){_POLICY}{_MAY_TAKE}",
        ),
        (
            "a service",
            r"\b(?:need|want|get|have) (?:it|this|(?:my|our|the)(?: [\w'-]+){1,3}) "
            r"(?:towed|repaired|fixed|serviced|painted|installed|groomed|altered|tuned|rewired)" + _END,
        ),
        ("a booking", asked(_any("tickets and bookings"))),
        ("a booking", rf"(?:^|{_WANT} ){_BETWEEN}(?:{_any('what tickets are for')}) tickets?\b(?! (?:{_any('what holds tickets')}))"),
        ("a booking", rf"(?:^|{_WANT} )(?:(?:a|the|some|two|\d) )?tickets? (?:to|for)\b"),
        ("a home", rf"\b(?:{homes})s? (?:to rent|for rent|to let|on rent|for sale|to lease|for lease)\b"),
        ("a home", rf"\brent(?:ing)? (?:an? )?(?:[\w-]+ )?(?:{homes})\b"),
        ("a home", r"\b(?:\d ?bhk|(?:\d|one|two|three|four|five)[ -]bed(?:room)?s? (?:flat|apartment|house|home|villa|condo)|acres? of)\b"),
        ("a vehicle", rf"\b(?:used|second[ -]hand|pre[ -]?owned) (?:[\w-]+ )?(?:{vehicles}|{makers})\b(?! (?:part|seat|cover|tyre|toy))"),
        ("a vehicle", rf"^(?:an? )?(?:{makers})(?: (?:{vehicles}|\d{{2,4}}(?:cc)?|new|bullet|classic|automatic|diesel|petrol|electric))+$"),
        ("a vehicle", rf"{_WANT} (?:[\w-]+ ){{0,3}}(?:{vehicles})\b.*\b(?:lakhs?|crores?|mileage|diesel|test drive)\b"),
        ("fresh food", asked(rf"(?:fresh|raw|uncooked|live)(?:ly)? (?:[\w-]+ )?(?:{fresh})")),
        (
            "fresh food",
            rf"\b(?:{fresh}|{_any('cooked for you')})\b.*\b(?:delivered|delivery|take-?away|to my (?:door|home|house))\b",
        ),
        ("fresh food", rf"\b(?:send|bring|deliver)(?: me| us)? {_BETWEEN}(?:{_any('cooked for you')}){_END}"),
        ("a living animal", rf"\b(?:{animals})\b.*\b(?:to adopt|for adoption|vaccinated|for sale|breeder|pedigree)\b"),
        ("a living animal", rf"\badopt an? (?:[\w-]+ )?(?:{animals})\b"),
        ("a medicine", asked(rf"(?:{medicines}|{_GENERIC})(?: {_DOSE})*")),
        ("a medicine", rf"\bno (?:more )?(?:{medicines}) (?:left|remaining|anymore|any more|at home|in the house)\b"),
        ("a medicine", rf"\b(?:run|ran|running|all|am|are|i.m|we.re) out of (?:any |my |our |the )?(?:{medicines})\b"),
        ("a medicine", r"\b(?:on|by) prescription\b|\bprescription (?:medicines?|drugs?|pills?|tablets?|medication|drops|cream)\b"),
    )
    return tuple((told, re.compile(pattern)) for told, pattern in rows)


def _any(name: str) -> str:
    """The names of a class as alternatives, the longest first."""
    names = {one for row in rows_of("not_sold") if row[0] == name for one in names_in(cell(row, 1))}
    return "|".join(re.escape(one).replace(r"\ ", "[ -]") for one in sorted(names, key=lambda one: (-len(one), one)))
