"""How shares and moves survive resampling, P(win) by the record, the rival's side, and suppositions about people."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from builder import lens
from threadpoolctl import threadpool_info, threadpool_limits

from powermap.analysis import shares as sharing
from powermap.analysis.actions import actions
from powermap.analysis.calibration import Calibration
from powermap.analysis.competition import compare
from powermap.analysis.decision import decides
from powermap.analysis.moves import next_moves
from powermap.analysis.projection import hearing
from powermap.analysis.shares import share_survival, shares
from powermap.analysis.whatif import suppose
from powermap.errors import AnalysisError
from powermap.kernels import ranking
from powermap.lens import Lens
from powermap.model import Evidence

SURE, DOUBTFUL = {"evidence": Evidence(confidence=1.0)}, {"evidence": Evidence(confidence=0.5)}


def committee(ground: dict[str, Any]) -> Lens:
    """Four people: two decide, both hear a third; a rival is ahead with one of the two."""
    return lens(
        ["Dora", "Ben", "Ada", "Cleo"],
        sways=[("Ada", "Dora", 0.8, ground), ("Ada", "Ben", 0.6, ground), ("Cleo", "Ben", 0.3, ground)],
        stances=[
            ("Dora", "us", 0, ground),
            ("Ben", "us", -1, ground),
            ("Ada", "us", 2, ground),
            ("Dora", "rival", 1, ground),
            ("Cleo", "rival", 2, ground),
        ],
        covers=[("Us", "Ada", 0.5, ground), ("Them", "Dora", 0.9, ground)],
        team={"Us": "us", "Them": "rival"},
        suppliers=("us", "rival"),
        committee={"Dora": {"votes": 1.0}, "Ben": {"votes": 1.0}},
        rule="2 of (Dora, Ben)",
    )


def test_shares_that_are_sure_never_move(monkeypatch: pytest.MonkeyPatch) -> None:
    """With confidence 1 everywhere and nobody silent every resample is the network itself."""
    view = committee(SURE)
    drawn = ranking.resample
    monkeypatch.setattr(sharing.ranking, "resample", lambda *a, **k: drawn(*a, silent=False, **k))
    part, spread = shares(view), share_survival(view)
    for camp, share in part.suppliers.items():
        assert spread[camp].low == pytest.approx(share) and spread[camp].high == pytest.approx(share)
    assert sorted(s.first for s in spread.values()) == [0.0, 1.0]


def test_doubtful_facts_spread_the_shares() -> None:
    spread = share_survival(committee(DOUBTFUL))
    assert all(0 <= s.low <= s.high <= 1 for s in spread.values())
    assert any(s.high - s.low > 0.05 for s in spread.values())
    assert sum(s.first for s in spread.values()) <= 1.0 + 1e-9
    (found,) = [f for f in compare(committee(DOUBTFUL)).findings if f.kind == "influence-share"]
    assert "200" in found.certainty.words.en and found.inputs


def test_moves_survive_as_their_network_does() -> None:
    """Everything known and sure, nobody resampled: every move keeps its place; the order is by gain for the effort."""
    base, moves = next_moves(committee(SURE), sure=True)
    assert 0 < base < 1 and moves
    rates = [m.gain / m.effort for m in moves]
    assert rates == sorted(rates, reverse=True)
    for move in moves:
        assert move.sure is not None
        assert 0 <= move.sure.first <= move.sure.top_three <= 1
        assert 1 <= move.sure.low <= move.sure.high <= len(moves)
    assert sum(m.sure.first for m in moves if m.sure) == pytest.approx(1, abs=0.05)
    _, quick = next_moves(committee(SURE), quick=True)
    assert [m.key for m in quick] == [m.key for m in moves] and quick[0].places == ()


def test_a_place_that_nothing_can_move_is_kept_in_every_resample(monkeypatch: pytest.MonkeyPatch) -> None:
    """All attitudes known, all ties sure, nobody silent: every move stands where it stands, always."""
    drawn = ranking.resample
    monkeypatch.setattr(ranking, "resample", lambda *a, **k: drawn(*a, silent=False, **k))
    view = lens(
        ["Dora", "Ben", "Ada"],
        sways=[("Ada", "Dora", 0.8, SURE), ("Ada", "Ben", 0.6, SURE)],
        stances=[("Dora", "us", 0), ("Ben", "us", -1), ("Ada", "us", 1)],
        committee={"Dora": {"votes": 1.0}, "Ben": {"votes": 1.0}},
        rule="2 of (Dora, Ben)",
    )
    _, moves = next_moves(view, sure=True)
    rates = [round(m.gain / m.effort, 9) for m in moves]
    assert len(set(rates)) == len(rates) > 2
    for place, move in enumerate(moves, 1):
        assert move.sure is not None
        assert (move.sure.low, move.sure.high, move.sure.first) == (place, place, float(place == 1))


def test_questions_compute_on_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside a question linear algebra has one thread, afterwards as many as before."""
    from powermap import analysis
    from powermap.analysis import fragility

    seen = []
    monkeypatch.setattr(fragility, "fragile", lambda view: seen.append(threads()) or compare(view))

    def threads() -> set[int]:
        return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}

    with threadpool_limits(limits=2, user_api="blas"):
        analysis.question("fragile")(committee(SURE))
        assert seen == [{1}] and threads() == {2}


