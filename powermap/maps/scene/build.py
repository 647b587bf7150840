"""What a map shows, before anything is drawn: one scene from one lens, the same for every supplier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from powermap.analysis.age import last_judged, stale
from powermap.analysis.calibration import Calibration
from powermap.analysis.competition import Lead, leads
from powermap.analysis.cover import owners, sole_cover, uncovered
from powermap.analysis.decision import decides
from powermap.analysis.fragility import fragile, reach
from powermap.analysis.influence import power
from powermap.analysis.projection import strength_of
from powermap.analysis.shares import shares
from powermap.errors import RenderError
from powermap.kernels.threads import on_one_thread
from powermap.lens import Lens, Seat
from powermap.maps.layout.free_slots import continued
from powermap.maps.layout.layout import OUTSIDE, Grid, Layout, Place, arrange, column_of
from powermap.maps.layout.placement import departments, levels
from powermap.maps.layout.saved_layout import kept_layout
from powermap.maps.layout.text_metrics import NAME, TITLE, wrap
from powermap.maps.scene.model import Camp, Figure, Link, Member, Review, Scene, Standing, Text
from powermap.maps.scene.routes import blockers, routes, swinging
from powermap.maps.scene.story import Step, told, written
from powermap.model import Evidence, Organization, Person, WorksAt
from powermap.words import Words, by_language

ONE_MAP = 45
"""With more people than this, the page opens with one map over the full width instead of panels side by side."""


def one_map(lens: Lens, plain: bool = False) -> bool:
    """Tell whether the page opens with one map over the full width, by today's people and suppliers."""
    return plain or len(lens.seats) > ONE_MAP or len(lens.suppliers) == 1


def both(name: str, alt: str) -> Text:
    """Sort a name and its other name by language."""
    return Text(*by_language(name, alt))


@on_one_thread
def build(
    lens: Lens,
    *,
    since: date | None = None,
    kept: Layout | None = None,
    before: Lens | None = None,
    history: Sequence[Lens] = (),
    plain: bool = False,
    story: str | None = None,
    calibration: Calibration | None = None,
    sheet: bool = False,
    mark: str = "",
) -> Scene:
    """Make the scene.

    Parameters
    ----------
    since, before
        The day of the last review, and the same lens on it: what moved is marked.
    kept
        A layout to keep, in place of the account's own.
    history
        The same lens on the days of earlier reviews, oldest first; nobody moves between them.
    story
        A story written by hand; None: none, empty: that of the findings.
    calibration
        The record on closed deals, which corrects P(win) in the story of the findings.
    sheet
        Whether it is for a sheet or a slide: columns are made wider, and names have more room.
    mark
        Who drew it and when, to stand on it.
    plain
        Only the organization: everybody is drawn alike, and nothing is said about anybody's stand or power.
    """
    # Who has left is on the slider still, as last seen; of equal days the latest counts.
    gone = _gone(lens, history)
    seats = {**lens.seats, **{p: then.seats[p] for p, then in gone.items()}}
    said = {**{p: power(then)[p] for p, then in gone.items()}, **power(lens)}
    strength = {p: (4.0, True) if plain else (v.value, v.asserted) for p, v in said.items()}
    values = {p: value for p, (value, _) in strength.items()}
    one = one_map(lens, plain)
    kept = kept or kept_layout(lens)
    if gone and kept:
        # Those of today come first: they stand where a drawing without the past has them.
        kept = _grid(lens, values, kept, one).layout
    grid = _grid(lens, values, kept, one, [seats[p] for p in gone])
    if sheet:
        grid = _grid(lens, values, grid.layout, one, pitch=grid.layout.sheet)
    order = sorted(seats, key=lambda p: (grid.centres[p][1], grid.centres[p][0]))
    pages = {p: f"p{n:02d}" for n, p in enumerate(order, 1)}
    part = shares(lens)
    camps = tuple(
        Camp(
            "us" if s.us else s.letter.lower(),
            s.id,
            Text("我", "Us") if s.us else Text(s.letter, s.letter),
            Text("我方", "Us") if s.us else both(s.organization.name, s.organization.name_alt),
            "us" if s.us else s.letter.lower() if s.letter in "AB" else "other",
            part.suppliers[s.id],
            _team(lens, s.id, pages),
        )
        for s in lens.suppliers
    )[: 1 if plain else None]
    standings = {camp.key: _standings(lens, camp.id, before) for camp in camps}
    views = {camp.key: lens.with_supplier(camp.id) for camp in camps} if not plain else {}
    for key, view in views.items():
        for person in swinging(view):
            standings[key][person] = replace(standings[key][person], swing=True)
    veto = frozenset() if plain else blockers(lens)
    lead = leads(lens)
    circle_names = _circles(lens)
    figures = tuple(
        _figure(
            lens,
            seats[p],
            pages,
            grid,
            *strength[p],
            {k: s.get(p, ABSENT) for k, s in standings.items()},
            lead.get(p, Lead("uncovered")),
            circle_names.get(p, Text("", "")),
            p in veto,
            _private(lens, seats[p].person),
            tuple(n for n, then in enumerate([*history, lens]) if p in then.seats),
            len(history) + 1,
        )
        for p in order
    )
    return Scene(
        title=both(lens.account.name, lens.account.name_alt),
        deal=both(lens.deal.name, lens.deal.name_alt) if lens.deal else Text("", ""),
        as_of=lens.as_of,
        since=since,
        camps=camps,
        figures=figures,
        links=_links_over_time([*history, lens], pages),
        reviews=tuple(
            Review(
                then.as_of,
                _standings_then(then, camps, pages, history[n - 1] if n else None),
                {} if plain else _shares_then(then, camps),
            )
            for n, then in enumerate(history)
        ),
        grid=grid,
        lanes=_lane_names(lens, grid),
        bands={row["value"]: Text(row["zh"], row["en"]) for row in lens.pack.topic("levels")["level"]}
        | {6: Text("层级未定", "Level unknown")},
        headline=Text("", "") if plain else _headline(lens),
        plain=plain,
        one=one,
        roles=tuple((r.key, Text(*r.words), Text(*r.badge), r.filled) for r in lens.pack.roles.values()),
        attitudes={a.value: Text(*a.words) for a in lens.pack.attitudes.values()},
        routes={key: routes(view, pages) for key, view in views.items()},
        told=next((c.key for c in camps if c.id == lens.supplier.id), camps[0].key),
        steps=()
        if plain or story is None
        else _steps(story, lens, {p: pages[p] for p in lens.seats}, calibration),
        notes=tuple(Text(r.note, r.note) for r in (lens.account, lens.deal) if r and r.note),
        mark=mark,
    )


