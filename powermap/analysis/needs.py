"""What a customer needs, short, mid and long: how clear it is, what of it our roadmap answers, what to prepare (M38, M39, M76, M118)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from powermap.analysis.cover import owners
from powermap.analysis.deciders import deciders
from powermap.analysis.layer_levels import meetings_of
from powermap.analysis.rules.grade import visiting
from powermap.analysis.text import CERTAIN, answer, call, join, money, names, percent, person_name, plural
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.model import Deal, Interaction, Voice
from powermap.model.naming import fold
from powermap.words import Words, both, by_language

RULE = Rule(
    "needs",
    Words(
        "清晰度 = （有人担任的角色 + 规则已知 + 态度已知的决策者）÷ 应有的；匹配度 = 路标回应的需求 ÷ 未结的需求；先做金额 × 清晰度最大的；"
        "中长期需求不知道谁决定的，提前铺垫",
        "clarity = (roles held + rule known + deciders whose attitude is known) / expected; match = needs that our roadmap answers / open needs; "
        "first comes the largest value × clarity; a mid or long need whose deciders aren't known is prepared ahead",
    ),
)
COLUMNS = (
    ("need", "需求", "Need"),
    ("horizon", "期限", "Horizon"),
    ("state", "状态", "State"),
    ("value", "金额", "Value"),
    ("clarity", "清晰度", "Clarity"),
    ("missing", "不清楚的", "Not clear"),
    ("serves", "服务于客户的目标", "Serves their goal"),
    ("answered", "路标回应", "Answered by our roadmap"),
    ("finder", "谁发现", "Found by"),
    ("ahead", "提前铺垫", "Prepare ahead"),
    ("since", "变化", "Since"),
)


@dataclass(frozen=True, slots=True)
class Need:
    """An open need: its clarity in [0, 1] and what that lacks, the items of our roadmap that answer it, the voice it came from.

    `chain` tells whether it is known who decides; `ask` are those who could be asked, where it is to be prepared before
    it is clear; `visit` is the first meeting that named it, where no voice became it.
    """

    deal: Deal
    clarity: float
    missing: tuple[Words, ...]
    chain: bool
    answered: tuple[Deal, ...]
    voice: Voice | None
    ahead: bool
    ask: tuple[str, ...] = ()
    visit: Interaction | None = None

    @property
    def weight(self) -> float:
        """Its value × clarity, by which needs are ranked; 0 where the value isn't known."""
        return (self.deal.value or 0.0) * self.clarity


def needs(lens: Lens, since: date | None = None) -> Answer:
    """Answer what the customer needs, how clear it is, and what of it our roadmap answers; and what changed since a day."""
    found = pool(lens)
    rows, told = [row(lens, n) for n in found], _told(lens, found)
    if since is not None:
        then = {n.deal.id: n for n in pool(lens.back_to(since))}
        changes = {n.deal.id: _change(n, then.get(n.deal.id)) for n in found}
        rows = [{**r, "since": changes[r["id"]]._asdict()} for r in rows]
        told.insert(1, _since(found, then, since))
    return answer(lens, "needs", COLUMNS, rows, told)


def _change(now: Need, then: Need | None) -> Words:
    """Say how a need differs from what it was: new, or its clarity then and now, and its state."""
    if then is None:
        return Words("新", "new")
    said = []
    if percent(then.clarity) != percent(now.clarity):
        moved = f"{percent(then.clarity)} → {percent(now.clarity)}"
        said.append(Words(f"清晰度 {moved}", f"clarity {moved}"))
    if bool(now.answered) and not then.answered:
        said.append(Words("路标已回应", "answered by our roadmap"))
    return Words("；".join(w.zh for w in said), "; ".join(w.en for w in said))


def _since(found: tuple[Need, ...], then: dict[str, Need], since: date) -> Finding:
    new = [n for n in found if n.deal.id not in then]
    up = [
        n
        for n in found
        if n.deal.id in then
        and percent(n.clarity) != percent(then[n.deal.id].clarity)
        and n.clarity > then[n.deal.id].clarity
    ]
    here = {n.deal.id for n in found}
    gone = [n for n in then.values() if n.deal.id not in here]
    return Finding(
        kind="needs-changed", subjects=tuple(n.deal.id for n in (*new, *up)), value=len(new) + len(up) + len(gone), rule=RULE, certainty=CERTAIN,
        topic=since.isoformat(),
        sentence=Words(
            f"自 {since} 以来：新增 {len(new)} 个，更清晰 {len(up)} 个，不再未结 {len(gone)} 个。",
            f"Since {since}: {len(new)} new, {len(up)} clearer, {len(gone)} no longer open.",
        ),
    )  # fmt: skip


