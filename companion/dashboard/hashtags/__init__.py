"""Hashtag pages: which tags reach the buyers of a category, and which category a tag leads to."""
