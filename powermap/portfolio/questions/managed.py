"""The accounts that are managed: those with goals, actions, voices or a team; what a grade demands of others tells duty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from powermap.lens import Lens, look
from powermap.method import Pack
from powermap.model import Action, Goal, Organization, Records, Serves, Voice, accounts_of
from powermap.portfolio.data.account_units import own_homes


def managed(records: Records) -> list[Organization]:
    """Return them, by name."""
    home = own_homes(records)
    work: list[Goal | Action | Voice] = [*records.all(Goal), *records.all(Action), *records.all(Voice)]
    named = {w.account for w in work}
    worked = {a for account in named for a in home.get(account, ())} | {t.dst for t in records.all(Serves)}
    return [o for o in accounts_of(records) if o.id in worked]


def lenses(
    records: Records, pack: Pack, day: date, among: list[Organization] | None = None
) -> Iterator[Lens]:
    """Look at each managed account on a day."""
    wanted = managed(records) if among is None else among
    for account, scope in records.scopes(tuple(o.id for o in wanted)):
        yield look(scope, account, as_of=day, pack=pack)