def _gone(lens: Lens, history: Sequence[Lens]) -> dict[str, Lens]:
    return {p: then for then in history for p in then.seats if p not in lens.seats}


def arranged(
    lens: Lens, kept: Layout | None = None, *, anew: bool = False, history: Sequence[Lens] = ()
) -> Layout:
    """Return the layout with which an account is drawn: a kept one (default: its own) with newcomers placed, or a new one.

    A new one has places for those of earlier reviews too (`history`, as in :func:`build`).
    """
    if not lens.seats:
        raise RenderError(
            Words(
                f"{lens.account.name} 在 {lens.as_of} 没有人员",
                f"{lens.account.name} has no people on {lens.as_of}",
            ),
            hint=Words("请先导入人员名单", "import a people list first"),
        )
    kept = None if anew else kept or kept_layout(lens)
    gone = {} if kept else _gone(lens, history)
    strength = {p: v.value for then in (*gone.values(), lens) for p, v in power(then).items()}
    seats = [then.seats[p] for p, then in gone.items()]
    return _grid(lens, strength, kept, one_map(lens), seats).layout


def pushed(lens: Lens) -> frozenset[str]:
    """Return who doesn't stand on the map where the account keeps them, because there was no room for somebody else."""
    strength = {p: v.value for p, v in power(lens).items()}
    return _grid(lens, strength, kept_layout(lens), one_map(lens)).moved


def _steps(
    story: str, lens: Lens, pages: Mapping[str, str], calibration: Calibration | None
) -> tuple[Step, ...]:
    return written(story, lens, pages) if story else told(lens, pages, calibration)


def _shares_then(then: Lens, camps: Sequence[Camp]) -> dict[str, float]:
    part = shares(then).suppliers
    return {camp.key: part.get(camp.id, 0.0) for camp in camps}


def _grid(
    lens: Lens,
    strength: Mapping[str, float],
    kept: Layout | None,
    wide: bool,
    gone: Sequence[Seat] = (),
    pitch: float | None = None,
) -> Grid:
    seats = (*lens.seats.values(), *gone)
    lanes, bands = departments(seats, kept), levels(lens, seats, kept)
    places = [
        Place(
            s.id,
            OUTSIDE if s.external else lanes[s.unit],
            bands[s.id],
            strength[s.id],
            s.name,
            *_extent(s, strength[s.id], pitch or column_of(kept, wide)),
        )
        for s in seats
    ]
    lines = [(t.src, t.dst) for t in lens.lines if not t.dotted]
    return arrange(
        places, lines, [(t.src, t.dst) for t in lens.influences], kept=kept, wide=wide, pitch=pitch
    )


def _radius(value: float) -> float:
    return round(8 + 2.6 * max(0.4, value / 2), 1)


