"""Nobody who commented can be found in anything that is kept; who asks to be forgotten is gone, pseudonyms and all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from companion import intake
from companion.cli import main
from companion.commands.export import FORMATS, WHAT
from companion.forget import forget_commenter
from companion.intake import Captured, Origin, take
from companion.reparse import reparse
from companion.store import Store, creators, inbox, labels, open_store, runs, saved_searches, tasks
from companion.store.runs import Run
from companion.store.tasks import Wanted
from companion.tiktok import Asked, asked_of, embedded
from tests.companion.browser import Paired
from tests.companion.planted import SECRETS, VIDEO, Person, envelope, found_in, haystacks, people, row
from tests.companion.store.scenes import label
from tests.companion.tiktok.shapes import item, items

AT = 1_795_198_800_000
PEOPLE = people()
MAKER = {"id": "7100000000000555022", "uniqueId": "Maker.Of.Lamps", "nickname": "Lampen Macher 🪔", "secUid": "MS4wLjABAAAAmaker"}
HIS = ("7600000000000555011", "7600000000000555012")
SCRAPE = Origin("scrape", "run1")
QUERY = f"msToken={SECRETS[0]}&verifyFp={SECRETS[1]}&device_id={SECRETS[2]}&X-Bogus={SECRETS[4]}"


def question(path: str) -> Asked:
    found = asked_of(f"https://www.tiktok.com/api/{path}&{QUERY}")
    assert found
    return found


def captured(asked: Asked, body: object) -> Captured:
    return Captured(asked, 200, body, AT)


def web(persons: list[Person]) -> list[Captured]:
    """Comments with previews, and replies."""
    rows = [
        row(one, n, reply_comment=[row(two, n + 500, reply_id=str(7_600_000_000_000_001_000 + n), reply_to_userid=one.uid)])
        for n, (one, two) in enumerate(zip(persons, persons[1:] + persons[:1], strict=True))
    ]
    replies = [row(one, n + 2_000, reply_id=rows[0]["cid"], reply_to_username=persons[0].name) for n, one in enumerate(persons)]
    return [
        captured(question(f"comment/list/?aweme_id={VIDEO}&cursor=0"), envelope(*rows)),
        captured(question(f"comment/list/reply/?item_id={VIDEO}&comment_id={rows[0]['cid']}&cursor=0"), envelope(*replies)),
    ]


def of_drift(persons: list[Person]) -> list[Captured]:
    """The same under keys that nobody knows yet."""
    rows = []
    for n, person in enumerate(persons):
        whole = row(person, n + 4_000)
        whole["content"] = whole.pop("text")
        whole["commenter"] = whole.pop("user")
        rows.append({"comment_info": whole} if n % 2 else whole)
    return [captured(question(f"comment/list/?aweme_id={VIDEO}&cursor=40"), envelope(*rows))]


def about_videos(persons: list[Person]) -> list[Captured]:
    """Commenters named in answers about videos: captions, marked mentions, comments shown beside them."""
    films = [
        item(
            id=str(7_600_000_000_000_000_100 + n),
            desc=f"with @{one.handle} and {one.mail} #lamp",
            author={"id": "7100000000000000022", "uniqueId": "shop.tests", "nickname": "Shop Tests", "secUid": "MS4wshop"},
            textExtra=[{"userId": one.uid, "userUniqueId": one.handle, "secUid": one.secret, "hashtagName": "", "start": 5, "end": 6}],
            comments=[row(one, n + 6_000)],
            duetInfo={"from_user": one.account()},
            playAddr=f"https://v16.example/a?x-signature={SECRETS[4]}",
        )
        for n, one in enumerate(persons)
    ]
    page = {"itemInfo": {"itemStruct": films[0]}, "statusCode": 0, "shareMeta": {"desc": persons[0].name}}
    universal = {
        "__DEFAULT_SCOPE__": {
            "webapp.video-detail": page,
            "webapp.app-context": {"user": persons[1].account(), "csrfToken": SECRETS[0], "wid": SECRETS[2]},
        }
    }
    html = f'<html><script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">{json.dumps(universal)}</script></html>'
    sigi = {
        "ItemModule": {
            HIS[0][:-1] + "9": item(id=HIS[0][:-1] + "9", author="shop.tests", authorId="7100000000000000022", nickname="Shop Tests")
        },
        "UserModule": {"users": {"shop.tests": item()["author"], persons[2].handle: persons[2].account()}},
        "CommentItem": {str(n): row(one, n + 7_000) for n, one in enumerate(persons)},
    }
    old = f'<html><script id="SIGI_STATE" type="application/json">{json.dumps(sigi)}</script></html>'
    return [
        captured(question("recommend/item_list/?count=30"), items(*films)),
        captured(question(f"item/detail/?itemId={films[0]['id']}"), page),
        captured(
            question("search/general/full/?keyword=lamp"),
            {"data": [{"type": 1, "item": films[1]}], "user_list": [{"user_info": persons[3].account()}]},
        ),
        *(captured(asked, body) for asked, body in embedded(html) + embedded(old)),
    ]


def of_the_app(persons: list[Person]) -> list[Captured]:
    """The app's answers of 2021."""
    body = {"code": 200, "data": envelope(*(row(one, n + 8_000) for n, one in enumerate(persons)))}
    return [captured(question(f"comment/list/?aweme_id={VIDEO}&cursor=60"), body)]


