"""Voices at their gates, what a customer may read of them, and satisfaction as series."""

from __future__ import annotations

import io
import zipfile
from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from builder import DAY, records, view
from hypothesis import given
from hypothesis import strategies as st

from powermap.analysis.dials import dials
from powermap.analysis.satisfaction import HOUSE, PEOPLE, fallen, latest, marks, mean, satisfaction
from powermap.analysis.voice_report import for_customer
from powermap.analysis.voices import heard, medians, passed, stays, strongest_rival, voices
from powermap.lens import Lens
from powermap.method import Pack, load_pack
from powermap.model import Assessment, Deal, Record, Voice
from powermap.reports.answer_files import write_answers
from powermap.words import Lang

PACK = load_pack()


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def voice(n: str = "v", on: date = ago(40), **more: Any) -> Voice:
    return Voice(n, account="acc", on=on, **{"words": f"words {n}", "sort": "complaint", **more})


def seen(*more: Record, **facts: Any) -> Lens:
    return view([*records({"Ada": {"unit": "Lab", "level": 2}, "Bo": 3}, suppliers=("us", "rival", "third"),
                          covers=[("Olga", "Ada")], **facts), *more])  # fmt: skip


def state(*more: Record) -> list[tuple[int, int, int]]:
    return [(h.gate, h.days, h.late) for h in heard(seen(*more))]


def test_a_voice_is_at_the_furthest_gate_that_is_filled_and_waits_since() -> None:
    assert state(voice(on=ago(7))) == [(0, 7, 0)] and state(voice(on=ago(8))) == [(0, 8, 1)]
    screened = voice(triage="pain", screened_on=ago(10))
    assert state(screened) == [(1, 10, 3)]
    assert state(replace(screened, owner="Olga", routed_on=ago(15))) == [(2, 10, 0)]
    routed = replace(screened, owner="Olga", routed_on=ago(5), screened_on=ago(20))
    assert state(routed) == [(2, 5, 0)]
    solved = replace(routed, routed_on=ago(18), solved_on=ago(16))
    assert state(solved) == [(3, 16, 2)]
    closed = replace(solved, verdict=4, verdict_on=ago(1))
    assert state(closed) == [(4, 39, 0)]


def test_a_gate_without_a_day_counts_from_the_one_before() -> None:
    assert state(voice(triage="itch")) == [(1, 40, 33)]
    assert state(voice(triage="itch", screened_on=ago(9), route="ITR")) == [(2, 9, 0)]


def test_without_the_customers_verdict_nothing_is_closed() -> None:
    done = voice(owner="Olga", routed_on=ago(30), solved_on=ago(3))
    for bare in (done, replace(done, verdict=5), replace(done, verdict_on=ago(1))):
        assert state(bare)[0][0] == 3


def test_a_low_verdict_opens_it_again_until_it_is_solved_anew() -> None:
    low = voice(owner="Olga", routed_on=ago(30), solved_on=ago(20), verdict=3, verdict_on=ago(12))
    (found,) = heard(seen(low))
    assert (found.gate, found.days, found.reopened, found.red) == (2, 12, True, True)
    (again,) = heard(seen(replace(low, solved_on=ago(2))))
    assert (again.gate, again.days, again.reopened) == (3, 2, True)
    (closed,) = heard(seen(replace(low, solved_on=ago(2), verdict=4, verdict_on=ago(1))))
    assert closed.closed and not closed.reopened and not closed.red


def test_what_happened_after_the_day_has_not_happened() -> None:
    later = voice(
        triage="pain", screened_on=ago(30), owner="Olga", routed_on=ago(20), solved_on=ago(10), verdict=5, verdict_on=ago(5)
    )  # fmt: skip
    gates = [passed(PACK, later, ago(d))[-1][0] for d in (35, 25, 15, 7, 5)]
    assert gates == [0, 1, 2, 3, 4]


DAYS = st.one_of(st.none(), st.dates(date(2026, 1, 1), DAY))


@given(
    st.dates(date(2026, 1, 1), DAY),
    st.tuples(DAYS, DAYS, DAYS, DAYS),
    st.sampled_from([None, 1.0, 3.0, 4.0, 5.0]),
    st.booleans(),
)
def test_a_voice_is_at_one_gate_and_its_stays_add_up(
    on: date, days: tuple[date | None, ...], verdict: float | None, owned: bool
) -> None:
    v = voice(
        on=on, screened_on=days[0], routed_on=days[1], solved_on=days[2], verdict_on=days[3], verdict=verdict,
        owner="Olga" if owned else "",
    )  # fmt: skip
    found = stays(PACK, v, DAY)
    assert all(s.days >= 0 for s in found)
    assert all(a.until == b.since for a, b in pairwise(found))
    (h,) = heard(seen(v))
    assert 0 <= h.gate <= 4 and h.closed == (verdict in (4.0, 5.0) and days[3] is not None)
    end = max(d for d in (on, *days) if d) if h.closed else DAY
    assert sum(s.days for s in found) <= (max(end, on) - on).days
    if not h.closed:
        assert sum(s.days for s in found) == (DAY - on).days


