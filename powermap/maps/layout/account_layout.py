"""Where everybody of an account stands on its maps: through a lens, on the layout that the account keeps, or a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from powermap.analysis.influence import power
from powermap.errors import RenderError
from powermap.lens import Lens, Seat
from powermap.maps.layout.arrangement import arrange
from powermap.maps.layout.layout import OUTSIDE, Grid, Layout, Place, column_of
from powermap.maps.layout.placement import departments, levels
from powermap.maps.layout.saved_layout import kept_layout
from powermap.maps.layout.text_metrics import NAME, TITLE, wrap
from powermap.words import Words, by_language

ONE_MAP = 45
"""With more people than this, the page opens with one map over the full width instead of panels side by side."""


def one_map(lens: Lens, plain: bool = False) -> bool:
    """Tell whether the page opens with one map over the full width, by today's people and suppliers."""
    return plain or len(lens.seats) > ONE_MAP or len(lens.suppliers) == 1


def no_people(lens: Lens) -> RenderError:
    """Return the error for an account of which nobody is known on the day of a lens."""
    return RenderError(
        Words(
            f"{lens.account.name} 在 {lens.as_of} 没有人员",
            f"{lens.account.name} has no people on {lens.as_of}",
        ),
        hint=Words("请先导入人员名单", "import a people list first"),
    )


def arranged(
    lens: Lens, kept: Layout | None = None, *, anew: bool = False, history: Sequence[Lens] = ()
) -> Layout:
    """Return the layout with which an account is drawn.

    Parameters
    ----------
    kept
        A layout to place newcomers on; default: the account's own.
    anew
        Place everybody anew, whatever is kept.
    history
        The same lens on the days of earlier reviews, as for :func:`powermap.maps.scene.build.build`: a new layout has
        places for those who have left since.
    """
    if not lens.seats:
        raise no_people(lens)
    if not anew and (kept or kept_layout(lens)):
        strength = {p: v.value for p, v in power(lens).items()}
        return grid_of(lens, strength, kept=kept).layout if kept else lens.once(_on_kept).layout
    gone = left_since(lens, history)
    strength = {p: v.value for then in (*gone.values(), lens) for p, v in power(then).items()}
    return grid_of(lens, strength, gone=[then.seats[p] for p, then in gone.items()]).layout


def pushed(lens: Lens) -> frozenset[str]:
    """Return who doesn't stand where the account keeps them, because there was no room for somebody else."""
    return lens.once(_on_kept).moved if kept_layout(lens) else frozenset()


def _on_kept(lens: Lens) -> Grid:
    """Draw the account on the layout that it keeps."""
    return grid_of(lens, {p: v.value for p, v in power(lens).items()}, kept=kept_layout(lens))


def left_since(lens: Lens, history: Sequence[Lens]) -> dict[str, Lens]:
    """Return those of earlier days who aren't there any more, each with the lens that saw them last."""
    return {p: then for then in history for p in then.seats if p not in lens.seats}


def grid_of(
    lens: Lens,
    strength: Mapping[str, float],
    *,
    kept: Layout | None = None,
    wide: bool | None = None,
    gone: Sequence[Seat] = (),
    pitch: float | None = None,
) -> Grid:
    """Place everybody of a lens, and those who have left, on a kept layout or a new one.

    Parameters
    ----------
    strength
        Everybody's power: how large they are drawn, and who comes first in a row.
    wide
        Whether it is one map over the full width; default: as :func:`one_map` says.
    pitch
        Width of a column, where it isn't the usual one.
    """
    wide = one_map(lens) if wide is None else wide
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
    ties = [(t.src, t.dst) for t in lens.influences]
    return arrange(places, lines, ties, kept=kept, wide=wide, pitch=pitch)


def radius(strength: float) -> float:
    """Return how large a person of some power, 0 to 10, is drawn."""
    return round(8 + 2.6 * max(0.4, strength / 2), 1)


def _extent(seat: Seat, strength: float, column: float) -> tuple[float, float]:
    """Return how far a person's marks reach up (circle, ring, badges) and down (circle, name, title)."""
    size = radius(strength)
    lines = max(len(wrap(name, column)) for name in by_language(seat.name, seat.person.name_alt))
    title = TITLE + 1 if seat.title or seat.title_alt else 0.0
    return round(max(size + 5, 0.71 * size + 12.5), 1), round(size + 4 + lines * NAME + title, 1)
