"""Held-out edges by time: the tags of later videos, asked for by the rest of each video.

`python -m bench.hashtags_heldout WORKSPACE [--queries N] [--trained]`

The newest fifth of the videos is held out. One tag of a held-out video is hidden and ranked against 199 others by the video's other
tags and its creator; tags made of words without a shelf alone ("fyp") are not asked for. Reported apart: tags that earlier videos carry
five times or more (seen), one to four times (rare), never (cold). Gains are 1 for the hidden tag, so nDCG@10 is 1 / log2(1 + rank).
"""

from __future__ import annotations

import time
from pathlib import Path

import click
import numpy as np

from companion.hashtag_atlas import SENTENCE, encoder_id
from companion.hashtags import Post, Vectors
from companion.hashtags.deepwalk import deepwalk
from companion.hashtags.embedding import embed, pmi, start_vectors
from companion.hashtags.graph import TagGraph, build_graph
from companion.hashtags.reading import read_tag
from companion.hashtags.segmentation import words
from companion.hashtags.tags import clean_tags
from companion.hashtags.trained import train
from companion.hashtags.users import represent
from companion.hashtags.vectors import Matrix, unit
from companion.intent.encoder import Encoder
from companion.store import hashtag_posts, hashtag_vectors, open_store

HELD_OUT = 0.2
OTHERS = 199
POOL = 1500
"""Tags that others are drawn from."""

CREATOR = 0.5
"""Weight of the creator's vector beside the mean of the other tags'."""

K = 0.5
"""Of the blend of two vectors: one earlier video says more of a tag's company than its words do."""

BANDS = (("seen", 5, 10**9), ("rare", 1, 4), ("cold", 0, 0))


@click.command()
@click.argument("workspace", type=click.Path(path_type=Path, exists=True))
@click.option("--queries", default=300, show_default=True, help="Of each band.")
@click.option("--trained", is_flag=True, help="Also the variant that is learned with torch.")
def main(workspace: Path, queries: int, trained: bool) -> None:
    rng = np.random.default_rng(0)
    store = open_store(workspace)
    with store.reading() as connection:
        rows = [row for row in hashtag_posts.posts(connection) if row.created_at]
        known = dict(hashtag_vectors.known(connection, encoder_id()))
    posts = sorted(
        (Post(r.id, r.creator_id or "", clean_tags(r.hashtags), r.caption, r.music_id, r.created_at) for r in rows),
        key=lambda p: p.created_at,
    )
    cut = int(len(posts) * (1 - HELD_OUT))
    graph = build_graph(posts[:cut])
    asked, pool = questions(graph, posts[cut:], rng, queries)
    vectors = Vectors(Encoder(SENTENCE), known)
    models: dict[str, tuple[Matrix, Matrix | None]] = {}

    def made(name: str, tags: Matrix, creators: Matrix | None = None) -> None:
        models[name] = (tags, creators)
        click.echo(f"{name}: {time.perf_counter() - start:.1f} s", err=True)

    start = time.perf_counter()
    embedding = embed(graph)
    made("LightGCN-style layers", embedding.tags, represent(graph, embedding))
    start = time.perf_counter()
    made("PPMI + SVD", unit(start_vectors(pmi(graph), 64)))
    start = time.perf_counter()
    made("DeepWalk", deepwalk(graph))
    if trained:
        start = time.perf_counter()
        learned = train(graph, embedding)
        made("trained (torch, BPR)", learned.embedding.tags, represent(graph, learned.embedding, learned.weights))
    start = time.perf_counter()
    table = score(graph, asked, pool, models, vectors, rng)
    click.echo(
        f"{len(posts):,} videos, {len(graph.tags):,} tags in the earlier ones; text and ranking {time.perf_counter() - start:.0f} s",
        err=True,
    )
    click.echo("band,n,way,hit@10,ndcg@10")
    for (band, way), ranks in sorted(table.items()):
        found = np.array(ranks)
        click.echo(f"{band},{len(found)},{way},{(found <= 10).mean():.3f},{np.where(found <= 10, 1 / np.log2(1 + found), 0).mean():.3f}")
    with store.writing() as connection:
        hashtag_vectors.save(connection, encoder_id(), vectors.fresh)


def questions(
    graph: TagGraph, later: list[Post], rng: np.random.Generator, queries: int
) -> tuple[list[tuple[str, str, list[str], str]], list[str]]:
    """(band, hidden tag, other tags, creator) and the pool of others."""
    counts = graph.videos_of
    asked: dict[str, list[tuple[str, str, list[str], str]]] = {band: [] for band, _, _ in BANDS}
    everything = sorted({tag for post in later for tag in post.tags} | set(graph.tags))
    for place in rng.permutation(len(later)):
        post = later[place]
        rest_of = [tag for tag in post.tags if graph.find(tag) is not None]
        for tag in post.tags:
            rest = [other for other in rest_of if other != tag]
            at = graph.find(tag)
            n = int(counts[at]) if at is not None else 0
            band = next(name for name, least, most in BANDS if least <= n <= most)
            if rest and read_tag(tag).generic_share < 1 and len(asked[band]) < queries:
                asked[band].append((band, tag, rest, post.creator))
    return [one for band in asked.values() for one in band], [str(tag) for tag in rng.choice(everything, POOL, replace=False)]


def score(graph, asked, pool, models, vectors, rng):  # noqa: PLR0917
    """Ranks of the hidden tags by (band, way)."""
    counts, creators = graph.videos_of, {name: at for at, name in enumerate(graph.creators)}
    phrases = sorted({tag for _, tag, rest, _ in asked for tag in (tag, *rest)} | set(pool))
    text = dict(zip(phrases, vectors.of([words(tag) for tag in phrases]), strict=True))
    table: dict[tuple[str, str], list[int]] = {}
    for band, tag, rest, creator in asked:
        others = [other for other in rng.permutation(pool)[: OTHERS + 20] if other != tag and other not in rest][:OTHERS]
        candidates = [tag, *others]
        at = [graph.find(one) for one in candidates]
        n = np.array([counts[one] if one is not None else 0 for one in at], float)
        by_text = np.stack([text[one] for one in candidates]) @ np.mean([text[one] for one in rest], axis=0)
        ways = {"popularity": n, "text": by_text}
        for name, (tags, users) in models.items():
            query = np.mean([tags[graph.find(one)] for one in rest], axis=0)
            if users is not None and creator in creators:
                query = query + CREATOR * users[creators[creator]]
            ways[name] = np.array([tags[one] @ query if one is not None else 0.0 for one in at])
        share = n / (n + K)
        mixed = share * standard(ways["LightGCN-style layers"]) + (1 - share) * standard(by_text)
        ways["blend n/(n+k)"] = keep_places(mixed, by_text, n == 0)
        for way, values in ways.items():
            table.setdefault((band, way), []).append(1 + int((values[1:] >= values[0]).sum()))
    return table


def keep_places(mixed: np.ndarray, by_text: np.ndarray, cold: np.ndarray) -> np.ndarray:
    """Cold tags keep the place that text gives them, and the others share the places left: the graph cannot speak for cold ones."""
    place = np.empty(len(mixed), int)
    place[np.argsort(-by_text, kind="stable")] = np.arange(len(mixed))
    free = np.sort(place[~cold])
    others = np.flatnonzero(~cold)
    place[others[np.argsort(-mixed[others], kind="stable")]] = free
    return -place.astype(float)


def standard(values: np.ndarray) -> np.ndarray:
    """Mean 0 and deviation 1, so that both ways are on one scale."""
    return (values - values.mean()) / (values.std() or 1.0)


if __name__ == "__main__":
    main()
