"""How somebody of a supplier's gets to each person of the account, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass

from powermap.analysis.cover import owners
from powermap.analysis.meetings import Met, met
from powermap.analysis.text import call, names
from powermap.analysis.ways import best_ways
from powermap.lens import Lens
from powermap.words import Words


@dataclass(frozen=True, slots=True)
class Contact:
    """Who of the supplier's goes to a person, and the days that getting there takes; 0 for whom somebody covers.

    Nobody covers the person: `met` is a meeting to begin from, else `through` are those who introduce, else no way is
    known and `by` is empty.
    """

    by: str = ""
    days: float = 0.0
    met: Met | None = None
    through: tuple[str, ...] = ()

    def words(self, lens: Lens, person: str) -> Words | None:
        """Say how to begin with this person, whom nobody covers; None for whom somebody does."""
        if not self.days:
            return None
        if self.met is not None:
            return self.met.words(lens)
        if not self.by:
            return Words("眼下没有靠得住的路", "no way that is likely to work leads there")
        ours, through = call(lens, self.by), names(lens, self.through, 2)
        to = call(lens, person)
        return Words(f"{ours.zh} 可请 {through.zh} 引见", f"{through.en} can introduce {ours.en} to {to.en}")


KNOWN = Contact()
"""Somebody who needs no introduction."""


def contacts(lens: Lens) -> dict[str, Contact]:
    """Return for everybody of the account how the lens's supplier gets to them.

    A rival's people are known by hearsay: whom they seem not to cover they may well know, so none of it costs them days.
    """
    covered = owners(lens)
    if not lens.supplier.us:
        return {p: Contact(covered[p][0]) if p in covered else KNOWN for p in lens.seats}
    days = lens.pack.topic("actions")["contact"]
    introduction = next(
        float(row["effort"]) for row in lens.pack.topic("actions")["move"] if row["key"] == "connect"
    )
    cold = float(days["cold"])
    last, ways = met(lens), best_ways(lens)
    found = {}
    for person in lens.seats:
        if person in covered:
            found[person] = Contact(covered[person][0])
        elif person in last:
            found[person] = Contact(last[person].ours, float(days["met"]), last[person])
        # A hair below counts: the product of a way comes from logarithms.
        elif person in ways and ways[person].probability >= days["likely"] - 1e-9:
            ours, *through, _ = ways[person].people
            # A long chain of introductions is no more work than to begin from nothing.
            found[person] = Contact(ours, min(cold, introduction * len(through)), None, tuple(through))
        else:
            found[person] = Contact("", cold)
    return found
