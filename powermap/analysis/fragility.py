"""Where everything hangs on one person: dominators, disjoint ways and cuts from a supplier to each decision-maker.

Counting owners fails: two people on an account are no help if the second leads nowhere. A *single owner* dominates a
decision-maker in the access projection: every way to them runs through that person of ours. A *single contact* is the
same on their side.

References
----------
Lengauer, T. and Tarjan, R. E. 1979, ACM TOPLAS 1:121-141, doi:10.1145/357062.357071.
Menger, K. 1927, Fundamenta Mathematicae 10:96-115.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import networkx as nx

from powermap.analysis import projection
from powermap.analysis.circles import let_in, warnings
from powermap.analysis.cover import COVER, bare, latest, owners, sole_cover, with_meetings
from powermap.analysis.deciders import deciders
from powermap.analysis.facts import attitudes, coverage, listening
from powermap.analysis.influence import power
from powermap.analysis.obstacles import Closed, begun, closed, grounds, told
from powermap.analysis.projection import SOURCE
from powermap.analysis.reliability import Reliability, chances
from powermap.analysis.text import (
    CERTAIN,
    OPEN,
    answer,
    call,
    names,
    person_name,
    plural,
    signed,
    supplier_name,
)
from powermap.findings import Answer, Finding, Input, Rule
from powermap.lens import Lens
from powermap.words import Words

RULE = Rule(
    "single owner and single contact",
    Words(
        "必经之人：从供应商出发，沿覆盖、影响与汇报关系，通往决策者的每条路都经过此人；反对者与对手的排他支持者不可借道",
        "dominators: every way from the supplier along coverage, influence and reporting lines to a decision-maker runs through this person; opponents and a rival's exclusive supporters are not passed",
    ),
)
WAYS = Rule(
    "disjoint ways",
    Words(
        "互不共用一人的路数（门格尔定理），与一组绕不开的人",
        "ways that share nobody (Menger), and one example of a smallest cut",
    ),
)


@dataclass(frozen=True)
class Reach:
    """How one supplier reaches the decision-makers of an account."""

    lens: Lens
    graph: nx.DiGraph
    targets: tuple[str, ...]

    @cached_property
    def team(self) -> frozenset[str]:
        """The supplier's people who cover somebody."""
        return frozenset(self.graph.successors(SOURCE))

    @cached_property
    def parents(self) -> dict[str, str]:
        """Immediate dominator of everybody who can be reached."""
        tree = dict(nx.immediate_dominators(self.graph, SOURCE))
        tree.pop(SOURCE, None)
        return tree

    def reached(self, person: str) -> bool:
        """Tell whether any way leads to a person."""
        return person in self.parents

    def dominators(self, person: str) -> tuple[str, ...]:
        """Return who is on every way to a person, nearest first; the person and the supplier excluded."""
        found = []
        while person in self.parents and self.parents[person] != SOURCE:
            person = self.parents[person]
            found.append(person)
        return tuple(found)

    def loses(self, person: str) -> frozenset[str]:
        """Return whom nobody reaches any more without this person: what lies below them in the dominator tree."""
        below: dict[str, list[str]] = defaultdict(list)
        for child, parent in self.parents.items():
            below[parent].append(child)
        found: set[str] = set()
        queue = [person]
        while queue:
            for child in below[queue.pop()]:
                found.add(child)
                queue.append(child)
        return frozenset(found)

    def ways(self, person: str) -> int:
        """Return the number of ways to a person that share nobody; 0 if there is none."""
        if not self.reached(person):
            return 0
        return int(nx.node_connectivity(self.graph, SOURCE, person))

    def cut(self, person: str) -> tuple[str, ...]:
        """Return one smallest set of people without whom a person is out of reach."""
        if not self.reached(person):
            return ()
        return tuple(
            sorted(
                nx.minimum_node_cut(self.graph, SOURCE, person),
                key=lambda p: (person_name(self.lens, p), self.lens.place[p]),
            )
        )

    @cached_property
    def chances(self) -> dict[str, Reliability]:
        """Decision-maker -> probability that some way of introductions works, each tie with its strength."""
        ties = [(a, b, strength, False) for a, b, strength in self.graph.edges.data("strength")]
        return chances(ties, SOURCE, self.targets)

    @cached_property
    def single_owners(self) -> dict[str, tuple[str, ...]]:
        """Our person -> the decision-makers who are out of reach without that person."""
        return self._single(ours=True)

    @cached_property
    def single_contacts(self) -> dict[str, tuple[str, ...]]:
        """Their person -> the decision-makers, besides that person, who are out of reach without that person."""
        return self._single(ours=False)

    def _single(self, *, ours: bool) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for target in self.targets:
            for person in self.dominators(target):
                if (person in self.team) == ours:
                    found[person].append(target)
        order = sorted(found, key=lambda p: (-len(found[p]), person_name(self.lens, p)))
        return {p: tuple(found[p]) for p in order}


