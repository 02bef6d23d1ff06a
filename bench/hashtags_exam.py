"""The project's own exam of tags and categories, written before anything was tuned; and the weights of "none" fitted on it.

`python -m bench.hashtags_exam WORKSPACE --taxonomy NAME [--fit]`

The exam's ids are those of an eBay tree of two levels, to be imported under NAME; the graph is the workspace's. Every way is also measured
with the vocabulary blind to the tag that is asked for, which shows what meaning and graph give where no word is known. The fit looks at an
invented store (bench/hashtags_invented.py) and the tree that ships, never at the workspace.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click
import numpy as np

from bench.hashtags_invented import invented_store
from companion.hashtag_atlas import SENTENCE, build_atlas, find_taxonomy, keep_vectors
from companion.hashtags import Atlas, default_tree
from companion.hashtags.generic import THRESHOLD, Signs, chance_of_none, features
from companion.hashtags.ranking import HALF, Ranker
from companion.hashtags.reading import Reading, read_tag
from companion.hashtags.segmentation import words
from companion.hashtags.tags import squeeze
from companion.hashtags.vectors import Matrix
from companion.intent.encoder import Encoder
from companion.store import open_store

EXAM = Path(__file__).parent.parent / "tests" / "exams" / "hashtag_pairs.jsonl"
SEEN = 3
"""Videos from which a tag counts fully in the fit without vocabulary."""

SHORT = 4
"""Letters from which a phrase counts as a part of a tag when the tag is hidden."""

UNSEEN_WEIGHT = 0.25
"""Weight of a tag of which neither words nor videos are known: hardly anything can be learned from it."""


@click.command()
@click.argument("workspace", type=click.Path(path_type=Path, exists=True))
@click.option("--taxonomy", "name", required=True)
@click.option("--exam", type=click.Path(path_type=Path, exists=True), default=EXAM)
@click.option("--fit", is_flag=True, help="Fit the weights of `companion.hashtags.generic` and print them.")
def main(workspace: Path, name: str, exam: Path, fit: bool) -> None:
    pairs = [json.loads(line) for line in exam.read_text(encoding="utf-8").splitlines()]
    store, encoder = open_store(workspace), Encoder(SENTENCE)
    atlas = build_atlas(store, encoder)
    ranker = atlas.ranker(find_taxonomy(store, name), 2)
    ids = [category.id for category in ranker.leg.texts.categories]
    click.echo("way,n,hit@1,hit@5,mrr")
    for way in ("blend", "graph", "text", "intent"):
        report(way, pairs, ids, {pair["tag"]: ranker.rank(pair["tag"], way).scores for pair in pairs})
    report("text, blind", pairs, ids, {pair["tag"]: blind(ranker, pair["tag"], graph=False) for pair in pairs})
    report("blend, blind", pairs, ids, {pair["tag"]: blind(ranker, pair["tag"], graph=True) for pair in pairs})
    none(pairs, ranker, "none", without_words=False)
    none(pairs, ranker, "none, blind", without_words=True)
    if fit:
        fitted(pairs, Atlas(invented_store(pairs), atlas.vectors).ranker(default_tree(), 2))
    keep_vectors(store, atlas)
    encoder.close()


def report(way: str, pairs: list[dict], ids: list[str], scores: dict[str, Matrix]) -> None:
    ranks = []
    for pair in pairs:
        gold = {one["category_id"] for one in pair["gold"]}
        order = [ids[at] for at in np.argsort(-scores[pair["tag"]], kind="stable")[:10]]
        if gold:
            ranks.append(next((rank for rank, ident in enumerate(order, 1) if ident in gold), 11))
    found = np.array(ranks)
    click.echo(f"{way},{len(found)},{(found == 1).mean():.3f},{(found <= 5).mean():.3f},{np.where(found < 11, 1 / found, 0).mean():.3f}")


def blind(ranker: Ranker, tag: str, *, graph: bool) -> Matrix:
    """A tag's scores as if the vocabulary did not hold its words."""
    text = ranker.leg.score(Reading(tag), words(tag), unlike(tag)).scores
    at = ranker.graph.find(tag)
    if not graph or at is None:
        return text
    n = float(np.sqrt(ranker.graph.videos_of[at] * ranker.graph.creators_of()[at]))
    return (1 - n / (n + HALF)) * text + n / (n + HALF) * (ranker.spread.subject(at) @ ranker.of_kinds)


def unlike(tag: str) -> Callable[[str], bool]:
    """Whether a phrase of the vocabulary is spelled otherwise than the tag and no part of it."""
    own = squeeze(tag).rstrip("s")

    def heard(phrase: str) -> bool:
        other = squeeze(phrase).rstrip("s")
        return other != own and not (len(own) > SHORT and own in other) and not (len(other) >= SHORT and other in own)

    return heard


def signs(ranker: Ranker, tag: str, *, without_words: bool) -> tuple[Signs, int]:
    at = ranker.graph.find(tag)
    videos = int(ranker.graph.videos_of[at]) if at is not None else 0
    evidence, flat = (ranker.spread.evidence(at, videos), ranker.spread.flatness(at, videos)) if at is not None else (0.0, 0.0)
    reading = Reading(tag) if without_words else read_tag(tag)
    said = ranker.leg.score(reading, words(tag), unlike(tag) if without_words else None)
    return Signs(reading, evidence, flat, said.likeness, said.nowhere), videos


def none(pairs: list[dict], ranker: Ranker, way: str, *, without_words: bool) -> None:
    said = np.array([chance_of_none(signs(ranker, pair["tag"], without_words=without_words)[0]) >= THRESHOLD for pair in pairs])
    gold = np.array([pair["none"] for pair in pairs])
    right = int((said & gold).sum())
    click.echo(f"{way}: F1 {2 * right / max(1, said.sum() + gold.sum()):.3f} over {len(pairs)} tags, {int(gold.sum())} of them none")


def fitted(pairs: list[dict], ranker: Ranker) -> None:
    from sklearn.linear_model import LogisticRegression

    rows, gold, weights = [], [], []
    for pair in pairs:
        for without_words in (False, True):
            found, videos = signs(ranker, pair["tag"], without_words=without_words)
            rows.append(features(found))
            gold.append(pair["none"])
            weights.append(UNSEEN_WEIGHT if without_words and videos < SEEN else 1.0)
    model = LogisticRegression(C=3, class_weight="balanced").fit(rows, gold, weights)
    names = ("generic", "trust", "evidence", "flatness", "likeness", "nowhere")
    told = {"bias": model.intercept_[0], **dict(zip(names, model.coef_[0], strict=True))}
    click.echo("fitted: " + ", ".join(f"{name} {value:.2f}" for name, value in told.items()))


if __name__ == "__main__":
    main()
