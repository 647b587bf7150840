"""The marks of the book: text in two languages, attitudes as dots, evidence that opens by a click."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from powermap.findings import Finding, Input
from powermap.words import Words, both


def say(words: Words, tag: str = "span", name: str = "") -> str:
    """Write words so that the page shows one of its two languages."""
    more = f' class="{name}"' if name else ""
    if words.zh == words.en:
        return f"<{tag}{more}>{escape(words.zh)}</{tag}>"
    return f'<{tag}{more} lang="zh-CN">{escape(words.zh)}</{tag}><{tag}{more} lang="en">{escape(words.en)}</{tag}>'


def svg_text(x: float, y: float, words: Words, name: str = "", anchor: str = "middle", size: int = 13) -> str:
    """Write words into a picture; of two languages the page shows one."""
    told = (
        [("", words.zh)] if words.zh == words.en else [(' lang="zh-CN"', words.zh), (' lang="en"', words.en)]
    )
    return "".join(
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" class="{name}"{lang}>{escape(text)}</text>'
        for lang, text in told
    )


def dot(attitude: int | None, *, target: bool = False) -> str:
    """Write an attitude: its colour and its number, never its colour alone."""
    tone = "unknown" if attitude is None else f"a{attitude}"
    text = "?" if attitude is None else f"{attitude:+d}" if attitude else "0"
    return f'<b class="dot {tone}{" target" if target else ""}">{text}</b>'


def evidence(findings: Iterable[Finding]) -> str:
    """Write what statements rest on: rule, inputs with their source and day, certainty; opened by one click."""
    parts, count = [], 0
    for finding in findings:
        inputs = "".join(f"<li>{_input(i)}</li>" for i in finding.inputs[:12])
        count += max(1, len(finding.inputs))
        parts.append(
            f"<p>{say(finding.sentence)}</p><p class=rule>{say(finding.rule.words)} · {say(finding.certainty.words)}</p>"
            + (f"<ul>{inputs}</ul>" if inputs else "")
        )
    if not parts:
        return ""
    label = say(Words(f"据 {count}", f"src {count}"))
    return f"<details class=ev><summary>{label}</summary><div>{''.join(parts)}</div></details>"


def _input(found: Input) -> str:
    return say(Words(found.told("zh"), found.told("en")))


def chip(words: Words, red: bool = False) -> str:
    """Write a short mark."""
    return say(words, name="chip red" if red else "chip")


def nobody() -> str:
    """Mark what nobody owns."""
    return chip(Words("无人", "nobody"), red=True)


def table(heads: Iterable[Words], rows: Iterable[tuple[Iterable[str], bool]]) -> str:
    """Write a table of cells that are markup already; a row may be red."""
    head = "".join(f"<th>{say(h)}</th>" for h in heads)
    body = "".join(
        f"<tr{' class=red' if red else ''}>{''.join(f'<td>{c}</td>' for c in cells)}</tr>"
        for cells, red in rows
    )
    return f"<div class=scroll><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def plain(text: str) -> str:
    """Write text that is the same in both languages."""
    return say(both(text))
