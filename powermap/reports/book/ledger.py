"""The panel of what they buy and from whom: categories by suppliers, our part, the rivals', what nobody is known to sell."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from math import fsum

from powermap.analysis.brief import wallet
from powermap.analysis.grid import Grid, Line, grid
from powermap.analysis.text import money, percentage, plural
from powermap.analysis.value_words import category_name, state_words, supplier_name
from powermap.findings import Answer
from powermap.lens import Lens
from powermap.reports.book.amounts import Amounts
from powermap.reports.book.marks import plain, say, tone
from powermap.reports.book.panel import Panel, first
from powermap.reports.book.years import years
from powermap.words import Words, both

RIVALS = 5
"""Rivals with a column of their own; further ones are among the others, and counted."""
LINES = 14
"""Categories with a row of their own; the rest are one row, and counted."""
KINDS = ("value", "wallet-erosion", "wallet", "white-space-sum")
"""Kinds of finding that the panel rests on."""
TITLE = Words("价值账：买什么、向谁买", "Value ledger: what they buy, and from whom")
ALL = Words("合计（已知的）", "All that is known")


def ledger(lens: Lens, answer: Answer) -> Panel:
    """Draw the grid of categories and suppliers; what isn't known is hatched, and never zero."""
    found = grid(lens)
    told = tuple(f for f in answer.findings if f.kind in KINDS or f.kind.startswith("wallet"))
    if found is None:
        return Panel("ledger", TITLE, first(answer), "", told)
    notes = "".join(say(n, "p", "sub") for n in (*_notes(lens, found), *answer.notes))
    head = told[0].sentence if told else first(answer)
    figures = [v for n in found.lines for v in (n.ours, n.spend, *n.sold.values(), n.unknown)]
    scale = Amounts.of(figures, found.currency)
    drawn = years(lens, wallet(lens), scale)
    return Panel(
        "ledger",
        TITLE,
        head,
        f"{_headline(found)}{_table(lens, found, scale)}{notes}",
        told,
        True,
        (drawn,) if drawn else (),
    )


def _headline(found: Grid) -> str:
    return say(summary(found), "p", "strong") if any(n.category for n in found.lines) else ""


def summary(found: Grid) -> Words:
    """Say how many categories they buy, in how many we are, and what is white space."""
    lines = [n for n in found.lines if n.category]
    ours, white = sum(n.state == "ours" for n in lines), money(found.white, found.currency)
    zh = f"客户买 {len(lines)} 个品类，我方在其中 {ours} 个"
    en = f"They buy {plural(len(lines), 'category', 'categories')}; we are in {ours}"
    if found.white:
        least = any(n.white and n.spend is None for n in lines)
        zh, en = (
            f"{zh}；空白{'至少' if least else ''} {white.zh}",
            f"{en}; {'at least ' if least else ''}{white.en} is white space",
        )
    return Words(f"{zh}。", f"{en}.")


def named(found: Grid) -> tuple[str, ...]:
    """Return the rivals with a column of their own, the greatest sales first."""
    sold = {r: fsum(n.sold.get(r, 0.0) for n in found.lines) for r in found.rivals}
    return tuple(sorted(found.rivals, key=lambda r: (-sold[r], r))[:RIVALS])


def _notes(lens: Lens, found: Grid) -> Iterable[Words]:
    rest = len(found.rivals) - len(named(found))
    if rest:
        yield Words(
            f"另有 {rest} 家友商，计入“其他”。", f"{plural(rest, 'further rival')} are among the others."
        )
    doubtful = [category_name(n) for n in found.lines if n.doubtful]
    if doubtful:
        yield Words(
            f"各家相加超过采购额，请核对：{'、'.join(w.zh for w in doubtful)}。",
            f"Suppliers add up to more than they buy, check: {', '.join(w.en for w in doubtful)}.",
        )


