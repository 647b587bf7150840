"""Every number of the pack that the analysis of one account reads, on both sides of it, and with another number in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from math import exp
from typing import Any

import pytest
from builder import DAY, lens, records, view
from packs import Ask, cases, changed, untested
from pytest import approx

from powermap.analysis.actions import actions
from powermap.analysis.age import stale
from powermap.analysis.allegiance import sent, speaks_up
from powermap.analysis.competition import compare
from powermap.analysis.contacts import contacts
from powermap.analysis.cover import uncovered
from powermap.analysis.distance import distance
from powermap.analysis.fragility import fragile
from powermap.analysis.influence import pagerank
from powermap.analysis.layers import disagreement
from powermap.analysis.measures import measure
from powermap.analysis.meetings import met
from powermap.analysis.moves import Move, candidates, next_moves
from powermap.analysis.projection import access, confidence, hearing, standing_arcs, susceptibility
from powermap.analysis.sway import sways
from powermap.analysis.winning import model
from powermap.findings import Answer
from powermap.lens import Lens
from powermap.lens.grounds import GroundsOf
from powermap.method import Pack
from powermap.method.attitude import AttitudeRule
from powermap.model import Assessment, Evidence, Interaction, MemberOf, Organization, Period, Stands

BOTH = ("us", "rival")
DECIDES: dict[str, Any] = {"committee": {"Boss": {"roles": ("decider",)}}}


def through(pack: Pack, people: Any, **facts: Any) -> Lens:
    return replace(lens(people, **facts), pack=pack)


def kinds(answer: Answer) -> set[str]:
    return {f.kind for f in answer.findings}


# Who may be asked.


def asked(*stances: tuple[int, int | None]) -> Callable[[Pack], list[bool]]:
    """Ask whether people of these attitudes to us and to a rival may be sent; a rival's None is known to have judged them."""

    def ask(pack: Pack) -> list[bool]:
        people = [f"P{i}" for i in range(len(stances))]
        held = [
            (p, s, a)
            for p, pair in zip(people, stances, strict=True)
            for s, a in zip(BOTH, pair, strict=True)
        ]
        seen = through(pack, people, suppliers=BOTH, stances=held)
        return [sent(seen, p) for p in people]

    return ask


def loud(pack: Pack) -> list[bool]:
    stances = [(f"P{n}", "us", 1, {"support": n}) for n in (1, 2, 3)]
    seen = through(pack, ["P1", "P2", "P3"], stances=stances)
    return [speaks_up(seen, p) for p in seen.seats]


# Moves.


def pair(
    ally: dict[str, Any], boss: dict[str, Any], kind: str = "connect", **facts: Any
) -> Callable[[Pack], Move | None]:
    """Ask for the move by which Ally, who supports us, is to sway Boss, who decides; both are covered."""

    def ask(pack: Pack) -> Move | None:
        base = {"level": 2, "power": 5}
        seen = through(
            pack,
            {"Boss": {**base, **boss}, "Ally": {**base, **ally}},
            stances=[("Ally", "us", 3), ("Boss", "us", 0)],
            covers=[("Uma", "Boss"), ("Uma", "Ally")],
            **DECIDES,
            **facts,
        )
        m = model(seen)
        assert m is not None
        return next((x for x in candidates(seen, m) if (x.kind, x.people) == (kind, ("Ally", "Boss"))), None)

    return ask


def strength(ask: Callable[[Pack], Move | None]) -> Callable[[Pack], float | None]:
    return lambda pack: None if (found := ask(pack)) is None else found.strength


def effort(ask: Callable[[Pack], Move | None]) -> Callable[[Pack], float | None]:
    return lambda pack: None if (found := ask(pack)) is None else found.effort


NEIGHBOURS = pair({}, {})
LEVELS = pair({"level": 4}, {})
AWAY = pair({"unit": "IT"}, {"unit": "Board"})
ABOVE = pair({}, {"power": 7})


def proposed(pack: Pack) -> list[bool]:
    """Four levels below: .3 x .7^4 = .072; below by 3 points of power too .0525, by 4 .0473."""
    return [pair({"level": 5}, {"level": 1, "power": 5 + n})(pack) is not None for n in (3, 4)]


def apart(pack: Pack) -> int:
    return distance(through(pack, {"Boss": 1, "Ally": None}), "Ally", "Boss").levels


