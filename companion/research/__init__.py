"""TikTok's official Research API as a source: for non-commercial researchers at institutions that TikTok has let in.

`client` asks and explains refusals, `quota` counts what a day allows, `collecting` pages through a query, stores what comes and goes on
after a pause. All of it comes in by the same way as any other source.
"""
