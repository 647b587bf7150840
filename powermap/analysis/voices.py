"""The voice of the customer from the mouth to the verdict: at which gate each is, how long, who spoke, where it is stuck (M106-M110)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median
from typing import Any

from powermap.analysis.text import CERTAIN, answer, call, person_name, plural, signed
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.method import Pack
from powermap.model import Organization, Voice, number_of
from powermap.words import Words, both, by_language

COLUMNS = (
    ("number", "编号", "Number"),
    ("words", "原话", "Words"),
    ("gate", "到哪一关", "Gate"),
    ("days", "天", "Days"),
    ("late", "超限（天）", "Past limit (days)"),
    ("speaker", "谁说的", "Said by"),
    ("bias", "立场", "Bias"),
    ("triage", "筛选", "Triage"),
    ("votes", "评估", "Votes"),
    ("route", "流程", "Route"),
    ("actors", "各关经手", "Who passed each gate"),
    ("owner", "负责人", "Owner"),
    ("due", "截止", "Due"),
    ("verdict", "客户评价", "Verdict"),
)
HEARD, SCREENED, ROUTED, SOLVED, CONFIRMED = range(5)
"""The places of the gates."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate of the rule pack: its name, and how many days a voice may wait there (None: for ever)."""

    key: str
    words: Words
    days: int | None


@dataclass(frozen=True, slots=True)
class Stay:
    """How long a voice was at a gate: from a day until a day. `known`: both days are written, not taken from another gate."""

    gate: int
    since: date
    until: date
    known: bool

    @property
    def days(self) -> int:
        """The days between."""
        return (self.until - self.since).days


@dataclass(frozen=True, slots=True)
class Bias:
    """How the speaker stands: attitude to us and to the strongest rival (None: unknown), and the department."""

    us: int | None
    rival: int | None
    unit: str

    @property
    def leans(self) -> str:
        """To whom they lean: us, rival, none, or unknown where either attitude is."""
        if self.us is None or self.rival is None:
            return "unknown"
        return "us" if self.us > self.rival else "rival" if self.rival > self.us else "none"


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice and where it is: its gate, its stays so far, the days at the gate and beyond its limit, who spoke.

    `reopened`: a verdict below what closes it. `overdue`: its own day is past, and it isn't solved.
    """

    voice: Voice
    gate: int
    stays: tuple[Stay, ...]
    late: int
    reopened: bool
    overdue: bool
    bias: Bias

    @property
    def days(self) -> int:
        """Days at the gate where it is; of a closed one, from the mouth to the verdict."""
        if self.gate == CONFIRMED:
            return sum(s.days for s in self.stays)
        at = [s for s in self.stays if s.gate == self.gate]
        return at[-1].days

    @property
    def closed(self) -> bool:
        """Whether the customer's verdict has closed it."""
        return self.gate == CONFIRMED

    @property
    def red(self) -> bool:
        """Whether somebody has to act: past its limit or its day, or reopened."""
        return bool(self.late) or self.overdue or (self.reopened and not self.closed)


def gates(pack: Pack) -> tuple[Gate, ...]:
    """Return the gates of the rule pack, in order."""
    return tuple(
        Gate(row["key"], Words(row["zh"], row["en"]), row.get("days") if row["key"] != "confirmed" else None)
        for row in pack.topic("voices")["gate"]
    )


def closes(pack: Pack, voice: Voice) -> bool:
    """Tell whether a voice has a verdict of the customer that closes it."""
    return (
        voice.verdict is not None
        and voice.verdict_on is not None
        and voice.verdict >= pack.topic("voices")["verdict"]
    )


def passed(pack: Pack, voice: Voice, day: date) -> list[tuple[int, date | None]]:
    """Return the gates that a voice had passed by a day, in the order in which it did, each with its day if it is written.

    A verdict that doesn't close sends it back to whoever it was routed to, from where it is solved anew.
    """

    def by(on: date | None) -> bool:
        return on is None or on <= day

    found: list[tuple[int, date | None]] = [(HEARD, voice.on)]
    if (voice.screened_on or voice.screened_by or voice.triage or voice.criteria) and by(voice.screened_on):
        found.append((SCREENED, voice.screened_on))
    if (voice.routed_on or voice.routed_by or voice.route or voice.owner) and by(voice.routed_on):
        found.append((ROUTED, voice.routed_on))
    judged = voice.verdict_on if voice.verdict is not None and by(voice.verdict_on) else None
    solved = voice.solved_on if by(voice.solved_on) else None
    if judged is None:
        return [*found, (SOLVED, solved)] if solved else found
    if closes(pack, voice):
        return [*found, *([(SOLVED, solved)] if solved else []), (CONFIRMED, judged)]
    if solved and solved > judged:
        return [*found, (ROUTED, judged), (SOLVED, solved)]
    return [*found, *([(SOLVED, solved)] if solved else []), (ROUTED, judged)]


