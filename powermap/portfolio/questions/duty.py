"""What the grade of a customer demands, and where it is not done: the red list, account by account."""

from __future__ import annotations

from powermap.analysis.demands import faults
from powermap.analysis.rules.duty import Fault
from powermap.analysis.rules.grade import demanding
from powermap.lens import look
from powermap.method import Pack
from powermap.model import Records
from powermap.portfolio.account_scan import Scan

UNREAD = ("Figure", "Interaction", "Layout")
"""Kinds of records that the demands on an account don't look at."""


def account_faults(scan: Scan, records: Records, pack: Pack) -> dict[int, list[Fault]]:
    """Judge every account whose grade demands something; number of the account -> what is missing."""
    return scan.once(_account_faults, records, pack)


def _account_faults(scan: Scan, records: Records, pack: Pack) -> dict[int, list[Fault]]:
    found, grades = {}, demanding(pack)
    wanted = {a.id: i for i, a in enumerate(scan.columns.accounts) if a.grade in grades}
    for account_id, scope in records.scopes(tuple(wanted), UNREAD):
        i = wanted[account_id]
        lens = look(scope, account_id, as_of=scan.columns.as_of, pack=pack)
        found[i] = faults(lens, int(scan.fewest[i]))
    return found
