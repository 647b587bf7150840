"""What the log no longer says is nowhere in the store, on both kinds, and the projection follows."""

from __future__ import annotations

import dataclasses
from typing import Any

from two_accounts import change, created, everything

from powermap.model import Batch, Change, LoggedChange, Snapshot, props_to_text, record_to_props
from powermap.privacy.erasing import erase
from powermap.privacy.held import hold
from powermap.stores.base import Store


def whole(store: Store) -> str:
    """Everything that the store hands out, as one text."""
    told = [
        props_to_text([c.title, c.actor, c.change.before, c.change.after, c.change.source])
        for c in store.log()
    ]
    told += [props_to_text(record_to_props(r)) for r in store.read()]
    told += [f"{r.title} {r.actor}" for r in store.receipts()]
    if store.cypher is not None:
        for query in ("MATCH (n) RETURN properties(n)", "MATCH ()-[r]->() RETURN properties(r)"):
            told += [str(row) for row in store.cypher(query, {})[1]]
    return "\n".join(told)


def test_a_person_is_nowhere_and_all_else_is_as_it_was(store: Store) -> None:
    records = everything()
    store.apply(created(records))
    boss = next(r for r in records if r.id == "a-boss")
    store.apply(Batch("second", (change(boss, dataclasses.replace(boss, note="plays the zither")),)))  # type: ignore[arg-type]
    assert "zither" in whole(store)
    held = hold("a-boss", store.log)
    assert held is not None
    receipt = erase(
        store, held, held.mentions, "olga", dataclasses.replace(held.records[0]).recorded_at.date()
    )
    assert receipt.title == "erase" and receipt.actor == "olga"
    left = store.read()
    assert "a-boss" not in left.records
    assert "zither" not in whole(store)
    untouched = {r.id: r for r in records if r.id not in held.own and "a-boss" not in str(r)}
    assert {i: left.records[i] for i in untouched} == untouched
    assert store.verify() == []
    store.rebuild()
    assert store.read() == left


def test_an_entry_keeps_its_place_and_the_rest_its_words(store: Store) -> None:
    records = everything()
    store.apply(created(records))
    before = list(store.log())

    def edit(entry: LoggedChange) -> LoggedChange:
        if entry.change.id != "lone":
            return entry
        return dataclasses.replace(entry, title="t", change=Change(entry.change.kind, "lone", None, None))

    store.rewrite(edit, Batch("by", ()))
    after = list(store.log())
    assert [(c.seq, c.change.kind, c.change.id) for c in after] == [
        (c.seq, c.change.kind, c.change.id) for c in before
    ]
    assert [a.change for a in after if a.change.id != "lone"] == [
        b.change for b in before if b.change.id != "lone"
    ]
    assert {c.title for c in after} == {"t"}
    assert store.read() == Snapshot.of([r for r in records if r.id != "lone"])


def test_what_is_written_by_it_is_all_or_nothing(store: Store) -> None:
    store.apply(created(everything()))
    state, log = store.read(), list(store.log())
    wrong: Any = Change("Person", "a-boss", {"id": "a-boss", "name": "not so"}, None)
    try:
        store.rewrite(lambda e: dataclasses.replace(e, title="x"), Batch("by", (wrong,)))
    except Exception as error:
        assert "changed meanwhile" in str(error)
    else:
        raise AssertionError("a batch made for another state was taken")
    assert (store.read(), list(store.log())) == (state, log)
