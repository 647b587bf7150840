"""What an attitude rests on: cells of six dimensions over a year, facts that prove it, and the total they make."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from powermap.method import Pack
from powermap.method.attitude import AttitudeRule
from powermap.model import Assessment, Stands
from powermap.model.ties import DIMENSIONS

ATTITUDE, FACT = "attitude", "fact"
"""Families of items: those of the six dimensions, and the events that prove a supporter."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One judgement on one dimension: its value, when, by whom, on what ground; `record` is where it is kept."""

    item: str
    value: int
    on: date | None
    author: str
    words: str
    record: str


@dataclass(frozen=True, slots=True)
class Grounds:
    """What one person's attitude to one supplier rests on.

    Parameters
    ----------
    cells
        The last cell of each dimension within the window, by item.
    stale
        The last cell of a dimension where it is older than the window.
    facts
        The events that prove a supporter.
    typed
        The total that somebody gave, None if nobody did.
    total
        What the cells make, None of too few.
    counted
        What is reckoned with: the typed total, else the derived one, less where it is unproven.
    unproven
        Whether a total that wants a fact has none.
    """

    cells: Mapping[str, Cell]
    stale: Mapping[str, Cell]
    facts: tuple[Assessment, ...]
    typed: int | None
    total: int | None
    counted: int | None
    unproven: bool

    @property
    def contradicts(self) -> bool:
        """Whether the typed total is another than the cells make."""
        return self.typed is not None and self.total is not None and self.typed != self.total

    @property
    def oldest(self) -> Cell | None:
        """The cell that was judged the longest ago."""
        return min(self.cells.values(), key=lambda c: c.on or date.min, default=None)


class GroundsOf:
    """The grounds of everybody's attitudes on a day."""

    def __init__(
        self, assessments: Iterable[Assessment], stances: Iterable[Stands], pack: Pack, day: date
    ) -> None:
        self.rule, self.day = AttitudeRule.of(pack), day
        self._cells: dict[tuple[str, str], list[Cell]] = defaultdict(list)
        self._facts: dict[tuple[str, str], list[Assessment]] = defaultdict(list)
        items = {key: item.family for key, item in pack.items.items()}
        for a in assessments:
            key = a.subject, a.supplier
            if items.get(a.item) == ATTITUDE and a.score is not None:
                author = a.evidence.author
                self._cells[key].append(Cell(a.item, int(a.score), a.on, author, a.words, a.id))
            elif items.get(a.item) == FACT and a.score != 0 and (a.until is None or a.until > day):
                self._facts[key].append(a)
        self._columns: dict[tuple[str, str], list[Stands]] = defaultdict(list)
        for s in stances:
            if any(getattr(s, d) is not None for d in DIMENSIONS):
                self._columns[s.src, s.dst].append(s)

    def has_any(self) -> bool:
        """Tell whether anybody's attitude rests on more than a total."""
        return bool(self._cells or self._facts or self._columns)

    def of(self, person: str, supplier: str, typed: Stands | None, *, us: bool) -> Grounds:
        """Return the grounds of one attitude; assessments about us name no supplier."""
        key = person, "" if us else supplier
        cells = [*self._cells.get(key, ())]
        for s in self._columns.get((person, supplier), ()):
            if typed is None or s.deal in ("", typed.deal):
                on, words = s.evidence.on or s.period.start, s.evidence.note
                cells += [
                    Cell(d, value, on, s.evidence.author, words, s.id)
                    for d in DIMENSIONS
                    if (value := getattr(s, d)) is not None
                ]
        last: dict[str, Cell] = {}
        for cell in sorted(cells, key=lambda c: c.on or date.min):
            last[cell.item] = cell
        since = self.day - timedelta(days=self.rule.window)
        # A cell without a day is of the judgement that holds today.
        fresh = {i: c for i, c in last.items() if c.on is None or c.on > since}
        stale = {i: c for i, c in last.items() if i not in fresh}
        facts = tuple(self._facts.get(key, ()))
        given = typed.attitude if typed is not None else None
        total = self.rule.total({i: c.value for i, c in fresh.items()})
        # A rival's supporter always counts in full.
        proven = bool(facts) or not us
        counted = given if given is not None else self.rule.counted(total, proven=proven)
        said = given if given is not None else total
        unproven = us and not facts and said is not None and said >= self.rule.unproven
        return Grounds(fresh, stale, facts, given, total, counted, unproven)
