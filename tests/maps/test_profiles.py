"""Profiles: every property belongs to one, and what one leaves out leaves no trace."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from canaries import PARTS
from invented import records, view

from powermap.errors import RenderError
from powermap.maps import render
from powermap.maps.profiles import FULL, see
from powermap.maps.scene import build
from powermap.model import (
    RECORDS,
    Stands,
)


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
