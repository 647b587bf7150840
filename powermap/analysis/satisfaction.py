"""Satisfaction of people and of the organization, contract health and what they earned: as series by date (M58-M61, M106, M111)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from powermap.analysis import spread
from powermap.analysis.text import CERTAIN, OPEN, answer, call, money, names, plural
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.method.items import Item
from powermap.model import Assessment, Deal, Organization
from powermap.model.naming import fold
from powermap.words import Words, both, by_language

COLUMNS = (
    ("section", "部分", "Section"),
    ("subject", "评估对象", "Of whom"),
    ("item", "指标", "Indicator"),
    ("score", "分值", "Score"),
    ("change", "变化", "Change"),
    ("state", "判断", "State"),
    ("on", "日期", "Date"),
    ("serves", "对应客户目标", "Their goal"),
    ("words", "依据", "Ground"),
)
PEOPLE, HOUSE, CONTRACT, BENEFIT = "people", "organization", "contract", "benefit"
SECTIONS = {
    PEOPLE: Words("个人满意度", "Satisfaction of people"),
    HOUSE: Words("组织满意度", "Satisfaction of the organization"),
    CONTRACT: Words("合同、回款与标前", "Contract, payment, tender gates"),
    BENEFIT: Words("客户收益", "What they earned"),
}
STATES = {
    "better": Words("变好", "better"),
    "worse": Words("变差", "worse"),
    "same": Words("持平", "the same"),
    "low": Words("偏低", "low"),
    "": both(""),
}
GOALS = ("their_strategy", "their_vision", "their_positioning", "next_year", "year_after")
"""Items that say what they want to reach."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A score and how it stands beside the one before: `change` as typed, `better` turned round where a high one is bad.

    `serves` is the goal of theirs that it is about; empty where none is told.
    """

    verdict: Assessment
    item: Item
    section: str
    change: float | None
    serves: str

    @property
    def goodness(self) -> float | None:
        """The score with the high end good."""
        return good(self.item, self.verdict.score)

    @property
    def better(self) -> float | None:
        """The change with up as good."""
        return (
            None if self.change is None else -self.change if self.item.more.get("reversed") else self.change
        )


def good(item: Item, score: float | None) -> float | None:
    """Turn a score so that high is good: of an item that is reversed the scale is turned round."""
    return score if score is None or not item.more.get("reversed") else item.low + item.high - score


def marks(lens: Lens) -> tuple[Mark, ...]:
    """Return every verdict about satisfaction, contract and benefit, by section, subject, item and day."""
    return lens.once(_marks)


def _marks(lens: Lens) -> tuple[Mark, ...]:
    families = {"satisfaction", "contract", "benefit"}
    last: dict[tuple[str, str, str], float] = {}
    found = []
    for a in lens.assessments:
        item = lens.pack.items.get(a.item)
        if item is None or item.family not in families:
            continue
        section = (
            item.family if item.family != "satisfaction" else PEOPLE if a.subject in lens.seats else HOUSE
        )
        key = (a.item, a.subject, a.supplier)
        change = None
        if a.score is not None:
            change = a.score - last[key] if key in last else None
            last[key] = a.score
        found.append(
            Mark(a, item, section, change, _serves(lens, a) if item.family == "satisfaction" else "")
        )
    order, items = list(SECTIONS), list(lens.pack.items)
    place = {p: n for n, p in enumerate(lens.seats)}
    return tuple(
        sorted(
            found,
            key=lambda m: (
                order.index(m.section),
                place.get(m.verdict.subject, -1),
                m.verdict.subject,
                items.index(m.item.key),
                m.verdict.supplier,
                m.verdict.on or date.min,
            ),
        )
    )


def _serves(lens: Lens, a: Assessment) -> str:
    """Return the goal of theirs that a score is about: one that its words name, else of a person what they told themselves.

    A goal is named by its own words, by the name of its item, or by that of a deal, which says what it serves.
    """
    said = fold(a.words)
    stated = [g for g in lens.assessments if g.item in GOALS and g.words and not g.supplier]
    for g in reversed(stated):
        names_ = lens.pack.items[g.item].words
        if said and any(fold(n) in said for n in (g.words, *names_)):
            return g.words
    for deal in lens.deals:
        if (
            deal.serves
            and said
            and any(fold(n) in said for n in (deal.name, deal.name_alt, deal.serves) if n)
        ):
            return deal.serves
    return next((g.words for g in reversed(stated) if g.subject and g.subject == a.subject), "")


def latest(found: Iterable[Mark], section: str = "") -> list[Mark]:
    """Return the last mark of each series about us, of a section or of all."""
    last: dict[tuple[str, str], Mark] = {}
    for m in found:
        if m.verdict.score is not None and not m.verdict.supplier and section in ("", m.section):
            last[m.item.key, m.verdict.subject] = m
    return list(last.values())


def mean(found: Iterable[Mark]) -> float | None:
    """Return the mean of marks with the high end good; None without any."""
    known = [g for m in found if (g := m.goodness) is not None]
    return sum(known) / len(known) if known else None


def fallen(lens: Lens, section: str) -> list[Mark]:
    """Return the last marks of a section that are worse than those before, by what the pack calls moved."""
    least = lens.pack.topic("voices")["satisfaction"]["moved"]
    return [m for m in latest(marks(lens), section) if m.better is not None and m.better <= -least]


def complaints(lens: Lens, days: int) -> int:
    """Count the complaints of the last `days` days."""
    since = lens.as_of - timedelta(days=days)
    return sum(v.sort == "complaint" and v.on is not None and v.on > since for v in lens.voices)


def _state(lens: Lens, m: Mark) -> str:
    numbers = lens.pack.topic("voices")["satisfaction"]
    if m.item.kind not in ("points", "level"):
        return ""
    if m.better is None or abs(m.better) < numbers["moved"]:
        if (
            m.section in (PEOPLE, HOUSE)
            and (m.goodness or 0) < numbers["low"]
            and m.verdict.score is not None
        ):
            return "low"
        return "" if m.better is None else "same"
    return "better" if m.better > 0 else "worse"


def rows(lens: Lens) -> list[dict[str, Any]]:
    """Return every mark as a row, and the tender gates of the deal that nobody has judged."""
    found = [_row(lens, m) for m in marks(lens)] + _open_gates(lens)
    order = [w._asdict() for w in SECTIONS.values()]
    return sorted(found, key=lambda r: order.index(r["section"]))


def _row(lens: Lens, m: Mark) -> dict[str, Any]:
    a = m.verdict
    said = f"{m.change:+,.12g}" if m.change is not None and m.item.kind != "check" else ""
    helpers = names(lens, a.present) if a.present else call(lens, a.said_by) if a.said_by else both("")
    if m.item.key.startswith("gate_") and helpers.en:
        helpers = Words(f"帮手 {helpers.zh}", f"helped by {helpers.en}")
    return {
        "id": a.id,
        "section": SECTIONS[m.section]._asdict(),
        "subject": _subject(lens, a)._asdict(),
        "item": m.item.words._asdict(),
        "score": m.item.named(a.score)._asdict(),
        "change": said or None,
        "key": _state(lens, m),
        "state": STATES[_state(lens, m)]._asdict(),
        "on": a.on.isoformat() if a.on else None,
        "serves": m.serves or None,
        "words": Words(
            " · ".join(filter(None, (a.words, helpers.zh))), " · ".join(filter(None, (a.words, helpers.en)))
        )._asdict(),
    }


def _subject(lens: Lens, a: Assessment) -> Words:
    found = lens.snapshot.records.get(a.subject or lens.account.id)
    name = call(lens, a.subject) if a.subject in lens.seats else both(a.subject)
    if isinstance(found, Organization | Deal):
        name = by_language(found.name, found.name_alt)
    rival = lens.snapshot.get(Organization, a.supplier)
    if rival is None:
        return name
    other = by_language(rival.name, rival.name_alt)
    return Words(f"{name.zh}（对{other.zh}）", f"{name.en} (of {other.en})")


def _open_gates(lens: Lens) -> list[dict[str, Any]]:
    deal = lens.deal
    if deal is None:
        return []
    judged = {m.item.key for m in marks(lens) if m.verdict.subject == deal.id}
    left = [i for i in lens.pack.items.values() if i.key.startswith("gate_") and i.key not in judged]
    name = by_language(deal.name, deal.name_alt)
    return [
        {
            "id": f"{deal.id}-{i.key}", "section": SECTIONS[CONTRACT]._asdict(), "subject": name._asdict(), "item": i.words._asdict(),
            "score": both("?")._asdict(), "change": None, "key": "", "state": STATES[""]._asdict(), "on": None, "serves": None,
            "words": both("")._asdict(),
        }
        for i in left
    ]  # fmt: skip


def rule(lens: Lens) -> Rule:
    """Return the rule of satisfaction, with its numbers."""
    numbers = lens.pack.topic("voices")["satisfaction"]
    return Rule(
        "satisfaction",
        Words(
            f"三个指标各成系列，个人与组织分开；友商引入意愿反向计；变动 {numbers['moved']:g} 分才算变好或变差，低于 {numbers['low']:g} 分偏低；"
            "依据里写出客户目标（或其项目）的名称，分值就对应那个目标",
            f"three indicators, each a series, people and organization apart; willing to let rivals in counts the other way round; a move of "
            f"{numbers['moved']:g} is better or worse, below {numbers['low']:g} is low; a score serves the goal of theirs, or the deal, that its words name",
        ),
        dict(numbers),
    )


def satisfaction(lens: Lens) -> Answer:
    """Answer how satisfied their people and their organization are, how the contract goes, and what they complain of."""
    found, by = marks(lens), rule(lens)
    return answer(
        lens,
        "satisfaction",
        COLUMNS,
        rows(lens),
        [
            _series(lens, found, by),
            *_goals(found, by),
            *_contract(lens, found, by),
            *spread.findings(lens),
            _complaints(lens, by),
        ],
    )


def _series(lens: Lens, found: tuple[Mark, ...], by: Rule) -> Finding:
    zh, en, worse = [], [], []
    for section in (PEOPLE, HOUSE):
        now = latest(found, section)
        level = mean(now)
        if level is None:
            continue
        down = fallen(lens, section)
        worse += down
        zh.append(f"{SECTIONS[section].zh} {level:.1f}" + (f"，{len(down)} 项变差" if down else ""))
        en.append(
            f"{SECTIONS[section].en[0].lower()}{SECTIONS[section].en[1:]} {level:.1f}"
            + (f", {len(down)} worse" if down else "")
        )
    if not zh:
        zh, en = ["还没有满意度的分值"], ["no score of satisfaction yet"]
    said = "; ".join(en)
    return Finding(
        kind="satisfaction", subjects=tuple(m.verdict.id for m in worse), value=mean(latest(found, PEOPLE) + latest(found, HOUSE)), rule=by,
        sentence=Words(f"{'；'.join(zh)}。", f"{said[0].upper()}{said[1:]}."), certainty=CERTAIN if latest(found) else OPEN, unit="points",
        urgency=2 if worse else 0,
    )  # fmt: skip


def _goals(found: tuple[Mark, ...], by: Rule) -> list[Finding]:
    scored = [*latest(found, PEOPLE), *latest(found, HOUSE)]
    bare = [m for m in scored if not m.serves]
    if not bare:
        return []
    words = Words(
        f"{len(scored)} 个最新分值里，{len(bare)} 个没有对应客户的目标：满意度是帮客户实现目标的尺子，请在依据里写出目标或项目的名称。",
        f"{len(bare)} of {plural(len(scored), 'last score')} serve no goal of theirs: name the goal, or a deal, in the words of the score.",
    )
    return [Finding(kind="satisfaction-goals", subjects=tuple(m.verdict.id for m in bare), value=len(bare), rule=by, sentence=words, certainty=CERTAIN, unit="scores")]  # fmt: skip


def _contract(lens: Lens, found: tuple[Mark, ...], by: Rule) -> list[Finding]:
    levels = [m for m in latest(found, CONTRACT) if m.item.kind == "level"]
    events = [m for m in found if m.item.key == "negative_event" and not m.verdict.supplier]
    zh, en = [], []
    if levels:
        zh.append("、".join(f"{m.item.words.zh}{m.item.named(m.verdict.score).zh}" for m in levels))
        en.append(", ".join(f"{m.item.words.en} {m.item.named(m.verdict.score).en}" for m in levels))
    valid = [m for m in events if m.verdict.on and (lens.as_of - m.verdict.on).days <= m.item.valid_days]
    if valid:
        zh.append(f"一年内负面事件 {len(valid)} 起，最近 {valid[-1].verdict.on}：{valid[-1].verdict.words}")
        en.append(
            f"{plural(len(valid), 'negative event')} in a year, the last on {valid[-1].verdict.on}: {valid[-1].verdict.words}"
        )
    if not zh:
        return []
    poor = any((m.verdict.score or 0) <= m.item.low for m in levels)
    return [
        Finding(
            kind="contract", subjects=tuple(m.verdict.id for m in (*levels, *valid)), value=len(valid), rule=by,
            sentence=Words(f"合同：{'；'.join(zh)}。", f"Contract: {'; '.join(en)}."), certainty=CERTAIN, unit="events",
            urgency=2 if poor else 1 if valid else 0,
        )
    ]  # fmt: skip


def _complaints(lens: Lens, by: Rule) -> Finding:
    days = int(lens.pack.topic("portfolio")["effort"]["days"])
    count = complaints(lens, days)
    told = [f for f in lens.figures if f.measure == "revenue" and not f.supplier and f.on]
    year = max((f.on.year for f in told if f.on), default=0)
    value = sum(f.value for f in told if f.on and f.on.year == year)
    coin = next((f.currency for f in told if f.currency), "")
    zh, en = f"最近 {days} 天投诉 {count} 条", f"{plural(count, 'complaint')} in the last {days} days"
    if told:
        worth = money(value, coin)
        zh, en = f"{zh}；{year} 年销售额 {worth.zh}", f"{en}; revenue of {year}: {worth.en}"
    return Finding(
        kind="complaints", subjects=(lens.account.id,), value=count, rule=by, sentence=Words(f"{zh}。", f"{en}."), certainty=CERTAIN, unit="complaints"
    )  # fmt: skip