def own(
    kind: str, attitude: int | None, *, covered: bool = True, rival: int | None = None
) -> Callable[[Pack], float]:
    """Ask how many days a move takes that is about Boss alone."""

    def ask(pack: Pack) -> float:
        stances = [("Boss", "us", attitude)] + ([("Boss", "rival", rival)] if rival is not None else [])
        seen = through(
            pack,
            {"Boss": 1},
            suppliers=BOTH,
            stances=stances,
            covers=[("Uma", "Boss")] if covered else [],
            **DECIDES,
        )
        m = model(seen)
        assert m is not None
        return next(x.effort for x in candidates(seen, m) if x.kind == kind)

    return ask


def days(number: int) -> Any:
    return DAY - timedelta(days=number)


def meeting(ago: int, person: str = "Boss") -> Interaction:
    return Interaction(
        f"m {person}", account="acc", on=days(ago), channel="visit", ours=("Uma",), theirs=(person,)
    )


def who_met(pack: Pack) -> list[bool]:
    made = records({"Boss": 1, "Aide": 1}, team={"Uma": "us"})
    seen = replace(view([*made, meeting(365), meeting(366, "Aide")]), pack=pack)
    return [p in met(seen) for p in ("Boss", "Aide")]


def met_days(pack: Pack) -> float:
    seen = replace(view([*records({"Boss": 1}, team={"Uma": "us"}), meeting(1)]), pack=pack)
    return contacts(seen)["Boss"].days


def through_a_meeting(pack: Pack) -> float:
    seen = replace(view([*records({"Boss": 1}, team={"Uma": "us"}), meeting(1)]), pack=pack)
    return float(access(seen, meetings=True).edges["Uma", "Boss"]["strength"])


def introduced(pack: Pack) -> list[bool]:
    """A way of .09, one of .1 exactly and one of .11."""
    ties = [("Gate", "Low", 0.09), ("Gate", "Mid", 0.1), ("Gate", "High", 0.11)]
    seen = through(pack, ["Gate", "Low", "Mid", "High"], sways=ties, covers=[("Uma", "Gate", 1.0)])
    return [bool(contacts(seen)[p].by) for p in ("Low", "Mid", "High")]


def cold(pack: Pack) -> float:
    return contacts(through(pack, {"Boss": 1}, team={"Uma": "us"}))["Boss"].days


def worth_telling(pack: Pack) -> list[bool]:
    """To win Low over by a step, to whom Boss listens with .0046 or .0038, is worth a little more or less than .001."""
    return [
        ("Low",)
        in [
            x.people
            for x in next_moves(
                through(
                    pack,
                    ["Boss", "Low"],
                    sways=[("Low", "Boss", tie)],
                    stances=[("Boss", "us", 0), ("Low", "us", 0)],
                    covers=[("Uma", "Boss"), ("Uma", "Low")],
                    **DECIDES,
                )
            )[1]
        ]
        for tie in (0.0046, 0.0038)
    ]


def warned(pack: Pack) -> list[bool]:
    """Boss and Chief must both agree. The rival's best move is worth less than .01 with one Chief, more with the other."""
    found = []
    for chief in (0, 1):
        seen = through(
            pack,
            ["Boss", "Chief"],
            suppliers=BOTH,
            stances=[(p, "us", 3) for p in ("Boss", "Chief")]
            + [("Boss", "rival", 2), ("Chief", "rival", chief)],
            covers=[("Uma", "Boss"), ("Uma", "Chief"), ("Vic", "Boss"), ("Vic", "Chief")],
            team={"Uma": "us", "Vic": "rival"},
            committee={p: {"roles": ("decider",)} for p in ("Boss", "Chief")},
            rule="Boss and Chief",
        )
        found.append("rival-next" in kinds(actions(seen)))
    return found


# Defaults.


def unknown(value: int) -> Callable[[Pack], float]:
    """Ask how likely an unknown attitude of the decider is taken to be that."""

    def ask(pack: Pack) -> float:
        m = model(through(pack, {"Boss": 1}, **DECIDES))
        assert m is not None
        return float(m.weight[m.drawn[:, 0] == value].sum())

    return ask


def strengths(pack: Pack) -> list[float]:
    seen = through(pack, ["Boss", "Clerk"], sways=[("Clerk", "Boss")], covers=[("Uma", "Clerk")])
    graph = access(seen)
    return [
        graph.edges["Uma", "Clerk"]["strength"],
        graph.edges["Clerk", "Boss"]["strength"],
        hearing(seen)[1].max(),
    ]


