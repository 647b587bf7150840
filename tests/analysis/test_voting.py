"""Voting power against published numbers, and the Friedkin-Johnsen example of four people."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction as F
from itertools import product

import numpy as np
import pytest
from builder import lens

from powermap.analysis.deciders import deciders
from powermap.analysis.decision import decides
from powermap.analysis.fragility import fragile, reach
from powermap.analysis.inclination import hoede_bakker, inclinations, swayed
from powermap.analysis.influence import friedkin_johnsen
from powermap.analysis.voting import MAX_EXACT, Bits, Passes, coalitions, situations, voting_power
from powermap.errors import AnalysisError


def weighted(need: int, votes: list[int]) -> tuple[list[str], Passes]:
    players = [str(i) for i in range(len(votes))]

    def passes(ballot: Mapping[str, Bits]) -> Bits:
        total = sum(v * ballot[p].astype(int) for p, v in zip(players, votes, strict=True))
        return np.asarray(total) >= need

    return players, passes


def test_security_council() -> None:
    """UN Security Council: Shapley 421/2145 and 4/2145, swings 848 and 84 (Straffin 1993, chapter 9)."""
    found = voting_power(*weighted(39, [7] * 5 + [1] * 10))
    assert {(p.shapley, p.swings, p.can_block) for p in found} == {
        (F(421, 2145), 848, True),
        (F(4, 2145), 84, False),
    }
    assert sum(p.shapley for p in found) == 1
    assert not any(p.decides_alone or p.has_no_say for p in found)


def test_eec() -> None:
    """EEC 1958 [12; 4,4,4,2,2,1]: Shapley 7/30, 3/20 and 0, swings 10, 6 and 0: Luxembourg had no say."""
    found = voting_power(*weighted(12, [4, 4, 4, 2, 2, 1]))
    assert [p.shapley for p in found] == [F(7, 30)] * 3 + [F(3, 20)] * 2 + [0]
    assert [p.swings for p in found] == [10, 10, 10, 6, 6, 0]
    assert [p.has_no_say for p in found] == [False] * 5 + [True]
    assert found[0].banzhaf == F(10, 32) and found[0].banzhaf_share == F(10, 42)


def test_50_49_1() -> None:
    """[51; 50,49,1]: Shapley 2/3, 1/6, 1/6; Banzhaf 3/4, 1/4, 1/4, normalised 3/5, 1/5, 1/5 (Banzhaf 1965)."""
    players, passes = weighted(51, [50, 49, 1])
    found = voting_power(players, passes)
    assert [p.shapley for p in found] == [F(2, 3), F(1, 6), F(1, 6)]
    assert [p.banzhaf for p in found] == [F(3, 4), F(1, 4), F(1, 4)]
    assert [p.banzhaf_share for p in found] == [F(3, 5), F(1, 5), F(1, 5)]
    assert [p.can_block for p in found] == [True, False, False]
    winning, blocking = coalitions(players, passes)
    assert winning == [{"0", "1"}, {"0", "2"}]
    assert blocking == [{"0"}, {"1", "2"}]


def test_dictator_and_limit() -> None:
    """A dictator decides alone and can block; more than 20 members are refused, not estimated."""
    found = voting_power(*weighted(3, [3, 1, 1]))
    assert [(p.decides_alone, p.can_block, p.has_no_say) for p in found] == [
        (True, True, False),
        (False, False, True),
        (False, False, True),
    ]
    with pytest.raises(AnalysisError, match="21"):
        voting_power(*weighted(11, [1] * (MAX_EXACT + 1)))


def hoede(size: int, quota: int, follows: dict[str, str]) -> list[F]:
    players, passes = weighted(quota, [1] * size)
    inclined = situations(players)
    return list(hoede_bakker(passes, inclined, {p: inclined[follows.get(p, p)] for p in players}).values())


def test_hoede_bakker() -> None:
    """Majority of 3: .5 each; if 1 leads 2 and 3, (1, 0, 0); of 5 with 2 following 1: (.75, 0, .25, .25, .25)."""
    assert hoede(3, 2, {}) == [F(1, 2)] * 3
    assert hoede(3, 2, {"1": "0", "2": "0"}) == [1, 0, 0]
    assert hoede(5, 3, {"1": "0"}) == [F(3, 4), 0, F(1, 4), F(1, 4), F(1, 4)]


def test_hoede_bakker_of_the_committee() -> None:
    """Without influence 'CFO and 2 of 3' gives the Banzhaf index, .5 and .25 three times, and the dummy 0, not -.5."""
    view = lens(
        ["CFO", "CTO", "CEO", "Head", "Tech"],
        rule="CFO and 2 of (CTO, CEO, Head)",
        committee={"CFO": {"votes": 1.0}},
    )
    found = inclinations(view, deciders(view))
    assert found is not None
    assert dict(found.power) == {"CFO": F(1, 2), "CTO": F(1, 4), "CEO": F(1, 4), "Head": F(1, 4)}
    players = ["CFO", "CTO", "CEO", "Head", "Tech"]
    inclined = situations(players)
    rule = deciders(view).rule
    assert rule is not None
    assert hoede_bakker(rule.passes, inclined, inclined)["Tech"] == 0


def test_influence_index() -> None:
    """Who follows a leader leaves his inclination always (1); a majority of three advisers takes him with each in 3/4.

    By hand: a listener whose three advisers count alike follows their majority. Adviser 1 against the listener: the
    majority is 1's unless both others stand against it, 1 case of 4.
    """
    one = lens("AB", sways=[("A", "B", 1.0)], rule="2 of (A, B)", committee={"A": {"votes": 1.0}})
    found = inclinations(one, deciders(one))
    assert found is not None and found.follows == {"B": ("A", F(1))}
    assert found.power == {"A": F(1), "B": F(0)}
    three = lens("ABCD", sways=[(p, "D", 1.0) for p in "ABC"], rule="D", committee={"D": {"votes": 1.0}})
    found = inclinations(three, deciders(three))
    assert found is not None and found.follows == {"D": ("A", F(3, 4))}
    assert found.power == {"D": F(0), "A": F(1, 2), "B": F(1, 2), "C": F(1, 2)}


def test_influence_index_by_enumeration() -> None:
    """A second way: count every situation in plain Python, for coalitions of two."""
    players = list("abcd")
    inclined = situations(players)
    voted = dict(inclined) | {"d": (inclined["a"] & inclined["b"]) | (inclined["c"] & inclined["d"])}
    for pair in (["a", "b"], ["a", "c"], ["b", "c"]):
        apart = moved = 0
        for v in product((False, True), repeat=4):
            at = dict(zip(players, v, strict=True))
            if at[pair[0]] == at[pair[1]] != at["d"]:
                apart += 1
                moved += ((at["a"] and at["b"]) or (at["c"] and at["d"])) == at[pair[0]]
        assert swayed(inclined, voted, pair, "d") == F(moved, apart)
    assert swayed(inclined, voted, ["d"], "d") == 0


def test_friedkin_johnsen() -> None:
    """Friedkin and Johnsen's four people: (25, 25, 75, 85) -> (60.02, 59.98, 75, 74.99) (1999, table 1)."""
    w = np.array(
        [
            [0.22, 0.12, 0.36, 0.30],
            [0.147, 0.215, 0.344, 0.294],
            [0, 0, 1, 0],
            [0.09, 0.178, 0.446, 0.286],
        ]
    )
    v = friedkin_johnsen(w, 1 - np.diag(w))
    assert v @ [25, 25, 75, 85] == pytest.approx([60.02, 59.98, 75, 74.99], abs=0.005)
    assert v.sum(axis=1) == pytest.approx(np.ones(4))