def test_the_limits_are_those_of_the_pack() -> None:
    topics = {**PACK.topics, "voices": {**PACK.topic("voices"), "verdict": 2}}
    topics["voices"]["gate"] = [{**g, "days": 1} for g in PACK.topic("voices")["gate"]]
    own = Pack(topics)
    lens = replace(seen(voice("a", ago(4)), voice("b", verdict=2, verdict_on=ago(1))), pack=own)
    found = {h.voice.id: h for h in heard(lens)}
    assert found["a"].late == 3 and found["b"].closed
    assert voices(lens).findings[0].rule.parameters["heard"] == 1


def test_the_speakers_bias_stands_beside_the_words() -> None:
    lens = seen(voice(said_by="Ada"), stances=[("Ada", "us", -1), ("Ada", "rival", 2), ("Bo", "third", 1)])
    assert strongest_rival(lens) == "rival"
    (h,) = heard(lens)
    assert (h.bias.us, h.bias.rival, h.bias.unit, h.bias.leans) == (-1, 2, "Lab", "rival")
    row = voices(lens).rows[0]
    assert row["bias"]["en"] == "us -1 · Rival +2 · leans to Rival" and row["speaker"]["en"] == "Ada Lab"
    (unknown,) = heard(seen(voice(said_by="Ada"), stances=[("Ada", "us", 2)]))
    assert unknown.bias.leans == "unknown"


def test_the_headline_counts_and_names_the_longest_wait() -> None:
    lens = seen(
        voice("a", verdict=5, verdict_on=ago(1)),
        voice("b", owner="Olga", routed_on=ago(60), on=ago(70), solved_on=ago(51)),
        voice("c", owner="Olga", routed_on=ago(30), solved_on=ago(20), verdict=2, verdict_on=ago(3)),
    )
    answer = voices(lens)
    assert answer.findings[0].sentence.en == (
        "1 closed by the customer; 1 past its limit, the oldest waits 51 days for a verdict; 1 reopened by a 2."
    )
    assert (
        answer.findings[0].sentence.zh
        == "1 条由客户确认关闭；1 条超过期限，最久 51 天在等客户评分；1 条因 2 分重开。"
    )
    # At routed: b 9 days (from day 60 to 51), c 10 days before and 3 after; without a day none is counted.
    assert medians(heard(lens))[2] == 9 and medians(heard(lens))[3] == (17 + 51) / 2
    assert voices(seen()).findings[0].value == 0


