"""Reading category trees as shops publish them: eBay, Google product taxonomy, TikTok Shop, and own CSV files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from companion.hashtags.ebay_tree import tree_rows
from companion.hashtags.taxonomy import MAX_LEVEL, Taxonomy, TaxonomyError, build
from companion.table_files import BadFileError, Row, format_of, header, read_rows

TreeRow = tuple[int, str, Sequence[str], str | None, Sequence[str]]
"""Line, id, path, parent id ("" for a department, None for "the path says it"), names below."""

MAX_BYTES = 64_000_000
"""Of a tree in one piece (JSON, text); eBay's whole tree has about 4 MB."""

ROOTS = frozenset({"", "0", "-1"})
"""What stands in place of a parent's id where there is none."""

_IDS = ("category_id", "categoryid", "category id", "id")
_NAMES = ("category_name", "categoryname", "category name", "local_name", "name")
_PARENTS = ("parent_id", "parentid", "categoryparentid", "category_parent_id", "parent id", "parent")
_GOOGLE = re.compile(r"^\s*(?:(\d+)\s+-\s+)?(\S.*)$")


def read_taxonomy(path: Path, name: str) -> Taxonomy:
    """Read a tree; the format is told by the content.

    Known: own CSV (`category_id, path, level, parent_id`, also `children` joined by ";"), eBay (CSV of GetCategories, the CSV with
    L1..L6, JSON of the Taxonomy API), Google's text file, TikTok Shop (`id, parent_id, local_name`).

    Raises:
        TaxonomyError: the tree cannot be used; the message names the line.
    """
    kind = "".join(path.suffixes[-2:] if path.suffix.lower() == ".gz" else path.suffixes[-1:]).lower()
    if kind == ".json":
        return build(name, tree_rows(_text(path)), "ebay")
    if kind == ".txt":
        return build(name, _google(_text(path)), "google")
    try:
        rows = list(read_rows(path))
        named = set(header(path)) if format_of(path) == "CSV" else set()
    except BadFileError as error:
        raise TaxonomyError(f"{error}; trees are read from .csv, Google's from .txt, eBay's from .json") from error
    wrong = next((row for row in rows if row.error), None)
    if wrong:
        raise TaxonomyError(f"line {wrong.line}: {wrong.error}")
    if not rows:
        raise TaxonomyError("the file holds no category; expected a line for each, below the column names")
    columns = named | {column for row in rows for column in row.values}
    if "path" in columns:
        return build(name, _own(rows), "tiktok" if all(_cell(row, _IDS).isdigit() for row in rows) else "own")
    if "l1" in columns:
        return build(name, _by_levels(rows), "ebay")
    if columns & set(_NAMES) and columns & set(_PARENTS):
        return build(name, _by_parents(rows), "tiktok" if "local_name" in columns else "ebay")
    raise TaxonomyError(
        'the columns are none that we know; write category_id, path, level, parent_id, with paths like "Department > Shelf"'
    )


def _text(path: Path) -> str:
    if path.stat().st_size > MAX_BYTES:
        raise TaxonomyError(f"the file has more than {MAX_BYTES // 1_000_000} MB; that is no category tree")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise TaxonomyError("not UTF-8 text; save the file as UTF-8") from error


def _own(rows: Sequence[Row]) -> Iterator[TreeRow]:
    for row in rows:
        steps = split_path(_cell(row, ("path",)))
        level = _cell(row, ("level",))
        if level and steps and level != str(len(steps)):
            raise TaxonomyError(
                f'line {row.line}: level is "{level}", but the path "{" > ".join(steps)}" has {len(steps)}; correct one of them'
            )
        parent = _cell(row, _PARENTS)
        below = [child.strip() for child in _cell(row, ("children",)).split(";") if child.strip()]
        yield row.line, _cell(row, _IDS), steps, None if parent in ROOTS else parent, below


def _by_levels(rows: Sequence[Row]) -> Iterator[TreeRow]:
    """The download of eBay: names in the columns L1 to L6, one of them filled in each line of a branch or all above it."""
    branch: list[str] = []
    for row in rows:
        cells = [_cell(row, (f"l{level}",)) for level in range(1, MAX_LEVEL + 1)]
        filled = [at for at, cell in enumerate(cells) if cell]
        if not filled:
            raise TaxonomyError(f"line {row.line}: none of L1 to L6 is filled in; a category needs its name")
        if filled[0] > len(branch):
            raise TaxonomyError(
                f'line {row.line}: "{cells[filled[0]]}" stands in L{filled[0] + 1}, but no line before it fills in L{filled[0]}'
            )
        branch = [*branch[: filled[0]], *(cells[at] for at in filled)]
        yield row.line, _cell(row, _IDS), tuple(branch), None, ()


def _by_parents(rows: Sequence[Row]) -> Iterator[TreeRow]:
    """Trees of (id, name, parent id): the path is walked up; a department names no parent, 0 or itself."""
    found: dict[str, tuple[int, str, str]] = {}
    for row in rows:
        ident, parent = _cell(row, _IDS), _cell(row, _PARENTS)
        if ident in found:
            raise TaxonomyError(
                f'line {row.line}: the id "{ident}" stands in line {found[ident][0]} already; give each category its own id'
            )
        found[ident] = (row.line, _cell(row, _NAMES), "" if parent in ROOTS or parent == ident else parent)
    for ident, (line, _, parent) in found.items():
        yield line, ident, _walk(ident, found), parent or None, ()


def _walk(ident: str, found: dict[str, tuple[int, str, str]]) -> tuple[str, ...]:
    line, steps, seen = found[ident][0], [], set()
    current = ident
    while current:
        if current in seen:
            raise TaxonomyError(f'line {line}: "{ident}" is below itself (through "{current}"); correct its parent id')
        if current not in found:
            raise TaxonomyError(f'line {line}: the parent id "{current}" is in no line; add that category, or leave the cell empty')
        seen.add(current)
        steps.append(found[current][1])
        current = found[current][2]
    return tuple(reversed(steps))


def _google(text: str) -> Iterator[TreeRow]:
    for number, line in enumerate(text.splitlines(), 1):
        match = _GOOGLE.match(line)
        if match and not line.startswith("#"):
            steps = split_path(match[2])
            yield number, match[1] or " > ".join(steps), steps, None, ()


def split_path(text: str) -> tuple[str, ...]:
    """The steps of "Department > Shelf".

    >>> split_path("Pets > Dogs")
    ('Pets', 'Dogs')
    """
    return tuple(step.strip() for step in text.split(">")) if text.strip() else ()


def _cell(row: Row, names: Sequence[str]) -> str:
    return next((str(row.values[name]).strip() for name in names if name in row.values), "")
