"""Find the header, tell which kind of sheet it heads, and match its columns by the alias tables; never guess."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from powermap.errors import ConfigError
from powermap.method import Pack
from powermap.model import Problem
from powermap.model.fields import SHEETS, WORK, fields, needed_columns
from powermap.sources.table import Cell, Table
from powermap.words import Words

_MARKS = re.compile(r"[\s_\-:：()（）\[\]【】*#.,，。'\"/\\]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Fold a header or a word: width, case, spaces and punctuation don't matter."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return _MARKS.sub("", text) or text.strip()


_SCALED = re.compile(
    r"[\s(（\[【]*(?:scale|刻度)?\s*([01])\s*(?:-|–|—|to|~|到|至)\s*(5|10|100)\s*[)）\]】]*\s*$",
    re.IGNORECASE,
)
"""A scale that a header names: "Support (1-5)"."""
_ASIDE = re.compile(r"\s*[(（][^()（）]{1,20}[)）]\s*$")
"""What a header adds in brackets."""


@dataclass(frozen=True, slots=True)
class Header:
    """A matched header: the kind of sheet, the row it stands in, the field of each column; what every field is called."""

    sheet: str
    row: int
    fields: Mapping[int, str]
    written: Mapping[str, str]
    called: Mapping[str, Words]
    scale: str = ""
    deleted: int | None = None
    unknown: Mapping[int, str] = dataclasses.field(default_factory=dict)
    """Columns that mean nothing that is known."""
    width: int = 0
    titles: tuple[str, ...] = ()
    scales: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """The scale that the header of a field names, such as 1-5."""


class Aliases:
    """The alias tables of a rule pack, folded."""

    def __init__(self, pack: Pack) -> None:
        topic = pack.topic("columns")
        self.sheet_names = {fold(alias): kind for kind, names in topic["sheets"].items() for alias in names}
        self.scales = {
            fold(alias): scale for scale, names in topic["strength_headers"].items() for alias in names
        }
        self.preferred = {
            kind: {field: [fold(name) for name in names] for field, names in orders.items()}
            for kind, orders in topic["preferred"].items()
        }
        self.deleted = {fold(name) for name in topic["deleted"]["headers"]}
        self.empty = frozenset(topic["empty"]["values"])
        self.fields: dict[str, dict[str, str]] = {}
        self.ignored: frozenset[str] = frozenset()
        self.every: set[str] = set()
        self.titles: set[str] = set()
        """The headers that the template writes, in small letters."""
        self.shown: dict[str, dict[str, Words]] = {}
        for kind in SHEETS:
            known: dict[str, str] = {}
            for field, names in topic[kind].items():
                for alias in (field, *names):
                    known.setdefault(fold(alias), field)
            # A field's own name always means that field, whatever lists it as an alias before.
            known.update({fold(field): field for field in topic[kind]})
            self.fields[kind] = known
            self.every |= known.keys()
            self.titles |= {name.lower() for names in topic[kind].values() for name in names[:2]}
            self.shown[kind] = {field: Words(names[1], names[0]) for field, names in topic[kind].items()}

    def taught(self, headers: Mapping[str, str]) -> Aliases:
        """Return these tables with what the user says of some headers: a field, by any of its names, or nothing.

        Raises
        ------
        ConfigError
            If no kind of sheet has such a field.
        """
        if not headers:
            return self
        taught = copy(self)
        taught.fields = {kind: dict(known) for kind, known in self.fields.items()}
        taught.ignored = self.ignored | {fold(title) for title, name in headers.items() if not name}
        taught.every = self.every | {fold(title) for title in headers}
        for title, name in headers.items():
            kinds = [kind for kind, known in self.fields.items() if fold(name) in known]
            if name and not kinds:
                raise self._no_field(name)
            for kind in kinds:
                taught.fields[kind][fold(title)] = self.fields[kind][fold(name)]
        return taught

    def _no_field(self, name: str) -> ConfigError:
        every = {alias: field for known in self.fields.values() for alias, field in known.items()}
        near = closest(name, every, 60)
        return ConfigError(
            Words(f"没有“{name}”这一列", f"there is no column {name!r}"),
            hint=Words(
                f"是不是 {near}？" if near else "docs/reference/headers.md 列出全部列",
                f"did you mean {near}?" if near else "docs/reference/headers.md lists all columns",
            ),
        )

    def match(self, kind: str, cells: tuple[Cell, ...]) -> dict[int, str]:
        """Return the field of each column that is known for this kind of sheet."""
        known = self.fields[kind]
        found = {}
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                key = fold(cell)
                field = known.get(key) or ("strength" if kind == "ties" and key in self.scales else None)
                if field is None:
                    # "Support (1-5)", "Influence (H/M/L)"
                    field = known.get(fold(_ASIDE.sub("", _SCALED.sub("", cell))))
                if key in self.ignored:
                    field = None
                if field:
                    found[column] = field
        return found


@dataclass(frozen=True, slots=True)
class _Match:
    """A row that may be the header of a kind of sheet, and the field of each of its columns."""

    sheet: str
    row: int
    cells: tuple[Cell, ...]
    fields: dict[int, str]

    def title(self, column: int) -> str:
        return str(self.cells[column])


Notes = list[tuple[str, str]]
"""What the user may want to know, Chinese and English."""


def find_header(table: Table, aliases: Aliases) -> tuple[Header | None, list[Problem], Notes]:
    """Find the header among the first 30 rows, and the kind of sheet it heads.

    A sheet or file named after a kind is of that kind; else the kind whose required columns are there and of which
    most columns are known. Unknown columns are reported with the closest known one, and not taken.
    """
    named = (
        table.kind
        or aliases.sheet_names.get(fold(table.sheet))
        or aliases.sheet_names.get(fold(Path(table.file).stem))
    )
    match = _best_match(table, named, aliases)
    if match is None:
        return None, [_no_header(table, named, aliases)], []
    shown = aliases.shown[match.sheet]
    notes = _drop_outdone(table, match, aliases)
    written, problems, more = _first_titles(table, match, shown)
    unknown = _unknown_columns(match, aliases)
    strange = [title for title in unknown.values() if fold(title) not in aliases.ignored]
    notes += more + [_unknown(table, title, match.sheet, aliases) for title in strange]
    # Which of two columns of one meaning is right can't be known, so neither is read.
    times = Counter(match.fields.values())
    once = {c: f for c, f in match.fields.items() if times[f] == 1 or fields()[match.sheet][f].several}
    if not complete(match.sheet, once):
        return None, problems, notes
    deleted = next((c for c, cell in enumerate(match.cells) if fold(str(cell)) in aliases.deleted), None)
    scale = _scale(match, aliases)
    titles = tuple(str(cell) for cell in match.cells if cell is not None)
    scales = {
        f: f"{found[1]}-{found[2]}" for c, f in once.items() if (found := _SCALED.search(match.title(c)))
    }
    width = len(match.cells)
    header = Header(
        match.sheet, match.row, once, written, shown, scale, deleted, unknown, width, titles, scales
    )
    return header, problems, notes


_AS_WELL = {"organizations": "people", "assessments": "stances", "goals": "figures"}
"""What a sheet of such a name may hold as well, as 客户 the people there, and 评估 their attitudes: its columns tell."""


def _best_match(table: Table, named: str | None, aliases: Aliases) -> _Match | None:
    """Return the row, and the kind of sheet, of which most columns are known; None if none has what it needs."""
    # A mere list of names is a list of people.
    kinds = (named,) if named else ("people", *(k for k in SHEETS if k not in ("people", *WORK)))
    if named in _AS_WELL:
        kinds = (named, _AS_WELL[named])
    best: tuple[float, _Match] | None = None
    for number, cells in table.rows[:30]:
        for kind in kinds:
            found = aliases.match(kind, cells)
            score = len(set(found.values())) * (1.5 if kind == named else 1)
            if not named and kind == "organizations" and 2 * len(found) <= sum(c is not None for c in cells):
                # A column of companies among columns that organizations don't have heads some other list.
                continue
            if complete(kind, found) and (best is None or score > best[0]):
                best = score, _Match(kind, number, cells, dict(sorted(found.items())))
        if best is not None and best[1].row < number and best[0] >= 2:
            break
    return best[1] if best else None


def _drop_outdone(table: Table, match: _Match, aliases: Aliases) -> Notes:
    """Leave out the columns that mean the same as one that is preferred to them."""
    notes = []
    for field, order in aliases.preferred.get(match.sheet, {}).items():
        columns = {fold(match.title(c)): c for c, f in match.fields.items() if f == field}
        first = next((columns[name] for name in order if name in columns), None)
        for column in columns.values():
            if first is not None and column != first:
                notes.append(
                    (
                        f"{table.file}：“{match.title(column)}”列未导入：另一列已表示{aliases.shown[match.sheet][field].zh}",
                        f"{table.file}: column {match.title(column)!r} was left out: another one is the {field}",
                    )
                )
                del match.fields[column]
    return notes


def _first_titles(
    table: Table, match: _Match, shown: Mapping[str, Words]
) -> tuple[dict[str, str], list[Problem], Notes]:
    """Return the title of the first column of each field; of any other one, a note or a problem."""
    written: dict[str, str] = {}
    problems: list[Problem] = []
    notes: Notes = []
    for column, field in match.fields.items():
        title = match.title(column)
        if field not in written:
            written[field] = title
        elif fields()[match.sheet][field].several:
            first = written[field]
            notes.append(
                (
                    f"{table.file}：“{first}”和“{title}”都是{shown[field].zh}，取先有内容的一个",
                    f"{table.file}: {first!r} and {title!r} are both {field}; the first that is filled is taken",
                )
            )
        else:
            first = written[field]
            problems.append(
                Problem(
                    table.file,
                    table.sheet,
                    match.row,
                    title,
                    title,
                    f"two columns mean {field}: {first!r} and {title!r}",
                    "keep one of them, or rename the other",
                    "duplicate-column",
                    f"有两列都表示“{shown[field].zh}”：{first} 和 {title}",
                    "只留一列，或改名",
                )
            )
    return written, problems, notes


def _unknown_columns(match: _Match, aliases: Aliases) -> dict[int, str]:
    """Return the columns that mean nothing that is known, and what they are called."""
    known = aliases.match(match.sheet, match.cells)
    return {
        column: str(cell)
        for column, cell in enumerate(match.cells)
        if cell is not None and column not in known and fold(str(cell)) not in aliases.deleted
    }


def _unknown(table: Table, title: str, sheet: str, aliases: Aliases) -> tuple[str, str]:
    """Say that a column is not known, and what it may mean."""
    close = closest(title, aliases.fields[sheet])
    near = aliases.shown[sheet][close] if close else None
    return (
        f"{table.name}：不认识“{title}”列，未导入" + (f"；是不是“{near.zh}”？" if near else ""),
        f"{table.name}: column {title!r} is not known and was left out"
        + (f"; did you mean {near.en!r}?" if near else ""),
    )


def _scale(match: _Match, aliases: Aliases) -> str:
    """Return the scale of strengths that their header names, or nothing."""
    titles = (fold(match.title(c)) for c, field in match.fields.items() if field == "strength")
    return next((aliases.scales[title] for title in titles if title in aliases.scales), "")


def complete(kind: str, found: Mapping[int, str]) -> bool:
    """Tell whether these fields are all that a sheet of a kind needs."""
    have = set(found.values())
    return all(have & set(group) for group in needed_columns(kind))


def _no_header(table: Table, named: str | None, aliases: Aliases) -> Problem:
    if not table.rows:
        return Problem(
            table.file, table.sheet, None, "", "", "there is nothing in it", "", "empty", "里面什么都没有"
        )
    number, cells = table.rows[0]
    value = ", ".join(str(c) for c in cells if c is not None)[:200]
    if named:
        missing = [" / ".join(aliases.shown[named][f][1] for f in group) for group in needed_columns(named)]
        missing_zh = [
            " / ".join(aliases.shown[named][f][0] for f in group) for group in needed_columns(named)
        ]
        return Problem(
            table.file, table.sheet, number, "", value,
            f"no header row for {named} was found",
            f"needed columns: {', '.join(missing)}",
            "no-header",
            f"找不到“{named}”的表头",
            f"需要这些列：{'、'.join(missing_zh)}",
        )  # fmt: skip
    return Problem(
        table.file, table.sheet, number, "", value,
        "this is no table that powermap knows: no row looks like its header",
        "a people list needs at least a column of names, headed name or 姓名; `powermap template` shows all columns",
        "no-header",
        "不认识这个表：没有像表头的一行",
        "人员名单至少要有“姓名”一列；`powermap template` 列出全部列名",
    )  # fmt: skip


def closest(word: str, known: Mapping[str, str], cutoff: float = 78) -> str | None:
    """Return what the closest known word means, if one is close."""
    from rapidfuzz import fuzz, process

    hit = process.extractOne(fold(word), list(known), scorer=fuzz.ratio, score_cutoff=cutoff)
    return known[hit[0]] if hit else None
