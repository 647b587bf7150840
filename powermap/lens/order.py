"""The order of what is looked at: by what the records say, so that no answer depends on the ids of an import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from powermap.model import Deal, Figure, Interaction, Organization, Person, Record, Snapshot, Thing, Tie
from powermap.model.record import content, named, record_to_props

Key = tuple[Any, ...]


def ordered(snapshot: Snapshot) -> Snapshot:
    """Return the same records ordered by their content: things by kind and name, ties by their ends.

    Things that say the same are told apart by their ties, and only what these leave open is in the order of ids.
    """
    things: dict[type[Thing], list[Thing]] = defaultdict(list)
    ties: list[Tie] = []
    for record in snapshot:
        if isinstance(record, Tie):
            ties.append(record)
        elif isinstance(record, Thing):
            things[type(record)].append(record)
    found: list[Thing] = []
    touching = _Touching(snapshot, ties)
    for cls in (Organization, Person):
        found += _by(things.pop(cls, ()), lambda t: (t.name, t.name_alt), content, touching)
    place = {t.id: n for n, t in enumerate(found)}

    def names(record: Record) -> Key:
        refs = named(record.KIND, record_to_props(record))
        return tuple(sorted(place.get(i, -1) for i in refs))

    cheap: dict[type[Thing], Callable[[Any], Key]] = {
        Deal: lambda d: (d.name, str(d.close_on)),
        Interaction: lambda i: (i.on, i.channel),
        Figure: lambda f: (f.on, f.measure, f.category, f.currency, f.supplier != "", f.value),
    }
    for kind in sorted(things, key=lambda k: k.KIND):
        found += _by(things[kind], cheap.get(kind, lambda _: ()), content, names)
    place = {t.id: n for n, t in enumerate(found)}
    last = len(place)

    def ends(tie: Tie) -> Key:
        return tie.KIND, place.get(tie.src, last), place.get(tie.dst, last)

    return Snapshot({r.id: r for r in (*found, *_by(ties, ends, content))})


def _by(records: Iterable[Any], first: Callable[[Any], Key], *further: Callable[[Any], Key]) -> list[Any]:
    """Sort by the first key, and by a further one only what that leaves level."""
    found = sorted(records, key=first)
    if not further:
        return found
    result: list[Any] = []
    for _, group in groupby(found, first):
        level = list(group)
        result += level if len(level) == 1 else _by(level, *further)
    return result


class _Touching:
    """Key of a thing by its ties: their kind, direction and content, and whom they lead to; made when asked for."""

    def __init__(self, snapshot: Snapshot, ties: list[Tie]) -> None:
        self.snapshot, self.ties = snapshot, ties
        self.at: dict[str, list[tuple[int, Tie, str]]] | None = None

    def __call__(self, thing: Thing) -> Key:
        if self.at is None:
            self.at = defaultdict(list)
            for tie in self.ties:
                self.at[tie.src].append((0, tie, tie.dst))
                self.at[tie.dst].append((1, tie, tie.src))
        return tuple(
            sorted((tie.KIND, way, self._far(other), content(tie)) for way, tie, other in self.at[thing.id])
        )

    def _far(self, thing_id: str) -> Key:
        other = self.snapshot.records.get(thing_id)
        return () if other is None else content(other)
