"""A map by the commands: it holds still while people join and leave, and `undo` brings it back."""

from __future__ import annotations

import json
from pathlib import Path

from test_commands import GREAT, Run, filled, run

__all__ = ["filled", "run"]
JOIN = """company,name,name_alt,title,department,level
Wangchuan Mobile,Xu Ruolin,许若琳,Senior Manager,Procurement,3
Wangchuan Mobile,Fan Zhi,范志,Head of Strategy,Strategy,2
Wangchuan Mobile,Bartholomew Featherstonehaugh,,Senior Principal Engineering Fellow,R&D,4
Wangchuan Mobile,Gao Yi,高一,Engineer,R&D,5
"""


def places(file: str) -> dict[str, tuple[float, float]]:
    return {p["name"]: (p["x"], p["y"]) for p in json.loads(Path(file).read_text("utf-8"))["people"].values()}


def drawn(run: Run, name: str) -> list[str]:
    said = [run("map", GREAT, "-o", f"{name}.{form}", "--lang", "en") for form in ("json", "html", "svg")]
    assert all(code == 0 for code, _, _ in said)
    return [message for _, _, message in said]


def test_people_join_nobody_moves_and_undo_brings_the_map_back(filled: Run) -> None:
    """The first drawing is on a sheet, which knows nothing of those who have left, and is as the page is."""
    drawn(filled, "first")
    Path("join.csv").write_text(JOIN, encoding="utf-8")
    assert filled("import", "join.csv")[0] == 0
    assert not any("moved down" in said for said in drawn(filled, "joined"))
    before, after = places("first.json"), places("joined.json")
    assert before.items() < after.items() and len(set(after.values())) == len(after) == len(before) + 4
    batch = next(line.split()[0] for line in filled("receipts")[1].splitlines() if "join.csv" in line)
    assert filled("undo", batch)[0] == 0
    drawn(filled, "back")
    for form in ("json", "html", "svg"):
        assert Path(f"back.{form}").read_bytes() == Path(f"first.{form}").read_bytes()
    assert filled("import", "join.csv")[0] == 0
    drawn(filled, "again")
    assert places("again.json") == after, "nobody holds the places of those whose import was undone"


def test_where_there_is_no_room_it_is_said(filled: Run) -> None:
    """At an account with levels 2 and 4 somebody of level 3 joins: whoever is below moves down, once."""
    head = "company,name,department,level\n"
    Path("a.csv").write_text(
        f"{head}Nanhu Foods,Ada Wu,Sales,2\nNanhu Foods,Bo Lin,Sales,4\n", encoding="utf-8"
    )
    Path("b.csv").write_text(f"{head}Nanhu Foods,Chen Yi,Sales,3\n", encoding="utf-8")
    filled("import", "a.csv")
    filled("map", "Nanhu Foods", "-o", "a.html")
    filled("import", "b.csv")
    assert "1 person moved down" in " ".join(filled("map", "Nanhu Foods", "-o", "b.html", "--lang", "en")[1:])
    assert "moved" not in " ".join(filled("map", "Nanhu Foods", "-o", "c.html", "--lang", "en")[1:])
