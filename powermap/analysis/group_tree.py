"""A group customer as a tree of companies of any depth (集团, 省, 市, 县): share, coverage, altitude, single points at each node."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Any

from powermap.analysis.text import CERTAIN, OPEN, money, percentage, plural
from powermap.errors import AnalysisError
from powermap.findings import Answer, Column, Finding, Rule
from powermap.method import Pack
from powermap.model import Covers, Figure, Organization, PartOf, Records, WorksAt, below, units_of
from powermap.words import Words, by_language

RULE = Rule(
    "tree of companies",
    Words(
        "每一级 = 自己的 + 下面各级的，每个公司只算一次；关系高度 = 覆盖到的最高层级，按销售额加权；单点 = 只有我方一人覆盖，或只覆盖到对方一人",
        "each node = its own and all below it, each company once; altitude = the highest level that we cover, weighted by revenue; "
        "a single point = one of ours alone covers it, or one of theirs alone is covered",
    ),
)
NAMED = 8
"""Companies that a sentence names."""
COLUMNS = (
    ("name", "公司", "Company"),
    ("revenue", "我方销售额", "Our sales"),
    ("spend", "客户采购", "They buy"),
    ("share", "份额", "Share"),
    ("own", "其中本级", "Of it its own"),
    ("coverage", "覆盖人数", "People covered"),
    ("altitude", "最高到第几层", "Highest level"),
    ("mean", "高度（按销售额）", "Altitude by revenue"),
    ("single", "单点", "Single points"),
)


@dataclass(frozen=True, slots=True)
class Own:
    """What a company has itself: our sales and their spend (None if not known), people, those covered, the level reached, coverers."""

    revenue: float | None
    spend: float | None
    region: str
    tier: str
    people: frozenset[str]
    covered: frozenset[str]
    level: int | None
    ours: frozenset[str]

    @property
    def single(self) -> str:
        """What it hangs on: owner, contact, both, or empty."""
        owner, contact = len(self.ours) == 1, len(self.covered) == 1
        return "both" if owner and contact else "owner" if owner else "contact" if contact else ""


@dataclass(frozen=True, slots=True)
class Node:
    """A company in the tree at a depth (0 the top), with its own and with the sums of everything from it down.

    `revenue`, `share` and `mean` are None where nothing tells them; `mean` is the level reached, weighted by revenue; `singles` are
    the companies, itself included, that hang on one person.
    """

    id: str
    name: Words
    depth: int
    own: Own
    revenue: float | None
    spend: float | None
    share: float | None
    people: int
    covered: int
    level: int | None
    mean: float | None
    singles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Companies:
    """A group: its companies, each after the one it hangs on; `others` are currencies left out."""

    nodes: tuple[Node, ...]
    currency: str
    year: int
    others: tuple[str, ...]


def companies(records: Records, top: str, day: date) -> Companies:
    """Return the companies from `top` down, each under the first that it is part of, on a day; figures of finished years.

    Sums are of one year, the last finished one that is known in the tree, and of its main currency.
    """
    grown = _Tree(records, top, day)
    return Companies(grown.nodes(), grown.currency, grown.year, grown.others)


def has_companies(records: Records, top: str, day: date) -> bool:
    """Tell whether anything is part of a company on a day."""
    return any(t.dst == top and t.src != top and t.period.holds(day) for t in records.all(PartOf))


class _Tree:
    def __init__(self, records: Records, top: str, day: date) -> None:
        held = [t for t in records.all(PartOf) if t.period.holds(day)]
        self.named = {o.id: o for o in records.all(Organization)}
        self.units = {k: sorted(set(v), key=self._order) for k, v in units_of(held).items()}
        self.top = top
        inside = below(top, self.units)
        told = [
            f
            for f in records.all(Figure)
            if f.account in inside and f.on and f.on.year < day.year and f.measure in ("revenue", "wallet")
            and (f.measure == "wallet" or not f.supplier)
        ]  # fmt: skip
        count = Counter(f.currency for f in told)
        self.currency = min(count, key=lambda c: (-count[c], c), default="")
        self.others = tuple(sorted(c for c in count if c != self.currency))
        self.year = max(
            (f.on.year for f in told if f.on and f.currency == self.currency), default=day.year - 1
        )
        self.money: dict[tuple[str, str], dict[bool, list[float]]] = defaultdict(lambda: defaultdict(list))
        for f in told:
            if f.on and f.on.year == self.year and f.currency == self.currency:
                self.money[f.account, f.measure][not f.category].append(f.value)
        self.people: dict[str, dict[str, int | None]] = defaultdict(dict)
        us = {o.id for o in self.named.values() if o.us}
        mine = set()
        for work in records.all(WorksAt):
            if work.period.holds(day):
                if work.dst in inside:
                    self.people[work.dst][work.src] = work.level
                elif work.dst in us:
                    mine.add(work.src)
        self.cover: dict[str, set[str]] = defaultdict(set)
        for tie in records.all(Covers):
            if tie.period.holds(day) and tie.src in mine:
                self.cover[tie.dst].add(tie.src)

    def _order(self, ident: str) -> tuple[str, str]:
        found = self.named.get(ident)
        return found.name if found else ident, ident

    def _sum(self, company: str, measure: str) -> float | None:
        parts = self.money.get((company, measure))
        return fsum(parts[True] or parts[False]) if parts else None

    def own(self, company: str) -> Own:
        people = self.people.get(company, {})
        covered = frozenset(p for p in people if self.cover.get(p))
        levels = [level for p in covered if (level := people[p])]
        named = self.named.get(company)
        return Own(
            self._sum(company, "revenue"), self._sum(company, "wallet"), named.region if named else "",
            named.product_tier if named else "", frozenset(people), covered,
            min(levels, default=None), frozenset(o for p in covered for o in self.cover[p]),
        )  # fmt: skip

    def walk(self) -> Iterator[tuple[str, int]]:
        seen, stack = set(), [(self.top, 0)]
        while stack:
            company, depth = stack.pop()
            if company in seen:
                continue
            seen.add(company)
            yield company, depth
            stack += [(u, depth + 1) for u in reversed(self.units.get(company, []))]

    def nodes(self) -> tuple[Node, ...]:
        order = list(self.walk())
        own = {company: self.own(company) for company, _ in order}
        return tuple(self._node(company, depth, own) for company, depth in order)

    def _node(self, company: str, depth: int, own: Mapping[str, Own]) -> Node:
        parts = {c: own[c] for c in sorted(below(company, self.units)) if c in own}
        sales = [o.revenue for o in parts.values() if o.revenue is not None]
        spends = [o.spend for o in parts.values() if o.spend is not None]
        # A share only over companies whose spend is known.
        sold = fsum(o.revenue or 0.0 for o in parts.values() if o.spend)
        bought = fsum(spends)
        weighed = [(o.revenue, o.level) for o in parts.values() if o.revenue and o.revenue > 0 and o.level]
        weight = fsum(r for r, _ in weighed)
        people = frozenset(p for o in parts.values() for p in o.people)
        named = self.named.get(company)
        return Node(
            company, by_language(named.name, named.name_alt) if named else Words(company, company), depth, own[company],
            fsum(sales) if sales else None, bought if spends else None, min(1.0, sold / bought) if bought else None, len(people),
            len({p for o in parts.values() for p in o.covered}),
            min((o.level for o in parts.values() if o.level), default=None),
            fsum(r * level for r, level in weighed) / weight if weight else None,
            tuple(c for c, o in parts.items() if o.single),
        )  # fmt: skip


def group(records: Records, top: str, day: date, pack: Pack) -> Answer:
    """Answer how a group stands, company by company.

    Raises
    ------
    AnalysisError
        If nothing is part of it.
    """
    return answer_of(companies(records, top, day), day, pack)


def answer_of(grown: Companies, day: date, pack: Pack) -> Answer:
    """Answer how a group stands, company by company.

    Raises
    ------
    AnalysisError
        If nothing is part of it.
    """
    nodes = grown.nodes
    head = nodes[0]
    if len(nodes) < 2:
        raise AnalysisError(
            Words(f"“{head.name.zh}”下面没有公司", f"nothing is part of {head.name.en}"),
            hint=Words(
                "在组织表的“上级组织”里写它", "name it in the column part_of of the sheet organizations"
            ),
        )
    levels = level_names(pack)
    names = {n.id: n.name for n in nodes}
    rows = [_row(n, grown.currency, levels, names) for n in nodes]
    notes = []
    if grown.others:
        kept = ", ".join(c or "?" for c in grown.others)
        notes.append(
            Words(f"只算 {grown.currency}；{kept} 未计入。", f"In {grown.currency} alone; {kept} left out.")
        )
    unknown = [n for n in nodes if n.own.revenue and n.own.spend is None]
    if unknown:
        notes.append(
            Words(
                f"{len(unknown)} 个公司的采购额未知，不在份额里。",
                f"The spend of {plural(len(unknown), 'company', 'companies')} isn't known: not in the share.",
            )
        )
    labels = {n.name.en: n.name for n in nodes}
    return Answer(
        "tree", (head.id, head.name.en), None, None, day, tuple(Column(k, Words(zh, en)) for k, zh, en in COLUMNS),
        tuple(rows), tuple(_findings(nodes, grown, levels)), tuple(notes), labels,
    )  # fmt: skip


def level_names(pack: Pack) -> dict[int, Words]:
    """Return what the levels of people are called, 1 the top."""
    return {int(r["value"]): Words(r["zh"], r["en"]) for r in pack.topic("levels")["level"]}


def _row(n: Node, currency: str, levels: Mapping[int, Words], names: Mapping[str, Words]) -> dict[str, Any]:
    pad = "　" * n.depth
    hung = [names[i] for i in n.singles]
    own = money(n.own.revenue, currency) if n.own.revenue is not None else None
    return {
        "id": n.id,
        "name": Words(pad + n.name.zh, pad + n.name.en)._asdict(),
        "depth": n.depth,
        "revenue": money(n.revenue, currency)._asdict() if n.revenue is not None else None,
        "spend": money(n.spend, currency)._asdict() if n.spend is not None else None,
        "share": f"{percentage(n.share):g}%" if n.share is not None else None,
        "own": own._asdict() if own else None,
        "coverage": f"{n.covered} / {n.people}",
        "altitude": level_words(n.level, levels)._asdict() if n.level else None,
        "mean": round(n.mean, 1) if n.mean is not None else None,
        "single": Words("、".join(w.zh for w in hung), ", ".join(w.en for w in hung))._asdict(),
        "amounts": {"revenue": n.revenue, "spend": n.spend, "own": n.own.revenue, "share": n.share},
        "singles": list(n.singles),
    }


def level_words(value: int, levels: Mapping[int, Words]) -> Words:
    """Say a level with its number and its name."""
    name = levels.get(value, Words("", ""))
    return Words(f"第 {value} 层 {name.zh}".strip(), f"level {value} {name.en}".strip())


def _findings(nodes: tuple[Node, ...], grown: Companies, levels: Mapping[int, Words]) -> Iterable[Finding]:
    head = nodes[0]
    zh = f"{head.name.zh} 共 {len(nodes)} 个公司"
    en = f"{head.name.en}, {plural(len(nodes), 'company', 'companies')}"
    if head.revenue is not None:
        sold = money(head.revenue, grown.currency)
        zh, en = (
            f"{zh}，{grown.year} 年我方销售额 {sold.zh}",
            f"{en}: our sales of {grown.year} are {sold.en}",
        )
    else:
        zh, en = f"{zh}，我方销售额未知", f"{en}: our sales aren't known"
    if head.share is not None:
        zh, en = f"{zh}，份额 {percentage(head.share):g}%", f"{en}, a share of {percentage(head.share):g}%"
    if head.mean is not None:
        zh, en = (
            f"{zh}；按销售额加权，关系高度在第 {head.mean:.1f} 层",
            f"{en}; weighted by revenue our relations reach level {head.mean:.1f}",
        )

    def find(kind: str, value: Any, zh: str, en: str, urgency: int, about: tuple[str, ...]) -> Finding:
        return Finding(
            kind=kind, subjects=about, value=value, rule=RULE, sentence=Words(f"{zh}。", f"{en}."),
            certainty=CERTAIN if value is not None else OPEN, urgency=urgency,
        )  # fmt: skip

    yield find("tree", head.share, zh, en, 0, (head.id,))
    bare = [n for n in nodes if not n.own.covered]
    if bare:
        yield find(
            "tree-bare", len(bare), f"{len(bare)} 个公司没有人覆盖：{_listed(bare).zh}",
            f"Nobody covers {plural(len(bare), 'company', 'companies')}: {_listed(bare).en}", 1, tuple(n.id for n in bare),
        )  # fmt: skip
    hung = [n for n in nodes if n.own.single]
    if hung:
        yield find(
            "tree-single", len(hung), f"{len(hung)} 个公司系于一人：{_listed(hung).zh}",
            f"{plural(len(hung), 'company hangs', 'companies hang')} on one person: {_listed(hung).en}", 2, tuple(n.id for n in hung),
        )  # fmt: skip


def _listed(nodes: list[Node]) -> Words:
    """Name companies, the greatest sales first; of many the rest is counted."""
    order = sorted(nodes, key=lambda n: -(n.own.revenue or 0.0))
    kept, more = order[:NAMED], len(order) - NAMED
    zh, en = "、".join(n.name.zh for n in kept), ", ".join(n.name.en for n in kept)
    return Words(f"{zh} 等", f"{en} and {more} more") if more > 0 else Words(zh, en)
