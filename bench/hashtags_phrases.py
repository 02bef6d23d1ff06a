"""Write the vectors of the vocabulary's English phrases anew: `python -m bench.hashtags_phrases`. Needed after words were added."""

from __future__ import annotations

import click

from companion.hashtag_atlas import SENTENCE, encoder_id
from companion.hashtags import Vectors
from companion.hashtags.near import phrases
from companion.hashtags.phrase_vectors import FILE, ship, shipped_vectors
from companion.intent.encoder import Encoder


@click.command()
def main() -> None:
    wanted = sorted({phrase for phrase, _ in phrases()})
    there = shipped_vectors(encoder_id())
    encoder = Encoder(SENTENCE)
    rows = Vectors(encoder, there).of(wanted)
    encoder.close()
    ship(encoder_id(), dict(zip(wanted, rows, strict=True)))
    click.echo(f"{FILE.name}: {len(wanted)} phrases, {len(set(wanted) - there.keys())} of them new, {FILE.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
