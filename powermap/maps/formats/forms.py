"""Out of the page: one panel as a drawing, the network for other tools; under the same profiles."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree import ElementTree

from powermap.errors import RenderError
from powermap.lens import Lens
from powermap.maps.drawing import svg
from powermap.maps.drawing.legend import banner
from powermap.maps.layout.account_layout import no_people
from powermap.maps.privacy.anonymous import codes_for, in_order_of_codes
from powermap.maps.privacy.profiles import see
from powermap.maps.scene.build import build
from powermap.maps.scene.model import Camp, Figure, Scene
from powermap.pages.colours import light, rgb
from powermap.words import Words

FORMS = ("svg", "graphml", "gexf", "json")


def export(
    lens: Lens,
    form: str,
    *,
    lang: str = "zh",
    profile: str = "team",
    since: date | None = None,
    before: Lens | None = None,
    mark: str = "",
) -> str:
    """Write the map of the lens's supplier for another program.

    Parameters
    ----------
    form
        ``svg`` (the drawing, for documents and slides), ``graphml`` (yEd, igraph, networkx), ``gexf`` (Gephi,
        with places and colours) or ``json``.
    lang
        Language of the drawing's texts and of the labels; the data carry both.
    profile
        Who will see it, as for the page.
    since, before
        The day of the last review and the same lens on it, to mark what moved.
    mark
        Who draws it and when, to stand on it.

    Raises
    ------
    RenderError
        If there is no such form or profile, or the account has no people.
    """
    if form not in FORMS:
        raise RenderError(
            Words(f"地图不能写成文本“{form}”", f"a map can't be written as the text {form!r}"),
            hint=Words(f"可选：html、{'、'.join(FORMS)}", f"choose one of html, {', '.join(FORMS)}"),
        )
    writers: tuple[Callable[[Scene, Camp, str, str], str], ...] = (_svg, _graphml, _gexf, _json)
    _, scene, camp = sight(lens, profile, since, before, mark)
    return writers[FORMS.index(form)](scene, camp, lang, profile)


def sight(
    lens: Lens, profile: str, since: date | None = None, before: Lens | None = None, mark: str = ""
) -> tuple[Lens, Scene, Camp]:
    """Return what a profile lets one see: the reduced lens, its scene, and the supplier whose map it is.

    Raises
    ------
    RenderError
        If there is no such profile, or the account has no people.
    """
    if not lens.seats:
        raise no_people(lens)
    codes = codes_for(lens, *([before] if before else []))
    shown = see(lens, profile, codes)
    past = see(before, profile, codes) if before is not None else None
    places = in_order_of_codes(shown) if profile == "anonymous" else None
    plain = profile == "outside"
    scene = build(shown, since=since, before=past, kept=places, plain=plain, sheet=True, mark=mark)
    return shown, scene, next((c for c in scene.camps if c.id == shown.supplier.id), scene.camps[0])


def _svg(scene: Scene, camp: Camp, lang: str, profile: str) -> str:
    at = 0 if lang == "zh" else 1
    whose = [] if scene.plain else [camp.name[at]]
    caption = " · ".join([scene.title[at], *whose, scene.as_of.isoformat(), banner(scene, lang, profile)])
    return svg.standalone(scene, camp, lang, light("map"), caption) + "\n"


def facts(scene: Scene, figure: Figure) -> dict[str, Any]:
    """Return what the data forms say about a person."""
    found: dict[str, Any] = {
        "name": figure.name.zh,
        "name_en": figure.name.en,
        "title": figure.title.zh,
        "title_en": figure.title.en,
        "unit": figure.unit.zh,
        "unit_en": figure.unit.en,
        "level": figure.level,
        "x": figure.x,
        "y": figure.y,
    }
    if not scene.plain:
        found["power"] = figure.power
        found["roles"] = ";".join(key for key, _, _ in figure.badges)
        for camp in scene.camps:
            standing = figure.standings[camp.key]
            found[f"attitude_{camp.key}"] = standing.attitude
            found[f"owners_{camp.key}"] = ";".join(
                " / ".join(dict.fromkeys(name)) for name in standing.owner_names
            )
    found |= figure.private
    return {k: v for k, v in found.items() if v not in (None, "")}


def _json(scene: Scene, camp: Camp, lang: str, profile: str) -> str:
    data = {
        "account": list(scene.title),
        "as_of": scene.as_of.isoformat(),
        "profile": profile,
        "banner": [banner(scene, each, profile) for each in ("zh", "en")],
        **({"notes": [note.zh for note in scene.notes]} if scene.notes else {}),
        "suppliers": [
            {"key": c.key, "name": list(c.name)} | ({} if scene.plain else {"share": round(c.share, 4)})
            for c in scene.camps
        ],
        "people": {f.id: facts(scene, f) for f in scene.figures},
        "ties": [
            {"from": k.a, "to": k.b, "kind": k.kind, "strength": k.strength, "assumed": k.assumed}
            for k in scene.links
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _graphml(scene: Scene, camp: Camp, lang: str, profile: str) -> str:
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    ElementTree.SubElement(root, "desc").text = svg.printable(banner(scene, lang, profile))
    people = {f.id: facts(scene, f) for f in scene.figures}
    node_keys = {key: value for found in people.values() for key, value in found.items()}
    for key, value in node_keys.items():
        kind = "string" if isinstance(value, str) else "double"
        attributes = {"id": key, "for": "node", "attr.name": key, "attr.type": kind}
        ElementTree.SubElement(root, "key", attributes)
    for key, kind in (("kind", "string"), ("strength", "double"), ("assumed", "boolean")):
        attributes = {"id": f"e_{key}", "for": "edge", "attr.name": key, "attr.type": kind}
        ElementTree.SubElement(root, "key", attributes)
    graph = ElementTree.SubElement(root, "graph", id="map", edgedefault="directed")
    for ident, found in people.items():
        node = ElementTree.SubElement(graph, "node", id=ident)
        for key, value in found.items():
            ElementTree.SubElement(node, "data", key=key).text = svg.printable(str(value))
    for link in scene.links:
        edge = ElementTree.SubElement(graph, "edge", source=link.a, target=link.b)
        for key, value in (
            ("kind", link.kind),
            ("strength", f"{link.strength:g}"),
            ("assumed", str(link.assumed).lower()),
        ):
            ElementTree.SubElement(edge, "data", key=f"e_{key}").text = value
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _gexf(scene: Scene, camp: Camp, lang: str, profile: str) -> str:
    at = 0 if lang == "zh" else 1
    viz = "{http://gexf.net/1.3/viz}"
    ElementTree.register_namespace("viz", viz[1:-1])
    root = ElementTree.Element("gexf", xmlns="http://gexf.net/1.3", version="1.3")
    about = ElementTree.SubElement(root, "meta")
    ElementTree.SubElement(about, "description").text = svg.printable(banner(scene, lang, profile))
    graph = ElementTree.SubElement(root, "graph", mode="static", defaultedgetype="directed")
    people = {f.id: facts(scene, f) for f in scene.figures}
    keys = {key: value for found in people.values() for key, value in found.items() if key not in ("x", "y")}
    declared = ElementTree.SubElement(graph, "attributes", {"class": "node"})
    for key, value in keys.items():
        kind = "string" if isinstance(value, str) else "double"
        ElementTree.SubElement(declared, "attribute", id=key, title=key, type=kind)
    declared = ElementTree.SubElement(graph, "attributes", {"class": "edge"})
    ElementTree.SubElement(declared, "attribute", id="assumed", title="assumed", type="boolean")
    nodes = ElementTree.SubElement(graph, "nodes")
    for figure in scene.figures:
        node = ElementTree.SubElement(nodes, "node", id=figure.id, label=svg.printable(figure.name[at]))
        values = ElementTree.SubElement(node, "attvalues")
        for key, value in people[figure.id].items():
            if key in keys:
                ElementTree.SubElement(values, "attvalue", {"for": key, "value": svg.printable(str(value))})
        # Gephi's axis points up, ours down.
        ElementTree.SubElement(node, f"{viz}position", x=f"{figure.x:g}", y=f"{-figure.y:g}", z="0")
        ElementTree.SubElement(node, f"{viz}size", value=f"{figure.radius:g}")
        ElementTree.SubElement(node, f"{viz}color", _colour(scene, figure, camp))
    edges = ElementTree.SubElement(graph, "edges")
    for number, link in enumerate(scene.links):
        # `kind` lets two people be tied in two ways.
        edge = ElementTree.SubElement(
            edges,
            "edge",
            id=f"e{number}",
            source=link.a,
            target=link.b,
            kind=link.kind,
            weight=f"{link.strength:g}",
        )
        values = ElementTree.SubElement(edge, "attvalues")
        ElementTree.SubElement(values, "attvalue", {"for": "assumed", "value": str(link.assumed).lower()})
    ElementTree.indent(root)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + ElementTree.tostring(root, encoding="unicode") + "\n"


def _colour(scene: Scene, figure: Figure, camp: Camp) -> dict[str, str]:
    attitude = None if scene.plain else figure.standings[camp.key].attitude
    parts = rgb("map", "paper" if attitude is None else f"att{attitude}")
    return dict(zip("rgb", map(str, parts), strict=True))
