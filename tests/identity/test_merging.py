"""Two records made one: nothing is lost, what contradicts is said, and undo brings everything back byte for byte."""

from __future__ import annotations

import tempfile
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import fill, written

from powermap.errors import AnalysisError
from powermap.identity.merging import merge
from powermap.model import (
    Action,
    Assessment,
    Covers,
    Deal,
    Evidence,
    Figure,
    Goal,
    Influences,
    Interaction,
    KeptLayout,
    MemberOf,
    Organization,
    PartOf,
    Period,
    Person,
    Record,
    Relates,
    ReportsTo,
    Snapshot,
    Stands,
    TakesPart,
    Tie,
    WorksAt,
    named,
    record_to_props,
)
from powermap.model.naming import other_names
from powermap.stores import open_store
from powermap.workspace import Workspace

D = [date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)]


def base() -> list[Record]:
    """Two records of Ada, at one account, and those around her."""
    return [
        Organization("acme", name="Acme"),
        Organization("beta", name="Borealis"),
        Organization("us", name="Ourselves", type="supplier", us=True),
        Person("a", ("file|person|acme/7",), name="Ada Park", email="ada@acme.example", power=7.0, note="met at fair"),
        Person("b", ("linkedin|person|https://linkedin.com/in/ada",), name="Park, Ada M.", phone="123456789", note="likes tea"),
        Person("c", name="Ben Stone"),
        Person("o", name="Olga Ours"),
        Deal("d", account="acme", name="Line 3"),
    ]  # fmt: skip


def joined(*ties: Record) -> tuple[Snapshot, Snapshot, tuple[str, ...]]:
    """Merge b into a; return the state before and after, and the fields that conflicted."""
    before = Snapshot.of([*base(), *ties])
    numbers = count()
    plan = merge(before, "a", "b", lambda: f"new{next(numbers)}")
    records = dict(before.records)
    from powermap.model import record_from_props

    for change in plan.changes:
        assert (None if change.id not in records else record_to_props(records[change.id])) == change.before
        if change.after is None:
            del records[change.id]
        else:
            records[change.id] = record_from_props(change.kind, change.after)
    return before, Snapshot.of(records.values()), tuple(c.field for c in plan.conflicts)


def test_a_person_keeps_names_addresses_keys_and_notes_of_both() -> None:
    _, after, fields = joined()
    ada = after.get(Person, "a")
    assert ada is not None and after.get(Person, "b") is None
    assert ada.name == "Ada Park" and ada.email == "ada@acme.example" and ada.phone == "123456789"
    assert other_names(ada.keys) == ("Park, Ada M.",) and ada.note == "met at fair\nlikes tea"
    assert {"file|person|acme/7", "linkedin|person|https://linkedin.com/in/ada"} <= set(ada.keys)
    assert fields == ("name",)


def test_ties_move_and_the_same_fact_is_told_once_with_both_grounds() -> None:
    seen, heard = Evidence("a.csv", "Olga", D[0], "said so"), Evidence("b.csv", "Otto", D[1], "wrote so")
    _, after, fields = joined(
        WorksAt("w1", "a", "acme", Period(D[0], D[1]), seen, title="CTO"),
        WorksAt("w2", "b", "acme", Period(D[0], D[1]), heard, unit="IT"),
        WorksAt("w3", "b", "beta", Period(D[1], None), title="CEO"),
        Covers("k1", "o", "b", strength=0.4),
        Influences("i1", "b", "c", strength=0.5),
        TakesPart("t1", "a", "d", roles=("decider",)),
        TakesPart("t2", "b", "d", roles=("user",), veto=True),
    )
    jobs = {t.dst: t for t in after.all(WorksAt)}
    assert jobs["acme"].title == "CTO" and jobs["acme"].unit == "IT" and len(after.all(WorksAt)) == 2
    ground = jobs["acme"].evidence
    assert ground.author == "Olga; Otto" and ground.note == "said so\nwrote so" and ground.on == D[1]
    assert jobs["beta"].src == "a" and after.all(Covers)[0].dst == "a" and after.all(Influences)[0].src == "a"
    (seat,) = after.all(TakesPart)
    assert seat.roles == ("decider", "user") and seat.veto
    assert fields == ("name",)


