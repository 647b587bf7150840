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
from canaries import FORMS, PARTS, content, text_of
from invented import records, view

from powermap.errors import RenderError
from powermap.maps import render
from powermap.maps.layout.account_layout import arranged
from powermap.maps.layout.saved_layout import as_text
from powermap.maps.privacy.anonymous import codes_for
from powermap.maps.privacy.profiles import FULL, see
from powermap.model import (
    RECORDS,
    Deal,
    Interaction,
    KeptLayout,
    MemberOf,
    Organization,
    Period,
    Person,
    Record,
    Snapshot,
    WorksAt,
)
from powermap.model.fields import privacy
from powermap.view import who_and_when


def test_every_property_is_classed() -> None:
    """A new property of the model must be given to a profile or kept private, else this fails."""
    for kind, cls in RECORDS.items():
        names = {part for f in dataclasses.fields(cls) for part in PARTS.get(f.name, (f.name,))}
        assert names == FULL[kind], kind


@pytest.mark.parametrize("profile", ["team", "outside", "anonymous"])
def test_what_is_private_is_not_in_the_records(profile: str) -> None:
    """Not only on no page: nothing that is computed from them can depend on it."""
    seen = see(view(with_notes()), profile).snapshot
    left = {
        (r.KIND, name)
        for r in seen
        for name, who in privacy(r.KIND).items()
        if who == "private" and getattr(r, name, "")
    }
    assert len(seen) and not left


def test_outside_has_only_the_customers_own_people() -> None:
    """No outsider, none of ours nor of a rival's, and of other organizations only that we are we."""
    found = [*records(8), Person("wife", name="Wife"), MemberOf("m", src="wife", dst="acc", role="friend")]
    lens = view(found)
    assert lens.seats["wife"].external
    seen = see(lens, "outside").snapshot
    assert {p.id for p in seen.all(Person)} == {f"x{n:03d}" for n in range(8)}
    assert {o.id for o in seen.all(Organization)} == {"acc", "us"}
    assert {w.dst for w in seen.all(WorksAt)} == {"acc"}
    assert {r.KIND for r in seen} == {"Organization", "Person", "WORKS_AT", "REPORTS_TO"}


def test_nobody_changes_a_code_between_two_days() -> None:
    """Whoever has left takes no code from anybody."""
    found = [
        *records(25, past=True),
        Person("a2", name="Leaver"),
        WorksAt("a3", src="a2", dst="acc", unit="法务部", level=3, period=Period(None, date(2026, 5, 1))),
    ]
    lens, earlier = view(found), view(found, date(2026, 4, 1))
    codes = codes_for(lens, earlier)
    now, then = see(lens, "anonymous", codes), see(earlier, "anonymous", codes)
    assert {s.name for s in now.seats.values()} == {f"A{n}" for n in range(1, 26)}
    assert then.seats["a2"].name == "A26"
    assert all(then.seats[p].name == seat.name for p, seat in now.seats.items())
    moved = render(lens, profile="anonymous", since=earlier.as_of, before=earlier)
    assert '"moved":' in moved and "A26" not in moved


NOTES = {
    Person: {"email": "ada@grid.example", "phone": "+86 555 0100", "note": "likes chess"},
    Organization: {"note": "account note"},
    Deal: {"note": "deal note"},
}


def with_notes() -> list[Record]:
    """Put addresses and notes where managers see them."""
    found = [
        dataclasses.replace(r, **NOTES[type(r)]) if r.id in ("x000", "acc") or isinstance(r, Deal) else r
        for r in records(8)
    ]
    return [
        *found,
        Interaction(
            "met",
            account="acc",
            on=date(2026, 9, 1),
            ours=("us-0",),
            theirs=("x000",),
            note="met at the fair",
        ),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_full_holds_what_is_private_and_says_who_drew_it_when(typeset: None, form: str) -> None:
    """On the page and in the data everything; on sheets and slides, which have no room for it, at least who and when."""
    mark = "Ada Stone · 2026-09-30 14:05 +0800"
    shown = {}
    for profile in ("full", "team"):
        text = text_of(
            form, content(view(with_notes()), form, profile, "en", mark=mark if profile == "full" else "")
        )
        shown[profile] = text
    private = ["ada@grid.example", "+86 555 0100", "likes chess", "met at the fair"]
    private += ["account note", "deal note"] if form in ("html", "json") else []
    if form in ("html", "json", "graphml", "gexf", "zip"):
        assert not [text for text in private if text not in shown["full"]]
    assert not [text for text in private if text in shown["team"]]
    if form != "png":
        assert "2026-09-30 14:05" in shown["full"] and "2026-09-30 14:05" not in shown["team"]


def test_a_map_for_managers_is_stamped_with_the_user_and_the_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    assert re.fullmatch(r"Ada · \d{4}-\d\d-\d\d \d\d:\d\d [+-]\d{4}", who_and_when("Ada"))
    monkeypatch.setattr("powermap.stores.access.getuser", lambda: "ben")
    assert who_and_when().startswith("ben · ")

    def nameless() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("powermap.stores.access.getuser", nameless)
    assert who_and_when().startswith("? · ")


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
