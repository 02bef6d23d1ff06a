"""Everybody planted in every page and file that comes in, and the commands that give out what is kept."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from companion.cli import main
from companion.commands.export import FORMATS, WHAT
from companion.intake import Captured, Origin, take
from companion.store import Store
from companion.tiktok import Asked, asked_of, embedded
from tests.companion.planted import SECRETS, VIDEO, Person, envelope, people, row
from tests.companion.tiktok.shapes import item, items

AT = 1_795_198_800_000
PEOPLE = people()
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
