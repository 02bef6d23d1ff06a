"""Brand safety: subjects beside which many brands do not want to stand. A list of words that the user can change, and what was found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from companion.quality.detectors.verdict import Evidence, Facts, Verdict, thin

NAME = "sensitive subject"
SUBJECTS: Mapping[str, Sequence[str]] = {
    "violence": ("murder", "shooting", "stabbing", "gore", "beheading", "massacre", "gun", "guns", "weapon", "weapons"),
    "drugs and alcohol": ("cocaine", "meth", "heroin", "weed", "drunk", "vape", "vaping", "vodka", "whiskey"),
    "gambling": ("casino", "betting", "gambling", "slots", "sportsbook"),
    "sexual": ("porn", "nude", "nudes", "onlyfans", "nsfw", "xxx"),
    "hate": ("nazi", "racist", "racism", "slur", "genocide", "terrorist", "terrorism"),
    "self-harm": ("suicide", "selfharm", "anorexia", "bulimia"),
    "politics": ("election", "republican", "democrat", "president", "parliament", "protest"),
    "health claims": ("cure", "antivax", "detox", "miracle"),
}
"""Words by subject; those of the video itself are enough, those of comments must be frequent."""
COMMENTS_BAR, COMMENTS_LEAST = 0.05, 20
_WORD = re.compile(r"\w+")


def brand_safety(facts: Facts, subjects: Mapping[str, Sequence[str]] = SUBJECTS) -> Verdict:
    """Whether caption or hashtags hold such a word, or a good part of the comments does."""
    of = {word.casefold(): subject for subject, words in subjects.items() for word in words}
    if not facts.caption.strip() and not facts.hashtags and len(facts.comments) < COMMENTS_LEAST:
        return thin(NAME, f"no caption, no hashtag, and {len(facts.comments)} comments; {COMMENTS_LEAST} are needed", len(facts.comments))
    own = sorted({word for word in [*_words(facts.caption), *(tag.casefold().lstrip("#") for tag in facts.hashtags)] if word in of})
    hits: Counter[str] = Counter()
    holding = 0
    for one in facts.comments:
        found = {word for word in _words(one.text) if word in of}
        hits.update(found)
        holding += bool(found)
    share = holding / len(facts.comments) if len(facts.comments) >= COMMENTS_LEAST else 0.0
    parts = [f"{word} ({of[word]}) in its caption or hashtags" for word in own]
    if share >= COMMENTS_BAR:
        words = ", ".join(f"{word} ({of[word]})" for word, _ in hits.most_common(3))
        parts.append(f"{share:.0%} of {len(facts.comments)} comments: {words}")
    evidence = (
        Evidence("words of the list in caption and hashtags", float(len(own)), 1.0),
        Evidence("comments with a word of the list", share, COMMENTS_BAR),
    )
    said = "; ".join(parts) or "no word of the list in caption and hashtags, and in few comments or none"
    return Verdict(NAME, "yes" if parts else "no", said, evidence, len(facts.comments))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
