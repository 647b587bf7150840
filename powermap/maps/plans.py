"""A kept layout as a table to edit: who stands in which lane, on which level, at which place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from powermap.findings import Words
from powermap.lens import Lens
from powermap.maps.layout import OUTSIDE, Layout
from powermap.maps.scene import arranged
from powermap.model import Problem

FIELDS = ("lane", "department", "level", "place", "name", "id")
HEADS = {
    "lane": Words("次序", "lane"),
    "department": Words("部门", "department"),
    "level": Words("层级", "level"),
    "place": Words("位置", "place"),
    "name": Words("姓名", "name"),
    "id": Words("编号", "id"),
}
UNKNOWN = 6
"""The band of people whose level isn't known."""


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


def read(
    lens: Lens, table: Sequence[tuple[int, Mapping[str, str]]], file: str
) -> tuple[Layout, list[Problem]]:
    """Read edited rows (row number, field -> text) on top of the layout as it is, with every fault.

    Who isn't in the table stays. A department that is nobody's is a lane of its own, so people can be put aside.
    """
    now = arranged(lens)
    problems: list[Problem] = []

    def fault(row: int, field: str, value: str, en: str, zh: str, hint: str = "", hint_zh: str = "") -> None:
        problems.append(
            Problem(
                file,
                "",
                row,
                HEADS[field].en,
                value[:200],
                en,
                hint,
                "layout",
                reason_zh=zh,
                suggestion_zh=hint_zh,
            )
        )

    def number(row: int, values: Mapping[str, str], field: str, most: int, default: int) -> int:
        text = values.get(field, "").strip()
        if not text:
            return default
        value = int(float(text)) if re.fullmatch(r"\d{1,6}(\.0+)?", text) else 0
        if not 1 <= value <= most:
            fault(
                row, field, text, f"a {field} is a whole number from 1 to {most}", f"应为 1 到 {most} 的整数"
            )
            return default
        return value

    slots = dict(now.slots)
    moved: set[str] = set()
    lanes: dict[str, int] = {}
    taken: dict[tuple[str, int, int], int] = {}
    named: dict[str, list[str]] = {}
    for seat in lens.seats.values():
        named.setdefault(seat.name, []).append(seat.id)
    for row, values in table:
        written = values.get("id", "").strip() or values.get("name", "").strip()
        found = [written] if written in lens.seats else named.get(written, [])
        if len(found) > 1:
            fault(
                row,
                "name",
                written,
                f"{len(found)} people have this name",
                f"有 {len(found)} 人同名",
                "give the id",
                "请填编号",
            )
            continue
        person = found[0] if found else ""
        if person in moved:
            fault(row, "id", written, "this person stands in a row above already", "此人在上面的行里已有位置")
            continue
        if not person:
            fault(row, "id", written, f"nobody at {lens.account.name} has this id or name", "该客户没有此人")
            continue
        lane = values.get("department", "").strip()
        if re.fullmatch(r"(\(\d+\))?", lane):
            lane = f"{OUTSIDE if lens.seats[person].external else ''} {lane}".rstrip()
        lanes.setdefault(lane, number(row, values, "lane", 999, len(lanes) + 1))
        slot = (lane, number(row, values, "level", 5, UNKNOWN), number(row, values, "place", 999, 1) - 1)
        if slot in taken:
            fault(
                row,
                "place",
                values.get("place", ""),
                f"this place is taken by row {taken[slot]}",
                f"此位置已被第 {taken[slot]} 行占用",
                "give each its own number",
                "每人一个位置号",
            )
        taken[slot] = row
        slots[person] = slot
        moved.add(person)
    for person, slot in list(slots.items()):
        # Whoever was left out of the table gives way.
        if person not in moved:
            lane, band, index = slot
            while (lane, band, index) in taken:
                index += 1
            slots[person] = (lane, band, index)
            taken[lane, band, index] = 0
    order = sorted(lanes, key=lambda lane: (lanes[lane], lane))
    order += [lane for lane in now.lanes if lane not in lanes]
    columns = {lane: n for lane, n in now.columns.items() if lane in order}
    return arranged(lens, Layout(tuple(order), columns, slots, {}, {}, now.homes)), problems