PEOPLE = ("CFO", "CTO", "CEO", "ProcHead", "TechLead")
TIES = [
    ("Li", "ProcHead"),
    ("Zhang", "ProcHead"),
    ("ProcHead", "CFO"),
    ("ProcHead", "TechLead"),
    ("TechLead", "CTO"),
    ("CTO", "CEO"),
    ("CFO", "CEO"),
]
WHOLE = {
    "covers": [("Li", "ProcHead"), ("Zhang", "ProcHead")],
    "sways": [t for t in TIES if t[0] not in ("Li", "Zhang")],
    "committee": {p: {"roles": ("influencer",)} for p in PEOPLE},
    "rule": "CFO and at least 2 of (CTO, CEO, ProcHead)",
}


def test_committee_ways() -> None:
    """A made-up committee, by hand: everything hangs on ProcHead until Zhang knows the CTO."""
    found = reach(lens(PEOPLE, **WHOLE))
    assert found.cut("CEO") == ("ProcHead",)
    assert found.ways("CEO") == 1
    assert found.dominators("CEO") == ("ProcHead",)
    assert "CEO" in found.single_contacts["ProcHead"]
    assert found.single_owners == {}
    more = reach(lens(PEOPLE, **{**WHOLE, "covers": [*WHOLE["covers"], ("Zhang", "CTO")]}))
    assert len(more.cut("CEO")) == 2
    assert more.ways("CEO") == 2
    assert more.dominators("CEO") == ()


def test_committee_power() -> None:
    """Rule `CFO and 2 of 3`: Banzhaf .5 and .25, normalised .4 and .2 (by hand); TechLead has no vote."""
    found = decides(lens(PEOPLE, **WHOLE))
    powers = {r["name"]: (r.get("banzhaf"), r.get("banzhaf_share"), r["no_say"]) for r in found.rows}
    assert powers["CFO"] == (0.5, 0.4, False)
    assert {powers[p][:2] for p in ("CTO", "CEO", "ProcHead")} == {(0.25, 0.2)}
    assert powers["TechLead"] == (None, None, True)
    blockers = next(f for f in found.findings if f.kind == "blockers")
    assert blockers.subjects == ("CFO",)
    contact = next(f for f in fragile(lens(PEOPLE, **WHOLE)).findings if f.kind == "single-contact")
    assert contact.subjects[0] == "ProcHead"


def test_a_person_without_ties_keeps_his_view_however_open_he_is() -> None:
    """With susceptibility 1 and nobody to listen to, I - AW has no inverse; his own view stands."""
    w = np.array([[1.0, 0.0], [1.0, 0.0]])
    assert friedkin_johnsen(w, np.ones(2)) == pytest.approx(np.array([[1.0, 0.0], [1.0, 0.0]]), abs=1e-5)
