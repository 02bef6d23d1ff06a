"""Carrying what the words of tags, captions and products say over the graph: a graph convolution without trained weights.

Each layer sends the tags' weights by kind to their videos and the videos' back to their tags, degree-normalised and without
non-linearity, as in LightGCN (He et al. 2020, arXiv 2002.02126); a second way leads over the creators. What a tag says itself is
taken out of what comes back to it, so that the graph is a witness of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from companion.hashtags.graph import Sparse, TagGraph, csr, rarity
from companion.hashtags.reading import Reading, read_tag, read_text
from companion.hashtags.vectors import Matrix, Seen
from companion.hashtags.vocabulary import vocabulary

PRIOR = 0.1
"""Weight of the usual shares beside what a tag's neighbours say, in videos of a creator with one video."""

CLEAR = 3.0
"""Nats from the usual from which a subject is as clear as it gets."""

FEW = 2
"""Videos at which evidence counts half."""

FLAT = 5
"""Videos at which a flat neighbourhood counts half."""

UNKNOWN = 300.0
"""Mass of videos not seen, spread over all kinds, in what is usual: a store of cats alone does not make cats usual."""

LEAST = 0.02
"""Weight of a kind below which a tag does not pass it on."""

CHUNK = 20_000
"""Videos whose captions are read between two reports of progress."""


@dataclass(frozen=True)
class Layers:
    """How the graph is walked.

    `depth` layers; `back` is the share of what came back that a tag without known words passes on in the next layer; `creators` the
    weight of the way over creators; `captions` and `products` those of the words of captions and products beside the tags'.
    """

    depth: int = 2
    back: float = 0.5
    creators: float = 0.35
    captions: float = 0.6
    products: float = 1.5


@dataclass(frozen=True, eq=False)
class Spread:
    """What the graph says of each tag.

    `mass` is tags x kinds, the weighted count of witnesses for each kind; `share` the part of a tag's neighbourhood that speaks of
    any kind, 0 to 1; `usual` each kind's share of all mass; `videos` what each video says, videos x kinds; `speaking` what each
    tag adds to its videos, tags x kinds.
    """

    kinds: tuple[str, ...]
    mass: Matrix
    share: Matrix
    usual: Matrix
    videos: Sparse
    speaking: Sparse

    @property
    def clear(self) -> float:
        """Nats from the usual at which a subject is clear: fewer in a store with few subjects (the entropy of the usual shares)."""
        return max(0.1, min(CLEAR, float(-(self.usual * np.log(self.usual)).sum())))

    def subject(self, at: int) -> Matrix:
        """What a tag's neighbours speak of more than is usual, float32 [kinds]; sums to 1, or to 0 where nothing stands out."""
        return standing_out(self.mass[at], self.usual)

    def evidence(self, at: int, videos: int) -> float:
        """0 to 1: how many of the neighbours speak, how far from the usual, and over how many videos."""
        clear = self.clear
        return float(self.share[at]) * min(clear, divergence(self.mass[at], self.usual)) / clear * videos / (videos + FEW)

    def flatness(self, at: int, videos: int) -> float:
        """0 to 1: how sure it is that the neighbours speak of nothing in particular."""
        return max(0.0, 1 - divergence(self.mass[at], self.usual) * CLEAR / self.clear) * videos / (videos + FLAT)


def spread(graph: TagGraph, layers: Layers | None = None, seen: Seen | None = None) -> Spread:
    """Walk the graph. Memory: three dense arrays of max(tags, videos) x kinds, float32, at most."""
    layers = layers or Layers()
    kinds = tuple(vocabulary().kinds)
    own = tag_seeds(graph, kinds)
    seeds = own
    told = video_seeds(graph, kinds, layers, seen)
    videos, speaking = told, own
    weights, telling = graph.video_weights(), rarity(graph)
    length = np.asarray(graph.edges.sum(axis=1)).ravel() + 1
    members = graph.membership()
    mass = np.zeros((len(graph.tags), len(kinds)), np.float32)
    whole = np.zeros(len(graph.tags), np.float32)
    generic = np.array([read_tag(tag).generic_share for tag in graph.tags], np.float32)  # what leads nowhere passes nothing on
    silent = np.maximum(0, 1 - np.asarray(own.sum(axis=1)).ravel() - generic)
    for _ in range(layers.depth):
        speaking = csr(sparse.diags_array(telling) @ seeds)
        videos = csr(sparse.diags_array((weights / length).astype(np.float32)) @ (graph.edges @ speaking + told))
        mass = np.asarray((graph.edges.T @ videos).todense(), np.float32)
        mass -= _own_share(graph, speaking, weights / length)
        whole = _neighbours(graph, telling, weights, length)
        if layers.creators:
            mass += layers.creators * _over_creators(graph, members, videos)
            mass -= layers.creators * _own_share_over_creators(graph, members, speaking, weights / length)
            whole = whole * (1 + layers.creators)
        np.maximum(mass, 0, out=mass)
        seeds = _passed_on(own, mass, (layers.back * silent / np.maximum(whole, 1e-6)).astype(np.float32))
    usual = mass.sum(axis=0) + np.float32(UNKNOWN / len(kinds))
    share = mass.sum(axis=1) / np.maximum(whole, 1e-6)
    return Spread(kinds, mass, np.minimum(1, share).astype(np.float32), (usual / usual.sum()).astype(np.float32), videos, speaking)


