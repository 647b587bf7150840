"""Who may see what: a profile is an allow-list of properties, applied before anything is computed or drawn.

What a profile doesn't list is not in the records that reach the page, so no output can leak it: neither a field,
nor a colour, nor the order in which people stand.
"""

from __future__ import annotations

from collections.abc import Mapping

from powermap.errors import RenderError
from powermap.lens import Lens, look
from powermap.maps.privacy.anonymous import anonymous, codes_for
from powermap.model import (
    Assessment,
    Organization,
    Person,
    Record,
    Snapshot,
    Tie,
    WorksAt,
    record_from_props,
    record_to_props,
)
from powermap.model.fields import Privacy, privacy
from powermap.model.record import RECORDS, props_of
from powermap.words import Words

CHART = ("Organization", "Person", "PART_OF", "WORKS_AT", "REPORTS_TO")
"""Kinds of record that a customer knows of themselves."""
_ALWAYS = {"id", "src", "dst", "valid_from", "valid_to"}


def _listed(kind: str, *classes: Privacy) -> frozenset[str]:
    """Return the properties of a kind of record that these classes of privacy may see."""
    of = privacy(kind)
    return frozenset(prop for prop in props_of(kind) if of.get(prop, "team") in classes or prop in _ALWAYS)


TEAM = {kind: _listed(kind, "open", "team") for kind in RECORDS}
"""The default: what a deal team needs, attitudes included; no private notes, no addresses."""
FULL = {kind: frozenset(props_of(kind)) for kind in RECORDS}
OUTSIDE = {kind: _listed(kind, "open") for kind in CHART}
"""What the customer may see: the organization; no attitude, influence, coverage, role, note or source, no rival.

Nor the layout that the account keeps: the order of its places is that of power.
"""
ANONYMOUS = {
    kind: frozenset(listed.split())
    for kind, listed in {
        "Organization": "id name type us",
        "Person": "id name",
        "WORKS_AT": "id src dst ev_status",
        "INFLUENCES": "id src dst strength sign ev_status ev_confidence",
        "COVERS": "id src dst strength duty ev_status ev_confidence",
        "STANDS": "id src dst attitude ev_status ev_confidence",
    }.items()
}
"""For screenshots and examples: what :mod:`powermap.maps.privacy.anonymous` makes the records anew of."""
PROFILES: Mapping[str, Mapping[str, frozenset[str]]] = {
    "team": TEAM,
    "full": FULL,
    "outside": OUTSIDE,
    "anonymous": ANONYMOUS,
}


def see(lens: Lens, profile: str, codes: Mapping[str, str] | None = None) -> Lens:
    """Look through the lens with only what the profile allows.

    Parameters
    ----------
    codes
        For the profile anonymous: those of :func:`~powermap.maps.privacy.anonymous.codes_for`, where several days are shown
        together; default: those of this day.

    Raises
    ------
    RenderError
        If there is no such profile.
    """
    if profile == "anonymous":
        snapshot = anonymous(lens, codes or codes_for(lens))
    else:
        snapshot = reduce(lens.snapshot, lens, profile)
    supplier = lens.supplier.id if profile != "outside" else None
    deal = lens.deal.id if lens.deal and lens.deal.id in snapshot.records else ""
    return look(
        snapshot, lens.account.id, as_of=lens.as_of, pack=lens.pack, supplier_id=supplier, deal_id=deal
    )


def reduce(snapshot: Snapshot, lens: Lens, profile: str) -> Snapshot:
    """Keep of the records of a lens's account what the profile (not anonymous) allows."""
    if profile not in PROFILES:
        raise RenderError(
            Words(f"没有“{profile}”这种查看范围", f"there is no profile {profile!r}"),
            hint=Words(f"可选：{'、'.join(PROFILES)}", f"choose one of {', '.join(PROFILES)}"),
        )
    allowed = PROFILES[profile]
    kept: list[Record] = []
    for record in snapshot:
        if record.KIND not in allowed or (profile == "outside" and _of_others(record, lens)):
            continue
        if isinstance(record, Assessment) and profile != "full" and _is_private(record, lens):
            continue
        props = {k: v for k, v in record_to_props(record).items() if k in allowed[record.KIND]}
        kept.append(record_from_props(record.KIND, props))
    return Snapshot.of(kept)


def _is_private(record: Assessment, lens: Lens) -> bool:
    """Tell whether a judgement is of an item that only managers see, as what somebody needs for themselves."""
    item = lens.pack.items.get(record.item)
    return item is not None and item.private


def _of_others(record: Record, lens: Lens) -> bool:
    """Tell whether a record is about neither the customer nor the fact that we are we."""
    own = lens.organizations
    if isinstance(record, Organization):
        return record.id not in own and not record.us
    if isinstance(record, Person):
        return record.id not in lens.seats or lens.seats[record.id].external
    if isinstance(record, WorksAt):
        return record.dst not in own
    return isinstance(record, Tie) and record.KIND == "REPORTS_TO" and record.src not in lens.seats
