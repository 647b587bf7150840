"""What lies under the people of a map: lanes and levels."""

from __future__ import annotations

from powermap.maps.drawing.marks import Mark, n
from powermap.maps.layout.text_metrics import heading
from powermap.maps.scene.model import Scene, Text

HEADING = 10.0
"""Size of the names of lanes."""


def ground(scene: Scene) -> list[Mark]:
    """Draw lanes with their names, and the rules between bands."""
    grid = scene.grid
    marks: list[Mark] = []
    for lane, x, width in grid.lanes:
        marks.append(
            [
                "p",
                f"M{n(x + 8)} 0H{n(x + width - 8)}a8 8 0 0 1 8 8V{n(grid.height - 8)}a8 8 0 0 1 -8 8H{n(x + 8)}a8 8 0 0 1 -8 -8V8a8 8 0 0 1 8 -8Z",
                "none",
                0,
                "lane",
                None,
            ]
        )
        text = scene.lanes[lane]
        (zh, zh_size), (en, en_size) = (heading(name, width - 6, HEADING) for name in text)
        for row in range(max(len(zh), len(en))):
            words = [zh[row] if row < len(zh) else "", en[row] if row < len(en) else ""]
            apart = [([words[0], ""], zh_size), (["", words[1]], en_size)]
            for said, size in [(words, zh_size)] if zh_size == en_size else apart:
                marks.append(["t", x + width / 2, 12 + row * 11, said, size, "muted", 700, "middle", ""])
    marks += [["p", f"M0 {n(y)}H{n(grid.width)}", "rule", 1, "none", None] for _, y, _ in grid.bands[1:]]
    return marks


def levels(scene: Scene) -> list[Mark]:
    """Name the bands; drawn after the ties, which pass behind."""
    return [
        ["t", 6, y + 13, list(scene.bands[band]), 9, "faint", 600, "start", "halo"]
        for band, y, _ in scene.grid.bands
    ]


def shortened(scene: Scene) -> list[tuple[float, float, Text]]:
    """Return (x, width, whole name) of the lanes whose name doesn't fit above them."""
    return [
        (x, width, scene.lanes[lane])
        for lane, x, width in scene.grid.lanes
        if any("…" in line for name in scene.lanes[lane] for line in heading(name, width - 6, HEADING)[0])
    ]