def line(tail: str, head: str) -> Callable[[Pack], float]:
    return lambda pack: float(
        access(through(pack, ["Boss", "Clerk"], boss=[("Clerk", "Boss")])).edges[tail, head]["strength"]
    )


def ranked(pack: Pack) -> list[float]:
    """A listens to B: PageRank of A is 1 / (2 + damping)."""
    seen = through(pack, ["A", "B"], sways=[("B", "A", 1.0)])
    (told,) = [row["value"] for row in measure(seen, "pagerank").rows if row["id"] == "A"]
    return [pagerank(seen)["A"], told]


def circle(pack: Pack) -> list[float]:
    club = [
        Organization("club", name="Club", type="circle"),
        MemberOf("m1", "A", "club"),
        MemberOf("m2", "B", "club"),
    ]
    seen = replace(view([*records(["A", "B"]), *club]), pack=pack)
    return [
        access(seen, circles=True).edges["A", "B"]["strength"],
        standing_arcs(seen, "circles")["A", "B"].strength,
    ]


def yes(rule: str) -> Callable[[Pack], float]:
    """Ask how likely one decider at +1 is to agree, or not to oppose."""

    def ask(pack: Pack) -> float:
        m = model(through(pack, {"Boss": 1}, stances=[("Boss", "us", 1)], committee={"Boss": {}}, rule=rule))
        assert m is not None
        return m.win()

    return ask


def of_weight(pack: Pack) -> list[list[str]]:
    """Ask for those whom nobody covers, by the rule, *fragile* and *compare*, and for those whom Uma alone covers."""
    people = {f"P{n}": {"power": n} for n in (5.9, 6.0, 6.1)}
    seen, covered = through(pack, people), through(pack, people, covers=[("Uma", p) for p in people])
    told = [f for answer in (fragile(seen), compare(seen), fragile(covered)) for f in answer.findings]
    return [
        sorted(uncovered(seen)),
        *(
            sorted({*f.subjects} - {"Uma"})
            for f in told
            if f.kind in ("uncovered", "unknown-attitude", "sole-cover")
        ),
    ]


def weighty(*powers: float) -> list[list[str]]:
    return [[f"P{n}" for n in powers]] * 4


def old(pack: Pack) -> list[str]:
    stances = [(f"P{n}", "us", 1, {"period": Period(days(n), None)}) for n in (180, 181)]
    return list(stale(through(pack, ["P180", "P181"], stances=stances)))


def sure(status: Any) -> Callable[[Pack], float]:
    return lambda pack: confidence(through(pack, ["A"]), Evidence(status=status))


def hidden(*crowds: tuple[list[int], list[str]]) -> Callable[[Pack], list[bool]]:
    """Ask whether anybody is a hidden influencer among people of these levels; of the hubs the first is heard most."""

    def ask(pack: Pack) -> list[bool]:
        found = []
        for levels, hubs in crowds:
            people = {f"P{i}": level for i, level in enumerate(levels, 1)}
            ties = [
                (hub, p, 0.9 - 0.2 * place, {"channel": "advice"})
                for place, hub in enumerate(hubs)
                for p in people
                if p not in hubs
            ]
            found.append("hidden-influencer" in kinds(sways(through(pack, people, sways=ties))))
        return found

    return ask


GAP = hidden(([1, 2, 3, 4, 5], ["P3"]), ([1, 2, 3, 4, 5], ["P4"]))
CROWD = hidden(([1, 2, 2, 3, 4, *[5] * 15], ["P5"]), ([1, 2, 2, 3, 3, 4, *[5] * 14], ["P6"]))
FEW = [1, 1, 1, 1, 2, 2, 2, 3]
MANY = [1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3]
PLACES = hidden((FEW, ["P1", "P2", "P8"]), (FEW, ["P1", "P2", "P3", "P8"]))
PLACES_OF_MANY = hidden((MANY, ["P1", "P2", "P3", "P12"]), (MANY, ["P1", "P2", "P3", "P4", "P12"]))


