"""The houses of all accounts: who owns the roof and the floor, how many pillars stand, and how healthy the whole is."""

from __future__ import annotations

from powermap.analysis.dials import DIALS, STATES, dials, worst
from powermap.analysis.house import RULE, built
from powermap.analysis.text import CERTAIN, plural
from powermap.findings import Answer, Finding
from powermap.lens import Lens
from powermap.method import Pack
from powermap.model import Records
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.questions.findings_table import frame
from powermap.portfolio.questions.managed import left_out, lenses
from powermap.words import Words, by_language

COLUMNS = (
    ("grade", "等级", "Grade"),
    ("name", "客户", "Account"),
    ("roof", "房顶·组织", "Roof: organization"),
    ("roof_owner", "负责人", "Owner"),
    ("pillars", "柱子·关键", "Pillars: key"),
    ("floor", "地基·普遍", "Floor: general"),
    ("floor_owner", "负责人", "Owner"),
    ("health", "健康", "Health"),
    ("why", "依据", "Why"),
)


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer how the houses of all managed accounts stand."""
    rows, open_ = [], []
    for lens in lenses(records, pack, scan.columns.as_of):
        found = built(lens)
        if any(not p.owners for p in found.parts):
            open_.append(lens.account.id)
        held = [p for p in found.pillars if p.value is not None and p.value >= 1 and p.owners]
        state = worst(lens)
        name = by_language(lens.account.name, lens.account.name_alt)
        rows.append(
            {
                "id": lens.account.id,
                "account_id": lens.account.id,
                "grade": lens.account.grade,
                "name": name._asdict(),
                "roof": found.roof.level._asdict(),
                "roof_owner": _names(lens, found.roof.owners),
                "pillars": f"{len(held)} / {len(found.pillars)}",
                "floor": found.floor.level._asdict(),
                "floor_owner": _names(lens, found.floor.owners),
                "health": STATES[state]._asdict(),
                "why": _why(lens)._asdict(),
            }
        )
    grades = list(pack.grades)
    rows.sort(
        key=lambda r: (grades.index(r["grade"]) if r["grade"] in grades else len(grades), str(r["name"]))
    )
    words = Words(
        f"{len(rows)} 个客户的房子里，{len(open_)} 个有的部分没有负责人。",
        f"Of the houses of {plural(len(rows), 'account')}, {len(open_)} have parts that nobody owns.",
    )
    finding = Finding(
        kind="houses", subjects=tuple(open_[:20]), value=len(open_), rule=RULE, sentence=words, certainty=CERTAIN,
        unit="accounts", urgency=1 if open_ else 0,
    )  # fmt: skip
    return frame(scan, "house", COLUMNS, rows, [finding], left_out(records))


def _names(lens: Lens, people: tuple[str, ...]) -> list[str]:
    return [str(getattr(lens.snapshot.records.get(p), "name", "")) for p in people]


def _why(lens: Lens) -> Words:
    bad = [d for d in dials(lens) if d.state != "good"]
    return Words(
        "；".join(f"{DIALS[d.key].zh}：{d.why.zh}" for d in bad),
        "; ".join(f"{DIALS[d.key].en}: {d.why.en}" for d in bad),
    )
