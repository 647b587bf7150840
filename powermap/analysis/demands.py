"""What the grade of an account demands and isn't there: the rule, asked of what a lens sees."""

from __future__ import annotations

from powermap.analysis.deciders import deciders
from powermap.analysis.key_people import lonely_keys
from powermap.analysis.matrix import unmatched
from powermap.analysis.rules import duty
from powermap.analysis.rules.duty import Decider, Fault, Limits
from powermap.analysis.rules.grade import demands
from powermap.analysis.text import call
from powermap.lens import Lens
from powermap.words import by_language


def faults(lens: Lens, fewest: int) -> list[Fault]:
    """Return what the grade demands and isn't there, or can't be judged; nothing for a grade that demands nothing.

    `fewest` is the number of ways that share nobody to the decision-maker with the fewest, -1 where nobody is known to
    decide.
    """
    limits, wanted = Limits.of(lens.pack), demands(lens.account.grade, lens.pack)
    found: list[Fault] = []
    if "general" in wanted:
        units = {s.unit: by_language(s.unit, s.unit_alt) for s in lens.seats.values() if s.unit}
        found += duty.general(units, {lens.seats[c.dst].unit for c in lens.covers()})
    if "key" in wanted or "named" in wanted:
        known = deciders(lens)
        people = [Decider(p, call(lens, p), lens.attitude(p)) for p in known.shares]
        lonely = {p: call(lens, p) for p in lonely_keys(lens)}
        found += duty.key(people, known.ground == "rank", limits, marked="named" in wanted, lonely=lonely)
    if "organization" in wanted:
        relation = lens.relations.get(lens.supplier.id)
        found += duty.organization(relation.level if relation else None, limits)
    if "levels" in wanted:
        found += unmatched(lens)
    if "ways" in wanted:
        found += duty.ways(fewest, limits)
    if "deputy" in wanted:
        found += duty.deputy(len({c.dst for c in lens.covers() if c.duty == "deputy"}), limits)
    return found
