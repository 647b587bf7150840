"""A batch is taken back, or refused: no record may name one that isn't there."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from two_accounts import DAY, change, created, everything

from powermap.errors import ConflictError
from powermap.model import (
    Batch,
    Deal,
    Figure,
    Interaction,
    KeptLayout,
    Organization,
    Person,
    Record,
    Stands,
    TakesPart,
    WorksAt,
    named,
    record_to_props,
)
from powermap.stores.base import Store
from powermap.workspace import Workspace

ACME, OTHER = Organization("acme", name="Acme"), Organization("other", name="Other")
US = Organization("us", name="Us", type="supplier", us=True)
ANN, BO = Person("ann", name="Ann"), Person("bo", name="Bo")
JOB = WorksAt("job", "ann", "acme")
DEAL, MOVED = Deal("deal", account="other", name="Plant"), Deal("deal", account="acme", name="Plant")
LAYOUT = KeptLayout("layout-acme", account="acme", plan="{}")
Write = Callable[..., Workspace]


@pytest.fixture
def write(sqlite_store: Store) -> Write:
    """Write one batch for each keyword: records to create, or a record before and after."""
    ws = Workspace(sqlite_store)

    def done(**batches: list[Record] | tuple[Record, Record | None]) -> Workspace:
        for name, what in batches.items():
            batch = created(what, name) if isinstance(what, list) else Batch(name, (change(*what),))
            ws.apply(replace(batch, title=f"import {name}"))
        return ws

    return done


def refused(ws: Workspace, batch: str) -> tuple[str, list[str]]:
    """Return what is said, and the batches to undo first, in their order; nothing was written."""
    last = ws.store.last_change()
    with pytest.raises(ConflictError) as caught:
        ws.undo(batch)
    assert ws.store.last_change() == last and "nothing was undone" in caught.value.message
    return caught.value.message, re.findall(r"`powermap undo (\w+)`", caught.value.hint)


def test_the_model_tells_which_fields_name_records() -> None:
    """Of records of every kind, whatever a field holds that is the id of a record is named, and nothing else."""
    records = [
        *everything(),
        Deal("closed", account="a-org", name="X", outcome="won", won_by="sup-us"),
        Figure("rival's", account="a-org", measure="revenue", on=DAY, supplier="sup-rival"),
    ]
    ids, fields = {r.id for r in records}, set()
    for record in records:
        found: set[str] = set()
        for name, value in record_to_props(record).items():
            here = ids & (
                {value} if isinstance(value, str) else set(value) if isinstance(value, list) else set()
            )
            if name != "id" and here:
                fields.add(name)
                found |= here
        assert named(record.KIND, record_to_props(record)) == found, record
    work = {"subject", "said_by", "goal", "targets", "owner", "need"}
    assert fields == {"src", "dst", "account", "deal", "ours", "theirs", "won_by", "supplier"} | work
    assert named("Deal", None) == set()


@pytest.mark.parametrize(
    "thing, fact, said",
    [
        (ACME, Deal("d", account="acme", name="Plant"), "deal Plant"),
        (DEAL, Stands("s", "ann", "us", attitude=2, deal="deal"), "Ann stance Us"),
        (DEAL, TakesPart("t", "ann", "deal"), "Ann takes part Plant"),
        (BO, Interaction("i", account="acme", on=DAY, ours=("bo",)), "Acme"),
        (BO, Interaction("i", account="acme", on=DAY, theirs=("ann", "bo")), "Acme"),
        (US, Figure("f", account="acme", measure="revenue", on=DAY, supplier="us"), "Acme"),
        (US, Deal("d", account="acme", name="Plant", outcome="won", won_by="us"), "deal Plant"),
        (BO, WorksAt("w", "bo", "acme"), "Bo works at Acme"),
        (OTHER, WorksAt("w", "ann", "other"), "Ann works at Other"),
    ],
)
def test_what_a_later_fact_names_is_not_undone(write: Write, thing: Record, fact: Record, said: str) -> None:
    rest: list[Record] = [r for r in (ACME, OTHER, US, ANN, BO) if r is not thing]
    ws = write(base=rest, thing=[thing], fact=[fact])
    message, first = refused(ws, "thing")
    assert said in message and "import fact" in message and first == ["fact"]
    for batch in (*first, "thing"):
        ws.undo(batch)
    assert {r.id for r in ws.snapshot()} == {r.id for r in rest}


def test_what_was_undone_holds_nobody_back(write: Write) -> None:
    """Nor is it named among what to undo first: neither the undone batch nor its undo."""
    ws = write(base=[ANN, ACME], job=[JOB])
    ws.undo("job")
    write(name=(ANN, replace(ANN, name="Anna")))
    ws.undo("name")
    write(again=(ANN, replace(ANN, name="Anne")))
    assert refused(ws, "base")[1] == ["again"]
    for batch in ("again", "base"):
        ws.undo(batch)
    assert not len(ws.snapshot())


def test_what_was_brought_back_holds_as_before(write: Write) -> None:
    ws = write(firm=[ACME], staff=[ANN, JOB])
    ws.undo(ws.undo("staff").batch)
    message, first = refused(ws, "firm")
    assert "Ann works at Acme" in message and "import staff" in message and first == ["staff"]
    ws.undo("staff")
    ws.undo("firm")
    assert not len(ws.snapshot())


def test_a_change_brought_back_is_a_change(write: Write) -> None:
    ws = write(base=[ANN], name=(ANN, replace(ANN, name="Anna")))
    ws.undo(ws.undo("name").batch)
    message, first = refused(ws, "base")
    assert "import name" in message and first == ["name"]
    ws.undo("name")
    ws.undo(ws.undo("base").batch)
    write(later=(ANN, replace(ANN, name="Anne")))
    assert refused(ws, "base")[1] == ["later"], "not itself, although it was written anew"


def test_a_tie_does_not_come_back_to_what_is_gone(write: Write) -> None:
    ws = write(firm=[ACME], staff=[ANN, JOB])
    staff, firm = ws.undo("staff").batch, ws.undo("firm").batch
    message, first = refused(ws, staff)
    assert "Ann works at Acme" in message and "the undo of import firm" in message and first == [firm]
    ws.undo(firm)
    ws.undo(staff)
    assert {r.id for r in ws.snapshot()} == {"acme", "ann", "job"}


def test_a_tie_does_not_come_back_to_what_a_later_batch_removed(write: Write) -> None:
    ws = write(base=[ACME, ANN, JOB], left=(JOB, None), closed=(ACME, None))
    message, first = refused(ws, "left")
    assert "organization Acme was taken away by import closed" in message and first == ["closed"]
    for batch in ("closed", "left"):
        ws.undo(batch)
    assert len(ws.snapshot()) == 3


def test_the_last_state_of_a_later_record_counts(write: Write) -> None:
    """A deal that was moved away doesn't hold its first company; it can't be moved back to it then."""
    ws = write(acme=[ACME], other=[OTHER], deal=[DEAL], moved=(DEAL, MOVED))
    assert refused(ws, "acme")[1] == ["moved"], "before it was moved it named another"
    write(away=(MOVED, DEAL), back=(DEAL, MOVED))
    assert refused(ws, "acme")[1] == ["back"], "without it the deal is away"
    ws.undo("back")
    ws.undo("away")
    gone = ws.undo("other").batch
    message, first = refused(ws, "moved")
    assert "deal Plant: organization Other" in message and first == [gone]


def test_what_was_changed_and_changed_back_is_as_it_was(write: Write) -> None:
    anna = replace(ANN, name="Anna")
    ws = write(base=[ANN], there=(ANN, anna), back=(anna, ANN))
    assert refused(ws, "there")[1] == ["back"]
    ws.undo("base")
    assert not len(ws.snapshot())


def test_what_named_nothing_before_may_name_nothing_after(write: Write) -> None:
    ws = write(base=[ACME, ANN, JOB], closed=(ACME, None), title=(JOB, replace(JOB, title="CEO")))
    ws.undo("title")
    assert ws.snapshot().records["job"] == JOB
    strays = write(stray=[Stands("s", "nobody", "nowhere")])
    strays.undo(strays.undo("stray").batch)
    assert "s" in ws.snapshot().records


@pytest.mark.parametrize(
    ("facts", "zh", "en"),
    [(3, "：已在", "Plant 2: written"), (4, "等 4 条：已在", "Plant 2 and 1 more: written")],
)
def test_three_facts_are_named_and_the_others_counted(write: Write, facts: int, zh: str, en: str) -> None:
    deals: list[Record] = [Deal(f"d{n}", account="acme", name=f"Plant {n}") for n in range(facts)]
    ws = write(firm=[ACME], deals=deals)
    with pytest.raises(ConflictError) as caught:
        ws.undo("firm")
    assert zh in caught.value.words.zh and en in caught.value.words.en
    assert caught.value.words.zh.count("Plant") == caught.value.words.en.count("Plant") == 3


def test_a_batch_is_not_undone_twice(write: Write) -> None:
    """Although somebody wrote the same again by hand."""
    anna = replace(ANN, name="Anna")
    ws = write(base=[ANN], name=(ANN, anna))
    undo = ws.undo("name").batch
    write(hand=(ANN, anna))
    with pytest.raises(ConflictError, match=f"undone already, by {undo}"):
        ws.undo("name")


def test_the_layout_of_an_account_goes_and_comes_with_it(write: Write) -> None:
    ws = write(base=[ACME, ANN, JOB], layout=[LAYOUT])
    undo = ws.undo("base")
    assert undo.removed == 4 and not len(ws.snapshot())
    again = ws.undo(undo.batch)
    assert ws.snapshot().records["layout-acme"] == LAYOUT
    write(drawn=(LAYOUT, replace(LAYOUT, plan='{"lanes": []}')))
    assert ws.undo(again.batch).removed == 4, "a new drawing holds nobody back"
    assert not len(ws.snapshot()) and ws.store.verify() == []
