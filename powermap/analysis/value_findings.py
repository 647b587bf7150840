"""What the value ledger finds, numbers first: share and white space, growth, curve, dependence, give and take, bond, hold."""

from __future__ import annotations

from dataclasses import replace
from math import fsum
from typing import Any

from powermap.analysis.alerts import alerts
from powermap.analysis.brief import wallet
from powermap.analysis.grid import Grid, Growth, grid, growth
from powermap.analysis.layer_levels import level_of
from powermap.analysis.progress import actual
from powermap.analysis.reciprocity import Firm, costs, currency_of, dependence, exchange, shone, still
from powermap.analysis.rules.wallet import Limits, Series, alarm
from powermap.analysis.text import CERTAIN, ESTIMATE, OPEN, money, percentage, plural
from powermap.analysis.value_curve import curve
from powermap.analysis.value_words import category_name, risk_of, supplier_name
from powermap.findings import Certainty, Finding, Input, Rule
from powermap.lens import Lens
from powermap.model import Assessment
from powermap.words import Words, by_language

WHITE = Rule(
    "white space",
    Words(
        "空白 = 没有一行我方销售额的品类里客户的全部采购；采购额未知的按已知的各家销售额，至少是这么多",
        "white space = all that they buy of a category without a row of ours; where the spend isn't known, at least what others sell of it",
    ),
)
GROWTH = Rule(
    "growth gap",
    Words(
        "两年都知道的品类里：我方销售额增长减去客户采购增长",
        "over what is known in both years: growth of our sales less growth of what they buy",
    ),
)
CURVE = Rule(
    "value-return curve",
    Words(
        "预期 = 各年填的预期；只填一年则为总额，按规则包的曲线分到各年；实际 = 销售额 − 费用；差 = 实际 − 预期，逐年累计",
        "expected = what is typed by year; one figure alone is the whole, parted by the curve of the rule pack; actual = sales − cost; gap = actual − expected, added up",
    ),
)
DEPENDS = Rule(
    "mutual dependence",
    Words(
        "我方占客户采购（已进入的品类）与客户占我方销售额相比，再加两个问题：对方最高层来不来、停线补不补",
        "our part of what they buy where we are in, beside their part of our sales; and two questions: does their top come to us, do they pay when they stop our line",
    ),
)
TWO_SIDES = Rule(
    "give and take",
    Words(
        "一年里客户给我方的销售额，与客户因我方而赚到或省下的钱",
        "in a year their purchases from us, beside what they earned or saved through us",
    ),
)
BOND = Rule(
    "bond",
    Words("合作深度 1 到 4 级，每一级有自己的风险", "a bond of level 1 to 4, each with a risk of its own"),
)
HOLD = Rule(
    "cost of leaving",
    Words("控制点是客户替不掉的能力；离开成本按认证、模具、产能、联合研发、流程，以金额或周计",
          "a control point is an ability of ours that they can't replace; the cost of leaving by certification, tooling, capacity, joint R&D and process, in money or weeks"),
)  # fmt: skip
LIGHT = Rule(
    "lighthouse",
    Words(
        "灯塔一栏写的名称、行业或区域，对上哪些客户",
        "customers whose name, industry or region stands in the column lighthouse",
    ),
)
MIX = Rule(
    "target mix",
    Words("品类占我方销售额的比例与目标相比", "a category's part of our sales beside its target"),
)


def findings(lens: Lens, house: Firm | None) -> list[Finding]:
    """Return what the ledger finds; the most urgent come first in the answer."""
    return [
        *_share(lens), *_growth(lens), *_curve(lens), *_dependence(lens, house), *_two_sides(lens), *_bond(lens),
        *_hold(lens), *_light(lens, house), *_mix(lens),
    ]  # fmt: skip


