"""Two certainties: that a rank is stable, and that the ties it rests on tell of power."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builder import arcs, lens, rows

from powermap.analysis.brief import brief
from powermap.analysis.certainty import Survival, of_rank
from powermap.analysis.influence import power
from powermap.analysis.sway import sways
from powermap.analysis.telling import least, mute_ties, telling, tells
from powermap.errors import ConfigError
from powermap.findings import Answer, Finding
from powermap.lens import Lens
from powermap.method import load_pack

PEOPLE = {"Boss": 1, "Ann": 2, "Ben": 2, "Cho": 3, "Dee": 3, "Eve": 4, "Fay": 4, "Clerk": 5}
OTHERS = [p for p in PEOPLE if p != "Clerk"]


def star(channel: str, hub: str = "Clerk", strength: float = 0.9) -> list[tuple[str, str, float, Any]]:
    """Everybody else has a tie with the hub, by which the hub has standing."""
    told = channel == "information"
    return [(*((p, hub) if told else (hub, p)), strength, {"channel": channel}) for p in PEOPLE if p != hub]


def kinds(found: Answer) -> dict[str, Finding]:
    return {f.kind: f for f in found.findings}


@pytest.mark.parametrize(
    ("channel", "says"),
    [
        ("advice", "yes"),
        ("专业意见", "yes"),
        ("information", "yes"),
        ("信息", "yes"),
        ("", "yes"),
        ("reporting", "formal"),
        ("friendship", "little"),
        ("朋友", "little"),
        ("family", "little"),
        ("校友", "little"),
        ("circle", "little"),
        ("mail", "little"),
        ("邮件", "little"),
        ("meeting", "little"),
        ("golf", "little"),
    ],
)
def test_what_a_channel_tells(channel: str, says: str) -> None:
    """Design: advice and information tell, reporting is formal, friends, family, circles and mail tell little."""
    assert load_pack().tells(channel) == says
    assert tells(lens("AB"), f"channel:{channel}") == says


def test_what_a_layer_tells() -> None:
    assert [tells(lens("A"), layer) for layer in ("superiors", "circles")] == ["formal", "little"]


def test_a_pack_that_says_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "channels.toml").write_text(
        'unnamed="yes"\nother="little"\n[tells]\nadvice="much"\n', "utf-8"
    )
    with pytest.raises(ConfigError) as raised:
        load_pack(tmp_path)
    assert "advice" in raised.value.words.zh and "much" in raised.value.words.en


@pytest.mark.parametrize("channel", ["advice", "", "information", "建议"])
def test_ties_that_tell_make_a_hidden_influencer(channel: str) -> None:
    found = kinds(sways(lens(PEOPLE, sways=star(channel))))
    hidden = found["hidden-influencer"]
    assert hidden.subjects == ("Clerk",) and "1st by influence but 8th by level" in hidden.sentence.en
    assert ("keep them informed" if channel == "information" else " listen;") in hidden.sentence.en
    assert hidden.certainty.telling == "yes" and hidden.certainty.stable is not None
    assert 0.5 < hidden.certainty.stable <= 1 and hidden.certainty.level == "likely"
    assert hidden.rule.parameters["gap_places"] == 3 and hidden.inputs
    assert "well-connected" not in found


@pytest.mark.parametrize("channel", ["friendship", "mail", "邮件", "family", "alumni", "golf", "circle"])
def test_ties_that_tell_little_make_nobody_influential(channel: str) -> None:
    """However stable the first place is, it is said to be well connected, and no more."""
    view = lens(PEOPLE, sways=star(channel), committee={"Boss": {"roles": ("decider",)}})
    answer = sways(view)
    found = kinds(answer)
    assert set(found) == {"well-connected"}
    said = found["well-connected"]
    assert said.subjects == ("Clerk",) and "doesn't tell who decides" in said.sentence.en
    assert "看不出谁说了算" in said.sentence.zh
    assert said.certainty.telling == "little" and (said.certainty.stable or 0) > 0.5
    assert "tell little of power" in said.certainty.words.en and "说明不了谁有权" in said.certainty.words.zh
    heads = {c.key: c.words for c in answer.columns}
    assert not {"gap", "formal_rank", "decision"} & set(heads)
    assert all("nfluen" not in w.en and "影响" not in w.zh for w in heads.values())
    assert answer.rows[0]["id"] == "Clerk" and answer.rows[0]["gap"] is not None
    assert not {"hidden-influencer", "most-heard", "sway-without-vote"} & set(kinds(brief(view)))
    assert said.to_dict()["certainty"]["telling"] == "little"


def test_friends_beside_advice_change_no_rank_by_influence() -> None:
    """Advice makes Ann first; Clerk's friends leave every number as it is, and a note counts their ties."""
    advice = [("Ann", p, 0.6, {"channel": "advice"}) for p in ("Boss", "Ben", "Cho")]
    alone, both = lens(PEOPLE, sways=advice), lens(PEOPLE, sways=advice + star("friendship"))
    told = sways(both)
    assert told.rows == sways(alone).rows and told.rows[0]["id"] == "Ann"
    assert "Clerk" not in {p for f in told.findings if f.kind != "layers" for p in f.subjects}
    assert any(
        "7 ties of other kinds (friendship)" in n.en and "7 条关系（友情）" in n.zh for n in told.notes
    )
    assert power(both) == power(alone)
    assert {t.channel for t in mute_ties(both)} == {"friendship"}
    assert telling(alone) is alone and len(telling(both).influences) == 3


