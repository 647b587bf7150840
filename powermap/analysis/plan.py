"""The relation plan in four chapters (M45): market and position; relations; goals and measures; execution."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from powermap.analysis.house import built
from powermap.analysis.judgements import firm_name, judgements
from powermap.analysis.needs import detail, named, pool
from powermap.analysis.policy import ALLOWED, of_action
from powermap.analysis.progress import STATES, Aim, Deed, aims, called, deeds, value_words
from powermap.analysis.proposals import Proposal, proposals
from powermap.analysis.proposals import called as proposed
from powermap.analysis.text import CERTAIN, answer, call, money, names, percent, person_name, plural, signed
from powermap.analysis.todos import Todo, counted, overdue, unowned
from powermap.analysis.weak_spots import entry_words, weak_spots
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.model import number_of
from powermap.words import Words, both

RULE = Rule(
    "plan",
    Words(
        "四部分：市场与定位；客户关系的短板与切入口；目标、策略与措施；执行与监控。短板由结论得出，措施按态度、需求和政策从动作库里选，由人决定",
        "four chapters: market and position; relations with weak spots and entry points; goals, strategy and measures; execution. "
        "Weak spots follow from the findings; measures are chosen from the catalogue by attitude, need and policy; people decide",
    ),
)
CHAPTERS = (
    Words("一、市场分析与定位", "1 Market and position"),
    Words("二、客户关系：短板与切入口", "2 Relations: weak spots and entry points"),
    Words("三、目标、策略与措施", "3 Goals, strategy and measures"),
    Words("四、执行和监控", "4 Execution and review"),
)
COLUMNS = (
    ("chapter", "部分", "Chapter"),
    ("number", "编号", "Number"),
    ("what", "内容", "What"),
    ("detail", "说明", "Detail"),
    ("owner", "负责人", "Owner"),
    ("by", "截止", "By"),
    ("state", "状态", "State"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the plan: its chapter (1 to 4), what, in detail, who of ours, until when, how it stands.

    `red` marks what nobody owns, is overdue or not allowed; `record` is the goal, action or assessment that it is of;
    `number` is what people write to mean the goal, action or proposal.
    """

    chapter: int
    what: Words
    detail: Words = Words("", "")
    owner: str = ""
    by: str = ""
    state: Words = Words("", "")
    red: bool = False
    record: str = ""
    number: str = ""


def lines(lens: Lens) -> tuple[Line, ...]:
    """Return the plan, line by line."""
    return lens.once(_lines)


def _lines(lens: Lens) -> tuple[Line, ...]:
    return (*_market(lens), *_relations(lens), *_goals(lens), *_execution(lens))


def _market(lens: Lens) -> list[Line]:
    """Tell what is known of the market and the customer, from the judgements of insight and the needs."""
    found = []
    for j in judgements(lens, "insight", "rivals", "plan"):
        a = j.record
        if a.subject in lens.seats:
            continue
        about = firm_name(lens, a.supplier) if a.supplier else Words("", "")
        zh = " · ".join(filter(None, (about.zh, j.said.zh, "过期" if j.stale else "")))
        en = " · ".join(filter(None, (about.en, j.said.en, "out of date" if j.stale else "")))
        found.append(Line(1, j.item.words, Words(zh, en), a.evidence.author, str(a.on or ""), record=a.id))
    for need in pool(lens):
        name, deal = named(need.deal), need.deal
        found.append(
            Line(
                1,
                Words(f"需求：{name.zh}", f"Need: {name.en}"),
                detail(lens, need),
                by=str(deal.close_on or ""),
                record=deal.id,
            )
        )
    return found or [
        Line(1, Words("还没有市场与客户洞察", "No insight into market and customer yet"), _insight())
    ]


def _insight() -> Words:
    return Words(
        "在“评估”表里写：五力、五看、客户战略",
        "write them in the sheet assessments: five forces, five looks, their strategy",
    )


def _relations(lens: Lens) -> list[Line]:
    found = []
    for part in built(lens).parts:
        if part.place == "pillar":
            continue
        owner = "、".join(person_name(lens, o) for o in part.owners)
        found.append(
            Line(
                2,
                part.name,
                Words(f"{part.level.zh}；{part.why.zh}", f"{part.level.en}; {part.why.en}"),
                owner,
                red=not owner,
            )
        )
    for spot in weak_spots(lens):
        entry = entry_words(lens, spot)
        zh = f"切入口：{entry.zh}" if entry.zh else ""
        en = f"begin: {entry.en}" if entry.en else ""
        found.append(
            Line(
                2,
                spot.words,
                Words(zh, en),
                state=Words("短板", "weak spot"),
                red=spot.urgency >= 2,
                record=spot.subject,
            )
        )
    return found


