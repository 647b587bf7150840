"""Calibration of P(win) on closed deals."""

from __future__ import annotations

import numpy as np
import pytest

from powermap.analysis.calibration import calibrate


def test_the_brier_score_by_hand() -> None:
    """(.2^2 + .3^2 + .6^2) / 3 = .1633; always saying 2/3 gives 2/3 * 1/3."""
    found = calibrate([0.8, 0.7, 0.6], [True, True, False])
    assert found.brier == pytest.approx((0.04 + 0.09 + 0.36) / 3)
    assert found.base == pytest.approx(2 / 9) and found.slope is None
    assert found.correct(0.9) == 0.9, "three deals correct nothing"
    assert sum(b.count for b in found.bins) == 3


def test_an_overconfident_record_is_corrected_towards_what_happened() -> None:
    """Truth: log-odds are half of what was said. The fitted slope is near .5, and the corrected chances score better."""
    random = np.random.default_rng(7)
    said = random.uniform(0.02, 0.98, 3000)
    truth = 1 / (1 + np.exp(-0.5 * np.log(said / (1 - said))))
    won = random.random(3000) < truth
    found = calibrate(list(said), list(won))
    assert found.slope == pytest.approx(0.5, abs=0.08) and found.offset == pytest.approx(0, abs=0.15)
    again = calibrate([found.correct(p) for p in said], list(won))
    assert again.brier < found.brier
    for b in again.bins:
        assert b.won == pytest.approx(b.said, abs=0.08)


def test_a_perfect_record_stays_finite() -> None:
    found = calibrate([0.99] * 15 + [0.01] * 15, [True] * 15 + [False] * 15)
    assert found.brier < 0.001 and 0.5 < found.correct(0.9) < 1
    assert calibrate([0.5] * 30, [True] * 30).slope is None
