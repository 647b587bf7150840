"""Canaries: a text that a profile doesn't allow is in no byte of the page."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from invented import records, view

from powermap.errors import RenderError
from powermap.maps import render
from powermap.maps.profiles import FULL, PROFILES, see
from powermap.maps.scene import build
from powermap.model import (
    RECORDS,
    Evidence,
    Interaction,
    MemberOf,
    Organization,
    Person,
    Record,
    Snapshot,
    Stands,
)

PARTS = {
    "period": ("valid_from", "valid_to"),
    "evidence": tuple(f"ev_{f.name}" for f in dataclasses.fields(Evidence)),
}
FIXED = {
    "id",
    "keys",
    "src",
    "dst",
    "type",
    "deal",
    "account",
    "won_by",
    "duty",
    "adaptability",
    "grade",
    "sign",
}
FIXED |= {"roles", "ours", "theirs", "rule", "horizon", "measure", "currency", "outcome"}
"""Texts that are ids, or words of a closed list: no canary can stand there."""


def canary(kind: str, name: str) -> str:
    return f"canary{kind.replace('_', '')}{name.replace('_', '')}zz".lower()


def with_canaries() -> list[Record]:
    """Put a word of its own into every free text of every kind of record."""
    found: list[Record] = [
        *records(8),
        Organization(id="circle", name="Circle", type="circle"),
        MemberOf(id="m1", src="x000", dst="circle"),
        MemberOf(id="m2", src="x001", dst="circle"),
        Person(id="wife", name="Wife"),
        MemberOf(id="m3", src="wife", dst="acc", role="friend"),
        Interaction(id="met", account="acc", on=date(2026, 9, 1), ours=("us-0",), theirs=("x000",)),
    ]
    marked = []
    for record in found:
        kind = type(record).KIND
        changes: dict[str, Any] = {
            f.name: canary(kind, f.name)
            for f in dataclasses.fields(record)
            if isinstance(getattr(record, f.name), str) and f.name not in FIXED
        }
        evidence = getattr(record, "evidence", None)
        if evidence is not None:
            texts = {name: canary(kind, f"ev_{name}") for name in ("source", "author", "note")}
            changes["evidence"] = dataclasses.replace(evidence, **texts)
        marked.append(dataclasses.replace(record, **changes))
    return marked


def allowed(kind: str, name: str, profile: str) -> bool:
    if profile == "anonymous":
        return False
    return name in PROFILES[profile].get(kind, "").split()


def test_every_property_is_classed() -> None:
    """A new property of the model must be given to a profile or kept private, else this fails."""
    for kind, cls in RECORDS.items():
        names = {part for f in dataclasses.fields(cls) for part in PARTS.get(f.name, (f.name,))}
        assert names == set(FULL[kind].split()), kind


@pytest.mark.parametrize("profile", list(PROFILES))
def test_no_canary_leaves(profile: str) -> None:
    found = with_canaries()
    page = render(view(found), profile=profile, whole=Snapshot.of(found)).lower()
    everything = {
        canary(kind, part): allowed(kind, part, profile)
        for kind, cls in RECORDS.items()
        for f in dataclasses.fields(cls)
        for part in PARTS.get(f.name, (f.name,))
    }
    leaked = [word for word, may in everything.items() if not may and word in page]
    assert leaked == []
    if profile in ("team", "full"):
        for kind, name in (("Person", "name"), ("WORKS_AT", "title"), ("STANDS", "ev_note")):
            assert canary(kind, name) in page


def test_outside_says_nothing_about_anybodys_stand() -> None:
    """The page for outside is the same whatever they think, sway or are covered by."""
    found = records(25)
    bare = [
        r
        for r in found
        if type(r).KIND not in ("STANDS", "INFLUENCES", "COVERS", "TAKES_PART")
        and not (isinstance(r, Organization) and r.id.startswith("riv"))
    ]
    bare = [dataclasses.replace(r, power=None) if isinstance(r, Person) else r for r in bare]
    assert render(view(found), profile="outside") == render(view(bare), profile="outside")


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
