"""The portfolio as a workbook: what to look at first, and a sheet for each question."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from powermap.findings import Answer
from powermap.portfolio.questions.findings_table import called
from powermap.words import Lang, Words

FIRST = Words("首先看", "Look here first")


def portfolio_workbook(answers: Sequence[Answer], lang: Lang = "zh", banner: Words | None = None) -> bytes:
    """Write answers about all accounts as a workbook; no cell is a formula or a link, whatever it begins with.

    Parameters
    ----------
    answers
        What :func:`powermap.portfolio.answer` returned, one a question; the findings of the first
        come first, then what is urgent in the others.
    lang
        Language of headers and sentences.
    banner
        Who may see it, as the profile says; it stands on the first sheet and on every printed page.

    Returns
    -------
    bytes
        An .xlsx file, the same for the same answers.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "nan_inf_to_errors": True,
        },
    )
    day = answers[0].as_of
    # The day of the answer, not of the writing: the same answers make the same file.
    book.set_properties({"title": "powermap", "created": datetime(day.year, day.month, day.day)})
    wrapped = {"text_wrap": True, "valign": "top"}
    bold, wrap = book.add_format({**wrapped, "bold": True}), book.add_format(wrapped)
    # With optional decimals a whole number would end in a point.
    whole, broken = (book.add_format({"num_format": form}) for form in ("#,##0", "#,##0.###"))
    head = book.add_format({"bold": True, "bottom": 1})
    first = book.add_worksheet(FIRST[lang])
    first.set_column(0, 0, 110)
    lines = [(f.sentence[lang], bold if f.urgency > 2 else wrap) for f in answers[0].findings]
    # Of the other questions only what is urgent: the rest stands on their own sheets.
    seen = {text for text, _ in lines}
    for finding in sorted(
        (f for a in answers[1:] for f in a.findings if f.urgency > 1), key=lambda f: -f.urgency
    ):
        if (text := finding.sentence[lang]) not in seen:
            seen.add(text)
            lines.append((text, bold if finding.urgency > 2 else wrap))
    rules = dict.fromkeys(f.rule.words[lang] for a in answers for f in a.findings)
    notes = dict.fromkeys(note[lang] for a in answers for note in a.notes)
    lines += [("", wrap), *((text, wrap) for text in [*rules, *notes])]
    said = banner[lang] if banner is not None else ""
    top = [day.isoformat(), *([said] if said else [])]
    for row, (text, form) in enumerate([*((text, bold) for text in top), *lines]):
        first.write_string(row, 0, text, form)
    for answer in answers:
        sheet = book.add_worksheet(called(answer.question)[lang])
        if said:
            sheet.set_header(f"&R{said.replace('&', '&&')}")
        sheet.freeze_panes(1, 1)
        for column, spec in enumerate(answer.columns):
            sheet.write_string(0, column, spec.words[lang] + (f" ({spec.unit})" if spec.unit else ""), head)
            sheet.set_column(column, column, 26 if column == 0 else 16)
        for row, facts in enumerate(answer.rows, 1):
            for column, spec in enumerate(answer.columns):
                value = _cell(facts.get(spec.key), lang)
                if isinstance(value, (int, float)):
                    sheet.write_number(row, column, value, whole if float(value).is_integer() else broken)
                elif value:
                    sheet.write_string(row, column, value)
        if answer.rows:
            sheet.autofilter(0, 0, len(answer.rows), len(answer.columns) - 1)
    book.close()
    return out.getvalue()


def _cell(value: Any, lang: Lang) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, dict):
        return str(value[lang])
    if isinstance(value, (list, tuple)):
        return ("、" if lang == "zh" else ", ").join(str(_cell(part, lang)) for part in value)
    return value if isinstance(value, (int, float)) else str(value)