def _extent(seat: Seat, value: float, column: float) -> tuple[float, float]:
    """Return how far a person's marks reach up (circle, ring, badges) and down (circle, name, title)."""
    radius = _radius(value)
    lines = max(len(wrap(name, column)) for name in both(seat.name, seat.person.name_alt))
    title = TITLE + 1 if seat.title or seat.title_alt else 0.0
    return round(max(radius + 5, 0.71 * radius + 12.5), 1), round(radius + 4 + lines * NAME + title, 1)


def _lane_names(lens: Lens, grid: Grid) -> dict[str, Text]:
    names: dict[str, Text] = {OUTSIDE: Text("外部", "Outside"), "": Text("", "")}
    # Who knows both names of the department is asked first, and its own name before that in the other language.
    seats = sorted(lens.seats.values(), key=lambda s: not s.unit_alt)
    for unit, seat in [*((s.unit, s) for s in seats), *((s.unit_alt, s) for s in seats)]:
        names.setdefault(unit, both(seat.unit, seat.unit_alt))
    return {lane: _lane_name(lane, names) for lane, _, _ in grid.lanes}


def _lane_name(lane: str, names: Mapping[str, Text]) -> Text:
    base, more = continued(lane) if lane not in names else (lane, "")
    return Text(*(f"{name} {more}".strip() for name in names.get(base, Text(base, base))))


def _circles(lens: Lens) -> dict[str, Text]:
    found: dict[str, list[Text]] = defaultdict(list)
    for circle, members in lens.circles.items():
        organization = lens.snapshot.get(Organization, circle)
        if organization:
            for person in members:
                found[person].append(both(organization.name, organization.name_alt))
    return {
        p: Text("、".join(t.zh for t in names), ", ".join(t.en for t in names)) for p, names in found.items()
    }


def _standings(lens: Lens, supplier: str, before: Lens | None) -> dict[str, Standing]:
    view = lens if supplier == lens.supplier.id else lens.with_supplier(supplier)
    covered, sole, bare = owners(view), sole_cover(view), set(uncovered(view))
    narrow = set(reach(view).single_contacts)
    then = {s.id for s in before.suppliers} if before else set()
    met: dict[str, date] = {}
    team = {c.src for c in view.covers()} | {p for p, s in view.employer.items() if s == supplier}
    for meeting in view.interactions:
        if meeting.on and team & set(meeting.ours):
            for person in meeting.theirs:
                met[person] = meeting.on
    best: dict[str, float] = defaultdict(float)
    for cover in view.covers():
        best[cover.dst] = max(best[cover.dst], strength_of(view, cover.strength))
    old = set(stale(view))
    found = {}
    for person in view.seats:
        stance = view.stance(person)
        now = view.attitude(person)
        past = before.attitude(person, supplier) if before and supplier in then else None
        evidence = stance.evidence if stance else Evidence()
        on = last_judged(view, person)
        people = [view.snapshot.get(Person, o) for o in covered.get(person, ())]
        found[person] = Standing(
            attitude=now,
            known=now is not None,
            owners=tuple(_initial(p) for p in people if p)[:2],
            owner_names=tuple(both(p.name, p.name_alt) for p in people if p),
            dots=_dots(best[person]) if person in covered else 0,
            sole=person in sole,
            single_contact=person in narrow,
            uncovered=person in bare,
            moved=(now > past) - (now < past) if now is not None and past is not None else 0,
            was="" if past is None else f"{past:+d}" if past else "0",
            stale=person in old,
            assumed=evidence.status != "observed",
            last_contact=met[person].isoformat() if person in met else "",
            evidence={
                "note": evidence.note,
                "source": evidence.source,
                "author": evidence.author,
                "on": on.isoformat() if on else "",
                "confidence": evidence.confidence,
            },
        )
    return found


def _dots(strength: float) -> int:
    return max(1, min(4, int(strength * 4 + 0.999)))


def _team(lens: Lens, supplier: str, pages: Mapping[str, str]) -> tuple[Member, ...]:
    works = {t.src: t for t in lens.snapshot.all(WorksAt) if t.dst == supplier}
    team = []
    for person in lens.team(supplier):
        work = works.get(person.id)
        covers = [c for c in lens.covers(supplier) if c.src == person.id and c.dst in pages]
        team.append(
            Member(
                both(person.name, person.name_alt),
                both(work.title, work.title_alt) if work else Text("", ""),
                work.level if work else None,
                {
                    pages[c.dst]: (_dots(strength_of(lens, c.strength)), c.duty)
                    for c in sorted(covers, key=lambda c: c.strength or 0)
                },
            )
        )
    return tuple(sorted(team, key=lambda m: (m.level or 9, -len(m.covers), m.name)))


def _initial(person: Person) -> Text:
    """Return what stands for an owner on the rim: the family name of a Chinese name, else the initial."""
    return Text(*(name[:1].upper() for name in both(person.name, person.name_alt)))


