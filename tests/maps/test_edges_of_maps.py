"""What a map shows at its edges: one step more or less, one day later, the other direction."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from invented import DAY, records, view

from powermap.analysis.winning import model
from powermap.lens import Lens
from powermap.maps.drawing import people
from powermap.maps.layout.free_slots import heights, touch
from powermap.maps.layout.layout import Layout
from powermap.maps.layout.placement import levels
from powermap.maps.scene import routes
from powermap.maps.scene.build import build
from powermap.maps.scene.model import Figure, Scene
from powermap.model import (
    Covers,
    Deal,
    Evidence,
    Influences,
    MemberOf,
    Organization,
    Period,
    Person,
    Record,
    ReportsTo,
    Stands,
    TakesPart,
    WorksAt,
)


def two(*more: Record) -> Lens:
    """An account of two people, us with one of ours, and a rival."""
    return view(
        [
            Organization("acc", name="Millrace", type="customer"),
            Organization("us", name="Ourselves", type="supplier", us=True),
            Organization("riv", name="Borealis", type="supplier"),
            Person("ours", name="Ann Lowe"),
            WorksAt("w0", src="ours", dst="us"),
            Person("one", name="Dora Finch"),
            WorksAt("w1", src="one", dst="acc", level=1),
            Person("two", name="Emil Hart"),
            WorksAt("w2", src="two", dst="acc", level=2),
            *more,
        ]
    )


def figure(scene: Scene, person: str = "one") -> Figure:
    return next(f for f in scene.figures if f.record == person)


def circle(scene: Scene, camp: int, shown: str) -> tuple[str, object]:
    """Return the colour of the first person's circle and what is written in it, in the panel of one supplier."""
    marks = people.person(scene, figure(scene), scene.camps[camp], shown)
    return next(m[4] for m in marks if m[0] == "c" and m[4] != "none"), next(
        m[3] for m in marks if m[0] == "t"
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "colour", "written"),
    [
        (3, 0, "att3", "▲3"),
        (3, -2, "att3", "▲5"),
        (1, 0, "att1", "▲1"),
        (1, 1, "att0", "="),
        (0, 1, "att-1", "▼1"),
        (0, 3, "att-2", "▼3"),
        (None, 1, "hatch", "?"),
    ],
)
def test_a_rivals_panel_says_by_how_much_we_are_ahead(
    ours: int | None, theirs: int, colour: str, written: str
) -> None:
    """Up is for us; a gap beyond the scale of attitudes, -2 to 3, has the colour of its end."""
    lens = two(
        Stands("s1", src="one", dst="us", attitude=ours), Stands("s2", src="one", dst="riv", attitude=theirs)
    )
    assert circle(build(lens), 1, "difference") == (colour, written)


@pytest.mark.parametrize(
    ("strength", "dots"),
    [(0.01, 1), (0.25, 1), (0.26, 2), (0.5, 2), (0.51, 3), (0.75, 3), (0.76, 4), (1.0, 4)],
)
def test_a_dot_is_a_quarter_of_strength_begun(strength: float, dots: int) -> None:
    scene = build(two(Covers("c", src="ours", dst="one", strength=strength)))
    assert figure(scene).standings["us"].dots == dots
    assert figure(scene, "two").standings["us"].dots == 0


@pytest.mark.parametrize(("past", "moved"), [(0, 1), (1, 0), (2, -1), (None, 0)])
def test_who_stands_as_before_did_not_move(past: int | None, moved: int) -> None:
    then = date(2026, 6, 1)
    found = [
        Stands("s1", src="one", dst="us", attitude=1, period=Period(then)),
        Stands("s0", src="one", dst="us", attitude=past, period=Period(None, then)),
    ]
    lens = two(*found)
    before = view(list(lens.snapshot), date(2026, 5, 1))
    earlier = two(Stands("s0", src="one", dst="us", attitude=past))
    assert before.as_of < lens.as_of
    scene = build(lens, since=before.as_of, before=earlier)
    assert figure(scene).standings["us"].moved == moved


