"""A map through a view: what moved is told of the same deal, and with what we knew then."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

import powermap as pm
from powermap.analysis.actions import actions
from powermap.model import (
    Batch,
    Change,
    Covers,
    Deal,
    Organization,
    Period,
    Person,
    Record,
    Stands,
    TakesPart,
    WorksAt,
    record_to_props,
)
from powermap.workspace import Workspace

DAY, SINCE, REVIEW = date(2026, 9, 30), date(2026, 6, 1), date(2026, 5, 1)
PEOPLE = ("p0", "p1", "p2", "p3")
ACCOUNT = (
    Organization("acc", name="Acc", type="customer"),
    Organization("us", name="Us", type="supplier", us=True),
    *(Person(p, name=p.upper()) for p in PEOPLE),
    *(WorksAt(f"w{p}", src=p, dst="acc", unit="U", level=n) for n, p in enumerate(PEOPLE, 1)),
)


def write(ws: Workspace, *records: Record) -> None:
    changes = tuple(Change(type(r).KIND, r.id, None, record_to_props(r)) for r in records)
    ws.apply(Batch(f"batch of {records[0].id}", changes, "me", ""))


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """Four people, a deal that is looked at by default, and another one."""
    with pm.open(tmp_path / "s.db") as opened:
        write(
            opened,
            *ACCOUNT,
            Deal("d", account="acc", name="Deal"),
            Deal("e", account="acc", name="Other"),
            *(TakesPart(f"t{d}", src="p0", dst=d, roles=("decider",)) for d in "de"),
        )
        yield opened


def model(page: str) -> dict[str, Any]:
    found = re.search(r'id="model"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found is not None
    made: dict[str, Any] = json.loads(found[1])
    return made


def marks(data: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Return who stands how today, was what, and moved where."""
    return {
        data["people"][p]["name"][1]: (s["attitude"], s.get("was"), s.get("moved"))
        for p, s in data["times"][-1]["standings"]["us"].items()
    }


def test_what_was_held_all_along_on_another_deal_did_not_move(ws: Workspace) -> None:
    held = Period(date(2026, 1, 1))
    write(
        ws,
        Stands("s1", src="p0", dst="us", attitude=-2, deal="d", period=held),
        Stands("s2", src="p0", dst="us", attitude=2, deal="e", period=held),
    )
    account = ws.account("Acc")
    for deal, attitude, was in (("Deal", -2, "-2"), ("Other", 2, "+2")):
        seen = account.lens(deal=deal, as_of=DAY)
        assert marks(model(seen.map(since=SINCE, story=None)))["P0"] == (attitude, was, None)
    # What is supposed is set against the real past of that deal.
    seen = account.lens(deal="Other", as_of=DAY, what_if=["attitude P0=-1"])
    assert marks(model(seen.map(since=SINCE, story=None)))["P0"] == (-1, "+2", -1)


def test_without_a_deal_today_an_earlier_day_has_none(tmp_path: Path) -> None:
    """The only deal has closed: what somebody thought of it isn't set beside what he thinks of us."""
    since, review = date(2020, 1, 15), date(2020, 2, 1)
    with pm.open(tmp_path / "s.db") as opened:
        write(
            opened,
            *ACCOUNT,
            Deal("z", account="acc", name="Z", outcome="won", close_on=date(2020, 3, 1)),
            TakesPart("tz", src="p0", dst="z", roles=("decider",)),
            Stands("s", src="p0", dst="us", attitude=2, deal="z"),
            Stands("s0", src="p0", dst="us", attitude=-1),
            *(Stands(f"s{p}", src=p, dst="us", attitude=1, period=Period(review)) for p in PEOPLE[1:]),
        )
        data = model(opened.account("Acc").lens().map(since=since, story=None))
    assert marks(data)["P0"] == (-1, "-1", None)
    then = data["times"][0]
    by_name = {data["people"][p]["name"][1]: s["attitude"] for p, s in then["standings"]["us"].items()}
    assert then["day"] == review.isoformat() and by_name["P0"] == -1


def test_a_file_tells_what_moved_as_the_page_does(ws: Workspace) -> None:
    write(
        ws,
        Stands("s1", src="p0", dst="us", attitude=-2, deal="d", period=Period(date(2026, 1, 1))),
        Stands("s2", src="p0", dst="us", attitude=2, deal="e", period=Period(date(2026, 1, 1))),
    )
    seen = ws.account("Acc").lens(deal="Other", as_of=DAY)
    assert seen.map_file("svg", since=SINCE) == seen.map_file("svg")


