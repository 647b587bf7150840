"""Let somebody who was forgotten be recorded again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from powermap.editing.naming import Register
from powermap.errors import AnalysisError
from powermap.importing import random_id
from powermap.model import Batch, Change, Erasure, Organization, Person, Snapshot, record_to_props
from powermap.model.erasure_marks import forgotten
from powermap.words import Words


def allowing(now: Snapshot, name: str, account: str | None, today: date, actor: str) -> Batch:
    """Return the batch that lets a person of this name, or with this address, be recorded again.

    Parameters
    ----------
    account
        Name of the organization they work for; default: any.

    Raises
    ------
    AnalysisError
        If nobody of this name was forgotten there.
    """
    register = Register(now)
    houses = [register.one(account, Organization)] if account else now.all(Organization)
    where = [known for house in houses for known in (house.id, house.name, house.name_alt) if known] or [""]
    who = Person("?", name=name, email=name if "@" in name else "")
    erasures = [e for e in now.all(Erasure) if e.allowed is None]
    found = []
    while (erasure := forgotten(who, [*where, ""], erasures)) is not None:
        erasures.remove(erasure)
        found.append(erasure)
    if not found:
        raise AnalysisError(
            Words(f"没有叫“{name}”的人被删除过", f"nobody called {name!r} was forgotten"),
            hint=Words(
                "按姓名和所在公司，或按邮箱查找", "it is looked for by name and company, or by address"
            ),
        )
    changes = tuple(
        Change(e.KIND, e.id, record_to_props(e), record_to_props(replace(e, allowed=today))) for e in found
    )
    return Batch(random_id(), changes, actor, "allow")