def as_shown(persons: list[Person], pseudonym: Callable[[str], str]) -> list[Captured]:
    """Rows that a browser sends: writers are pseudonyms already, texts are not masked."""
    rows = [
        {
            "id": str(7_600_000_000_000_009_000 + n),
            "author": pseudonym(one.handle),
            "text": one.written(),
            "time": one.name,
            "likes": one.uid,
        }
        for n, one in enumerate(persons)
    ]
    thread = {"id": VIDEO, "author": {"uniqueId": "shop.tests"}, "rows": rows, "viewer": persons[0].account()}
    return [captured(Asked("rendered", f"rendered/{VIDEO}", VIDEO), {"at": AT, "thread": thread})]


def fill(store: Store) -> None:
    """Plant everybody in every page that comes from a browser."""
    pages = [*web(PEOPLE), *of_drift(PEOPLE), *about_videos(PEOPLE), *of_the_app(PEOPLE)]
    for page in pages:
        take(store, [page], SCRAPE)
    take(store, as_shown(PEOPLE, store.workspace.pseudonym), Origin("extension"))


def by_file(store: Store, folder: Path) -> None:
    """Plant everybody in files of other programs, and import those."""
    lines = [
        {
            "item_id": str(n),
            "source_platform": "tiktok.com",
            "timestamp_collected": AT,
            "data": row(one, n + 10_000),
            "source_url": one.name,
        }
        for n, one in enumerate(PEOPLE)
    ]
    (folder / "zee.ndjson").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    table = [
        {
            "id": str(7_600_000_000_000_020_000 + n),
            "video_id": VIDEO,
            "text": one.written(),
            "author": one.handle,
            "author_id": one.uid,
            "nickname": one.name,
        }
        for n, one in enumerate(PEOPLE)
    ]
    (folder / "table.jsonl").write_text("".join(json.dumps(line) + "\n" for line in table), encoding="utf-8")
    for name in ("zee.ndjson", "table.jsonl"):
        command(store, "import", str(folder / name))


def command(store: Store, *words: str) -> str:
    result = CliRunner().invoke(main, [*words, "--workspace", str(store.workspace.root)])
    assert result.exit_code == 0, result.output
    return result.output


