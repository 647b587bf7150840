"""What a map shows, before anything is drawn: one scene from one lens, the same for every supplier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from powermap.analysis.calibration import Calibration
from powermap.analysis.competition import leads
from powermap.analysis.decision import decides
from powermap.analysis.fragility import fragile
from powermap.analysis.influence import power
from powermap.analysis.shares import shares
from powermap.kernels.threads import on_one_thread
from powermap.lens import Lens, Seat, Supplier
from powermap.maps.layout.account_layout import grid_of, left_since, one_map
from powermap.maps.layout.free_slots import continued
from powermap.maps.layout.layout import OUTSIDE, Grid, Layout
from powermap.maps.layout.saved_layout import kept_layout
from powermap.maps.scene.figures import Cast
from powermap.maps.scene.links import links_over_time
from powermap.maps.scene.model import Camp, Review, Scene, Standing, Text
from powermap.maps.scene.routes import blockers, routes, swinging
from powermap.maps.scene.standings import ABSENT, both, standings, team
from powermap.maps.scene.story import Step, told, written


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
    days = (*history, lens)
    # Who has left is on the slider still, as last seen; of equal days the latest counts.
    gone = left_since(lens, history)
    seats = {**lens.seats, **{p: then.seats[p] for p, then in gone.items()}}
    strength = _strength(lens, gone, plain)
    grid = _grid(lens, strength, kept, [seats[p] for p in gone], wide=one_map(lens, plain), sheet=sheet)
    order = sorted(seats, key=lambda p: (grid.centres[p][1], grid.centres[p][0]))
    pages = {p: f"p{n:02d}" for n, p in enumerate(order, 1)}
    camps = _camps(lens, pages)[: 1 if plain else None]
    views = {camp.key: _seen_by(lens, camp.id) for camp in camps}
    stood = {key: standings(view, before) for key, view in views.items()}
    cast = Cast(days, pages, grid, strength, stood, leads(lens))
    if not plain:
        cast = replace(cast, standings=_with_swing(stood, views), blocking=blockers(lens))
    return Scene(
        title=both(lens.account.name, lens.account.name_alt),
        deal=both(lens.deal.name, lens.deal.name_alt) if lens.deal else Text("", ""),
        as_of=lens.as_of,
        since=since,
        camps=camps,
        figures=tuple(cast.figure(seats[p]) for p in order),
        links=links_over_time(days, pages),
        reviews=_reviews(history, camps, pages, plain),
        grid=grid,
        lanes=_lane_names(lens, grid),
        bands={row["value"]: Text(row["zh"], row["en"]) for row in lens.pack.topic("levels")["level"]}
        | {6: Text("层级未定", "Level unknown")},
        headline=Text("", "") if plain else _headline(lens),
        plain=plain,
        one=one_map(lens, plain),
        roles=tuple((r.key, Text(*r.words), Text(*r.badge), r.filled) for r in lens.pack.roles.values()),
        attitudes={a.value: Text(*a.words) for a in lens.pack.attitudes.values()},
        routes={} if plain else {key: routes(view, pages) for key, view in views.items()},
        told=next((c.key for c in camps if c.id == lens.supplier.id), camps[0].key),
        steps=() if plain else _steps(story, lens, pages, calibration),
        notes=tuple(Text(r.note, r.note) for r in (lens.account, lens.deal) if r and r.note),
        mark=mark,
    )


def _strength(lens: Lens, gone: Mapping[str, Lens], plain: bool) -> dict[str, tuple[float, bool]]:
    """Return everybody's power, and whether somebody asserted it; on a plain map all are alike."""
    found = {**{p: power(then)[p] for p, then in gone.items()}, **power(lens)}
    return {p: (4.0, True) if plain else (v.value, v.asserted) for p, v in found.items()}


