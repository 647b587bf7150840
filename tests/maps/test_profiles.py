"""Profiles: every property belongs to one, and what one leaves out leaves no trace."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from canaries import PARTS
from invented import records, view

from powermap.errors import RenderError
from powermap.maps import render
from powermap.maps.kept import as_text
from powermap.maps.profiles import FULL, codes_for, reduce, see
from powermap.maps.reviews import history
from powermap.maps.scene import arranged, build
from powermap.model import RECORDS, KeptLayout, Period, Person, Snapshot, Stands, WorksAt


def test_every_property_is_classed() -> None:
    """A new property of the model must be given to a profile or kept private, else this fails."""
    for kind, cls in RECORDS.items():
        names = {part for f in dataclasses.fields(cls) for part in PARTS.get(f.name, (f.name,))}
        assert names == set(FULL[kind].split()), kind


def test_anonymous_keeps_the_picture() -> None:
    lens = view(records(25))
    for before, after in ((lens, see(lens, "anonymous")),):
        stands = {s.src: s.attitude for s in before.snapshot.all(Stands) if s.dst == "us"}
        assert {s.src: s.attitude for s in after.snapshot.all(Stands) if s.dst == "us"} == stands
        names = {f.name.zh for f in build(after).figures}
        assert names == {f"A{n}" for n in range(1, 26)}


def test_nobody_changes_a_code_on_the_slider() -> None:
    """Whoever has changed department, or has left, takes no code from anybody on any day."""
    ended = Period(date(2020, 1, 1), date(2021, 1, 1))
    found = [
        *records(25, past=True),
        WorksAt("a0", src="x003", dst="acc", unit="Gone", level=3, period=ended),
        WorksAt("a1", src="x004", dst="acc", unit="质量部", level=4, period=ended),
        Person("a2", name="Leaver"),
        WorksAt("a3", src="a2", dst="acc", unit="法务部", level=3, period=Period(None, date(2026, 5, 1))),
    ]
    lens, whole = view(found), Snapshot.of(found)
    codes = codes_for(lens, whole)
    shown = see(lens, "anonymous", codes)
    past = history(shown, reduce(whole, lens, "anonymous", codes))
    before = see(view(found, date(2026, 4, 1)), "anonymous", codes)
    assert len(past) == 2
    for then in (*past, before):
        for person in shown.seats:
            one, other = shown.seats[person], then.seats[person]
            assert (one.name, one.unit) == (other.name, other.unit)
    units = {s.unit for s in lens.seats.values()}
    assert {s.unit for s in shown.seats.values()} == {f"D{n}" for n in range(1, len(units) + 1)}
    page = model(render(lens, profile="anonymous", whole=whole))
    drawn = {tuple(p["name"]): tuple(p["unit"]) for p in page["people"].values()}
    for seat in (*past[0].seats.values(), *shown.seats.values()):
        assert drawn[seat.name, seat.name] == (seat.unit, seat.unit)


@pytest.mark.parametrize("whole", [False, True])
def test_a_kept_layout_tells_the_customer_nothing(whole: bool) -> None:
    """Its places are in the order of power, so that of the customer's page is by name."""
    found = records(25, past=True)
    kept = [*found, KeptLayout("layout", account="acc", plan=as_text(arranged(view(found))))]
    pages = [
        render(view(r), profile="outside", whole=Snapshot.of(r) if whole else None) for r in (found, kept)
    ]
    assert pages[0] == pages[1]


def model(page: str) -> dict[str, Any]:
    """Read the data of a page."""
    found = re.search(r'id="model"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found is not None
    made: dict[str, Any] = json.loads(found[1])
    return made


def test_a_story_written_by_hand_is_no_part_of_an_anonymous_map() -> None:
    lens = view(records(8))
    with pytest.raises(RenderError, match="written by hand") as refused:
        render(lens, profile="anonymous", story="Gu Changchuan blocks us.")
    assert "--story" in (refused.value.hint or "")
    for story in ("", None):
        assert render(lens, profile="anonymous", story=story)


def test_unknown_profile_is_refused() -> None:
    with pytest.raises(RenderError, match="no profile"):
        render(view(records(8)), profile="everybody")


@pytest.mark.browser
@pytest.mark.parametrize("profile", ["outside", "anonymous", "full"])
def test_profiles_open(load: Callable[..., Any], tmp_path: Path, profile: str) -> None:
    path = tmp_path / "map.html"
    path.write_text(render(view(records(25)), lang="en", profile=profile), encoding="utf-8", newline="\n")
    page = load(path)
    banner = {"outside": "may be shown outside", "anonymous": "anonymized", "full": "managers only"}[profile]
    assert banner in page.inner_text(".sub")
    page.locator("#panel-us .over button").first.click()
    page.click("[data-view=list]")
    if profile == "outside":
        assert page.locator("#list th").count() == 4
        assert "Attitude" not in page.inner_text("body")
    assert page.complaints == []
