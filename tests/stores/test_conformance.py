"""The contract, tried on both stores with the same cases."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from two_accounts import DAY, change, created, decoys, everything, one_account, suppliers

from powermap.errors import ConflictError, ModelError
from powermap.model import (
    RECORDS,
    Batch,
    Bulk,
    Change,
    Created,
    Deal,
    Hit,
    MemberOf,
    Organization,
    Period,
    Person,
    Record,
    Snapshot,
    WorksAt,
    inverse,
    props_to_text,
    record_from_props,
    record_to_props,
)
from powermap.portfolio.questions.levels import levels
from powermap.stores.base import Store
from powermap.stores.past import PastStore
from powermap.stores.replay import replay
from powermap.workspace import Workspace


def test_every_kind_of_record_comes_back_as_it_was(store: Store) -> None:
    records = everything()
    assert {type(r) for r in records} == set(RECORDS.values())
    receipt = store.apply(created(records))
    assert (receipt.created, receipt.updated, receipt.removed) == (len(records), 0, 0)
    assert store.read() == Snapshot.of(records)
    assert [type(v) for r in store.read() for v in record_to_props(r).values()] == [
        type(v) for r in Snapshot.of(records) for v in record_to_props(r).values()
    ]


def test_what_questions_over_all_accounts_read_is_what_is_there(store: Store) -> None:
    store.apply(created(everything()))
    with Workspace(store).records() as records:
        for cls in RECORDS.values():
            assert records.all(cls) == Snapshot.of(everything()).all(cls)
        assert records.scope("a-org") == store.read("a-org")
        less = records.scope("a-org", without=("INFLUENCES", "Figure"))
        assert list(less) == [r for r in store.read("a-org") if r.KIND not in ("INFLUENCES", "Figure")]
        there = [account.id for account in store.accounts()]
        wanted = [(account, store.read(account)) for account in there[::-1]]
        assert len(wanted) > 1
        assert list(records.scopes([*there[::-1], "a-boss", "nobody"])) == wanted


def test_the_posts_of_a_day(store: Store) -> None:
    """One began too late, one has ended (the day it ends on is the first without it), one has no level."""
    day, end = date(2026, 3, 1), date(2026, 3, 2)
    jobs = {
        "boss": (1, Period(day, None)),
        "head": (3, Period(None, end)),
        "late": (2, Period(end, None)),
        "gone": (4, Period(None, day)),
        "plain": (None, Period(None, None)),
    }
    ties = [WorksAt(f"job {p}", p, "firm", level=level, period=held) for p, (level, held) in jobs.items()]
    store.apply(created(list(ties)))
    with store.records() as records:
        assert levels(records, day) == {"boss": 1, "head": 3}


def test_rows_are_one_state_whoever_writes_meanwhile(store: Store) -> None:
    store.apply(created([Organization("acme", name="Acme", type="customer")]))
    held = store.columns()
    if held is None:
        with store.records() as records:
            store.apply(created([Person("ann", name="Ann")], "second"))
            assert records.all(Person) == ()
        return
    with held as rows:
        assert rows.state() == (1, "first")  # From the first question on.
        store.apply(created([Person("ann", name="Ann")], "second"))
        assert rows.people() == [] and rows.accounts() == ["acme"] and rows.changes(0)[1:] == []
        assert rows.all(Person) == ()
        assert [account for account, _ in rows.scopes(["acme"])] == ["acme"]


def in_columns(batch: Batch, after: int = 0) -> Bulk:
    """The same batch as columns, in two parts."""

    def parts() -> Iterator[Created]:
        for some in (batch.changes[:5], batch.changes[5:]):
            texts = [props_to_text(c.after) for c in some]
            yield Created([c.kind for c in some], [c.id for c in some], texts, [c.source for c in some])

    return Bulk(batch.id, len(batch.changes), parts, after, batch.actor, batch.title)


def test_what_is_loaded_is_what_would_be_applied(store: Store) -> None:
    batch, told = created(everything()), list[tuple[int, int]]()
    receipt = store.load(in_columns(batch), lambda *done: told.append(done))
    assert (receipt.batch, receipt.created, receipt.updated, receipt.removed) == (
        batch.id,
        len(batch.changes),
        0,
        0,
    )
    assert store.read() == Snapshot.of(everything()) and store.verify() == []
    assert tuple(c.change for c in store.log()) == batch.changes
    assert told and told == sorted(told) and all(0 < done <= total for done, total in told)


def test_nothing_is_loaded_where_something_was_recorded_since(store: Store) -> None:
    store.apply(created([Person("ann", name="Ann")]))
    with pytest.raises(ConflictError, match="changed meanwhile"):
        store.load(in_columns(created(one_account("a"), "second")))
    assert len(store.read()) == 1 and len(store.receipts()) == 1


def test_ties_of_one_row_share_their_period_and_evidence() -> None:
    """A million ties would hold a million equal ones."""
    tie = next(r for r in everything() if isinstance(r, WorksAt))
    once, again = (record_from_props("WORKS_AT", record_to_props(tie)) for _ in range(2))
    assert isinstance(once, WorksAt) and isinstance(again, WorksAt) and once == again == tie
    assert once.period is again.period and once.evidence is again.evidence


@pytest.mark.parametrize("kind, name", [("Person", "valid_from"), ("WORKS_AT", "valid"), ("Star", "'Star'")])
def test_what_no_record_has_is_refused_by_name(kind: str, name: str) -> None:
    with pytest.raises(ModelError, match=name):
        record_from_props(kind, {"id": "x", "zone": 1, name: "2026-01-01"})


def test_an_empty_store(store: Store) -> None:
    assert len(store.read()) == 0 and len(store.read("nobody")) == 0
    assert store.last_change() == 0 and store.receipts() == [] and list(store.log()) == []
    assert store.verify() == [] and store.accounts() == [] and store.search("a") == []


def test_update_and_remove(store: Store) -> None:
    ann, bob = Person("p1", name="Ann", note="old"), Person("p2", name="Bob")
    job = WorksAt("t1", "p1", "o1")
    store.apply(created([ann, bob, Organization("o1", name="O"), Organization("o2", name="P"), job]))
    moved = dataclasses.replace(job, dst="o2", title="boss")
    newer = Person("p1", name="Anne")
    receipt = store.apply(Batch("second", (change(ann, newer), change(bob, None), change(job, moved))))
    assert (receipt.created, receipt.updated, receipt.removed) == (0, 2, 1)
    found = store.read()
    assert found.records["p1"] == newer and found.records["t1"] == moved and "p2" not in found.records
    assert store.search("bob") == [] and [h.id for h in store.search("anne")] == ["p1"]


def test_a_tie_may_outlive_its_ends(store: Store) -> None:
    ann, firm, job = Person("p1", name="Ann"), Organization("o1", name="O"), WorksAt("t1", "p1", "o1")
    store.apply(created([job], "tie first"))
    store.apply(created([ann, firm], "ends then"))
    store.apply(Batch("no ends", (change(ann, None), change(firm, None))))
    assert list(store.read()) == [job] and store.verify() == []
    assert store.search("") == [] and store.accounts() == []
    store.apply(created([ann], "back again"))
    assert store.read() == Snapshot.of([ann, job])


def test_a_batch_is_applied_once(store: Store) -> None:
    batch = created(suppliers())
    first = store.apply(batch)
    assert store.apply(batch) == first
    assert store.apply(Batch("first", ())) == first
    assert store.last_change() == 2 and len(store.receipts()) == 1


def test_a_change_of_what_is_not_there_is_refused_whole(store: Store) -> None:
    ann = Person("p1", name="Ann")
    store.apply(created([ann]))
    for wrong in (
        change(None, ann),
        change(Person("p1", name="Anna"), Person("p1", name="Anne")),
        change(Person("p9", name="Nobody"), None),
    ):
        with pytest.raises(ConflictError) as caught:
            store.apply(Batch("bad", (change(None, Person("p3", name="C")), wrong)))
        assert caught.value.hint
    assert list(store.read()) == [ann] and store.last_change() == 1 and len(store.receipts()) == 1


def test_changes_within_a_batch_build_on_each_other(store: Store) -> None:
    one, two = Person("p1", name="One"), Person("p1", name="Two")
    gone = Person("p2", name="Gone")
    store.apply(Batch("b", (change(None, one), change(one, two), change(None, gone), change(gone, None))))
    assert list(store.read()) == [two] and store.verify() == []


def test_a_batch_can_be_taken_back(store: Store) -> None:
    store.apply(created(suppliers()))
    before = store.read()
    ann = Person("p1", name="Ann")
    us = before.records["sup-us"]
    store.apply(
        Batch("oops", (change(None, ann), change(us, None), change(None, WorksAt("t", "p1", "sup-us"))))
    )
    logged = [c for c in store.log() if c.batch == "oops"]
    store.apply(inverse(logged, "undo-1", "me"))
    assert store.read() == before and store.verify() == []
    assert [(r.batch, r.undone_by) for r in store.receipts()] == [
        ("undo-1", ""),
        ("oops", "undo-1"),
        ("first", ""),
    ]


def test_the_field_tells_what_is_undone_and_the_title_tells_nothing(store: Store) -> None:
    ann = Person("ann", name="Ann")
    store.apply(created([ann]))
    store.apply(Batch("named", (change(None, Person("bo", name="Bo")),), title="undo first"))
    assert [(r.batch, r.undone_by, r.undoes) for r in store.receipts()] == [
        ("named", "", ""),
        ("first", "", ""),
    ]
    store.apply(Batch("back", (change(ann, None),), title="Ann has asked for it", undoes="first"))
    assert [(r.batch, r.undone_by, r.undoes) for r in store.receipts()] == [
        ("back", "", "first"),
        ("named", "", ""),
        ("first", "back", ""),
    ]
    ws = Workspace(store)
    with pytest.raises(ConflictError, match="undone already, by back"):
        ws.undo("first")
    again = ws.undo("back")
    assert (again.title, again.undoes) == ("undo back", "back") and ann in store.read()
    assert {r.batch: r.undone_by for r in store.receipts()}["first"] == ""


def test_the_last_undo_decides_what_stands(store: Store) -> None:
    """Ids sink while batches come, as random ones may: their order says nothing. The fourth undoes anew, the last a redo."""
    store.apply(created([Person("p1", name="Ann")], "first"))
    stands = []
    for undone, undo in (("first", "z"), ("z", "y"), ("first", "x"), ("x", "w"), ("y", "v")):
        store.apply(inverse([c for c in store.log() if c.batch == undone], undo, "me"))
        stands.append({r.batch: r.undone_by for r in store.receipts()})
    assert stands == [
        {"first": "z", "z": ""},
        {"first": "", "z": "y", "y": ""},
        {"first": "x", "z": "", "y": "x", "x": ""},
        {"first": "", "z": "w", "y": "", "x": "w", "w": ""},
        {"first": "v", "z": "", "y": "v", "x": "", "w": "v", "v": ""},
    ]


@pytest.mark.parametrize("account", ["a-org", "b-org", "a-unit", "sup-us", "lone", "nobody"])
def test_a_scope_is_what_the_snapshot_says(store: Store, account: str) -> None:
    store.apply(created(everything()))
    assert store.read(account) == Snapshot.of(everything()).scope(account)


def test_a_scope_leaves_the_neighbour_out(store: Store) -> None:
    store.apply(created(everything()))
    ids = set(store.read("a-org").records)
    # Who else belongs to a circle is not the account's business, unless a supplier's; the one who sways the wife is.
    assert {r.id for r in one_account("a")} - ids == {"a-t7"}
    assert not ids & {"b-boss", "b-deal", "b-sum", "b-met", "lone", "d1", "d2", "d4"}


def test_a_scope_holds_our_roadmap_whichever_needs_it_answers(store: Store) -> None:
    """An item of the roadmap is a deal of a supplier, with no needs of others beside it."""
    road = Deal("road", account="sup-us", name="Platform", answers=("a-deal", "b-deal"))
    store.apply(created([*everything(), road]))
    with store.records() as records:
        ((_, scoped),) = records.scopes(["a-org"])
    whole = Snapshot.of([*everything(), road])
    assert store.read("a-org") == scoped == whole.scope("a-org") == next(whole.scopes(["a-org"]))[1]
    assert scoped.get(Deal, "road") == road and "b-deal" not in scoped.records


def test_a_scope_holds_suppliers_people_in_its_circles(store: Store) -> None:
    """A rival's person in the club of a's boss is a's business, with the employer; in b's club they are not."""
    records = [
        *everything(),
        *(Person(p, name=p) for p in ("spy", "other", "neighbour")),
        WorksAt("s1", "spy", "sup-rival"),
        WorksAt("s2", "other", "sup-rival"),
        WorksAt("s5", "neighbour", "b-org"),
        MemberOf("s3", "spy", "a-club"),
        MemberOf("s4", "other", "b-club"),
        MemberOf("s6", "neighbour", "a-club"),
    ]
    store.apply(created(records))
    found = store.read("a-org")
    assert found == Snapshot.of(records).scope("a-org")
    assert {"spy", "s1", "s3"} <= set(found.records)
    assert not {"other", "s2", "s4", "neighbour", "s5", "s6"} & set(found.records)


def test_a_scope_follows_ties_whose_ends_are_gone(store: Store) -> None:
    left = [r for r in everything() if r.id not in {"a-org", "a-boss", "a-guest", "a-team"}]
    store.apply(created(left))
    assert store.read("a-org") == Snapshot.of(left).scope("a-org")


def test_the_log_tells_what_was_known(store: Store) -> None:
    ann = Person("p1", name="Ann")
    first = store.apply(created([ann, *suppliers()]))
    store.apply(Batch("second", (change(ann, dataclasses.replace(ann, note="new")),), "you", "why"))
    log = list(store.log())
    assert [c.seq for c in log] == [1, 2, 3, 4] and store.last_change() == 4
    assert (log[3].actor, log[3].title, log[3].batch) == ("you", "why", "second")
    assert log[0].change == created([ann]).changes[0]
    assert [c.seq for c in store.log(record="p1")] == [1, 4]
    assert replay(store.log(until=first.recorded_at)) == Snapshot.of([ann, *suppliers()])
    assert list(store.log(until=first.recorded_at - timedelta(seconds=1))) == []
    assert [c.seq for c in store.log(record="p1", until=first.recorded_at)] == [1]
    assert replay(store.log(until=datetime.now(UTC) + timedelta(days=1))) == store.read()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("张伟", ["p1"]),
        ("zhangwei", ["p1"]),
        ("ZW", ["p1"]),
        ("Ｚhang W", ["p1"]),
        ("伟", ["p1"]),
        ("GLOBAL", ["o1"]),
        ("global b", ["o1"]),
        ("hx", ["d1"]),
        ("%", []),
        ("' OR 1=1 --", []),
    ],
)
def test_search(store: Store, text: str, found: list[str]) -> None:
    from powermap.model import Deal

    store.apply(
        created(
            [
                Person("p1", name="张伟"),
                Organization("o1", name="环球银行", name_alt="Global Bank"),
                Deal("d1", account="o1", name="核心系统"),
            ]
        )
    )
    assert [h.id for h in store.search(text)] == found


def test_search_puts_beginnings_first_and_keeps_to_the_limit(store: Store) -> None:
    names = ["Bo Li", "Li Bo", "Lia", "Ali"]
    store.apply(created([Person(f"p{i}", name=name) for i, name in enumerate(names)]))
    assert [h.name for h in store.search("li")] == ["Li Bo", "Lia", "Ali", "Bo Li"]
    assert [h.name for h in store.search("li", limit=2)] == ["Li Bo", "Lia"]
    assert store.search("li", kind="Deal") == [] and len(store.search("li", kind="Person")) == 4


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("zhang@GLOBAL", ["p1"]),
        ("c-10", ["p1", "o1"]),
        ("C-1001", ["p1"]),
        ("o1", ["o1"]),
        ("n7", ["p2"]),
        ("0f3a", []),
        ("q", []),
        ("crm", []),
        ("contact", []),
        ("%", []),
        ("\\", []),
        ("' OR 1=1 --", []),
    ],
)
def test_search_by_key(store: Store, text: str, found: list[str]) -> None:
    """By the id in another system, not by the words before it, which all keys have; by an id of ours as a whole."""
    store.apply(
        created(
            [
                Person("p1", name="张伟", email="Zhang@global.example", keys=("crm|contact|C-1001",)),
                Person("p2", name="Ann", keys=("file|person|0f3a/n7",)),
                Organization("o1", name="环球银行", keys=("crm|account|c-10",)),
            ]
        )
    )
    assert sorted(h.id for h in store.search_keys(text)) == sorted(found)
    assert len(store.search_keys(text, limit=1)) == min(1, len(found))


def test_accounts_are_the_customers(store: Store) -> None:
    store.apply(created(everything()))
    assert [(h.id, h.name, h.name_alt) for h in store.accounts()] == [
        ("a-org", "a 银行", "Bank"),
        ("b-org", "b 银行", "Bank"),
    ]


HOSTILE = [
    'O\'Brien "the" `boss` \\ }) DETACH DELETE n //',
    "<script>alert(1)</script>",
    "$name {x} %s ; DROP TABLE thing; --",
    "😀👩‍👩‍👧 𠮷野家 𝒜",
    "line\nbreak\ttab\r\n‮rtl",
    "=1+1",
    "x" * 40_000,
]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_comes_back_and_does_nothing(store: Store, name: str) -> None:
    records = [Person("p1", (name,), name=name, note=name), Organization("o1", name=name, type="customer")]
    store.apply(dataclasses.replace(created(records), actor=name, title=name))
    assert store.read() == Snapshot.of(records) and store.verify() == []
    assert store.receipts()[0].title == name
    assert [h.id for h in store.search(name)] == ["o1", "p1"]
    assert {r.id for r in store.read("o1")} == {"o1"}


def test_rebuild_makes_the_same_again(store: Store) -> None:
    store.apply(created(everything()))
    store.apply(Batch("less", tuple(change(r, None) for r in decoys()[:8])))
    before = store.read()
    store.rebuild()
    assert store.read() == before and store.verify() == []
    assert store.last_change() == len(everything()) + 8


def test_a_batch_larger_than_a_page(store: Store) -> None:
    people: list[Record] = [Person(f"p{i:05}", name=f"n{i}") for i in range(5001)]
    jobs: list[Record] = [WorksAt(f"t{i:05}", f"p{i:05}", "o") for i in range(5001)]
    store.apply(created(people + jobs))
    assert len(store.read()) == 10_002
    assert [c.seq for c in store.log()] == list(range(1, 10_003))
    store.apply(Batch("all gone", tuple(change(r, None) for r in people + jobs)))
    assert len(store.read()) == 0


def _random_batches(seed: int) -> list[Batch]:
    """Make batches that each build on the one before, of records of every kind."""
    dice = random.Random(seed)
    held: dict[str, Record] = {}
    pool = everything()
    batches = []
    for number in range(8):
        changes: list[Change] = []
        for record in dice.sample(pool, dice.randint(1, 25)):
            before = held.get(record.id)
            after: Record | None = record
            if before is not None:
                after = None if dice.random() < 0.4 else _altered(before, dice)
            changes.append(change(before, after))
            if after is None:
                del held[record.id]
            else:
                held[record.id] = after
        batches.append(Batch(f"b{number}", tuple(changes), "me", f"batch {number}"))
    return batches


def _altered(record: Record, dice: random.Random) -> Record:
    if hasattr(record, "evidence"):
        evidence = dataclasses.replace(record.evidence, note=f"note {dice.random()}", on=DAY)
        return dataclasses.replace(record, evidence=evidence)  # type: ignore[call-arg]
    return dataclasses.replace(record, keys=(f"crm|x|{dice.random()}",))  # type: ignore[call-arg]


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
@pytest.mark.parametrize("seed", range(10))
def test_both_stores_end_equal(sqlite_store: Store, neo4j_store: Store, seed: int) -> None:
    stores = (sqlite_store, neo4j_store)
    for batch in _random_batches(seed):
        receipts = [dataclasses.replace(s.apply(batch), recorded_at=datetime.min) for s in stores]
        assert receipts[0] == receipts[1]
    undo = inverse([c for c in sqlite_store.log() if c.batch == "b7"], "undo", "me")
    for each in stores:
        each.apply(undo)
        assert each.verify() == []
    assert sqlite_store.read() == neo4j_store.read()
    for account in ("a-org", "b-unit"):
        assert sqlite_store.read(account) == neo4j_store.read(account)
    assert [c.change for c in sqlite_store.log()] == [c.change for c in neo4j_store.log()]
    for text in ("a", "张", "sam", ""):
        assert sqlite_store.search(text, limit=99) == neo4j_store.search(text, limit=99)
        assert sqlite_store.search_keys(text, limit=99) == neo4j_store.search_keys(text, limit=99)
    assert sqlite_store.accounts() == neo4j_store.accounts()


def test_what_was_known_at_each_batch_is_what_the_store_held_then(store: Store) -> None:
    records = everything()
    states: list[tuple[datetime, Snapshot, list[Hit], list[Hit]]] = []
    for part in (records[:20], records[20:]):
        receipt = store.apply(created(part))
        found = store.search("", limit=99), store.search_keys("example", limit=99)
        states.append((receipt.recorded_at, store.read(), *found))
    for at, state, named, keyed in states:
        past = PastStore(store, at)
        assert past.read() == state
        assert [h.id for h in past.accounts()] == [
            o.id
            for o in sorted(state.all(Organization), key=lambda o: (o.name, o.id))
            if o.type == "customer"
        ]
        assert (past.search("", limit=99), past.search_keys("example", limit=99)) == (named, keyed)


def test_who_writes_is_whom_the_store_knows(store: Store) -> None:
    found = store.access()
    assert found.user
    assert store.author() == found.user
    if store.cypher is None:
        assert store.author("olga") == "olga"
    else:
        assert (store.author("olga"), store.author(found.user)) == (f"olga ({found.user})", found.user)
    assert len(found.rights) == 4