def test_periods_are_kept_whole() -> None:
    _, after, _ = joined(
        WorksAt("w1", "a", "acme", Period(D[1], D[2]), title="CTO"),
        WorksAt("w2", "b", "acme", Period(D[0], D[2]), title="CTO"),
    )
    (job,) = after.all(WorksAt)
    assert job.period == Period(D[0], D[2])


def test_of_two_attitudes_at_one_time_the_later_judgement_holds_and_the_other_where_it_is_alone() -> None:
    old = Stands("s1", "a", "us", Period(D[0], None), Evidence(on=D[0]), attitude=1)
    new = Stands("s2", "b", "us", Period(D[1], None), Evidence(on=D[1], note="angry"), attitude=-1)
    _, after, fields = joined(old, new)
    held = {t.period: t.attitude for t in after.all(Stands)}
    assert held == {Period(D[0], D[1]): 1, Period(D[1], None): -1}
    assert fields == ("name", "attitude")
    for day, attitude in ((D[0], 1), (D[2], -1)):
        assert [t.attitude for t in after.as_of(day).all(Stands)] == [attitude]


def test_what_is_unknown_is_no_contradiction() -> None:
    _, after, fields = joined(Stands("s1", "a", "us", attitude=None), Stands("s2", "b", "us", attitude=2))
    assert [t.attitude for t in after.all(Stands)] == [2] and fields == ("name",)


def test_who_has_one_boss_keeps_one_and_nobody_becomes_their_own() -> None:
    works = [WorksAt(f"w{p}", p, "acme") for p in ("a", "b", "c", "e")]
    _, after, fields = joined(
        Person("e", name="Eve Boss"), *works, ReportsTo("r1", "a", "c"), ReportsTo("r2", "b", "e"),
        ReportsTo("r3", "c", "b"), Influences("i", "a", "b"),
    )  # fmt: skip
    assert {(t.src, t.dst) for t in after.all(ReportsTo)} == {("a", "c"), ("c", "a")}
    assert not after.all(Influences) and set(fields) == {"name", "boss", "tie"}


def test_meetings_name_who_stays_and_those_of_both_are_told_once() -> None:
    met = {"account": "acme", "on": D[0], "ours": ("o",)}
    _, after, _ = joined(
        Interaction("m1", theirs=("a", "c"), note="x", **met),  # type: ignore[arg-type]
        Interaction("m2", theirs=("b", "c"), note="y", **met),  # type: ignore[arg-type]
        Interaction("m3", theirs=("a", "b"), channel="call", **met),  # type: ignore[arg-type]
    )
    meetings = {m.id: m for m in after.all(Interaction)}
    assert set(meetings) == {"m1", "m3"} and meetings["m3"].theirs == ("a",) and meetings["m1"].note == "x\ny"


def test_judgements_goals_and_actions_of_both_are_told_once() -> None:
    _, after, fields = joined(
        Assessment("s1", account="acme", subject="a", item="support", score=0, on=D[1]),
        Assessment("s2", account="acme", subject="b", item="support", score=2, words="spoke for us", on=D[1]),
        Assessment("s3", account="acme", subject="b", item="support", score=0, on=D[2]),
        Goal("g1", ("file|goal|acme/G1",), "acme", "a", measure="attitude", target=1, by=D[2]),
        Goal("g2", ("file|goal|acme/G2",), "acme", "b", measure="attitude", target=1, owner="o", by=D[2]),
        Action("x", account="acme", goal="g2", what="call", targets=("b",)),
    )
    judged = {r.id: r for r in after.all(Assessment)}
    assert judged.keys() == {"s1", "s3"} and {r.subject for r in judged.values()} == {"a"}
    assert (judged["s1"].score, judged["s1"].words) == (0, "spoke for us")
    (goal,) = after.all(Goal)
    assert (goal.id, goal.owner, goal.keys) == ("g1", "o", ("file|goal|acme/G1", "file|goal|acme/G2"))
    (action,) = after.all(Action)
    assert (action.goal, action.targets) == ("g1", ("a",))
    assert fields == ("name", "score")


def test_a_placeholder_gets_the_name_of_who_holds_the_post() -> None:
    records = [Person("p", name="Head of IT", placeholder=True), Person("q", name="Ada Park")]
    plan = merge(Snapshot.of(records), "p", "q", str)
    ada = next(c.after for c in plan.changes if c.id == "p")
    assert ada is not None and ada["name"] == "Ada Park" and ada.get("placeholder", False) is False
    assert not plan.doubts