def standing_out(mass: Matrix, usual: Matrix) -> Matrix:
    """Shares of mass above the usual, summing to 1 along the last axis, or to 0."""
    shares = (mass + PRIOR * usual) / (mass.sum(axis=-1, keepdims=True) + PRIOR)
    above = np.maximum(0, shares - usual)
    whole = above.sum(axis=-1, keepdims=True)
    found: Matrix = (above / np.where(whole > 1e-6, whole, 1)).astype(np.float32)
    return found


def divergence(mass: Matrix, usual: Matrix) -> float:
    """Kullback-Leibler divergence of a tag's shares from the usual ones, nats; 0 where there is no mass."""
    whole = float(mass.sum())
    if whole <= 0:
        return 0.0
    shares = mass / whole
    return float((shares * np.log(np.maximum(shares, 1e-9) / usual)).sum())


def tag_seeds(graph: TagGraph, kinds: tuple[str, ...]) -> Sparse:
    """What tags' own words say, tags x kinds; a row sums to at most 1."""
    at = {kind: column for column, kind in enumerate(kinds)}
    return _rows([_certain(read_tag(tag)) for tag in graph.tags], at)


def video_seeds(graph: TagGraph, kinds: tuple[str, ...], layers: Layers, seen: Seen | None = None) -> Sparse:
    """What captions and products say, videos x kinds."""
    at = {kind: column for column, kind in enumerate(kinds)}
    rows: list[dict[str, float]] = []
    for number, post in enumerate(graph.posts):
        found = {kind: weight * layers.captions for kind, weight in read_text(post.caption).items()} if post.caption else {}
        for title in post.products:
            for kind, weight in read_text(title).items():
                found[kind] = found.get(kind, 0) + weight * layers.products / len(post.products)
        rows.append(found)
        if seen and number % CHUNK == 0:
            seen(number, len(graph.posts))
    return _rows(rows, at)


def _certain(reading: Reading) -> dict[str, float]:
    trust = min(1.0, reading.kind_share / max(0.01, 1 - reading.generic_share)) * (0.4 if reading.weak else 1.0)
    return {kind: weight * trust for kind, weight in reading.kinds.items()}


def _rows(found: list[dict[str, float]], at: dict[str, int]) -> Sparse:
    counts = np.cumsum([0, *(len(row) for row in found)])
    columns = np.array([at[kind] for row in found for kind in row], np.int32)
    data = np.array([weight for row in found for weight in row.values()], np.float32)
    return csr((data, columns, counts), shape=(len(found), len(at)))


def _own_share(graph: TagGraph, speaking: Sparse, weights: Matrix) -> Matrix:
    """What each tag sent to its videos and got back from them, tags x kinds."""
    back = np.asarray(graph.edges.T @ weights).ravel()
    found: Matrix = np.asarray((sparse.diags_array(back.astype(np.float32)) @ speaking).todense(), np.float32)
    return found


def _own_share_over_creators(graph: TagGraph, members: Sparse, speaking: Sparse, sent: Matrix) -> Matrix:
    """What each tag sent into its creators' subjects and got back from them, tags x kinds."""
    plain = csr(members @ graph.edges)
    weighted = csr(members @ (sparse.diags_array(sent.astype(np.float32)) @ graph.edges))
    videos = np.maximum(1, np.asarray(members.sum(axis=1)).ravel())
    back = np.asarray((plain * weighted).T @ (1 / videos)).ravel()
    found: Matrix = np.asarray((sparse.diags_array(back.astype(np.float32)) @ speaking).todense(), np.float32)
    return found


def _neighbours(graph: TagGraph, telling: Matrix, weights: Matrix, length: Matrix) -> Matrix:
    """What would come back to each tag if every neighbour spoke of a kind with certainty, float32 [tags]."""
    per_video = (graph.edges @ telling + 0.5) * weights / length
    back = graph.edges.T @ per_video - telling * (graph.edges.T @ (weights / length))
    found: Matrix = np.asarray(back, np.float32).ravel()
    return found


def _over_creators(graph: TagGraph, members: Sparse, videos: Sparse) -> Matrix:
    """The usual subject of the creators who use a tag, weighted like its videos, tags x kinds."""
    counts = np.asarray(members.sum(axis=1)).ravel()
    profile = sparse.diags_array((1 / np.maximum(1, counts)).astype(np.float32)) @ (members @ videos)
    found: Matrix = np.asarray((graph.edges.T @ (members.T @ profile)).todense(), np.float32)
    return found


def _passed_on(own: Sparse, mass: Matrix, scale: Matrix) -> Sparse:
    """Seeds of the next layer: own words, and where these say little a part of what came back."""
    came = mass * scale[:, None]
    came[came < LEAST] = 0
    return csr(own + csr(came))
