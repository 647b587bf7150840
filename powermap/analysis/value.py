"""The value ledger of an account: what they buy and from whom, the curve, dependence, give and take, bond, cost of leaving."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from powermap.analysis.grid import Grid, Line, grid
from powermap.analysis.layer_levels import last, level_of
from powermap.analysis.progress import actual
from powermap.analysis.reciprocity import (
    Firm,
    costs,
    currency_of,
    dependence,
    exchange,
    lights,
    shone,
    still,
)
from powermap.analysis.text import answer, money, percentage
from powermap.analysis.value_curve import curve
from powermap.analysis.value_findings import findings
from powermap.analysis.value_words import category_name, risk_of, signed_money, state_words, supplier_name
from powermap.findings import Answer
from powermap.lens import Lens
from powermap.model import Assessment
from powermap.words import Words, both, by_language

SECTIONS = {
    "grid": Words("客户买什么、向谁买", "What they buy, and from whom"),
    "mix": Words("我方的构成与目标", "Our mix and its target"),
    "curve": Words("价值回报曲线", "The value-return curve"),
    "dependence": Words("谁离不开谁", "Who needs whom"),
    "take": Words("他给我", "They give us"),
    "give": Words("我给他", "We give them"),
    "bond": Words("合作深度", "The bond"),
    "hold": Words("控制点与离开成本", "Control points and the cost of leaving"),
    "light": Words("灯塔", "Lighthouse"),
}
COLUMNS = (
    ("section", "部分", "Section"),
    ("name", "内容", "What"),
    ("value", "我方 / 数值", "Ours / value"),
    ("share", "份额", "Share"),
    ("spend", "客户采购", "They buy"),
    ("white", "空白", "White space"),
    ("detail", "说明", "Detail"),
)
Row = dict[str, Any]
UNKNOWN = Words("未知", "unknown")


def value(lens: Lens, house: Firm | None = None) -> Answer:
    """Answer what a customer is worth to us and we to them.

    Parameters
    ----------
    house
        What lies beyond the account (:func:`powermap.analysis.reciprocity.firm`): without it nobody can tell which part
        of our sales they are, nor whose choice they make easier.
    """
    told = (
        _grid_rows(lens), _mix(lens), _curve(lens), _dependence(lens, house), _take(lens), _give(lens), _bond(lens), _hold(lens),
        _light(lens, house),
    )  # fmt: skip
    rows: list[Row] = []
    for section, part in zip(SECTIONS, told, strict=True):
        for place, row in enumerate(part):
            rows.append({"id": f"{section}-{place}", "section": SECTIONS[section]._asdict(), **row})
    return answer(lens, "value", COLUMNS, rows, findings(lens, house), _notes(lens))


def _row(name: Words, value: Words | None = None, detail: Words | None = None, **more: Any) -> Row:
    words = {"name": name, "value": value, "detail": detail, **more}
    return {k: v._asdict() if isinstance(v, Words) else v for k, v in words.items()}


def _share(part: float | None) -> Words | None:
    return None if part is None else both(f"{percentage(part):g}%")


def holders(lens: Lens, found: Grid, line: Line) -> list[dict[str, Any]]:
    """List who holds the rest of a category: each rival of the account, the others, and what isn't known; empty are left out."""
    told: list[tuple[Words, float | None]] = [
        (supplier_name(lens, s), line.sold.get(s)) for s in found.rivals if line.sold.get(s)
    ]
    others = sum(v for s, v in line.sold.items() if s not in found.rivals)
    told += [(Words("其他", "others"), others)] if others else []
    told += [(Words("不知道是谁", "not known"), line.unknown)] if line.unknown else []
    return [{"name": n._asdict(), "value": v, "share": line.share(v)} for n, v in told]


def _grid_rows(lens: Lens) -> Iterator[Row]:
    found = grid(lens)
    if found is None:
        return
    for line in found.lines:
        kept = holders(lens, found, line)
        said = []
        for h in kept:
            worth = money(h["value"], found.currency)
            part = "" if h["share"] is None else f" {percentage(h['share']):g}%"
            said.append(Words(f"{h['name']['zh']} {worth.zh}{part}", f"{h['name']['en']} {worth.en}{part}"))
        if line.doubtful:
            said.append(Words("各家相加超过采购额，请核对", "suppliers add up to more than they buy: check"))
        if line.year != found.year:
            said.append(Words(f"{line.year} 年的数", f"figures of {line.year}"))
        name, ours = category_name(line), state_words(lens, line)
        if line.ours:
            ours = money(line.ours, found.currency)
        yield _row(
            name, ours, Words("；".join(w.zh for w in said), "; ".join(w.en for w in said)),
            share=_share(line.share(line.ours)),
            spend=money(line.spend, found.currency) if line.spend is not None else UNKNOWN,
            white=None if line.white is None else _least(line, found.currency),
            key=line.state, year=line.year, currency=found.currency, ours=line.ours, bought=line.spend, open=line.white,
            holders=kept,
        )  # fmt: skip
    if len(found.lines) > 1:
        bought = sum(n.spend or 0.0 for n in found.lines)
        sold = sum(n.ours or 0.0 for n in found.lines)
        yield _row(
            Words("合计（已知的）", "All that is known"), money(sold, found.currency), None,
            share=_share(found.share(held=False)), spend=money(bought, found.currency), white=money(found.white, found.currency),
            key="all", currency=found.currency, ours=sold, bought=bought, open=found.white,
        )  # fmt: skip


