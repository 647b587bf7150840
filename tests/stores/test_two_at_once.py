"""Several write at once: nobody is doubled, nothing hangs, nothing is lost unsaid, and a refusal names people and facts."""

from __future__ import annotations

import os
import random
import re
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from powermap.errors import ConflictError, MovedError, PowermapError
from powermap.model import (
    TIES,
    Batch,
    Change,
    Organization,
    Person,
    Receipt,
    Tie,
    WorksAt,
    record_to_props,
)
from powermap.model.record import mentioned
from powermap.stores import open_store
from powermap.stores.base import Store
from powermap.stores.replay import replay
from powermap.workspace import Workspace

LONG = bool(os.environ.get("POWERMAP_TEST_LONG"))
HOUSES = "Name,Type,Us\nAcme,customer,\nOurselves,supplier,yes\n"
START = "Name,Company,Title\nBen Stone,Acme,CEO\nOlga Ours,Ourselves,\n"


def take(ws: Workspace, folder: Path, name: str, text: str, **how: object) -> Receipt | None:
    path = folder / f"{name}.csv"
    path.write_text(text, "utf-8")
    done = ws.import_([path], **how)  # type: ignore[arg-type]
    assert not done.plan.problems, done.plan.problems
    return done.receipt


@pytest.fixture
def begun(store: Store, tmp_path: Path) -> Store:
    with_start = Workspace(store, actor="first")
    take(with_start, tmp_path, "organizations", HOUSES)
    take(with_start, tmp_path, "people", START)
    return store


class Between(Workspace):
    """A workspace before whose next write somebody else does something."""

    def __init__(self, store: Store, other: Callable[[], object], actor: str) -> None:
        super().__init__(store, actor=actor)
        real = store.apply
        waiting = [other]

        def apply(batch: Batch, *, after: int | None = None) -> Receipt:
            if waiting:
                store.apply = real  # type: ignore[method-assign]
                waiting.pop()()
            return real(batch, after=after)

        store.apply = apply  # type: ignore[method-assign]


def people(store: Store) -> Counter[str]:
    return Counter(p.name for p in store.read().all(Person))


def sound(store: Store) -> None:
    """Check what must hold whoever wrote: nobody twice, no tie without its ends, the state is that of the log."""
    state = store.read()
    twice = {name: n for name, n in people(store).items() if n > 1}
    assert not twice
    assert max(Counter(o.name for o in state.all(Organization)).values()) == 1
    for record in state:
        for ident in mentioned(record):
            assert ident in state.records, f"{record.KIND} hangs"
    jobs = Counter((t.src, t.dst) for t in state.all(WorksAt) if t.period.end is None)
    assert not jobs or max(jobs.values()) == 1
    assert replay(store.log()) == state


def test_two_who_import_the_same_people_make_them_once(begun: Store, tmp_path: Path) -> None:
    text = "Name,Company,Title\nAda Park,Acme,CTO\nCleo Wing,Borealis,CEO\n"
    first = Workspace(begun, actor="olga")
    second = Between(begun, lambda: take(first, tmp_path, "a", text), "ben")
    assert take(second, tmp_path, "b", text.replace("CTO", "CTO").replace("Name,", "Name,")) is None
    assert people(begun)["Ada Park"] == people(begun)["Cleo Wing"] == 1
    sound(begun)


def test_what_the_other_did_not_say_is_still_written(begun: Store, tmp_path: Path) -> None:
    first = Workspace(begun, actor="olga")
    second = Between(begun, lambda: take(first, tmp_path, "a", "Name,Company\nAda Park,Acme\n"), "ben")
    receipt = take(
        second, tmp_path, "b", "Name,Company,Boss\nAda Park,Acme,Ben Stone\nDora Lane,Acme,Ada Park\n"
    )
    assert receipt is not None and receipt.actor == "ben"
    assert people(begun)["Ada Park"] == people(begun)["Dora Lane"] == 1
    sound(begun)


def test_what_both_changed_is_refused_with_both_versions(begun: Store, tmp_path: Path) -> None:
    first = Workspace(begun, actor="olga")
    text = "Name,Company,Title\nBen Stone,Acme,{}\n"
    second = Between(begun, lambda: take(first, tmp_path, "a", text.format("Chairman"), correct=True), "ben")
    before = None
    with pytest.raises(ConflictError) as refused:
        take(second, tmp_path, "b", text.format("President"), correct=True)
    said = str(refused.value)
    assert all(word in said for word in ("Ben Stone", "olga", "Chairman", "President")), said
    assert not re.search(r"[0-9a-f]{12}|WORKS_AT", said)
    # Said again it is written: they have seen the other's word.
    before = take(Workspace(begun, actor="ben"), tmp_path, "b", text.format("President"), correct=True)
    assert before is not None
    sound(begun)


