"""Fifty invented people, planted wherever TikTok's pages could hold a person, and a search for them in all that a workspace holds."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zipfile import ZipFile, is_zipfile

import pyarrow.parquet as pq

from companion.intake import unpack
from companion.store import Store, raw_pages

VIDEO = "7600000000000000011"
SECRETS = ("S3cretMsT0ken", "verify_pl4nted", "7512345678901234567", "sid_gu4rd_pl4nted", "B0gusPl4nted")
"""A token, a fingerprint, a device's number, a cookie, a signature."""

_NAMES = ("Amélie Plantée 🌸", "مريم المزروعة", "王种植小姐", "Плантина Анна", "Planted O'Hara-{n} 🐝", "มินนี่ปลูกไว้")
_HANDLES = ("planted.{n}", "plant_{n}_x", "Planted{n}.Tests", "{n}plantedofficial", "theplanted{n}")


@dataclass(frozen=True)
class Person:
    """One commenter."""

    uid: str
    handle: str
    name: str
    secret: str
    mail: str
    phone: str

    @property
    def needles(self) -> list[str]:
        """What must be found nowhere."""
        return [self.uid, self.handle, self.handle.lower(), self.name, self.secret, self.mail, self.phone.replace(" ", ""), self.phone]

    def account(self) -> dict[str, Any]:
        """As the web's pages name a person."""
        avatar = {"uri": f"tos-avt/{self.uid}", "url_list": [f"https://p16.example/{self.secret}.webp?x-signature={SECRETS[4]}"]}
        return {
            "uid": self.uid,
            "unique_id": self.handle,
            "nickname": self.name,
            "sec_uid": self.secret,
            "avatar_thumb": avatar,
            "avatar_larger": f"https://p16.example/{self.uid}.webp?x-expires=1",
            "signature": f"{self.name} - mail {self.mail}",
            "bio_email": self.mail,
            "bind_phone": self.phone,
        }

    def renamed(self) -> dict[str, Any]:
        """As tomorrow's pages may name a person."""
        return {"userId": int(self.uid), "userUniqueId": self.handle, "displayName": self.name, "secUserId": self.secret, "mail": self.mail}

    def said(self) -> str:
        """A text that names everything; only beside an account can a page know that "Queen" is somebody's name."""
        return f"{self.written()}, by {self.name} ({self.uid})"

    def written(self) -> str:
        """A text that names what can be told by its form."""
        hidden = f"@\u200b{self.handle}"
        return f"ask {hidden} or @{self.handle}: {self.mail} / {self.phone} need this"


def people(count: int = 50) -> list[Person]:
    """The same in every run."""
    return [
        Person(
            uid=str(7_230_000_000_000_000_000 + n * 7919),
            handle=_HANDLES[n % len(_HANDLES)].format(n=n + 100),
            name=f"{_NAMES[n % len(_NAMES)].format(n=n)} {n + 100}",
            secret=f"MS4wLjABAAAApl4nt{n:03d}",
            mail=f"planted.mail{n}@example.com",
            phone=f"+62 812 3456 {7000 + n}",
        )
        for n in range(count)
    ]


def row(person: Person, n: int, video: str = VIDEO, **more: Any) -> dict[str, Any]:
    """A comment that names its writer in every place that pages are known to have, and in some that they may get."""
    return {
        "cid": str(7_600_000_000_000_001_000 + n),
        "aweme_id": video,
        "text": person.said(),
        "create_time": 1_769_601_111 + n,
        "digg_count": n,
        "reply_id": "0",
        "reply_comment_total": 1,
        "comment_language": "en",
        "user": person.account(),
        "text_extra": [{"start": 4, "end": 7 + len(person.handle), "user_id": person.uid, "sec_uid": person.secret, "hashtag_name": ""}],
        "share_info": {
            "desc": f"{person.name}’s comment: hi",
            "url": f"https://m.tiktok.com/v/1.html?comment_author_id={person.uid}&u_code={SECRETS[4]}&device_id={SECRETS[2]}",
        },
        "image_list": [{"crop_url": {"url_list": [f"https://p16.example/{person.uid}/i.webp?x-signature={SECRETS[4]}"]}}],
        "label_list": [{"text": f"friend of {person.name}", "type": 3}],
        "writer_info": person.renamed(),
        "posted_by": {"deep": [{"who": person.renamed()}]},
        "extra_json": json.dumps({"commenter": person.account(), "msToken": SECRETS[0], "note": f"see @{person.handle}"}),
        "quoted": {"text": f"{person.name}: hi"},
        "log_extra": {"msToken": SECRETS[0], "verifyFp": SECRETS[1], "device_id": SECRETS[2], "Cookie": SECRETS[3], "X-Bogus": SECRETS[4]},
        **more,
    }


def envelope(*rows: dict[str, Any]) -> dict[str, Any]:
    """A page of comments with what else may stand around them."""
    extra = {"now": 1_795_198_800_000, "device_id": SECRETS[2], "msToken": SECRETS[0]}
    return {"comments": list(rows), "cursor": 20, "has_more": 1, "total": 500, "status_code": 0, "extra": extra, "cookies": [SECRETS[3]]}


def forms(needle: str) -> set[bytes]:
    """A text as it is, as JSON and addresses write it, and as base64 at each of the three places in which it may begin."""
    plain = needle.encode()
    found = {plain, json.dumps(needle)[1:-1].encode(), quote(needle).encode(), quote(needle, safe="").encode()}
    found |= {form.upper() for form in found if b"%" in form} | {plain.hex().encode()}
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + plain)
        cut = coded[4 if shift else 0 : (len(plain) + shift) // 3 * 4]
        if len(cut) >= 8:
            found |= {cut, cut.replace(b"+", b"-").replace(b"/", b"_")}
    return found


def found_in(haystacks: Iterable[tuple[str, bytes]], needles: Iterable[str]) -> list[str]:
    """Which needles stand where."""
    wanted = {needle: forms(needle) for needle in needles}
    return [
        f"{needle!r} in {name}" for name, content in haystacks for needle, some in wanted.items() if any(form in content for form in some)
    ]


def haystacks(store: Store, *folders: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a workspace and of other folders, and what is packed in them."""
    for folder in (store.workspace.root, *folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path.name, path.read_bytes()
                yield from _inside(path)
    with store.reading() as connection:
        for number, page in raw_pages.walk(connection):
            yield f"raw page {number} ({page.kind})", json.dumps(unpack(page.body), ensure_ascii=False).encode() + page.path.encode()


def _inside(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.suffix == ".parquet":
        yield f"{path.name} unpacked", repr(pq.read_table(path).to_pylist()).encode()
    elif is_zipfile(path):
        with closing(ZipFile(path)) as book:
            for name in book.namelist():
                yield f"{path.name}/{name}", book.read(name)
