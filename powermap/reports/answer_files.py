"""Answers as files to hand on: plain text for a mail or a chat, a page, a workbook, slides."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from powermap.errors import RenderError
from powermap.findings import Answer, Column
from powermap.reports.portfolio import portfolio_workbook
from powermap.words import Lang, Words, both

FORMS = (".txt", ".html", ".xlsx", ".pptx")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_GROUPS = ("chapter", "section")
"""Columns by which rows are put together under a heading."""


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


def _columns(answer: Answer) -> list[Column]:
    """Return the columns of a table under its headings."""
    return [c for c in answer.columns if not c.detail and c.key not in _GROUPS]


def _grouped(answer: Answer, lang: Lang) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Yield (heading, rows) in the order of the rows; the heading is that of the chapter, if there is one."""
    group = next((c.key for c in answer.columns if c.key in _GROUPS), "")
    for heading, rows in groupby(answer.rows, lambda row: answer.cell(row, group, lang) if group else ""):
        yield heading, list(rows)


def as_text(answers: Sequence[Answer], lang: Lang, title: str) -> str:
    """Write plain text of one screen: the sentences, then a line for each row, its columns parted by dots.

    A number stands behind the head of its column: alone it says nothing.
    """
    lines = [title, ""]
    for answer in answers:
        lines += [f.sentence[lang] for f in answer.findings]
        columns = _columns(answer)
        for heading, rows in _grouped(answer, lang):
            lines += ["", f"【{heading}】" if lang == "zh" else f"[{heading}]"] if heading else [""]
            for row in rows:
                told = [
                    f"{c.words[lang]} {text}" if _is_number(row.get(c.key)) else text
                    for c in columns
                    if (text := answer.cell(row, c.key, lang))
                ]
                lines.append("- " + " · ".join(told))
        lines += ["", *(n[lang] for n in answer.notes)]
    return "\n".join(lines).rstrip() + "\n"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_STYLE = """
:root{color-scheme:light dark;--ink:#10181c;--soft:#5a6872;--line:#d8dfe3;--card:#fff;--ground:#eef2f4;--accent:#0f766e;--red:#b4002f}
@media(prefers-color-scheme:dark){:root{--ink:#e8eef1;--soft:#9fb0ba;--line:#2c3a42;--card:#172228;--ground:#0f171b;--accent:#4fd1c5;--red:#ff7a93}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 "Source Han Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif}
main{max-width:1100px;margin:0 auto;padding:24px 16px 48px}h1{font-size:24px;margin:0 0 4px}h2{font-size:17px;margin:28px 0 8px}
p.say{font-size:16px;margin:4px 0}section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:4px 16px 16px;margin-top:16px}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}th{font-size:12px;color:var(--soft);font-weight:600;text-align:left;padding:6px 10px 6px 0;border-bottom:1px solid var(--line);white-space:nowrap}
td{padding:7px 10px 7px 0;border-bottom:1px solid var(--line);vertical-align:top}tr:last-child td{border-bottom:0}td:first-child{font-weight:600}
tr.red td{color:var(--red)}.note{color:var(--soft);font-size:13px}
td.day{white-space:nowrap}
@media(max-width:640px){main{padding:16px 12px 32px}thead{display:none}tr,td{display:block}td{border:0;padding:2px 0}td.none{display:none}
td:not(:first-child)::before{content:attr(data-head) "  ";color:var(--soft);font-size:12px;margin-right:6px}tr{border-bottom:1px solid var(--line);padding:8px 0}tr:last-child{border-bottom:0}}
@media print{@page{margin:14mm}:root{--ink:#000;--soft:#444;--line:#bbb;--card:#fff;--ground:#fff}main{max-width:none;padding:0}h1{font-size:18px}h2{break-after:avoid;margin-top:8px}
section{border:0;padding:0;margin-top:8px}.scroll{overflow:visible}table{font-size:10.5px}thead{display:table-header-group}tr{break-inside:avoid}}
"""


def as_page(answers: Sequence[Answer], lang: Lang, title: str) -> str:
    """Write one page that needs nothing else: no script, no request."""
    parts = [f"<h1>{escape(title)}</h1>"]
    for answer in answers:
        parts += [f'<p class="say">{escape(f.sentence[lang])}</p>' for f in answer.findings]
        columns = _columns(answer)
        head = "".join(f"<th>{escape(c.words[lang])}</th>" for c in columns)
        for heading, rows in _grouped(answer, lang):
            body = "".join(f"<tr>{''.join(_cells(answer, row, columns, lang))}</tr>" for row in rows)
            called = f"<h2>{escape(heading)}</h2>" if heading else ""
            parts.append(
                f"<section>{called}<div class=scroll><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div></section>"
            )
        parts += [f'<p class="note">{escape(n[lang])}</p>' for n in answer.notes]
    return (
        f'<!doctype html><html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body><main>{''.join(parts)}</main></body></html>"
    )


def _cells(answer: Answer, row: Mapping[str, Any], columns: Sequence[Column], lang: Lang) -> Iterator[str]:
    """Yield the cells of a row; on a phone, where they stand one below the other, each has the head of its column."""
    for column in columns:
        text = answer.cell(row, column.key, lang)
        kind = " class=none" if not text else " class=day" if _DAY.fullmatch(text) else ""
        yield f'<td{kind} data-head="{escape(column.words[lang])}">{escape(text)}</td>'


def as_slides(answers: Sequence[Answer], lang: Lang, title: str) -> bytes:
    """Write slides: one with the sentences, then one for each chapter, of at most a dozen rows each."""
    from pptx import Presentation
    from pptx.util import Inches, Pt

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(13.333), Inches(7.5)

    def slide(heading: str) -> object:
        page = deck.slides.add_slide(deck.slide_layouts[5])
        page.shapes.title.text = heading
        page.shapes.title.text_frame.paragraphs[0].font.size = Pt(28)
        return page

    first = deck.slides.add_slide(deck.slide_layouts[1])
    first.shapes.title.text = title
    first.placeholders[1].text = "\n".join(f.sentence[lang] for a in answers for f in a.findings)
    for answer in answers:
        columns = _columns(answer)
        for heading, rows in _grouped(answer, lang):
            for start in range(0, len(rows), 12):
                part = rows[start : start + 12]
                page = slide(heading or title)
                frame = page.shapes.add_table(  # type: ignore[attr-defined]
                    len(part) + 1,
                    len(columns),
                    Inches(0.4),
                    Inches(1.4),
                    Inches(12.5),
                    Inches(0.4 * (len(part) + 1)),
                )
                table = frame.table
                for c, column in enumerate(columns):
                    table.cell(0, c).text = column.words[lang]
                for r, row in enumerate(part, 1):
                    for c, column in enumerate(columns):
                        table.cell(r, c).text = answer.cell(row, column.key, lang)
                for row_ in table.rows:
                    for cell_ in row_.cells:
                        for paragraph in cell_.text_frame.paragraphs:
                            paragraph.font.size = Pt(11)
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()
