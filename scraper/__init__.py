"""Collecting comments by reading what TikTok's own pages load, in the user's own browser session, slowly, and never past a refusal."""