def test_of_two_undos_one_is_told_who_was_first(begun: Store, tmp_path: Path) -> None:
    receipt = take(Workspace(begun), tmp_path, "a", "Name,Company\nAda Park,Acme\n")
    assert receipt
    first = Workspace(begun, actor="olga")
    second = Between(begun, lambda: first.undo(receipt.batch), "ben")
    with pytest.raises(PowermapError, match="undone already"):
        second.undo(receipt.batch)
    assert not people(begun)["Ada Park"]
    sound(begun)


def test_an_undo_does_not_take_away_what_somebody_has_just_tied(begun: Store, tmp_path: Path) -> None:
    receipt = take(Workspace(begun), tmp_path, "a", "Name,Company\nAda Park,Acme\n")
    assert receipt
    first = Workspace(begun, actor="olga")
    second = Between(
        begun, lambda: take(first, tmp_path, "b", "Name,Company,Boss\nDora Lane,Acme,Ada Park\n"), "ben"
    )
    with pytest.raises(ConflictError) as refused:
        second.undo(receipt.batch)
    assert "Dora Lane" in str(refused.value) or "Ada Park" in str(refused.value)
    assert not re.search(
        r"REPORTS_TO|WORKS_AT|\b[0-9a-f]{16}\b", str(refused.value).replace(receipt.batch, "")
    )
    sound(begun)


def test_a_batch_for_an_older_state_is_not_taken(begun: Store) -> None:
    seq = begun.last_change()
    dora = Person("d", name="Dora")
    made = Batch("one", (Change("Person", "d", None, record_to_props(dora)),))
    begun.apply(made, after=seq)
    other = Batch("two", (Change("Person", "e", None, record_to_props(Person("e", name="Eve"))),))
    with pytest.raises(MovedError):
        begun.apply(other, after=seq)
    assert "e" not in begun.read().records
    # Applying a batch that is there already is no conflict: it is answered with its receipt.
    assert begun.apply(made, after=seq).batch == "one"


def bustle(location: str, password: str | None, folder: Path, seed: int, writers: int) -> list[str]:
    """Let several write at once, each what it likes; return what they were refused with."""
    refused: list[str] = []
    faults: list[BaseException] = []
    start = threading.Barrier(writers)

    def work(number: int) -> None:
        rng = random.Random(seed * 10 + number)
        mine = folder / f"w{number}"
        mine.mkdir(exist_ok=True)
        try:
            with open_store(location, password=password, create=False) as store:
                ws = Workspace(store, actor=f"writer {number}")
                start.wait(timeout=60)
                for _ in range(rng.randint(1, 3)):
                    try:
                        act(ws, rng, mine)
                    except PowermapError as error:
                        refused.append(str(error))
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults, faults
    return refused


def act(ws: Workspace, rng: random.Random, folder: Path) -> None:
    """Import overlapping people, correct a title, take the last batch back."""
    names = [f"Person {c}" for c in "ABCDE"]
    what = rng.randrange(4)
    if what == 0:
        some = rng.sample(names, 3)
        rows = "".join(f"{n},Acme,{rng.choice(('CTO', 'CFO'))}\n" for n in some)
        take(ws, folder, "p", f"Name,Company,Title\n{rows}", correct=True)
    elif what == 1:
        low, high = sorted(rng.sample(names, 2))
        take(ws, folder, "b", f"Name,Company,Boss\n{low},Acme,{high}\n{high},Acme,\n", on=date(2026, 1, 1))
    elif what == 2:
        take(ws, folder, "t", f"Name,Company,Title\nBen Stone,Acme,Title {rng.randrange(9)}\n", correct=True)
    elif ws.store.receipts()[0].title.startswith("import") and len(ws.store.receipts()) > 2:
        ws.undo()


@pytest.mark.parametrize("seed", range(2000 if LONG else 120))
def test_whatever_happens_at_once_the_file_is_sound(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "power.db"
    with open_store(str(path)) as store:
        ws = Workspace(store)
        take(ws, tmp_path, "organizations", HOUSES)
        take(ws, tmp_path, "people", START)
    refused = bustle(str(path), None, tmp_path, seed, 2 + seed % 3)
    with open_store(str(path)) as store:
        sound(store)
        assert not store.verify()
    for said in refused:
        assert not re.search(r"|".join(TIES), said), said


@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
@pytest.mark.parametrize("seed", range(200 if LONG else 8))
def test_whatever_happens_at_once_the_server_is_sound(
    neo4j_store: Store, neo4j_server_uri: tuple[str, str | None], tmp_path: Path, seed: int
) -> None:
    ws = Workspace(neo4j_store)
    take(ws, tmp_path, "organizations", HOUSES)
    take(ws, tmp_path, "people", START)
    uri, password = neo4j_server_uri
    bustle(uri, password, tmp_path, seed, 2 + seed % 3)
    sound(neo4j_store)
    assert not neo4j_store.verify()
    assert isinstance(neo4j_store.read().all(WorksAt)[0], Tie)
