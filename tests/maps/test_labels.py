"""What is written beneath people: titles use the room of their row, and nothing stands in a name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented import account

from powermap.maps.drawing import people, ties
from powermap.maps.drawing.legend import legend
from powermap.maps.drawing.marks import Mark
from powermap.maps.drawing.paths import steps
from powermap.maps.layout.text_metrics import NAME
from powermap.maps.scene.build import build
from powermap.maps.scene.model import Scene, Text


@pytest.fixture(scope="module")
def scene() -> Scene:
    return build(account(25))


def said(marks: list[Mark], colour: str) -> list[str]:
    """Return the English lines of labels in a colour."""
    return [m[3][1] for m in marks if m[0] == "t" and "halo" in m[8] and m[5] == colour and m[3][1]]


def test_a_title_takes_two_lines_where_its_row_has_room(scene: Scene) -> None:
    figure = replace(scene.figures[0], name=Text("", "Ada"), title=Text("", "Director of Quality"))
    for foot, lines in ((30, ["Director o…"]), (60, ["Director", "of Quality"])):
        drawn = people.always(replace(figure, foot=figure.y + figure.radius + foot), 56.0)
        assert said(drawn, "muted") == lines


def test_a_post_that_nobody_is_known_to_hold_is_named_once(scene: Scene) -> None:
    post = Text("", "Head of Overseas Procurement")
    drawn = people.always(replace(scene.figures[0], name=post, title=post, placeholder=True), 56.0)
    assert said(drawn, "ink") == ["Head of", "Overseas P…"] and said(drawn, "muted") == []


def test_initials_of_owners_stay_above_the_name(scene: Scene) -> None:
    """The top of the first line is a cap height above its baseline."""
    for figure in scene.figures:
        first = min(m[2] for m in people.always(figure, 56.0) if m[0] == "t" and "halo" in m[8])
        for camp in scene.camps:
            drawn = people.person(scene, figure, camp, "attitude")
            initials = [m for m in drawn if m[0] == "c" and m[4] == camp.tone]
            assert all(m[2] + m[3] <= first - 0.72 * NAME + 1 for m in initials)


def test_reporting_lines_begin_beneath_the_name(scene: Scene) -> None:
    at, seen = {f.id: f for f in scene.figures}, 0
    for tie in ties.links(scene):
        boss, (_, [(_, y)]) = at[tie["b"]], steps(tie["m"][0][1])[0]
        if tie["k"] == "line" and y > boss.y:
            seen += 1
            labels = people.always(boss, scene.grid.column)
            assert y > boss.y + max(m[2] for m in labels if m[0] == "t" and "halo" in m[8])
    assert seen > 15


def test_every_key_of_the_legend_begins_with_a_capital(scene: Scene) -> None:
    marks, _ = legend(scene, "en", 900.0)
    keys = [m[3] for m in marks if m[0] == "t" and m[7] == "start"]
    assert len(keys) > 15 and all(key[0].isupper() for key in keys)