def test_power_is_no_estimate_from_friends() -> None:
    """Level 5 is .2 of rank, 60 % of the estimate: 1.2 without a tie that tells, 5.2 where everybody asks."""
    assert power(lens(PEOPLE, sways=star("friendship")))["Clerk"].value == 1.2
    assert power(lens(PEOPLE, sways=star("advice")))["Clerk"].value == 5.2


def test_nobody_has_a_level() -> None:
    """Titles alone make no comparison: there is no 'by level', and no column of it."""
    people = {p: {"title": "Head" if p == "Boss" else "Clerk"} for p in PEOPLE}
    answer = sways(lens(people, sways=star("advice")))
    found = kinds(answer)
    assert set(found) == {"most-heard"}
    assert not {"level", "gap", "formal_rank"} & {c.key for c in answer.columns}
    assert all(row["gap"] is None and row["formal_rank"] is None for row in answer.rows)
    assert all("level" not in f.sentence.en and "职级" not in f.sentence.zh for f in answer.findings)


def test_everybody_is_on_one_level() -> None:
    """Among equals nobody is above anybody: a place by influence is no gap to the chart."""
    answer = sways(lens(dict.fromkeys(PEOPLE, 3), sways=star("advice")))
    assert set(kinds(answer)) == {"most-heard"}
    assert "level" in {c.key for c in answer.columns} and not {"gap", "formal_rank"} & {
        c.key for c in answer.columns
    }


def test_nobody_outranks_the_first() -> None:
    """Seven share the top level, their mean rank is 4: the first by advice is 3 places 'above', and outranked by nobody."""
    people = {**dict.fromkeys(OTHERS, 1), "Clerk": 2}
    found = kinds(sways(lens(people, sways=star("advice", hub="Ann"))))
    assert "hidden-influencer" not in found


def test_levels_of_some() -> None:
    """Only those whose level is known are compared, and the sentence says so."""
    people = {**PEOPLE, "Guest": None, "Wife": None}
    ties = [*star("advice"), *(("Wife", p, 1.0, {"channel": "advice"}) for p in PEOPLE)]
    answer = sways(lens(people, sways=ties))
    (hidden,) = [f for f in answer.findings if f.kind == "hidden-influencer"]
    assert hidden.subjects == ("Clerk",)
    assert "1st by influence but 8th by level (of the 8 whose level is known)" in hidden.sentence.en
    assert "在知道层级的 8 人中" in hidden.sentence.zh
    by_name = {row["id"]: row for row in answer.rows}
    assert answer.rows[0]["id"] == "Wife" and by_name["Wife"]["gap"] is None
    assert (by_name["Clerk"]["rank"], by_name["Clerk"]["gap"]) == (2, 7)