def _find(
    lens: Lens, kind: str, value: Any, rule: Rule, zh: str, en: str, urgency: int = 0,
    sure: Certainty = CERTAIN, unit: str = "", inputs: tuple[Input, ...] = (),
) -> Finding:  # fmt: skip
    return Finding(
        kind=kind, subjects=(lens.account.id,), value=value, rule=rule, sentence=Words(f"{zh}。", f"{en}."), certainty=sure,
        inputs=inputs, unit=unit, urgency=urgency,
    )  # fmt: skip


def judged(lens: Lens, verdict: Assessment) -> Input:
    """Make an input from a verdict."""
    item, evidence = lens.pack.items[verdict.item], verdict.evidence
    source = " · ".join(p for p in (evidence.source, evidence.author) if p)
    said = verdict.words if verdict.score is None else f"{verdict.score:g}"
    return Input(item.words, said, source, verdict.on, evidence.confidence, verdict.id)


def _share(lens: Lens) -> list[Finding]:
    found = grid(lens)
    if found is None:
        return [_find(lens, "value", None, WHITE, "没有一个完整年度的采购额或销售额：请补“数字”表",
                      "No figures of a whole year, neither of what they buy nor of our sales: bring the sheet of figures", 1, OPEN)]  # fmt: skip
    never = found.never
    tail = Words("", "")
    if never:
        count = len(never)
        tail = Words(
            f"；{count} 个品类从来不是我方的",
            f"; {_number(count)} {'category was' if count == 1 else 'categories were'} never ours",
        )
    limits, told = Limits.of(lens.pack), []
    for s in wallet(lens):
        sound = alarm(s, limits, lens.account.id, lambda i: supplier_name(lens, i))
        if sound is not None and sound.kind == "wallet-erosion":
            told.append((s, sound))
    told.sort(key=lambda pair: (-pair[1].urgency, -pair[0].elsewhere))
    result = []
    if told and told[0][0].currency == found.currency:
        series, sound = told.pop(0)
        result.append(replace(sound, sentence=_erosion(series, tail)))
    else:
        result.append(_standing(lens, found, tail))
    result += [sound for _, sound in told]
    if found.white:
        result.append(_white(lens, found))
    return result


def _number(count: int) -> str:
    names = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return names[count] if count < len(names) else f"{count:,}"


def _erosion(s: Series, tail: Words) -> Words:
    (first, a, _), (last, b, _) = s.years[0], s.years[-1]
    was, now = (money(v, s.currency) for v in (a, b))
    old, new = (f"{percentage(v):g}%" for v in (s.shares[0], s.shares[-1]))
    what = Words(s.category or "采购", s.category or "spend")
    fell = Words("却" if b > a else "也", "while" if b > a else "and")
    return Words(
        f"{first}–{last} 年我方销售额从 {was.zh}到 {now.zh}，在其{what.zh}里的份额{fell.zh}从 {old} 跌到 {new}{tail.zh}。",
        f"From {first} to {last} sales went from {was.en} to {now.en} {fell.en} our share of their {what.en} fell from {old} to {new}{tail.en}.",
    )


def _standing(lens: Lens, found: Grid, tail: Words) -> Finding:
    ours = fsum(n.ours or 0.0 for n in found.lines)
    spend = fsum(n.spend or 0.0 for n in found.lines)
    share, sold, bought = found.share(held=False), money(ours, found.currency), money(spend, found.currency)
    if share is None:
        return _find(lens, "value", None, WHITE, f"{found.year} 年我方销售额 {sold.zh}；客户采购总额未知，算不出份额{tail.zh}",
                     f"Our sales were {sold.en} in {found.year}; what they buy in all isn't known, so no share{tail.en}", 1, OPEN)  # fmt: skip
    part = percentage(share)
    return _find(lens, "value", part, WHITE, f"{found.year} 年客户采购 {bought.zh}，我方 {sold.zh}，占 {part:g}%{tail.zh}",
                 f"Of {bought.en} bought in {found.year}, {sold.en} was ours, {part:g}%{tail.en}", 0, CERTAIN, "%")  # fmt: skip


