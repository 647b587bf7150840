"""Like meets like (M18, 兵对兵、将对将): who of ours, by rank, covers whom of theirs, by rank."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from powermap.analysis.rules.duty import Fault, Limits, levels
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


def unmatched(lens: Lens) -> list[Fault]:
    """Judge whether each of their levels is met by one of ours of about that rank: what isn't, or can't be judged."""
    rank = ranks(lens)
    theirs = {s.level for s in lens.seats.values() if s.level and not s.external}
    met = [(rank.get(c.src), level) for c in lens.covers() if (level := lens.seats[c.dst].level)]
    return levels(theirs, bool(rank), met, Limits.of(lens.pack))


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
    faults = unmatched(lens)
    holes = [level for fault in faults if fault.red for level in fault.about]
    judged = all(fault.red for fault in faults)
    bare = Words("没有对等的人", "nobody of matching rank")
    for level in theirs:
        state = Words("缺数据", "no data") if not judged else bare if level in holes else Words("", "")
        row: dict[str, Any] = {
            "id": f"level{level}",
            "level": (named[level] if level in named else Words(str(level), str(level)))._asdict(),
            "people": sum(s.level == level and not s.external for s in lens.seats.values()),
            "state": state._asdict(),
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
    elif not judged:
        words = Words(f"{faults[0].words.zh}。", f"{faults[0].words.en[0].upper()}{faults[0].words.en[1:]}.")
    finding = Finding(
        kind="level-matching",
        subjects=(lens.account.id,),
        value=len(holes) if judged else None,
        rule=rule,
        sentence=words,
        certainty=CERTAIN if judged else OPEN,
        unit="levels",
        urgency=2 if holes else 0,
    )
    return answer(lens, "matrix", columns, rows, [finding])