def _figure(
    lens: Lens,
    seat: Seat,
    pages: Mapping[str, str],
    grid: Grid,
    value: float,
    asserted: bool,
    standings: Mapping[str, Standing],
    lead: Lead,
    circles: Text,
    blocks: bool,
    private: Mapping[str, str],
    when: tuple[int, ...],
    days: int,
) -> Figure:
    x, y = grid.centres[seat.id]
    roles = [lens.pack.roles[r] for r in seat.roles if r in lens.pack.roles]
    roles.sort(key=lambda r: list(lens.pack.roles).index(r.key))
    return Figure(
        id=pages[seat.id],
        record=seat.id,
        name=both(seat.name, seat.person.name_alt),
        title=both(seat.title, seat.title_alt),
        unit=both(seat.unit, seat.unit_alt) if not seat.external else Text("外部", "Outside"),
        level=seat.level,
        x=x,
        y=y,
        bus=grid.rows[seat.id][0],
        foot=grid.rows[seat.id][1],
        radius=_radius(value),
        power=value,
        power_asserted=asserted,
        placeholder=seat.person.placeholder,
        external=seat.external,
        badges=tuple((r.key, Text(*r.badge), r.filled) for r in roles[:2]),
        bosses=tuple(pages[b] for b in (*seat.bosses, *seat.dotted_bosses) if b in pages),
        standings=standings,
        lead=lead,
        circles=circles,
        blocks=blocks,
        private=private,
        when=None if len(when) == days else when,
    )


def _private(lens: Lens, person: Person) -> dict[str, str]:
    """Return addresses and notes, as far as the profile left them in the records."""
    met = [f"{i.on}: {i.note}" for i in lens.interactions if i.note and person.id in i.theirs]
    found = {"email": person.email, "phone": person.phone, "note": person.note, "met": "; ".join(met)}
    return {key: text for key, text in found.items() if text}


ABSENT = Standing(None, False, (), (), 0, False, False, False, 0, "", False, False, "", {})
"""How somebody stands who wasn't there yet."""


def _standings_then(
    then: Lens, camps: Sequence[Camp], pages: Mapping[str, str], before: Lens | None
) -> dict[str, dict[str, Standing]]:
    there = {s.id for s in then.suppliers}
    found = {}
    for camp in camps:
        standings = _standings(then, camp.id, before) if camp.id in there else {}
        found[camp.key] = {page: standings.get(record, ABSENT) for record, page in pages.items()}
    return found


def _links_over_time(lenses: Sequence[Lens], pages: Mapping[str, str]) -> tuple[Link, ...]:
    when: dict[Link, list[int]] = defaultdict(list)
    for n, lens in enumerate(lenses):
        for link in _links(lens, pages):
            when[link].append(n)
    links = (replace(link, when=tuple(days)) for link, days in when.items())
    return tuple(sorted(links, key=lambda k: (k.kind, k.a, k.b, k.strength, k.label, k.when)))


def _links(lens: Lens, pages: Mapping[str, str]) -> tuple[Link, ...]:
    links = [
        Link(
            "dotted" if t.dotted else "line",
            pages[t.src],
            pages[t.dst],
            1.0,
            t.evidence.status != "observed",
            Text("", ""),
        )
        for t in lens.lines
        if t.src in pages and t.dst in pages
    ]
    channels = lens.pack.topic("levels").get("channel", {})
    best: dict[tuple[str, str, int], Link] = {}
    for t in lens.influences:
        if t.src not in pages or t.dst not in pages:
            continue
        label = Text(*channels.get(t.channel, (t.channel, t.channel)))
        link = Link(
            "conflict" if t.sign < 0 else "influence",
            pages[t.src],
            pages[t.dst],
            strength_of(lens, t.strength),
            t.evidence.status != "observed",
            label,
        )
        key = (link.a, link.b, t.sign)
        if key not in best or best[key].strength < link.strength:
            best[key] = link
    links += best.values()
    for circle, members in lens.circles.items():
        organization = lens.snapshot.get(Organization, circle)
        name = both(organization.name, organization.name_alt) if organization else Text("", "")
        ordered = sorted(pages[m] for m in members if m in pages)
        links += [Link("circle", a, b, 0.2, False, name) for a, b in pairwise(ordered)]
    return tuple(sorted(links, key=lambda k: (k.kind, k.a, k.b, k.strength, k.label)))


def _headline(lens: Lens) -> Text:
    """Say in one sentence what matters: the most urgent finding on how we stand and what hangs on one person."""
    pool = [f for f in (*fragile(lens).findings, *decides(lens).findings) if f.urgency >= 1]
    if not pool:
        pool = list(fragile(lens).findings)
    if not pool:
        return Text("", "")
    first = max(pool, key=lambda f: f.urgency)
    return Text(first.sentence.zh, first.sentence.en)
