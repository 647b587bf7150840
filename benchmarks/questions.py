"""Time every question on the demo's great account (28 people, three suppliers), beside plain NetworkX where it can answer.

    python benchmarks/questions.py

Medians of `--runs` (five) in milliseconds of wall time; the lens is looked up before, as after loading. The ratio of a row is to
the plain way in the same run.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from powermap import demo
from powermap.analysis import projection, question
from powermap.analysis.certainty import DRAWS
from powermap.analysis.deciders import deciders
from powermap.lens import Lens
from powermap.stores import open_store
from powermap.workspace import Workspace


def timed(work: Callable[[], Any], runs: int) -> float:
    """Return the median of so many runs in milliseconds."""
    found = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - start))
    return statistics.median(found)


def resampled_plainly(lens: Lens) -> None:
    """Resample PageRank one network after the other, as a NetworkX user would."""
    random = np.random.default_rng(1)
    ties = [
        (
            t.dst,
            t.src,
            projection.strength_of(lens, t.strength),
            projection.confidence(lens, t.evidence),
        )
        for t in lens.influences
        if t.sign > 0
    ]
    for _ in range(DRAWS):
        graph = nx.DiGraph()
        graph.add_nodes_from(lens.seats)
        graph.add_weighted_edges_from((a, b, s) for a, b, s, keep in ties if random.random() < keep)
        nx.pagerank(graph)


def cut_plainly(lens: Lens) -> None:
    """Find the single owners by taking each person out in turn, and the ways and the cut to every decision-maker."""
    graph = projection.access(lens)
    for person in [p for p in graph if p != projection.SOURCE]:
        rest = graph.copy()
        rest.remove_node(person)
        nx.descendants(rest, projection.SOURCE)
    for target in deciders(lens).shares:
        nx.node_connectivity(graph, projection.SOURCE, target)
        nx.minimum_node_cut(graph, projection.SOURCE, target)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder, Workspace(open_store(str(Path(folder) / "b.db"))) as ws:
        ws.import_(demo.files("en"), today=demo.AS_OF)
        lens = ws.account(demo.GREAT_ACCOUNT["en"]).lens(as_of=demo.AS_OF).lens
        plain: dict[str, Callable[[Lens], None]] = {"sways": resampled_plainly, "fragile": cut_plainly}
        print(
            f"{platform.machine()} · Python {platform.python_version()} · networkx {nx.__version__} · {len(lens.seats)} people"
        )
        for name in ("show", "decides", "sways", "fragile", "compare", "ways", "actions", "brief"):
            ask = question(name)
            # A fresh copy of the lens each time: what it keeps must not flatter the figure.
            ours = timed(lambda ask=ask: ask(replace(lens)), runs)
            line = f"{name:8s} {ours:8.1f} ms"
            if name in plain:
                theirs = timed(lambda name=name: plain[name](lens), runs)
                line += f"   plain NetworkX {theirs:8.1f} ms   {theirs / ours:5.1f} x"
            print(line)


if __name__ == "__main__":
    main()
