"""From words to the categories of an ad manager: names that a marketer finds again, not ids of any one of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from companion.shop.retrieval.words import words

_CATEGORIES = """
Apparel and accessories: clothing clothes fashion outfit ootd dress shirt jeans jacket sweater hoodie coat skirt sock scarf hat
  glove bag handbag jewelry jewellery necklace ring earring bracelet watch shoe sneaker boot sandal heel style thrift
Beauty and personal care: beauty skincare skin makeup make-up serum cream lipstick mascara perfume fragrance hair haircare shampoo
  nail sunscreen acne grwm shaving beard grooming skintok
Home and garden: home house decor bedroom kitchen furniture lamp light rug curtain pillow blanket candle storage organizer
  organiser cleaning garden plant planter cozyhome homedecor interior bathroom towel bedding
Food and drink: food recipe cooking baking coffee tea snack drink breakfast lunch dinner vegan espresso foodtok
Technology and electronics: tech electronic phone earbud headphone speaker laptop keyboard charger camera gadget computer smart
  tablet monitor microphone
Games: game gaming gamer console controller playstation xbox nintendo minecraft boardgame puzzle
Sports and outdoor: sport fitness gym workout yoga running run cycling bike camping hiking tent outdoor football soccer basketball
  fishing swim swimming training
Baby, kids and maternity: baby toddler kid child mom mum momtok parenting pregnancy maternity stroller toy plush lego nursery
  school
Pets: pet dog cat puppy kitten collie dogsoftiktok catsoftiktok leash harness
Travel: travel trip holiday vacation flight hotel backpack suitcase luggage packing onebag packwithme travelgear
Vehicles: car vehicle motorcycle auto truck van vanlife
Books and education: book booktok reading study studytok learning language notebook stationery pen
Health: health wellness sleep massage vitamin supplement pain senior
"""
_SAID = [line.partition(": ") for line in re.sub(r"\n  ", " ", _CATEGORIES).strip().splitlines()]
_OF_WORD = {word: name for name, _, said in _SAID for word in words(said)}


def categories_of(texts: Iterable[str]) -> list[tuple[str, int]]:
    """Categories that the words speak of, with the number of texts that do; the most named first."""
    found: Counter[str] = Counter()
    for text in texts:
        found.update({_OF_WORD[word] for word in words(text) if word in _OF_WORD})
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))
