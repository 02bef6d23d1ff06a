"""Near-duplicate clusters."""

from __future__ import annotations

import json
import time
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import companion.training
from labeling import minhash
from labeling.clusters import SHORT, cluster_ids
from labeling.minhash import ALIKE, alike, likeness
from labeling.same_text import WORDLESS, same_text_key

WORDS = ["need", "this", "in", "black", "please", "where", "can", "i", "get", "it", "how", "much", "cost", "link", "size", "color", "ship"]
SEED = Path(companion.training.__file__).parent / "seed"


def comments() -> list[str]:
    """The comments of the shipped seed."""
    return [json.loads(line)["text"] for file in sorted(SEED.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]


def edited(text: str, chance: np.random.Generator) -> str:
    """One letter of it put in place of another."""
    place = int(chance.integers(len(text)))
    return text[:place] + chance.choice(list("aeiortsn")) + text[place + 1 :]


def near_duplicates(one: str, other: str) -> bool:
    """By definition: the same key, or long enough and alike."""
    keys = same_text_key(one), same_text_key(other)
    if keys[0] == keys[1]:
        return True
    return all(len(key) >= SHORT and not key.startswith(WORDLESS) for key in keys) and likeness(*keys) >= ALIKE


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join) | st.text(max_size=12), max_size=25))
@settings(deadline=None, max_examples=150)
def test_near_duplicates_never_differ_in_cluster(texts: list[str]) -> None:
    clusters = cluster_ids(texts)

    for one, other in combinations(range(len(texts)), 2):
        if near_duplicates(texts[one], texts[other]):
            assert clusters[one] == clusters[other]


def test_nothing_shares_a_cluster_but_near_duplicates_and_chains_of_them() -> None:
    texts = comments()[:1500]
    texts += [edited(text, np.random.default_rng(place)) for place, text in enumerate(texts[::3]) if text]
    clusters = cluster_ids(texts)

    of: dict[str, list[str]] = {}
    for text, cluster in zip(texts, clusters, strict=True):
        of.setdefault(cluster, []).append(text)
    assert sum(len(members) > 1 for members in of.values()) > 100
    for members in of.values():
        reached, waiting = {members[0]}, [members[0]]
        while waiting:
            here = waiting.pop()
            found = {other for other in members if other not in reached and near_duplicates(here, other)}
            reached |= found
            waiting += found
        assert reached == set(members)


def test_a_pair_at_the_limit_is_found_as_often_as_banding_promises() -> None:
    """Of pairs between 0.7 and 0.8 alike none of thousands is lost; between 0.4 and 0.5 about as many meet as the formula says."""
    chance = np.random.default_rng(5)
    letters = list("abcdefghijklmnopqrstuvwxyz")
    pairs = [("".join(chance.choice(letters, 35)),) * 2 for _ in range(6000)]
    texts = [text for one, other in pairs for text in (one, _with_edits(other, chance))]
    pieces, bands = minhash._read(texts)
    left = np.arange(0, len(texts), 2)
    share = minhash._likeness(pieces, left, left + 1)
    met = (bands[:, left] == bands[:, left + 1]).any(axis=0)

    near, half = (share >= 0.7) & (share < 0.8), (share >= 0.4) & (share < 0.5)
    assert near.sum() > 1000
    assert (~met[near]).sum() <= 1
    assert met[half].mean() == pytest.approx((1 - (1 - share[half] ** minhash.ROWS) ** minhash.BANDS).mean(), abs=0.08)


def _with_edits(text: str, chance: np.random.Generator) -> str:
    for _ in range(int(chance.integers(1, 5))):
        text = edited(text, chance)
    return text


@pytest.mark.parametrize(
    "texts",
    [
        ["where is this top from", "where is this top from??", "wherre is this top from", "where is that top from"],
        ["i really need this in black", "i really need this in black pls", "I REALLY need this in blak"],
        ["¿cuánto cuesta el envío a México?", "cuanto cuesta el envio a mexico", "cuanto cuesta envio a mexico"],
        ["这个在哪里可以买到啊谢谢", "这个在哪里可以买到啊谢谢你"],
    ],
)
def test_people_saying_the_same_thing_share_a_cluster(texts: list[str]) -> None:
    assert len(set(cluster_ids(texts))) == 1


def test_short_comments_share_a_cluster_only_when_they_are_the_same() -> None:
    assert len(set(cluster_ids(["price", "prices", "pride", "price?", "PRICE 🔥"]))) == 3


def test_emoji_only_comments_group_by_their_symbols() -> None:
    clusters = cluster_ids(["🔥", "🔥🔥🔥🔥", "😭", "😭 😭", "🔥😭", "😭🔥🔥"])

    assert clusters[0] == clusters[1] != clusters[2] == clusters[3] != clusters[4] == clusters[5]


def test_two_templates_stay_two_clusters() -> None:
    texts = [f"buy cheap followers at shop {place * 7919} dot com today" for place in range(3000)]
    texts += [f"my aunt number {place * 104729} already has this lamp at home" for place in range(3000)]

    clusters = cluster_ids(texts)

    assert len(set(clusters[:3000])) == len(set(clusters[3000:])) == 1
    assert len(set(clusters)) == 2


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=15))
@settings(deadline=None)
def test_the_order_of_the_texts_does_not_matter(texts: list[str]) -> None:
    names = dict(zip(texts, cluster_ids(texts), strict=True))
    mixed = sorted(texts, key=lambda text: text[::-1])

    assert dict(zip(mixed, cluster_ids(mixed), strict=True)) == names


def test_a_cluster_keeps_its_name_when_strangers_join_the_task() -> None:
    texts = ["where is this top from", "where is this top from pls"]

    assert cluster_ids([*texts, *comments()[:200]])[:2] == cluster_ids(texts)


@given(st.lists(st.text(st.characters(categories=["Cs", "So", "Mn", "Cf", "Lu", "Po", "Nd", "Zs", "Lo"]), max_size=20), max_size=10))
@settings(deadline=None)
def test_odd_texts_raise_nothing(texts: list[str]) -> None:
    assert len(cluster_ids(texts)) == len(texts)


def test_no_texts_have_no_clusters() -> None:
    assert cluster_ids([]) == []
    assert alike([]).tolist() == []
    assert likeness("", "") == 0


def test_a_comment_of_a_hundred_thousand_letters_is_read_like_any_other() -> None:
    assert len(set(cluster_ids(["ab " * 50_000, "ab " * 60_000]))) == 1


def test_the_whole_seed_with_its_variants_takes_seconds() -> None:
    chance = np.random.default_rng(0)
    texts = [text for text in comments() if text]
    texts += [edited(text, chance) for text in texts]

    started = time.process_time()
    clusters = cluster_ids(texts)

    assert time.process_time() - started < 0.1e-3 * 2 * len(texts) + 2  # 1,000,000 in a couple of minutes is 0.12 ms each
    assert max(Counter(clusters).values()) < len(texts) / 100  # no chain swallows the task
