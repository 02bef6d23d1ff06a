"""Browser tests: the real extension in Chromium against the replica."""