def _grid(
    lens: Lens,
    strength: Mapping[str, tuple[float, bool]],
    kept: Layout | None,
    gone: Sequence[Seat],
    *,
    wide: bool,
    sheet: bool,
) -> Grid:
    """Place everybody; on a sheet the columns are as wide as the layout says for one."""
    values = {p: value for p, (value, _) in strength.items()}
    kept = kept or kept_layout(lens)
    if gone and kept:
        # Those of today come first: they stand where a drawing without the past has them.
        kept = grid_of(lens, values, kept=kept, wide=wide).layout
    grid = grid_of(lens, values, kept=kept, wide=wide, gone=gone)
    if sheet:
        grid = grid_of(lens, values, kept=grid.layout, wide=wide, pitch=grid.layout.sheet)
    return grid


def _camps(lens: Lens, pages: Mapping[str, str]) -> tuple[Camp, ...]:
    part = shares(lens).suppliers
    return tuple(_camp(lens, supplier, part[supplier.id], pages) for supplier in lens.suppliers)


def _camp(lens: Lens, supplier: Supplier, share: float, pages: Mapping[str, str]) -> Camp:
    people = team(lens, supplier.id, pages)
    if supplier.us:
        return Camp("us", supplier.id, Text("我", "Us"), Text("我方", "Us"), "us", share, people)
    letter, key = Text(supplier.letter, supplier.letter), supplier.letter.lower()
    name = both(supplier.organization.name, supplier.organization.name_alt)
    # Beyond two, competitors share a colour.
    return Camp(key, supplier.id, letter, name, key if supplier.letter in "AB" else "other", share, people)


def _seen_by(lens: Lens, supplier: str) -> Lens:
    """Return the lens of a supplier: the same one for its own, which remembers what was found."""
    return lens if supplier == lens.supplier.id else lens.with_supplier(supplier)


def _with_swing(
    stood: Mapping[str, Mapping[str, Standing]], views: Mapping[str, Lens]
) -> dict[str, dict[str, Standing]]:
    """Mark with whom one step of attitude moves a supplier's chance most."""
    marked = {}
    for key, people in stood.items():
        swing = swinging(views[key])
        marked[key] = {p: replace(s, swing=True) if p in swing else s for p, s in people.items()}
    return marked


def _reviews(
    history: Sequence[Lens], camps: Sequence[Camp], pages: Mapping[str, str], plain: bool
) -> tuple[Review, ...]:
    """Return how everybody stood on earlier days; what moved is told against the day before each."""
    return tuple(
        Review(
            then.as_of,
            _standings_then(then, camps, pages, earlier),
            {} if plain else _shares_then(then, camps),
        )
        for then, earlier in zip(history, (None, *history), strict=False)
    )


def _standings_then(
    then: Lens, camps: Sequence[Camp], pages: Mapping[str, str], before: Lens | None
) -> dict[str, dict[str, Standing]]:
    there = {s.id for s in then.suppliers}
    found = {}
    for camp in camps:
        stood = standings(_seen_by(then, camp.id), before) if camp.id in there else {}
        found[camp.key] = {page: stood.get(record, ABSENT) for record, page in pages.items()}
    return found


def _shares_then(then: Lens, camps: Sequence[Camp]) -> dict[str, float]:
    part = shares(then).suppliers
    return {camp.key: part.get(camp.id, 0.0) for camp in camps}


def _steps(
    story: str | None, lens: Lens, pages: Mapping[str, str], calibration: Calibration | None
) -> tuple[Step, ...]:
    today = {p: pages[p] for p in lens.seats}
    if story is None:
        return ()
    return written(story, lens, today) if story else told(lens, today, calibration)


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


def _headline(lens: Lens) -> Text:
    """Say in one sentence what matters: the most urgent finding on how we stand and what hangs on one person."""
    pool = [f for f in (*fragile(lens).findings, *decides(lens).findings) if f.urgency >= 1]
    if not pool:
        pool = list(fragile(lens).findings)
    if not pool:
        return Text("", "")
    first = max(pool, key=lambda f: f.urgency)
    return Text(first.sentence.zh, first.sentence.en)
