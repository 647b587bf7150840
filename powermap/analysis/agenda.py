"""The meetings that a year with a customer has (M71, M72): when each layer met last, and when it is due again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from powermap.analysis.cover import serving
from powermap.analysis.layer_levels import meetings_of
from powermap.analysis.rules.coverage import apart, in_person
from powermap.analysis.text import CERTAIN, answer, person_name, plural
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.words import Words

RULE = Rule(
    "calendar",
    Words(
        "三个层级的会面各有周期：最高层一年一两次，高管层按规则包，工作层按周按月；服务年会一年一次",
        "three layers of meetings, each with its cadence: the top once or twice a year, the second by the rule pack, working level by "
        "week or month; the service year once a year",
    ),
)
COLUMNS = (
    ("meeting", "会面", "Meeting"),
    ("last", "上次", "Last"),
    ("due", "下次应在", "Due"),
    ("overdue", "逾期（天）", "Overdue (days)"),
    ("theirs", "对方", "Theirs"),
    ("ours", "我方", "Ours"),
    ("owner", "负责人", "Owner"),
    ("agenda", "议题", "Agenda"),
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A layer of meetings: when it met last (None: never on record), when it is due, who would be there, and who owns it.

    The owner is whoever has the duty that the calendar names, else whoever covers these people, else the account manager;
    empty where nobody is.
    """

    key: str
    name: Words
    agenda: Words
    last: date | None
    due: date
    theirs: tuple[str, ...]
    ours: tuple[str, ...]
    owner: str

    def overdue(self, day: date) -> int:
        """Return the days since it was due, 0 if it isn't yet."""
        return days_late(self.due, day)


def days_late(due: date | None, day: date) -> int:
    """Return the days since something was due, 0 if it isn't yet, or if no day is set."""
    return max(0, (day - due).days) if due else 0


def meetings(lens: Lens) -> tuple[Meeting, ...]:
    """Return the layers of meetings that this account can have: those of whose levels it has people."""
    return lens.once(_find)


def _find(lens: Lens) -> tuple[Meeting, ...]:
    away = apart(lens.pack)
    found = []
    for row in lens.pack.topic("calendar")["meeting"]:
        people = [s.id for s in lens.seats.values() if s.level in row["levels"]]
        if not people:
            continue
        days = [
            i.on
            for i in meetings_of(lens)
            if i.on is not None
            and in_person(i, away)
            and (not row["forms"] or i.form in row["forms"] or (not i.form and row["key"] != "service"))
            and set(i.theirs) & set(people)
        ]
        last = max(days, default=None)
        due = (last + timedelta(days=row["days"])) if last else lens.as_of
        mine = {c.src for c in lens.covers() if c.dst in people}
        ours = tuple(p.id for p in lens.team() if p.id in mine)
        owner = next(
            iter((*serving(lens, row.get("duty", "")), *ours, *serving(lens, "account_manager"))), ""
        )
        found.append(
            Meeting(
                row["key"], Words(row["zh"], row["en"]), Words(row["agenda_zh"], row["agenda_en"]), last, due,
                tuple(people[:6]), ours, owner,
            )
        )  # fmt: skip
    return tuple(found)


def calendar(lens: Lens) -> Answer:
    """Answer which meetings of the three layers are due, and which are overdue."""
    found = meetings(lens)
    rows = [
        {
            "id": f"{lens.account.id}-{m.key}",
            "meeting": m.name._asdict(),
            "last": m.last.isoformat() if m.last else None,
            "due": m.due.isoformat(),
            "overdue": m.overdue(lens.as_of) or None,
            "theirs": [person_name(lens, p) for p in m.theirs],
            "ours": [person_name(lens, p) for p in m.ours],
            "owner": person_name(lens, m.owner) if m.owner else None,
            "agenda": m.agenda._asdict(),
        }
        for m in sorted(found, key=lambda m: m.due)
    ]
    late = [m for m in found if m.overdue(lens.as_of) or m.last is None]
    findings = []
    if late:
        zh = "、".join(m.name.zh + ("（从未有记录）" if m.last is None else "") for m in late)
        en = ", ".join(m.name.en + (" (never on record)" if m.last is None else "") for m in late)
        findings.append(
            Finding(
                kind="meeting-due",
                subjects=(lens.account.id,),
                value=len(late),
                rule=RULE,
                sentence=Words(f"该开而没开的会：{zh}。", f"{plural(len(late), 'meeting')} due: {en}."),
                certainty=CERTAIN,
                unit="meetings",
                urgency=2 if any(m.key == "summit" for m in late) else 1,
            )
        )
    else:
        findings.append(
            Finding(
                kind="meetings", subjects=(lens.account.id,), value=0, rule=RULE,
                sentence=Words("三个层级的会面都在周期之内。", "Every layer of meetings is within its cadence."), certainty=CERTAIN,
            )
        )  # fmt: skip
    return answer(lens, "calendar", COLUMNS, rows, findings)
