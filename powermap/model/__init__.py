"""The vocabulary: people, organizations, deals, the ties between them, and how we know."""

from powermap.model.change import (
    Batch,
    Bulk,
    Change,
    Created,
    Hit,
    LoggedChange,
    Receipt,
    inverse,
    props_to_text,
)
from powermap.model.evidence import Evidence, Period
from powermap.model.problem import Problem
from powermap.model.record import (
    RECORDS,
    THINGS,
    TIES,
    Record,
    Thing,
    Tie,
    record_from_props,
    record_to_props,
)
from powermap.model.snapshot import Records, Snapshot
from powermap.model.things import Deal, Figure, Interaction, KeptLayout, Organization, Person
from powermap.model.ties import (
    Covers,
    Influences,
    MemberOf,
    PartOf,
    Relates,
    ReportsTo,
    Stands,
    TakesPart,
    WorksAt,
)

__all__ = [
    "RECORDS",
    "THINGS",
    "TIES",
    "Batch",
    "Bulk",
    "Change",
    "Covers",
    "Created",
    "Deal",
    "Evidence",
    "Figure",
    "Hit",
    "Influences",
    "Interaction",
    "KeptLayout",
    "LoggedChange",
    "MemberOf",
    "Organization",
    "PartOf",
    "Period",
    "Person",
    "Problem",
    "Receipt",
    "Record",
    "Records",
    "Relates",
    "ReportsTo",
    "Snapshot",
    "Stands",
    "TakesPart",
    "Thing",
    "Tie",
    "WorksAt",
    "inverse",
    "props_to_text",
    "record_from_props",
    "record_to_props",
]
