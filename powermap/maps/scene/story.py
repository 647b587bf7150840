"""A story on the map: numbered steps, each a sentence with the people it is about, and perhaps a way between them.

Written by hand, a text file with a paragraph for each step; people in square brackets are lit, and an arrow between two
of them draws the way::

    [Gu Changchuan] decides, and [Han Liqun] can block.
    Ask [Han Liqun] -> [Luo Qiming] -> [Gu Changchuan].

Or made from the findings of ``brief``, with the ways in and the next action.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from powermap.analysis.actions import actions
from powermap.analysis.brief import brief
from powermap.analysis.calibration import Calibration
from powermap.analysis.text import find
from powermap.analysis.ways import ways
from powermap.errors import AnalysisError, RenderError
from powermap.findings import Finding
from powermap.lens import Lens
from powermap.words import Words

MOST = 15
_NAME = re.compile(r"\[([^\[\]]+)\]")
_ARROW = re.compile(r"\]\s*(?:->|→|=>)\s*\[")


@dataclass(frozen=True)
class Step:
    """One step: what is said, who is lit, and the ways drawn, each from one person to the next; by page ids."""

    text: Words
    people: tuple[str, ...]
    ways: tuple[tuple[str, ...], ...] = ()


def refuse(story: str | None, form: str, profile: str) -> None:
    """Refuse a story written by hand where it would be left out, or name people to whom nobody may be named."""
    if not story or (form == "html" and profile not in ("outside", "anonymous")):
        return
    if form != "html":
        raise RenderError(
            Words("手写的讲解只能放在网页里", "only the page tells a story written by hand"),
            hint=Words(
                "去掉 --story，或写成网页：-o map.html", "leave --story out, or write a page: -o map.html"
            ),
        )
    why = {
        "outside": Words("给客户看的地图不带讲解", "a map for the customer tells no story"),
        "anonymous": Words(
            "手写的讲解可能写到人名，而这张地图不显示姓名",
            "a story written by hand may name people, and this map names nobody",
        ),
    }
    raise RenderError(
        why[profile],
        hint=Words("去掉 --story，或换一种查看范围", "leave --story out, or choose another profile"),
    )


def told(lens: Lens, pages: Mapping[str, str], calibration: Calibration | None = None) -> tuple[Step, ...]:
    """Make the story of the findings, most urgent first: what `brief` says, two ways in, what to do next.

    `calibration` corrects P(win), as in :func:`powermap.analysis.actions.actions`.
    """
    found = [f for f in brief(lens).findings if f.urgency]
    bare = [f for f in ways(lens).findings if f.kind == "way-in" and len(f.value["people"]) > 2]
    todo = actions(lens, calibration=calibration).findings
    next_ones = [f for f in todo if f.kind in ("next-action", "next-question")]
    steps = [_step(f, pages) for f in (*found, *bare[:2], *next_ones)]
    return tuple(step for step in steps if step.people)[:MOST]


def _step(finding: Finding, pages: Mapping[str, str]) -> Step:
    people = tuple(pages[p] for p in finding.subjects if p in pages)
    ways: tuple[tuple[str, ...], ...] = ()
    if finding.kind == "way-in":
        people = tuple(pages[p] for p in finding.value["people"] if p in pages)
        ways = (people,)
    elif finding.kind == "next-action" and len(people) == 2:
        ways = (people,)
    elif finding.kind == "next-question":
        # The sentence names the first to be asked only.
        people = people[:1]
    return Step(finding.sentence, people, ways)


def written(text: str, lens: Lens, pages: Mapping[str, str], file: str = "the story") -> tuple[Step, ...]:
    """Read a story written by hand.

    Raises
    ------
    RenderError
        With every name that fits nobody on the map, or several, and its line.
    """
    steps, faults, line = [], [], 1
    found: dict[str, str] = {}
    for paragraph in re.split(r"(\n\s*\n)", text.replace("\r\n", "\n")):
        said = " ".join(paragraph.split())
        if said:
            people: list[str] = []
            ways = []
            for match in _NAME.finditer(paragraph):
                name = " ".join(match[1].split())
                try:
                    found[name] = pages[find(lens, name)]
                except AnalysisError as error:
                    at = line + paragraph[: match.start()].count("\n")
                    faults.append(Words(f"第 {at} 行：{error.words.zh}", f"line {at}: {error.words.en}"))
                    continue
                people.append(found[name])
            for part in re.finditer(r"\[[^\[\]]+\](?:\s*(?:->|→|=>)\s*\[[^\[\]]+\])+", paragraph):
                chain = [" ".join(n.split()) for n in _NAME.findall(part[0])]
                if all(n in found for n in chain):
                    ways.append(tuple(found[n] for n in chain))
            plain = _NAME.sub(lambda m: m[1].strip(), _ARROW.sub("] → [", said))
            steps.append(Step(Words(plain, plain), tuple(dict.fromkeys(people)), tuple(ways)))
        line += paragraph.count("\n")
    if faults:
        raise RenderError(
            Words(
                "\n".join([f"{file} 写到的人不在这张地图上，或不止一人：", *(f.zh for f in faults)]),
                "\n".join(
                    [f"{file} names people who are not on this map, or are several:", *(f.en for f in faults)]
                ),
            ),
            hint=Words(
                "方括号里请照 `powermap show` 写姓名，或写编号",
                "write names as `powermap show` prints them, or ids, in square brackets",
            ),
        )
    if not steps:
        raise RenderError(
            Words(f"{file} 是空的", f"{file} is empty"),
            hint=Words("每步一段，人写在方括号里", "a paragraph for each step, people in square brackets"),
        )
    return tuple(steps)
