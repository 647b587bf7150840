"""The briefing on a customer from the top down: environment, enterprise, needs, purchase, value; who was asked (M35-M37, M40, M46-M48)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from powermap.analysis.brief import wallet
from powermap.analysis.deciders import deciders
from powermap.analysis.judgements import grounds, judgements
from powermap.analysis.layer_levels import meetings_of
from powermap.analysis.markets import of_account, statements
from powermap.analysis.needs import detail, named, pool
from powermap.analysis.rules.coverage import apart
from powermap.analysis.rules.wallet import ALL
from powermap.analysis.text import CERTAIN, answer, join, names, percent, person_name, plural
from powermap.findings import Answer, Finding, Rule
from powermap.lens import Lens
from powermap.model import Records
from powermap.words import Words, both, by_language

RULE = Rule(
    "insight",
    Words(
        "自上而下：环境、企业、需求、采购、价值；每句话有来源、判断人、日期，超过有效期的标为过期；问过谁按部门和层级、按一线洞察的月份分轮",
        "from the top down: environment, enterprise, needs, purchase, value; each line has its source, author and day, and is out of date "
        "once it is older than its item lasts; who was asked by department and level, a round being a month of the front line's season",
    ),
)
COLUMNS = (
    ("section", "部分", "Section"),
    ("what", "内容", "What"),
    ("said", "怎么说", "Says"),
    ("source", "来源", "Source"),
    ("author", "判断人", "Author"),
    ("on", "日期", "Date"),
    ("state", "状态", "State"),
    ("before", "此前", "Before"),
)
ASKED = "asked"
"""The last section: who was asked in which round."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the briefing: its section, what it is about, what is said, by whom and when; `record` is where it stands."""

    section: str
    what: Words
    said: Words
    source: Words = Words("", "")
    author: Words = Words("", "")
    on: date | None = None
    stale: bool = False
    record: str = ""
    unknown: bool = False


def sections(lens: Lens) -> dict[str, Words]:
    """Return what each section is called, in the order of the briefing."""
    rows = lens.pack.topic("insight")["section"]
    return {r["key"]: Words(r["zh"], r["en"]) for r in rows} | {ASKED: Words("问过谁", "who was asked")}


def briefing(lens: Lens) -> tuple[Line, ...]:
    """Return the briefing, line by line; what nobody has said is one line of its section."""
    return lens.once(_briefing)


def judged(lens: Lens) -> tuple[Line, ...]:
    """Return the judgements of insight, section by section."""
    rows = lens.pack.topic("insight")["section"]
    place = {item: row["key"] for row in rows for item in row["items"]}
    found = []
    for j in judgements(lens, "insight"):
        a = j.record
        source, author = grounds(lens, a)
        what = j.item.words
        if a.subject in lens.seats:
            who = names(lens, [a.subject])
            what = Words(f"{what.zh}（{who.zh}）", f"{what.en} ({who.en})")
        found.append(Line(place.get(a.item, ""), what, j.said, source, author, a.on, j.stale, a.id))
    order = [r["key"] for r in rows]
    return tuple(sorted(found, key=lambda x: order.index(x.section) if x.section in order else len(order)))


def _briefing(lens: Lens) -> tuple[Line, ...]:
    told = judged(lens)
    known = {a.item for a in lens.assessments}
    found: list[Line] = []
    for section in lens.pack.topic("insight")["section"]:
        key = section["key"]
        found += [x for x in told if x.section == key]
        found += _FACTS[key](lens) if key in _FACTS else []
        missing = [
            lens.pack.items[i].words for i in section["items"] if i in lens.pack.items and i not in known
        ]
        if missing:
            zh, en = "、".join(w.zh for w in missing), ", ".join(w.en for w in missing)
            found.append(Line(key, Words("还不知道", "not known yet"), Words(zh, en), unknown=True))
    return (*found, *(x for x in told if not x.section), *_asked(lens))


def _needs(lens: Lens) -> list[Line]:
    return [Line("needs", named(n.deal), detail(lens, n), record=n.deal.id) for n in pool(lens)]


def _purchase(lens: Lens) -> list[Line]:
    found = []
    for need in pool(lens):
        if not (need.deal.rule or need.chain):
            continue
        who = deciders(replace(lens, deal=need.deal))
        people = names(lens, list(who.shares))
        rule = both(need.deal.rule) if need.deal.rule else Words("规则未知", "rule unknown")
        found.append(
            Line("purchase", named(need.deal), Words(f"{people.zh}；{rule.zh}", f"{people.en}; {rule.en}"), record=need.deal.id)
        )  # fmt: skip
    return found