def _least(line: Line, currency: str) -> Words:
    said = money(line.white or 0.0, currency)
    return Words(f"至少 {said.zh}", f"at least {said.en}") if line.spend is None else said


def _mix(lens: Lens) -> Iterator[Row]:
    found = grid(lens)
    if found is None:
        return
    goals = {g.category: g for g in lens.goals if g.measure == "mix" and g.target is not None}
    total = sum(n.ours or 0.0 for n in found.lines)
    names = dict.fromkeys([*(n.category for n in found.lines if n.ours and len(found.lines) > 1), *goals])
    for name in names if goals or len(names) > 1 else ():
        now = sum(n.ours or 0.0 for n in found.lines if n.category == name)
        goal = goals.get(name)
        target = actual(lens, goal) if goal else None
        detail = None
        if goal is not None and goal.target is not None:
            by = goal.by or ""
            detail = Words(f"目标 {goal.target:.0%}（{by}）", f"target {goal.target:.0%} by {by}")
        yield _row(
            both(name),
            money(now, found.currency),
            detail,
            share=_share(now / total if total else None),
            part=target,
            now=now / total if total else None,
            target=goal.target if goal else None,
        )


def _curve(lens: Lens) -> Iterator[Row]:
    found = curve(lens)
    phases = {r["key"]: Words(r["zh"], r["en"]) for r in lens.pack.topic("value")["phase"]}
    for y in found.years if found else ():
        name = Words(f"{y.year} {phases[y.phase].zh}", f"{y.year} {phases[y.phase].en}")
        plan = signed_money(y.expected, found.currency if found else "")
        if y.actual is None or y.gap is None:
            over = y.year < lens.as_of.year
            why = (
                Words("收入或费用不全", "sales or cost not known")
                if over
                else Words("尚未结束", "not over yet")
            )
            yield _row(name, None, Words(f"预期 {plan.zh}；{why.zh}", f"expected {plan.en}; {why.en}"), key=y.phase, year=y.year,
                       expected=y.expected, actual=None, gap=None)  # fmt: skip
            continue
        gap, so_far = (signed_money(v, found.currency if found else "") for v in (y.gap, y.cumulated))
        yield _row(
            name, signed_money(y.actual, found.currency if found else ""),
            Words(f"预期 {plan.zh}；差 {gap.zh}，累计 {so_far.zh}", f"expected {plan.en}; gap {gap.en}, in all {so_far.en}"),
            key=y.phase, year=y.year, expected=y.expected, actual=y.actual, gap=y.gap, cumulated=y.cumulated,
        )  # fmt: skip


def _dependence(lens: Lens, house: Firm | None) -> Iterator[Row]:
    d = dependence(lens, house)
    whole = Words("", "")
    if d.whole is not None and d.whole != d.share:
        whole = Words(
            f"占客户全部已知采购的 {percentage(d.whole):g}%",
            f"{percentage(d.whole):g}% of all they are known to buy",
        )
    if d.share is not None or house is not None:
        yield _row(
            Words("我方占客户采购（已进入的品类）", "Our part of what they buy where we are in"),
            _share(d.share) or UNKNOWN,
            whole,
        )
        base = (
            Words("占我方全部销售额", "of all our sales")
            if d.typed
            else Words("占各客户合计", "of what the accounts add up to")
        )
        yield _row(
            Words("客户占我方销售额", "Their part of our sales"),
            _share(d.part) or UNKNOWN,
            base if d.part is not None else None,
        )
    for item, verdict in (("top_visits", d.visits), ("compensates", d.pays)):
        yield _judged(lens, item, verdict)


def _judged(lens: Lens, key: str, verdict: Assessment | None) -> Row:
    item = lens.pack.items[key]
    if verdict is None:
        return _row(item.words, Words("还没问", "not asked yet"))
    old = verdict.on is not None and (lens.as_of - verdict.on).days > item.valid_days
    tail = [verdict.words, f"{verdict.on}"]
    mark = Words("（已过期）", " (out of date)") if old else both("")
    said = "，".join(filter(None, tail)), ", ".join(filter(None, tail))
    return _row(item.words, item.named(verdict.score), Words(said[0] + mark.zh, said[1] + mark.en))


def _take(lens: Lens) -> Iterator[Row]:
    e = exchange(lens)
    if e.revenue is not None:
        net = None
        if e.cost is not None:
            left = signed_money(e.revenue - e.cost, e.currency)
            net = Words(f"净值 {left.zh}", f"net {left.en}")
        yield _row(
            Words(f"销售额 {e.year}", f"Sales {e.year}"), money(e.revenue, e.currency), net, amount=e.revenue
        )


