"""`/v1/capture`: kept only where the user allowed it, masked, counted, and one comment whatever it was called before."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from companion.intake import unpack
from companion.one_comment import dom_id
from companion.store import Store, clients, comments, creators, forgotten, raw_pages, videos
from companion.store.comments import Comment
from tests.companion.browser import CHROME, STRANGER, TIKTOK, Paired
from tests.companion.captured import AT, CREATOR, CREATOR_ID, VIDEO, alias, arrive, dom_row, item, request, row, told
from tests.companion.security.test_hosts_and_origins import refused

KB = 1024
CID = "7600000000000000101"


@pytest.fixture
def allowed(paired: Paired, store: Store) -> Paired:
    """A browser that may keep what it sees."""
    with store.writing() as connection:
        clients.grant(connection, paired.client_id, ["score", "teach", "capture"])
    return paired


def stored(store: Store) -> list[Comment]:
    with store.reading() as connection:
        return comments.of_video(connection, "tiktok", VIDEO)


def bytes_of(store: Store) -> bytes:
    """Everything that the database has written so far, its log included."""
    folder: Path = store.workspace.root
    return b"".join(path.read_bytes() for path in folder.glob("buysignal.db*"))


def test_rows_are_kept_with_their_video_and_creator(allowed: Paired, store: Store) -> None:
    sent = request(
        row(store, CID, "Mia.Tests", "where can I buy this??", likes="1.2K", time="2d ago", pinned=True),
        dom_row(store, "zara", "does it ship to canada", level=2, parent=CID),
        row(store, "7600000000000000102", CREATOR, "link in bio", by_creator=True),
    )
    assert allowed.post("/v1/capture", sent).get_json() == {"new": 3, "seen": 0}
    assert allowed.post("/v1/capture", sent).get_json() == {"new": 0, "seen": 3}
    found = {comment.text: comment for comment in stored(store)}
    first, reply, own = found["where can I buy this??"], found["does it ship to canada"], found["link in bio"]
    assert (first.id, first.author_alias, first.likes, first.pinned) == (CID, store.workspace.pseudonym("mia.tests"), 1200, True)
    assert first.created_at is not None
    assert (reply.level, reply.parent_id, reply.id[:4]) == (2, CID, "dom:")
    assert own.is_creator_reply is True
    with store.reading() as connection:
        video = videos.find(connection, "tiktok", VIDEO)
        assert video
        assert creators.find(connection, "tiktok", video.creator_id or "")
        assert video.creator_id == f"@{CREATOR}"
        assert comments.came_by(connection, "tiktok", [CID], "extension") == {CID}


def test_the_pages_own_data_tells_who_the_creator_is(allowed: Paired, store: Store) -> None:
    allowed.post("/v1/capture", request(row(store, CID, "mia", "need this")))
    assert allowed.post("/v1/capture", request(embedded=item())).get_json() == {"new": 0, "seen": 0}
    allowed.post("/v1/capture", request(row(store, CID, "mia", "need this")))
    with store.reading() as connection:
        video = videos.find(connection, "tiktok", VIDEO)
        assert video
        assert (video.creator_id, video.caption, video.hashtags) == (CREATOR_ID, "my new ring light #ringlight", ("ringlight",))
        assert creators.find(connection, "tiktok", f"@{CREATOR}") is None, "the handle alone gave way to the id"
        assert creators.count(connection) == 1
        assert [metric.plays for metric in videos.metrics(connection, "tiktok", VIDEO)] == [1000]


def test_what_a_page_rounds_takes_nothing_away_from_what_is_known(allowed: Paired, store: Store) -> None:
    arrive(store, told(CID, "mia", "need this [smile]", digg_count=1249), at=AT)
    [before] = stored(store)
    allowed.post("/v1/capture", request(row(store, CID, "mia", "necesito esto", likes="1.2K", time="3d ago")))
    assert stored(store) == [before]
    allowed.post("/v1/capture", request(row(store, CID, "mia", "necesito esto", likes="2.1K", time="3d ago")))
    assert [comment.likes for comment in stored(store)] == [2100]


@pytest.mark.parametrize("scopes", [["score"], ["score", "teach"], []])
def test_attack_11_without_the_scope_nothing_is_kept(paired: Paired, store: Store, scopes: list[str]) -> None:
    with store.writing() as connection:
        clients.grant(connection, paired.client_id, scopes)
    assert refused(paired.post("/v1/capture", request(row(store, CID, "mia", "need this"))), 403)["error"] == "scope"
    assert stored(store) == []


def test_a_new_pairing_may_not_keep_anything_and_hello_says_what_it_may(paired: Paired, store: Store) -> None:
    ask = {"client_id": paired.client_id, "nonce": "ab" * 32}
    assert paired.answer["scopes"] == ["score", "teach"]
    assert paired.post("/v1/hello", ask, Authorization="").get_json()["scopes"] == ["score", "teach"]
    with store.writing() as connection:
        clients.grant(connection, paired.client_id, ["score", "teach", "capture"])
    assert paired.post("/v1/hello", ask, Authorization="").get_json()["scopes"] == ["score", "teach", "capture"]


def test_attack_8_and_9_other_origins_are_refused(allowed: Paired, store: Store, pair: Callable[..., Paired]) -> None:
    sent = request(row(store, CID, "mia", "need this"))
    for origin in (TIKTOK, STRANGER, "null"):
        refused(allowed.post("/v1/capture", sent, Origin=origin), 403)
    other = pair(STRANGER, "Other")
    assert refused(other.holding(allowed.token).post("/v1/capture", sent), 403)["error"] == "token_origin"
    refused(allowed.post("/v1/capture", sent, Authorization=""), 401)
    refused(allowed.post("/v1/capture", sent, Sec_Fetch_Site="cross-site", Origin=""), 403)
    assert stored(store) == []


def test_attack_15_2_mb_are_taken_and_no_byte_more(allowed: Paired, store: Store) -> None:
    def of_size(size: int) -> bytes:
        body = request(row(store, CID, "mia", "need this"), embedded={"webapp.user-detail": {"junk": ""}})
        empty = json.dumps(body).encode()
        return json.dumps(body | {"embedded": {"webapp.user-detail": {"junk": "x" * (size - len(empty))}}}).encode()

    refused(allowed.post("/v1/capture", data=of_size(2 * KB * KB + 1)), 413)
    assert allowed.post("/v1/capture", data=of_size(2 * KB * KB)).status_code == 200
    assert b"xxxxxxxx" not in bytes_of(store), "what is not read is not kept"


def test_attack_15_101_rows(allowed: Paired, store: Store) -> None:
    rows = [row(store, str(int(CID) + n), "mia", "hi") for n in range(101)]
    assert "rows" in refused(allowed.post("/v1/capture", request(*rows)), 422)["message"]
    assert allowed.post("/v1/capture", request(*rows[:100])).get_json() == {"new": 100, "seen": 0}


ODD: list[dict[str, Any]] = [
    {"id": "<img src=x onerror=alert(1)>"},
    {"id": "dom:short"},
    {"author": "mia.tests"},
    {"author": "Mia Tests"},
    {"nickname": "Mia"},
    {"avatar": "https://p16.example.invalid/mia.jpg"},
    {"text": None},
    {"text": 7},
    {"level": 3},
    {"parent": "../../etc/passwd"},
    {"likes": 12},
    {"by_creator": "yes"},
    {"text": "x" * 4001},
]


@pytest.mark.parametrize("change", ODD, ids=str)
def test_attack_15_odd_rows_are_refused_and_none_of_the_message_is_kept(change: dict[str, Any], allowed: Paired, store: Store) -> None:
    good = row(store, CID, "mia", "need this")
    answer = refused(allowed.post("/v1/capture", request(good, {**good, **change})), 422)
    assert "mia" not in answer["message"].lower(), "a refusal quotes nothing"
    assert stored(store) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[]", 422),
        (b'{"rows": [], "rows": []}', 400),
        (b'{"embedded": {"webapp.user-detail": {"a": NaN}}}', 400),
        (b'{"embedded": {"webapp.user-detail": {"a": 1e999}}}', 400),
        (b'{"embedded": {"webapp.app-context": {}}}', 422),
        (b'{"embedded": {"webapp.user-detail": []}}', 422),
        (b'{"embedded": {"webapp.user-detail": ' + b'{"a":' * 40 + b"1" + b"}" * 41 + b"}", 400),
        (b'{"video_id": "1 OR 1=1", "rows": []}', 422),
        (b'{"creator": "<script>"}', 422),
        (b'{"platform": "instagram"}', 422),
        (b'{"__proto__": {}}', 422),
    ],
)
def test_attack_15_odd_json(body: bytes, status: int, allowed: Paired, store: Store) -> None:
    refused(allowed.post("/v1/capture", data=body), status)
    assert stored(store) == []


@pytest.mark.parametrize(
    "embedded",
    [
        {"webapp.video-detail": {"itemInfo": None}},
        {"webapp.video-detail": {"itemInfo": {"itemStruct": {"id": {"a": 1}, "stats": [], "author": "x", "textExtra": [1, None]}}}},
        {"webapp.user-detail": {"userInfo": {"user": {"id": "not a number", "verified": "yes"}}}},
        {"webapp.challenge-detail": {"challengeInfo": {"challenge": {"id": 3.5}}}},
        {"webapp.video-detail": {}},
    ],
    ids=json.dumps,
)
def test_odd_page_data_says_nothing_and_harms_nothing(embedded: dict[str, Any], allowed: Paired, store: Store) -> None:
    sent = request(row(store, CID, "mia", "need this"), embedded=embedded)
    assert allowed.post("/v1/capture", sent).get_json() == {"new": 1, "seen": 0}
    assert [comment.text for comment in stored(store)] == ["need this"]


def test_identities_planted_in_a_message_reach_neither_the_database_nor_its_log(allowed: Paired, store: Store) -> None:
    person = {"uid": "7100000000000009876", "unique_id": "planted.handle", "nickname": "Planted Name", "sec_uid": "MS4wPLANTED"}
    sent = request(
        row(
            store,
            CID,
            "planted.handle",
            "ask @planted.handle or planted@example.com, +1 (202) 555-0147",
            time="Planted Name",
            likes="planted",
        ),
        embedded=item(
            comments=[{"cid": CID, "text": "hi", "user": person}],
            textExtra=[{"type": 0, "userUniqueId": "planted.handle", "userId": person["uid"], "hashtagName": "ringlight"}],
            note="Planted Name",
            desc="with @planted.handle #ringlight",
        )
        | {
            "webapp.user-detail": {
                "userInfo": {"user": {"id": CREATOR_ID, "uniqueId": CREATOR, "signature": "Planted Name", "bioLink": person}}
            }
        },
    )
    assert allowed.post("/v1/capture", sent).status_code == 200
    with store.reading() as connection:
        pages = [unpack(page.body) for _, page in raw_pages.walk(connection)]
    assert len(pages) == 3
    written = bytes_of(store).lower() + json.dumps(pages).lower().encode()
    assert written.count(b"[e-mail]") >= 2, "the row is there, and the page that it came in"
    for planted in (b"planted", b"555-0147", b"7100000000000009876", b"ms4w"):
        assert planted not in written


def test_a_forgotten_persons_rows_and_a_forgotten_creators_page_stay_out(allowed: Paired, store: Store) -> None:
    with store.writing() as connection:
        pseudonym = store.workspace.pseudonym
        forgotten.add(connection, [pseudonym("mia"), *forgotten.creator_marks("1", "other.shop")], pseudonym, 1)
    sent = request(row(store, CID, "mia", "need this"), row(store, "7600000000000000102", "zara", "me too"))
    assert allowed.post("/v1/capture", sent).get_json() == {"new": 1, "seen": 0}
    assert [comment.text for comment in stored(store)] == ["me too"]
    other = {**sent, "video_id": "7600000000000000012", "creator": "Other.Shop"}
    assert allowed.post("/v1/capture", other).get_json() == {"new": 0, "seen": 0}


def test_ids_and_aliases_are_those_of_the_extension() -> None:
    """The same figures stand in extension/lib/comment-id.test.ts."""
    alias_of = hmac.digest(bytes.fromhex("ab" * 32), b"ann.lee", "sha256").hex()[:32]
    assert dom_id("7300000000000000001", alias_of, "how much? 😍", 1, 0) == "dom:9de231bd8eb9ac608f4c755295912040"
    assert dom_id("7300000000000000001", alias_of, "how much? 😍", 1, 1) == "dom:8f52dc7a698d0120d5c365a15fe7d622"


def test_the_extensions_alias_is_the_companions_pseudonym(store: Store) -> None:
    assert alias(store, "Mia.Tests") == store.workspace.pseudonym("mia.tests") == store.workspace.pseudonym("Mia.Tests")


def test_a_revoked_browser_keeps_nothing(allowed: Paired, store: Store) -> None:
    with store.writing() as connection:
        clients.revoke(connection, allowed.client_id)
    refused(allowed.post("/v1/capture", request(row(store, CID, "mia", "need this")), Origin=CHROME), 401)
    assert stored(store) == []