CANARIES = ("Zebra", "Quagga")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("suffix", [".html", ".txt", ".pptx", ".xlsx"])
def test_the_summits_report_holds_words_answer_and_day_alone(lang: Lang, suffix: str) -> None:
    told = {"words": "samples sooner", "answer": "two in stock", "solved_on": ago(3), "sort": "request"}
    secret = voice(
        "Quagga-id", on=ago(39), said_by="Ada", heard_by="Olga", channel="summit", about="", category="Zebra-category", triage="pain",
        criteria="Zebra-criteria", screened_by="Olga", screened_on=ago(38), votes=("finance",), route="ITR", routed_by="Olga", routed_on=ago(37),
        owner="Olga", due=ago(36), verdict=4, verdict_by="Bo", verdict_on=ago(1), need="Zebra-deal", keys=("file|voice|acc/Quagga-number",), **told,
    )  # fmt: skip
    assert {f.name for f in fields(Voice)} - {"evidence"} <= {
        *[
            "id",
            "keys",
            "account",
            "on",
            "said_by",
            "heard_by",
            "channel",
            "sort",
            "words",
            "about",
            "category",
            "triage",
            "criteria",
            "screened_by",
            "screened_on",
            "votes",
        ],
        *[
            "route",
            "routed_by",
            "routed_on",
            "owner",
            "due",
            "answer",
            "solved_on",
            "verdict",
            "verdict_by",
            "verdict_on",
            "need",
        ],
    }, "a new column: see that this report leaves it out"
    lens = seen(
        secret,
        voice("open", words="a longer guarantee", answer="Zebra: we can't", owner="Olga"),
        voice("low", words="softer boxes", sort="request", answer="Quagga: no", owner="Olga", solved_on=ago(9), verdict=1, verdict_on=ago(8)),
        voice("h", words="Zebra hint", sort="hint"),
        voice("r", words="Zebra of the rival", about="rival"),
        voice("n", words="why not as Third does, Zebra"),
        stances=[("Ada", "us", -2), ("Ada", "rival", 3)],
    )  # fmt: skip
    answer = for_customer(lens)
    assert answer.findings[0].sentence == ("您提了 3 件，已办成 1 件。", "Of 3 you asked for, 1 is done.")
    assert [r["solved_on"] for r in answer.rows] == [ago(3).isoformat(), None, None]
    data = write_answers([answer], suffix, lang, "Account")
    if suffix in (".pptx", ".xlsx"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"\n".join(parts.read(n) for n in parts.namelist() if n.endswith((".xml", ".rels")) and "theme" not in n and "slideLayout" not in n and "slideMaster" not in n)  # fmt: skip
    text = data.decode("utf-8") + answer.to_json()
    assert "samples sooner" in text and "two in stock" in text and ago(3).isoformat() in text
    for hidden in (*CANARIES, "Ada", "Olga", "Rival", "Third", "finance", "ITR", "pain", "leans"):
        assert hidden not in text, hidden
    for day in (36, 37, 38, 39, 1, 8):
        assert ago(day).isoformat() not in text


# Satisfaction.


def score(
    item: str, value: float | None, on: date, subject: str = "", words: str = "", **more: Any
) -> Assessment:
    return Assessment(
        f"{item}{on}{subject}{more}",
        (),
        "acc",
        subject=subject,
        item=item,
        score=value,
        on=on,
        words=words,
        **more,
    )


def test_two_series_and_the_reversed_indicator() -> None:
    lens = seen(
        score("satisfied_delivery", 7, ago(200)),
        score("satisfied_delivery", 6, ago(20)),
        score("lets_rivals_in", 4, ago(200)),
        score("lets_rivals_in", 6, ago(20)),
        score("satisfied_delivery", 5, ago(200), "Ada"),
        score("satisfied_delivery", 8, ago(20), "Ada"),
        score("satisfied_delivery", 1, ago(10), supplier="rival"),
    )
    assert mean(latest(marks(lens), PEOPLE)) == 8 and mean(latest(marks(lens), HOUSE)) == (6 + 4) / 2
    assert [(m.item.key, m.change) for m in fallen(lens, HOUSE)] == [
        ("satisfied_delivery", -1),
        ("lets_rivals_in", 2),
    ]
    assert not fallen(lens, PEOPLE)
    # A single point is no series, and a rival's score no score of ours.
    assert [m.change for m in marks(lens) if m.verdict.supplier] == [None]
    why = next(d for d in dials(lens) if d.key == "lasting").why
    assert "5.0" in why.en and "fell from 7 to 6" in why.en
    rows = {(r["subject"]["en"], r["item"]["en"], r["on"]): r["state"]["en"] for r in satisfaction(lens).rows}
    assert rows["Account", "willing to let rivals in", ago(20).isoformat()] == "worse"
    assert rows["Ada", "satisfied with delivery", ago(200).isoformat()] == "low"


def test_what_moved_less_than_the_pack_says_is_the_same() -> None:
    lens = seen(score("satisfied_whole", 7, ago(200)), score("satisfied_whole", 6.5, ago(20)))
    assert not fallen(lens, HOUSE)
    topics = {**PACK.topics, "voices": {**PACK.topic("voices"), "satisfaction": {"moved": 0.5, "low": 6}}}
    assert fallen(replace(lens, pack=Pack(topics)), HOUSE)


def test_a_score_serves_the_goal_that_its_words_name_or_their_own() -> None:
    lens = seen(
        score("their_strategy", None, ago(90), words="all abroad by 2028"),
        score("next_year", None, ago(90), "Ada", words="no line stop"),
        Deal("d", (), "acc", "Pump frame", serves="cheaper per unit"),
        score("satisfied_delivery", 5, ago(20), words="Their strategy: late abroad"),
        score("satisfied_whole", 5, ago(20), words="the pump frame was slow"),
        score("lets_rivals_in", 5, ago(20)),
        score("satisfied_delivery", 9, ago(20), "Ada"),
        score("satisfied_delivery", 9, ago(20), "Bo"),
    )
    served = {(m.item.key, m.verdict.subject): m.serves for m in marks(lens)}
    assert served == {
        ("satisfied_delivery", ""): "all abroad by 2028",
        ("satisfied_whole", ""): "cheaper per unit",
        ("lets_rivals_in", ""): "",
        ("satisfied_delivery", "Ada"): "no line stop",
        ("satisfied_delivery", "Bo"): "",
    }
    assert next(f.value for f in satisfaction(lens).findings if f.kind == "satisfaction-goals") == 2


def test_contract_gates_and_events() -> None:
    lens = seen(
        score("payment", 1, ago(20), words="late"),
        score("negative_event", None, ago(400), words="old fire"),
        score("negative_event", None, ago(30), words="line stood"),
        score("gate_access", 2, ago(30), "deal", present=("Ada",)),
        committee={"Ada": {"roles": ("decider",)}},
    )
    answer = satisfaction(lens)
    found = next(f for f in answer.findings if f.kind == "contract")
    assert (
        found.value == 1
        and found.urgency == 2
        and "line stood" in found.sentence.en
        and "fire" not in found.sentence.en
    )
    gates = [
        (r["item"]["en"], r["score"]["en"], r["words"]["en"])
        for r in answer.rows
        if "(gate)" in r["item"]["en"]
    ]
    assert ("admission and tests (gate)", "done", "helped by Ada") in gates and len(gates) == 4


def test_complaints_of_a_year_stand_beside_the_revenue() -> None:
    found = satisfaction(
        seen(voice("a"), voice("b", ago(364)), voice("c", ago(365)), voice("d", sort="praise"))
    )
    assert next(f.value for f in found.findings if f.kind == "complaints") == 2
