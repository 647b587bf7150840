"""What is told of all accounts from tables is what the lens tells of each."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from odd_stores import DAY, write
from test_one_rule import PACK, rich_records

from powermap.lens import look
from powermap.model import (
    Deal,
    Influences,
    Interaction,
    Organization,
    Person,
    Record,
    Snapshot,
    Stands,
    Tie,
    WorksAt,
)
from powermap.portfolio import Columns, answer, scan
from powermap.portfolio.questions import duty, health
from powermap.portfolio.questions.concerns import told
from powermap.stores.sqlite.rows import SqliteRows
from powermap.stores.sqlite.store import SqliteStore

ENDS: dict[str, type[Record]] = {"PART_OF": Organization, "RELATES": Organization, "TAKES_PART": Deal}
ENDS |= dict.fromkeys(("WORKS_AT", "MEMBER_OF", "STANDS"), Organization)


def tidy_records(seed: int) -> list[Record]:
    """Draw a rich store whose ties join what they should, with channels, units, asserted power and names."""
    rng = random.Random(seed * 11 + 3)
    pick, records = rng.choice, {r.id: r for r in rich_records(seed)}
    found: list[Record] = []
    for r in records.values():
        if isinstance(r, Tie):
            src = Organization if r.KIND in ("PART_OF", "RELATES") else Person
            ends = records.get(r.src), records.get(r.dst)
            if not isinstance(ends[0], src) or not isinstance(ends[1], ENDS.get(r.KIND, Person)):
                continue
        if isinstance(r, Person):
            # Now and then two have one name.
            name = r.name if rng.random() < 0.1 else f"{r.id} {rng.randrange(99)}"
            r = replace(r, name=name, power=pick((None, None, 3.0, 6.0, 9.5)))
        elif isinstance(r, WorksAt):
            r = replace(r, unit=pick(("", "Sales", "Works")))
        elif isinstance(r, Influences):
            r = replace(r, channel=pick(("", "建议", "information", "friendship", "gossip")))
        elif isinstance(r, Stands):
            on = pick((None, DAY - timedelta(days=rng.randrange(400))))
            r = replace(r, evidence=replace(r.evidence, on=on))
        elif isinstance(r, Interaction):
            theirs = [i for i in records if i.startswith("p")] or ["p0"]
            ours = [f"o{n}" for n in range(4)]
            r = replace(r, ours=tuple(rng.sample(ours, 2)), theirs=tuple(rng.choices(theirs, k=3)))
        found.append(r)
    return found


@pytest.mark.parametrize("first", range(0, 240, 60))
def test_tables_tell_what_the_lens_tells(first: int, tmp_path: Path) -> None:
    """Most accounts are told of from tables, also those with people of power, meetings with them, and old judgements."""
    kinds: Counter[str] = Counter()
    for seed in range(first, first + 60):
        snapshot = Snapshot.of(tidy_records(seed))
        with SqliteStore(tmp_path / f"{seed}.db") as store:
            write(store, list(snapshot))
            with SqliteRows(store.location) as rows:
                for account, found in told(rows, DAY, PACK).items():
                    lens = look(snapshot.scope(account), account, as_of=DAY, pack=PACK)
                    assert found == health.see(lens), (seed, account)
                    said = found.uncovered.en if found.uncovered else ""
                    kinds.update(["all", *(["bare"] if said else ()), *(["old"] if found.stale else ())])
                    kinds.update(["met"] if " met " in said else ())
                    kinds.update(["several"] if " and " in said.split(".")[0] else ())
        kinds["accounts"] += sum(o.type == "customer" for o in snapshot.all(Organization))
    assert kinds["all"] > kinds["accounts"] / 2
    assert min(kinds[kind] for kind in ("bare", "old", "met", "several")) > 1, kinds


def test_answers_of_one_page_share_what_they_need(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other records, or another rule pack, are judged anew."""
    snapshot = Snapshot.of(rich_records(3))
    result = scan(Columns.from_snapshot(snapshot, PACK, DAY))
    first = duty.account_faults(result, snapshot, PACK)
    monkeypatch.setattr(duty, "faults", lambda *_: pytest.fail("asked again"))
    answer(result, "health", snapshot, PACK)
    answer(result, "duty", snapshot, PACK)
    monkeypatch.undo()
    other = Snapshot.of(snapshot)
    assert duty.account_faults(result, other, PACK) == first
    assert duty.account_faults(result, other, PACK) is not first
    again = duty.account_faults(result, other, replace(PACK))
    assert again == first
