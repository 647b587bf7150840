"""An attitude, and how it moved, as small pictures that stand in any page: their colours are in them."""

from __future__ import annotations

from powermap.pages import colours

STEP = 38
"""Pixels between two attitudes."""


def _mark(x: float, attitude: int | None, *, past: bool = False) -> str:
    """Draw an attitude in a circle: its colour and its number; what is past is dashed and empty."""
    tones = colours.light("map")
    text = "?" if attitude is None else f"{attitude:+d}" if attitude else "0"
    if past or attitude is None:
        paint, ink = 'fill="none" stroke="currentColor" stroke-dasharray="3 2"', "currentColor"
    else:
        paint, ink = f'fill="{tones[f"att{attitude}"]}" stroke="{tones["outline"]}"', tones[f"on{attitude}"]
    return (
        f'<circle cx="{x:g}" cy="12" r="10.5" {paint}/>'
        f'<text x="{x:g}" y="16" font-size="11" text-anchor="middle" fill="{ink}">{text}</text>'
    )


def dot(attitude: int | None) -> str:
    """Draw an attitude alone."""
    text = "?" if attitude is None else str(attitude)
    return f'<svg class="stand" viewBox="0 0 24 24" width="24" height="24" role="img" aria-label="{text}">{_mark(12, attitude)}</svg>'


def track(before: int | None, after: int | None, low: int, high: int) -> str:
    """Draw a move on the scale from `low` to `high`: dashed where it stood, solid where it is; unknown left of the scale."""

    def place(value: int | None) -> float:
        return 14 if value is None else 14 + STEP * (value - low + 1)

    wide, start, end = place(high) + 14, place(before), place(after)
    points = "".join(
        f'<circle cx="{place(v):g}" cy="12" r="1.5" fill="currentColor" opacity="0.45"/>'
        for v in range(low, high + 1)
        if v not in (before, after)
    )
    way = 1 if end > start else -1
    known = before is not None and after is not None
    tone = "rise" if known and way > 0 else "fall" if known else "learnt"
    tip = end - way * 11
    arrow = (
        f'<path class="{tone}" d="M{start + way * 11:g} 12H{tip:g}m{-way * 5:g} -4l{way * 5:g} 4l{-way * 5:g} 4"/>'
        if start != end
        else ""
    )
    told = " → ".join("?" if v is None else f"{v:+d}" if v else "0" for v in (before, after))
    return (
        f'<svg class="track" viewBox="0 0 {wide:g} 24" width="{wide:g}" height="24" role="img" aria-label="{told}">'
        f"{points}{arrow}{_mark(start, before, past=True)}{_mark(end, after)}</svg>"
    )
