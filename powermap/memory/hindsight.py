"""What was believed of a deal on the eve of its end, beside what is known of that day now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from powermap.analysis.brief import brief
from powermap.analysis.deciders import deciders
from powermap.analysis.text import call
from powermap.analysis.winning import model
from powermap.errors import AnalysisError
from powermap.findings import Answer, Certainty, Column, Finding, Rule
from powermap.lens import Lens
from powermap.model import Deal, LoggedChange, Snapshot
from powermap.view import Account
from powermap.words import Words, both

COLUMNS = (
    Column("name", Words("姓名", "Name")),
    Column("roles", Words("角色", "Roles")),
    Column("supplier", Words("对谁", "Towards")),
    Column("then", Words("当时以为", "Believed then")),
    Column("now", Words("现在知道那天是", "Known now of that day")),
    Column("state", Words("说明", "What")),
)
RULE = Rule(
    "hindsight",
    Words(
        "当时：结果记下之前的那一刻已有的记录，截止日前一天；现在：全部记录，同一天",
        "then: what was on record just before the outcome was, on the day before the deal closed; now: all that is on record of the same day",
    ),
)
STATES = {
    "missed": Words("当时不知道", "wasn't known"),
    "better": Words("看低了", "was better than believed"),
    "worse": Words("看高了", "was worse than believed"),
    "absent": Words("当时不知道此人参与", "wasn't known to take part"),
    "right": Words("看对了", "was believed right"),
    "open": Words("至今不知道", "is still not known"),
}
CLOSED = Words("结束的项目要有结果和截止日期", "a closed deal has an outcome and a close date")
OUTCOMES = {
    "won": Words("赢得", "was won"),
    "lost": Words("丢失", "was lost"),
    "none": Words("不了了之", "came to nothing"),
}


@dataclass(frozen=True, slots=True)
class Eve:
    """The end of a deal: when the outcome came on record (UTC); None if it stood there from the first."""

    deal: Deal
    recorded_at: datetime | None


def hindsight(
    account: Account,
    snapshot: Callable[[str], Snapshot],
    log: Callable[..., Iterable[LoggedChange]],
    deal: str | None = None,
) -> Answer:
    """Say what was believed of a closed deal on the day before it closed, and what is known of that day now.

    Parameters
    ----------
    snapshot, log
        What the workspace of the account holds now, and its log of one record.
    deal
        Name, part of it, or id; default: the deal that was lost last, else the one that closed last.

    Raises
    ------
    AnalysisError
        If the account has no closed deal, or this one is open.
    """
    closed = [
        d for d in snapshot(account.id).all(Deal) if d.account == account.id and d.outcome and d.close_on
    ]
    last = max(closed, key=lambda d: (d.outcome == "lost", d.close_on, d.id), default=None)
    if deal is None and last is None:
        raise AnalysisError(
            Words(f"{account.name} 还没有结束的项目", f"no deal of {account.name} has closed"), hint=CLOSED
        )
    seen = account.lens(deal=deal or (last.id if last else None)).lens.deal
    assert seen is not None
    end = eve(seen, log(record=seen.id))
    assert seen.close_on is not None
    day = seen.close_on - timedelta(days=1)
    now = account.lens(deal=seen.id, as_of=day).lens
    then = account.lens(deal=seen.id, as_of=day, known_at=end.recorded_at).lens if end.recorded_at else None
    return answer(then, now, end)


def eve(deal: Deal, log: Iterable[LoggedChange]) -> Eve:
    """Find when the outcome of a closed deal came on record.

    Raises
    ------
    AnalysisError
        If the deal is open.
    """
    if not deal.outcome or deal.close_on is None:
        raise AnalysisError(
            Words(f"项目“{deal.name}”还没有结束", f"the deal {deal.name!r} is still open"),
            hint=CLOSED,
        )
    for entry in log:
        before, after = entry.change.before, entry.change.after
        if after and after.get("outcome") and before is not None and not before.get("outcome"):
            return Eve(deal, entry.recorded_at - timedelta(microseconds=1))
    return Eve(deal, None)


def answer(then: Lens | None, now: Lens, end: Eve) -> Answer:
    """Compare two looks at a deal on the day before it closed: by what was on record then, and by what is now.

    Parameters
    ----------
    then
        None where nothing was on record before the outcome.
    """
    findings = [_verdict(then, now, end)]
    rows = [] if then is None else _rows(then, now)
    if then is not None:
        findings.append(_errors(rows, now, end))
        findings += [f for f in brief(then).findings if f.urgency >= 2][:3]
    pairs = [(now.account.id, now.account.name), (end.deal.id, end.deal.name)]
    supplier = (now.supplier.id, now.supplier.organization.name)
    return Answer(
        "hindsight", pairs[0], supplier, pairs[1], now.as_of, COLUMNS, tuple(rows), tuple(findings),
        (Words("下面几条是当时的结论", "the last sentences are what the brief said then"),) if len(findings) > 2 else (),
    )  # fmt: skip


def _chance(lens: Lens | None) -> float | None:
    found = model(lens) if lens is not None and lens.committee else None
    return None if found is None else found.win()


def _verdict(then: Lens | None, now: Lens, end: Eve) -> Finding:
    before, after = _chance(then), _chance(now)
    outcome = OUTCOMES.get(end.deal.outcome, both(end.deal.outcome))
    zh = f"“{end.deal.name}”{end.deal.close_on} {outcome.zh}。"
    en = f"{end.deal.name} {outcome.en} on {end.deal.close_on}. "
    if then is None:
        zh += "结果是和项目一起记下的，当时怎么看无从得知。"
        en += "The outcome came on record with the deal itself: what was believed before isn't known."
    elif before is None:
        zh += "前一天还没有决策链的记录，算不出胜率。"
        en += "On the day before, no committee was on record: no chance could be told."
    else:
        zh += f"前一天我们给的胜率是 {before:.0%}"
        en += f"The day before we gave it a chance of {before:.0%}"
        if after is not None and abs(after - before) >= 0.005:
            zh += f"；按现在知道的，那天是 {after:.0%}。"
            en += f"; by what is known now of that day it was {after:.0%}."
        else:
            zh += "；现在知道的也一样。"
            en += "; what is known now says the same."
    return Finding(
        kind="hindsight", subjects=(end.deal.id,), value=before, unit="probability", rule=RULE,
        sentence=Words(zh, en.strip()),
        certainty=Certainty("estimate", Words("胜率是估计", "a chance is an estimate")), urgency=1,
    )  # fmt: skip


def _errors(rows: list[dict[str, Any]], now: Lens, end: Eve) -> Finding:
    deciding = set(deciders(now).shares)
    wrong = [r for r in rows if r["key"] in ("worse", "better", "missed", "absent")]
    grave = [r for r in wrong if r["id"] in deciding]
    names = list(dict.fromkeys(r["id"] for r in grave))[:5]
    told = [call(now, i) for i in names if i in now.seats]
    zh, en = "、".join(w.zh for w in told), ", ".join(w.en for w in told)
    sentence = (
        Words(
            f"{len(wrong)} 个判断与后来知道的不同，其中决策者 {len(grave)} 个"
            + (f"：{zh}。" if told else "。"),
            f"{len(wrong)} judgements differ from what became known, {len(grave)} of deciders"
            + (f": {en}." if told else "."),
        )
        if wrong
        else Words("当时的判断与现在知道的一致。", "What was believed then is what is known now.")
    )
    return Finding(
        kind="judged_wrong", subjects=tuple(r["id"] for r in wrong), value=len(wrong), unit="judgements", rule=RULE,
        sentence=sentence, certainty=Certainty("certain", Words("按记录", "by the records")),
        urgency=2 if grave else 0, topic=end.deal.id,
    )  # fmt: skip


def _rows(then: Lens, now: Lens) -> list[dict[str, Any]]:
    """List the committee by supplier: whom it concerned, what was believed, what is known; what was wrong first."""
    members = list(dict.fromkeys([*(s.id for s in now.committee), *(s.id for s in then.committee)]))
    suppliers = [s for s in now.suppliers if s.us or any(now.attitude(m, s.id) is not None for m in members)]
    order = {"worse": 0, "absent": 1, "missed": 2, "better": 3, "open": 4, "right": 5}
    rows = []
    for person in members:
        seat = now.seats.get(person) or then.seats[person]
        for supplier in suppliers:
            believed = then.attitude(person, supplier.id) if person in then.seats else None
            known = now.attitude(person, supplier.id) if person in now.seats else None
            key = _state(person, then, believed, known)
            rows.append(
                {
                    "id": person,
                    "key": key,
                    "name": call(now if person in now.seats else then, person)._asdict(),
                    "roles": {lang: ("、" if lang == "zh" else ", ").join(now.pack.say("roles", r)[lang] for r in seat.roles) for lang in ("zh", "en")},
                    "supplier": supplier.organization.name,
                    "then": _told(believed),
                    "now": _told(known),
                    "state": STATES[key]._asdict(),
                }
            )  # fmt: skip
    return sorted(rows, key=lambda r: order[r["key"]])


def _state(person: str, then: Lens, believed: int | None, known: int | None) -> str:
    if known is None:
        return "open" if believed is None else "right"
    if person not in {s.id for s in then.committee}:
        return "absent"
    if believed is None:
        return "missed"
    return "right" if believed == known else "better" if known > believed else "worse"


def _told(attitude: int | None) -> str:
    return "?" if attitude is None else f"{attitude:+d}" if attitude else "0"
