"""The trained variant for comparison: LightGCN vectors and the fusing weights of `users`, learned with torch (the `train` extra).

Bayesian personalised ranking (Rendle 2009): a creator's vector shall lie nearer to a tag they use than to one they do not. In each
round a part of the edges is hidden; the creator is represented by the rest and ranked on the hidden ones.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from companion.hashtags.embedding import Embedding, video_vectors
from companion.hashtags.graph import Sparse, TagGraph, csr
from companion.hashtags.users import UserWeights
from companion.hashtags.vectors import Matrix, unit

ROUNDS = 80
TRIPLES = 8_192
"""Ranked pairs a round."""

HIDDEN = 0.3
"""Part of the edges hidden in a round."""

RATE = 0.01
DECAY = 1e-4


@dataclass(frozen=True, eq=False)
class Trained:
    """Learned vectors and weights, and the loss of each round (nats)."""

    embedding: Embedding
    weights: UserWeights
    losses: tuple[float, ...]


def train(graph: TagGraph, start: Embedding, rounds: int = ROUNDS, seed: int = 0) -> Trained:
    """Learn from the graph, starting at untrained vectors.

    Raises:
        ImportError: torch is not installed; install BuySignal with its `train` extra.
        ValueError: no creator uses a tag.
    """
    import torch

    edges = graph.creator_tags().tocoo()
    if not edges.nnz:
        raise ValueError("no creator uses a tag; there is nothing to learn from")
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    d = start.tags.shape[1]
    tags = torch.nn.Parameter(torch.tensor(start.tags))
    plain = UserWeights.plain(d)
    w_tags, w_posts, fuse, bias = (torch.nn.Parameter(torch.tensor(part)) for part in (plain.tags, plain.posts, plain.fuse, plain.bias))
    optimiser = torch.optim.Adam([tags, w_tags, w_posts, fuse, bias], RATE, weight_decay=DECAY)
    posts = torch.tensor(_mean(graph.membership(), start.videos))
    losses = []
    for _ in range(rounds):
        hidden = rng.random(edges.nnz) < HIDDEN
        left = csr((np.ones(int((~hidden).sum()), np.float32), (edges.row[~hidden], edges.col[~hidden])), shape=edges.shape)
        used = _torch(_normal(left))
        layered = (tags + torch.sparse.mm(used.t(), torch.sparse.mm(used, tags))) / 2
        of_tags = torch.tanh(torch.sparse.mm(_torch(_by_row(left)), layered) @ w_tags.T)
        creators = torch.tanh(torch.cat([torch.tanh(posts @ w_posts.T), of_tags], 1) @ fuse.T + bias)
        shown = rng.choice(np.flatnonzero(hidden) if hidden.any() else np.arange(edges.nnz), TRIPLES)
        who, right, wrong = edges.row[shown], edges.col[shown], rng.integers(0, len(graph.tags), TRIPLES)
        margin = (creators[who] * (layered[right] - layered[wrong])).sum(1)
        loss = torch.nn.functional.softplus(-margin).mean()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        losses.append(float(loss.detach()))
    whole = _torch(_normal(graph.creator_tags()))
    with torch.no_grad():
        final: Matrix = unit(((tags + torch.sparse.mm(whole.t(), torch.sparse.mm(whole, tags))) / 2).numpy())
    weights = UserWeights(*(part.detach().numpy() for part in (w_tags, w_posts, fuse, bias)))
    return Trained(Embedding(final, video_vectors(graph, final)), weights, tuple(losses))


def _normal(matrix: Sparse) -> Sparse:
    """Degree-normalised: 1 / sqrt(row degree x column degree)."""
    found = matrix.tocoo()
    rows, columns = np.bincount(found.row, minlength=found.shape[0]), np.bincount(found.col, minlength=found.shape[1])
    data = (1 / np.sqrt(rows[found.row] * columns[found.col])).astype(np.float32)
    return csr((data, (found.row, found.col)), shape=found.shape)


def _by_row(matrix: Sparse) -> Sparse:
    found = matrix.tocoo()
    rows = np.bincount(found.row, minlength=found.shape[0])
    return csr(((1 / rows[found.row]).astype(np.float32), (found.row, found.col)), shape=found.shape)


def _mean(members: Sparse, vectors: Matrix) -> Matrix:
    found: Matrix = np.asarray(_by_row(members) @ vectors, np.float32)
    return found


def _torch(matrix: Sparse):  # type: ignore[no-untyped-def]
    import torch

    found = matrix.tocoo()
    return torch.sparse_coo_tensor(
        torch.tensor(np.stack([found.row, found.col])), torch.tensor(found.data), found.shape, check_invariants=False
    ).coalesce()
