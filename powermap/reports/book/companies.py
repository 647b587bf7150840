"""The panel of a group: its companies as a tree of any depth, folded and opened, each with share, coverage, altitude, single points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import fsum

from powermap.analysis.group_tree import Companies, Node, answer_of, level_names, level_words
from powermap.analysis.text import percentage
from powermap.findings import Answer
from powermap.method import Pack
from powermap.reports.book.amounts import Amounts
from powermap.reports.book.marks import chip, say
from powermap.reports.book.panel import Panel, first, sentences
from powermap.words import Words, both

TITLE = Words("集团：各级公司", "The group, company by company")
OPEN = 2
"""Levels that are open at first."""
WIDE = 15
"""Companies of one that stand there at once; of more, the smallest are folded, counted and summed."""


@dataclass(slots=True)
class _Branch:
    """A company with the branches below it, the greatest first."""

    node: Node
    below: list[_Branch] = field(default_factory=list)


def companies_panel(group: Companies, day: date, pack: Pack) -> Panel:
    """Draw a group as one tree; sums are those of the answer, each company counted once."""
    answer = answer_of(group, day, pack)
    scale = Amounts.of([n.revenue for n in group.nodes], group.currency)
    top = _grown(group.nodes)
    most = max((n.revenue or 0.0 for n in group.nodes), default=0.0)
    tree = _Drawing(scale, level_names(pack), most).branch(top)
    heads = (
        Words(f"公司（我方销售额 {group.year}，{scale.unit.zh}）", f"Company (our sales {group.year}, {scale.unit.en})"),
        Words("份额", "Share"),
        Words("覆盖", "Covered"),
        Words("关系高度", "Altitude"),
        Words("单点", "Single points"),
    )  # fmt: skip
    head = "".join(say(h, "span", f"c{n}") for n, h in enumerate(heads))
    unfold = say(Words("全部展开 / 收起", "unfold / fold all"))
    notes = "".join(say(n, "p", "sub") for n in (*_notes(top), *answer.notes))
    body = (
        f'<p><button class=unfold data-unfold="companies">{unfold}</button></p>'
        f'<div class=companies><div class="line heads">{head}</div>{tree}</div>{notes}{_more(answer)}'
    )
    return Panel("companies", TITLE, first(answer), body, answer.findings, True)


def _grown(nodes: Sequence[Node]) -> _Branch:
    """Make a tree of nodes that stand in its order, each with its depth."""
    top = _Branch(nodes[0])
    way = [top]
    for node in nodes[1:]:
        del way[node.depth :]
        branch = _Branch(node)
        way[-1].below.append(branch)
        way.append(branch)
    stack = [top]
    while stack:
        branch = stack.pop()
        branch.below.sort(key=lambda b: (-(b.node.revenue or 0.0), b.node.name.en))
        stack += branch.below
    return top


def _notes(top: _Branch) -> list[Words]:
    """Say where a company is part of several: it stands once, so what stands below another is less than its sum."""
    stack, several = [top], 0
    while stack:
        branch = stack.pop()
        stack += branch.below
        parts = fsum([branch.node.own.revenue or 0.0, *(b.node.revenue or 0.0 for b in branch.below)])
        several += abs(parts - (branch.node.revenue or 0.0)) > 1e-6 * max(1.0, parts)
    if not several:
        return []
    return [
        Words(
            f"有公司同时属于几个上级，只画一次；{several} 个上级的合计因此与下面画出的不等。",
            f"A company that is part of several stands once; the sums of {several} differ from what stands below them.",
        )
    ]


def _more(answer: Answer) -> str:
    return sentences(answer.findings[1:])


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Writes branches: nested folds, so a keyboard and a reader's software can walk them."""

    scale: Amounts
    levels: Mapping[int, Words]
    most: float

    def branch(self, top: _Branch) -> str:
        line = self._line(top.node, len(top.below))
        if not top.below:
            return f"<div class=leaf>{line}</div>"
        shown = top.below if len(top.below) <= WIDE else top.below[: WIDE - 1]
        rest = top.below[len(shown) :]
        inner = "".join(self.branch(b) for b in shown)
        if rest:
            sums = [b.node.revenue for b in rest if b.node.revenue is not None]
            worth = self.scale.say(fsum(sums)) if sums else Words("销售额未知", "sales not known")
            label = Words(
                f"另有 {len(rest)} 个公司，合计 {worth.zh}",
                f"{len(rest)} more companies, together {worth.en}",
            )
            inner += f'<details class="more rest"><summary>{say(label)}</summary>{"".join(self.branch(b) for b in rest)}</details>'  # fmt: skip
        opened = " open" if top.node.depth < OPEN - 1 else ""
        return f'<details class="more fold"{opened}><summary>{line}</summary><div class=below>{inner}</div></details>'

    def _line(self, n: Node, below: int) -> str:
        count = f"<small>{say(Words(f'下 {below} 家', f'{below} below'))}</small>" if below else ""
        worth = (
            f"<b>{say(self.scale.say(n.revenue))}</b>" if n.revenue is not None else "<b class=hatch>?</b>"
        )
        long = 100 * max(0.0, n.revenue or 0.0) / self.most if self.most else 0.0
        bar = f'<svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><rect width="{long:.4g}" height="1"/></svg>'
        share = f"{percentage(n.share):g}%" if n.share is not None else ""
        cells = (
            f"<span class=c0><span class=who>{say(n.name)}</span>{count}<span class=worth>{bar}{worth}</span></span>",
            f"<span class=c1>{say(both(share)) if share else '<b class=hatch>?</b>'}</span>",
            f"<span class=c2>{self._covered(n)}</span>",
            f"<span class=c3>{say(level_words(n.level, self.levels)) if n.level else _none(n)}</span>",
            f"<span class=c4>{_single(n)}</span>",
        )
        return f"<span class=line>{''.join(cells)}</span>"

    def _covered(self, n: Node) -> str:
        if not n.people:
            return "<b class=hatch>?</b>"
        name = "red" if not n.covered else ""
        return say(both(f"{n.covered} / {n.people}"), name=name)


def _none(n: Node) -> str:
    if not n.covered:
        return say(both("–"))
    return "<b class=hatch>?</b>"


def _single(n: Node) -> str:
    """Mark what a company hangs on itself, and count those below that hang on one person."""
    own = {
        "owner": Words("我方一人", "one of ours"),
        "contact": Words("对方一人", "one of theirs"),
        "both": Words("两边各一人", "one on each side"),
    }.get(n.own.single)
    mark = chip(own, red=True) if own else ""
    below = len(n.singles) - (1 if n.own.single else 0)
    count = say(Words(f"下面 {below} 家", f"{below} below"), name="faint") if below else ""
    return f"{mark} {count}".strip()