def stays(pack: Pack, voice: Voice, day: date) -> tuple[Stay, ...]:
    """Return how long a voice was at each gate, in order; together they are the days from the mouth to the verdict, or to the day.

    A gate whose day isn't written, or lies before that of the one before, begins with the one before.
    """
    found = passed(pack, voice, day)
    days: list[date] = []
    for _, on in found:
        last = days[-1] if days else on or day
        days.append(max(last, on or last))
    known = [on is not None and on == d for (_, on), d in zip(found, days, strict=True)]
    ends = zip(found, days, known, strict=True)
    made = [
        Stay(gate, since, until, sure and then)
        for ((gate, _), since, sure), (_, until, then) in pairwise(ends)
    ]
    if found[-1][0] != CONFIRMED:
        made.append(Stay(found[-1][0], days[-1], max(days[-1], day), False))
    return tuple(made)


def strongest_rival(lens: Lens) -> str:
    """Return the id of the rival with the most goodwill here: the positive attitudes to it added up; empty without any rival."""
    rivals = [s.id for s in lens.suppliers if s.id != lens.supplier.id]
    goodwill = {r: sum(max(0, lens.attitude(p, r) or 0) for p in lens.seats) for r in rivals}
    return max(rivals, key=lambda r: goodwill[r], default="")


def heard(lens: Lens) -> tuple[Heard, ...]:
    """Return the voices of an account with where each is: reds first, then by gate, the longest wait first."""
    return lens.once(_heard)


def _heard(lens: Lens) -> tuple[Heard, ...]:
    limits, rival = gates(lens.pack), strongest_rival(lens)
    found = [_of(lens, v, limits, rival) for v in lens.voices]
    return tuple(sorted(found, key=lambda h: (not h.red, h.gate, -h.days)))


def _of(lens: Lens, voice: Voice, limits: Sequence[Gate], rival: str) -> Heard:
    seat = lens.seats.get(voice.said_by)
    bias = Bias(
        lens.attitude(seat.id) if seat else None,
        lens.attitude(seat.id, rival) if seat and rival else None,
        seat.unit if seat else "",
    )
    at = stays(lens.pack, voice, lens.as_of)
    gate = passed(lens.pack, voice, lens.as_of)[-1][0]
    limit = limits[gate].days
    late = 0 if limit is None else max(0, at[-1].days - limit)
    low = voice.verdict is not None and (voice.verdict_on or date.max) <= lens.as_of
    overdue = voice.due is not None and voice.due < lens.as_of and gate < SOLVED
    return Heard(voice, gate, at, late, low and not closes(lens.pack, voice), overdue, bias)


def rows(lens: Lens) -> list[dict[str, Any]]:
    """Return the voices of an account as rows."""
    limits, rival = gates(lens.pack), lens.snapshot.get(Organization, strongest_rival(lens))
    name = by_language(rival.name, rival.name_alt) if rival else both("")
    return [_row(lens, h, limits, name) for h in heard(lens)]


def _row(lens: Lens, h: Heard, limits: Sequence[Gate], rival: Words) -> dict[str, Any]:
    v, pack = h.voice, lens.pack
    who = call(lens, v.said_by) if v.said_by else both("")
    seat = lens.seats.get(v.said_by)
    unit = by_language(seat.unit, seat.unit_alt) if seat else both("")
    by = {
        HEARD: v.heard_by,
        SCREENED: v.screened_by,
        ROUTED: v.routed_by,
        SOLVED: v.owner,
        CONFIRMED: v.verdict_by,
    }
    done = dict.fromkeys(g for g, _ in passed(pack, v, lens.as_of))
    actors = [call(lens, by[g]) if by[g] else both("?") for g in sorted(done)]
    return {
        "id": v.id,
        "account_id": lens.account.id,
        "number": number_of(v),
        "key": limits[h.gate].key,
        "gate": limits[h.gate].words._asdict(),
        "days": h.days,
        "late": h.late or None,
        "red": h.red,
        "reopened": h.reopened,
        "heard_on": v.on.isoformat() if v.on else None,
        "words": v.words,
        "speaker": Words(f"{who.zh} {unit.zh}".strip(), f"{who.en} {unit.en}".strip())._asdict(),
        "bias": _bias(h.bias, rival, bool(v.said_by))._asdict(),
        "triage": pack.say("triage", v.triage)._asdict() if v.triage else None,
        "votes": _votes(lens, v)._asdict(),
        "route": v.route or None,
        "actors": Words(" → ".join(w.zh for w in actors), " → ".join(w.en for w in actors))._asdict(),
        "owner": person_name(lens, v.owner) if v.owner else None,
        "due": v.due.isoformat() if v.due else None,
        "verdict": _verdict(h)._asdict(),
        "channel": pack.say("voice_channel", v.channel)._asdict() if v.channel else None,
        "sort": pack.say("voice", v.sort)._asdict() if v.sort else None,
        "answer": v.answer or None,
        "criteria": v.criteria or None,
    }  # fmt: skip


