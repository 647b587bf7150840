"""Files that aren't text: the map as tables in a zip, on a slide, on paper; under the same profiles as the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from typing import Any

from powermap.analysis.calibration import Calibration
from powermap.errors import RenderError
from powermap.lens import Lens
from powermap.maps.drawing.legend import banner
from powermap.maps.formats.forms import FORMS, export, facts, sight
from powermap.maps.scene.model import Camp, Scene
from powermap.maps.zips import zipped
from powermap.sources.formulas import guard
from powermap.words import Words

Sight = tuple[Lens, Scene, Camp]


def write(
    lens: Lens,
    form: str,
    *,
    lang: str = "zh",
    profile: str = "team",
    since: date | None = None,
    before: Lens | None = None,
    calibration: Calibration | None = None,
    mark: str = "",
) -> bytes:
    """Write the map of the lens's supplier as the content of a file.

    Parameters
    ----------
    form
        ``zip`` (people.csv and ties.csv, for Gephi and Kumu), ``pdf`` or ``png`` (an A3 sheet), ``pptx`` (a
        briefing as slides), or a form that :func:`export` knows.
    lang
        Language of texts and labels.
    profile
        Who will see it, as for the page.
    since, before
        The day of the last review and the same lens on it, to mark what moved.
    calibration
        The record on closed deals, which corrects P(win) on slides.
    mark
        Who draws it and when, to stand on it.

    Raises
    ------
    RenderError
        If there is no such form or profile, the account has no people, or what prints isn't installed.
    """
    forms: dict[str, Callable[[Sight, str, str], bytes]] = {
        "zip": _tables,
        "pdf": _sheet,
        "png": _picture,
        "pptx": partial(_deck, calibration=calibration),
    }
    if form in FORMS:
        return export(lens, form, lang=lang, profile=profile, since=since, before=before, mark=mark).encode()
    if form not in forms:
        known = ", ".join(f".{known}" for known in ("html", *FORMS, *forms))
        hint = Words(f"可选：{known.replace(', ', '、')}", f"choose one of {known}")
        if form == "csv":
            hint = Words("map.zip 里有 people.csv 和 ties.csv", "map.zip holds people.csv and ties.csv")
        fault = (
            Words(f"地图不能写成“{form}”", f"a map can't be written as {form!r}")
            if form
            else Words(
                "文件名要有后缀，才知道画成什么", "the file needs an ending, which says how to draw the map"
            )
        )
        raise RenderError(fault, hint=hint)
    return forms[form](sight(lens, profile, since, before, mark), lang, profile)


def _tables(seen: Sight, lang: str, profile: str) -> bytes:
    _, scene, _ = seen
    at = 0 if lang == "zh" else 1
    people = {f.id: facts(scene, f) for f in scene.figures}
    label = {f.id: f.name[at] for f in scene.figures}
    columns = list(dict.fromkeys(key for found in people.values() for key in found))
    # Gephi reads Id, Label, Source and Target; Kumu Label, From and To.
    rows = [[ident, label[ident], *(found.get(c) for c in columns)] for ident, found in people.items()]
    ties = [
        [k.a, k.b, "Directed", f"{k.strength:g}", k.kind, str(k.assumed).lower(), label[k.a], label[k.b]]
        for k in scene.links
    ]
    return zipped(
        [
            ("people.csv", _csv(["Id", "Label", *columns], rows)),
            ("ties.csv", _csv(["Source", "Target", "Type", "Weight", "Kind", "Assumed", "From", "To"], ties)),
            ("about.txt", f"{banner(scene, lang, profile)}\n".encode()),
        ]
    )


def _sheet(seen: Sight, lang: str, profile: str, form: str = "pdf") -> bytes:
    from powermap.maps.formats.paper import printed

    _, scene, camp = seen
    return printed(scene, camp, lang, profile, form)


def _picture(seen: Sight, lang: str, profile: str) -> bytes:
    return _sheet(seen, lang, profile, "png")


def _deck(seen: Sight, lang: str, profile: str, calibration: Calibration | None) -> bytes:
    from powermap.maps.slides.deck import deck

    return deck(*seen, lang=lang, profile=profile, calibration=calibration)


def _csv(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([guard(v) if isinstance(v, str) else v for v in row] for row in rows)
    # Excel takes a file without the mark for another encoding than UTF-8.
    return out.getvalue().encode("utf-8-sig", "replace")