def _table(lens: Lens, found: Grid, scale: Amounts) -> str:
    columns = named(found)
    unit = scale.unit
    us = next((s.organization.name for s in lens.suppliers if s.us), "")
    ours = (
        supplier_name(lens, next((s.id for s in lens.suppliers if s.us), "")) if us else Words("我方", "us")
    )
    heads = [
        f"<th>{say(Words(f'{unit.zh}，{found.year}', f'{unit.en}, {found.year}'))}</th>",
        f"<th class=t-us>{say(ours)}</th>",
        *(f"<th class=t-{tone(lens, r)}>{say(supplier_name(lens, r))}</th>" for r in columns),
        f"<th>{say(Words('其他', 'Others'))}</th>",
        f"<th>{say(Words('不知道是谁', 'Not known'))}</th>",
        f"<th class=sum>{say(Words('客户采购', 'They buy'))}</th>",
        f"<th class=sum>{say(Words('空白', 'White space'))}</th>",
    ]
    shown = found.lines if len(found.lines) <= LINES else found.lines[: LINES - 1]
    rest = found.lines[len(shown) :]
    body = "".join(_row(lens, found, n, columns, scale) for n in shown)
    if rest:
        count = Words(f"另有 {len(rest)} 个品类", f"{len(rest)} more categories")
        body += _sum(rest, count, columns, scale, found)
    if len(found.lines) > 1:
        body += _sum(found.lines, ALL, columns, scale, found, "all")
    return (
        f"{say(Words('← 左右滑动看全表 →', '← swipe to see all of it →'), name='swipe')}"
        f'<div class="scroll ledger-grid"><table class="grid ledger"><thead><tr>{"".join(heads)}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(lens: Lens, found: Grid, line: Line, columns: Iterable[str], scale: Amounts) -> str:
    kept = tuple(columns)
    others = fsum(v for s, v in line.sold.items() if s not in kept)
    year = "" if line.year == found.year else f" <small>{line.year}</small>"
    cells = [f"<th scope=row>{say(category_name(line))}{year}</th>", _ours(lens, line, scale)]
    cells += [_cell(line.sold.get(r), line, f"t-{tone(lens, r)}", scale) for r in kept]
    cells += [_cell(others or None, line, "t-rest", scale), _unknown(line, scale)]
    spend = say(scale.say(line.spend)) if line.spend is not None else _mark()
    cells += [f"<td class=sum>{spend}</td>", f'<td class="sum white">{_white(line, scale)}</td>']
    return f"<tr>{''.join(cells)}</tr>"


def _ours(lens: Lens, line: Line, scale: Amounts) -> str:
    if line.state == "ours":
        return _cell(line.ours, line, "t-us", scale)
    said = state_words(lens, line)
    if line.state == "unknown":
        return f'<td><div class="cell hatch">{say(said)}</div></td>'
    kind = "going" if line.state == "open" else "gap"
    return f'<td><div class="cell {kind}">{say(said)}</div></td>'


def _cell(value: float | None, line: Line, name: str, scale: Amounts) -> str:
    """Write a cell whose bar is a part of what they buy; one without a share has no bar."""
    if not value:
        return '<td><div class="cell"></div></td>'
    share = line.share(value)
    bar = part = ""
    if share is not None:
        bar = _bar(share)
        part = f"<small>{percentage(share):g}%</small>"
    return f'<td><div class="cell {name}">{bar}<b>{say(scale.say(value))}</b>{part}</div></td>'


def _bar(share: float) -> str:
    return (
        '<svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{100 * share:.4g}" height="1"/></svg>'
    )


def _unknown(line: Line, scale: Amounts) -> str:
    if line.unknown is None:
        return f"<td>{_mark('cell')}</td>"
    if not line.unknown:
        return '<td><div class="cell"></div></td>'
    share = line.share(line.unknown)
    part = f"<small>{percentage(share):g}%</small>" if share is not None else ""
    return f'<td><div class="cell hatch"><b>{say(scale.say(line.unknown))}</b>{part}</div></td>'


def _mark(name: str = "") -> str:
    """Mark what isn't known."""
    title = escape(Words("未知", "unknown").en)
    return f'<div class="{f"{name} hatch" if name else "hatch"}" title="{title}"><b>?</b></div>'


def _white(line: Line, scale: Amounts) -> str:
    if line.white is None:
        return "" if line.state == "unknown" else "–"
    said = scale.say(line.white)
    return say(said if line.spend is not None else Words(f"≥ {said.zh}", f"≥ {said.en}"))


def _sum(
    lines: Iterable[Line],
    name: Words,
    columns: Iterable[str],
    scale: Amounts,
    found: Grid,
    kind: str = "more",
) -> str:
    """Write a row of sums of what is known of several categories."""
    kept, these = tuple(columns), tuple(lines)
    ours, bought = fsum(n.ours or 0.0 for n in these), [n.spend for n in these if n.spend is not None]
    sold = [fsum(n.sold.get(r, 0.0) for n in these) for r in kept]
    others = fsum(v for n in these for s, v in n.sold.items() if s not in kept)
    unknown = fsum(n.unknown or 0.0 for n in these)
    white = fsum(n.white or 0.0 for n in these)
    share = found.share(held=False) if kind == "all" else None
    part = f"<small>{percentage(share):g}%</small>" if share is not None else ""
    least = "≥ " if any(n.white and n.spend is None for n in these) else ""
    told = [
        f"{_amount(ours, scale)}{part}",
        *(_amount(v, scale) for v in (*sold, others, unknown)),
        say(scale.say(fsum(bought))) if bought else _mark(),
        f"{plain(least)}{_amount(white, scale)}",
    ]
    cells = "".join(
        f'<td class="sum{" white" if n == len(told) - 1 else ""}">{text}</td>' for n, text in enumerate(told)
    )
    return f"<tr class={kind}><th scope=row>{say(name)}</th>{cells}</tr>"


def _amount(value: float, scale: Amounts) -> str:
    return say(scale.say(value)) if value else say(both("–"))
