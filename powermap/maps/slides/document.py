"""The file around the slides: a blank one without traces of the template's maker, and its bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from powermap.maps.drawing.svg import printable
from powermap.maps.slides import drawingml
from powermap.maps.slides.shapes import CHINESE
from powermap.maps.zips import zipped

WIDTH, HEIGHT = 960.0, 540.0
"""A 16:9 slide in points."""
PRINTER = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/printerSettings"
APPLICATION = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>powermap</Application></Properties>"
)


def blank() -> Any:
    """Open a file without slides: wide, with a Chinese font, and with nothing of who made the template."""
    show = Presentation()
    show.slide_width, show.slide_height = Pt(WIDTH), Pt(HEIGHT)
    drawingml.without_name_of_size(show)
    # The template is 4:3: its placeholders are widened, also for slides that are added later.
    for sheet in (show.slide_master, *show.slide_layouts):
        for shape in sheet.placeholders:
            if drawingml.has_own_place(shape):
                shape.left, shape.width = round(shape.left * 4 / 3), round(shape.width * 4 / 3)
    theme = show.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme.blob = theme.blob.replace(b'<a:ea typeface=""/>', f'<a:ea typeface="{CHINESE}"/>'.encode())
    package = show.part.package
    package.part_related_by(RELATIONSHIP_TYPE.EXTENDED_PROPERTIES).blob = APPLICATION.encode()
    # A preview of an empty slide, and a printer.
    for relation in [*package.iter_rels()]:
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            package.drop_rel(relation.rId)
        elif relation.reltype == PRINTER:
            show.part.drop_rel(relation.rId)
    return show


def written(show: Any, title: str, day: date) -> bytes:
    """Return the file's bytes: the account and the day in its properties, nobody's name, nothing of the hour."""
    about = show.core_properties
    about.title, about.created = printable(title)[:250], datetime.combine(day, time())
    about.modified = about.created
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.revision = 1
    out = io.BytesIO()
    show.save(out)
    with zipfile.ZipFile(out) as archive:
        return zipped((name, archive.read(name)) for name in archive.namelist())
