"""Data set versions: what a model learned from, kept unchanged under the hash of its content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from companion.cleaning_report import CleaningReport
from companion.training.cleaning import clean
from companion.training.examples import Example, parse, plain

EXAMPLES = "examples.jsonl"
BLIND = "blind.jsonl"
MANIFEST = "manifest.json"


class BadDataSetError(ValueError):
    """A stored version is not what its manifest says."""


@dataclass(frozen=True)
class DataSet:
    """One version.

    Attributes:
        id: first 12 hex digits of the SHA-256 over both files.
        examples: what to train on, cleaned.
        blind: the user's labels to evaluate on; never trained on.
        manifest: hashes, counts and the cleaning report.
    """

    id: str
    examples: list[Example]
    blind: list[Example]
    manifest: dict[str, Any]


def make(folder: Path, seed: Sequence[Example], own: Sequence[Example] = (), blind: Sequence[Example] = ()) -> DataSet:
    """Clean, and store under `folder/<id>`; the same content gives the same version.

    A version that is stored already is left as it is; one that was damaged gets its content back.
    """
    kept, report = clean([*seed, *own])
    contents = {EXAMPLES: _lines(kept), BLIND: _lines(blind)}
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    ident = _ident(hashes)
    with suppress(BadDataSetError):
        return load(folder, ident)
    home = folder / ident
    home.mkdir(mode=0o700, parents=True, exist_ok=True)  # labels with their texts
    for name, content in contents.items():
        _write(home / name, content)
    _write(home / MANIFEST, json.dumps(_manifest(ident, hashes, report, blind), indent=2, ensure_ascii=False).encode() + b"\n")
    return load(folder, ident)


def load(folder: Path, ident: str) -> DataSet:
    """Read a version back.

    Raises:
        BadDataSetError: a file is missing, or was changed since.
    """
    home = folder / ident
    try:
        manifest = json.loads((home / MANIFEST).read_text(encoding="utf-8"))
        contents = {name: (home / name).read_bytes() for name in manifest["sha256"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadDataSetError(f"data set {ident} cannot be read ({error}); train again to make a new one") from error
    if _ident(manifest["sha256"]) != ident:
        raise BadDataSetError(f"{home / MANIFEST} was changed after data set {ident} was made; train again to make a new one")
    for name, content in contents.items():
        if hashlib.sha256(content).hexdigest() != manifest["sha256"][name]:
            raise BadDataSetError(f"{home / name} was changed after data set {ident} was made; train again to make a new one")
    return DataSet(ident, _parsed(contents[EXAMPLES]), _parsed(contents[BLIND]), manifest)


def _ident(hashes: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()[:12]


def _manifest(ident: str, hashes: dict[str, str], report: CleaningReport, blind: Sequence[Example]) -> dict[str, Any]:
    return {"id": ident, "sha256": hashes, "blind": len(blind), "cleaning": report.plain()}


def _lines(examples: Sequence[Example]) -> bytes:
    return "".join(json.dumps(plain(x), ensure_ascii=False, sort_keys=True) + "\n" for x in examples).encode()


def _parsed(content: bytes) -> list[Example]:
    return [parse(json.loads(line)) for line in content.decode().split("\n") if line]


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(f"{path.name}.part")
    draft.write_bytes(content)
    draft.replace(path)
