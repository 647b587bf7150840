"""What we knew at an instant: the log, replayed."""

from __future__ import annotations

from collections.abc import Iterable

from powermap.model import RECORDS, LoggedChange, Record, Snapshot, record_from_props


def replay(changes: Iterable[LoggedChange]) -> Snapshot:
    """Build the state after `changes`, which are in the order of the log."""
    state: dict[str, Record] = {}
    for logged in changes:
        change = logged.change
        if change.after is None:
            state.pop(change.id, None)
        else:
            state[change.id] = record_from_props(change.kind, change.after)
    return Snapshot.of(state.values())


def differences(truth: Snapshot, projection: Snapshot) -> list[str]:
    """Say in words where a projection differs from the replayed log; empty if it doesn't."""
    found = []
    for record_id, record in sorted({**projection.records, **truth.records}.items()):
        want, have = truth.records.get(record_id), projection.records.get(record_id)
        if want != have:
            name = getattr(record, "name", "") or record_id
            found.append(told(record.KIND, name, held=have is not None, wanted=want is not None))
    return found


def told(kind: str, name: str, *, held: bool, wanted: bool) -> str:
    """Say how a record differs, of which the projection holds something, or the log wants something, or both."""
    what = "differs from the log" if held and wanted else "should not be there" if held else "is missing"
    return f"{RECORDS[kind].__name__} {name} {what}"