@pytest.mark.parametrize(("days", "veiled"), [(180, False), (181, True)])
def test_an_old_judgement_is_veiled(days: int, veiled: bool) -> None:
    """A stance is stale when it is older than 180 days (defaults.toml, stale_days)."""
    seen = Evidence(on=DAY - timedelta(days=days))
    scene = build(two(Stands("s", src="one", dst="us", attitude=1, evidence=seen)))
    marks = people.person(scene, figure(scene), scene.camps[0], "attitude")
    assert any("veil" in mark for mark in marks) is veiled


@pytest.mark.parametrize(("people", "one"), [(45, False), (46, True)])
def test_more_than_45_people_are_one_map(people: int, one: bool) -> None:
    """The page opens with panels side by side up to 45, by `scene.ONE_MAP`."""
    assert build(view(records(people))).one is one


@pytest.mark.parametrize(("sign", "kind"), [(1, "influence"), (-1, "conflict")])
def test_a_tie_is_drawn_from_who_sways_and_a_conflict_is_called_one(sign: int, kind: str) -> None:
    scene = build(two(Influences("i", src="two", dst="one", strength=0.5, sign=sign)))
    (link,) = scene.links
    assert (link.kind, link.a, link.b) == (kind, figure(scene, "two").id, figure(scene).id)


def test_who_moves_nothing_does_not_swing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second of the committee has no say in it; the first counts from exactly the least worth on."""
    lens = two(
        Deal("deal", account="acc", name="Line 3", rule="[one]"),
        TakesPart("t1", src="one", dst="deal", roles=("decider",)),
        TakesPart("t2", src="two", dst="deal", roles=("user",)),
        Stands("s1", src="one", dst="us", attitude=0),
        Stands("s2", src="two", dst="us", attitude=0),
    )
    assert routes.swinging(lens) == {"one"}
    worth = model(lens)
    assert worth is not None
    for least, found in ((worth.gradient()["one"], {"one"}), (worth.gradient()["one"] + 1e-9, set())):
        monkeypatch.setattr(routes, "LEAST", least)
        assert routes.swinging(lens) == found


def test_levels_stand_further_apart_than_rows_of_one_level() -> None:
    """28 for the names of lanes, 17 above the first row of a level, 11 above each other; marks reach 10 up, 20 down."""
    reach = dict.fromkeys([(1, 0), (1, 1), (2, 0)], (10.0, 20.0))
    assert heights(reach, (1, 2)) == {
        (1, 0): 28 + 17 + 10,
        (1, 1): 55 + 20 + 11 + 10,
        (2, 0): 96 + 20 + 17 + 10,
    }


@pytest.mark.parametrize(("y", "touches"), [(29.9, True), (30.0, False), (-29.9, True), (-30.0, False)])
def test_marks_that_end_where_others_begin_do_not_touch(y: float, touches: bool) -> None:
    """10 up and 20 down on both sides: 30 apart they meet."""
    assert touch(y, (10.0, 20.0), 0.0, (10.0, 20.0)) is touches


@pytest.mark.parametrize(
    ("ties", "band"), [([], 6), ([("two", "wife")], 2), ([("two", "wife"), ("wife", "one")], 1)]
)
def test_an_outsider_stands_with_the_highest_of_their_ties(ties: list[tuple[str, str]], band: int) -> None:
    more: list[Record] = [Influences(f"i{n}", src=a, dst=b) for n, (a, b) in enumerate(ties)]
    lens = two(Person("wife", name="Vera Lund"), MemberOf("m", src="wife", dst="acc"), *more)
    assert levels(lens, list(lens.seats.values()), None)["wife"] == band


@pytest.mark.parametrize(("was", "band"), [(4, 4), (3, 3), (2, 3), (1, 3)])
def test_who_has_no_level_of_their_own_stays_below_their_boss(was: int, band: int) -> None:
    """Kept on a level below the boss, who stands on the second, they stay; on that of the boss or above, they go."""
    lens = two(
        Person("three", name="Gwen Moss"),
        WorksAt("w3", src="three", dst="acc"),
        ReportsTo("r1", src="two", dst="one"),
        ReportsTo("r2", src="three", dst="two"),
    )
    kept = Layout(homes={"three": ("", was)})
    assert levels(lens, list(lens.seats.values()), kept)["three"] == band
