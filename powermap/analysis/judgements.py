"""The last verdicts of what is judged of an account, its market and its suppliers, with who said so and whether they hold still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from powermap.analysis.text import call
from powermap.lens import Lens
from powermap.method.items import Item
from powermap.model import Assessment
from powermap.words import Words, both, by_language


@dataclass(frozen=True, slots=True)
class Judgement:
    """The last verdict of an item about a subject and a supplier (empty: us), and whether it is out of date."""

    item: Item
    record: Assessment
    stale: bool

    @property
    def said(self) -> Words:
        """What the verdict says: its score, and the words."""
        score, a = self.item.named(self.record.score), self.record
        return Words(
            " · ".join(filter(None, (score.zh, a.words))), " · ".join(filter(None, (score.en, a.words)))
        )


def judgements(lens: Lens, *readers: str) -> tuple[Judgement, ...]:
    """Return the last verdicts of the items that these answers read, in the order of the pack, then of their days."""
    last: dict[tuple[str, str, str], Assessment] = {}
    for a in lens.assessments:
        if a.item in lens.pack.items and lens.pack.items[a.item].read_by in readers:
            last[a.item, a.subject, a.supplier] = a
    order = {key: n for n, key in enumerate(lens.pack.items)}
    found = [Judgement(lens.pack.items[a.item], a, stale(lens, a)) for a in last.values()]
    return tuple(sorted(found, key=lambda j: (order[j.item.key], j.record.on or date.min)))


def stale(lens: Lens, a: Assessment) -> bool:
    """Tell whether a verdict no longer holds on the day of the lens."""
    return outdated(a, lens.pack.items[a.item], lens.as_of)


def outdated(a: Assessment, item: Item, day: date) -> bool:
    """Tell whether a verdict no longer holds on a day: it has ended, or is as old as its item says that one lasts."""
    if a.until is not None:
        return a.until <= day
    return a.on is not None and a.on + timedelta(days=item.valid_days) <= day


def grounds(lens: Lens, a: Assessment) -> tuple[Words, Words]:
    """Return the source of a verdict and its author: where it is theirs, who of them gave it."""
    who = call(lens, a.said_by) if a.said_by else both(a.evidence.author)
    return both(a.evidence.source), who


def firm_name(lens: Lens, supplier: str) -> Words:
    """Return what a supplier is called, in each language."""
    seen = next((s.organization for s in lens.suppliers if s.id == supplier), None)
    found: object = seen or lens.snapshot.records.get(supplier)
    name = str(getattr(found, "name", supplier))
    return by_language(name, str(getattr(found, "name_alt", "")))
