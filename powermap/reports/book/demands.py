"""What the grade demands, as a checklist."""

from __future__ import annotations

from powermap.analysis.demands import faults
from powermap.analysis.fragility import reach
from powermap.analysis.rules.duty import DEMANDS, Fault
from powermap.analysis.rules.grade import demands
from powermap.lens import Lens
from powermap.reports.book.marks import say
from powermap.words import Words


def checklist(lens: Lens) -> str:
    """Write what the grade demands as a checklist, and how much of it is met; "" for a grade that demands nothing."""
    ways = reach(lens)
    fewest = min((ways.ways(t) for t in ways.targets), default=-1)
    asked = demands(lens.account.grade, lens.pack)
    keys = [k for k in DEMANDS if k != "visits" and (k in asked or (k == "key" and "named" in asked))]
    lacking: dict[str, list[Fault]] = {k: [] for k in keys}
    for fault in faults(lens, fewest):
        lacking.setdefault(fault.demand, []).append(fault)
    if not keys:
        return ""
    items = "".join(
        f"<li{' class=lacks' if lacking[k] else ''}><i>{'○' if lacking[k] else '●'}</i><b>{say(DEMANDS[k])}</b><em>"
        + ("<br>".join(say(f.words) for f in lacking[k]) or say(Words("已满足", "met")))
        + "</em></li>"
        for k in keys
    )
    met = sum(not lacking[k] for k in keys)
    said = Words(f"要求 {len(keys)} 项，已满足 {met} 项", f"{met} of {len(keys)} demands met")
    return f"<p class=sub>{say(said)}</p><ul class=demands>{items}</ul>"