def without_vote(pack: Pack) -> list[bool]:
    """Boss is moved by .8 x .06 = 4.8 % and by .8 x .065 = 5.2 % of the way."""
    return [
        "sway-without-vote"
        in kinds(sways(through(pack, {"Boss": 1, "Clerk": 5}, sways=[("Clerk", "Boss", tie)], **DECIDES)))
        for tie in (0.06, 0.065)
    ]


def ranks(order: str) -> dict[str, float]:
    return {p: float(i) for i, p in enumerate(order, 1)}


def layered(pack: Pack, one: str, other: str) -> list[str]:
    """Return what is said of two layers with these ranks."""
    ties = [
        (a, b, 0.5, {"channel": c}) for c in ("advice", "friendship") for a, b in (("B", "A"), ("C", "A"))
    ]
    seen = through(pack, "ABCDE", sways=ties)
    found = {"superiors": {}, "channel:advice": ranks(one), "channel:friendship": ranks(other)}
    return [f.sentence.en for f in disagreement(seen, found)]


def compared(pack: Pack) -> list[bool]:
    return [bool(layered(pack, people, people)) for people in ("ABCD", "ABCDE")]


def agreeing(pack: Pack) -> list[str]:
    """Of ten pairs two, three, seven and eight are turned: tau .6, .4, -.4 and -.6."""
    orders = ("BADCE", "BADEC", "DEBAC", "DEBCA")
    told = [layered(pack, "ABCDE", order)[0] for order in orders]
    return [next(w for w in ("agree", "against", "little") if w in text) for text in told]


def unheard(pack: Pack) -> list[bool]:
    ties = [(a, b, 0.5, {"channel": "advice"}) for a in "ABCDE" for b in "ABCDE" if a != b]
    return [
        "unheard" in kinds(sways(through(pack, {"High": level, **dict.fromkeys("ABCDE", 5)}, sways=ties)))
        for level in (3, 4)
    ]


def moved(adaptability: str) -> Callable[[Pack], float]:
    return lambda pack: float(susceptibility(through(pack, {"A": {"adaptability": adaptability}}))[0])


def itself(*values: float) -> dict[float, Any]:
    return {v: approx(v) for v in values}


def days_of(kind: str, attitude: int | None, value: float, more: float = 0.0, **facts: Any) -> Ask:
    """A move's days, with 10 more where nobody covers the person."""
    return Ask(own(kind, attitude, **facts), {v: v + more for v in (value - 1, value, value + 1)})