def _give(lens: Lens) -> Iterator[Row]:
    e = exchange(lens)
    if e.benefit is not None:
        paid = None
        if e.financed is not None:
            sum_ = money(e.financed, e.currency)
            paid = Words(f"其中我方出资 {sum_.zh}", f"{sum_.en} of it financed by us")
        yield _row(
            Words("客户一年的收益", "What they earn or save a year"),
            money(e.benefit, e.currency),
            paid,
            amount=e.benefit,
        )
    for a in (*e.gains, *e.foreign):
        if a.score is not None:
            yield _row(
                lens.pack.items[a.item].words,
                money(a.score, a.currency or e.currency),
                both(f"{a.words} {a.on}".strip()),
            )
    if e.cost is not None:
        yield _row(
            Words(f"我方花费 {e.year}", f"What it costs us {e.year}"),
            money(e.cost, e.currency),
            None,
            amount=e.cost,
        )
    if e.headcount is not None:
        yield _row(Words("我方投入人数", "Our people on it"), both(f"{e.headcount:g}"))
    for item in lens.pack.items.values():
        # How well the two match (M73): the points among the judgements of the relations.
        if item.family == "layer" and item.kind == "points" and (verdict := last(lens, item.key)) is not None:
            yield _judged(lens, item.key, verdict)


def _bond(lens: Lens) -> Iterator[Row]:
    level, verdict = level_of(lens, "bond")
    if level is None:
        yield _row(lens.pack.items["bond"].words, Words("还没评", "not judged yet"))
    else:
        name, risk = lens.pack.say("bond", str(level)), risk_of(lens, level)
        said = verdict.words if verdict else ""
        yield _row(lens.pack.items["bond"].words, Words(f"{level} {name.zh}", f"{level} {name.en}"),
                   Words("；".join(filter(None, (risk.zh, said))), "; ".join(filter(None, (risk.en, said)))), level=level)  # fmt: skip
    for a in still(lens, "friction"):
        yield _row(lens.pack.items["friction"].words, None, both(f"{a.words} {a.on}"))


def _hold(lens: Lens) -> Iterator[Row]:
    level, verdict = level_of(lens, "stickiness")
    item = lens.pack.items["stickiness"]
    if level is None:
        yield _row(item.words, Words("还没评", "not judged yet"))
    else:
        name = lens.pack.say("stickiness", str(level))
        yield _row(
            item.words,
            Words(f"{level} {name.zh}", f"{level} {name.en}"),
            both(verdict.words if verdict else ""),
            level=level,
        )
    points = still(lens, "control_point")
    for point in points:
        yield _row(lens.pack.items["control_point"].words, None, both(f"{point.words} {point.on}"))
    if not points:
        yield _row(lens.pack.items["control_point"].words, Words("没有", "none named"))
    for key, verdicts in costs(lens).items():
        item = lens.pack.items[key]
        for a in verdicts:
            score = a.score or 0.0
            cost = (
                money(score, currency_of(lens, a))
                if item.kind == "money"
                else Words(f"{score:g} 周", f"{score:g} weeks")
            )
            yield _row(item.words, cost, both(f"{a.words} {a.on}".strip()), amount=score)


def _light(lens: Lens, house: Firm | None) -> Iterator[Row]:
    for s in shone(lens, house):
        name = by_language(s.account.name, s.account.name_alt)
        deals = [by_language(d.name, d.name_alt) for d in s.open]
        won = Words(f"已赢 {len(s.won)} 个", f"{len(s.won)} won") if s.won else both("")
        yield _row(
            Words(f"让 {name.zh} 更好选我方", f"Makes it easier for {name.en} to choose us"),
            Words(f"{len(s.open)} 个未结项目", f"{len(s.open)} open"),
            Words("；".join(filter(None, ("、".join(w.zh for w in deals), won.zh))), "; ".join(filter(None, (", ".join(w.en for w in deals), won.en)))),
        )  # fmt: skip
    for o in lights(lens, house):
        name = by_language(o.name, o.name_alt)
        yield _row(Words(f"看着 {name.zh} 怎么选", f"Looks at what {name.en} chooses"))


def _notes(lens: Lens) -> list[Words]:
    found, notes = grid(lens), []
    if found is not None and found.others:
        kept = ", ".join(c or "?" for c in found.others)
        notes.append(
            Words(
                f"只算 {found.currency}；另有币种 {kept}，未计入。",
                f"In {found.currency} alone; figures in {kept} are left out.",
            )
        )
    foreign = exchange(lens).foreign
    if foreign:
        notes.append(
            Words(
                f"{len(foreign)} 项收益是别的币种，未计入合计。",
                f"Benefits in another currency, not in the sum: {len(foreign)}.",
            )
        )
    if any(n.state == "unknown" and n.category for n in found.lines) if found else False:
        notes.append(
            Words(
                "我方销售额没有按品类分开的年份，品类里有没有我方不知道。",
                "In a year whose sales of ours aren't split by category nobody knows whether any of one is ours.",
            )
        )
    return notes