def _goals(lens: Lens) -> list[Line]:
    found = []
    by_goal: dict[str, list[Deed]] = {}
    for deed in deeds(lens):
        by_goal.setdefault(deed.action.goal, []).append(deed)
    for aim in aims(lens):
        found.append(_aim(lens, aim))
        found += [_deed(lens, 3, d) for d in by_goal.pop(aim.goal.id, ())]
    for left in by_goal.values():
        found += [_deed(lens, 3, d) for d in left]
    for p in proposals(lens):
        found.append(_proposal(lens, p))
    return found


def _aim(lens: Lens, aim: Aim) -> Line:
    goal = aim.goal
    value = value_words(goal, aim.value)
    detail = Words(f"今天 {value}", f"today {value}")
    if goal.purpose:
        purpose = lens.pack.say("purpose", goal.purpose)
        detail = Words(f"{detail.zh}；{purpose.zh}", f"{detail.en}; {purpose.en}")
    state = (
        Words("达成", "met")
        if aim.met
        else Words("到期未达成", "missed")
        if aim.missed
        else Words("进行中", "open")
    )
    owner = person_name(lens, goal.owner) if goal.owner else ""
    what = called(lens, goal)
    return Line(
        3, Words(f"目标：{what.zh}", f"Goal: {what.en}"), detail, owner, str(goal.by or ""), state,
        aim.missed or not owner, goal.id, number_of(goal),
    )  # fmt: skip


def _deed(lens: Lens, chapter: int, deed: Deed) -> Line:
    action, state = deed.action, STATES[deed.state]
    who = [
        call(lens, t) if t in lens.seats else both(getattr(lens.snapshot.records.get(t), "name", ""))
        for t in action.targets
    ]
    what = lens.pack.say("what", action.what)
    verdict = of_action(lens, action)
    detail = [Words("、".join(w.zh for w in who), ", ".join(w.en for w in who))]
    if action.promise:
        detail.append(Words("承诺", "promise"))
    if verdict.ruling != ALLOWED and not deed.done_on:
        detail.append(verdict.why)
        state = STATES["waiting" if verdict.ruling == "approval" else "blocked"]
    if action.approved_by and action.approved_on:
        name = person_name(lens, action.approved_by)
        detail.append(
            Words(f"{name} {action.approved_on} 批准", f"approved by {name} on {action.approved_on}")
        )
    if deed.done_on:
        moves = [f"{signed(a)} → {signed(b)}" for a, b in zip(deed.before, deed.after, strict=True) if a != b]
        detail.append(Words(f"{deed.done_on} 完成", f"done on {deed.done_on}"))
        if action.quality:
            detail.append(Words(f"质量 {action.quality:g}/5", f"quality {action.quality:g} of 5"))
        if moves:
            detail.append(Words(f"态度 {'、'.join(moves)}", f"attitude {', '.join(moves)}"))
    owner = person_name(lens, action.owner) if action.owner else ""
    red = not deed.done_on and (not owner or deed.state in ("overdue", "blocked"))
    zh, en = "；".join(w.zh for w in detail if w.zh), "; ".join(w.en for w in detail if w.en)
    return Line(
        chapter, what, Words(zh, en), owner, str(action.due or ""), state, red, action.id, number_of(action)
    )


def _proposal(lens: Lens, p: Proposal) -> Line:
    goal = proposed(lens, p)
    who = call(lens, p.spot.subject) if p.spot.subject else lens.pack.say("layer", p.spot.layer)
    zh = "、".join(m.words.zh + (f"（{v.why.zh}）" if v.why.zh else "") for m, v in p.means)
    en = ", ".join(m.words.en.lower() + (f" ({v.why.en})" if v.why.en else "") for m, v in p.means)
    gain_zh = f"；胜率约 +{percent(p.gain)}" if p.gain else ""
    gain_en = f"; about +{percent(p.gain)} to the chance of winning" if p.gain else ""
    days = Words(f"约 {p.effort:g} 人天", f"about {plural_days(p.effort)}")
    if p.means and p.effort > p.means[0][0].days:
        first = p.means[0][0].days
        days = Words(
            f"首个行动 {first:g} 人天，走完约 {p.effort:g}",
            f"the first action {plural_days(first)}, all of it about {p.effort:g}",
        )
    if not p.spot.subject and p.targets:
        those = names(lens, p.targets, len(p.targets))
        days = Words(f"对 {those.zh}；{days.zh}", f"for {those.en}; {days.en}")
    if p.actor and p.actor != p.owner:
        who_does = person_name(lens, p.actor)
        days = Words(f"由 {who_does}；{days.zh}", f"by {who_does}; {days.en}")
    detail = Words(
        f"可用：{zh or '目录里没有合适的'}；{days.zh}{gain_zh}",
        f"fit: {en or 'nothing in the catalogue'}; {days.en}{gain_en}",
    )
    owner = person_name(lens, p.owner) if p.owner else ""
    return Line(
        3, Words(f"建议：{who.zh} {goal.zh}", f"Proposed: {who.en} {goal.en}"), detail, owner, str(p.by),
        Words("待采纳（估计）", "proposed (estimate)"), False, p.spot.subject, p.number,
    )  # fmt: skip


