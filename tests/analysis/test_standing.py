"""Which way standing runs: to who is listened to, and to who is told."""

from __future__ import annotations

import numpy as np
import pytest
from builder import lens
from hypothesis import given, settings
from hypothesis import strategies as st

from powermap.analysis import certainty, projection
from powermap.analysis.certainty import survival
from powermap.analysis.facts import listening
from powermap.analysis.influence import in_strength, pagerank
from powermap.errors import AnalysisError
from powermap.kernels import ranking
from powermap.lens import Lens
from powermap.model import Evidence

TOLD, ASKED = {"channel": "information"}, {"channel": "advice"}


def ends(view: Lens, layer: str) -> dict[tuple[str, str], float]:
    return {(a, b): s for a, b, s in projection.standing(view, layers=(layer,)).edges.data("strength")}


def test_a_chain_of_telling() -> None:
    """A informs B .5, B informs C .5: who is told gains; in-strength 0, .5, .5, PageRank .1844, .3412, .4744.

    Two independent computations; by hand PageRank of a chain is x, x + .85 x, x + .85 (x + .85 x), scaled to sum 1.
    """
    view = lens(
        "ABC",
        sways=[("A", "B", 0.5, TOLD), ("B", "C", 0.5, TOLD)],
        covers=[("Uma", "A", 0.9)],
    )
    assert in_strength(view) == {"A": 0, "B": 0.5, "C": 0.5}
    assert list(pagerank(view).values()) == pytest.approx([0.1844, 0.3412, 0.4744], abs=5e-5)
    x = 1 / (1 + 1.85 + 1 + 0.85 * 1.85)
    assert pagerank(view)["A"] == pytest.approx(x)
    # An introduction goes the way of the telling, whatever standing does.
    access = projection.access(view)
    assert access.has_edge("A", "B") and not access.has_edge("B", "A")


@pytest.mark.parametrize("layer", ["influence", "channel:information", "channel:信息"])
@pytest.mark.parametrize("written", ["information", "信息", "Information"])
def test_telling_runs_as_stored(written: str, layer: str) -> None:
    view = lens("AB", sways=[("A", "B", 0.4, {"channel": written})])
    assert ends(view, layer) == {("A", "B"): 0.4}


def test_conflict_is_no_standing() -> None:
    view = lens("AB", sways=[("A", "B", 0.4, {**TOLD, "sign": -1}), ("B", "A", 0.4, {"sign": -1})])
    assert ends(view, "influence") == ends(view, "channel:information") == {}


@pytest.mark.parametrize("channel", ["advice", "friendship", "golf", ""])
def test_every_other_channel_is_turned(channel: str) -> None:
    view = lens("AB", sways=[("A", "B", 0.4, {"channel": channel})])
    assert ends(view, "influence") == ends(view, f"channel:{channel}") == {("B", "A"): 0.4}


def test_one_tie_of_each_kind_between_the_same_two() -> None:
    """A advises B .3 and tells B .8: B -> A by the advice, A -> B by the telling; neither hides the other."""
    view = lens("AB", sways=[("A", "B", 0.3, ASKED), ("A", "B", 0.8, TOLD)])
    assert ends(view, "influence") == {("B", "A"): 0.3, ("A", "B"): 0.8}
    assert ends(view, "channel:advice") == {("B", "A"): 0.3}
    assert ends(view, "channel:information") == {("A", "B"): 0.8}
    assert in_strength(view) == {"A": 0.3, "B": 0.8}


def test_two_ties_that_make_one_arc_count_by_the_stronger() -> None:
    """A advises B .3, B tells A .8: both are the arc B -> A, which counts once."""
    view = lens("AB", sways=[("A", "B", 0.3, ASKED), ("B", "A", 0.8, TOLD)])
    assert ends(view, "influence") == {("B", "A"): 0.8}
    assert {row["kind"] for row in projection.arcs(view, "standing")} == {"informs"}


def test_there_is_no_other_layer() -> None:
    with pytest.raises(AnalysisError) as raised:
        projection.standing(lens("AB"), layers=("golf",))
    assert "golf" in raised.value.words.zh and "channel:NAME" in raised.value.hint


def test_who_tells_whom_is_said_as_that() -> None:
    view = lens("AB", sways=[("A", "B", 0.4, TOLD)])
    (said,) = listening(view, view.influences)
    assert (said.what.zh, said.what.en) == ("A告知B", "A informs B")
    view = lens("AB", sways=[("A", "B", 0.4, ASKED)])
    (said,) = listening(view, view.influences)
    assert (said.what.zh, said.what.en) == ("B听取A", "B listens to A")


TIES = st.lists(
    st.tuples(
        st.sampled_from("ABCDE"),
        st.sampled_from("ABCDE"),
        st.sampled_from([0.2, 0.5, 0.9]),
        st.sampled_from(["information", "advice", ""]),
    ).filter(lambda t: t[0] != t[1]),
    max_size=12,
)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(TIES)
def test_resamples_are_of_the_same_arcs(ties: list[tuple[str, str, float, str]]) -> None:
    """With every tie sure and nobody silent each resample ranks as PageRank on the projection does."""
    sure = {"evidence": Evidence(confidence=1.0)}
    view = lens("ABCDE", sways=[(a, b, s, {"channel": c, **sure}) for a, b, s, c in ties])
    drawn, seen = ranking.resample, []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            certainty.ranking, "resample", lambda s, k, n: seen.append(s) or drawn(s, k, n, silent=False)
        )
        found = survival(view, draws=3)
    graph = projection.standing(view)
    want = np.zeros((5, 5))
    for a, b, strength in graph.edges.data("strength"):
        want["ABCDE".index(a), "ABCDE".index(b)] = strength
    assert np.array_equal(seen[0], want)
    scores = pagerank(view)
    best = [p for p, x in scores.items() if x > max(scores.values()) - 1e-9]
    assert all(found[p].first == float(len(best) == 1) for p in best)


def test_a_conflict_is_listened_to_by_nobody() -> None:
    """Foe sways Boss against what Foe wants: no strength, no attention, and Boss isn't moved by it."""
    seen = lens(["Boss", "Foe"], sways=[("Foe", "Boss", 0.9, {"sign": -1})])
    assert not projection.hearing(seen)[1].any()
    _, w, a = projection.influence(seen)
    assert w[0, 0] == w[1, 1] == 1 and not a.any()
