"""Scores of videos and creators, computed from plain rows: no SQL, no Flask."""
