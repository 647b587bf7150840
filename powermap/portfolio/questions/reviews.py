"""The review over all managed accounts: goals met of due, actions on time, promises broken, account by account."""

from __future__ import annotations

from typing import Any

from powermap.analysis.dials import STATES, worst
from powermap.analysis.progress import aims, deeds
from powermap.analysis.text import CERTAIN, plural
from powermap.analysis.todos import overdue, unowned
from powermap.findings import Answer, Finding, Rule
from powermap.method import Pack
from powermap.model import Records
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.questions.findings_table import frame
from powermap.portfolio.questions.managed import left_out, lenses
from powermap.words import Words, by_language

RULE = Rule(
    "review",
    Words(
        "到期目标的达成、完成行动的按期，都由事实得出；逾期与待办同一口径：行动、承诺、客户声音、会面",
        "goals met and actions on time follow from facts; overdue is what `todo` calls so: actions, promises, voices, meetings",
    ),
)
COLUMNS = (
    ("grade", "等级", "Grade"),
    ("name", "客户", "Account"),
    ("goals", "目标达成", "Goals met"),
    ("on_time", "行动按期", "Actions on time"),
    ("quality", "平均质量", "Mean quality"),
    ("overdue", "逾期", "Overdue"),
    ("broken", "承诺失约", "Promises broken"),
    ("unowned", "没有负责人", "Owned by nobody"),
    ("health", "健康", "Health"),
)


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer how the plans of all managed accounts are kept."""
    rows: list[dict[str, Any]] = []
    for lens in lenses(records, pack, scan.columns.as_of):
        due = [a for a in aims(lens) if a.due]
        found = deeds(lens)
        done = [d for d in found if d.done_on]
        late = overdue(lens)
        quality = [d.action.quality for d in done if d.action.quality]
        rows.append(
            {
                "id": lens.account.id,
                "account_id": lens.account.id,
                "grade": lens.account.grade,
                "name": by_language(lens.account.name, lens.account.name_alt)._asdict(),
                "goals": f"{sum(bool(a.met) for a in due)} / {len(due)}",
                "on_time": f"{sum(d.state == 'done' for d in done)} / {len(done)}",
                "quality": round(sum(quality) / len(quality), 1) if quality else None,
                "overdue": len(late),
                "broken": sum(t.kind == "promise" for t in late),
                "unowned": len(unowned(lens)),
                "health": STATES[worst(lens)]._asdict(),
            }
        )
    grades = list(pack.grades)
    rows.sort(
        key=lambda r: (
            -r["broken"],
            -r["overdue"],
            grades.index(r["grade"]) if r["grade"] in grades else len(grades),
            r["name"]["en"],
        )
    )
    broken, late_ = sum(r["broken"] for r in rows), sum(r["overdue"] for r in rows)
    words = Words(
        f"{len(rows)} 个客户：逾期 {late_} 件，其中承诺 {broken} 件。",
        f"{plural(len(rows), 'account')}: {late_} overdue, {broken} of them promises.",
    )
    finding = Finding(
        kind="reviews", subjects=tuple(r["id"] for r in rows if r["overdue"])[:20], value=late_, rule=RULE, sentence=words,
        certainty=CERTAIN, unit="things", urgency=3 if broken else 2 if late_ else 0,
    )  # fmt: skip
    return frame(scan, "review", COLUMNS, rows, [finding], left_out(records))
