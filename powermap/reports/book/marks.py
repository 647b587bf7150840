"""The marks of the book: text in two languages, attitudes as dots, evidence that opens by a click."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape
from itertools import zip_longest
from typing import Literal

from powermap.findings import Finding, Input
from powermap.lens import Lens
from powermap.method import Pack
from powermap.words import Words, both


def say(words: Words, tag: str = "span", name: str = "") -> str:
    """Write words so that the page shows one of its two languages."""
    more = f' class="{name}"' if name else ""
    if words.zh == words.en:
        return f"<{tag}{more}>{escape(words.zh)}</{tag}>"
    return f'<{tag}{more} lang="zh-CN">{escape(words.zh)}</{tag}><{tag}{more} lang="en">{escape(words.en)}</{tag}>'


def svg_text(
    x: float, y: float, words: Words, name: str = "", anchor: str = "middle", size: int = 13, room: float = 0
) -> str:
    """Write words into a picture; of two languages the page shows one; in a narrow `room` letters are smaller."""
    told = (
        [("", words.zh)] if words.zh == words.en else [(' lang="zh-CN"', words.zh), (' lang="en"', words.en)]
    )
    return "".join(
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{_size(text, room) if room else size}" text-anchor="{anchor}" class="{name}"{lang}>{escape(text)}</text>'
        for lang, text in told
    )


def _size(text: str, room: float) -> int:
    """Return the size of letters at which a name has room."""
    wide = sum(1.0 if ord(c) > 0x2E80 else 0.58 for c in text)
    return max(9, min(13, int((room - 18) / max(wide, 1.0))))


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


def table(
    heads: Iterable[Words], rows: Iterable[tuple[Iterable[str], bool]], kind: Literal["list", "grid"] = "list"
) -> str:
    """Write a table of cells that are markup already; a row may be red.

    On a phone each row of a list is a card whose cells say their column's name; a grid scrolls, its first column stays.
    """
    names = list(heads)
    head = "".join(f"<th>{say(h)}</th>" for h in names)
    labels = [_labels(name) if n and kind == "list" else "" for n, name in enumerate(names)]
    body = "".join(
        f"<tr{' class=red' if red else ''}>{''.join(f'<td{x if c else str()}>{c}</td>' for x, c in zip_longest(labels, cells, fillvalue=''))}</tr>"
        for cells, red in rows
    )
    return f"<div class=scroll><table class={kind}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"


def _labels(name: Words) -> str:
    return f' data-zh="{escape(name.zh)}" data-en="{escape(name.en)}"' if name.zh else ""


def plain(text: str) -> str:
    """Write text that is the same in both languages; nothing for nothing."""
    return say(both(text)) if text else ""


def day(on: date | None) -> str:
    """Write a day, which no line may break."""
    return f"<span class=day>{on}</span>" if on else ""


def legend(pack: Pack) -> str:
    """Say what the marks of the book mean: attitudes, targets, roles, and the lines of the map."""
    steps = [dot(step) + say(known.words) for step, known in sorted(pack.attitudes.items())]
    steps += [dot(None) + say(Words("态度未知", "attitude unknown"))]
    steps += [dot(1, target=True) + say(Words("目标", "target"))]
    roles = [
        say(r.badge, "i", "badge filled" if r.filled else "badge") + say(r.words) for r in pack.roles.values()
    ]
    signs = [
        f'<i class="sign {name}"></i>{say(words)}'
        for name, words in (
            ("ring", Words("单点：每条路都经过此人", "single point: every way runs through them")),
            ("missing", Words("没有负责人", "nobody owns it")),
            ("sway", Words("影响，箭头指向被影响的人", "influence, towards the one who is swayed")),
            ("conflict", Words("冲突", "conflict")),
        )
    ]
    items = "".join(f"<li>{item}</li>" for item in (*steps, *signs, *roles))
    return f"<ul class=legend>{items}</ul>"


def hatch() -> str:
    """Return the pattern of what isn't known, for a picture that has something unknown."""
    return (
        '<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path class="line" d="M 0 0 V 4"/></pattern></defs>'
    )


def tone(lens: Lens, rival: str) -> str:
    """Return the colour of a rival on every page: that of its letter."""
    letter = next((s.letter for s in lens.suppliers if s.id == rival), "")
    return letter.lower() if letter in ("A", "B") else "other"
