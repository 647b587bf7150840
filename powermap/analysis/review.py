"""The review of a Monday (M45, M113): who decides, what each believes and how we know, what has changed; then what was kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from powermap.analysis.age import relations
from powermap.analysis.alarms import alarms
from powermap.analysis.attitudes import attitudes
from powermap.analysis.deciders import deciders
from powermap.analysis.decision import decides
from powermap.analysis.judged import judged_on, last_cell, unproven
from powermap.analysis.key_people import key_people
from powermap.analysis.policy import ALLOWED, APPROVAL, of_event
from powermap.analysis.progress import Deed, aims, called, deeds, value_words
from powermap.analysis.text import CERTAIN, answer, call, names, person_name, plural, signed
from powermap.analysis.todos import KINDS, counted, overdue
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.words import Words, both

RULE = Rule(
    "review",
    Words(
        "目标与行动的结果由事实得出：到期的目标里达成几个，那一天以来完成的行动里按期几个；逾期与待办同一口径：行动、承诺、客户声音、会面；变化是今天与那一天两次看到的不同",
        "what became of goals and actions follows from facts: goals met of all that are due, actions done since that day; overdue is what "
        "`todo` calls so: actions, promises, voices, meetings; a change is what differs between today and that day",
    ),
)
SECTIONS = {
    "decides": Words("谁决定", "Who decides"),
    "believes": Words("各自怎么看", "What each believes"),
    "changed": Words("有什么变化", "What has changed"),
    "goals": Words("目标", "Goals"),
    "actions": Words("行动", "Actions"),
    "moved": Words("行动之后", "After actions"),
    "risks": Words("要留意", "Watch"),
}
COLUMNS = (
    ("section", "部分", "Section"),
    ("what", "内容", "What"),
    ("detail", "说明", "Detail"),
    ("state", "状态", "State"),
)
Row = tuple[str, Words, Words, Words, dict[str, Any]]
"""Section, what, detail, state; and attitudes for whoever draws: ``stances`` of each supplier, or how one ``moved``."""
NEXT = 3
"""Next steps that are told."""
MOST = 9
"""Moves of attitudes that are told one by one: a review is one screen."""
NONE = both("")


def review(lens: Lens, since: date | None = None) -> Answer:
    """Answer the three questions of a Monday, and what became of goals, actions and promises.

    Parameters
    ----------
    since
        The day of the last look; default: the days between two reviews of the rule pack.
    """
    day = since or lens.as_of - timedelta(days=lens.pack.topic("calendar")["review_days"])
    past = lens.back_to(day)
    rows = [
        *_decides(lens), *_believes(lens), *_changed(lens, past), *_goals(lens), *_actions(lens, day),
        *_next_steps(lens), *_moved(lens, day),
        *_risks(lens), *_breaches(lens, day),
    ]  # fmt: skip
    told: list[dict[str, Any]] = [
        {
            "id": f"{section}-{n}",
            "section": SECTIONS[section]._asdict(),
            "what": what._asdict(),
            "detail": detail._asdict(),
            "state": state._asdict(),
            **drawn,
        }
        for n, (section, what, detail, state, drawn) in enumerate(rows)
    ]
    return answer(
        lens,
        "review",
        COLUMNS,
        told,
        [_summary(lens, day)],
        [Words(f"对比日：{day}", f"compared with {day}")],
    )


def _summary(lens: Lens, day: date) -> Finding:
    due = [a for a in aims(lens) if a.due]
    met = sum(bool(a.met) for a in due)
    done = _done_since(lens, day)
    on_time = sum(d.state == "done" for d in done)
    late = overdue(lens)
    broken = any(t.kind == "promise" for t in late)
    quality = [d.action.quality for d in done if d.action.quality]
    mean = sum(quality) / len(quality) if quality else None
    zh = f"到期目标 {len(due)} 个，达成 {met} 个；{day} 以来完成行动 {len(done)} 项，按期 {on_time} 项"
    en = (
        f"{met} of {plural(len(due), 'goal')} due {'is' if met == 1 else 'are'} met; since {day} "
        f"{plural(len(done), 'action')} done, {on_time} on time"
    )
    if mean is not None:
        zh, en = f"{zh}，平均质量 {mean:.1f}", f"{en}, mean quality {mean:.1f}"
    zh, en = f"{zh}；逾期 {len(late)} 件", f"{en}; {len(late)} overdue"
    if late:
        zh, en = f"{zh}（{counted(late).zh}）", f"{en} ({counted(late).en})"
    return Finding(
        kind="review", subjects=(lens.account.id,), value=met, rule=RULE, sentence=Words(f"{zh}。", f"{en}."),
        certainty=CERTAIN, unit="goals", urgency=3 if broken else 2 if late else 0,
    )  # fmt: skip


def _done_since(lens: Lens, day: date) -> list[Deed]:
    return [d for d in deeds(lens) if d.done_on is not None and d.done_on >= day]


def _decides(lens: Lens) -> Iterator[Row]:
    for finding in decides(lens).findings[:2]:
        yield "decides", finding.sentence, NONE, finding.certainty.words, {}


def _believes(lens: Lens) -> Iterator[Row]:
    shares = deciders(lens).shares
    people = [k for k in key_people(lens) if k.id in shares] or list(key_people(lens))
    for k in people[:6]:
        who, cell, stance = call(lens, k.id), last_cell(lens, k.id), lens.stance(k.id)
        on = judged_on(lens, k.id)
        told = stance.evidence if stance else None
        by = (told.author if told else "") or (cell.author if cell else "")
        parts = [str(on) if on else "", by, (told.note if told else "") or (cell.words if cell else "")]
        state = (
            Words("待证实", "unproven")
            if k.id in unproven(lens)
            else Words("未知", "unknown")
            if lens.attitude(k.id) is None
            else NONE
        )
        step = lens.attitude(k.id)
        word = lens.pack.attitudes[step].words if step is not None else Words("未知", "unknown")
        yield (
            "believes",
            Words(f"{who.zh}：{signed(step)} {word.zh}", f"{who.en}: {signed(step)} {word.en}"),
            both(" · ".join(filter(None, parts))),
            state,
            {
                "stances": [
                    {"supplier": s.organization.name, "attitude": lens.attitude(k.id, s.id)}
                    for s in lens.suppliers
                ]
            },
        )


def _changed(lens: Lens, past: Lens) -> Iterator[Row]:
    """Tell who came and left, and whose attitude moved: to us of everybody, to rivals of the key people; the key people first."""
    new = [p for p in lens.seats if p not in past.seats]
    gone = [p for p in past.seats if p not in lens.seats]
    if new:
        yield "changed", Words("新出现", "new"), names(lens, new), NONE, {}
    if gone:
        yield "changed", Words("离开", "left"), names(past, gone), Words("看谁接任", "who follows?"), {}
    key = [k.id for k in key_people(lens)]
    order = [*key, *(p for p in lens.seats if p not in key)]
    found = [row for p in order if p in past.seats for row in _moves_of(lens, past, p, p in key)]
    yield from found[:MOST]
    if len(found) > MOST:
        more = len(found) - MOST
        yield "changed", Words(f"另有 {more} 处", f"{more} more"), Words("见态度", "see attitudes"), NONE, {}


def _moves_of(lens: Lens, past: Lens, person: str, key: bool) -> Iterator[Row]:
    who = call(lens, person)
    for supplier in lens.suppliers:
        ours = supplier.id == lens.supplier.id
        known = any(s.id == supplier.id for s in past.suppliers)
        before = past.attitude(person, supplier.id) if known else None
        after = lens.attitude(person, supplier.id)
        if before == after or not (ours or key):
            continue
        state = Words("新知道", "learnt") if before is None else Words("不再知道", "no longer known")
        if before is not None and after is not None:
            state = Words("上升", "up") if after > before else Words("下降", "down")
        name = supplier.organization.name
        what = who if ours else Words(f"{who.zh} 对 {name}", f"{who.en} to {name}")
        yield "changed", what, both(f"{signed(before)} → {signed(after)}"), state, _move(lens, before, after)


def _move(lens: Lens, before: int | None, after: int | None) -> dict[str, Any]:
    scale = lens.pack.attitudes
    return {"moved": {"before": before, "after": after, "low": min(scale), "high": max(scale)}}


def _goals(lens: Lens) -> Iterator[Row]:
    by_purpose: dict[str, list[bool]] = {}
    for aim in aims(lens):
        if aim.due:
            by_purpose.setdefault(aim.goal.purpose, []).append(bool(aim.met))
        value = value_words(aim.goal, aim.value)
        state = (
            Words("达成", "met")
            if aim.met
            else Words("未达成", "missed")
            if aim.missed
            else Words("进行中", "open")
        )
        owner = person_name(lens, aim.goal.owner) if aim.goal.owner else ""
        yield (
            "goals",
            called(lens, aim.goal),
            Words(
                " · ".join(filter(None, (f"今天 {value}", owner, _due(aim.goal.by).zh))),
                " · ".join(filter(None, (f"today {value}", owner, _due(aim.goal.by).en))),
            ),
            state,
            {},
        )
    for purpose, met in by_purpose.items():
        name = lens.pack.say("purpose", purpose) if purpose else Words("没写目的", "no purpose given")
        yield (
            "goals",
            Words(f"按目的：{name.zh}", f"by purpose: {name.en}"),
            Words(
                f"到期 {len(met)} 个，达成 {sum(met)} 个", f"{sum(met)} of {len(met)} that were due are met"
            ),
            NONE,
            {},
        )


def _due(day: date | None) -> Words:
    return Words(f"截止 {day}", f"due {day}") if day else NONE


def _actions(lens: Lens, day: date) -> Iterator[Row]:
    """Tell what was done since a day, then everything that is overdue: actions, promises, voices, meetings."""
    for deed in _done_since(lens, day):
        action = deed.action
        state = Words("按期", "on time") if deed.state == "done" else Words("延期", "late")
        owner = person_name(lens, action.owner) if action.owner else "—"
        due = _due(action.due)
        said = Words(*(" · ".join(filter(None, (owner, d))) for d in due))
        yield "actions", lens.pack.say("what", action.what), said, state, {}
    for t in overdue(lens):
        kind, days = KINDS[t.kind], t.late(lens.as_of)
        what = t.what if t.kind == "action" else Words(f"{kind.zh}：{t.what.zh}", f"{kind.en}: {t.what.en}")
        state = Words(f"逾期 {days} 天", f"{plural(days, 'day')} overdue")
        if t.kind == "promise":
            state = Words(f"承诺失约，{state.zh}", f"promise broken, {state.en}")
        due = _due(t.due)
        said = Words(*(" · ".join((t.owner_name or "—", d)) for d in due))
        yield "actions", what, said, state, {}


def _next_steps(lens: Lens) -> Iterator[Row]:
    """Tell what the last meetings agreed on as the next step."""
    for event in [i for i in lens.interactions if i.next][-NEXT:]:
        who = names(lens, [p for p in event.theirs if p in lens.seats])
        form = lens.pack.say("form", event.form) if event.form else both(event.channel)
        yield (
            "actions",
            both(event.next),
            Words(f"{event.on} {form.zh} {who.zh}", f"{event.on} {form.en} {who.en}"),
            Words("下一步", "next step"),
            {},
        )


def _moved(lens: Lens, day: date) -> Iterator[Row]:
    for deed in _done_since(lens, day):
        people = [t for t in deed.action.targets if t in lens.seats]
        for p, a, b in zip(people, deed.before, deed.after, strict=True):
            if a != b:
                what, who = lens.pack.say("what", deed.action.what), call(lens, p)
                yield (
                    "moved",
                    Words(f"{what.zh} → {who.zh}", f"{what.en} → {who.en}"),
                    both(f"{signed(a)} → {signed(b)}"),
                    Words(f"{deed.done_on} 完成", f"done {deed.done_on}"),
                    _move(lens, a, b),
                )


def _risks(lens: Lens) -> Iterator[Row]:
    """Tell which alarms sound and why, then what is old or cold besides."""
    sounding = alarms(lens)
    for alarm in sounding:
        yield "risks", alarm.name, alarm.findings[0].sentence, NONE, {}
    cold = [r for r in relations(lens) if r.contact.key == "cold"]
    if cold:
        yield "risks", Words("关系变冷", "gone cold"), names(lens, [r.theirs for r in cold]), NONE, {}
    contrary = [f.sentence for f in attitudes(lens).findings if f.kind == "attitude-contradicted"]
    for said in contrary:
        yield "risks", Words("两说", "contradicts"), said, NONE, {}


def _breaches(lens: Lens, day: date) -> Iterator[Row]:
    """Tell which meetings of ours the policy doesn't allow, or not without an approval that is on record."""
    for event in lens.interactions:
        others = event.ours and all(lens.employer.get(p) != lens.supplier.id for p in event.ours)
        if event.on is None or event.on < day or others:
            continue
        verdict = of_event(lens, event)
        if verdict.ruling != ALLOWED:
            what = lens.pack.say("form", event.form)
            who = names(lens, [p for p in event.theirs if p in lens.seats])
            yield (
                "risks",
                Words(f"{event.on} {what.zh} {who.zh}", f"{event.on} {what.en} {who.en}"),
                verdict.why,
                Words("没有批准", "no approval")
                if verdict.ruling == APPROVAL
                else Words("违反政策", "against the policy"),
                {},
            )