ASKED: dict[tuple[str, str], Ask] = {
    ("actions", "gate.attitude"): Ask(
        asked((0, -1), (1, -1), (2, -1)), {0: [True] * 3, 1: [False, True, True], 2: [False, False, True]}
    ),
    ("actions", "gate.lead"): Ask(
        asked((3, 3), (3, 2), (3, 1)), {0: [True] * 3, 1: [False, True, True], 2: [False, False, True]}
    ),
    ("actions", "gate.unknown"): Ask(
        asked((1, None), (2, None)), {0: [True, True], 1: [False, True], 2: [False, False]}
    ),
    ("actions", "gate.speaks_up"): Ask(
        loud, {1: [True] * 3, 2: [False, True, True], 3: [False, False, True]}
    ),
    ("actions", "tie.near"): Ask(strength(NEIGHBOURS), itself(0.2, 0.3, 0.4)),
    ("actions", "tie.least"): Ask(proposed, {0.04: [True, True], 0.05: [True, False], 0.06: [False, False]}),
    ("actions", "tie.lift"): Ask(
        strength(pair({}, {}, "lift", sways=[("Ally", "Boss", 0.4)])),
        {0.25: approx(0.5), 0.5: approx(0.6), 1.0: approx(0.8)},
    ),
    ("actions", "tie.level_keeps"): Ask(
        strength(LEVELS), {0.5: approx(0.075), 0.7: approx(0.147), 0.9: approx(0.243)}
    ),
    ("actions", "tie.level_days"): Ask(effort(LEVELS), {1.0: 6, 2.0: 8, 3.0: 10}),
    ("actions", "tie.level_unknown"): Ask(apart, {1: 1, 2: 2, 3: 3}),
    ("actions", "tie.department_keeps"): Ask(
        strength(AWAY), {0.5: approx(0.15), 0.6: approx(0.18), 0.7: approx(0.21)}
    ),
    ("actions", "tie.department_days"): Ask(effort(AWAY), {1.0: 5, 2.0: 6, 3.0: 7}),
    ("actions", "tie.standing_keeps"): Ask(
        strength(ABOVE), {0.8: approx(0.192), 0.9: approx(0.243), 1.0: approx(0.3)}
    ),
    ("actions", "tie.standing_days"): Ask(effort(ABOVE), {0.0: 4, 0.5: 5, 1.0: 6}),
    ("actions", "contact.met"): Ask(met_days, itself(1.0, 2.0, 3.0)),
    ("actions", "contact.met_days"): Ask(
        who_met, {364: [False, False], 365: [True, False], 366: [True, True]}
    ),
    ("actions", "contact.likely"): Ask(
        introduced, {0.09: [True] * 3, 0.1: [False, True, True], 0.11: [False, False, True]}
    ),
    ("actions", "contact.cold"): Ask(cold, itself(9.0, 10.0, 11.0)),
    ("actions", "contact.held"): Ask(own("raise", 0, rival=2), {9.0: 14, 10.0: 15, 11.0: 16}),
    ("actions", "contact.meeting"): Ask(through_a_meeting, itself(0.1, 0.2, 0.3)),
    ("actions", "search.least"): Ask(
        worth_telling, {0.0005: [True, True], 0.001: [True, False], 0.002: [False, False]}
    ),
    ("actions", "search.rival"): Ask(
        warned, {0.005: [True, True], 0.01: [False, True], 0.05: [False, False]}
    ),
    ("actions", "move[raise].effort"): days_of("raise", 0, 5.0),
    ("actions", "move[approach].effort"): days_of("approach", None, 7.0),
    ("actions", "move[cover].effort"): days_of("cover", 0, 5.0, 10.0, covered=False),
    ("actions", "move[neutralise].effort"): days_of("neutralise", -1, 8.0),
    ("actions", "move[advocate].effort"): days_of("advocate", 2, 3.0),
    ("actions", "move[connect].effort"): Ask(effort(NEIGHBOURS), itself(3.0, 4.0, 5.0)),
    ("actions", "move[lift].effort"): Ask(
        effort(pair({}, {}, "lift", sways=[("Ally", "Boss", 0.4)])), itself(2.0, 3.0, 4.0)
    ),
    **{
        ("attitudes", f"unknown.{n}"): Ask(unknown(n), itself(p - 0.01, p, p + 0.01))
        for n, p in ((-2, 0.05), (-1, 0.2), (0, 0.5), (1, 0.2), (2, 0.05))
    },
    ("defaults", "number.strength"): Ask(strengths, {v: approx([v] * 3) for v in (0.4, 0.5, 0.6)}),
    ("defaults", "number.line_up"): Ask(line("Clerk", "Boss"), itself(0.5, 0.6, 0.7)),
    ("defaults", "number.line_down"): Ask(line("Boss", "Clerk"), itself(0.8, 0.9, 1.0)),
    ("defaults", "number.damping"): Ask(ranked, {d: approx([1 / (2 + d)] * 2) for d in (0.5, 0.85, 0.9)}),
    ("defaults", "number.circle"): Ask(circle, {v: approx([v] * 2) for v in (0.1, 0.2, 0.3)}),
    ("defaults", "number.logit"): Ask(
        yes("Boss"), {v: approx(exp(v) / (1 + exp(v))) for v in (1.0, 1.2, 1.5)}
    ),
    ("defaults", "number.logit_shift"): Ask(
        yes("not opposed(Boss)"), {v: approx(1 / (1 + exp(-1.2 * (1 + v)))) for v in (0.5, 1.0, 2.0)}
    ),
    ("defaults", "number.power_that_matters"): Ask(
        of_weight, {5.9: weighty(5.9, 6.0, 6.1), 6: weighty(6.0, 6.1), 6.1: weighty(6.1)}
    ),
    ("defaults", "number.stale_days"): Ask(old, {179: ["P180", "P181"], 180: ["P181"], 181: []}),
    ("defaults", "number.confidence_observed"): Ask(sure("observed"), itself(0.8, 0.9, 1.0)),
    ("defaults", "number.confidence_assumed"): Ask(sure("assumed"), itself(0.4, 0.5, 0.6)),
    ("defaults", "number.confidence_derived"): Ask(sure("derived"), itself(0.4, 0.5, 0.6)),
    ("defaults", "number.gap_places"): Ask(GAP, {2: [True, True], 3: [False, True], 4: [False, False]}),
    ("defaults", "number.gap_one_in"): Ask(CROWD, {3: [False, False], 4: [False, True], 5: [True, True]}),
    ("defaults", "number.top_places"): Ask(PLACES, {2: [False, False], 3: [True, False], 4: [True, True]}),
    ("defaults", "number.top_one_in"): Ask(
        PLACES_OF_MANY, {2: [True, True], 3: [True, False], 4: [False, False]}
    ),
    ("defaults", "number.sway_that_matters"): Ask(
        without_vote, {0.04: [True, True], 0.05: [False, True], 0.06: [False, False]}
    ),
    ("defaults", "number.layers_people"): Ask(
        compared, {4: [True, True], 5: [False, True], 6: [False, False]}
    ),
    ("defaults", "number.layers_agree"): Ask(
        agreeing,
        {
            0.4: ["agree", "agree", "against", "against"],
            0.5: ["agree", "little", "little", "against"],
            0.61: ["little"] * 4,
        },
    ),
    ("defaults", "number.high_level"): Ask(unheard, {2: [False, False], 3: [True, False], 4: [True, True]}),
    **{
        ("defaults", f"susceptibility.{key}"): Ask(
            moved("" if key == "default" else key), itself(p - 0.05, p, p + 0.05)
        )
        for key, p in (
            ("default", 0.8),
            ("innovator", 0.95),
            ("early", 0.9),
            ("pragmatist", 0.8),
            ("late", 0.65),
            ("laggard", 0.4),
        )
    },
}

