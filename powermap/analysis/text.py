"""Sentences: lists of names, and the frame of an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain
from typing import Any

from powermap.errors import AnalysisError
from powermap.findings import Answer, Certainty, Column, Finding, Input
from powermap.lens import Lens
from powermap.lens.lens import closed_after
from powermap.model import Person, Tie
from powermap.model.naming import fold
from powermap.words import Words, both, by_language

CERTAIN = Certainty("certain", Words("由数据直接得出", "follows from the data"))
ESTIMATE = Certainty("estimate", Words("估计值", "an estimate"))
OPEN = Certainty("open", Words("数据不足以判断", "the data can't tell"))


def person_name(lens: Lens, person_id: str) -> str:
    """Return a person's name as written, whichever side they are on."""
    seat = lens.seats.get(person_id)
    if seat is not None:
        return seat.name
    person = lens.snapshot.get(Person, person_id)
    return person.name if person else person_id


def find(lens: Lens, name: str) -> str:
    """Return the id of the person of the account with this name, as :func:`pick` does."""
    titles = {s.id: s.title for s in lens.seats.values()}
    return pick(name, [s.person for s in lens.seats.values()], both(lens.account.name), titles).id


def pick(
    name: str, people: Iterable[Person], where: Words, titles: Mapping[str, str] | None = None
) -> Person:
    """Return the person with this name, other name or id; width, case and spaces don't matter.

    Raises
    ------
    AnalysisError
        If nobody has the name, with the closest one, or more than one, with their titles and ids.
    """
    known = [(p, {p.id, p.name, p.name_alt} - {""}) for p in people]
    found = [p for p, said in known if name in said]
    found = found or [p for p, said in known if fold(name) in map(fold, said)]
    if len(found) == 1:
        return found[0]
    if found:
        told = titles or {}
        several = ", ".join(f"{p.name} ({told.get(p.id) or '?'}, id {p.id})" for p in found)
        several_zh = "、".join(f"{p.name}（{told.get(p.id) or '职务不明'}，编号 {p.id}）" for p in found)
        raise AnalysisError(
            Words(f"“{name}”可能是 {several_zh}", f"{name!r} may be {several}"),
            hint=Words("请写编号，不写姓名", "write the id instead of the name"),
        )
    close = get_close_matches(name, chain.from_iterable(said for _, said in known), 1)
    raise AnalysisError(
        Words(
            f"{where.zh} 没有人叫“{name}”" + (f"；是不是“{close[0]}”？" if close else ""),
            f"nobody at {where.en} is called {name!r}" + (f"; perhaps {close[0]!r}" if close else ""),
        ),
        hint=Words("姓名请照 `powermap show` 的写法", "write the name as `powermap show` prints it"),
    )


def call(lens: Lens, person_id: str) -> Words:
    """Return a person's name in each language."""
    seat = lens.seats.get(person_id)
    person = seat.person if seat else lens.snapshot.get(Person, person_id)
    return by_language(person.name, person.name_alt) if person else Words(person_id, person_id)


def supplier_name(lens: Lens) -> Words:
    """Return the name of the lens's supplier in each language."""
    return by_language(lens.supplier.organization.name, lens.supplier.organization.name_alt)


def names(lens: Lens, ids: Iterable[str], limit: int = 4) -> Words:
    """Join names: 甲、乙、丙等 5 人 / A, B and C; more than `limit` are counted."""
    return join([call(lens, i) for i in ids], limit)


def join(found: Sequence[Words], limit: int = 4) -> Words:
    """Join words as each language does; more than `limit` are counted."""
    shown, rest = found[:limit], len(found) - limit
    zh = "、".join(w.zh for w in shown)
    if rest > 0:
        return Words(f"{zh}等 {len(found)} 人", ", ".join(w.en for w in shown) + f" and {rest} more")
    if len(shown) < 2:
        return Words(zh, "".join(w.en for w in shown))
    return Words(zh, ", ".join(w.en for w in shown[:-1]) + " and " + shown[-1].en)


def signed(attitude: int | None) -> str:
    """Write an attitude with its sign; unknown is ?."""
    return "?" if attitude is None else f"{attitude:+d}" if attitude else "0"


def percent(share: float) -> str:
    """Write a probability or share: whole percents, one decimal below ten, and <0.1% for next to nothing."""
    if 0 < share < 0.0005:
        return "<0.1%"
    return f"{share:.0%}" if share >= 0.0995 or share == 0 else f"{share:.1%}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Write a count with its noun in English."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


