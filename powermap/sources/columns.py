"""Find the header, tell which kind of sheet it heads, and match its columns by the alias tables; never guess."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from powermap.method import Pack
from powermap.model import Problem
from powermap.model.draft import SHEETS
from powermap.sources.table import Cell, Table
from powermap.words import Words

REQUIRED: dict[str, tuple[tuple[str, ...], ...]] = {
    "organizations": (("name",),),
    "people": (("name", "first_name", "last_name"),),
    "ties": (("from",), ("to",), ("kind",)),
    "stances": (("person",), ("attitude",)),
    "deals": (("name",),),
    "committee": (("deal",), ("person",)),
    "interactions": (("on",), ("theirs", "ours")),
    "figures": (("measure",), ("on",), ("value",)),
}
"""One field of each group must have a column."""

SEVERAL = ("email", "phone", "note")
"""Fields of which an export has several, all of them right: the first that is filled is taken."""

_MARKS = re.compile(r"[\s_\-:：()（）\[\]【】*#.,，。'\"/\\]+")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Fold a header or a word: width, case, spaces and punctuation don't matter."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return _MARKS.sub("", text) or text.strip()


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


class Aliases:
    """The alias tables of a rule pack, folded."""

    def __init__(self, pack: Pack) -> None:
        topic = pack.topic("columns")
        self.sheet_names = {fold(alias): kind for kind, names in topic["sheets"].items() for alias in names}
        self.scales = {
            fold(alias): scale for scale, names in topic["strength_headers"].items() for alias in names
        }
        self.preferred = {
            kind: {field: [fold(name) for name in names] for field, names in fields.items()}
            for kind, fields in topic["preferred"].items()
        }
        self.deleted = {fold(name) for name in topic["deleted"]["headers"]}
        self.empty = frozenset(topic["empty"]["values"])
        self.fields: dict[str, dict[str, str]] = {}
        self.shown: dict[str, dict[str, Words]] = {}
        for kind in SHEETS:
            known: dict[str, str] = {}
            for field, names in topic[kind].items():
                for alias in (field, *names):
                    known.setdefault(fold(alias), field)
            # A field's own name always means that field, whatever lists it as an alias before.
            known.update({fold(field): field for field in topic[kind]})
            self.fields[kind] = known
            self.shown[kind] = {field: Words(names[1], names[0]) for field, names in topic[kind].items()}

    def match(self, kind: str, cells: tuple[Cell, ...]) -> dict[int, str]:
        """Return the field of each column that is known for this kind of sheet."""
        known = self.fields[kind]
        found = {}
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                key = fold(cell)
                field = known.get(key) or ("strength" if kind == "ties" and key in self.scales else None)
                if field:
                    found[column] = field
        return found


def find_header(table: Table, aliases: Aliases) -> tuple[Header | None, list[Problem], list[tuple[str, str]]]:
    """Find the header among the first 30 rows, and the kind of sheet it heads.

    A sheet or file named after a kind is of that kind; else the kind whose required columns are there and of which
    most columns are known. Unknown columns are reported with the closest known one, and not taken.
    """
    named = aliases.sheet_names.get(fold(table.sheet)) or aliases.sheet_names.get(fold(Path(table.file).stem))
    # A mere list of names is a list of people.
    kinds = (named,) if named else ("people", *(k for k in SHEETS if k != "people"))
    if named == "organizations":
        # A sheet called 客户 may as well list the people there: its columns tell.
        kinds = ("organizations", "people")
    best: tuple[float, str, int, tuple[Cell, ...], dict[int, str]] | None = None
    for number, cells in table.rows[:30]:
        for kind in kinds:
            fields = aliases.match(kind, cells)
            score = len(set(fields.values())) * (1.5 if kind == named else 1)
            if not named and kind == "organizations" and 2 * len(fields) <= sum(c is not None for c in cells):
                # A column of companies among columns that organizations don't have heads some other list.
                continue
            if _complete(kind, fields) and (best is None or score > best[0]):
                best = (score, kind, number, cells, fields)
        if best is not None and best[2] < number and best[0] >= 2:
            break
    if best is None:
        return None, [_no_header(table, named, aliases)], []
    _, kind, number, cells, matched = best
    fields = dict(sorted(matched.items()))
    problems: list[Problem] = []
    notes: list[tuple[str, str]] = []
    for column in _outdone(fields, cells, aliases.preferred.get(kind, {})):
        notes.append(
            (
                f"{table.file}：“{cells[column]}”列未导入：另一列已表示{aliases.shown[kind][fields[column]][0]}",
                f"{table.file}: column {str(cells[column])!r} was left out: another one is the {fields[column]}",
            )
        )
        del fields[column]
    written: dict[str, str] = {}
    for column, field in fields.items():
        title = str(cells[column])
        if field in written and field in SEVERAL:
            notes.append(
                (
                    f"{table.file}：“{written[field]}”和“{title}”都是{aliases.shown[kind][field][0]}，取先有内容的一个",
                    f"{table.file}: {written[field]!r} and {title!r} are both {field}; the first that is filled is taken",
                )
            )
        elif field in written:
            problems.append(
                Problem(
                    table.file, table.sheet, number, title, title,
                    f"two columns mean {field}: {written[field]!r} and {title!r}",
                    "keep one of them, or rename the other",
                    "duplicate-column",
                    f"有两列都表示“{aliases.shown[kind][field][0]}”：{written[field]} 和 {title}",
                    "只留一列，或改名",
                )
            )  # fmt: skip
        else:
            written[field] = title
    for column, cell in enumerate(cells):
        if cell is not None and column not in matched and fold(str(cell)) not in aliases.deleted:
            close = closest(str(cell), aliases.fields[kind])
            hint_zh = f"；是不是“{aliases.shown[kind][close][0]}”？" if close else ""
            hint_en = f"; did you mean {aliases.shown[kind][close][1]!r}?" if close else ""
            where = f"{table.file}{' · ' + table.sheet if table.sheet else ''}"
            notes.append(
                (
                    f"{where}：不认识“{cell}”列，未导入{hint_zh}",
                    f"{where}: column {str(cell)!r} is not known and was left out{hint_en}",
                )
            )
    scale = next(
        (
            aliases.scales[fold(str(cells[c]))]
            for c, f in fields.items()
            if f == "strength" and fold(str(cells[c])) in aliases.scales
        ),
        "",
    )
    # Which of two columns of one meaning is right can't be known, so neither is read.
    many = Counter(fields.values())
    once = {column: field for column, field in fields.items() if many[field] == 1 or field in SEVERAL}
    if not _complete(kind, once):
        return None, problems, notes
    deleted = next((c for c, cell in enumerate(cells) if fold(str(cell)) in aliases.deleted), None)
    return Header(kind, number, once, written, aliases.shown[kind], scale, deleted), problems, notes


def _outdone(
    fields: Mapping[int, str], cells: tuple[Cell, ...], preferred: Mapping[str, list[str]]
) -> list[int]:
    """Return the columns that mean the same as one that is preferred to them."""
    out = []
    for field, order in preferred.items():
        columns = {fold(str(cells[c])): c for c, f in fields.items() if f == field}
        first = next((columns[name] for name in order if name in columns), None)
        if first is not None and len(columns) > 1:
            out += [c for c in columns.values() if c != first]
    return out


def _complete(kind: str, fields: Mapping[int, str]) -> bool:
    have = set(fields.values())
    return all(have & set(group) for group in REQUIRED[kind])


def _no_header(table: Table, named: str | None, aliases: Aliases) -> Problem:
    if not table.rows:
        return Problem(
            table.file, table.sheet, None, "", "", "there is nothing in it", "", "empty", "里面什么都没有"
        )
    number, cells = table.rows[0]
    value = ", ".join(str(c) for c in cells if c is not None)[:200]
    if named:
        missing = [" / ".join(aliases.shown[named][f][1] for f in group) for group in REQUIRED[named]]
        missing_zh = [" / ".join(aliases.shown[named][f][0] for f in group) for group in REQUIRED[named]]
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
