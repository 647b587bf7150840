"""Answers as files to hand on: plain text for a mail or a chat, a page, a workbook, slides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from powermap.errors import RenderError
from powermap.findings import Answer, Column
from powermap.pages import bundle, colours, embedding
from powermap.reports import movement
from powermap.reports.portfolio import portfolio_workbook
from powermap.words import Lang, Words, both

FORMS = (".txt", ".html", ".xlsx", ".pptx")
_GROUPS = ("chapter", "section")
"""Columns by which rows are put together under a heading."""
FEW = 3
"""Columns that a line of text can hold without their names."""


def write_answers(answers: Sequence[Answer], suffix: str, lang: Lang, title: str) -> bytes:
    """Write answers in one of :data:`FORMS`.

    Raises
    ------
    RenderError
        If it is none of them.
    """
    if suffix == ".txt":
        return as_text(answers, lang, title).encode("utf-8")
    if suffix == ".html":
        return as_page(answers, lang, title).encode("utf-8")
    if suffix == ".xlsx":
        return portfolio_workbook(answers, lang)
    if suffix == ".pptx":
        return as_slides(answers, lang, title)
    raise RenderError(
        Words(f"不会写 {suffix} 文件", f"no answer is written as {suffix}"),
        hint=both(", ".join(FORMS)),
    )


def _shown(answer: Answer) -> list[Column]:
    return [c for c in answer.plain if c.key not in _GROUPS]


def _grouped(answer: Answer, lang: Lang) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Yield (heading, rows) in the order of the rows; the heading is that of the chapter, if there is one."""
    group = next((c.key for c in answer.plain if c.key in _GROUPS), "")
    for heading, rows in groupby(answer.rows, lambda row: answer.cell(row, group, lang) if group else ""):
        yield heading, list(rows)


def _cells(answer: Answer, row: Mapping[str, Any], lang: Lang) -> list[str]:
    return [answer.cell(row, c.key, lang) for c in _shown(answer)]


def as_text(answers: Sequence[Answer], lang: Lang, title: str) -> str:
    """Write plain text of one screen: the sentences, then a line for each row, its columns parted by dots.

    Of many columns each but the first is named, since a bare number or name says nothing.
    """
    lines, colon = [title, ""], "：" if lang == "zh" else ": "
    for answer in answers:
        lines += [f.sentence[lang] for f in answer.findings]
        names = [c.words[lang] for c in _shown(answer)]
        for heading, rows in _grouped(answer, lang):
            lines += ["", f"【{heading}】" if lang == "zh" else f"[{heading}]"] if heading else [""]
            for row in rows:
                told = [
                    cell if n == 0 or len(names) <= FEW else f"{names[n]}{colon}{cell}"
                    for n, cell in enumerate(_cells(answer, row, lang))
                    if cell
                ]
                lines.append("- " + " · ".join(told))
        lines += ["", *(n[lang] for n in answer.notes)]
    return "\n".join(lines).rstrip() + "\n"


def as_page(answers: Sequence[Answer], lang: Lang, title: str) -> str:
    """Write one page that needs nothing else: no script, no request."""
    parts = [f"<h1>{escape(title)}</h1>"]
    for answer in answers:
        parts += [f'<p class="say">{escape(f.sentence[lang])}</p>' for f in answer.findings]
        for heading, rows in _grouped(answer, lang):
            head = f"<h2>{escape(heading)}</h2>" if heading else ""
            parts.append(f"<section>{head}{_table(answer, rows, lang)}</section>")
        parts += [f'<p class="note">{escape(n[lang])}</p>' for n in answer.notes]
    style = colours.variables("map", switched=False) + bundle.style("answer/page.css")
    return (
        f'<!doctype html><html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{embedding.policy([], embedding.digest(style), "data:")}">'
        f"<title>{escape(title)}</title><style>{style}</style></head><body><main>{''.join(parts)}</main></body></html>"
    )


def _table(answer: Answer, rows: Sequence[Mapping[str, Any]], lang: Lang) -> str:
    """Write rows as a table whose cells know their column's name, which a phone shows instead of a head.

    What a row holds of attitudes besides its columns (``stances``, ``moved``) is drawn in columns of its own.
    """
    names = [c.words[lang] for c in _shown(answer)]
    stances: list[dict[str, Any]] = next((row["stances"] for row in rows if row.get("stances")), [])
    extra = [s["supplier"] for s in stances]
    moves = any(row.get("moved") for row in rows)
    heads = [*names, *extra, *([Words("从 → 到", "from → to")[lang]] if moves else [])]
    body = []
    for row in rows:
        cells = [escape(cell) for cell in _cells(answer, row, lang)]
        if extra:
            told = [movement.dot(s["attitude"]) for s in row.get("stances") or []]
            cells += told or [""] * len(extra)
        if moves:
            cells.append(movement.track(**row["moved"]) if row.get("moved") else "")
        body.append(
            "<tr>"
            + "".join(
                f'<td data-label="{escape(name)}"{_day(cell)}>{cell}</td>'
                for name, cell in zip(heads, cells, strict=True)
            )
            + "</tr>"
        )
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    return (
        f"<div class=scroll><table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def _day(cell: str) -> str:
    """Mark what a line may not break: a day or a number."""
    return " class=day" if re.fullmatch(r"[\d.,%+-]+", cell) else ""


def as_slides(answers: Sequence[Answer], lang: Lang, title: str) -> bytes:
    """Write slides: one with the sentences, then the tables, a chapter each."""
    from powermap.reports.answer_slides import Table, write_slides

    def tables() -> Iterator[Table]:
        for answer in answers:
            heads = [c.words[lang] for c in _shown(answer)]
            for heading, rows in _grouped(answer, lang):
                if rows:
                    yield heading, heads, [_cells(answer, row, lang) for row in rows]

    return write_slides(answers, lang, title, tables())