def _white(lens: Lens, found: Grid) -> Finding:
    lines = [n for n in found.lines if n.white]
    least = any(n.spend is None for n in lines)
    worth = money(found.white, found.currency)
    said = [
        (category_name(n), money(n.white or 0.0, found.currency))
        for n in sorted(lines, key=lambda n: -(n.white or 0.0))
    ]
    zh = f"空白{'至少' if least else ''}一年 {worth.zh}：" + "、".join(f"{n.zh} {w.zh}" for n, w in said)
    en = f"White space of {'at least ' if least else ''}{worth.en} a year: " + ", ".join(
        f"{n.en} {w.en}" for n, w in said
    )
    inputs = tuple(
        Input(Words(f"{n.zh} 采购", f"spend on {n.en}"), line.white)
        for (n, _), line in zip(said, sorted(lines, key=lambda n: -(n.white or 0.0)), strict=True)
    )
    return _find(
        lens,
        "white-space-sum",
        found.white,
        WHITE,
        zh,
        en,
        2,
        ESTIMATE if least else CERTAIN,
        found.currency,
        inputs,
    )


def _points(gap: float) -> str:
    return f"{100 * gap:+.0f}".replace("-", "−")


def told_growth(g: Growth) -> Words:
    """Say the two rates and their gap."""
    theirs = f"{_points(g.theirs)}%"
    if g.ours is None or g.gap is None:
        return Words(
            f"客户采购 {theirs}，我方上一年没有销售额",
            f"they {theirs}, without sales of ours the year before",
        )
    return Words(
        f"我方 {_points(g.ours)}%，客户 {theirs}：差 {_points(g.gap)} 个百分点",
        f"ours {_points(g.ours)}%, theirs {theirs}: {_points(g.gap)} points",
    )


def _growth(lens: Lens) -> list[Finding]:
    g = growth(lens)
    if g is None:
        return []
    said = told_growth(g)
    slow = g.gap is not None and g.gap < 0
    value = None if g.gap is None else round(100 * g.gap, 1)
    return [
        _find(
            lens,
            "growth-gap",
            value,
            GROWTH,
            f"{g.year} 年的增长：{said.zh}",
            f"Growth in {g.year}: {said.en}",
            2 if slow else 0,
            unit="points",
        )
    ]


def _curve(lens: Lens) -> list[Finding]:
    found = curve(lens)
    if found is None:
        return [_find(lens, "curve", None, CURVE, "没有预期：请在“数字”表填指标“预期”（起始年与总额，或逐年）",
                      "Nothing is expected of them: give the measure expected in the sheet of figures (first year and the whole, or year by year)", 0, OPEN)]  # fmt: skip
    known = [y for y in found.years if y.gap is not None]
    if not known or found.gap is None:
        return [_find(lens, "curve", None, CURVE, "有预期，还没有一年同时知道销售额和费用（指标：费用），算不出差距",
                      "There is an expectation, and no year yet with both sales and cost (measure cost), so no gap", 0, OPEN)]  # fmt: skip
    gap = money(abs(found.gap), found.currency)
    behind = found.gap < 0
    years, zh, en = len(known), "落后" if behind else "领先", "behind" if behind else "ahead of"
    inputs = tuple(
        Input(
            Words(
                f"{y.year} 年净值（预期 {y.expected:,.12g}）",
                f"net value {y.year} (expected {y.expected:,.12g})",
            ),
            y.actual,
        )
        for y in known
    )
    return [_find(lens, "curve", found.gap, CURVE, f"{years} 年下来，回报比曲线{zh} {gap.zh}",
                  f"The return is {gap.en} {en} its curve after {plural(years, 'year')}", 2 if behind else 0, CERTAIN, found.currency, inputs)]  # fmt: skip