def reach(lens: Lens, *, through_opponents: bool = False, circles: bool = False) -> Reach:
    """Look at the ways of the lens's supplier to the decision-makers."""
    return lens.once(_reach, through_opponents, circles)


def _reach(lens: Lens, through_opponents: bool, circles: bool) -> Reach:
    graph = projection.access(lens, through_opponents=through_opponents, circles=circles)
    return Reach(lens, graph, tuple(deciders(lens).shares))


COLUMNS = (
    ("name", "决策者", "Decision-maker"),
    ("title", "职务", "Title"),
    ("attitude", "态度", "Attitude"),
    ("owners", "直接覆盖", "Covered by"),
    ("ways", "互不依赖的通路", "Disjoint ways"),
    ("chance", "至少一路走通的概率", "Chance that some way works"),
    ("cut", "绕不开的人（一组）", "Nobody gets past (one set)"),
    ("owner", "系于己方一人", "Single owner"),
    ("contact", "系于对方一人", "Single contact"),
)


def fragile(lens: Lens, *, circles: bool = False) -> Answer:
    """Answer where it hangs on one person: of the supplier's, and of the customer's.

    Parameters
    ----------
    circles
        Let ways run between the members of a circle too, with the low strength of the pack.
    """
    found = reach(lens, circles=circles)
    covered = owners(lens)
    rows: list[dict[str, Any]] = []
    for target in found.targets:
        over = found.dominators(target)
        rows.append(
            {
                "id": target,
                "name": person_name(lens, target),
                "title": lens.seats[target].title,
                "attitude": signed(lens.attitude(target)),
                "owners": [person_name(lens, o) for o in covered.get(target, ())],
                "ways": found.ways(target),
                "chance": round(found.chances[target].value, 3),
                "cut": [person_name(lens, p) for p in found.cut(target)],
                "owner": [person_name(lens, p) for p in over if p in found.team],
                "contact": [person_name(lens, p) for p in over if p not in found.team],
            }
        )
    findings = [
        *_nobody(lens, found),
        *_owners(lens, found),
        *_contacts(lens, found),
        *_sole(lens),
        *bare(lens),
        *warnings(lens),
        *_sound(lens, found, rows),
    ]
    worst = max(found.chances.values(), key=lambda r: r.error, default=Reliability(0.0))
    notes = [let_in(lens)] if circles else []
    if worst.error:
        notes.append(Words(f"走通概率：{worst.words.zh}", f"chances that some way works: {worst.words.en}"))
    return answer(
        lens,
        "fragile",
        COLUMNS,
        rows,
        findings,
        notes,
    )


def _covers(lens: Lens, person: str) -> tuple[Input, ...]:
    return coverage(lens, (c for c in lens.covers() if c.src == person))


def _side(lens: Lens) -> Words:
    name = supplier_name(lens)
    return Words("我方", "of ours") if lens.supplier.us else Words(name.zh, f"of {name.en}'s")


def _nobody(lens: Lens, found: Reach) -> list[Finding]:
    side = _side(lens)
    if not found.team:
        last = latest(lens, lens.seats)
        words = Words(f"{side.zh}没有人覆盖这个客户", f"Nobody {side.en} covers this account")
        words = with_meetings(lens, words, last)
        inputs = tuple(m.fact(lens) for m in last)
        return [
            Finding(
                kind="no-cover",
                subjects=(lens.account.id,),
                value=0,
                rule=COVER,
                sentence=words,
                certainty=CERTAIN,
                inputs=inputs,
                urgency=3,
            )
        ]
    # Decision-makers behind the same people are one finding.
    behind: dict[tuple[str, ...], list[tuple[str, Closed]]] = defaultdict(list)
    for target in found.targets:
        if not found.reached(target):
            why = closed(lens, target)
            behind[why.people].append((target, why))
    findings = []
    for group in behind.values():
        lost, why = [target for target, _ in group], group[0][1]
        listed, who, start = names(lens, lost), told(lens, why), begun(lens, why)
        zh, en = f"{side.zh}没有任何路通到 {listed.zh}", f"No way {side.en} leads to {listed.en}"
        if who is not None:
            zh, en = f"{zh}：{who.zh}", f"{en}: {who.en}"
        if start is not None:
            zh, en = f"{zh}。{start.zh}", f"{en}. {start.en}"
        words = Words(f"{zh}。", f"{en}.")
        inputs = grounds(lens, why)
        findings.append(
            Finding(
                kind="no-way",
                subjects=tuple(lost),
                value=len(lost),
                rule=RULE,
                sentence=words,
                certainty=CERTAIN,
                inputs=inputs,
                urgency=3,
            )
        )
    return findings


