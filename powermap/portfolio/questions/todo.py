"""What is to be done, over all accounts: promises first, then what is overdue, by day; meetings that are due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from powermap.analysis.text import CERTAIN, plural
from powermap.analysis.todos import KINDS, Todo, counted, todos
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.method import Pack
from powermap.model import Records
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.questions.findings_table import frame
from powermap.portfolio.questions.managed import left_out, lenses
from powermap.words import Words

RULE = Rule(
    "to do",
    Words(
        "没有完成的行动与承诺、没有闭环的客户声音、该开的会；承诺在前，再按截止日",
        "actions and promises that aren't done, voices that aren't closed, meetings that are due; promises first, then by day",
    ),
)
COLUMNS = (
    ("number", "编号", "Number"),
    ("kind", "类别", "Kind"),
    ("what", "要做什么", "What"),
    ("account", "客户", "Account"),
    ("for", "对谁", "For"),
    ("owner", "负责人", "Owner"),
    ("due", "截止", "Due"),
    ("late", "逾期（天）", "Overdue (days)"),
    ("note", "备注", "Note"),
)


def all_todos(views: Iterable[Lens]) -> list[Todo]:
    """Return what is to be done, promises first, then by day."""
    found = [todo for lens in views for todo in todos(lens)]
    return sorted(found, key=lambda t: (t.kind != "promise", t.due or date.max, t.account_name.en, t.what.en))


def table(found: Iterable[Todo], day: date) -> list[dict[str, object]]:
    """Return things to do as rows."""
    return [
        {
            "id": t.record,
            "number": t.number or None,
            "account_id": t.account,
            "key": t.kind,
            "kind": KINDS[t.kind]._asdict(),
            "what": t.what._asdict(),
            "account": t.account_name._asdict(),
            "name": t.account_name._asdict(),
            "for": t.people._asdict(),
            "owner": t.owner_name or None,
            "due": t.due.isoformat() if t.due else None,
            "late": t.late(day) or None,
            "note": t.note._asdict(),
        }
        for t in found
    ]


def told(found: list[Todo], day: date) -> Finding:
    """Say in one sentence how much there is, how much of it is late, and what nobody owns."""
    late = [t for t in found if t.late(day)]
    broken = sum(t.kind == "promise" for t in late)
    bare = sum(not t.owner for t in found)
    zh = (
        f"{len(found)} 件事要做，{len(late)} 件逾期"
        + (f"（{counted(late).zh}）" if late else "")
        + (f"，{bare} 件没有负责人" if bare else "")
    )
    en = (
        f"{plural(len(found), 'thing')} to do, {len(late)} overdue"
        + (f" ({counted(late).en})" if late else "")
        + (f", {bare} owned by nobody" if bare else "")
    )
    return Finding(
        kind="todo", subjects=tuple(t.record for t in late[:20]), value=len(found), rule=RULE, sentence=Words(f"{zh}。", f"{en}."),
        certainty=CERTAIN, unit="things", urgency=3 if broken else 2 if late else 0,
    )  # fmt: skip


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer what is to be done over all accounts."""
    day = scan.columns.as_of
    found = all_todos(lenses(records, pack, day))
    return frame(scan, "todo", COLUMNS, table(found, day), [told(found, day)], left_out(records))