CURRENCIES = {
    "CNY": "元",
    "RMB": "元",
    "USD": "美元",
    "EUR": "欧元",
    "GBP": "英镑",
    "JPY": "日元",
    "HKD": "港元",
    "TWD": "新台币",
    "KRW": "韩元",
    "SGD": "新加坡元",
}
"""What currencies are called in Chinese."""


def money(value: float, currency: str = "") -> Words:
    """Write an amount as each language does: 1.2 亿元, 120 m CNY."""
    zh_unit, zh = (
        ("亿", value / 1e8) if value >= 1e8 else ("万", value / 1e4) if value >= 1e4 else ("", value)
    )
    en_unit, en = (
        (" bn", value / 1e9)
        if value >= 1e9
        else (" m", value / 1e6)
        if value >= 1e6
        else (" k", value / 1e3)
        if value >= 1e3
        else ("", value)
    )
    tail = f" {currency}" if currency else ""
    coin = CURRENCIES.get(currency, tail)
    return Words(f"{zh:,.4g} {zh_unit}{coin}".rstrip().replace("  ", " "), f"{en:,.4g}{en_unit}{tail}")


def percentage(part: float) -> float:
    """Turn a part of 1 into percent, with the one decimal that is shown."""
    return round(100 * part, 1)


def labels(lens: Lens) -> dict[str, Words]:
    """Return what has a name in each language: people on every side, titles, units, account, deal, suppliers."""
    pairs = [(s.name, s.person.name_alt) for s in lens.seats.values()]
    pairs += [(s.title, s.title_alt) for s in lens.seats.values()]
    pairs += [(s.unit, s.unit_alt) for s in lens.seats.values()]
    pairs += [(p.name, p.name_alt) for p in lens.snapshot.all(Person)]
    pairs += [(s.organization.name, s.organization.name_alt) for s in lens.suppliers]
    pairs += [(t.name, t.name_alt) for t in (lens.account, lens.deal) if t is not None]
    return {name: by_language(name, alt) for name, alt in pairs if alt}


def fact(zh: str, en: str, value: Any, ground: Tie | None = None) -> Input:
    """Make an input from a fact and the record that holds it: its source and author, its day, its confidence."""
    if ground is None:
        return Input(Words(zh, en), value)
    evidence = ground.evidence
    source = " · ".join(part for part in (evidence.source, evidence.author) if part)
    day = evidence.on or ground.period.start
    return Input(Words(zh, en), value, source, day, evidence.confidence, ground.id)


def _closed(lens: Lens) -> list[Words]:
    """Say that the deal looked at has an outcome: the numbers are those of the day, before or after it."""
    deal = lens.deal
    if deal is None or not deal.outcome:
        return []
    name, on = by_language(deal.name, deal.name_alt), deal.close_on or "?"
    zh, en = ("赢", "won") if deal.outcome == "won" else ("丢", "lost")
    if closed_after(deal, lens.as_of):
        return [
            Words(
                f"这一天“{name.zh}”还没有结束；后来在 {on} {zh}了。",
                f"{name.en} was still open on that day; it was {en} on {on}.",
            )
        ]
    return [Words(f"“{name.zh}”已经结束：{on} {zh}了。", f"{name.en} is closed: {en} on {on}.")]


def answer(
    lens: Lens,
    question: str,
    columns: Sequence[tuple[str, str, str] | tuple[str, str, str, bool]],
    rows: Sequence[dict[str, Any]],
    findings: Sequence[Finding] = (),
    notes: Sequence[Words] = (),
) -> Answer:
    """Make an answer seen through a lens; findings come most urgent first.

    `columns` are key, Chinese and English head, and True for a raw measure.
    """
    return Answer(
        question=question,
        account=(lens.account.id, lens.account.name),
        supplier=(lens.supplier.id, lens.supplier.organization.name),
        deal=(lens.deal.id, lens.deal.name) if lens.deal else None,
        as_of=lens.as_of,
        columns=tuple(Column(c[0], Words(c[1], c[2]), detail=len(c) > 3) for c in columns),
        rows=tuple(rows),
        findings=tuple(sorted(findings, key=lambda f: -f.urgency)),
        notes=(*notes, *_closed(lens)),
        labels=labels(lens),
    )