def test_organizations_give_over_people_deals_figures_and_numbers() -> None:
    records: list[Record] = [
        Organization("a", name="Acme", grade="A"),
        Organization("b", ("file|organization|9",), name="Acme Ltd", region="North", grade="B"),
        Person("p", ("file|person|b/7",), name="Ada Park"),
        WorksAt("w", "p", "b"),
        Deal("d", account="b", name="Line"),
        Figure("f1", account="a", measure="revenue", on=D[0], value=5.0),
        Figure("f2", account="b", measure="revenue", on=D[0], value=7.0),
        KeptLayout("layout-b", account="b", plan="{}"),
        Organization("u", name="Plant", type="unit"),
        PartOf("t", "u", "b"),
    ]
    plan = merge(Snapshot.of(records), "a", "b", str)
    after = {c.id: c.after for c in plan.changes}
    assert after["w"]["dst"] == after["t"]["dst"] == "a" and after["d"]["account"] == "a"  # type: ignore[index]
    assert after["b"] is None and after["layout-b"] is None and after["f2"] is None
    assert after["p"]["keys"] == ["file|person|a/7"]  # type: ignore[index]
    assert after["a"]["region"] == "North"  # type: ignore[index]
    assert {c.field for c in plan.conflicts} == {"name", "grade", "value"}


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [("a", "c", "names"), ("acme", "beta", "names"), ("us", "beta", "types"), ("a", "n", "numbers")],
)
def test_what_contradicts_is_refused_until_somebody_says_yes(
    ws: Workspace, one: str, other: str, why: str
) -> None:
    fill(ws.store, [*base(), Person("n", ("file|person|acme/8",), name="Ada Park")])
    with pytest.raises(AnalysisError, match=why):
        ws.merge(one, other)
    assert len(ws.store.receipts()) == 1
    assert ws.merge(one, other, yes=True).receipt is not None


@pytest.mark.parametrize("pair", [("a", "acme"), ("d", "a"), ("a", "a")])
def test_only_two_of_one_kind_can_be_one(ws: Workspace, pair: tuple[str, str]) -> None:
    fill(ws.store, base())
    with pytest.raises(AnalysisError):
        ws.merge(*pair, yes=True)


def test_lines_that_would_run_in_a_circle_are_told(ws: Workspace) -> None:
    fill(ws.store, [Person(i, name="Ada Park") for i in "ab"] + [Person("c", name="Ben Stone")], "people")
    fill(ws.store, [ReportsTo("r1", "a", "c"), ReportsTo("r2", "c", "b")])
    with pytest.raises(AnalysisError, match="circle: Ada Park → Ben Stone → Ada Park"):
        ws.merge("a", "b")
    assert ws.merge("a", "b", yes=True).receipt is not None


def test_two_of_one_name_are_both_meant(ws: Workspace) -> None:
    fill(ws.store, [Person("a", name="Ada Park"), Person("b", name="Ada Park")])
    result = ws.merge("Ada Park", "Ada Park")
    assert (result.plan.kept.id, result.plan.gone.id) == ("a", "b")
    assert [h.id for h in ws.search("Ada Park")] == ["a"]


def test_a_dry_run_writes_nothing_and_the_last_batch_is_undone_without_an_id(ws: Workspace) -> None:
    fill(ws.store, base())
    before = written(ws.store)
    assert ws.merge("a", "b", dry_run=True).receipt is None and written(ws.store) == before
    ws.merge("a", "b")
    assert written(ws.store) != before
    ws.undo()
    assert written(ws.store) == before and ws.store.verify() == []


def test_a_mover_keeps_ties_and_history_at_both_accounts(ws: Workspace) -> None:
    fill(
        ws.store,
        [
            *base(),
            WorksAt("w1", "a", "acme", Period(D[0], D[1]), title="CTO"),
            WorksAt("w2", "b", "beta", Period(D[1], None), title="CTO"),
            Stands("s", "a", "us", Period(D[0], None), attitude=3),
            Covers("k", "o", "a"),
        ],
    )
    ws.merge("a", "b")
    after = ws.snapshot("beta")
    assert {t.dst for t in after.all(WorksAt) if t.src == "a"} == {"acme", "beta"}
    assert after.all(Stands)[0].attitude == 3 and after.all(Covers)[0].dst == "a"


# -- properties --------------------------------------------------------------------------------------------------

