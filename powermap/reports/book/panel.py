"""A panel: a question of the book, answered in one sentence, its picture and its rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from powermap.findings import Answer, Finding
from powermap.reports.book.marks import evidence, say
from powermap.words import Words, both


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: what it is about, the sentence that says it, its body as markup, what it rests on, and its pictures alone."""

    key: str
    title: Words
    sentence: Words
    body: str
    findings: tuple[Finding, ...] = ()
    wide: bool = False
    pictures: tuple[str, ...] = ()

    def markup(self, number: int) -> str:
        """Return the panel."""
        wide = " wide" if self.wide else ""
        return (
            f'<section class="panel{wide}" id="{self.key}"><header><h2><i>{number}</i>{say(self.title)}</h2>'
            f"{evidence(self.findings)}</header><p class=say>{say(self.sentence)}</p>{''.join(self.pictures)}{self.body}</section>"
        )


def first(answer: Answer) -> Words:
    """Return the sentence of the first finding."""
    return answer.findings[0].sentence if answer.findings else both("")


def sentences(findings: Iterable[Finding]) -> str:
    """Write the sentences of findings as a list, marked by their urgency."""
    items = "".join(f"<li class=u{f.urgency}>{say(f.sentence)}</li>" for f in findings)
    return f"<ul class=say-list>{items}</ul>" if items else ""
