"""What an answer becomes: words on the screen, or a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from powermap.cli.options import Here, Printed, out_path

if TYPE_CHECKING:
    from powermap.findings import Answer
    from powermap.reports.book.panel import Panel
    from powermap.words import Lang, Words


def over_all(question: str, as_of: date | None, here: Here) -> Answer:
    """Ask a question of all accounts."""
    from powermap.portfolio.questions.registry import answer

    with here.open() as ws:
        scan = ws.portfolio(as_of=as_of)
        with ws.records() as records:
            return answer(scan, question, records, ws.pack)


def hand_out(
    answers: Sequence[Answer],
    output: Path | None,
    force: bool,
    printed: Printed,
    here: Here,
    title: str | Words,
    panels: Sequence[Panel] = (),
    page: Callable[[Lang], str] | None = None,
    slides: bytes = b"",
    profile: str = "team",
) -> None:
    """Print the first answer, or write all of them to a file.

    Parameters
    ----------
    title
        What stands above a file.
    panels
        The answer as pictures: the page is made of them where they are given.
    page
        Draws a page of its own.
    profile
        For whose eyes the file is.
    slides
        The answer as slides of its own kind, where it has some.
    """
    if output is None:
        from powermap.cli.screen import emit

        emit(answers[0], here.language, printed.form.value)
        return
    from powermap.output import write
    from powermap.reports.answer_files import write_answers
    from powermap.reports.book.page import sheet
    from powermap.words import Words, both

    target = out_path(output, force)
    lang: Lang = "zh" if here.zh else "en"
    form = output.suffix.lower()
    if page is not None and form == ".html":
        made = page(lang).encode("utf-8")
    elif panels and form == ".html":
        day = answers[0].as_of
        made = sheet(
            title if isinstance(title, Words) else both(title),
            Words(f"截至 {day}", f"as of {day}"),
            panels,
            lang,
        ).encode("utf-8")
    elif slides and form == ".pptx":
        made = slides
    else:
        made = write_answers(answers, form, lang, title[lang] if isinstance(title, Words) else title)
    write(target, made)
    account = answers[0].account
    note_export(here, answers[0].question, account[1] if account[0] else "*", profile, form)
    wrote(output, here.zh)


def note_export(here: Here, what: str, account: str, profile: str, form: str) -> None:
    """Note in the log of the store that a file was written; of the past nothing is noted.

    Parameters
    ----------
    account
        Its name, or ``*`` for all.
    """
    from powermap.cli.screen import note
    from powermap.errors import PowermapError
    from powermap.privacy.handed import Handed, record
    from powermap.workspace import open_workspace

    if getattr(here, "known_at", None) is not None:
        return
    try:
        with open_workspace(here.store, insecure=here.insecure, create=False) as ws:
            record(ws.store, Handed(what, profile, form.lstrip("."), account), ws.actor)
    except PowermapError:
        note(
            "存储不可写，这次导出没有记入日志"
            if here.zh
            else "the store can't be written: this file is not in its export log"
        )


def wrote(output: Path, zh: bool, then: str = "") -> None:
    """Say that a file is written, and what to do with it."""
    from powermap.cli.screen import done

    done(f"{'已写入' if zh else 'written to'} {output}" + (f"  →  {then}" if then else ""))


def is_page(output: Path | None) -> bool:
    """Tell whether a file to write is a page."""
    return output is not None and output.suffix.lower() == ".html"