def _dependence(lens: Lens, house: Firm | None) -> list[Finding]:
    d = dependence(lens, house)
    asked = [(a, lens.pack.items[k].words) for k, a in (("top_visits", d.visits), ("compensates", d.pays))]
    inputs = tuple(judged(lens, a) for a, _ in asked if a is not None)
    answers = [
        (w, lens.pack.items[a.item].named(a.score) if a else Words("还没问", "not asked yet"))
        for a, w in asked
    ]
    zh, en = (
        "；".join(f"{w.zh}：{s.zh}" for w, s in answers),
        "; ".join(f"{w.en}: {s.en}" for w, s in answers),
    )
    if d.share is None or d.part is None:
        lacks = Words("两边的份额不全", "not both shares are known")
        return [
            _find(
                lens,
                "dependence",
                None,
                DEPENDS,
                f"谁离不开谁还说不准（{lacks.zh}）。{zh}",
                f"Who needs whom can't be told ({lacks.en}). {en[:1].upper()}{en[1:]}",
                0,
                OPEN,
                "",
                inputs,
            )
        ]
    head = {
        "us": Words("我方更离不开客户", "We need them more than they need us"),
        "them": Words("客户更离不开我方", "They need us more than we need them"),
        "even": Words("彼此一样", "Both need each other alike"),
    }[d.tilt]
    part, share = percentage(d.part), percentage(d.share)
    low = sum(a is not None and a.score == 0 for a, _ in asked)
    return [
        _find(lens, "dependence", d.tilt, DEPENDS,
              f"{head.zh}：客户占我方销售额 {part:g}%，我方占其采购（已进入的品类）{share:g}%。{zh}",
              f"{head.en}: they are {part:g}% of our sales, we {share:g}% of what they buy where we are in. {en[:1].upper()}{en[1:]}",
              2 if d.tilt == "us" and low else 1 if d.tilt == "us" or low else 0, CERTAIN, "", inputs)
    ]  # fmt: skip


def _two_sides(lens: Lens) -> list[Finding]:
    e = exchange(lens)
    inputs = tuple(judged(lens, a) for a in e.gains)
    if e.revenue is None:
        return []
    took = money(e.revenue, e.currency)
    if e.benefit is None:
        return [_find(lens, "give-and-take", None, TWO_SIDES, f"客户一年给我方 {took.zh}；客户因我方赚到或省下多少，没有记录",
                      f"They give us {took.en} a year; what they earn or save through us isn't on record", 1, OPEN)]  # fmt: skip
    gave = money(e.benefit, e.currency)
    zh, en = (
        f"客户一年给我方 {took.zh}，我方让客户赚到或省下 {gave.zh}",
        f"They give us {took.en} a year, we let them earn or save {gave.en}",
    )
    if e.financed is not None:
        paid = money(e.financed, e.currency)
        zh, en = f"{zh}（其中我方出资 {paid.zh}）", f"{en} ({paid.en} of it financed by us)"
    return [
        _find(
            lens,
            "give-and-take",
            e.benefit / e.revenue if e.revenue else None,
            TWO_SIDES,
            zh,
            en,
            0,
            CERTAIN,
            "ratio",
            inputs,
        )
    ]


def _bond(lens: Lens) -> list[Finding]:
    level, verdict = level_of(lens, "bond")
    result = [f for f in alerts(lens) if f.kind == "bond-at-risk"]
    if level is None:
        return [
            *result,
            _find(lens, "bond", None, BOND, "合作深度还没评", "The bond isn't judged yet", 0, OPEN),
        ]
    name, risk = lens.pack.say("bond", str(level)), risk_of(lens, level)
    inputs = (judged(lens, verdict),) if verdict else ()
    result.append(
        _find(
            lens,
            "bond",
            level,
            BOND,
            f"合作深度 {level} 级（{name.zh}）：{risk.zh}",
            f"Bond {level} of 4, {name.en}: {risk.en}",
            0,
            CERTAIN,
            "level",
            inputs,
        )
    )
    frictions, limits = still(lens, "friction"), lens.pack.topic("value")["limits"]
    if len(frictions) >= limits["friction"] and level > limits["bond"]:
        result.append(
            _find(lens, "bond-doubted", len(frictions), BOND, f"评为 {level} 级，却有 {len(frictions)} 次比价或风控的摩擦：没有那么深",
                  f"Judged {level}, with {plural(len(frictions), 'friction')} of comparing or contract defence on record: not as deep as that",
                  1, CERTAIN, "frictions", tuple(judged(lens, a) for a in frictions))
        )  # fmt: skip
    return result


