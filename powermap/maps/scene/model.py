"""The parts of a scene: what a map shows, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from powermap.analysis.competition import Lead
from powermap.maps.layout.layout import Grid
from powermap.maps.scene.routes import Route
from powermap.maps.scene.story import Step


class Text(NamedTuple):
    """A text in the two languages of the page."""

    zh: str
    en: str


@dataclass(frozen=True)
class Member:
    """One of a supplier's people who covers somebody. `covers`: page id -> dots (1 to 4) and duty."""

    name: Text
    title: Text
    level: int | None
    covers: Mapping[str, tuple[int, str]]


@dataclass(frozen=True)
class Camp:
    """A supplier on the map. `key` is us, a, b, …; `tone` its colour token."""

    key: str
    id: str
    letter: Text
    name: Text
    tone: str
    share: float
    team: tuple[Member, ...] = ()


@dataclass(frozen=True)
class Standing:
    """How one supplier stands with one person. `attitude` None is unknown; `dots` 0 to 4 is the relation's strength."""

    attitude: int | None
    known: bool
    owners: tuple[Text, ...]
    owner_names: tuple[Text, ...]
    dots: int
    sole: bool
    single_contact: bool
    uncovered: bool
    moved: int
    was: str
    stale: bool
    assumed: bool
    last_contact: str
    evidence: Mapping[str, Any]
    swing: bool = False


@dataclass(frozen=True)
class Figure:
    """A person on the map; `id` is the page's own, in reading order, and says nothing else.

    `private` holds what only managers see: addresses and notes. `when` holds the positions of the days on which they
    were there, as in :class:`Link`; None: on all.
    """

    id: str
    record: str
    name: Text
    title: Text
    unit: Text
    level: int | None
    x: float
    y: float
    bus: float
    foot: float
    radius: float
    power: float
    power_asserted: bool
    placeholder: bool
    external: bool
    badges: tuple[tuple[str, Text, bool], ...]
    bosses: tuple[str, ...]
    standings: Mapping[str, Standing]
    lead: Lead
    circles: Text
    blocks: bool = False
    private: Mapping[str, str] = field(default_factory=dict)
    when: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Link:
    """A tie on the map: `kind` is line, dotted, influence, conflict or circle.

    `when` holds the positions of the days on which it holds: those of the reviews, oldest first, then today.
    """

    kind: str
    a: str
    b: str
    strength: float
    assumed: bool
    label: Text
    when: tuple[int, ...] = ()


@dataclass(frozen=True)
class Review:
    """How everybody stood on the day of an earlier review: camp's key -> person's page id -> standing.

    `shares` are the camps' shares of influence on the decision on that day; the rest was the members' own.
    """

    day: date
    standings: Mapping[str, Mapping[str, Standing]]
    shares: Mapping[str, float]


@dataclass(frozen=True)
class Scene:
    """Everything a page shows; `one`: it opens with one map over the full width.

    `notes` are those of the account and the deal, `mark` says who drew it and when: both for managers only.
    """

    title: Text
    deal: Text
    as_of: date
    since: date | None
    camps: tuple[Camp, ...]
    figures: tuple[Figure, ...]
    links: tuple[Link, ...]
    grid: Grid
    lanes: Mapping[str, Text]
    bands: Mapping[int, Text]
    headline: Text
    plain: bool
    one: bool
    reviews: tuple[Review, ...]
    roles: tuple[tuple[str, Text, Text, bool], ...]
    attitudes: Mapping[int, Text]
    routes: Mapping[str, Mapping[str, Route]]
    told: str = "us"
    steps: tuple[Step, ...] = ()
    notes: tuple[Text, ...] = ()
    mark: str = ""

    @property
    def here(self) -> tuple[Figure, ...]:
        """The people of today."""
        return tuple(f for f in self.figures if f.when is None or len(self.reviews) in f.when)