def ladder(n: int, hub: int) -> Lens:
    """n people one above the other, levels 1 to 5 as far as they go, all asking the one in a place."""
    people = {f"P{i}": min(i, 5) for i in range(1, n + 1)}
    return lens(people, sways=[(f"P{hub}", p, 0.9, {"channel": "advice"}) for p in people if p != f"P{hub}"])


@pytest.mark.parametrize(("hub", "hidden"), [(3, False), (4, True)])
def test_three_places_are_worth_a_sentence(hub: int, hidden: bool) -> None:
    """Of five, level 4 is three places below the first place of influence, level 3 two."""
    assert ("hidden-influencer" in kinds(sways(ladder(5, hub)))) is hidden


@pytest.mark.parametrize(
    ("levels", "hub", "hidden"),
    [([1, 2, 2, 3, 4, *[5] * 15], "P5", False), ([1, 2, 2, 3, 3, 4, *[5] * 14], "P6", True)],
    ids=["gap 4", "gap 5"],
)
def test_in_a_crowd_one_place_in_four_is_worth_a_sentence(levels: list[int], hub: str, hidden: bool) -> None:
    """Of 20 with levels a gap of 5 counts, one of 4 does not: the fifth or sixth by level is first by influence."""
    people = {f"P{i}": level for i, level in enumerate(levels, 1)}
    ties = [(hub, p, 0.9, {"channel": "advice"}) for p in people if p != hub]
    answer = sways(lens(people, sways=ties))
    assert answer.rows[0]["id"] == hub and answer.rows[0]["gap"] == int(hub[1]) - 1
    assert ("hidden-influencer" in kinds(answer)) is hidden


@pytest.mark.parametrize(("place", "hidden"), [(3, True), (4, False)])
def test_a_hidden_influencer_is_among_the_first(place: int, hidden: bool) -> None:
    """Of eight, the first three places count: the clerk is listened to less than `place` - 1 of the others."""
    hubs = [*OTHERS[: place - 1], "Clerk"]
    ties = [
        (hub, p, strength, {"channel": "advice"})
        for hub, strength in zip(hubs, (0.9, 0.7, 0.5, 0.3), strict=False)
        for p in ("Eve", "Fay", "Dee")
        if p != hub
    ]
    answer = sways(lens(PEOPLE, sways=ties))
    assert {r["id"]: r["rank"] for r in answer.rows}["Clerk"] == place
    assert ("hidden-influencer" in kinds(answer)) is hidden


