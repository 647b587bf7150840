"""What a customer can tell of an anonymous map with their own chart in hand: nobody, but by who sways whom."""

from __future__ import annotations

import dataclasses
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from itertools import count

import pytest
from canaries import FORMS, content, text_of
from invented import records, view

from powermap import demo
from powermap.lens import Lens
from powermap.maps import export, render
from powermap.maps.privacy.anonymous import anonymous, codes_for
from powermap.maps.privacy.profiles import ANONYMOUS, see
from powermap.model import Evidence, Person, Snapshot, Tie, WorksAt, record_to_props
from powermap.workspace import open_workspace

Guess = Mapping[str, str]
"""Person's id -> what the map calls whom they are taken for."""


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Lens]]:
    """The demo's four accounts; ids are in the order of the rows, which helps an attacker most."""
    numbers = count()
    with open_workspace(tmp_path_factory.mktemp("anonymous") / "s.db") as ws:
        ws.import_(demo.files("en"), today=demo.AS_OF, new_id=lambda: f"{next(numbers):05}")
        yield [ws.account(hit.id).lens(as_of=demo.AS_OF).lens for hit in ws.accounts()]


def alone(of: Mapping[str, Hashable]) -> dict[Hashable, str]:
    """Return what only one has."""
    many = Counter(of.values())
    return {mark: who for who, mark in of.items() if many[mark] == 1}


def matched(chart: Mapping[str, Hashable], drawn: Mapping[str, Hashable]) -> Guess:
    """Match whoever has a mark that nobody else has, on the chart and on the map."""
    one, other = alone(chart), alone(drawn)
    return {person: other[mark] for mark, person in one.items() if mark in other}


def on_chart(lens: Lens) -> dict[str, Hashable]:
    """What the customer's own chart says of each: level, size of the department, reports, bosses, outsider or not."""
    sizes = Counter(s.unit for s in lens.seats.values())
    reports = Counter(t.dst for t in lens.lines)
    bosses = Counter(t.src for t in lens.lines)
    return {p: (s.level, sizes[s.unit], reports[p], bosses[p]) for p, s in lens.seats.items()}


def on_map(lens: Lens, profile: str) -> dict[str, Hashable]:
    """The same, as far as a map in JSON says it."""
    made = json.loads(export(lens, "json", lang="en", profile=profile))
    people, lines = made["people"], [t for t in made["ties"] if t["kind"] in ("line", "dotted")]
    sizes = Counter(p.get("unit") for p in people.values())
    reports, bosses = Counter(t["to"] for t in lines), Counter(t["from"] for t in lines)
    return {
        p["name_en"]: (p.get("level"), sizes[p.get("unit")], reports[k], bosses[k]) for k, p in people.items()
    }


def by_marks(lens: Lens, profile: str) -> Guess:
    return matched(on_chart(lens), on_map(lens, profile))


def by_order(lens: Lens, profile: str) -> Guess:
    """Who stands n-th on the map, row by row, is who stands n-th on the chart."""
    people = json.loads(export(lens, "json", lang="en", profile=profile))["people"].values()
    drawn = sorted(people, key=lambda p: (p["y"], p["x"]))
    reports = Counter(t.dst for t in lens.lines)
    chart = sorted(lens.seats.values(), key=lambda s: (s.level or 9, -reports[s.id], s.unit, s.name))
    return {s.id: p["name_en"] for s, p in zip(chart, drawn, strict=True)}


def by_code(lens: Lens, profile: str) -> Guess:
    """A1 is the first of the list, A2 the second."""
    people = json.loads(export(lens, "json", lang="en", profile=profile))["people"].values()
    drawn = sorted((p["name_en"] for p in people), key=lambda name: (len(name), name))
    return dict(zip(sorted(lens.seats), drawn, strict=True))


def right(accounts: list[Lens], attack: Callable[[Lens, str], Guess], profile: str) -> int:
    """Count the people whom an attack finds."""
    found = 0
    for lens in accounts:
        called = codes_for(lens) if profile == "anonymous" else {p: s.name for p, s in lens.seats.items()}
        found += sum(called[p] == guess for p, guess in attack(lens, profile).items())
    return found


def test_the_attack_finds_people_where_only_names_are_hidden(accounts: list[Lens]) -> None:
    """Else it would find nobody anywhere: of the demo's 47 people 25 have a mark of their own."""
    assert sum(len(lens.seats) for lens in accounts) == 47
    assert right(accounts, by_marks, "team") == 25, "docs/maps.md says how many"


@pytest.mark.parametrize(
    ("attack", "most"),
    [
        (by_marks, 0),
        # A blind order finds one person of an account on average, whatever its size: four of four accounts.
        (by_order, 6),
        (by_code, 6),
    ],
)
def test_a_customer_finds_hardly_anybody_with_their_own_chart(
    accounts: list[Lens], attack: Callable[[Lens, str], Guess], most: int
) -> None:
    assert right(accounts, attack, "anonymous") <= most


