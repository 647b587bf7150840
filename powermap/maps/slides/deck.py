"""A briefing as slides: the maps as shapes that can be edited, then who decides, what is fragile, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from powermap.analysis import question
from powermap.analysis.calibration import Calibration
from powermap.findings import Answer
from powermap.lens import Lens
from powermap.maps.drawing import ties
from powermap.maps.drawing.legend import banner, difference_legend, legend, subtitle, words
from powermap.maps.layout.text_metrics import fit, width_of
from powermap.maps.scene.model import Camp, Scene
from powermap.maps.slides import document, marks
from powermap.maps.slides.document import HEIGHT, WIDTH
from powermap.maps.slides.map import board
from powermap.maps.slides.shapes import Pen, Run, Setting
from powermap.maps.slides.tables import table

MARGIN, TOP = 24.0, 66.0
LEFT = Setting(PP_ALIGN.LEFT)
LARGEST = 1.6
"""A map of few people isn't blown up further."""
RIVALS = 3
"""With more competitors than this, the difference says it and their maps are left out."""
QUESTIONS: tuple[tuple[str, tuple[str, str]], ...] = (
    ("decides", ("谁来决定", "Who decides")),
    ("fragile", ("脆弱之处", "Fragile points")),
    ("compare", ("我方处境", "Where we stand")),
    ("actions", ("下一步行动", "Next actions")),
)


@dataclass(frozen=True)
class Page:
    """One slide before it is made: its title and what draws the rest."""

    title: str
    draw: Callable[[Pen], None]


def deck(
    shown: Lens,
    scene: Scene,
    camp: Camp,
    *,
    lang: str,
    profile: str,
    calibration: Calibration | None = None,
) -> bytes:
    """Make the briefing of what a profile lets one see.

    Parameters
    ----------
    shown
        The lens as the profile reduced it: the questions are asked of it and of nothing else.
    scene, camp
        Its scene, and the supplier whose map comes first.
    calibration
        The record on closed deals, which corrects P(win).
    """
    show = document.blank()
    pen = Pen(lang)
    for page in _pages(shown, scene, camp, lang=lang, profile=profile, calibration=calibration):
        _add(show, page, pen, scene, profile)
    return document.written(show, scene.title[0 if lang == "zh" else 1], scene.as_of)


def _pages(
    shown: Lens, scene: Scene, camp: Camp, *, lang: str, profile: str, calibration: Calibration | None
) -> Iterator[Page]:
    """Yield the slides: the maps, and unless people are anonymous what was found."""
    at, said = 0 if lang == "zh" else 1, words(lang)
    account, drawn = scene.title[at], ties.links(scene)
    if scene.plain:
        yield Page(f"{account} · {said['chart']}", _map(scene, drawn, camp, "attitude"))
        return
    rivals = [c for c in scene.camps if c.id != camp.id]
    for one in (camp, *(rivals if len(rivals) <= RIVALS else ())):
        whose = said["ours"] if one.key == "us" else f"{one.name.en}: {said['mapof']}"
        if lang == "zh" and one.key != "us":
            whose = f"{one.name.zh}{said['mapof']}"
        yield Page(f"{account} · {whose}", _map(scene, drawn, one, "attitude"))
    if rivals and scene.camps[0].key == "us":
        yield Page(f"{account} · {said['wholeads']}", _map(scene, drawn, scene.camps[0], "difference"))
    if profile == "anonymous":
        # Who decides and what to do next would point at those whom the codes hide.
        return
    for asked, title in QUESTIONS:
        options = {"calibration": calibration} if asked == "actions" else {}
        answer = question(asked)(shown, **options)
        yield Page(f"{account} · {title[at]}", _answer(answer, lang))


def _map(scene: Scene, drawn: list[dict[str, Any]], camp: Camp, view: str) -> Callable[[Pen], None]:
    def draw(pen: Pen) -> None:
        wide = WIDTH - 2 * MARGIN
        make = difference_legend if view == "difference" else legend
        keys, height = make(scene, pen.lang, wide / 0.9)
        foot = HEIGHT - 12 - 0.9 * height
        grid, high = scene.grid, foot - 8 - TOP
        scale = min(wide / grid.width, high / grid.height, LARGEST)
        left, top = (WIDTH - scale * grid.width) / 2, TOP + (high - scale * grid.height) / 2
        board(pen.at(scale, left, top), scene, drawn, camp, view)
        marks.draw(pen.at(0.9, MARGIN, foot), keys)

    return draw


def _answer(answer: Answer, lang: Any) -> Callable[[Pen], None]:
    """Write the most urgent sentences, and below them as much of the table as fits."""

    def draw(pen: Pen) -> None:
        lines, height = _sentences(answer, lang, WIDTH - 2 * MARGIN)
        foot = TOP + 6 + height
        if lines:
            box = (MARGIN, TOP + 6, WIDTH - MARGIN, foot)
            pen.text(box, lines, Setting(PP_ALIGN.LEFT, MSO_ANCHOR.TOP, wrap=True), name="findings")
        if answer.rows:
            table(pen, answer, lang, (MARGIN, foot + (12 if lines else 0), WIDTH - MARGIN, HEIGHT - MARGIN))

    return draw


def _sentences(answer: Answer, lang: Any, wide: float) -> tuple[list[Sequence[Run]], float]:
    """Return an answer's most urgent sentences and its notes as lines, and the height they need."""
    size, height = 12.0, 0.0
    lines: list[Sequence[Run]] = []
    for finding in sorted(answer.findings, key=lambda f: -f.urgency)[: 4 if answer.rows else 9]:
        text = finding.sentence[lang]
        if finding.certainty.level != "certain":
            text += f" ({finding.certainty.words[lang]})"
        text = fit(text, 3 * (wide - 30), size)
        dot = Run("●  ", size, ("faint", "us", "down", "risk")[finding.urgency])
        lines.append([dot, Run(text, size, "ink")])
        height += 15 * ceil(width_of(text + dot.text, size) * 1.08 / wide)
    for note in answer.notes[: 2 if answer.rows or lines else 6]:
        lines.append([Run(note[lang], 10.5, "muted")])
        height += 15 * ceil(width_of(note[lang], 10.5) * 1.08 / wide)
    return lines, height


def _add(show: Any, page: Page, pen: Pen, scene: Scene, profile: str) -> None:
    """Add a slide: its title, the day below it, the banner beside it, and what the page draws."""
    shapes = show.slides.add_slide(show.slide_layouts[5]).shapes
    shapes.turbo_add_enabled = True
    pen, lang = pen.on(shapes), pen.lang
    note = banner(scene, lang, profile)
    beside = WIDTH - 2 * MARGIN - width_of(note, 10.5) - 24
    title = shapes.title
    title.left, title.top, title.width, title.height = Pt(MARGIN), Pt(14), pen.emu(beside), Pt(26)
    pen.write(title, [Run(fit(page.title, beside, 20), 20, "ink", True)], LEFT)
    under = Run(fit(subtitle(scene, lang), beside, 11), 11, "muted")
    pen.text((MARGIN, 41, MARGIN + beside, 57), [under], LEFT, name="date")
    right = WIDTH - MARGIN
    box = (right - width_of(note, 10.5) - 10, 16, right, 34)
    pen.text(box, [Run(note, 10.5, "ink", True)], Setting(PP_ALIGN.RIGHT), name="banner")
    page.draw(pen)