def test_opponents_who_together_can_block_are_named() -> None:
    """Two of three must agree: two against us are enough to block, one is not."""
    people, seats = ["A", "B", "C"], {p: {"votes": 1.0} for p in "ABC"}
    both = lens(
        people,
        stances=[("A", "us", -1), ("B", "us", -2), ("C", "us", 1)],
        committee=seats,
        rule="2 of (A, B, C)",
    )
    (found,) = [f for f in decides(both).findings if f.kind == "opponents-block"]
    assert set(found.subjects) == {"A", "B"} and found.urgency == 3
    one = lens(people, stances=[("A", "us", -1), ("C", "us", 1)], committee=seats, rule="2 of (A, B, C)")
    assert not [f for f in decides(one).findings if f.kind == "opponents-block"]


def test_p_win_is_corrected_by_the_record() -> None:
    """Half the log-odds, as the record of 30 deals would have it; gains shrink with it, the order stays."""
    record = Calibration(30, 15, 0.2, 0.25, (), 0.5, 0.0)
    plain, corrected = actions(committee(SURE)), actions(committee(SURE), calibration=record)
    said = {f.kind: f for f in plain.findings}["p-win"].value
    now = {f.kind: f for f in corrected.findings}["p-win"]
    best = next(f for f in corrected.findings if f.kind == "next-action")
    assert f"by {100 * best.value:.1f} points" in best.sentence.en and "个百分点" in best.sentence.zh
    assert now.value == pytest.approx(1 / (1 + np.exp(-0.5 * np.log(said / (1 - said)))))
    assert "30" in now.sentence.en and "校准" in now.sentence.zh and "uncalibrated" not in now.sentence.en
    assert [r["who"] for r in plain.rows] == [r["who"] for r in corrected.rows]
    for before, after in zip(plain.rows, corrected.rows, strict=True):
        want = record.correct(said + before["gain"]) - record.correct(said)
        assert after["gain"] == pytest.approx(want, abs=2e-4)
    few = Calibration(3, 1, 0.2, 0.25, ())
    assert (
        "uncalibrated"
        in {f.kind: f for f in actions(committee(SURE), calibration=few).findings}["p-win"].sentence.en
    )


def test_the_rivals_next_move_and_weak_spot() -> None:
    view = committee(SURE)
    theirs = next(f for f in actions(view).findings if f.kind == "rival-next")
    _, moves = next_moves(view.with_supplier("rival"), quick=True)
    assert theirs.subjects == ("rival", *moves[0].people) and theirs.value == moves[0].gain
    weak = next(f for f in compare(view).findings if f.kind == "rival-fragile")
    assert weak.subjects == ("rival", "Them") and weak.inputs


def test_hearing_is_what_influence_is_made_of() -> None:
    ids, strength, sure = hearing(committee(DOUBTFUL))
    at = {p: i for i, p in enumerate(ids)}
    assert strength[at["Dora"], at["Ada"]] == 0.8 and sure[at["Dora"], at["Ada"]] == 0.5
    assert strength.sum() == pytest.approx(1.7) and (sure > 0).sum() == 3


@pytest.mark.parametrize(
    ("texts", "unit", "bosses"),
    [
        (["Zhou Ning joins IT", "Zhou Ning reports to Dora"], "IT", ("Dora",)),
        (["周宁 加入 信息部", "周宁 汇报给 Dora"], "信息部", ("Dora",)),
        (["Zhou Ning joins"], "", ()),
    ],
)
def test_somebody_joins(texts: list[str], unit: str, bosses: tuple[str, ...]) -> None:
    view = suppose(committee(SURE), texts)
    seat = next(s for s in view.seats.values() if s.name in ("Zhou Ning", "周宁"))
    assert (seat.unit, seat.bosses) == (unit, bosses)


def test_a_new_boss_takes_the_place_of_the_old_ones() -> None:
    view = lens("ABC", boss=[("C", "A")])
    assert suppose(view, ["C reports to B"]).seats["C"].bosses == ("B",)


def test_nobody_reports_to_who_is_below() -> None:
    view = lens("ABC", boss=[("C", "B"), ("B", "A")])
    with pytest.raises(AnalysisError, match="C is below A: the lines would run in a circle"):
        suppose(view, ["A reports to C"])
    turned = suppose(view, ["C reports to A", "B reports to C"])
    assert turned.seats["C"].bosses == ("A",) and turned.seats["B"].bosses == ("C",)


def test_suppositions_that_cannot_be() -> None:
    own = ("Dora reports to Dora", "Dora sways Dora", "Us covers Us")
    for text in ("Dora joins IT", *own, "Dora reports to Nobody", "Dora dances"):
        with pytest.raises(AnalysisError):
            suppose(committee(SURE), [text])
