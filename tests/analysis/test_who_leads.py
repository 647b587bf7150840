"""Who leads with somebody, what a map that is too rosy says, and when nobody can tell who is first."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from builder import lens, records, view

from powermap.analysis.competition import _sure, compare, leads
from powermap.analysis.shares import Spread, shares
from powermap.findings import Answer
from powermap.lens import Lens
from powermap.words import Words

SUPPLIERS = ("us", "rival", "third")


def judged(*attitudes: int | None, **facts: object) -> Lens:
    """Boss, judged towards as many suppliers as attitudes are given; `...` stands for no stance at all."""
    held = [("Boss", s, a) for s, a in zip(SUPPLIERS, attitudes, strict=False) if a is not ...]
    return lens({"Boss": 1}, suppliers=SUPPLIERS, stances=held, **facts)  # type: ignore[arg-type]


def kinds(answer: Answer) -> list[str]:
    return [f.kind for f in answer.findings]


@pytest.mark.parametrize(
    ("attitudes", "state", "supplier", "margin"),
    [
        ((1,), "leads", "us", None),
        # Neutral towards the only one who is known: nobody leads. Neutral above an opponent: it leads.
        ((0,), "nobody", None, None),
        ((0, -1), "leads", "us", 1),
        ((-1,), "nobody", None, None),
        ((-1, -2), "nobody", None, None),
        ((0, 0), "contested", None, 0),
        ((3, 1, -1), "leads", "us", 2),
        ((-1, 3, 1), "leads", "rival", 2),
        ((1, None), "unknown", None, None),
        ((None,), "unknown", None, None),
        ((), "uncovered", None, None),
    ],
)
def test_who_leads(
    attitudes: Sequence[int | None], state: str, supplier: str | None, margin: int | None
) -> None:
    """The one highest known attitude that is not negative; the margin is over the next, not over the last."""
    found = leads(judged(*attitudes))["Boss"]
    assert (found.state, found.supplier, found.margin) == (state, supplier, margin)


@pytest.mark.parametrize(
    ("attitudes", "rosy"), [([1] * 4, False), ([1] * 5, True), ([0] * 5, True), ([1, 1, 1, 1, -1], False)]
)
def test_a_map_without_an_opponent_is_too_rosy(attitudes: list[int], rosy: bool) -> None:
    """From five known attitudes on."""
    people = [f"P{i}" for i in range(len(attitudes))]
    held = [(p, "us", a) for p, a in zip(people, attitudes, strict=True)]
    assert ("too-rosy" in kinds(compare(lens([*people, "Other"], stances=held)))) is rosy


@pytest.mark.parametrize(
    ("ours", "theirs", "wrong"), [(2, 2, True), (3, 2, True), (2, 1, False), (1, 1, False)]
)
def test_exclusive_to_two_is_a_contradiction(ours: int, theirs: int, wrong: bool) -> None:
    assert ("exclusive-contradiction" in kinds(compare(judged(ours, theirs)))) is wrong


@pytest.mark.parametrize(("first", "level"), [(0.49, "open"), (0.5, "estimate"), (0.51, "estimate")])
def test_below_one_half_nobody_can_tell_who_is_first(first: float, level: str) -> None:
    label = {s: Words(s, s) for s in SUPPLIERS}
    found = _sure({"us": Spread(first, 0.1, 0.6)}, ["us", "rival"], label)
    assert found.level == level and ("can't tell" in found.words.en) == (level == "open")
    assert _sure({"us": Spread(first, 0.1, 0.6)}, ["us"], label).level == "estimate"


@pytest.mark.parametrize(("attitude", "part"), [(0, 0.0), (1, 0.8 / 3), (2, 1.6 / 3), (3, 0.8), (-1, 0.0)])
def test_a_camp_owns_by_attitude_in_thirds(attitude: int, part: float) -> None:
    """A coach listens fully (1 x .8), a supporter a third of that, whoever is against not at all."""
    assert shares(judged(attitude)).suppliers["us"] == pytest.approx(part)


def test_coverage_counts_where_it_is_more_than_the_attitude() -> None:
    """.5 of coverage beats a supporter's third and loses to a coach's whole; an opponent's coverage is nothing."""
    for attitude, part in ((1, 0.4), (3, 0.8), (-1, 0.0), (-2, 0.0)):
        assert shares(judged(attitude, covers=[("Uma", "Boss", 0.5)])).suppliers["us"] == pytest.approx(part)


def test_whoever_speaks_up_for_a_camp_is_held_by_it() -> None:
    """That nobody sways a person who speaks up doesn't keep the camp itself from it."""
    seen = view(records({"Boss": 1}, stances=[("Boss", "us", 3, {"support": 3})]))
    assert shares(seen).suppliers["us"] == pytest.approx(0.8)
