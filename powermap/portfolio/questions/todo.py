"""What is to be done, over all accounts: promises first, then what is overdue, by day; meetings that are due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from powermap.analysis.agenda import meetings
from powermap.analysis.policy import ALLOWED, of_action
from powermap.analysis.progress import deeds
from powermap.analysis.text import CERTAIN, call, plural
from powermap.analysis.voices import SOLVED, heard
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.method import Pack
from powermap.model import Records, number_of
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.questions.findings_table import frame
from powermap.portfolio.questions.managed import lenses
from powermap.words import Words, both, by_language

RULE = Rule(
    "to do",
    Words(
        "没有完成的行动与承诺、没有闭环的客户声音、该开的会；承诺在前，再按截止日",
        "actions and promises that aren't done, voices that aren't closed, meetings that are due; promises first, then by day",
    ),
)
KINDS = {
    "promise": Words("承诺", "promise"),
    "action": Words("行动", "action"),
    "voice": Words("客户声音", "voice"),
    "meeting": Words("会面", "meeting"),
}
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


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: for an account, by one of ours (empty: nobody owns it, which is red), until a day (None: none is set)."""

    kind: str
    what: Words
    account: str
    account_name: Words
    people: Words
    owner: str
    owner_name: str
    due: date | None
    note: Words
    record: str
    number: str = ""
    """What people write to mean it; a meeting that is due has none."""

    def late(self, day: date) -> int:
        """Return the days since it was due, 0 if it isn't yet."""
        return max(0, (day - self.due).days) if self.due else 0


def todos(views: Iterable[Lens]) -> list[Todo]:
    """Return what is to be done, promises first, then by day."""
    found = [todo for lens in views for todo in of_account(lens)]
    return sorted(found, key=lambda t: (t.kind != "promise", t.due or date.max, t.account_name.en, t.what.en))


def of_account(lens: Lens) -> Iterator[Todo]:
    """Yield what is to be done at one account."""
    house = by_language(lens.account.name, lens.account.name_alt)

    def name(person: str) -> str:
        return str(getattr(lens.snapshot.records.get(person), "name", ""))

    for deed in deeds(lens):
        a = deed.action
        if deed.done_on:
            continue
        verdict = of_action(lens, a)
        who = [call(lens, t) if t in lens.seats else both(name(t)) for t in a.targets]
        note = (
            verdict.why
            if verdict.ruling != ALLOWED
            else Words("没有负责人", "nobody owns it")
            if not a.owner
            else both("")
        )
        yield Todo(
            "promise" if a.promise else "action", lens.pack.say("what", a.what), lens.account.id, house,
            Words("、".join(w.zh for w in who), ", ".join(w.en for w in who)), a.owner, name(a.owner), a.due, note, a.id, number_of(a),
        )  # fmt: skip
    for h in sorted(heard(lens), key=lambda h: h.voice.on or date.max):
        v = h.voice
        if not h.closed and (v.owner or v.due):
            gate = Words("等客户确认", "waits for their verdict") if h.gate == SOLVED else both("")
            if h.reopened and h.gate < SOLVED:
                gate = Words(f"客户评 {v.verdict:g} 分，重开", f"reopened by a {v.verdict:g}")
            said = call(lens, v.said_by) if v.said_by in lens.seats else both("")
            words = v.words if len(v.words) <= 60 else v.words[:59] + "…"
            yield Todo(
                "voice",
                both(words),
                lens.account.id,
                house,
                said,
                v.owner,
                name(v.owner),
                v.due,
                gate,
                v.id,
                number_of(v),
            )
    for m in meetings(lens):
        if m.due <= lens.as_of + timedelta(days=30) and (m.last is not None or lens.services or lens.goals):
            note = both("") if m.last else Words("从未有记录", "never on record")
            owner = m.ours[0] if m.ours else ""
            yield Todo(
                "meeting",
                m.name,
                lens.account.id,
                house,
                both(""),
                owner,
                name(owner),
                m.due,
                note,
                f"{lens.account.id}-{m.key}",
            )


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
        + (f"（其中承诺 {broken} 件）" if broken else "")
        + (f"，{bare} 件没有负责人" if bare else "")
    )
    en = (
        f"{plural(len(found), 'thing')} to do, {len(late)} overdue"
        + (f" ({broken} of them promises)" if broken else "")
        + (f", {bare} owned by nobody" if bare else "")
    )
    return Finding(
        kind="todo", subjects=tuple(t.record for t in late[:20]), value=len(found), rule=RULE, sentence=Words(f"{zh}。", f"{en}."),
        certainty=CERTAIN, unit="things", urgency=3 if broken else 2 if late else 0,
    )  # fmt: skip


def answer(scan: Scan, records: Records, pack: Pack) -> Answer:
    """Answer what is to be done over all accounts."""
    day = scan.columns.as_of
    found = todos(lenses(records, pack, day))
    return frame(scan, "todo", COLUMNS, table(found, day), [told(found, day)])