def pool(lens: Lens) -> tuple[Need, ...]:
    """Return the open needs of the account, the largest value × clarity first."""
    return lens.once(_pool)


def _pool(lens: Lens) -> tuple[Need, ...]:
    found = [_need(lens, deal) for deal in lens.deals if not deal.outcome]
    return tuple(sorted(found, key=lambda n: -n.weight))


def _need(lens: Lens, deal: Deal) -> Need:
    clear = lens.pack.topic("insight")["clear"]
    part, missing, chain = clarity(lens, deal)
    voice = next((v for v in lens.voices if v.need == deal.id), None)
    ahead = deal.horizon in clear["ahead"] and not chain
    return Need(
        deal, part, missing, chain, tuple(d for d in roadmap(lens) if deal.id in d.answers), voice, ahead,
        _ask(lens, voice) if ahead else (), None if voice else _visit(lens, deal),
    )  # fmt: skip


def _visit(lens: Lens, deal: Deal) -> Interaction | None:
    """Return the first meeting whose purpose, next step or note names a need."""
    called = [fold(n) for n in (deal.name, deal.name_alt) if n]
    told = sorted((i for i in meetings_of(lens) if i.on), key=lambda i: (str(i.on), i.id))
    return next((i for i in told if any(n in fold(f"{i.purpose} {i.next} {i.note}") for n in called)), None)


def clarity(lens: Lens, deal: Deal) -> tuple[float, tuple[Words, ...], bool]:
    """Return how clear the purchase of a need is (M39), what is missing, and whether it is known who decides.

    (roles held + rule known + deciders with a known attitude) / (roles expected + 1 + deciders, at least one), in [0, 1].
    The roles expected are the rule pack's; deciders that are assumed by rank alone are not known.
    """
    view = replace(lens, deal=deal)
    held = {role for seat in view.committee for role in seat.roles}
    roles = list(lens.pack.topic("insight")["clear"]["roles"])
    found = deciders(view)
    people = [] if found.ground == "rank" else list(found.shares)
    unknown = [p for p in people if view.attitude(p) is None]
    lacking = [r for r in roles if r not in held]
    missing = [lens.pack.say("roles", r) for r in lacking]
    if not deal.rule:
        missing.append(Words("决策规则", "the decision rule"))
    if not people:
        missing.append(Words("谁决定", "who decides"))
    elif unknown:
        who = names(lens, unknown)
        missing.append(Words(f"{who.zh} 的态度", f"the attitude of {who.en}"))
    good = len(roles) - len(lacking) + bool(deal.rule) + len(people) - len(unknown)
    return good / (len(roles) + 1 + max(1, len(people))), tuple(missing), bool(people)


def roadmap(lens: Lens) -> tuple[Deal, ...]:
    """Return the items of our roadmap: deals that answer needs (M76)."""
    return tuple(d for d in lens.snapshot.all(Deal) if d.answers)


def match(found: tuple[Need, ...]) -> float | None:
    """Return which part of the needs our roadmap answers, in [0, 1]; None without needs."""
    return sum(bool(n.answered) for n in found) / len(found) if found else None


def _ask(lens: Lens, voice: Voice | None) -> tuple[str, ...]:
    """Return whom to ask who decides: whoever spoke of the need, then those who are most for us."""
    clear = lens.pack.topic("insight")["clear"]
    first = [voice.said_by] if voice and voice.said_by in lens.seats else []
    friends = [p for p in lens.seats if (lens.attitude(p) or 0) >= clear["ask"]]
    friends.sort(key=lambda p: -(lens.attitude(p) or 0))
    return tuple(dict.fromkeys([*first, *friends]))[: clear["asked"]]


def is_lead(lens: Lens, need: Need) -> bool:
    """Tell whether a need was found on a visit to a customer of whom only the visits are managed (M130)."""
    return (need.voice or need.visit) is not None and lens.account.grade in visiting(lens.pack)


def by_whom(lens: Lens, need: Need) -> Words | None:
    """Say who of ours found a need, from whom, when; None if no voice became it and no meeting named it."""
    lead = Words("线索：", "lead: ") if is_lead(lens, need) else both("")
    if need.visit is not None:
        ours = "、".join(person_name(lens, p) for p in need.visit.ours) or "?"
        there = names(lens, need.visit.theirs) if need.visit.theirs else both("?")
        on = need.visit.on
        return Words(
            f"{lead.zh}{ours}（见 {there.zh}，{on}）",
            f"{lead.en}{ours.replace('、', ', ')} (met {there.en}, {on})",
        )
    v = need.voice
    if v is None:
        return None
    heard = person_name(lens, v.heard_by) if v.heard_by else "?"
    theirs = call(lens, v.said_by) if v.said_by else both("?")
    return Words(
        f"{lead.zh}{heard}（听 {theirs.zh} 说，{v.on}）", f"{lead.en}{heard} (from {theirs.en}, {v.on})"
    )