# What an attitude rests on.


def aged(pack: Pack) -> list[bool]:
    """Tell which cells of these ages in days count."""
    ages = (299, 300, 364, 365, 399, 400)
    told = [
        Assessment(f"a{n}", (), "acme", f"P{n}", "support", score=1.0, on=DAY - timedelta(days=n))
        for n in ages
    ]
    found = GroundsOf(told, (), pack, DAY)
    return [bool(found.of(f"P{n}", "us", None, us=True).cells) for n in ages]


def proven(pack: Pack) -> list[bool]:
    """Tell which typed totals want a key event."""
    found = GroundsOf((), (), pack, DAY)
    typed = [Stands("s", "P", "us", attitude=n) for n in range(4)]
    return [found.of("P", "us", s, us=True).unproven for s in typed]


def summed(pack: Pack) -> list[int | None]:
    """Sum up three threes, with these attitudes to rivals."""
    rule, high = AttitudeRule.of(pack), {"support": 3, "guidance": 3, "acceptance": 3}
    return [
        rule.total(high | ({} if rivalry is None else {"rivalry": rivalry})) for rivalry in (None, 0, 1, 2)
    ]


def enough(pack: Pack) -> list[bool]:
    """Tell of how many cells there is a total."""
    rule, keys = AttitudeRule.of(pack), ("support", "guidance", "acceptance", "information")
    return [rule.total(dict.fromkeys(keys[:n], 1)) is not None for n in (1, 2, 3, 4)]


T, F = True, False
ASKED |= {
    ("attitudes", "rule.window"): Ask(
        aged, {300: [T, F, F, F, F, F], 365: [T, T, T, F, F, F], 400: [T, T, T, T, T, F]}
    ),
    ("attitudes", "rule.least"): Ask(enough, {2: [F, T, T, T], 3: [F, F, T, T], 4: [F, F, F, T]}),
    ("attitudes", "rule.cap_least"): Ask(summed, {0: [0, 0, 1, 2], 1: [1, 1, 1, 2], 2: [2, 2, 2, 2]}),
    ("attitudes", "rule.unproven"): Ask(proven, {1: [F, T, T, T], 2: [F, F, T, T], 3: [F, F, F, T]}),
    ("attitudes", "rule.counts_as"): Ask(
        lambda pack: AttitudeRule.of(pack).counted(3, proven=False), {0: 0, 1: 1, 2: 2}
    ),
}


def test_every_number_is_tested() -> None:
    assert not untested(ASKED, "actions", "attitudes", "defaults")


@pytest.mark.parametrize(("file", "key", "value"), cases(ASKED))
def test_the_answer_turns_on_the_number(file: str, key: str, value: float) -> None:
    """The built-in number, one below and one above: the same data on both sides, another verdict."""
    found = ASKED[file, key]
    assert found.ask(changed(file, key, value)) == found.said[value]