def test_in_a_crowd_one_in_three_may_be_hidden() -> None:
    """Of twelve the first four count: the fourth is a hidden influencer, the fifth is none."""
    people = {**{f"P{i}": 1 + i // 4 for i in range(11)}, "Clerk": 5}
    for ahead, hidden in ((3, True), (4, False)):
        hubs = [*(f"P{i}" for i in range(ahead)), "Clerk"]
        ties = [
            (hub, p, 0.9 - 0.15 * i, {"channel": "advice"})
            for i, hub in enumerate(hubs)
            for p in ("P8", "P9", "P10")
        ]
        answer = sways(lens(people, sways=ties))
        assert {r["id"]: r["rank"] for r in answer.rows}["Clerk"] == ahead + 1
        assert ("hidden-influencer" in kinds(answer)) is hidden


@pytest.mark.parametrize(("level", "said"), [(3, True), (4, False)])
def test_who_is_high_and_unheard(level: int, said: bool) -> None:
    """Level 3 is high, level 4 is not: five below are listened to, and the one above them by nobody."""
    people = {"High": level, **dict.fromkeys("ABCDE", 5)}
    ties = [(a, b, 0.5, {"channel": "advice"}) for a in "ABCDE" for b in "ABCDE" if a != b]
    assert ("unheard" in kinds(sways(lens(people, sways=ties)))) is said
    nobody_yet = lens({**people, "High": {"level": level, "placeholder": True}}, sways=ties)
    assert "unheard" not in kinds(sways(nobody_yet))
    quiet = [(a, b, s, {"channel": "friendship"}) for a, b, s, _ in ties]
    assert "unheard" not in kinds(sways(lens(people, sways=quiet)))


@pytest.mark.parametrize(("least", "said"), [(0.3999, True), (0.4001, False)])
def test_sway_without_a_vote_counts_from_the_packs_number(least: float, said: bool) -> None:
    """One tie of .5 moves the boss .4 of the way (.5 x .8) or, listening to nobody else, .8: the number decides."""
    view = lens(
        {"Boss": 1, "Clerk": 5}, sways=[("Clerk", "Boss", 0.5)], committee={"Boss": {"roles": ("decider",)}}
    )
    share = next(f.value for f in sways(view).findings if f.kind == "sway-without-vote")
    topics = {**view.pack.topics, "defaults": {**view.pack.topic("defaults")}}
    numbers = {**topics["defaults"]["number"], "sway_that_matters": share * least / 0.4}
    topics["defaults"]["number"] = numbers
    view = replace(view, pack=replace(view.pack, topics=topics))
    assert ("sway-without-vote" in kinds(sways(view))) is said
    assert load_pack().default("sway_that_matters") == 0.05


def test_below_one_half_a_place_cannot_be_told() -> None:
    half, less = of_rank(Survival(0.2, 0.5, 1, 5)), of_rank(Survival(0.2, 0.49, 1, 5))
    assert (half.level, half.stable) == ("likely", 0.5)
    assert (less.level, less.stable) == ("open", 0.49) and "can't tell" in less.words.en


def test_managers_heads_are_plain() -> None:
    """The heads name no formula; the keys, which programs read, stay."""
    heads = {c.key: c.words for c in sways(lens(PEOPLE, sways=star("advice"))).columns}
    assert heads["survives"] == ("名次稳不稳（重抽样前三 %）", "In the top three when ties are dropped %")
    assert heads["interval"] == ("九成落在第几名", "Place, nine times in ten")
    assert heads["gap"] == ("比职级高几名", "Places above their level")
    assert {"heard", "pagerank", "rank", "formal_rank", "decision"} <= set(heads)
    assert not any(
        name in word for w in heads.values() for word in w for name in ("PageRank", "Kendall", "τ")
    )


def test_friends_among_the_high_tech_managers(shared: Path) -> None:
    """Krackhardt's 21 managers by friendship alone: well connected, nobody hidden; advice makes the ranks.

    The published in-degree of advice is highest for 2, 18 and 21.
    """
    folder = shared / "data" / "krackhardt_hightech"
    people = {r["id"]: {"level": int(r["level"]), "unit": r["dept"]} for r in rows(folder, "nodes")}
    friends = [(b, a, None, {"channel": "friendship"}) for a, b in arcs(folder, "friendship")]
    advice = [(b, a, None, {"channel": "advice"}) for a, b in arcs(folder, "advice")]
    answer = sways(lens(people, sways=friends))
    assert set(kinds(answer)) == {"well-connected"}
    assert kinds(answer)["well-connected"].certainty.telling == "little"
    with_advice = sways(lens(people, sways=friends + advice))
    assert with_advice.rows == sways(lens(people, sways=advice)).rows
    assert {row["id"] for row in sorted(with_advice.rows, key=lambda r: -r["heard"])[:3]} == {"2", "18", "21"}
    assert kinds(with_advice)["most-heard"].certainty.telling == "yes"


def test_the_least_that_any_tie_says() -> None:
    """Without a tie nothing is said of power; one weak tie is enough to weaken a claim."""
    assert [least(says) for says in ((), ("yes",), ("yes", "formal"), ("formal", "little"))] == [
        "little",
        "yes",
        "formal",
        "little",
    ]


def test_an_influence_tie_that_repeats_the_chart_is_mute() -> None:
    """Of the channel reporting the chart tells already; friendship says little; a conflict isn't counted anyway."""
    channels = ("advice", "reporting", "friendship", "")
    ties = [("A", p, 0.5, {"channel": c}) for p, c in zip("BCDE", channels, strict=True)]
    seen = lens("ABCDE", sways=[*ties, ("B", "A", 0.5, {"channel": "friendship", "sign": -1})])
    assert [t.dst for t in mute_ties(seen)] == ["C", "D"]
