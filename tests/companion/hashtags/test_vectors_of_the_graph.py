"""Vectors of tags and creators: those that share posts lie together, whichever way they are made."""

import numpy as np
import pytest

from companion.hashtags.deepwalk import deepwalk
from companion.hashtags.embedding import embed
from companion.hashtags.graph import build_graph
from companion.hashtags.posts import Post
from companion.hashtags.users import UserWeights, represent
from tests.companion.hashtags.scene import posts

CATS, MAKEUP = ("zibblo", "kitten", "catlover"), ("quarvex", "makeup", "lipstick")


@pytest.fixture(scope="module")
def graph():
    return build_graph(posts())


def together(graph, vectors):
    """Mean cosine inside the two groups, and between them."""
    rows = [vectors[[graph.find(tag) for tag in group]] for group in (CATS, MAKEUP)]
    return np.mean([(group @ group.T)[np.triu_indices(3, 1)].mean() for group in rows]), (rows[0] @ rows[1].T).mean()


def test_layers_bring_tags_of_shared_posts_together(graph):
    inside, between = together(graph, embed(graph, 8).tags)
    assert inside > between + 0.5


def test_walks_bring_tags_of_shared_posts_together(graph):
    inside, between = together(graph, deepwalk(graph, 8))
    assert inside > between + 0.15


def test_creators_of_a_subject_lie_together_and_near_its_tags(graph):
    embedding = embed(graph, 8)
    users = represent(graph, embedding)
    name = {creator: at for at, creator in enumerate(graph.creators)}
    cat, other_cat, makeup = (users[name[f"tiktok:{key}"]] for key in ("00", "01", "10"))
    assert cat @ other_cat > cat @ makeup + 0.5
    assert cat @ embedding.tags[graph.find("zibblo")] > cat @ embedding.tags[graph.find("quarvex")]


def test_a_creator_is_fused_as_the_formula_says():
    """u = phi(W [u^v, u^h] + b), by hand for one creator with one post of one tag beside another."""
    graph = build_graph([Post("1", "c", ("a", "b"))])
    embedding = embed(graph, 2)
    d = embedding.tags.shape[1]
    weights = UserWeights(*(np.full(shape, 0.3, np.float32) for shape in ((d, d), (d, d), (d, 2 * d), (d,))))
    of_tags = np.tanh(weights.tags @ embedding.tags.mean(axis=0))
    of_posts = np.tanh(weights.posts @ embedding.videos[0])
    fused = np.tanh(weights.fuse @ np.concatenate([of_posts, of_tags]) + weights.bias)
    assert represent(graph, embedding, weights)[0] == pytest.approx(fused / np.linalg.norm(fused), abs=1e-5)


@pytest.mark.parametrize("made", [[], [Post("1", "c", ())], [Post("1", "c", ("alone",))]])
def test_a_graph_without_pairs_has_vectors_of_nothing(made):
    graph = build_graph(made)
    assert not np.isnan(embed(graph).tags).any()
    assert deepwalk(graph).shape[0] == len(graph.tags)


def test_training_lowers_the_loss_and_keeps_subjects_together(graph):
    pytest.importorskip("torch", reason="the train extra is not installed")
    from companion.hashtags.trained import train

    learned = train(graph, embed(graph, 8), rounds=30)
    assert learned.losses[-1] < learned.losses[0]
    inside, between = together(graph, learned.embedding.tags)
    assert inside > between


def test_nothing_to_learn_from_is_said():
    pytest.importorskip("torch", reason="the train extra is not installed")
    from companion.hashtags.trained import train

    graph = build_graph([Post("1", "c", ())])
    with pytest.raises(ValueError, match="no creator uses a tag"):
        train(graph, embed(graph))
