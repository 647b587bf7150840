"""The ties of a map: reporting lines, influence and conflicts, circles; and on which days they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from powermap.analysis.projection import strength_of
from powermap.lens import Lens
from powermap.maps.scene.model import Link, Text
from powermap.maps.scene.standings import both
from powermap.model import Organization


def links_over_time(days: Sequence[Lens], pages: Mapping[str, str]) -> tuple[Link, ...]:
    """Return the ties of several days by page ids, each with the positions of the days on which it holds."""
    when: dict[Link, list[int]] = defaultdict(list)
    for n, lens in enumerate(days):
        for link in (*_lines(lens, pages), *_influences(lens, pages), *_circles(lens, pages)):
            when[link].append(n)
    links = (replace(link, when=tuple(at)) for link, at in when.items())
    return tuple(sorted(links, key=lambda k: (k.kind, k.a, k.b, k.strength, k.label, k.when)))


def _lines(lens: Lens, pages: Mapping[str, str]) -> list[Link]:
    return [
        Link(
            "dotted" if t.dotted else "line",
            pages[t.src],
            pages[t.dst],
            1.0,
            t.evidence.status != "observed",
            Text("", ""),
        )
        for t in lens.lines
        if t.src in pages and t.dst in pages
    ]


def _influences(lens: Lens, pages: Mapping[str, str]) -> list[Link]:
    """Return influence ties and conflicts; of several between the same two the strongest."""
    channels = lens.pack.topic("levels").get("channel", {})
    best: dict[tuple[str, str, int], Link] = {}
    for t in lens.influences:
        if t.src not in pages or t.dst not in pages:
            continue
        link = Link(
            "conflict" if t.sign < 0 else "influence",
            pages[t.src],
            pages[t.dst],
            strength_of(lens, t.strength),
            t.evidence.status != "observed",
            Text(*channels.get(t.channel, (t.channel, t.channel))),
        )
        key = (link.a, link.b, t.sign)
        if key not in best or best[key].strength < link.strength:
            best[key] = link
    return list(best.values())


def _circles(lens: Lens, pages: Mapping[str, str]) -> list[Link]:
    """Return circles as chains through their members."""
    found = []
    for circle, members in lens.circles.items():
        organization = lens.snapshot.get(Organization, circle)
        name = both(organization.name, organization.name_alt) if organization else Text("", "")
        chain = sorted(pages[m] for m in members if m in pages)
        found += [Link("circle", a, b, 0.2, False, name) for a, b in pairwise(chain)]
    return found
