"""What people write in a made-up world, by kind; every text is invented."""

import random

OPENINGS = (
    "where can I buy this",
    "how much is it with shipping",
    "link please",
    "need this in my life",
    "just ordered two",
    "does it come in black",
    "is it worth the money",
    "mine broke after a week",
    "take my money already",
    "lol the cat at the end",
    "what song is this",
    "first",
    "love your videos",
    "I thought this was a drone",
    "my sister has the same one",
    "the price went up again",
    "saved for payday",
    "can you ship to Karachi",
    "who else came from the live",
    "not the lamp staring back at me",
)
PERSONAL = (
    "@{handle} look, this is the one I meant",
    "write me at jo.{number}@shop.example if you still have it",
    "call 0301 5550{number:03d} for wholesale",
    "+44 20 7946 0{number:03d} is my shop, message me",
)
OTHER_SCRIPTS = ("یہ کہاں سے ملے گا؟", "کتنے کا ہے", "¿dónde lo compro?", "どこで買えますか", "wo gibt es das?", "😍😍", "🔥")
REPLIES = (
    "same question",
    "yes it is in the shop tab",
    "did you get an answer?",
    "it was 19.90 last week",
    "mine came in three days",
    "don't, it is cheap plastic",
    "😂😂",
    "thank you!!",
)
CREATOR_REPLIES = ("link is in my bio", "restock on friday", "yes, we ship there", "thank you for the support", "it is 29.90 right now")


def comment_text(chance: random.Random, number: int, handle: str) -> str:
    """Return the text of the comment ``number`` of a video; ``handle`` is somebody who may be mentioned."""
    draw = chance.random()
    if draw < 0.04:
        return chance.choice(PERSONAL).format(handle=handle, number=number % 1000)
    if draw < 0.12:
        return chance.choice(OTHER_SCRIPTS)
    opening = chance.choice(OPENINGS)
    return opening if draw < 0.3 else f"{opening} {number}"


def reply_text(chance: random.Random, number: int, *, by_creator: bool, to: str) -> str:
    """Return a reply's text; ``to`` is the handle it answers, where it answers another reply."""
    said = chance.choice(CREATOR_REPLIES if by_creator else REPLIES)
    return f"@{to} {said} {number}" if to else f"{said} {number}"