def _bias(bias: Bias, rival: Words, spoken: bool) -> Words:
    """Say how the speaker stands beside what they say: 我 −1 · 百澜 +2 · 偏百澜."""
    if not spoken:
        return both("")
    us, other = signed(bias.us), signed(bias.rival)
    lean = {
        "us": Words("偏我方", "leans to us"),
        "rival": Words(f"偏{rival.zh}", f"leans to {rival.en}"),
        "none": Words("无偏向", "leans to nobody"),
        "unknown": Words("立场未知", "stand unknown"),
    }[bias.leans]
    if not rival.en:
        return Words(f"我 {us}", f"us {us}")
    return Words(f"我 {us} · {rival.zh} {other} · {lean.zh}", f"us {us} · {rival.en} {other} · {lean.en}")


def _votes(lens: Lens, voice: Voice) -> Words:
    """Say the three votes of those who judge it: ✓ for, – not so far; nothing before anybody has voted."""
    every = lens.pack.choices["vote"]
    if not voice.votes:
        return both("")
    marks = {key: "✓" if key in voice.votes else "–" for key in every}
    return Words(
        " ".join(f"{every[k].zh}{m}" for k, m in marks.items()),
        " ".join(f"{every[k].en} {m}" for k, m in marks.items()),
    )


def _verdict(h: Heard) -> Words:
    v = h.voice
    if v.verdict is None or not (h.closed or h.reopened):
        return both("")
    again = Words(f"，{v.verdict_on} 重开", f", reopened on {v.verdict_on}") if h.reopened else both("")
    return Words(f"{v.verdict:g} 分{again.zh}", f"{v.verdict:g}{again.en}")


def rule(pack: Pack) -> Rule:
    """Return the rule by which voices are at their gates, with every limit."""
    limits = {g.key: g.days for g in gates(pack) if g.days is not None}
    least = pack.topic("voices")["verdict"]
    days = "、".join(str(d) for d in limits.values())
    return Rule(
        "voices",
        Words(
            f"最远填到的一关就是它的状态；各关最多等 {days} 天；没写日期的关从上一关算起；客户评价 ≥ {least:g} 才关闭，低于则退回处理；"
            "最强的对手 = 对它的正向态度之和最大者",
            f"the furthest gate that is filled is where it is; at the gates it may wait {days.replace('、', ', ')} days; a gate without a day "
            f"counts from the one before; a verdict of {least:g} or more closes it, a lower one sends it back; "
            "the strongest rival is the one with the largest sum of positive attitudes to it",
        ),
        {**limits, "verdict": least},
    )


def told(found: Sequence[Heard], pack: Pack) -> list[Finding]:
    """Say how many are closed, past their limit, and reopened; where they get stuck; where they were heard; who spoke."""
    by = rule(pack)
    return [
        f
        for f in (
            _head(found, pack, by),
            _stuck(found, pack, by),
            _channels(found, pack, by),
            _biases(found, by),
        )
        if f
    ]


def _head(found: Sequence[Heard], pack: Pack, by: Rule) -> Finding:
    if not found:
        none = Words(
            "还没有客户声音：powermap log 一句话就能记下，带 #痛点 之类的标签。",
            "No voice yet: powermap log takes one in a line, with a tag such as #pain.",
        )
        return Finding(
            kind="voices", subjects=(), value=0, rule=by, sentence=none, certainty=CERTAIN, unit="voices"
        )
    closed = [h for h in found if h.closed]
    late = sorted((h for h in found if h.late), key=lambda h: -h.days)
    again = [h for h in found if h.reopened and not h.closed]
    zh, en = [f"{len(closed)} 条由客户确认关闭"], [f"{len(closed)} closed by the customer"]
    if late:
        where = _waits(late[0].gate)
        zh.append(f"{len(late)} 条超过期限，最久 {late[0].days} 天在{where.zh}")
        en.append(
            f"{len(late)} past {'its' if len(late) == 1 else 'their'} limit, the oldest {where.en.format(days=plural(late[0].days, 'day'))}"
        )
    if again:
        scores = sorted({h.voice.verdict for h in again if h.voice.verdict is not None})
        said = " / ".join(f"{s:g}" for s in scores)
        zh.append(f"{len(again)} 条因 {said} 分重开")
        en.append(f"{len(again)} reopened by a {said}")
    if unmet := [h for h in found if h.overdue and not h.late]:
        zh.append(f"另有 {len(unmet)} 条过了截止日")
        en.append(f"{len(unmet)} more past {'its' if len(unmet) == 1 else 'their'} due day")
    return Finding(
        kind="voices", subjects=tuple(h.voice.id for h in (*late, *again))[:20], value=len(closed), rule=by,
        sentence=Words("；".join(zh) + "。", "; ".join(en) + "."), certainty=CERTAIN, unit="voices",
        urgency=2 if late or again or unmet else 0,
    )  # fmt: skip


