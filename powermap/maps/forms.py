"""Out of the page: one panel as a drawing, the network for other tools; under the same profiles."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from xml.etree import ElementTree

from powermap import resources
from powermap.errors import RenderError
from powermap.lens import Lens
from powermap.maps import svg
from powermap.maps.profiles import see
from powermap.maps.scene import Camp, Figure, Scene, build


def export(lens: Lens, form: str, *, lang: str = "zh", profile: str = "team") -> str:
    """Write the map of the lens's supplier for another program.

    Parameters
    ----------
    form
        ``svg`` (the drawing, for documents and slides), ``graphml`` (Gephi, yEd, igraph) or ``json``.
    lang
        Language of the drawing's texts; the other two carry both.
    profile
        Who will see it, as for the page.

    Raises
    ------
    RenderError
        If there is no such form or profile, or the account has no people.
    """
    forms: dict[str, Callable[[Scene, Camp, str, str], str]] = {
        "svg": _svg,
        "graphml": _graphml,
        "json": _json,
    }
    if form not in forms:
        raise RenderError(
            f"a map can't be written as {form!r}", hint=f"choose one of html, {', '.join(forms)}"
        )
    if not lens.seats:
        raise RenderError(
            f"{lens.account.name} has no people on {lens.as_of}", hint="import a people list first"
        )
    shown = see(lens, profile)
    scene = build(shown, plain=profile == "outside")
    camp = next((c for c in scene.camps if c.id == shown.supplier.id), scene.camps[0])
    return forms[form](scene, camp, lang, profile)


@cache
def palette() -> Mapping[str, str]:
    """Return the colours of the light theme by token, as the page's stylesheet has them."""
    block = re.search(r":root\{(.*?)\}", resources.text("viz", "page.css"), re.DOTALL)
    if block is None:
        raise RenderError("the stylesheet names no colours")
    return dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", block[1]))


def _svg(scene: Scene, camp: Camp, lang: str, profile: str) -> str:
    words = json.loads(resources.text("viz", "words.json"))
    at = 0 if lang == "zh" else 1
    banner = words[f"banner_{profile}"][at]
    caption = f"{scene.title[at]} · {camp.name[at]} · {scene.as_of.isoformat()} · {banner}"
    if scene.plain:
        caption = f"{scene.title[at]} · {scene.as_of.isoformat()} · {banner}"
    return svg.standalone(scene, camp, lang, palette(), caption) + "\n"


def _facts(scene: Scene, figure: Figure) -> dict[str, Any]:
    facts: dict[str, Any] = {
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
        facts["power"] = figure.power
        facts["roles"] = ";".join(key for key, _, _ in figure.badges)
        for camp in scene.camps:
            standing = figure.standings[camp.key]
            facts[f"attitude_{camp.key}"] = standing.attitude
            facts[f"owners_{camp.key}"] = ";".join(standing.owner_names)
    return {k: v for k, v in facts.items() if v not in (None, "")}


def _json(scene: Scene, camp: Camp, lang: str, profile: str) -> str:
    data = {
        "account": list(scene.title),
        "as_of": scene.as_of.isoformat(),
        "profile": profile,
        "suppliers": [
            {"key": c.key, "name": list(c.name)} | ({} if scene.plain else {"share": round(c.share, 4)})
            for c in scene.camps
        ],
        "people": {f.id: _facts(scene, f) for f in scene.figures},
        "ties": [
            {"from": k.a, "to": k.b, "kind": k.kind, "strength": k.strength, "assumed": k.assumed}
            for k in scene.links
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _graphml(scene: Scene, camp: Camp, lang: str, profile: str) -> str:
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    people = {f.id: _facts(scene, f) for f in scene.figures}
    node_keys = {key: value for facts in people.values() for key, value in facts.items()}
    for key, value in node_keys.items():
        kind = "string" if isinstance(value, str) else "double"
        attributes = {"id": key, "for": "node", "attr.name": key, "attr.type": kind}
        ElementTree.SubElement(root, "key", attributes)
    for key, kind in (("kind", "string"), ("strength", "double"), ("assumed", "boolean")):
        attributes = {"id": f"e_{key}", "for": "edge", "attr.name": key, "attr.type": kind}
        ElementTree.SubElement(root, "key", attributes)
    graph = ElementTree.SubElement(root, "graph", id="map", edgedefault="directed")
    for ident, facts in people.items():
        node = ElementTree.SubElement(graph, "node", id=ident)
        for key, value in facts.items():
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
