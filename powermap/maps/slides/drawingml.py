"""What python-pptx has no interface for, written into the XML of the shapes that it makes.

Copies of shapes and lines of text, alt texts, Chinese fonts, curves, elbows with several bends, lines that hold on to
circles, borders of cells; and without what its shapes and its template bring along: styles of the theme.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from functools import cache
from typing import Any

from pptx.oxml import ns

from powermap.maps.drawing.paths import Step, union

qn = cache(ns.qn)
_FRAME = ("x", "y"), ("cx", "cy"), ("x", "y"), ("cx", "cy")
_STEPS = {"M": "a:moveTo", "L": "a:lnTo", "Q": "a:quadBezTo", "C": "a:cubicBezTo", "Z": "a:close"}


def _add(parent: Any, tag: str, **attributes: str) -> Any:
    child = parent.makeelement(qn(tag), attributes)
    parent.append(child)
    return child


def pattern(shape: Any) -> Any:
    """Return a shape that is on no slide and looks like one that is."""
    return type(shape)(deepcopy(shape.element), None)


def taken_out(paragraph: Any) -> Any:
    """Take a paragraph out of its text, and return it as a pattern."""
    element = paragraph._p
    element.getparent().remove(element)
    return element


def copied(shape: Any, shapes: Any, place: tuple[int, int, int, int]) -> Any:
    """Add a copy of a shape to a slide, in another place.

    python-pptx can't copy, and takes ten times as long to make and to paint a shape that looks like one before.
    """
    element = deepcopy(shape.element)
    number = shapes._next_shape_id
    called = element[0][0]
    called.set("id", str(number))
    called.set("name", f"{called.get('name').rsplit(' ', 1)[0]} {number}")
    _put(element.spPr[0], place)
    shapes.element.append(element)
    return type(shape)(element, shapes)


def _put(frame: Any, place: tuple[int, int, int, int]) -> None:
    """Say in a frame, and for what is in it if it is a group's, where it stands."""
    for part, tags, values in zip(frame, _FRAME, (place[:2], place[2:]) * 2, strict=False):
        for tag, value in zip(tags, values, strict=True):
            part.set(tag, str(value))


def paragraph(pattern: Any, frame: Any, texts: Sequence[str], *, first: bool) -> None:
    """Write a paragraph that looks like another one into a text frame."""
    element = deepcopy(pattern)
    for run, text in zip(element.iterchildren(qn("a:r")), texts, strict=True):
        run[-1].text = text
    body = frame._txBody
    if first:
        body.remove(body[-1])
    body.append(element)


def gather(group: Any, shapes: Sequence[Any]) -> None:
    """Put shapes into a group, and the group before all that is on the slide."""
    group.element.getparent().append(group.element)
    boxes = []
    for shape in shapes:
        group.element.append(shape.element)
        corner, size = shape.element.spPr[0]
        x, y = int(corner.get("x")), int(corner.get("y"))
        boxes.append((x, y, x + int(size.get("cx")), y + int(size.get("cy"))))
    left, top, right, foot = (round(edge) for edge in union(boxes))
    _put(group.element.grpSpPr[0], (left, top, right - left, foot - top))


def describe(shape: Any, text: str) -> None:
    """Give a shape its alt text, which is read to people who can't see the slide."""
    shape.element[0][0].set("descr", text)


def without_style(shape: Any) -> None:
    """Take the theme's style from a shape, so that no theme adds a shadow or a colour of its own."""
    shape.element.remove(shape.element.find(qn("p:style")))


def round_joins(shape: Any) -> None:
    """Round the corners of an outline that has been set."""
    _add(shape.element.spPr.find(qn("a:ln")), "a:round")


def typefaces(run: Any, latin: str, chinese: str) -> None:
    """Name the fonts of a run, one for Latin and one for Chinese letters."""
    properties = run.font._element
    for tag, name in (("a:latin", latin), ("a:ea", chinese), ("a:cs", latin)):
        _add(properties, tag, typeface=name)


def curve(shape: Any, paths: Sequence[tuple[Sequence[Step], bool, bool]]) -> None:
    """Give a shape the form of several paths.

    Parameters
    ----------
    paths
        Each path with its points, counted from the shape's corner in EMU, whether it is filled, and whether it is
        drawn. python-pptx builds one path of straight lines, and all of it looks the same.
    """
    properties = shape.element.spPr
    old = properties.find(qn("a:prstGeom"))
    form = properties.makeelement(qn("a:custGeom"))
    properties.replace(old, form)
    for tag in ("a:avLst", "a:gdLst", "a:ahLst", "a:cxnLst"):
        _add(form, tag)
    _add(form, "a:rect", l="0", t="0", r="r", b="b")
    drawn = _add(form, "a:pathLst")
    for steps, filled, stroked in paths:
        path = _add(drawn, "a:path", w=str(shape.width), h=str(shape.height))
        if not filled:
            path.set("fill", "none")
        if not stroked:
            path.set("stroke", "0")
        for name, points in steps:
            step = _add(path, _STEPS[name])
            for x, y in points:
                _add(step, "a:pt", x=str(round(x)), y=str(round(y)))


def bend(connector: Any, form: str, *bends: float) -> None:
    """Bend a connector: `bends` are parts of its length and width at which it turns."""
    geometry = connector.element.spPr.find(qn("a:prstGeom"))
    geometry.set("prst", form)
    guides = geometry.find(qn("a:avLst"))
    for number, part in enumerate(bends, 1):
        _add(guides, "a:gd", name=f"adj{number}", fmla=f"val {round(100000 * part)}")


def hold(connector: Any, start: tuple[Any, int], end: tuple[Any, int]) -> None:
    """Let a connector hold on to two shapes, each with the number of the site where it does.

    python-pptx moves the ends to where a box would have its sites; ours may be circles.
    """
    properties = connector.element.find(f".//{qn('p:cNvCxnSpPr')}")
    for tag, (shape, site) in (("a:stCxn", start), ("a:endCxn", end)):
        _add(properties, tag, id=str(shape.shape_id), idx=str(site))


def rule_below(cell: Any, width: int, colour: str) -> None:
    """Give a cell of a table a line below and none at its other sides."""
    properties = cell._tc.get_or_add_tcPr()
    for side in "LRT":
        _add(_add(properties, f"a:ln{side}", w="0"), "a:noFill")
    line = _add(properties, "a:lnB", w=str(width))
    _add(_add(line, "a:solidFill"), "a:srgbClr", val=colour)


def dress_alike(cell: Any, other: Any) -> None:
    """Give a cell the margins and borders of another one."""
    cell._tc.replace(cell._tc.get_or_add_tcPr(), deepcopy(other._tc.tcPr))


def size(table: Any, widths: Sequence[int], heights: Sequence[int]) -> None:
    """Set a table's columns and rows; python-pptx measures the whole table at each of them."""
    for column, width in zip(table._tbl.tblGrid, widths, strict=True):
        column.set("w", str(width))
    for row, height in zip(table._tbl.tr_lst, heights, strict=True):
        row.set("h", str(height))


def without_table_style(frame: Any) -> None:
    """Take from a table the style that python-pptx gives it."""
    properties = frame.element.find(f".//{qn('a:tblPr')}")
    properties.remove(properties[0])


def has_own_place(placeholder: Any) -> bool:
    """Tell whether a placeholder says itself where it stands."""
    properties = placeholder.element.spPr
    return properties is not None and properties.find(qn("a:xfrm")) is not None


def without_name_of_size(show: Any) -> None:
    """Take from a file the name of its slides' size, which is that of the template."""
    show.element.sldSz.attrib.pop("type", None)
