"""What is to be done at an account, and what of it is overdue: actions, promises, voices, meetings; one rule for all answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from powermap.analysis.agenda import days_late, meetings
from powermap.analysis.needs import ahead_words, asker, named, pool
from powermap.analysis.policy import ALLOWED, of_action
from powermap.analysis.progress import deeds
from powermap.analysis.text import call, names
from powermap.analysis.voices import SOLVED, heard
from powermap.lens import Lens
from powermap.model import number_of
from powermap.words import Words, both, by_language

KINDS = {
    "promise": Words("承诺", "promise"),
    "action": Words("行动", "action"),
    "voice": Words("客户声音", "voice"),
    "meeting": Words("会面", "meeting"),
    "need": Words("提前铺垫", "prepare ahead"),
}
AHEAD = 30
"""Days ahead in which a meeting that will be due is something to do."""
LONGEST = 60
"""Letters of a voice's words that are told."""


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
        return days_late(self.due, day)


def todos(lens: Lens) -> tuple[Todo, ...]:
    """Return what is to be done at an account: what isn't done, isn't closed, or is due within a month."""
    return lens.once(_todos)


def overdue(lens: Lens) -> tuple[Todo, ...]:
    """Return what of it is overdue, promises first, then what is overdue the longest."""
    late = [t for t in todos(lens) if t.late(lens.as_of)]
    return tuple(sorted(late, key=lambda t: (t.kind != "promise", t.due or date.max)))


def unowned(lens: Lens) -> tuple[Todo, ...]:
    """Return what of it nobody of ours owns."""
    return tuple(t for t in todos(lens) if not t.owner)


def counted(found: Iterable[Todo]) -> Words:
    """Say how many things of each kind there are: 承诺 1、客户声音 2."""
    kinds = [t.kind for t in found]
    told = [(KINDS[k], kinds.count(k)) for k in KINDS if k in kinds]
    return Words(
        "、".join(f"{w.zh} {n}" for w, n in told),
        ", ".join(f"{n} {w.en}{'s' * (n != 1)}" for w, n in told),
    )


def _todos(lens: Lens) -> tuple[Todo, ...]:
    return tuple(_find(lens))


def _find(lens: Lens) -> Iterator[Todo]:
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
            words = v.words if len(v.words) <= LONGEST else v.words[: LONGEST - 1] + "…"
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
        if m.due <= lens.as_of + timedelta(days=AHEAD) and (
            m.last is not None or lens.services or lens.goals
        ):
            note = both("") if m.last else Words("从未有记录", "never on record")
            yield Todo(
                "meeting", m.name, lens.account.id, house, both(""), m.owner, name(m.owner), m.due, note,
                f"{lens.account.id}-{m.key}",
            )  # fmt: skip
    for need in pool(lens):
        # Somebody is to be asked before it is tendered (M38).
        if need.ahead:
            owner = asker(lens, need)
            yield Todo(
                "need", named(need.deal), lens.account.id, house, names(lens, need.ask), owner, name(owner), None,
                ahead_words(lens, need) or both(""), need.deal.id,
            )  # fmt: skip
