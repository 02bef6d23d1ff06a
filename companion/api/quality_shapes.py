"""Every sentence that `/v1/video` and `/v1/creator` say of a score, a stage, a finding or a tip; a test lets the rooms say each of them.

Changing one of the rooms' sentences means changing its shape here; a new one needs a code, and its words in extension/public/_locales.
"""

from __future__ import annotations

from companion.api.quality_sentences import Sentence, Shape, read, shape

_SCORE = (
    shape("score.complete", "all parts are known"),
    shape("score.not_enough", "not enough data"),
    shape("score.without", "(?:without )?{part}(?=: )", part="part"),
    shape("score.one_video", "one video only, which says little about a creator"),
    shape("known.some", "known of {known} of {videos} videos", known="count", videos="count"),
    shape("known.one", "known of the one video"),
)
_DEVIATION = (
    shape("deviation.views", "views {by}", by="signed"),
    shape("deviation.likes", "likes {by}", by="signed"),
    shape("deviation.comments", "comments {by}", by="signed"),
    shape("deviation.shares", "shares {by}", by="signed"),
    shape("deviation.own", "sigmas against the creator's {earlier} earlier videos", earlier="count"),
    shape("deviation.few", "only {earlier} earlier videos? (?:is|are) known", earlier="count"),
    shape("deviation.no_earlier", "no earlier videos are known"),
    shape("deviation.needs_all", "and without them views, likes, comments and shares must all be known"),
    shape("deviation.not_shown", "and nobody was shown the video yet"),
    shape(
        "deviation.formula",
        "{rate} of views left a like, where an assumed formula expects {expected}",
        rate="percent",
        expected="percent",
    ),
    shape("deviation.not_compared", "the stored videos were not compared with each other yet"),
    shape("deviation.too_few", "too few videos are stored to say what is usual"),
    shape("deviation.not_among", "not among the videos compared last"),
)
_SENTIMENT = (
    shape(
        "sentiment.felt",
        "{positive} positive and {negative} negative of {n} comments",
        positive="percent",
        negative="percent",
        n="count",
    ),
    shape("sentiment.liked", "liked ones count more"),
    shape("sentiment.hidden", "likes of {n} are hidden and count as none", n="count"),
    shape("sentiment.none", "no comment to read"),
)
_SHARES = (
    shape("shares.unknown", "shares are not known"),
    shape("shares.likes_unknown", "likes are not known"),
    shape("shares.no_likes", "no likes yet"),
    shape(
        "shares.alone",
        "fewer than {least} videos like it are stored to say whether {shares} shares on {likes} likes are many",
        least="count",
        shares="count",
        likes="count",
    ),
    shape(
        "shares.rank",
        "{shares} shares on {likes} likes, more than {rank} of its category",
        shares="count",
        likes="count",
        rank="percent",
    ),
    shape("shares.counted", "counted {times} times", times="number"),
)
_ENGAGEMENT = (
    shape("engagement.unread", "the answers under the comments were not read"),
    shape("engagement.none", "no comment to answer"),
    shape("engagement.answered", "answered {answered} of {n} top comments", answered="count", n="count"),
    shape("engagement.more", "reply to {more} more of them for the full mark", more="count"),
)
_FOUND = (
    shape("found.above", "views {views} sigmas and all parts together {all} sigmas from what is expected", views="signed", all="signed"),
    shape(
        "found.passed_on",
        r"{share} of views were passed on \(95 % interval {low}-{high}\)",
        share="percent",
        low="percent",
        high="percent",
    ),
    shape("found.no_views", "no views"),
    shape("found.shares", "{by} sigmas, more for each like than {rank} of its category", by="signed", rank="percent"),
    shape("found.views", "views {by} sigmas(?! against)", by="signed"),
    shape("found.watched", "views {views} sigmas, shares a view {shares} sigmas", views="signed", shares="signed"),
    shape(
        "found.negative",
        r"{share} of {n} comments negative \(95 % interval {low}-{high}, usual {usual}\)",
        share="percent",
        n="count",
        low="percent",
        high="percent",
        usual="percent",
    ),
    shape("found.popular", "more views than {rank} of its category", rank="percent"),
    shape(
        "found.resented",
        r"{negative} of {n} comments negative \(at least {negative_low}\), {angry} angry \(at least {angry_low}\)",
        n="count",
        negative="percent",
        negative_low="percent",
        angry="percent",
        angry_low="percent",
    ),
    shape("found.repeated", "{share} of {n} comments repeat another account's words", share="percent", n="count"),
    shape("found.most_often", r'\(most often "{words} *"\)', words="quote"),
    shape("found.burst", "at most {most} within 5 minutes, {times} times the pace around it", most="count", times="number"),
    shape("found.no_times", "when they were written is not known"),
    shape("found.own_word", r"{word} \({subject}\) in its caption or hashtags", word="word", subject="subject"),
    shape("found.in_comments", r"{share} of {n} comments(?=: )", share="percent", n="count"),
    shape("found.word", r"{word} \({subject}\)", word="word", subject="subject"),
    shape("found.breakout", "at most {times} times the views that are usual first", times="number"),
    shape("found.breakout_from", "{times} times within {days} days are a breakout", times="number", days="number"),
    shape(
        "found.life",
        "{gained} views above rest after it had rested, at its height {pace} an hour beside {rest}",
        gained="count",
        pace="number",
        rest="number",
    ),
    shape("found.life_on", "it goes on"),
    shape("found.life_over", "seen {days} days before the last reading", days="count"),
    shape(
        "found.stirs",
        "{recent} views in {days} days after {before} in {earlier} days before",
        recent="count",
        days="number",
        before="count",
        earlier="count",
    ),
)
_STAGE = (
    shape("stage.unread", "nobody read its numbers yet"),
    shape("stage.few", "{readings} of {needed} readings that are needed", readings="count", needed="count"),
    shape(
        "stage.pool",
        "{views} views, {times} times the usual first pool of {videos} stored videos",
        views="count",
        times="number",
        videos="count",
    ),
    shape("stage.assumed", "{views} views, {times} times an assumed first pool", views="count", times="number"),
    shape("stage.likely", "(?:probably )?{pool} {share}", pool="pool", share="percent"),
    shape("stage.life", "{gained} views in {days} days after {before} before", gained="count", days="number", before="count"),
    shape("stage.rested", "{views} a day while it rested", views="count"),
    shape("stage.undated", "the day of posting is not known, so nothing tells how far it was spread"),
    shape("stage.late", "first read {days} days after posting, so nothing tells how far it was spread", days="count"),
    shape("stage.quiet", "no new growth"),
)
_BADGE = (
    shape(
        "badge.record",
        "{above} of {videos} videos in {weeks} weeks at or above expectation",
        above="count",
        videos="count",
        weeks="count",
    ),
    shape("badge.score", r"score {score}, at least {low} \(95 % interval\)", score="count", low="count"),
)
_TIP = (
    shape(
        "tip.reply",
        r"Reply to {more} more of your {n} top comments? \({answered} ha(?:s|ve) an answer\)",
        n="count",
        more="count",
        answered="count",
    ),
    shape("tip.read", "Read the negative comments first and answer what can be answered"),
    shape(
        "tip.passed_on",
        "It was passed on {shares} at {likes} likes; half of the stored videos like it are, {usual} or more",
        shares="count",
        likes="count",
        usual="count",
    ),
    shape("tip.give_reason", "Give a reason to send it to somebody: a list, a find, a price"),
    shape("tip.newest", "{above} of your {n} newest videos did better than half of the stored ones", above="count", n="count"),
    shape("tip.best", r"this one did best \(above {rank}\)", rank="percent"),
    shape("tip.only", "It did better than {rank} of the stored videos", rank="percent"),
    shape("tip.lengths", "Those above last {above} seconds in the middle, the others {others}", above="count", others="count"),
    shape("tip.not_why", "that need not be why"),
    shape(
        "tip.deviation",
        "Videos reach less than those of comparable creators: look at what your videos above expectation have in common",
    ),
    shape("tip.sentiment", "Comments feel worse than usual: read the negative ones first and answer what can be answered"),
    shape("tip.shares", r"Viewers like but do not pass on: give a reason to send it to somebody \(a list, a find, a price\)"),
    shape("tip.engagement", "Few top comments have an answer from the creator: reply to more of them, and to different people"),
    shape("tip.points", r"\({points} of 100, usual 50\)", points="count"),
)
SHAPES: tuple[Shape, ...] = (*_SCORE, *_DEVIATION, *_SENTIMENT, *_SHARES, *_ENGAGEMENT, *_FOUND, *_STAGE, *_BADGE, *_TIP)
KINDS = {one.code: dict(one.kinds) for one in SHAPES}
"""The kinds of the values by code and name."""


def sentences_of(text: str) -> list[Sentence]:
    """What a text of the quality room says; nothing where a part of it is not known here."""
    return read(text, SHAPES)
