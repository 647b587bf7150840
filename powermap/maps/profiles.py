"""Who may see what: a profile is an allow-list of properties, applied before anything is computed or drawn.

What a profile doesn't list is not in the records that reach the page, so no output can leak it: neither a field,
nor a colour, nor the order in which people stand.
"""

from __future__ import annotations

from collections.abc import Mapping

from powermap.errors import RenderError
from powermap.lens import Lens, look
from powermap.maps.anonymous import anonymous, codes_for
from powermap.model import (
    Organization,
    Person,
    Record,
    Snapshot,
    Tie,
    WorksAt,
    record_from_props,
    record_to_props,
)
from powermap.words import Words

TIE = "id src dst valid_from valid_to"
SAID = "ev_source ev_author ev_on ev_note ev_status ev_confidence"
TEAM: Mapping[str, str] = {
    "Organization": "id keys name name_alt type us grade industry region product_tier",
    "Person": "id keys name name_alt placeholder power adaptability",
    "Deal": "id keys account name name_alt horizon stage value currency rule project_type close_on outcome won_by",
    "Interaction": "id keys account on channel ours theirs purpose source",
    "Figure": "id keys account measure on value currency category supplier source",
    "Layout": "id keys account plan",
    "PART_OF": f"{TIE} {SAID}",
    "WORKS_AT": f"{TIE} {SAID} title title_alt unit unit_alt level",
    "REPORTS_TO": f"{TIE} {SAID} dotted",
    "INFLUENCES": f"{TIE} {SAID} strength sign channel",
    "MEMBER_OF": f"{TIE} {SAID} role role_alt",
    "COVERS": f"{TIE} {SAID} strength duty",
    "TAKES_PART": f"{TIE} {SAID} roles votes veto",
    "STANDS": f"{TIE} {SAID} attitude deal acceptance participation support information guidance rivalry",
    "RELATES": f"{TIE} {SAID} level bond stickiness stages",
}
"""The default: what a deal team needs, attitudes included; no private notes, no addresses."""
PRIVATE: Mapping[str, str] = {
    "Organization": "note",
    "Person": "email phone note",
    "Deal": "note",
    "Interaction": "note",
}
FULL: Mapping[str, str] = {kind: f"{listed} {PRIVATE.get(kind, '')}" for kind, listed in TEAM.items()}
OUTSIDE: Mapping[str, str] = {
    "Organization": "id name name_alt type us",
    "Person": "id name name_alt placeholder",
    "PART_OF": TIE,
    "WORKS_AT": f"{TIE} title title_alt unit unit_alt level",
    "REPORTS_TO": f"{TIE} dotted",
}
"""What the customer may see: the organization; no attitude, influence, coverage, role, note or source, no rival.

Nor the layout that the account keeps: the order of its places is that of power.
"""
ANONYMOUS: Mapping[str, str] = {
    "Organization": "id name type us",
    "Person": "id name",
    "WORKS_AT": "id src dst ev_status",
    "INFLUENCES": "id src dst strength sign ev_status ev_confidence",
    "COVERS": "id src dst strength duty ev_status ev_confidence",
    "STANDS": "id src dst attitude ev_status ev_confidence",
}
"""For screenshots and examples: what :mod:`powermap.maps.anonymous` makes the records anew of."""
PROFILES: Mapping[str, Mapping[str, str]] = {
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
        For the profile anonymous: those of :func:`~powermap.maps.anonymous.codes_for`, where several days are shown
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
    allowed = {kind: frozenset(listed.split()) for kind, listed in PROFILES[profile].items()}
    kept: list[Record] = []
    for record in snapshot:
        if record.KIND not in allowed or (profile == "outside" and _of_others(record, lens)):
            continue
        props = {k: v for k, v in record_to_props(record).items() if k in allowed[record.KIND]}
        kept.append(record_from_props(record.KIND, props))
    return Snapshot.of(kept)


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