def _waits(gate: int) -> Words:
    """Say what a voice waits for at a gate."""
    return (
        Words("等一线筛", "waits {days} to be screened"),
        Words("等主管部门分发", "waits {days} to be routed"),
        Words("处理", "waits {days} to be solved"),
        Words("等客户评分", "waits {days} for a verdict"),
    )[gate]


def medians(found: Sequence[Heard]) -> Mapping[int, float]:
    """Return the median days at each gate, of stays whose two days are written, and of those that still last."""
    days: dict[int, list[int]] = {}
    for h in found:
        for stay in h.stays:
            if stay.known or (not h.closed and stay is h.stays[-1]):
                days.setdefault(stay.gate, []).append(stay.days)
    return {gate: median(days[gate]) for gate in sorted(days)}


def _stuck(found: Sequence[Heard], pack: Pack, by: Rule) -> Finding | None:
    limits, middle = gates(pack), medians(found)
    over = [g for g, d in middle.items() if (limit := limits[g].days) is not None and d > limit]
    if not middle:
        return None
    zh = "、".join(
        f"{limits[g].words.zh} {d:g} 天" + (f"（限 {limits[g].days}）" if g in over else "")
        for g, d in middle.items()
    )
    en = ", ".join(
        f"{limits[g].words.en} {d:g}" + (f" (limit {limits[g].days})" if g in over else "")
        for g, d in middle.items()
    )
    head = Words("没有卡住", "Nowhere stuck") if not over else Words(
        "卡在" + "、".join(limits[g].words.zh for g in over), "Stuck at " + ", ".join(limits[g].words.en for g in over)
    )  # fmt: skip
    return Finding(
        kind="voices-stuck", subjects=(), value=len(over), rule=by, certainty=CERTAIN, unit="gates", urgency=1 if over else 0,
        sentence=Words(f"{head.zh}：各关中位天数 {zh}。", f"{head.en}: median days at each gate {en}."),
    )  # fmt: skip


def _channels(found: Sequence[Heard], pack: Pack, by: Rule) -> Finding | None:
    counts = Counter(h.voice.channel for h in found if h.voice.channel).most_common()
    if not counts:
        return None
    said = [(pack.say("voice_channel", key), n) for key, n in counts]
    return Finding(
        kind="voices-channels", subjects=(), value=len(counts), rule=by, certainty=CERTAIN, unit="channels",
        sentence=Words(
            f"从哪里听来：{'、'.join(f'{w.zh} {n}' for w, n in said)}。",
            f"Where heard: {', '.join(f'{w.en} {n}' for w, n in said)}.",
        ),
    )  # fmt: skip


def _biases(found: Sequence[Heard], by: Rule) -> Finding | None:
    counts = Counter(h.bias.leans for h in found if h.voice.said_by)
    if not counts:
        return None
    words = {
        "us": Words("偏我方", "by those who lean to us"),
        "rival": Words("偏对手", "by those who lean to a rival"),
        "none": Words("无偏向", "by those who lean to nobody"),
        "unknown": Words("立场未知", "by those whose stand is unknown"),
    }
    there = [(w, counts[k]) for k, w in words.items() if counts[k]]
    return Finding(
        kind="voices-bias", subjects=(), value=counts["rival"], rule=by, certainty=CERTAIN, unit="voices",
        sentence=Words(
            f"说话人：{'、'.join(f'{w.zh} {n} 条' for w, n in there)}。",
            f"Who spoke: {', '.join(f'{n} {w.en}' for w, n in there)}.",
        ),
    )  # fmt: skip


def voices(lens: Lens) -> Answer:
    """Answer where each voice is, how long, whose it is, and what the customer said of the answer."""
    return answer(lens, "voices", COLUMNS, rows(lens), told(heard(lens), lens.pack))