def exported(store: Store, folder: Path) -> Path:
    """Everything that can be exported, in every format."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for what in WHAT:
        for kind in FORMATS:
            command(store, "export", what, "--format", kind, "--out", str(folder / f"{what}.{kind}"))
    return folder


NEEDLES = sorted({needle for person in PEOPLE for needle in person.needles} | set(SECRETS))


def test_fifty_planted_people_are_found_nowhere(store: Store, tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    fill(store)
    by_file(store, files)
    holder = store.connect("reader")  # so that the log stays beside the database
    holder.execute("SELECT count(*) FROM comment").fetchone()
    with store.reading() as connection:
        assert connection.execute("SELECT count(*) FROM comment").fetchone()[0] > 300
        doors = {value for (value,) in connection.execute("SELECT DISTINCT door FROM raw_page")}
        assert doors == {"scrape", "extension", "zeeschuimer"}
        assert "need this" in connection.execute("SELECT text FROM comment WHERE text <> ''").fetchone()[0]
    assert found_in(haystacks(store, exported(store, tmp_path / "out")), NEEDLES) == []
    reparse(store)
    assert found_in(haystacks(store, exported(store, tmp_path / "out")), NEEDLES) == []
    holder.close()


def test_the_search_itself_finds_what_is_there(store: Store) -> None:
    (store.workspace.root / "leak.txt").write_text(json.dumps({"n": PEOPLE[0].name}) + PEOPLE[1].mail, encoding="utf-8")
    found = found_in(haystacks(store), NEEDLES)
    assert [PEOPLE[0].name in line or PEOPLE[1].mail in line for line in found] == [True, True]


def without_list(store: Store, folder: Path) -> Store:
    """A copy of the workspace whose list of forgotten people is empty."""
    store.checkpoint()
    shutil.copytree(store.workspace.root, folder)
    copy = open_store(folder)
    with closing(copy.connect("writer")) as connection:
        connection.execute("DELETE FROM forgotten")
        connection.execute("VACUUM")
    copy.checkpoint()
    return copy


@pytest.mark.parametrize("name", [PEOPLE[4].handle, f"@{PEOPLE[4].handle.upper()}", PEOPLE[4].uid])
def test_a_forgotten_commenter_is_gone_with_both_pseudonyms(store: Store, tmp_path: Path, name: str) -> None:
    one = PEOPLE[4]
    fill(store)
    pseudonyms = [store.workspace.pseudonym(one.uid), store.workspace.pseudonym(one.handle)]
    with store.writing("labels") as connection:
        mine = connection.execute("SELECT id FROM comment WHERE author = ? AND level = 1", [pseudonyms[0]]).fetchone()[0]
        answer = connection.execute("SELECT id FROM comment WHERE parent_id = ?", [mine]).fetchone()[0]
        labels.append(connection, label(1, comment_id=mine, video_id=VIDEO, text="of the forgotten"))
        labels.append(connection, label(2, comment_id=answer, video_id=VIDEO, context={"parent": "of the forgotten"}))
        inbox.mark(connection, "tiktok", mine, "later")
    others = len(all_comments(store)) - len(written_by(store, pseudonyms))
    said = json.loads(command(store, "forget", "--user", name, "--json"))
    assert said["comments"] > 3
    assert said["pages"] > 3
    assert written_by(store, pseudonyms) == []
    assert len(all_comments(store)) == others
    assert (
        found_in(haystacks(without_list(store, tmp_path / "copy"), exported(store, tmp_path / "out")), [*pseudonyms, "of the forgotten"])
        == []
    )
    reparse(store)
    fill(store)
    assert written_by(store, pseudonyms) == []
    assert len(all_comments(store)) == others, "everybody else comes back, and nobody twice"
    assert found_in(haystacks(without_list(store, tmp_path / "copy2")), pseudonyms) == []


def all_comments(store: Store) -> list[str]:
    with store.reading() as connection:
        return [str(found["id"]) for found in connection.execute("SELECT id FROM comment")]


def written_by(store: Store, pseudonyms: list[str]) -> list[str]:
    with store.reading() as connection:
        sql = "SELECT id FROM comment WHERE author IN (?, ?) OR author_alias IN (?, ?)"
        return [str(found["id"]) for found in connection.execute(sql, [*pseudonyms, *pseudonyms])]


def his_pages() -> list[Captured]:
    """A creator in every page that names creators."""
    films = [item(id=video, author=MAKER, music={"id": "1", "title": "a song"}, desc=f"caption of lamps {video}") for video in HIS]
    flat = item(id=HIS[1], author=MAKER["uniqueId"], authorId=MAKER["id"], nickname=MAKER["nickname"])
    sigi = {
        "ItemModule": {HIS[1]: flat},
        "UserModule": {"users": {MAKER["uniqueId"]: MAKER}, "stats": {MAKER["uniqueId"]: {"followerCount": 5}}},
        "CommentItem": {"1": row(PEOPLE[0], 11_000, video=HIS[1])},
    }
    old = f'<html><script id="SIGI_STATE" type="application/json">{json.dumps(sigi)}</script></html>'
    own = {
        **row(PEOPLE[1], 12_000, video=HIS[0]),
        "user": {"uid": MAKER["id"], "unique_id": MAKER["uniqueId"], "nickname": MAKER["nickname"]},
    }
    return [
        captured(question("recommend/item_list/?count=30"), items(*films, item())),
        captured(question(f"item/detail/?itemId={HIS[0]}"), {"itemInfo": {"itemStruct": films[0]}, "statusCode": 0}),
        captured(
            question(f"user/detail/?uniqueId={MAKER['uniqueId']}"),
            {"userInfo": {"user": MAKER, "stats": {"followerCount": 5}}, "statusCode": 0},
        ),
        captured(question(f"search/general/full/?keyword={MAKER['uniqueId']}+lamp"), {"data": [{"type": 1, "item": films[1]}]}),
        captured(question(f"comment/list/?aweme_id={HIS[0]}&cursor=0"), envelope(row(PEOPLE[2], 13_000, video=HIS[0]), own)),
        captured(question(f"comment/list/?aweme_id={VIDEO}&cursor=0"), envelope({**own, "cid": "7600000000000014000", "aweme_id": VIDEO})),
        *(captured(asked, body) for asked, body in embedded(old)),
        captured(Asked("rendered", f"rendered/{HIS[1]}", HIS[1]), {"at": AT, "thread": {"id": HIS[1], "author": MAKER, "rows": []}}),
    ]


@pytest.mark.parametrize("name", ["@maker.of.lamps", MAKER["id"]])
def test_a_forgotten_creator_is_gone_with_every_video_and_what_they_wrote_elsewhere(store: Store, tmp_path: Path, name: str) -> None:
    with store.writing() as connection:
        runs.start(connection, Run("run1", "creator", (MAKER["uniqueId"], "other.maker"), AT, AT))
        wanted = [Wanted("creator", MAKER["uniqueId"]), Wanted("video", HIS[0], MAKER["uniqueId"], f"creator:{MAKER['uniqueId']}")]
        tasks.add(connection, "run1", wanted)
    store.workspace.logs.mkdir()
    (store.workspace.logs / "scrape-run1.jsonl").write_text(
        json.dumps({"event": "open", "key": HIS[0], "handle": MAKER["uniqueId"]})
        + "\n"
        + json.dumps({"event": "closed", "key": "5"})
        + "\n"
    )
    for page in his_pages():
        take(store, [page], SCRAPE)
    with store.writing() as connection:
        saved_searches.add(connection, "his", {"creator": f"tiktok:{MAKER['id']}"})
    with store.writing("labels") as connection:
        labels.append(connection, label(3, comment_id="dom:" + "a" * 32, video_id=HIS[0], text="never stored"))
    said = json.loads(command(store, "forget", "--creator", name, "--json"))
    assert (said["videos"], said["comments"] >= 3) == (2, True)
    pseudonyms = [store.workspace.pseudonym(str(MAKER["id"])), store.workspace.pseudonym(str(MAKER["uniqueId"]))]
    needles = [str(MAKER["id"]), str(MAKER["uniqueId"]), "maker.of.lamps", str(MAKER["nickname"]), "caption of lamps", "never stored", *HIS]
    assert found_in(haystacks(store, exported(store, tmp_path / "out")), needles) == []
    assert found_in(haystacks(without_list(store, tmp_path / "copy")), [*needles, *pseudonyms]) == []
    assert '"key": "5"' in (store.workspace.logs / "scrape-run1.jsonl").read_text()
    for page in his_pages():
        take(store, [page], Origin("scrape", "run2"))
    reparse(store)
    with store.reading() as connection:
        assert creators.named(connection, "tiktok", "maker.of.lamps") == []
        assert [found["id"] for found in connection.execute("SELECT id FROM video WHERE id IN (?, ?)", HIS)] == []
    assert written_by(store, pseudonyms) == []


def test_a_forget_that_was_cut_off_is_made_good_by_the_next(store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fill(store)
    one = PEOPLE[7]
    with monkeypatch.context() as cut:
        cut.setattr("companion.forget._clean_pages", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            forget_commenter(store, one.handle)
    reparse(store)
    pseudonyms = [store.workspace.pseudonym(one.uid), store.workspace.pseudonym(one.handle)]
    assert written_by(store, pseudonyms) == [], "raw pages that hold a forgotten person bring nobody back"
    command(store, "forget", "--user", PEOPLE[8].handle)
    assert found_in(haystacks(without_list(store, tmp_path / "copy")), pseudonyms) == []


def test_a_page_on_its_way_in_while_somebody_is_forgotten_does_not_bring_them_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    one = PEOPLE[9]

    def late(*arguments: Any) -> Any:
        found = scrubbed(*arguments)
        monkeypatch.setattr(intake, "scrub", scrubbed)
        forget_commenter(store, one.handle)
        forget_commenter(store, one.uid)
        return found

    scrubbed = intake.scrub
    monkeypatch.setattr(intake, "scrub", late)
    take(store, [web(PEOPLE)[0]], SCRAPE)
    assert written_by(store, [store.workspace.pseudonym(one.uid), store.workspace.pseudonym(one.handle)]) == []
    assert len(all_comments(store)) > 40


def test_without_its_key_nothing_in_the_workspace_leads_from_a_name_to_a_pseudonym(paired: Paired, store: Store) -> None:
    fill(store)
    key, alias_key = store.workspace.key, bytes.fromhex(store.workspace.alias_key)
    before = {store.workspace.pseudonym(name) for person in PEOPLE for name in (person.uid, person.handle)}
    store.workspace.key_file.unlink()
    store.checkpoint()
    content = b"".join(content for _, content in haystacks(store))
    assert [form for form in (key, alias_key, key.hex().encode(), alias_key.hex().encode()) if form in content] == []
    again = open_store(store.workspace.root)
    assert before.isdisjoint(again.workspace.pseudonym(name) for person in PEOPLE for name in (person.uid, person.handle))
    assert any(pseudonym.encode() in content for pseudonym in before), "the rows are there, and nobody can say whose they are"
