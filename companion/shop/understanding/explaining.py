"""What was understood, in plain words: for the card, and for `--explain`."""

from __future__ import annotations

from companion.shop.understanding.wish import AgeRange, Budget, Wish

FOREVER = 110


def explained(wish: Wish) -> dict[str, str]:
    """Heading -> what was understood, in the order a shop assistant would say it back; headings without anything are left out."""
    told = {
        "Looking for": wish.product_type or ", ".join(wish.kinds[:1]),
        "What may help": "" if wish.kinds else ", ".join(wish.needs),
        "For": _person(wish),
        "Budget": budget_in_words(wish.budget) if wish.budget else ("not expensive" if wish.cheap else ""),
        "Occasion": ", ".join(wish.occasions),
        "Likes": ", ".join((*wish.franchises, *wish.interests)),
        "Brand": ", ".join(wish.brands),
        "Colour": ", ".join(wish.colours),
        "Material": ", ".join(wish.materials),
        "Size": ", ".join(wish.sizes),
        "Without": ", ".join(wish.exclusions),
    }
    return {heading: words for heading, words in told.items() if words}


def budget_in_words(budget: Budget) -> str:
    """Such as "up to 800 INR".

    >>> budget_in_words(Budget(300, 1500, "INR")), budget_in_words(Budget(None, 20.5, "USD"))
    ('300 to 1,500 INR', 'up to 20.50 USD')
    """
    low, high = (None if end is None else f"{end:,.2f}".removesuffix(".00") for end in (budget.low, budget.high))
    if low and high:
        return f"{low} to {high} {budget.currency}"
    return f"up to {high} {budget.currency}" if high else f"from {low} {budget.currency}"


def _person(wish: Wish) -> str:
    who = wish.recipient or {"female": "women or girls", "male": "men or boys"}.get(wish.gender, "")
    age = age_in_words(wish.age) if wish.age else (wish.age_band if wish.age_band not in {"", "adult", wish.recipient} else "")
    return ", ".join(part for part in (who, age) if part)


def age_in_words(age: AgeRange) -> str:
    """Such as "10 years", "0 to 6 months", "60 years and older"."""
    if age.high > FOREVER:
        return f"{age.low:g} years and older"
    unit, times = ("months", 12) if age.high < 2 else ("years", 1)
    low, high = round(age.low * times, 1), round(age.high * times, 1)
    return f"{low:g} {unit}" if low == high else f"{low:g} to {high:g} {unit}"
