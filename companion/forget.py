"""Leaving people out who ask for it: what is stored of them goes, for good, and what comes later of them is dropped."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Container, Iterable, Set
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from companion.intake import pack, unpack
from companion.intake_rows import PLATFORM
from companion.one_comment import may_be
from companion.store import Store, StoreError, clock, creators, forgotten, hashtag_vectors, keeping, labels, raw_pages, tasks, transaction
from companion.store.backup import listed
from companion.store.creators import Creator
from companion.store.erase import scour
from companion.store.raw_pages import RawPage
from companion.tiktok import page_of
from companion.tiktok.forgetting import without_people

SITES = (PLATFORM, "youtube", "instagram")
"""Where a creator may be known from: who is left out by name is left out everywhere."""


@dataclass(frozen=True)
class Gone:
    """What was deleted; `copies` are backups and data sets that may hold it still (or held it, with `remove_copies`)."""

    comments: int
    videos: int
    pages: int
    copies: tuple[Path, ...]


@dataclass(frozen=True)
class _Deleted:
    """What one transaction deleted: texts, videos by id, and the names by which the person was known outside pseudonyms."""

    comments: int
    texts: set[str]
    videos: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()


def forget_commenter(store: Store, name: str, *, remove_copies: bool = False) -> Gone:
    """Delete every comment of a commenter, by handle or numeric id, with labels and raw page entries; leave them out from now on.

    Raises:
        StoreError, sqlite3.Error: nothing was deleted, or the file could not be rebuilt afterwards (run it again).
    """
    plain = plain_name(name)

    def delete(connection: sqlite3.Connection) -> _Deleted:
        return _delete_commenter(connection, store, plain)

    return _forget(store, delete, remove_copies)


def forget_creator(store: Store, name: str, *, remove_copies: bool = False) -> Gone:
    """Delete a creator, by handle or id, with every video, all that stands under it, and what they wrote elsewhere.

    They are left out from now on.

    Raises:
        StoreError, sqlite3.Error: as `forget_commenter`.
    """
    plain = plain_name(name).lower()

    def delete(connection: sqlite3.Connection) -> _Deleted:
        return _delete_creator(connection, store, plain)

    return _forget(store, delete, remove_copies)


def forget_again(store: Store) -> Gone:
    """Delete what a restored backup brought back of those who asked to be left out after it was made.

    A correction from a badge whose comment is not stored stays: who is left out is known by a mark alone, and it names no writer.

    Raises:
        StoreError, sqlite3.Error: as `forget_commenter`.
    """

    def delete(connection: sqlite3.Connection) -> _Deleted:
        who = forgotten.everyone(connection, store.workspace.pseudonym)
        if not who:
            return _Deleted(0, set())
        people = {name for name in keeping.writers(connection) if name in who}
        known = creators.listed(connection, creators.count(connection))
        makers = [one for one in known if not who.isdisjoint(forgotten.creator_marks(one.id, one.handle))]
        gone = [_delete_people(connection, store, people)]
        gone += [_delete_creator(connection, store, one.id.removeprefix("@").lower()) for one in makers]
        orphans = [place for place in keeping.videos(connection) if forgotten.video_mark(place[1]) in who]
        gone += [_Deleted(keeping.delete_video(connection, *place), set(), (place[1],)) for place in orphans]
        return _Deleted(
            sum(one.comments for one in gone),
            set[str]().union(*(one.texts for one in gone)),
            tuple(video for one in gone for video in one.videos),
            tuple(handle for one in gone for handle in one.handles),
        )

    return _forget(store, delete, remove_copies=False)


def is_creator(store: Store, name: str) -> bool:
    """Whether a creator with this handle or id is stored."""
    with store.reading() as connection:
        return bool(_creators(connection, plain_name(name).lower()))


def _creators(connection: sqlite3.Connection, name: str) -> list[Creator]:
    """Those with this handle or id, and those of whom only this name is known."""
    return [one for site in SITES for key in (name, creators.id_of_name(name)) for one in creators.named(connection, site, key)]


def plain_name(name: str) -> str:
    """The handle or id in what somebody wrote: with or without "@", or the address of a profile."""
    page = page_of(name.strip()) if "/" in name else None
    if page is not None and page.kind == "creator":
        return page.key
    return name.strip().removeprefix("@").strip()


def _forget(store: Store, delete: Callable[[sqlite3.Connection], _Deleted], remove_copies: bool) -> Gone:
    with closing(store.connect("labels")) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        with transaction(connection):
            deleted = delete(connection)
        # Everyone, not this person alone: a call that was cut off here is made good by the next.
        pages = _clean_pages(connection, forgotten.everyone(connection, store.workspace.pseudonym))
        scour(connection)
    _clean_logs(store.workspace.logs, {*deleted.videos, *deleted.handles})
    if not store.checkpoint():
        raise StoreError(
            "the person is deleted, but another program still reads the old state of the file; stop BuySignal elsewhere and run this again"
        )
    return Gone(deleted.comments, len(deleted.videos), pages, _copies(store, deleted.texts, remove_copies))


def _delete_commenter(connection: sqlite3.Connection, store: Store, *names: str) -> _Deleted:
    pseudonym = store.workspace.pseudonym
    return _delete_people(connection, store, {pseudonym(name) for name in names if name})


def _delete_people(connection: sqlite3.Connection, store: Store, pseudonyms: Iterable[str]) -> _Deleted:
    who: set[str] = set().union(*(keeping.other_names(connection, name) for name in pseudonyms))
    texts = keeping.texts_of(connection, who)
    for platform, video_id, comment_id, text in labels.nameless(connection):
        if any(may_be(comment_id, video_id, alias, text) for alias in who):
            labels.forget(connection, platform, [comment_id])
    written = keeping.delete_people(connection, who)
    forgotten.add(connection, who, store.workspace.pseudonym, clock.now_ms())
    return _Deleted(written, texts)


def _delete_creator(connection: sqlite3.Connection, store: Store, name: str) -> _Deleted:
    found = _creators(connection, name)
    marks = {f"creator:{name}" if name.isdecimal() else f"creator:@{name}"}
    names, handles = {name}, {name}
    comments, videos, texts = 0, list[str](), set[str]()
    for creator in found:
        handle = (creator.handle or "").lower()
        marks |= forgotten.creator_marks(creator.id, handle)
        names |= {creator.id, handle} - {""}
        handles |= {handle} - {""}
        place = creator.platform, creator.id
        texts |= keeping.texts_under(connection, *place)
        comments += keeping.count_under(connection, *place)
        videos += keeping.delete_creator(connection, *place)
    elsewhere = _delete_commenter(connection, store, *names)
    hashtag_vectors.forget_all(connection)  # hashtags hold names; the others are encoded again as they are needed
    tasks.forget(connection, videos, handles)
    keeping.forget_targets(connection, lambda target: _names(target, handles, set(videos)))
    forgotten.add(connection, marks | {forgotten.video_mark(video) for video in videos}, store.workspace.pseudonym, clock.now_ms())
    return _Deleted(comments + elsewhere.comments, texts | elsewhere.texts, tuple(videos), tuple(handles | names))


def _names(target: str, handles: Set[str], videos: Set[str]) -> bool:
    """Whether what a run was told to collect is this person, or one of the videos by id or address."""
    plain = target.removeprefix("@").lower()
    return plain in handles or plain in videos or any(f"/@{handle}/" in plain or plain.endswith(f"/@{handle}") for handle in handles)


def _clean_pages(connection: sqlite3.Connection, who: forgotten.LeftOut) -> int:
    """Take people out of raw pages, and drop pages about them or their videos; returns how many pages changed."""
    changed, seq = 0, 0
    while found := raw_pages.after(connection, seq):
        seq = found[-1][0]
        for number, page in found:
            if _is_about(page, who):
                with transaction(connection):
                    raw_pages.remove(connection, [number])
                changed += 1
                continue
            body, gone = without_people(unpack(page.body), who)
            if gone:
                with transaction(connection):
                    raw_pages.replace(connection, number, *pack(body))
                changed += 1
    return changed


def _is_about(page: RawPage, who: Container[str]) -> bool:
    """Whether a page is of one of these videos, or its address names one of these creators."""
    if forgotten.video_mark(page.video_id) in who:
        return True
    asked = dict(parse_qsl(urlsplit(page.path).query))
    words = [asked.get("uniqueId", ""), *asked.get("keyword", "").split()]
    return any(f"creator:@{word.removeprefix('@').lower()}" in who for word in words if word)


def _clean_logs(folder: Path, names: Set[str]) -> None:
    """Drop lines of run logs in which one of these names stands as a value."""
    for path in folder.glob("*.jsonl") if names else ():
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        kept = [line for line in lines if names.isdisjoint(_values(line))]
        if len(kept) < len(lines):
            draft = path.with_name(f".{path.name}.part")
            draft.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
            draft.replace(path)


def _values(line: str) -> set[str]:
    try:
        facts = json.loads(line)
    except ValueError:
        return set()
    return {str(value).lower() for value in facts.values()} if isinstance(facts, dict) else set()


def _copies(store: Store, texts: Iterable[str], remove: bool) -> tuple[Path, ...]:
    """Backups, and data set versions in which one of the texts stands."""
    wanted = [part.encode("utf-8", "replace") for text in texts if text for part in {text, json.dumps(text, ensure_ascii=False)[1:-1]}]
    workspace = store.workspace
    backups = [*listed(workspace.backups), *workspace.root.glob(f"{workspace.database.name}.before-*")]
    sets = [
        folder
        for folder in sorted(workspace.datasets.glob("*"))
        if folder.is_dir() and any(_holds(file, wanted) for file in folder.rglob("*") if file.is_file())
    ]
    if remove:
        for path in backups:
            path.unlink(missing_ok=True)
        for folder in sets:
            shutil.rmtree(folder, ignore_errors=True)
    return (*backups, *sets)


def _holds(file: Path, wanted: list[bytes]) -> bool:
    content = file.read_bytes()
    return any(text in content for text in wanted)
