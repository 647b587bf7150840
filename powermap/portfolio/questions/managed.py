"""The accounts that are managed: those with goals, actions or a team, or whose grade demands all three relations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from powermap.analysis.rules.grade import demands
from powermap.lens import Lens, look
from powermap.method import Pack
from powermap.model import Action, Goal, Organization, Records, Serves, Voice, accounts_of
from powermap.portfolio.data.account_units import own_homes


def managed(records: Records, pack: Pack) -> list[Organization]:
    """Return them, by name."""
    home = own_homes(records)
    work: list[Goal | Action | Voice] = [*records.all(Goal), *records.all(Action), *records.all(Voice)]
    named = {w.account for w in work}
    worked = {a for account in named for a in home.get(account, ())} | {t.dst for t in records.all(Serves)}
    return [o for o in accounts_of(records) if o.id in worked or "organization" in demands(o.grade, pack)]


def lenses(
    records: Records, pack: Pack, day: date, among: list[Organization] | None = None
) -> Iterator[Lens]:
    """Look at each managed account on a day."""
    wanted = managed(records, pack) if among is None else among
    for account, scope in records.scopes(tuple(o.id for o in wanted)):
        yield look(scope, account, as_of=day, pack=pack)
