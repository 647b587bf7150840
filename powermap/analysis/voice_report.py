"""What a customer may read of their voices: what they asked for, our answer, and the day it was solved; nothing else (M75)."""

from __future__ import annotations

from powermap.analysis.text import CERTAIN
from powermap.analysis.voices import ROUTED, SOLVED, Heard, heard
from powermap.findings import Answer, Column, Finding, Rule
from powermap.lens import Lens
from powermap.model import Organization, Person, WorksAt
from powermap.model.naming import fold
from powermap.words import Words, by_language

COLUMNS = (
    ("words", "您提的", "What you asked for"),
    ("answer", "我们的答复", "Our answer"),
    ("solved_on", "办成日期", "Solved on"),
)
RULE = Rule("asked and done", Words("办成的由您确认", "done is what you have confirmed"))


def told_to_them(lens: Lens) -> list[Heard]:
    """Return the voices that the customer may see: what they asked for, without those that name a rival."""
    kinds = lens.pack.topic("voices")["asked"]["kinds"]
    others = [o for o in lens.snapshot.all(Organization) if o.type == "supplier" and not o.us]
    rivals = {o.id for o in others}
    theirs = {w.src for w in lens.snapshot.all(WorksAt) if w.dst in rivals}
    people = [p for p in lens.snapshot.all(Person) if p.id in theirs]
    named = {n for o in others for n in (o.name, o.name_alt)} | {
        n for p in people for n in (p.name, p.name_alt)
    }
    shy = {fold(n) for n in named if n}

    def names_one(h: Heard) -> bool:
        said = fold(f"{h.voice.words} {h.voice.answer if h.gate >= SOLVED else ''}")
        return h.voice.about in rivals or any(n in said for n in shy)

    asked = [h for h in heard(lens) if h.voice.sort in kinds and not names_one(h)]
    return sorted(
        asked, key=lambda h: (not h.closed, h.gate != SOLVED, str(h.voice.solved_on), str(h.voice.on))
    )


def for_customer(lens: Lens) -> Answer:
    """Answer, for the customer's eyes, what became of what they asked for. It holds no id, no name of a person, no label."""
    found = told_to_them(lens)
    done = sum(h.closed for h in found)
    waiting = sum(h.gate == SOLVED for h in found)
    zh, en = (
        f"您提了 {len(found)} 件，已办成 {done} 件",
        f"Of {len(found)} you asked for, {done} {'is' if done == 1 else 'are'} done",
    )
    if waiting:
        zh += f"，另有 {waiting} 件已答复，等您评价"
        en += f"; {waiting} more {'is' if waiting == 1 else 'are'} answered and {'waits' if waiting == 1 else 'wait'} for your word"
    rows = tuple(_row(h) for h in found)
    name = by_language(lens.account.name, lens.account.name_alt)
    finding = Finding(
        kind="asked", subjects=(), value=done, rule=RULE, sentence=Words(f"{zh}。", f"{en}."), certainty=CERTAIN, unit="voices"
    )  # fmt: skip
    columns = tuple(Column(k, Words(z, e)) for k, z, e in COLUMNS)
    return Answer(
        "voices", ("", lens.account.name), None, None, lens.as_of, columns, rows, (finding,), (), {lens.account.name: name}
    )  # fmt: skip


def _row(h: Heard) -> dict[str, str | None]:
    solved = h.gate > ROUTED
    on = h.voice.solved_on or h.voice.verdict_on
    return {
        "words": h.voice.words,
        "answer": (h.voice.answer or None) if solved else None,
        "solved_on": on.isoformat() if solved and on else None,
    }
