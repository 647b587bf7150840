"""Two records made one, on both stores: what the other had belongs to the one that stays, and undo brings it back."""

from __future__ import annotations

from two_accounts import DAY

from powermap.model import (
    Batch,
    Change,
    Interaction,
    Organization,
    Person,
    Record,
    ReportsTo,
    Stands,
    Tie,
    WorksAt,
    props_to_text,
    record_to_props,
)
from powermap.stores.base import Store
from powermap.workspace import Workspace

RECORDS: list[Record] = [
    Organization("acme", name="Acme"),
    Organization("us", name="Ourselves", type="supplier", us=True),
    Person("a", name="单雄", email="x@acme.example"),
    Person("b", name="Shan Xiong", phone="1234567"),
    Person("c", name="Ben Stone"),
    WorksAt("w1", "a", "acme"),
    WorksAt("w2", "b", "acme", title="CTO"),
    WorksAt("w3", "c", "acme"),
    ReportsTo("r", "c", "b"),
    Stands("s", "b", "us", attitude=2),
    Interaction("m", account="acme", on=DAY, theirs=("b", "c")),
]


def written(store: Store) -> list[str]:
    return [f"{r.KIND} {props_to_text(record_to_props(r))}" for r in store.read()]


def test_a_merge_and_its_undo(store: Store) -> None:
    ordered = sorted(RECORDS, key=lambda r: isinstance(r, Tie))
    store.apply(Batch("first", tuple(Change(r.KIND, r.id, None, record_to_props(r)) for r in ordered)))
    before, ws = written(store), Workspace(store)
    (pair,) = ws.duplicates(hints=True)
    assert {pair.one, pair.other} == {"a", "b"} and pair.verdict == "hint"
    ws.merge("单雄", "Shan Xiong")
    after = store.read()
    assert [r.id for r in after.all(Person)] == ["a", "c"] and store.verify() == []
    assert after.all(ReportsTo)[0].dst == after.all(Stands)[0].src == "a"
    assert [h.id for h in store.search("Shan Xiong")] == ["a"]
    ws.undo()
    assert written(store) == before and store.verify() == []
