"""The networks, built by pyvis: nodes with their fixed places, ties, options; nothing else of it is used.

pyvis's own page loads scripts from elsewhere and puts names into markup unescaped; its template is never called.
"""

from __future__ import annotations

import json
from typing import Any

from pyvis.network import Network

from powermap.maps.scene.model import Scene

OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "dragNodes": False,
        "zoomView": False,
        "keyboard": False,
        "hover": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 100000,
    },
    "nodes": {"fixed": True, "shape": "custom"},
    "edges": {"hidden": True, "smooth": False},
}


def network(scene: Scene) -> dict[str, Any]:
    """Return the network as vis-network takes it: nodes, edges, options."""
    net = Network(directed=True)
    net.options = dict(OPTIONS)
    for figure in scene.figures:
        # A label of one blank: names are painted by us, and an empty label would become the id.
        net.add_node(
            figure.id,
            label=" ",
            x=figure.x,
            y=figure.y,
            shape="custom",
            size=figure.radius,
            physics=False,
            fixed=True,
        )
    for link in scene.links:
        net.add_edge(link.a, link.b, kind=link.kind, hidden=True)
    nodes, edges, _, _, _, options = net.get_network_data()
    keep = ("id", "label", "x", "y", "shape", "size", "fixed", "physics")
    return {
        "nodes": [{k: node[k] for k in keep if k in node} for node in nodes],
        "edges": [{"from": e["from"], "to": e["to"], "hidden": True} for e in edges],
        "options": json.loads(options) if isinstance(options, str) else options,
    }