def _value(lens: Lens) -> list[Line]:
    found = []
    for s in wallet(lens):
        what = both(s.category) if s.category else ALL
        year = s.years[-1][0]
        shares = " → ".join(percent(part) for part in s.shares)
        said = Words(f"我方份额 {shares}", f"our share {shares}")
        name = Words(f"采购份额 · {what.zh}", f"share of wallet · {what.en}")
        found.append(Line("value", name, said, both(s.sources[-1]), on=date(year, 12, 31)))
    return found


_FACTS = {"needs": _needs, "purchase": _purchase, "value": _value}
"""Sections that hold more than judgements."""


def rounds(lens: Lens) -> dict[tuple[str, int | None], dict[int, tuple[str, ...]]]:
    """Return (department, level) -> round, from 1 on -> people of theirs whom ours met, in the season of the day or the last one."""
    first, last = season(lens)
    away = apart(lens.pack)
    found: dict[tuple[str, int | None], dict[int, tuple[str, ...]]] = {}
    for s in lens.seats.values():
        if not s.external:
            found.setdefault((s.unit, s.level), {})
    for i in meetings_of(lens):
        if i.on is None or not first <= i.on <= last or i.channel.casefold() in away:
            continue
        number = (i.on.year - first.year) * 12 + i.on.month - first.month + 1
        for person in i.theirs:
            seat = lens.seats.get(person)
            if seat is None or seat.external:
                continue
            cell = found[seat.unit, seat.level]
            cell[number] = tuple(dict.fromkeys((*cell.get(number, ()), person)))
    return found