DAYS = st.sampled_from([None, date(2024, 1, 1), date(2024, 7, 1), date(2025, 1, 1), date(2026, 1, 1)])


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start, end = draw(DAYS), draw(DAYS)
    if start and end and end < start:
        start, end = end, start
    return Period(start, end)


PEOPLE = st.sampled_from(["a", "b", "c", "o"])
EVIDENCE = st.builds(
    Evidence, author=st.sampled_from(["", "Olga", "Otto"]), on=DAYS, note=st.sampled_from(["", "x", "y"])
)


@st.composite
def ties(draw: st.DrawFn) -> list[Tie]:
    """Any ties among the people, organizations and deals of the base."""
    found: list[Tie] = []
    for number in range(draw(st.integers(0, 12))):
        cls = draw(
            st.sampled_from([WorksAt, ReportsTo, Influences, Covers, TakesPart, Stands, MemberOf, Relates])
        )
        src = draw(PEOPLE)
        dst = {
            WorksAt: st.sampled_from(["acme", "beta"]),
            MemberOf: st.sampled_from(["acme", "beta"]),
            TakesPart: st.just("d"),
            Stands: st.sampled_from(["us", "acme"]),
            Relates: st.sampled_from(["acme", "beta"]),
        }.get(cls, PEOPLE)
        end = draw(dst)
        if cls is Relates:
            src = "us"
        if src == end:
            continue
        more = {}
        if cls is Stands:
            more = {
                "attitude": draw(st.sampled_from([None, -2, 0, 3])),
                "deal": draw(st.sampled_from(["", "d"])),
            }
        elif cls is WorksAt:
            more = {
                "title": draw(st.sampled_from(["", "CTO", "CEO"])),
                "level": draw(st.sampled_from([None, 1])),
            }
        elif cls is Influences:
            more = {"strength": draw(st.sampled_from([None, 0.5])), "sign": draw(st.sampled_from([1, -1]))}
        elif cls is ReportsTo:
            more = {"dotted": draw(st.booleans())}
        found.append(cls(f"t{number}", src, end, draw(periods()), draw(EVIDENCE), **more))  # type: ignore[arg-type]
    return found


MEETINGS = st.lists(
    st.builds(
        Interaction,
        id=st.uuids().map(str),
        account=st.sampled_from(["acme", "beta"]),
        on=st.just(D[0]),
        ours=st.just(("o",)),
        theirs=st.lists(st.sampled_from(["a", "b", "c"]), max_size=3, unique=True).map(tuple),
    ),
    max_size=3,
)


@settings(max_examples=60, deadline=None)
@given(
    ties=ties(),
    meetings=MEETINGS,
    pair=st.sampled_from([("a", "b"), ("b", "a"), ("acme", "beta"), ("c", "o")]),
)
def test_a_merge_loses_no_day_and_undo_restores_every_byte(
    ties: list[Tie], meetings: list[Interaction], pair: tuple[str, str]
) -> None:
    with tempfile.TemporaryDirectory() as folder, Workspace(open_store(str(Path(folder) / "x.db"))) as ws:
        fill(ws.store, [*base(), *ties, *meetings])
        before, state = written(ws.store), ws.store.read()
        ws.merge(*pair, yes=True)
        after = ws.store.read()
        one, other = pair
        for record in after:
            assert other not in named(record.KIND, record_to_props(record)) and record.id != other
        assert ws.store.verify() == []
        _no_day_is_lost(state, after, one, other)
        ws.undo()
        assert written(ws.store) == before and ws.store.verify() == []


def _no_day_is_lost(before: Snapshot, after: Snapshot, one: str, other: str) -> None:
    """Every fact of every day is there on that day, but for ties between the two, and a second boss at one company."""

    def turned(ident: str) -> str:
        return one if ident == other else ident

    for day in (date(2023, 6, 1), date(2024, 3, 1), date(2024, 9, 1), date(2025, 6, 1), date(2026, 6, 1)):
        had = {
            (t.KIND, turned(t.src), turned(t.dst), getattr(t, "deal", ""), getattr(t, "sign", 0))
            for t in before
            if isinstance(t, Tie)
            and not isinstance(t, ReportsTo)
            and t.period.holds(day)
            and turned(t.src) != turned(t.dst)
        }
        has = {
            (t.KIND, t.src, t.dst, getattr(t, "deal", ""), getattr(t, "sign", 0))
            for t in after
            if isinstance(t, Tie) and not isinstance(t, ReportsTo) and t.period.holds(day)
        }
        assert had == has
