"""Layers of influence: apart, together, and how far they agree."""

from __future__ import annotations

import numpy as np
import pytest
from builder import lens
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from powermap.analysis.layers import _agreement, kendall, layers, layers_of, ranks_by_layer
from powermap.analysis.sway import sways


def test_two_stars() -> None:
    """Everybody reports to A and asks F: tau-b by hand is -1/5.

    On each layer one person is first and the other five share rank 4. Of 15 pairs, 10 tie on either layer; the one
    pair that ties on neither (A, F) is discordant: (0 - 1) / sqrt(5 * 5).
    """
    view = lens(
        "ABCDEF",
        boss=[(p, "A") for p in "BCDEF"],
        sways=[("F", p, 0.5, {"channel": "advice"}) for p in "ABCDE"],
    )
    ranks = ranks_by_layer(view)
    assert ranks["superiors"] == {"A": 1, **dict.fromkeys("BCDEF", 4)}
    assert ranks["channel:advice"] == {"F": 1, **dict.fromkeys("ABCDE", 4)}
    (found,) = layers(view).findings
    assert found.value == pytest.approx(-0.2)
    assert "have little to do with each other (-0.20;" in found.sentence.en
    assert "汇报线与建议的名次没有多少关系" in found.sentence.zh
    assert "Kendall" in found.rule.words.en and "Kendall" not in found.sentence.en
    assert found.certainty.telling == "formal"
    assert any(f.kind == "layers" for f in sways(view).findings)


def test_layers_are_never_merged_silently() -> None:
    """PageRank and in-strength of `sways` stay those of influence, whatever the chart says."""
    ties = [("B", "A"), ("B", "C")]
    plain, with_chart = lens("ABC", sways=ties), lens("ABC", sways=ties, boss=[("B", "A"), ("C", "A")])
    pick = [{k: row[k] for k in ("id", "pagerank", "heard")} for row in sways(plain).rows]
    assert pick == [{k: row[k] for k in ("id", "pagerank", "heard")} for row in sways(with_chart).rows]


LINES = [("B", "A"), ("C", "B"), ("D", "C"), ("E", "D")]
"""A chain: on it PageRank falls from A to E."""


@pytest.mark.parametrize(
    ("asked", "en"),
    [
        (LINES, "largely agree (+1.00;"),
        ([(b, a) for a, b in LINES], "run against each other (-1.00;"),
    ],
)
def test_how_far_layers_agree_in_words(asked: list[tuple[str, str]], en: str) -> None:
    """The same chain, and the chain turned about; tau-b of the same order is 1, of the reverse -1."""
    ties = [(adviser, asker, 0.5, {"channel": "advice"}) for asker, adviser in asked]
    (found,) = layers(lens("ABCDE", boss=LINES, sways=ties)).findings
    assert en in found.sentence.en


def test_four_people_are_too_few_to_compare_layers() -> None:
    ties = [(b, a, 0.5, {"channel": "advice"}) for a, b in LINES]
    assert len(layers(lens("ABCDE", boss=LINES, sways=ties)).findings) == 1
    assert not layers(lens("ABCD", boss=LINES[:3], sways=ties[:3])).findings


@pytest.mark.parametrize(
    ("tau", "en"), [(0.5, "agree"), (0.49, "little"), (-0.5, "against"), (-0.49, "little")]
)
def test_agreement_begins_at_one_half(tau: float, en: str) -> None:
    assert en in _agreement(lens("A"), tau).en


def test_a_channel_has_one_layer_whatever_its_words() -> None:
    ties = [("A", "B", 0.5, {"channel": "建议"}), ("A", "C", 0.5, {"channel": "Advice"})]
    assert list(layers_of(lens("ABC", sways=ties))) == ["channel:advice"]


def test_layers_that_tell_little_are_named() -> None:
    view = lens("ABC", sways=[("A", "B", 0.5, {"channel": "朋友"}), ("A", "C", 0.5, {"channel": "advice"})])
    (note,) = layers(view).notes
    assert "friendship" in note.en and "友情" in note.zh and "advice" not in note.en


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=12))
def test_tau_is_scipys(pairs: list[tuple[int, int]]) -> None:
    one, other = zip(*pairs, strict=True)
    expected = kendalltau(one, other).statistic
    got = kendall(one, other)
    assert (got is None) == bool(np.isnan(expected))
    assert got is None or got == pytest.approx(expected, abs=1e-12)


def test_without_a_tie_on_a_layer_there_is_no_rank_on_it() -> None:
    ranks = ranks_by_layer(lens("ABCD", boss=[("B", "A")], sways=[("C", "A")]))
    assert set(ranks["superiors"]) == {"A", "B"} and set(ranks["channel:"]) == {"A", "C"}
    assert set(ranks["together"]) == {"A", "B", "C"}
    assert ranks_by_layer(lens("AB")) == {} and layers(lens("AB")).findings == ()