def test_who_knows_who_sways_whom_finds_people_all_the_same(accounts: list[Lens]) -> None:
    """What the docs warn of: the network of influence has a shape, and a shape has no two sides alike."""
    found = 0
    for lens in accounts:
        inward, outward = Counter(t.dst for t in lens.influences), Counter(t.src for t in lens.influences)
        known: dict[str, Hashable] = {p: (inward[p], outward[p]) for p in lens.seats}
        for _ in range(3):
            before: dict[str, list[str]] = {p: [] for p in known}
            after: dict[str, list[str]] = {p: [] for p in known}
            for tie in lens.influences:
                before[tie.dst].append(str(known[tie.src]))
                after[tie.src].append(str(known[tie.dst]))
            known = {p: str((known[p], sorted(before[p]), sorted(after[p]))) for p in known}
        found += len(alone(known))
    assert found == 24, "docs/maps.md says how many"


def unsure() -> Lens:
    """An account of which every tie is assumed, with a confidence."""
    ground = Evidence(status="assumed", confidence=0.6)
    return view([dataclasses.replace(r, evidence=ground) if isinstance(r, Tie) else r for r in records(25)])


def test_nothing_is_in_the_records_but_what_is_listed(accounts: list[Lens]) -> None:
    """And all that is listed, so that the list can't be longer than what is shown."""
    found: dict[str, set[str]] = {kind: set() for kind in ANONYMOUS}
    for lens in (*accounts, unsure()):
        for record in anonymous(lens, codes_for(lens)):
            found[record.KIND] |= {k for k, v in record_to_props(record).items() if v is not False}
    assert found == {kind: set(listed) for kind, listed in ANONYMOUS.items()}


def sure(tie: Tie) -> tuple[str, float | None]:
    return tie.evidence.status, tie.evidence.confidence


def test_the_picture_stays(accounts: list[Lens]) -> None:
    """Attitudes, who sways whom, who covers whom, and how sure that is: as in the team's map."""
    for lens in (*accounts, unsure()):
        seen = see(lens, "anonymous")
        for supplier in lens.suppliers:
            assert {p: seen.attitude(p, supplier.id) for p in seen.seats} == {
                p: lens.attitude(p, supplier.id) for p in lens.seats
            }
            assert {(c.src, c.dst, c.strength, sure(c)) for c in seen.covers(supplier.id)} == {
                (c.src, c.dst, c.strength, sure(c)) for c in lens.covers(supplier.id)
            }
        assert {(t.src, t.dst, t.strength, t.sign, sure(t)) for t in seen.influences} == {
            (t.src, t.dst, t.strength, t.sign, sure(t)) for t in lens.influences
        }


LEFT_OUT = {"title", "title_en", "unit", "unit_en", "level", "roles"}


def test_no_form_has_a_field_for_what_is_left_out() -> None:
    """A level is a number, and no canary can stand for it."""
    lens = view(records(25, past=True))
    whole = Snapshot.of(records(25, past=True))
    made = {
        form: content(lens, form, "anonymous", "en", whole)
        for form in ("json", "graphml", "gexf", "zip", "html")
    }
    assert not LEFT_OUT & set().union(*json.loads(made["json"])["people"].values())
    assert {t["kind"] for t in json.loads(made["json"])["ties"]} <= {"influence", "conflict"}
    names = {
        e.get("attr.name")
        for e in ET.fromstring(made["graphml"]).iter("{http://graphml.graphdrawing.org/xmlns}key")
    }
    names |= {e.get("title") for e in ET.fromstring(made["gexf"]).iter("{http://gexf.net/1.3}attribute")}
    assert "power" in names and not LEFT_OUT & names
    sheets = text_of("zip", made["zip"])
    assert "attitude_us" in sheets and not [field for field in LEFT_OUT if f",{field}," in sheets]
    model = json.loads(re.search(r'id="model"[^>]*>(.*?)</script>', made["html"].decode(), re.DOTALL)[1])  # type: ignore[index]
    for person in model["people"].values():
        assert (
            not person["level"] and not person["roles"] and not person["bosses"] and not any(person["unit"])
        )
    assert len(model["times"]) == 1 and not model["steps"], "no slider, no story"


@pytest.mark.parametrize("form", FORMS)
def test_the_map_is_the_same_whatever_is_left_out(typeset: None, form: str) -> None:
    """Levels, departments, lines, power, deals and roles move no byte of it."""
    found = records(12)
    bare = [r for r in found if r.KIND not in ("REPORTS_TO", "TAKES_PART", "Deal")]
    bare = [dataclasses.replace(r, power=None) if isinstance(r, Person) else r for r in bare]
    bare = [
        dataclasses.replace(r, unit="", unit_alt="", level=None) if isinstance(r, WorksAt) else r
        for r in bare
    ]
    assert content(view(found), form, "anonymous", "zh") == content(view(bare), form, "anonymous", "zh")


def test_a_day_of_review_is_no_part_of_it() -> None:
    found = records(12, past=True)
    assert render(view(found), profile="anonymous", whole=Snapshot.of(found)) == render(
        view(found), profile="anonymous"
    )