def test_the_record_knows_a_deal_that_has_closed_meanwhile(ws: Workspace) -> None:
    assert ws.record(DAY) is None
    write(
        ws,
        Deal("z", account="acc", name="Closed", outcome="won", close_on=REVIEW),
        TakesPart("tz", src="p1", dst="z", roles=("decider",)),
    )
    assert ws.record(DAY) is not None and ws.record(DAY) is ws.record(DAY)
    assert ws.record(DAY) == ws.calibration(REVIEW)
    assert ws.record(REVIEW - timedelta(days=1)) is None, "an earlier day knows nothing of it"


def test_story_and_slides_tell_the_chance_that_next_tells(ws: Workspace) -> None:
    """Twenty deals have closed, so P(win) is corrected: on the page and on the slides as in the answer."""
    closed = [
        Deal(f"z{n}", account="acc", name=f"Z{n}", outcome="won" if n % 3 else "lost", close_on=REVIEW)
        for n in range(20)
    ]
    write(
        ws,
        *closed,
        *(TakesPart(f"t{d.id}", src="p1", dst=d.id, roles=("decider",)) for d in closed),
        Person("o", name="Owner"),
        WorksAt("wo", src="o", dst="us"),
        Covers("c", src="o", dst="p0"),
    )
    seen = ws.account("Acc").lens(as_of=DAY)
    said = {f.kind: f for f in seen.ask("actions").findings}
    plain = {f.kind: f for f in actions(seen.lens).findings}
    assert (
        "20 closed deals" in said["p-win"].sentence.en and "uncalibrated" not in said["p-win"].rule.words.en
    )
    told = [step["t"][1] for step in model(seen.map())["steps"]]
    slides = Presentation(io.BytesIO(seen.map_file("pptx", lang="en"))).slides
    text = "\n".join(s.text_frame.text for slide in slides for s in slide.shapes if s.has_text_frame)
    assert said["p-win"].sentence.en in text
    for kind in ("next-action", "next-question"):
        assert said[kind].sentence != plain[kind].sentence and plain[kind].sentence.en not in text
        assert said[kind].sentence.en in told and said[kind].sentence.en in text


def test_an_earlier_day_has_the_deal_of_that_day(ws: Workspace) -> None:
    """What has closed since was open then; on the day it closed, and today, another one is looked at."""
    closing = date(2020, 5, 1)
    write(
        ws,
        Deal("z", account="acc", name="Z", outcome="lost", close_on=closing),
        Deal("y", account="acc", name="Y", outcome="won", close_on=date(2020, 4, 15)),
        TakesPart("tz", src="p1", dst="z", roles=("decider",)),
    )
    account = ws.account("Acc")

    def deal(day: date | None) -> str:
        found = account.lens(as_of=day).lens.deal
        return found.id if found else ""

    assert [deal(date(2020, 4, 1)), deal(closing), deal(None)] == ["z", "d", "d"]
    then = account.lens(as_of=date(2020, 4, 1)).decides()
    assert then.notes[-1] == (
        "这一天“Z”还没有结束；后来在 2020-05-01 丢了。",
        "Z was still open on that day; it was lost on 2020-05-01.",
    )
    assert account.lens(deal="Z").decides().notes[-1].en == "Z is closed: lost on 2020-05-01."
    assert "open on that day" not in account.lens().decides().notes[-1].en


def test_what_moved_is_told_with_what_we_knew(ws: Workspace) -> None:
    time.sleep(0.01)
    known = datetime.now(UTC)
    time.sleep(0.01)
    write(ws, *(Stands(f"s{p}", src=p, dst="us", attitude=2, period=Period(REVIEW)) for p in PEOPLE))
    seen = ws.account("Acc").lens(as_of=DAY, known_at=known)
    data = model(seen.map(since=SINCE, story=None))
    assert marks(data) == {p.upper(): (None, None, None) for p in PEOPLE}
    assert [then["day"] for then in data["times"]] == [DAY.isoformat()], "nor is there a review on the slider"
    assert len(model(ws.account("Acc").lens(as_of=DAY).map(story=None))["times"]) == 2
