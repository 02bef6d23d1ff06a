"""Training of the tagger of shopping queries (`companion/shop/understanding/tagger.py`) on queries in which wanted facts are marked."""
