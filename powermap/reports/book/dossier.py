"""The dossier of the rivals: item by item beside ours, their people and shares here, what was judged anew."""

from __future__ import annotations

from datetime import date

from powermap.analysis.judgements import firm_name
from powermap.analysis.rivals import VERDICTS, Point, points, rivals, rivals_of
from powermap.lens import Lens
from powermap.reports.book.marks import chip, day, plain, say, table
from powermap.reports.book.panel import Panel, sentences
from powermap.words import Words

MARKS = {"better": "▲", "equal": "=", "worse": "▼", "unknown": "?"}
"""Signs of how we stand, never a colour alone."""


def dossier_panel(lens: Lens, since: date | None = None) -> Panel:
    """Draw the rivals as columns beside ours; what one of the two lacks is unknown, and dashed."""
    answer, firms = rivals(lens, since), rivals_of(lens)
    items = [i for i in lens.pack.items.values() if i.read_by == "rivals"]
    found = {rival: {p.key: p for p in points(lens, rival, since)} for rival in firms}
    rows = []
    for item in items:
        ours = next((p.ours for f in found.values() if (p := f[item.key]).ours), None)
        cells = [say(item.words), say(ours.said) if ours else _none()]
        cells += [_cell(found[rival][item.key], item.kind != "text", since) for rival in firms]
        rows.append((cells, False))
    rows += _standing(answer.rows, firms, lens)
    heads = [Words("比什么", "What"), Words("我方", "Us"), *(firm_name(lens, rival) for rival in firms)]
    return Panel(
        "rivals",
        Words("友商档案", "Rivals beside us"),
        answer.findings[0].sentence,
        (table(heads, rows, "grid") if firms else "") + sentences(answer.findings[1:]),
        answer.findings,
        True,
    )


def _none() -> str:
    return f"<span class='ask none'>{say(Words('未知', 'unknown'))}</span>"


def _cell(p: Point, compared: bool, since: date | None) -> str:
    if p.theirs is None:
        return _none()
    mark = ""
    if compared:
        words = VERDICTS[p.verdict]
        mark = f"<b class='verdict {p.verdict}'>{MARKS[p.verdict]} {say(words)}</b> "
    old = (
        f"<small class=late>{day(p.theirs.record.on)}</small>"
        if p.theirs.stale
        else f"<small>{day(p.theirs.record.on)}</small>"
    )
    moved = since is not None and (p.before is None or p.before.record.id != p.theirs.record.id)
    before = p.before.said if p.before else Words("未知", "unknown")
    new = chip(Words(f"此前：{before.zh}", f"before: {before.en}")) if moved else ""
    return f"{mark}{say(p.theirs.said)} {old} {new}"


def _standing(rows: tuple, firms: tuple[str, ...], lens: Lens) -> list[tuple[list[str], bool]]:  # type: ignore[type-arg]
    """Set what each rival has on the ground side by side: people, coverage, shares, what customers say."""
    told: dict[str, dict[str, dict]] = {}  # type: ignore[type-arg]
    heads: dict[str, Words] = {}
    for rival in firms:
        for r in rows:
            if (
                str(r["id"]).startswith(f"{rival}-")
                and r["key"] is None
                and r["verdict"] is None
                and r["source"] is None
                and r["on"] is None
            ):
                key = str(r["id"]).removeprefix(f"{rival}-")
                if key in lens.pack.items:
                    continue
                heads[key] = Words(**r["what"])
                told.setdefault(key, {})[rival] = r
    made = []
    for key, words in heads.items():
        ours = next((r["ours"] for r in told[key].values() if r.get("ours")), None)
        cells = [say(words), say(Words(**ours)) if ours and ours["zh"] else ""]
        for rival in firms:
            r = told[key].get(rival)
            theirs = r["theirs"] if r else None
            cells.append(say(Words(**theirs)) if theirs and theirs["zh"] else plain("–"))
        made.append((cells, False))
    return made
