"""Like meets like (M18, 兵对兵、将对将): who of ours, by rank, covers whom of theirs, by rank."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from powermap.analysis.rules.duty import Limits
from powermap.analysis.text import CERTAIN, OPEN, answer, person_name, plural
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.model import WorksAt
from powermap.words import Words


def ranks(lens: Lens) -> dict[str, int]:
    """Return the rank of each of ours, the highest of several posts; nobody without one."""
    found: dict[str, int] = {}
    for work in lens.snapshot.all(WorksAt):
        if work.dst == lens.supplier.id and work.level:
            found[work.src] = min(work.level, found.get(work.src, work.level))
    return found


def cells(lens: Lens) -> dict[tuple[int, int], list[tuple[str, str]]]:
    """Return (their level, our rank, 0 if unknown) -> pairs of ours and theirs."""
    rank = ranks(lens)
    found: dict[tuple[int, int], list[tuple[str, str]]] = defaultdict(list)
    for cover in lens.covers():
        level = lens.seats[cover.dst].level
        if level:
            found[level, rank.get(cover.src, 0)].append((cover.src, cover.dst))
    return dict(found)


def matrix(lens: Lens) -> Answer:
    """Answer which of their levels are met by one of ours of about that rank."""
    limits, found = Limits.of(lens.pack), cells(lens)
    named = {row["value"]: Words(row["zh"], row["en"]) for row in lens.pack.topic("levels")["level"]}
    theirs = sorted({s.level for s in lens.seats.values() if s.level and not s.external})
    mine = sorted({rank for _, rank in found if rank})
    columns: list[tuple[str, str, str]] = [("level", "对方层级", "Their level"), ("people", "人数", "People")]
    columns += [(f"rank{r}", f"我方：{named[r].zh}", f"Ours: {named[r].en}") for r in mine if r in named]
    columns += [("rank0", "我方：层级未知", "Ours: rank unknown")] if any(r == 0 for _, r in found) else []
    columns += [("state", "状态", "State")]
    rows: list[dict[str, Any]] = []
    holes = []
    for level in theirs:
        met = any(rank and rank <= level + limits.rank for at, rank in found if at == level)
        if not met:
            holes.append(level)
        row: dict[str, Any] = {
            "id": f"level{level}",
            "level": (named[level] if level in named else Words(str(level), str(level)))._asdict(),
            "people": sum(s.level == level and not s.external for s in lens.seats.values()),
            "state": (Words("", "") if met else Words("没有对等的人", "nobody of matching rank"))._asdict(),
        }
        for at, rank in found:
            if at == level:
                row[f"rank{rank}"] = [
                    f"{person_name(lens, a)} → {person_name(lens, b)}" for a, b in found[at, rank]
                ]
        rows.append(row)
    rule = Rule(
        "levels",
        Words(
            f"对方每一层都有同级或低 {limits.rank} 级以内的我方的人",
            f"each of their levels met by one of ours of the same rank, or at most {limits.rank} below",
        ),
    )
    said = [named[h] if h in named else Words(str(h), str(h)) for h in holes]
    words = Words("每一层都有对等的人。", "Every level is met by one of ours of about that rank.")
    if holes:
        words = Words(
            f"{len(holes)} 层没有对等的人：{'、'.join(w.zh for w in said)}。",
            f"{plural(len(holes), 'level')} without anybody of matching rank: {', '.join(w.en for w in said)}.",
        )
    elif not theirs:
        words = Words("不知道对方的层级。", "Their levels are not known.")
    finding = Finding(
        kind="level-matching",
        subjects=(lens.account.id,),
        value=len(holes),
        rule=rule,
        sentence=words,
        certainty=CERTAIN if theirs else OPEN,
        unit="levels",
        urgency=2 if holes else 0,
    )
    return answer(lens, "matrix", columns, rows, [finding])
