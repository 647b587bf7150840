"""A kept layout as a table to edit: who stands in which lane, on which level, at which place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from itertools import zip_longest
from typing import Any

from powermap.lens import Lens
from powermap.maps.layout.account_layout import arranged
from powermap.maps.layout.free_slots import UNKNOWN
from powermap.maps.layout.layout import OUTSIDE, Layout, Slot
from powermap.model import Problem
from powermap.sources.columns import closest
from powermap.sources.formulas import unguard
from powermap.sources.table import Table
from powermap.words import Words

FIELDS = ("lane", "department", "level", "place", "name", "id")
HEADS = {
    "lane": Words("次序", "lane"),
    "department": Words("部门", "department"),
    "level": Words("层级", "level"),
    "place": Words("位置", "place"),
    "name": Words("姓名", "name"),
    "id": Words("编号", "id"),
}


def rows(lens: Lens, layout: Layout) -> list[dict[str, Any]]:
    """Write a layout as rows, by lane, level and place; lanes and places count from 1."""
    order = {lane: n for n, lane in enumerate(layout.lanes, 1)}
    found = [
        {
            "lane": order[lane],
            "department": lane.replace(OUTSIDE, "").strip(),
            "level": band if band < UNKNOWN else None,
            "place": index + 1,
            "name": lens.seats[person].name,
            "id": person,
        }
        for person, (lane, band, index) in layout.slots.items()
        if person in lens.seats and lane in order
    ]
    return sorted(found, key=lambda r: (r["lane"], r["level"] or UNKNOWN, r["place"]))


def read_table(lens: Lens, table: Table) -> tuple[Layout, list[Problem]]:
    """Read an edited table, whose first row names its columns, on top of the layout as it is, with every fault.

    What has no column stays as it is, and so does who isn't in the table.
    """
    (number, head), *lines = table.rows
    words = [str(cell or "").strip() for cell in head]
    fields, problems = _fields(words, number, table)
    if not {"name", "id"} & {*fields}:
        return arranged(lens), problems
    rows = []
    for n, cells in lines:
        found = dict(zip_longest(fields, cells[: len(fields)], fillvalue=None))
        rows.append((n, {f: unguard("" if c is None else str(c)) for f, c in found.items() if f}))
    layout, more = read(lens, rows, table.file, table.sheet, dict(zip(fields, words, strict=True)))
    return layout, problems + more


def _fields(words: Sequence[str], row: int, table: Table) -> tuple[list[str], list[Problem]]:
    """Say which field each column is, "" for none; a second one of a field, and one nearly of a field, are faults."""
    known = {word.casefold(): field for field, both in HEADS.items() for word in both}
    fields = [known.get(word.casefold(), "") for word in words]
    problems: list[Problem] = []

    def fault(column: str, said: Words, hint: Words) -> None:
        value = column or " | ".join(words)[:200]
        problems.append(_problem((table.file, table.sheet, row, column, value), said, hint))

    for n, (word, field) in enumerate(zip(words, fields, strict=True)):
        near = closest(word, known) if word and not field else None
        if field and field in fields[:n]:
            fault(word, Words("此列有两个", "there are two such columns"), Words("请删去一列", "delete one"))
        elif near and near not in fields:
            fault(
                word,
                Words("没有此列", "there is no such column"),
                Words(f"请写“{HEADS[near].zh}”", f"write {HEADS[near].en}"),
            )
    en, zh = ", ".join(HEADS[f].en for f in FIELDS), "、".join(HEADS[f].zh for f in FIELDS)
    hint = Words(f"第一行应为列名：{zh}", f"the first row names the columns: {en}")
    if not {"name", "id"} & {*fields}:
        fault("", Words("没有一列说明是谁", "no column says who it is"), hint)
    elif not {*fields} - {"name", "id", ""}:
        fault("", Words("没有一列说明位置", "no column says where people stand"), hint)
    return fields, problems


def read(
    lens: Lens,
    table: Sequence[tuple[int, Mapping[str, str]]],
    file: str,
    sheet: str = "",
    heads: Mapping[str, str] | None = None,
) -> tuple[Layout, list[Problem]]:
    """Read edited rows (row number, field -> text) on top of the layout as it is, with every fault.

    A department that is nobody's is a lane of its own, so people can be put aside. `heads` are the columns' names.
    """
    reading = _Reading(lens, file, sheet, heads or {})
    for row, values in table:
        reading.add(row, values)
    return reading.layout(), reading.problems


class _Reading:
    """The rows read so far: who stands where, the numbers of lanes, and the faults."""

    def __init__(self, lens: Lens, file: str, sheet: str, heads: Mapping[str, str]) -> None:
        self.problems: list[Problem] = []
        self._lens, self._file, self._sheet, self._heads = lens, file, sheet, heads
        self._now = arranged(lens)
        self._rows: dict[str, int] = {}
        self._slots: dict[str, Slot] = {}
        self._waiting: dict[str, tuple[str, int]] = {}
        self._taken: dict[Slot, int] = {}
        self._numbers: dict[str, tuple[int, int]] = {}
        self._named: dict[str, list[str]] = {}
        for seat in lens.seats.values():
            for name in {seat.name, seat.person.name_alt}:
                self._named.setdefault(name, []).append(seat.id)

    def add(self, row: int, values: Mapping[str, str]) -> None:
        """Read one row."""
        lane_number = self._number(row, values, "lane", 999)
        level = self._number(row, values, "level", 5)
        place = self._number(row, values, "place", 999)
        person = self._person(row, values)
        if person is None:
            return
        self._rows[person] = row
        lane, band, _ = self._now.slots[person]
        if "department" in values:
            lane = self._lane(person, values["department"].strip())
        if lane_number:
            self._claim(row, lane, lane_number)
        if "level" in values:
            band = UNKNOWN if level is None else level
        if not band or place == 0:
            return
        if place is None:
            self._waiting[person] = lane, band
            return
        slot = (lane, band, place - 1)
        first = self._taken.setdefault(slot, row)
        if first != row:
            self._fault(
                row,
                "place",
                str(place),
                Words(f"此位置已被第 {first} 行占用", f"this place is taken by row {first}"),
                Words("每人一个位置号", "give each a number of their own"),
            )
        self._slots[person] = slot

    def layout(self) -> Layout:
        """Return the layout, in which whoever was given no place gives way."""
        now, slots = self._now, self._slots
        rest = {p: slot for p, slot in now.slots.items() if p not in slots and p not in self._waiting}
        for person, (lane, band) in self._waiting.items():
            old = now.slots[person]
            rest[person] = old if old[:2] == (lane, band) else (lane, band, 0)
        for person, (lane, band, index) in sorted(rest.items(), key=lambda r: (r[0] in self._waiting, r[1])):
            while (lane, band, index) in self._taken:
                index += 1
            slots[person] = (lane, band, index)
            self._taken[lane, band, index] = 0
        used = {slot[0]: None for p, slot in slots.items() if p in self._lens.seats}
        order = self._order([lane for lane in now.lanes if lane in used])
        order += [lane for lane in used if lane not in order]
        if slots == now.slots and order == [lane for lane in now.lanes if lane in used]:
            return now
        columns = {lane: n for lane, n in now.columns.items() if lane in used}
        layout = Layout(tuple(order), columns, slots, homes=now.homes, column=now.column, sheet=now.sheet)
        return arranged(self._lens, layout)

    def _order(self, now: Sequence[str]) -> list[str]:
        """Put the lanes that have a number where it says, and the others around them as they were."""
        rest = [lane for lane in now if lane not in self._numbers]
        order: list[str] = []
        for lane, (number, _) in sorted(self._numbers.items(), key=lambda n: (n[1], n[0])):
            room = max(0, number - 1 - len(order))
            order += [*rest[:room], lane]
            del rest[:room]
        return order + rest

    def _person(self, row: int, values: Mapping[str, str]) -> str | None:
        field = "id" if values.get("id", "").strip() else "name"
        written = values.get(field, "").strip()
        found = [written] if written in self._lens.seats else self._named.get(written, []) if written else []
        if not written:
            why = (
                Words("没有写是谁", "nobody is named"),
                Words("请填姓名或编号，或删去此行", "give a name or an id, or delete the row"),
            )
        elif not found:
            near = get_close_matches(written, [name for name in self._named if name], 1)
            hint = Words(f"是否是“{near[0]}”？", f"did you mean {near[0]}?") if near else Words("", "")
            why = Words("该客户没有此人", f"nobody at {self._lens.account.name} has this {field}"), hint
        elif len(found) > 1:
            why = (
                Words(f"有 {len(found)} 人同名", f"{len(found)} people have this name"),
                Words("请填编号", "give the id"),
            )
        elif found[0] in self._rows:
            first = self._rows[found[0]]
            why = (
                Words(f"此人在第 {first} 行已有位置", f"this person stands in row {first} already"),
                Words("请删去一行", "delete one"),
            )
        else:
            return found[0]
        self._fault(row, field, written, *why)
        return None

    def _lane(self, person: str, text: str) -> str:
        if re.fullmatch(r"(\(\d+\))?", text):
            return f"{OUTSIDE if self._lens.seats[person].external else ''} {text}".rstrip()
        return text

    def _claim(self, row: int, lane: str, number: int) -> None:
        """Note the number of a lane; a department has one, and no other has it."""
        said = self._numbers.get(lane)
        if said is not None and said[0] != number:
            self._fault(
                row,
                "lane",
                str(number),
                Words(
                    f"同一部门在第 {said[1]} 行的次序是 {said[0]}",
                    f"the same department has lane {said[0]} in row {said[1]}",
                ),
                Words("同一部门各行填同一个次序", "write the same number in every row of a department"),
            )
        elif said is None:
            other = next((r for n, r in self._numbers.values() if n == number), None)
            self._numbers[lane] = number, row
            if other is not None:
                self._fault(
                    row,
                    "lane",
                    str(number),
                    Words(
                        f"第 {other} 行的另一部门已用此次序",
                        f"another department has this lane in row {other}",
                    ),
                    Words("每个部门一个次序", "give each department a number of its own"),
                )

    def _number(self, row: int, values: Mapping[str, str], field: str, most: int) -> int | None:
        """Read a number from 1; None: nothing is written, 0: something else is, and was told."""
        text = values.get(field, "").strip()
        if not text:
            return None
        value = int(float(text)) if re.fullmatch(r"\d{1,6}(\.0+)?", text) else 0
        if not 1 <= value <= most:
            kind = HEADS[field]
            self._fault(
                row,
                field,
                text,
                Words(f"{kind.zh}应为 1 到 {most} 的整数", f"a {kind.en} is a whole number from 1 to {most}"),
                Words("请填这样的整数，或留空", "write such a number, or nothing"),
            )
            return 0
        return value

    def _fault(self, row: int, field: str, value: str, fault: Words, hint: Words) -> None:
        column = self._heads.get(field, HEADS[field].en)
        cell = self._file, self._sheet, row, column, value[:200]
        self.problems.append(_problem(cell, fault, hint))


def _problem(cell: tuple[str, str, int, str, str], fault: Words, hint: Words) -> Problem:
    """Return a fault in a cell: of its file, sheet, row and column, with its text."""
    return Problem(*cell, fault.en, hint.en, "layout", fault.zh, hint.zh)
