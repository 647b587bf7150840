"""What we knew at an instant: the log, replayed."""

from __future__ import annotations

from collections.abc import Iterable

from powermap.model import LoggedChange, Record, Snapshot, record_from_props


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
    for record_id in sorted(truth.records.keys() | projection.records.keys()):
        want, have = truth.records.get(record_id), projection.records.get(record_id)
        if want != have:
            record = want or have
            what = (
                "is missing"
                if have is None
                else "should not be there"
                if want is None
                else "differs from the log"
            )
            found.append(f"{type(record).__name__} {getattr(record, 'name', '') or record_id} {what}")
    return found
