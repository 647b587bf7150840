"""Needs, insight and rivals: clarity by hand, what the roadmap answers, what is out of date, who is better."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from builder import DAY, records, view
from hypothesis import given
from hypothesis import strategies as st

from powermap.analysis.insight import briefing, done_rounds, insight, outdated, rounds, season
from powermap.analysis.judgements import judgements
from powermap.analysis.needs import clarity, is_lead, match, needs, pool
from powermap.analysis.plan import lines
from powermap.analysis.rivals import points, rivals
from powermap.lens import Lens
from powermap.method import load_pack
from powermap.model import Assessment, Deal, Interaction, Organization, Record, TakesPart, Voice

PEOPLE = {
    "Boss": {"level": 1, "unit": "Board"},
    "Head": {"level": 2, "unit": "Buying"},
    "Clerk": {"level": 5},
}
ASKED = [("Boss", "us", 1), ("Head", "us", 2), ("Clerk", "us", 0)]


def seen(*more: Record, **facts: Any) -> Lens:
    given_: dict[str, Any] = {
        "covers": [("Olga", "Head")],
        "team": {"Olga": "us", "Rob": "rival"},
        "suppliers": ("us", "rival"),
        "stances": ASKED[:2],
        **facts,
    }
    return view([*records(PEOPLE, **given_), *more])


def verdict(item: str, score: float | None, on: date = DAY - timedelta(days=1), **more: Any) -> Assessment:
    return Assessment(
        f"{item}{on}{more.get('supplier', '')}",
        (),
        "acc",
        item=item,
        score=score,
        on=on,
        words="said",
        **more,
    )


def need(
    name: str, *, horizon: str = "short", value: float | None = None, rule: str = "", **more: Any
) -> Deal:
    return Deal(name, account="acc", name=name, horizon=horizon, value=value, rule=rule, **more)


def part(person: str, deal: str, *roles: str) -> TakesPart:
    return TakesPart(f"{person}-{deal}", person, deal, roles=roles)


# Clarity.


def test_clarity_counts_roles_rule_and_deciders_with_a_known_attitude() -> None:
    # Three roles, one rule, one decider at least: five.
    assert clarity(seen(need("bare")), need("bare"))[0] == 0
    lens = seen(
        need("full", rule="Boss"), part("Boss", "full", "decider"), part("Clerk", "full", "evaluator", "user")
    )
    share, missing, chain = clarity(lens, need("full", rule="Boss"))
    assert (share, missing, chain) == (1.0, (), True)
    # Head decides too, and nobody knows what Clerk thinks who decides as well.
    two = seen(need("two"), part("Boss", "two", "decider"), part("Clerk", "two", "decider"))
    share, missing, chain = clarity(two, need("two"))
    assert share == pytest.approx((1 + 0 + 1) / (3 + 1 + 2)) and chain
    assert any("Clerk" in w.en for w in missing) and any("decision rule" in w.en for w in missing)


@given(
    roles=st.sets(st.sampled_from(["decider", "evaluator", "user", "coach", "approver"])),
    rule=st.sampled_from(["", "Boss", "Boss and Head"]),
    answered=st.lists(st.booleans(), max_size=4),
)
def test_clarity_and_match_are_parts(roles: set[str], rule: str, answered: list[bool]) -> None:
    deals = [need(f"n{n}", rule=rule) for n in range(len(answered))]
    road = Deal(
        "road",
        account="us",
        name="Road",
        answers=tuple(d.id for d, a in zip(deals, answered, strict=True) if a),
    )
    lens = seen(*deals, road, *(part("Head", d.id, *sorted(roles)) for d in deals))
    found = pool(lens)
    assert all(0 <= n.clarity <= 1 for n in found)
    assert {n.deal.id for n in found if n.answered} <= {d.id for d in deals}
    share = match(found)
    assert share is None if not found else share == sum(answered) / len(answered) and 0 <= share <= 1


def test_the_pool_is_ranked_by_value_times_clarity_and_closed_needs_are_no_needs() -> None:
    found = pool(
        seen(
            need("vague", value=100.0),
            need("clear", value=50.0, rule="Boss"),
            need("won", value=900.0, outcome="won", won_by="us"),
        )
    )
    assert [n.deal.id for n in found] == ["clear", "vague"] and found[1].weight == 0


def test_a_mid_need_that_nobody_decides_is_prepared_ahead_by_asking_the_friends() -> None:
    lens = seen(
        need("long", horizon="long"),
        need("short"),
        need("known", horizon="mid"),
        part("Boss", "known", "decider"),
    )
    ahead = {n.deal.id: n.ask for n in pool(lens) if n.ahead}
    assert ahead == {"long": ("Head", "Boss")}
    assert [f.subjects for f in needs(lens).findings if f.kind == "need-ahead"] == [("long",)]


def test_a_need_that_a_visit_found_is_a_lead_only_where_visits_are_all() -> None:
    voice = Voice("v", account="acc", on=DAY, said_by="Clerk", heard_by="Olga", words="smaller", need="long")
    for grade, lead in (("C", True), ("S", False)):
        own = [r for r in records(PEOPLE, covers=[("Olga", "Head")]) if r.id != "acc"]
        lens = view(
            [*own, Organization("acc", name="Account", grade=grade), need("long", horizon="long"), voice]
        )
        (found,) = pool(lens)
        assert is_lead(lens, found) is lead and found.ask[0] == "Clerk"
        assert needs(lens).rows[0]["finder"]["en"].startswith("lead: Olga" if lead else "Olga")


# Insight.


def test_the_briefing_goes_from_the_environment_to_the_value_and_says_what_is_old() -> None:
    old = verdict("look_macro", None, DAY - timedelta(days=365))
    fresh = verdict("their_strategy", None, DAY - timedelta(days=364))
    ended = verdict("opportunist", 1.0, until=DAY)
    lens = seen(fresh, old, ended, verdict("our_positioning", None), need("n"))
    order = list(dict.fromkeys(x.section for x in briefing(lens)))
    assert order == ["environment", "enterprise", "needs", "value", "asked"]
    assert {x.record for x in outdated(lens)} == {old.id, ended.id}
    assert {f.kind for f in insight(lens).findings} == {"insight", "insight-stale", "opportunist"}


def test_every_item_of_insight_has_its_section() -> None:
    pack = load_pack()
    placed = [i for row in pack.topic("insight")["section"] for i in row["items"]]
    assert sorted(placed) == sorted(k for k, i in pack.items.items() if i.read_by == "insight")
    assert {i.read_by for i in pack.items.values() if i.family == "rival"} == {"rivals"}


def test_rounds_are_the_months_of_the_season() -> None:
    assert season(seen()) == (date(2026, 9, 1), DAY)
    base = [*records(PEOPLE, covers=[("Olga", "Head")], team={"Olga": "us"})]
    met = [
        Interaction(f"i{n}", (), "acc", on, channel, ("Olga",), (who,))
        for n, (on, channel, who) in enumerate(
            [(date(2025, 8, 31), "visit", "Boss"), (date(2025, 9, 2), "visit", "Head"), (date(2025, 12, 31), "visit", "Boss"), (date(2025, 12, 1), "mail", "Clerk"), (date(2026, 1, 1), "visit", "Boss")]
        )
    ]  # fmt: skip
    lens = view([*base, *met], as_of=date(2026, 3, 1))
    assert season(lens) == (date(2025, 9, 1), date(2025, 12, 31))
    assert {k[0]: v for k, v in rounds(lens).items()} == {
        "Board": {4: ("Boss",)},
        "Buying": {1: ("Head",)},
        "": {},
    }
    assert done_rounds(lens) == {1, 4}


def test_the_plan_reads_the_same_judgements() -> None:
    lens = seen(
        verdict("growability", 5.0, date(2026, 1, 1)),
        verdict("growability", 8.0),
        verdict("rival_score", 6.0, supplier="rival"),
    )
    told = {line.what.en: line.detail.en for line in lines(lens) if line.chapter == 1}
    assert told["growability"] == "8 · said" and told["score sheet"] == "Rival · 6 · said"
    assert {j.record.id for j in judgements(lens, "insight")} <= {line.record for line in lines(lens)}


# Rivals.


@pytest.mark.parametrize(("them", "us", "said"), [(8, 5, "worse"), (5, 8, "better"), (5, 5, "equal"), (None, 5, "unknown"), (5, None, "unknown")])  # fmt: skip
def test_who_is_better_follows_from_both_scores(them: float | None, us: float | None, said: str) -> None:
    told = [verdict("rival_score", them, supplier="rival")] if them is not None else []
    told += [verdict("rival_score", us)] if us is not None else []
    assert {p.key: p.verdict for p in points(seen(*told), "rival")}["rival_score"] == said


def test_better_at_the_same_price_is_said_of_the_rival() -> None:
    for score, said in ((1.0, "worse"), (0.0, "equal")):
        found = points(seen(verdict("same_price", score, supplier="rival")), "rival")
        assert {p.key: p.verdict for p in found}["same_price"] == said


def test_a_dossier_says_what_has_changed_since_a_day() -> None:
    spring = date(2026, 3, 1)
    lens = seen(
        verdict("rival_local", 3.0, spring, supplier="rival"), verdict("rival_local", 9.0, supplier="rival")
    )
    answer = rivals(lens, spring)
    (changed,) = [f for f in answer.findings if f.kind == "rival-changed"]
    assert "3 · said → 9 · said" in changed.sentence.en
    assert not [f for f in rivals(lens, DAY).findings if f.kind == "rival-changed"]
    assert not [f for f in rivals(lens).findings if f.kind == "rival-changed"]
    rows = {r["id"]: r for r in answer.rows}
    assert rows["rival-team"]["ours"]["en"] == "1 person, 1 covered"
