"""Ways of asking: the names of each kind and what people tell in place of a name, out of the lexicon that ships, and frames around them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from companion.shop.understanding.kinds import FILES
from companion.shop.understanding.word_files import cell, names_in, rows_of

PLAIN = (
    "{thing}",
    "{thing} online",
    "good {thing}",
    "buy {thing}",
    "cheap {thing}",
    "best {thing} for home",
    "{thing} with fast delivery",
    "looking for a {thing}",
)
COMMENTS = (
    "where did you get the {thing}??",
    "link for the {thing} please",
    "omg that {thing}, i want one",
    "what brand is the {thing}",
    "is the {thing} worth it?",
    "how much was this {thing}",
    "does anybody know this {thing}",
    "i need the {thing} in my life",
)
CAPTIONS = (
    "finally showing you everything ✨ #fyp",
    "day in my life 🌞 #dailyvlog",
    "things i did not know i needed #musthaves",
    "small haul, big smile 📦 #unboxing",
    "my favourites of the month 💛",
    "come along with me #minivlog",
    "answering your questions from yesterday #part2",
    "weekend reset with me 🧺 #reset",
)
NOISE = ("first!", "so pretty 😍", "you are so funny", "what song is this", "love your videos", "same here lol")
TOLD = (
    "{told}, what would help",
    "something for {told}",
    "{told} again, what do people use",
    "which thing do i need for {told}?",
)
LOVED = (
    "a present for somebody who loves {told}",
    "my brother is into {told}, what can i give him",
    "for a friend who enjoys {told}",
    "she spends all her time with {told}, gift ideas?",
)


@dataclass(frozen=True)
class Told:
    """Something that is told in place of a product's name, frames for it, and the kinds that answer, the closest first."""

    ways: tuple[str, ...]
    frames: tuple[str, ...]
    kinds: tuple[str, ...]


@cache
def names() -> dict[str, tuple[str, ...]]:
    """Kind -> its English names."""
    rows = [row for file in FILES for row in rows_of(file)]
    return {row[0]: (row[0], *names_in(cell(row, 2))) for row in rows}


@cache
def told() -> tuple[Told, ...]:
    """Circumstances and interests in English; a loose way of telling ("back+hurt") is no phrase and left out."""
    found = [(row[0], cell(row, 1), TOLD) for row in rows_of("circumstances")]
    found += [(f"{row[0]}, {cell(row, 1)}", cell(row, 2), LOVED) for row in rows_of("interests")]
    phrases = [(tuple(way for way in names_in(ways) if "+" not in way)[:MOST_WAYS], frames, kinds) for ways, kinds, frames in found]
    made = [(ways, frames, tuple(names_in(kinds))) for ways, frames, kinds in phrases]
    return tuple(Told(*one) for one in made if one[0] and one[2])


MOST_WAYS = 4
"""Of one circumstance; English ones stand first."""