def ahead_words(lens: Lens, need: Need) -> Words | None:
    """Say what to prepare before a need is clear; None where nothing is."""
    if not need.ahead:
        return None
    if not need.ask:
        return Words("先找到愿意说的人，再弄清谁决定", "find somebody who talks to us, then who decides")
    who = names(lens, need.ask)
    return Words(f"向 {who.zh} 请教谁决定、怎么决定", f"ask {who.en} who decides, and how")


def asker(lens: Lens, need: Need) -> str:
    """Return who of ours would ask: whoever looks after the first of those to be asked, else whoever found the need."""
    cover = owners(lens)
    mine = [o for p in need.ask for o in cover.get(p, ())]
    if mine:
        return mine[0]
    if need.visit is not None and need.visit.ours:
        return need.visit.ours[0]
    return need.voice.heard_by if need.voice else ""


def named(deal: Deal) -> Words:
    """Return what a deal is called in each language."""
    return by_language(deal.name, deal.name_alt)


def row(lens: Lens, need: Need) -> dict[str, Any]:
    """Return a need as a row."""
    deal, missing = need.deal, need.missing
    found, ahead = by_whom(lens, need), ahead_words(lens, need)
    answers = [named(d) for d in need.answered]
    return {
        "id": deal.id,
        "need": named(deal)._asdict(),
        "horizon": lens.pack.say("horizon", deal.horizon)._asdict(),
        "state": lens.pack.say("need_state", deal.state or "found")._asdict(),
        "value": money(deal.value, deal.currency)._asdict() if deal.value else None,
        "clarity": percent(need.clarity),
        "part": round(need.clarity, 4),
        "missing": {"zh": "、".join(w.zh for w in missing), "en": ", ".join(w.en for w in missing)},
        "serves": deal.serves or None,
        "answered": {"zh": "、".join(w.zh for w in answers), "en": ", ".join(w.en for w in answers)},
        "finder": found._asdict() if found else None,
        "ahead": ahead._asdict() if ahead else None,
    }


def detail(lens: Lens, need: Need) -> Words:
    """Say a need in one line, as the plan has it."""
    deal = need.deal
    value = money(deal.value, deal.currency) if deal.value else both("")
    horizon, state = lens.pack.say("horizon", deal.horizon), lens.pack.say("need_state", deal.state)
    parts = [horizon, both(deal.stage), both(deal.category), value, state, both(deal.serves)]
    parts.append(Words(f"清晰度 {percent(need.clarity)}", f"clarity {percent(need.clarity)}"))
    if need.answered:
        who = join([named(d) for d in need.answered])
        parts.append(Words(f"路标回应：{who.zh}", f"answered by {who.en}"))
    return Words(" · ".join(p.zh for p in parts if p.zh), " · ".join(p.en for p in parts if p.en))


def _told(lens: Lens, found: tuple[Need, ...]) -> list[Finding]:
    part, ahead = match(found), [n for n in found if n.ahead]
    if part is None:
        words = Words("没有记下未结的需求。", "No open need is on record.")
    else:
        words = Words(
            f"{len(found)} 个未结的需求，平均清晰度 {percent(_mean(found))}；路标回应 {percent(part)}。",
            f"{plural(len(found), 'open need')}, {percent(_mean(found))} clear on the average; our roadmap answers {percent(part)}.",
        )
    told = [
        Finding(kind="needs", subjects=tuple(n.deal.id for n in found) or (lens.account.id,), value=part, rule=RULE, sentence=words, certainty=CERTAIN)
    ]  # fmt: skip
    for n in ahead:
        what, do = named(n.deal), ahead_words(lens, n) or both("")
        told.append(
            Finding(
                kind="need-ahead", subjects=(n.deal.id,), value=round(n.clarity, 4), rule=RULE, certainty=CERTAIN, urgency=1,
                sentence=Words(f"提前铺垫“{what.zh}”：{do.zh}。", f"Prepare {what.en} ahead: {do.en}."),
            )
        )  # fmt: skip
    return told


def _mean(found: tuple[Need, ...]) -> float:
    return sum(n.clarity for n in found) / len(found)