def plural_days(days: float) -> str:
    """Say days of work."""
    return f"{days:g} day{'s' * (days != 1)} of work"


def _execution(lens: Lens) -> list[Line]:
    found, told = deeds(lens), aims(lens)
    due = [a for a in told if a.due]
    met = sum(bool(a.met) for a in due)
    done = [d for d in found if d.done_on]
    on_time = sum(d.state == "done" for d in done)
    late, bare = overdue(lens), unowned(lens)
    quality = [d.action.quality for d in done if d.action.quality]
    spent = sum(d.action.days or 0 for d in done)
    cost: dict[str, float] = {}
    for d in found:
        if d.action.money:
            cost[d.action.currency] = cost.get(d.action.currency, 0.0) + d.action.money
    year, part = fiscal_year(lens)
    lines_ = [
        Line(
            4,
            Words("财年", "Fiscal year"),
            Words(f"{year}：已过 {part:.0%}", f"{year}: {part:.0%} of it is over"),
        ),
        Line(4, Words("目标达成", "Goals met"), both(f"{met} / {len(due)}")),
        Line(4, Words("行动按期", "Actions on time"), both(f"{on_time} / {len(done)}")),
        Line(4, Words("逾期", "Overdue"), _told(late), red=bool(late)),
        Line(4, Words("没有负责人", "Nobody owns"), _told(bare), red=bool(bare)),
    ]
    if quality:
        lines_.append(Line(4, Words("平均质量", "Mean quality"), both(f"{sum(quality) / len(quality):.1f}")))
    if spent or cost:
        said = [money(v, c) for c, v in cost.items()]
        lines_.append(
            Line(4, Words("投入", "Spent"), Words(
                " · ".join([f"{spent:g} 人天", *(w.zh for w in said)]), " · ".join([plural_days(spent), *(w.en for w in said)])
            ))
        )  # fmt: skip
    return lines_


def _told(found: tuple[Todo, ...]) -> Words:
    """Say how many things to do there are, and of which kinds."""
    if not found:
        return both("0")
    told = counted(found)
    return Words(f"{len(found)}（{told.zh}）", f"{len(found)} ({told.en})")


def fiscal_year(lens: Lens) -> tuple[str, float]:
    """Return the fiscal year of the day, by the month in which the rule pack lets it begin, and which part of it is over."""
    month, day = int(lens.pack.topic("calendar")["fiscal_start"]), lens.as_of
    start = date(day.year if day.month >= month else day.year - 1, month, 1)
    end = date(start.year + 1, month, 1)
    name = str(start.year) if month == 1 else f"{start.year}/{end.year % 100:02d}"
    return name, (day - start).days / (end - start).days


def plan(lens: Lens) -> Answer:
    """Answer with the relation plan: four chapters, weak spots to actions, what is red."""
    rows: list[dict[str, Any]] = [
        {
            "id": line.record or f"{lens.account.id}-{n}",
            "chapter": CHAPTERS[line.chapter - 1]._asdict(),
            "number": line.number or None,
            "what": line.what._asdict(),
            "detail": line.detail._asdict(),
            "owner": line.owner or None,
            "by": line.by or None,
            "state": line.state._asdict(),
            "red": line.red,
        }
        for n, line in enumerate(lines(lens))
    ]
    spots, offered, found = weak_spots(lens), proposals(lens), deeds(lens)
    bare = [d for d in found if not d.owned and not d.done_on]
    open_ = [a for a in aims(lens) if not a.met]
    words = Words(
        f"{len(spots)} 处短板，{len(open_)} 个目标在进行，{len(found)} 项行动；另有 {len(offered)} 条建议待采纳。",
        f"{plural(len(spots), 'weak spot')}, {plural(len(open_), 'open goal')}, {plural(len(found), 'action')}; "
        f"{plural(len(offered), 'proposal')} to take or leave.",
    )
    findings = [
        Finding(
            kind="plan",
            subjects=(lens.account.id,),
            value=len(spots),
            rule=RULE,
            sentence=words,
            certainty=CERTAIN,
        )
    ]
    if bare:
        names_zh = "、".join(lens.pack.say("what", d.action.what).zh for d in bare)
        names_en = ", ".join(lens.pack.say("what", d.action.what).en for d in bare)
        findings.append(
            Finding(
                kind="action-unowned", subjects=tuple(d.action.id for d in bare), value=len(bare), rule=RULE,
                sentence=Words(f"没有负责人的行动：{names_zh}。", f"Actions that nobody owns: {names_en}."),
                certainty=CERTAIN, unit="actions", urgency=2,
            )
        )  # fmt: skip
    locale = lens.pack.topic("policy")["locale"]
    note = Words(
        f"政策：{locale}（powermap method show policy）", f"policy: {locale} (powermap method show policy)"
    )
    return answer(lens, "plan", COLUMNS, rows, findings, [note])