def _owners(lens: Lens, found: Reach) -> list[Finding]:
    findings, side = [], _side(lens)
    reached = [t for t in found.targets if found.reached(t)]
    for owner, lost in found.single_owners.items():
        name, listed = call(lens, owner), names(lens, lost)
        everybody = len(lost) == len(reached)
        gone = len([p for p in found.loses(owner) if p in lens.seats])
        zh = f"一切系于{side.zh} {name.zh} 一人：此人离开，" if everybody else f"{side.zh} {name.zh} 离开，"
        within = len(reached) < len(found.targets)
        which = (
            "够得着的全部"
            if within and len(lost) > 1
            else "全部"
            if len(lost) > 1
            else "唯一够得着的"
            if within
            else "唯一的"
        )
        all_ = f"（{which}决策者）" if everybody else ""
        zh += f"{listed.zh}{all_}{'都' if len(lost) > 1 else '就'}够不着了，共失去 {gone} 人。"
        en = (
            f"Everything hangs on {name.en}: without this one person, "
            if everybody
            else f"Without {name.en}, "
        )
        in_reach = " in reach" if within else ""
        en += f"{listed.en}{f' (every decision-maker{in_reach})' if everybody and len(lost) > 1 else ''} {'are' if len(lost) > 1 else 'is'} out of reach; {plural(gone, 'person is', 'people are')} lost."
        findings.append(
            Finding(
                kind="single-owner",
                subjects=(owner, *lost),
                value=len(lost),
                rule=RULE,
                sentence=Words(zh, en),
                certainty=CERTAIN,
                inputs=_covers(lens, owner),
                unit="decision-makers",
                urgency=3 if everybody else 2,
            )
        )
    return findings


def _contacts(lens: Lens, found: Reach) -> list[Finding]:
    findings = []
    for contact, lost in found.single_contacts.items():
        name, listed = call(lens, contact), names(lens, lost)
        inputs = attitudes(lens, [contact]) + listening(
            lens, (t for t in lens.influences if t.src == contact)
        )
        words = Words(
            f"通往 {listed.zh} 的每条路都经过 {name.zh}：再开一条。",
            f"Every way to {listed.en} runs through {name.en}: open another.",
        )
        findings.append(
            Finding(
                kind="single-contact",
                subjects=(contact, *lost),
                value=len(lost),
                rule=RULE,
                sentence=words,
                certainty=CERTAIN,
                inputs=inputs[:3],
                unit="decision-makers",
                urgency=2,
            )
        )
    return findings


def _sole(lens: Lens) -> list[Finding]:
    sole, strength = sole_cover(lens), power(lens)
    by: dict[str, list[str]] = defaultdict(list)
    for person, owner in sole.items():
        if strength[person].value >= lens.pack.default("power_that_matters"):
            by[owner].append(person)
    findings = []
    for owner, people in sorted(by.items(), key=lambda i: (-len(i[1]), person_name(lens, i[0])))[:3]:
        listed, name = names(lens, people), call(lens, owner)
        words = Words(
            f"{listed.zh} 只有 {name.zh} 一人认识。", f"{name.en} is the only one who knows {listed.en}."
        )
        findings.append(
            Finding(
                kind="sole-cover",
                subjects=(owner, *people),
                value=len(people),
                rule=COVER,
                sentence=words,
                certainty=CERTAIN,
                inputs=_covers(lens, owner),
                unit="people",
                urgency=1,
            )
        )
    return findings


def _sound(lens: Lens, found: Reach, rows: list[dict[str, Any]]) -> list[Finding]:
    if not found.targets:
        words = Words(
            "不知道谁是决策者，无法判断通路。",
            "Nobody is known to decide, so ways to a decision can't be judged.",
        )
        return [
            Finding(
                kind="no-target",
                subjects=(lens.account.id,),
                value=None,
                rule=RULE,
                sentence=words,
                certainty=OPEN,
                urgency=2,
            )
        ]
    if (
        not found.team
        or found.single_owners
        or found.single_contacts
        or not all(found.reached(t) for t in found.targets)
    ):
        return []
    fewest = min(row["ways"] for row in rows)
    words = Words(
        f"通往每位决策者都至少有 {fewest} 条互不依赖的通路，不系于任何一人。",
        f"At least {fewest} ways that share nobody lead to every decision-maker: nothing hangs on one person.",
    )
    return [
        Finding(
            kind="sound", subjects=found.targets, value=fewest, rule=WAYS, sentence=words, certainty=CERTAIN
        )
    ]
