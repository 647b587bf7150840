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