def _hold(lens: Lens) -> list[Finding]:
    points = still(lens, "control_point")
    held = [a for verdicts in costs(lens).values() for a in verdicts]
    sums: dict[str, float] = {}
    weeks = 0.0
    for a in held:
        if lens.pack.items[a.item].kind == "weeks":
            weeks = max(weeks, a.score or 0.0)
        else:
            coin = currency_of(lens, a)
            sums[coin] = sums.get(coin, 0.0) + (a.score or 0.0)
    said = [money(v, c) for c, v in sorted(sums.items())]
    said += [Words(f"最长 {weeks:g} 周", f"up to {weeks:g} weeks")] if weeks else []
    inputs = tuple(judged(lens, a) for a in (*points, *held))
    if not points and not said:
        return [_find(lens, "hold", 0, HOLD, "没有控制点，离开我方的成本也没有记录：没有什么留得住客户",
                      "No control point, and no cost of leaving on record: nothing holds them", 1, CERTAIN)]  # fmt: skip
    hold = Words(
        "；".join(a.words for a in points) or "没有", "; ".join(a.words for a in points) or "none named"
    )
    cost = Words(
        " + ".join(w.zh for w in said) or "没有记录", " + ".join(w.en for w in said) or "not on record"
    )
    return [_find(lens, "hold", len(points), HOLD, f"控制点：{hold.zh}；离开我方的成本：{cost.zh}", f"Control point: {hold.en}; cost of leaving us: {cost.en}",
                  0 if points and said else 1, CERTAIN, "control points", inputs)]  # fmt: skip


def _light(lens: Lens, house: Firm | None) -> list[Finding]:
    found = shone(lens, house)
    if not found:
        if lens.account.lighthouse_for and house is not None:
            said = lens.account.lighthouse_for
            return [_find(lens, "lighthouse", 0, LIGHT, f"灯塔写的是 {'、'.join(said)}，没有一个客户对得上",
                          f"A lighthouse for {', '.join(said)}, and no customer of ours fits", 0, OPEN)]  # fmt: skip
        return []
    deals = [d for s in found for d in s.open]
    names = [by_language(s.account.name, s.account.name_alt) for s in found]
    sums: dict[str, float] = {}
    for d in deals:
        if d.value is not None:
            sums[d.currency] = sums.get(d.currency, 0.0) + d.value
    worth = [money(v, c) for c, v in sorted(sums.items())]
    zh = f"灯塔：让 {'、'.join(w.zh for w in names)} 的 {len(deals)} 个项目更好拿"
    en = f"A lighthouse: it makes {plural(len(deals), 'deal')} of {', '.join(w.en for w in names)} easier"
    if worth:
        zh, en = f"{zh}（{' + '.join(w.zh for w in worth)}）", f"{en} ({' + '.join(w.en for w in worth)})"
    return [_find(lens, "lighthouse", len(deals), LIGHT, zh, en, 0, CERTAIN, "deals")]


def _mix(lens: Lens) -> list[Finding]:
    off = []
    for goal in lens.goals:
        if goal.measure == "mix" and goal.target is not None:
            now = actual(lens, goal)
            if now is not None and abs(now - goal.target) > 1e-9:
                off.append((goal.category, now, goal.target))
    if not off:
        return []
    zh = "；".join(f"{c} {a:.0%}，目标 {t:.0%}" for c, a, t in off)
    en = "; ".join(f"{c} {a:.0%}, target {t:.0%}" for c, a, t in off)
    return [
        _find(
            lens,
            "mix",
            len(off),
            MIX,
            f"我方构成与目标：{zh}",
            f"Our mix beside its target: {en}",
            1,
            CERTAIN,
            "categories",
        )
    ]
