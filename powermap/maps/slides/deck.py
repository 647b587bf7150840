"""A briefing as slides: the maps as shapes that can be edited, then who decides, what is fragile, what to do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from math import ceil
from typing import Any

from powermap.analysis import question
from powermap.analysis.calibration import Calibration
from powermap.findings import Answer
from powermap.lens import Lens
from powermap.maps.drawing.legend import banner, difference_legend, legend, subtitle, words
from powermap.maps.drawing.svg import printable
from powermap.maps.layout.text_metrics import fit, width_of
from powermap.maps.scene.model import Camp, Scene
from powermap.maps.slides import marks
from powermap.maps.slides.map import board
from powermap.maps.slides.shapes import CHINESE, POINT, Pen, Shape, Words
from powermap.maps.slides.tables import table

WIDTH, HEIGHT, MARGIN, TOP = 960.0, 540.0, 24.0, 66.0
"""A 16:9 slide in points."""
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
NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


@dataclass(frozen=True)
class Page:
    """One slide before it is made: its title and what draws the rest."""

    title: str
    draw: Callable[[Pen], Sequence[Shape]]


def deck(
    shown: Lens,
    scene: Scene,
    camp: Camp,
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
    from pptx import Presentation
    from pptx.util import Emu

    show = Presentation()
    show.slide_width, show.slide_height = Emu(round(WIDTH * POINT)), Emu(round(HEIGHT * POINT))
    show.part._element.sldSz.attrib.pop("type", None)
    _widen(show)
    for page in _pages(shown, scene, camp, lang, profile, calibration):
        _add(show, page, scene, lang, profile)
    _say(show, printable(scene.title[0 if lang == "zh" else 1]), scene)
    out = io.BytesIO()
    show.save(out)
    return _again(out)


def _pages(
    shown: Lens, scene: Scene, camp: Camp, lang: str, profile: str, calibration: Calibration | None
) -> Iterator[Page]:
    at, said = 0 if lang == "zh" else 1, words(lang)
    account = scene.title[at]
    if scene.plain:
        yield Page(f"{account} · {said['chart']}", _map(scene, camp, "attitude"))
        return

    def named(one: Camp) -> str:
        if one.key == "us":
            return said["ours"]
        return f"{one.name.zh}{said['mapof']}" if lang == "zh" else f"{one.name.en}: {said['mapof']}"

    yield Page(f"{account} · {named(camp)}", _map(scene, camp, "attitude"))
    rivals = [c for c in scene.camps if c.id != camp.id]
    if len(rivals) <= RIVALS:
        for rival in rivals:
            yield Page(f"{account} · {named(rival)}", _map(scene, rival, "attitude"))
    if rivals and scene.camps[0].key == "us":
        yield Page(f"{account} · {said['wholeads']}", _map(scene, scene.camps[0], "difference"))
    if profile == "anonymous":
        # Who decides and what to do next would point at those whom the codes hide.
        return
    for asked, title in QUESTIONS:
        options = {"calibration": calibration} if asked == "actions" else {}
        answer = question(asked)(shown, **options)
        yield Page(f"{account} · {title[at]}", _answer(answer, lang))


def _map(scene: Scene, camp: Camp, view: str) -> Callable[[Pen], list[Shape]]:
    def draw(pen: Pen) -> list[Shape]:
        wide = WIDTH - 2 * MARGIN
        make = difference_legend if view == "difference" else legend
        keys, height = make(scene, pen.lang, wide / 0.9)
        foot = HEIGHT - 12 - 0.9 * height
        grid, high = scene.grid, foot - 8 - TOP
        scale = min(wide / grid.width, high / grid.height, LARGEST)
        left, top = (WIDTH - scale * grid.width) / 2, TOP + (high - scale * grid.height) / 2
        return [
            *board(pen.at(scale, left, top), scene, camp, view),
            *marks.draw(pen.at(0.9, MARGIN, foot), keys),
        ]

    return draw


def _answer(answer: Answer, lang: Any) -> Callable[[Pen], list[Shape]]:
    """Write the most urgent sentences, and below them as much of the table as fits."""

    def draw(pen: Pen) -> list[Shape]:
        wide, size = WIDTH - 2 * MARGIN, 12.0
        first = sorted(answer.findings, key=lambda f: -f.urgency)[: 4 if answer.rows else 9]
        lines: list[Sequence[Words]] = []
        height = 0.0
        for finding in first:
            text = finding.sentence[lang]
            if finding.certainty.level != "certain":
                text += f" ({finding.certainty.words[lang]})"
            text = fit(text, 3 * (wide - 30), size)
            lines.append(
                [
                    Words("●  ", size, ("faint", "us", "down", "risk")[finding.urgency]),
                    Words(text, size, "ink"),
                ]
            )
            height += 15 * ceil(width_of(text + "●  ", size) * 1.08 / wide)
        lines += [
            [Words(note[lang], 10.5, "muted")] for note in answer.notes[: 2 if answer.rows or first else 6]
        ]
        height += 15 * sum(ceil(width_of(run[0].text, 10.5) * 1.08 / wide) for run in lines[len(first) :])
        shapes = []
        if lines:
            box = (MARGIN, TOP + 6, WIDTH - MARGIN, TOP + 6 + height)
            shapes.append(pen.words(box, lines, "l", wrap="square", anchor="t", name="findings"))
        if answer.rows:
            top = TOP + 6 + height + (12 if lines else 0)
            shapes += table(pen, answer, lang, (MARGIN, top, WIDTH - MARGIN, HEIGHT - MARGIN))
        return shapes

    return draw


def _add(show: Any, page: Page, scene: Scene, lang: str, profile: str) -> None:
    from pptx.oxml import parse_xml
    from pptx.util import Emu

    slide = show.slides.add_slide(show.slide_layouts[5])
    pen = Pen(lang)
    note = banner(scene, lang, profile)
    beside = WIDTH - 2 * MARGIN - width_of(note, 10.5) - 24
    title = slide.shapes.title
    title.left, title.top = Emu(round(MARGIN * POINT)), Emu(14 * POINT)
    title.width, title.height = Emu(round(beside * POINT)), Emu(26 * POINT)
    text = pen.body([Words(fit(page.title, beside, 20), 20, "ink", True)], "l")
    title._element.replace(title._element.txBody, parse_xml(_rooted(text)))
    under = subtitle(scene, lang)
    shapes = [
        pen.words(
            (MARGIN, 41, MARGIN + beside, 57),
            [Words(fit(under, beside, 11), 11, "muted")],
            "l",
            name="date",
        ),
        pen.words(
            (WIDTH - MARGIN - width_of(note, 10.5) - 10, 16, WIDTH - MARGIN, 34),
            [Words(note, 10.5, "ink", True)],
            "r",
            name="banner",
        ),
        *page.draw(pen),
    ]
    tree = slide.shapes._spTree
    for element in parse_xml(_rooted("<p:spTree>" + "".join(s.xml for s in shapes) + "</p:spTree>")):
        tree.append(element)


def _rooted(xml: str) -> str:
    """Name the vocabularies in the first tag."""
    end = xml.index(">") if xml[xml.index(">") - 1] != "/" else xml.index("/>")
    return f"{xml[:end]} {NAMESPACES}{xml[end:]}"


def _widen(show: Any) -> None:
    """Fit the template, which is 4:3 and knows no Chinese font, to the slides: also for those added later."""
    for sheet in (show.slide_master, *show.slide_layouts):
        for shape in sheet.placeholders:
            place = shape._element.spPr.find(".//{*}xfrm") if shape._element.spPr is not None else None
            if place is not None:
                shape.left, shape.width = round(shape.left * 4 / 3), round(shape.width * 4 / 3)
    part = show.slide_master.part.part_related_by(THEME)
    part._blob = part.blob.replace(b'<a:ea typeface=""/>', f'<a:ea typeface="{CHINESE}"/>'.encode())


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
THEME = f"{OFFICE}/relationships/theme"
APPLICATION = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    f'<Properties xmlns="{OFFICE}/extended-properties"><Application>powermap</Application></Properties>'
)


def _say(show: Any, title: str, scene: Scene) -> None:
    """Fill in the document's properties: the account and the day, nobody's name, nothing of the template."""
    about, day = show.core_properties, datetime.combine(scene.as_of, time())
    about.title, about.created, about.modified = title[:250], day, day
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.revision = 1
    package = show.part.package
    # Of the template: whose program made it, a preview of an empty slide, a printer.
    package.part_related_by(f"{OFFICE}/relationships/extended-properties")._blob = APPLICATION.encode()
    for owner, kind in ((package, "/metadata/thumbnail"), (show.part, "/printerSettings")):
        for key in [key for key, relation in owner._rels.items() if relation.reltype.endswith(kind)]:
            owner._rels.pop(key)


def _again(written: io.BytesIO) -> bytes:
    """Zip once more, with nothing of the hour in it."""
    from powermap.maps.zips import zipped

    with zipfile.ZipFile(written) as archive:
        return zipped((name, archive.read(name)) for name in archive.namelist())
