"""The accounts that are managed: those with goals, actions, voices or a team; what a grade demands of others tells duty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from powermap.analysis.text import plural
from powermap.lens import Lens, look
from powermap.method import Pack
from powermap.model import Action, Goal, Organization, Records, Serves, Voice, accounts_of
from powermap.portfolio.data.account_units import own_homes
from powermap.words import Words, by_language


def managed(records: Records) -> list[Organization]:
    """Return them, by name."""
    home = own_homes(records)
    work: list[Goal | Action | Voice] = [*records.all(Goal), *records.all(Action), *records.all(Voice)]
    named = {w.account for w in work}
    worked = {a for account in named for a in home.get(account, ())} | {t.dst for t in records.all(Serves)}
    return [o for o in accounts_of(records) if o.id in worked]


FEW = 5
"""Accounts that a note names."""


def left_out(records: Records) -> list[Words]:
    """Say how many accounts are not managed and so not in an answer, which, of what grade, and why."""
    within = {o.id for o in managed(records)}
    others = [o for o in accounts_of(records) if o.id not in within]
    if not others:
        return []
    named = [by_language(o.name, o.name_alt) for o in others[:FEW]]
    zh = "、".join(f"{w.zh}（{o.grade or '未定级'}）" for w, o in zip(named, others, strict=False))
    en = ", ".join(f"{w.en} ({o.grade or 'no grade'})" for w, o in zip(named, others, strict=False))
    more = len(others) - len(named)
    return [
        Words(
            f"{len(within) + len(others)} 个客户中有 {len(others)} 个不在其中，因为没有目标、行动、客户声音，也没有团队：{zh}"
            + (f" 等 {len(others)} 个" if more else ""),
            f"{len(others)} of {plural(len(within) + len(others), 'account')} left out, without goal, action, voice or team: {en}"
            + (f" and {more} more" if more else ""),
        )
    ]


def lenses(
    records: Records, pack: Pack, day: date, among: list[Organization] | None = None
) -> Iterator[Lens]:
    """Look at each managed account on a day."""
    wanted = managed(records) if among is None else among
    for account, scope in records.scopes(tuple(o.id for o in wanted)):
        yield look(scope, account, as_of=day, pack=pack)