def season(lens: Lens) -> tuple[date, date]:
    """Return the first day of the front line's season (M46) that has begun last, and the end of it, or the day itself."""
    topic, day = lens.pack.topic("insight")["season"], lens.as_of
    year = day.year if day.month >= topic["first"] else day.year - 1
    ends = year if topic["last"] >= topic["first"] else year + 1
    after = date(ends + topic["last"] // 12, topic["last"] % 12 + 1, 1)
    return date(year, topic["first"], 1), min(day, date.fromordinal(after.toordinal() - 1))


def _asked(lens: Lens) -> list[Line]:
    """Say by department who was asked in which round, and at which levels nobody was."""
    units: dict[str, dict[int | None, dict[int, tuple[str, ...]]]] = {}
    for (unit, level), cells in rounds(lens).items():
        units.setdefault(unit, {})[level] = cells
    found = []
    for unit, levels in units.items():
        told: dict[int, list[str]] = {}
        for cells in levels.values():
            for n, people in cells.items():
                told.setdefault(n, []).extend(people)
        bare = sorted((level for level, cells in levels.items() if not cells), key=lambda x: x or 99)
        zh = [f"第 {n} 轮 {'、'.join(person_name(lens, p) for p in told[n])}" for n in sorted(told)]
        en = [f"round {n}: {', '.join(person_name(lens, p) for p in told[n])}" for n in sorted(told)]
        if bare:
            said = "、".join(str(x) if x else "?" for x in bare)
            zh.append(f"第 {said} 层没有问过")
            en.append(f"nobody was asked at level {said.replace('、', ', ')}")
        found.append(Line(ASKED, both(unit or "—"), Words("；".join(zh), "; ".join(en)), unknown=not told))
    return found


def outdated(lens: Lens) -> tuple[Line, ...]:
    """Return the lines that hold no longer."""
    return tuple(x for x in briefing(lens) if x.stale)


def of_markets(records: Records, lens: Lens) -> tuple[Line, ...]:
    """Return what is said of the markets of a customer, as lines of the briefing that name the market."""
    rows = lens.pack.topic("insight")["section"]
    place = {item: row["key"] for row in rows for item in row["items"]}
    found = []
    for market in of_account(records, lens.account):
        name = by_language(market.name, market.name_alt)
        for a, old in statements(records, market, lens.as_of, lens.pack):
            item = lens.pack.items[a.item]
            score = item.named(a.score)
            said = Words(*(" · ".join(filter(None, (score[lang], a.words))) for lang in ("zh", "en")))
            what = Words(f"{name.zh}：{item.words.zh}", f"{name.en}: {item.words.en}")
            source, author = both(a.evidence.source), both(a.evidence.author)
            found.append(Line(place.get(a.item, rows[0]["key"]), what, said, source, author, a.on, old, a.id))
    return tuple(found)


def insight(lens: Lens, since: date | None = None, market: tuple[Line, ...] = ()) -> Answer:
    """Answer what is known of the customer, from the top down, and what of it is out of date.

    Parameters
    ----------
    since
        Compare with that day: what is new, what was said then.
    market
        What is said of their market (:func:`of_markets`): it stands in its section, before what is said of them.
    """
    names_, found = sections(lens), briefing(lens)
    order = list(names_)
    found = tuple(
        sorted((*market, *found), key=lambda x: order.index(x.section) if x.section in order else len(order))
    )
    then = {(x.section, x.what): x for x in briefing(lens.back_to(since))} if since else {}
    rows: list[dict[str, Any]] = []
    for n, x in enumerate(found):
        old = then.get((x.section, x.what))
        new = since is not None and x.on is not None and x.on > since and not x.unknown
        moved = old is not None and not x.unknown and x.section != ASKED and old.said != x.said
        state = (
            Words("过期", "out of date") if x.stale else Words("未知", "unknown") if x.unknown
            else Words("有变", "changed") if moved else Words("新", "new") if new else both("")
        )  # fmt: skip
        rows.append(
            {
                "id": x.record or f"{lens.account.id}-insight-{n}",
                "section": names_.get(x.section, both(x.section))._asdict(),
                "what": x.what._asdict(),
                "said": x.said._asdict(),
                "source": x.source._asdict(),
                "author": x.author._asdict(),
                "on": x.on.isoformat() if x.on else None,
                "state": state._asdict(),
                "before": old.said._asdict() if moved and old else None,
            }
        )
    findings = _findings(lens, found)
    if since is not None:
        findings.insert(1, _since(lens, found, then, since))
    return answer(lens, "insight", COLUMNS, rows, findings)


def _since(lens: Lens, found: tuple[Line, ...], then: dict[tuple[str, Words], Line], since: date) -> Finding:
    """Say what has changed in the briefing since a day: new, said otherwise, out of date by now."""
    known = [x for x in found if not x.unknown and x.section != ASKED]
    moved = [
        x for x in known if (old := then.get((x.section, x.what))) and not old.unknown and old.said != x.said
    ]
    new = [x for x in known if (x.section, x.what) not in then and (x.on is None or x.on > since)]
    aged = [x for x in known if x.stale and (old := then.get((x.section, x.what))) and not old.stale]
    words = Words(
        f"自 {since} 以来：新增 {len(new)} 条，有变 {len(moved)} 条，过期 {len(aged)} 条"
        + (f"；有变：{join([x.what for x in moved]).zh}。" if moved else "。"),
        f"Since {since}: {len(new)} new, {len(moved)} changed, {len(aged)} gone out of date"
        + (f"; changed: {join([x.what for x in moved]).en}." if moved else "."),
    )
    return Finding(
        kind="insight-changed", subjects=tuple(x.record for x in (*new, *moved) if x.record), value=len(new) + len(moved), rule=RULE,
        sentence=words, certainty=CERTAIN, topic=since.isoformat(),
    )  # fmt: skip


def _findings(lens: Lens, found: tuple[Line, ...]) -> list[Finding]:
    told, old = judged(lens), [x for x in found if x.stale]
    done, least = len(done_rounds(lens)), lens.pack.topic("insight")["season"]["rounds"]
    start, _ = season(lens)
    head = Words(
        f"{len(told)} 条洞察，{len(old)} 条过期；{start.year} 年的一线洞察走了 {done} 轮，至少要 {least} 轮。",
        f"{plural(len(told), 'judgement')} of insight, {len(old)} out of date; {plural(done, 'round')} of the season of {start.year} done, of at least {least}.",
    )
    findings = [
        Finding(kind="insight", subjects=(lens.account.id,), value=len(told), rule=RULE, sentence=head, certainty=CERTAIN, urgency=0 if told else 1)
    ]  # fmt: skip
    if old:
        what = join([x.what for x in old])
        findings.append(
            Finding(
                kind="insight-stale", subjects=tuple(x.record for x in old), value=len(old), rule=RULE, certainty=CERTAIN, urgency=1,
                sentence=Words(f"过期，该再问：{what.zh}。", f"Out of date, ask again: {what.en}."),
            )
        )  # fmt: skip
    if any(x.record and _says_yes(lens, x, "opportunist") for x in told):
        findings.append(
            Finding(
                kind="opportunist", subjects=(lens.account.id,), value=1, rule=RULE, certainty=CERTAIN, urgency=2,
                sentence=Words("机会捕捉型的企业：长期投入要慎重。", "They catch opportunities: be careful with a long-term investment."),
            )
        )  # fmt: skip
    return findings


def _says_yes(lens: Lens, line: Line, item: str) -> bool:
    return any(a.id == line.record and a.item == item and a.score == 1 for a in lens.assessments)


def done_rounds(lens: Lens) -> set[int]:
    """Return the rounds of the season in which anybody was asked."""
    return {n for cells in rounds(lens).values() for n in cells}
