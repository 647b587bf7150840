"""The decision rule language: what it means, and where it says a text is wrong."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from builder import lens, records
from builder import view as view_of
from hypothesis import given, settings
from hypothesis import strategies as st

from powermap.analysis.deciders import deciders
from powermap.analysis.decision import decides
from powermap.analysis.rule import Rule, RuleFault, resolve
from powermap.analysis.voting import situations
from powermap.lens import Lens
from powermap.model import Person

PEOPLE = {
    "高远": {"title": "总经理", "name_alt": "Gao Yuan"},
    "Ada": {"title": "Head of Procurement"},
    "Ben": {"title": "Engineer", "unit": "IT"},
    "Cleo": {"title": "Engineer", "unit": "Plant"},
    "Dora": {"title": "CFO"},
    "Emil": {"title": "党委书记、总经理"},
}
SEATED = {"高远": {"roles": ("decider",)}, "Ada": {"roles": ("evaluator",)}, "Dora": {"votes": 1.0}}


@pytest.fixture(scope="module")
def view() -> Lens:
    return lens(PEOPLE, committee=SEATED)


def wins(rule: Rule) -> set[frozenset[str]]:
    """Evaluate a rule in every situation; a situation is the set of those who say yes."""
    ballot = situations(rule.players)
    passes = rule.passes(ballot)
    every = range(1 << len(rule.players))
    return {frozenset(p for p in rule.players if ballot[p][i]) for i in every if passes[i]}


def brute(people: str, holds: str) -> set[frozenset[str]]:
    """Evaluate a Python expression over single letters in every situation."""
    found = set()
    for votes in product((False, True), repeat=len(people)):
        if eval(holds, {}, dict(zip(people, votes, strict=True))):
            found.add(frozenset(p for p, v in zip(people, votes, strict=True) if v))
    return found


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("A", "A"),
        ("A and B or C and D", "(A and B) or (C and D)"),
        ("A or B and C", "A or (B and C)"),
        ("(A or B) and C", "(A or B) and C"),
        ("A OR B And C", "A or (B and C)"),
        ("2 of (A, B, C)", "A + B + C >= 2"),
        ("at least 2 of (A, B, C) and D", "A + B + C >= 2 and D"),
        ("At  least 1 of (A, B)", "A or B"),
        ("2 of (A, B and C, D)", "A + (B and C) + D >= 2"),
        ("51 of (A: 50, B: 49, C: 1)", "50*A + 49*B + C >= 51"),
        ("2.5 of (A: 1.5, B: 1, C: 0.5)", "1.5*A + B + .5*C >= 2.5"),
        ("2 of (A, B) and 3 of (C: 2, D: 1, A: 1)", "A and B and 2*C + D + A >= 3"),
        ("A & B", "A and B"),
        ("\"A\" and “B” or 'C'", "(A and B) or C"),
        ("A 且 B", "A and B"),
        ("A 和 B 或 C", "(A and B) or C"),
        ("A 并且 (B 或者 C)", "A and (B or C)"),
        ("至少 2 人(A，B，C)", "A + B + C >= 2"),
        ("至少2人（A，B，C）", "A + B + C >= 2"),
        ("51 票（A：50，B：49，C：1）", "50*A + 49*B + C >= 51"),
        ("majority of (A, B, C)", "A + B + C >= 2"),
        ("majority (A, B, C, D)", "A + B + C + D >= 3"),
        ("majority of (A: 1.5, B: 1, C: 0.5)", "1.5*A + B + .5*C > 1.5"),
        ("majority of (A: 0.5, B: 1, C: 1)", "2*(.5*A + B + C) > 2.5"),
        ("过半数（A，B，C）", "A + B + C >= 2"),
        ("至少 ２ 人（A、B 和 C）", "A + B + C >= 2"),
        ("至少两人（A 与 B 与 C、D）", "A + B + C + D >= 2"),
        ("2 人以上(A、B 并且 C、D)", "A + (B and C) + D >= 2"),
        ("2 of (A 和 (B 和 C), D)", "A + (B and C) + D >= 2"),
        ("A 与 2 of (B、C、D)", "A and B + C + D >= 2"),
        ("过半数(A、B) 或 C 和 D", "A + B >= 2 or (C and D)"),
        ("2 人(A 或 B、C 和 D)", "(A or B) + C + D >= 2"),
        ("2 人(A 或 (B 和 C)、D)", "(A or (B and C)) + D >= 2"),
        ("2 人((A 或 B) 和 C、D)", "(A or B) + C + D >= 2"),
        ("3 票(C：1 票 和 A 或 B：2 票 和 D：1 票)", "2*(A or B) + C + D >= 3"),
        ("６０％（A、B、C、D）", "A + B + C + D >= 3"),
        ("三分之二（A、B、C、D）", "A + B + C + D >= 3"),
        ("三分之二以上（A：２，B：1）", "2*A + B >= 2"),
        ("至少四分之三（A、B、C、D）", "A + B + C + D >= 3"),
        ("半数(A、B、C、D)", "A + B + C + D >= 2"),
        ("百分之六十(A、B、C、D)", "A + B + C + D >= 3"),
        ("百分之６６以上(A：2、B：1)", "2*A + B >= 2"),
        ("十二票(A：10、B：2、C：2)", "10*A + 2*B + 2*C >= 12"),
        ("至少十分之三(A、B、C、D)", "A + B + C + D >= 2"),
        ("超过半数(A、B、C、D)", "A + B + C + D >= 3"),
        ("2/3 of (A, B, C)", "A + B + C >= 2"),
        ("at least two thirds of (A, B, C, D)", "A + B + C + D >= 3"),
        ("Three-quarters of (A, B, C, D)", "A + B + C + D >= 3"),
        ("half of (A, B, C)", "A + B + C >= 2"),
        ("法定人数三分之二（A、B、C）", "A + B + C >= 2"),
        ("51 票（A：50 票、B：49 票 和 C：1 票）", "50*A + 49*B + C >= 51"),
        ("评分 60 分（技术 由 A 和 B：50，价格 由 C：30）", "50*(A and B) + 30*C >= 60"),
        ("3 票 of (A: 2 票, B: 1 票, C)", "2*A + B + C >= 3"),
        ("quorum 3 人 of (A, B, C, D)", "A + B + C + D >= 3"),
        ("法定人数 三(A,B,C)", "A + B + C >= 3"),
        ("三 of (A, B, C, D)", "A + B + C + D >= 3"),
        ("评分 六十（A：50，B：30）", "50*A + 30*B >= 60"),
        ("51 票以上(A：50，B：49，C：1)", "50*A + 49*B + C >= 51"),
        ("60% of (A, B, C, D)", "A + B + C + D >= 3"),
        ("66.7% of (A: 2, B: 1)", "2*A + B >= 3"),
        ("quorum 3 of (A, B, C, D) and (A or B)", "A + B + C + D >= 3 and (A or B)"),
        ("quorum 50% (A, B, C, D)", "A + B + C + D >= 2"),
        ("法定人数 3（A，B，C，D）", "A + B + C + D >= 3"),
        ("score 60 of (A: 50, B: 30, C: 20)", "50*A + 30*B + 20*C >= 60"),
        (
            "score 60 of (technology by A: 50, price by B: 30, life-long service by C: 20)",
            "50*A + 30*B + 20*C >= 60",
        ),
        ("score 75% (technology by A: 50, price by (B or C): 30)", "50*A + 30*(B or C) >= 60"),
        ("评分60（技术 由 A：50，价格 由 B：30，服务 由 C：20）", "50*A + 30*B + 20*C >= 60"),
    ],
)
def test_meaning(text: str, holds: str) -> None:
    """Every rule against the same condition written in Python, in all situations."""
    rule = resolve(text, lens("ABCD"))
    assert wins(rule) == brute("".join(rule.players), holds)


@pytest.mark.parametrize(
    "text", ["A and not opposed(B)", "A 且 不反对(B)", "A 和 不反对（B）", "A and NOT Opposed (B)"]
)
def test_not_opposed(text: str) -> None:
    """Not opposed is another player than a yes: B? is reached already at attitude 0."""
    rule = resolve(text, lens("AB"))
    assert rule.players == ("A", "B?")
    assert wins(rule) == {frozenset({"A", "B?"})}
    found = decides(
        lens("AB", rule=text, committee={"A": {"votes": 1.0}}, stances=[("A", "us", 1), ("B", "us", 0)])
    )
    assert next(f for f in found.findings if f.kind == "coalition").value == 0


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", 0),
        ("   ", 0),
        ("A and", 5),
        ("A or or B", 5),
        ("and A", 0),
        ("(A and B", 8),
        ("A and B)", 7),
        ("A and (B or )", 12),
        ("2 of A", 5),
        ("2 of of (A, B)", 5),
        ("2 of (A, B", 10),
        ("2 of ()", 6),
        ("2 of (A,)", 8),
        ("3 of (A, B)", 0),
        ("A and 3 of (B, C)", 6),
        ("0 of (A, B)", 0),
        ("51 of (A: 50, B: x)", 17),
        ("51 of (A: 50, B:)", 16),
        ("not A", 4),
        ("not opposed A", 12),
        ("A and not opposed(B", 19),
        ("A and Nobody", 6),
        ("A or Somebody Else and B", 5),
        ("A 且 赵无名", 4),
        ("至少 5 人(A, B)", 0),
        ("A, B", 1),
        ("score of (A: 3)", 6),
        ("score 4 of (A: 3)", 0),
        ("majority of A", 12),
        ("quorum (A, B)", 7),
        ("101% of (A, B)", 0),
        ("score 3 of (price by: 3)", 20),
        ("2 of (A: 0, B: 3)", 9),
        ("2 of (A, A)", 9),
        ("51 票（A：50，B 和 C：49）", 12),
        ("2 of (A: 半数, B: 3)", 9),
        ("2 人(A 或 B 和 C、B)", 10),
        ("2 人(C、A 与 B 或 C)", 8),
        ("3 票(A 与 B 或 C：2 票)", 6),
        ("三分之二 of A", 8),
        ("三分之二 A", 0),
        ("A、B", 1),
        ("A和B", 0),
        ("51 of (A: 50, B: 49, A: 1)", 21),
        ("C and majority of (A, B, A)", 25),
    ],
)
def test_faults_point_at_the_character(text: str, at: int) -> None:
    """The position is where a reader would put the finger; counted by hand."""
    with pytest.raises(RuleFault) as caught:
        resolve(text, lens("ABC"))
    assert caught.value.position == at
    assert caught.value.words.zh and caught.value.words.en
    if text.strip():
        # On a terminal a Chinese character takes two columns.
        columns = sum(2 if "\u2e80" <= c <= "\uffee" else 1 for c in text[:at])
        assert (caught.value.hint or "").splitlines()[-1] == " " * columns + "^"


@pytest.mark.parametrize(
    ("token", "who"),
    [
        ("高远", "高远"),
        ("Gao Yuan", "高远"),
        ("总经理", "高远"),
        ("decider", "高远"),
        ("决策者", "高远"),
        ('"Head of Procurement"', "Ada"),
        ("Evaluator", "Ada"),
        ('"党委书记、总经理"', "Emil"),
        ("cfo", "Dora"),
        ("ＣＦＯ", "Dora"),
        ("Ben", "Ben"),
        ("IT", "Ben"),
    ],
)
def test_tokens(view: Lens, token: str, who: str) -> None:
    assert resolve(token, view).players == (who,)


def test_faults_of_numbers_are_in_their_own_words() -> None:
    """Members, votes and points are told apart, nothing needed from too much; glued words are told from strangers."""
    for text, zh, en in (
        ("0% of (A, B)", "需要的数应大于 0", "must be above 0"),
        ("3 of (A, B)", "一共只有 2 人", "the list has 2 members"),
        ("3 of (A: 1.5, B: 1)", "一共只有 2.5 票", "the list has 2.5 votes"),
        ("score 3 of (A)", "一共只有 1 分", "the list has 1 point"),
        ("A和B", "两边要有空格", "put spaces around it"),
        ("A, B", "2 人（A、B、C）", "2 of (A, B, C)"),
        ("most (A, B)", "括号前面", "before a bracket"),
        ("2 人(A 或 B 和 C)", "“A 或 (B 和 C)”", "`A or (B and C)`"),
    ):
        with pytest.raises(RuleFault) as caught:
            resolve(text, lens("AB"))
        assert zh in caught.value.words.zh and en in caught.value.words.en


def test_ambiguous_token_lists_candidates(view: Lens) -> None:
    with pytest.raises(RuleFault) as caught:
        resolve("Dora and Engineer", view)
    assert caught.value.position == 9
    for words in caught.value.words:
        assert "Ben" in words and "Cleo" in words and "Ada" not in words


def test_unknown_token_lists_the_committee(view: Lens) -> None:
    with pytest.raises(RuleFault) as caught:
        resolve("Nemo", view)
    assert all(name in caught.value.words.en for name in SEATED)
    assert "Cleo" not in caught.value.words.en


def test_veto_is_added() -> None:
    """Who has a veto is needed on top of a rule that doesn't name them; where it does, the rule says what they can."""
    view = lens("ABC", committee={"C": {"veto": True}, "A": {"veto": True}})
    assert wins(resolve("A and B", view)) == {frozenset("ABC")}
    assert wins(resolve("A or B", view)) == {frozenset("AC"), frozenset("BC"), frozenset("ABC")}
    assert len(resolve("A and B", view).node.parts) == 3  # type: ignore[union-attr]
    assert resolve("A or B", view).words(view) == (
        "（A同意，或者B同意），并且C同意（一票否决）",
        "(A's yes or B's yes) and C's yes (veto)",
    )


def test_a_rule_with_a_fault_falls_back_to_roles() -> None:
    view = lens("AB", rule="A and (B", committee={"B": {"roles": ("decider",)}})
    found = deciders(view)
    assert (found.ground, list(found.shares)) == ("roles", ["B"])
    fault = next(f for f in decides(view).findings if f.kind == "rule-fault")
    assert "9" in fault.sentence.en and "9" in fault.sentence.zh


def test_words(view: Lens) -> None:
    """A rule is said back in both languages."""
    rule = resolve("Ada and (2 of (高远, Ben, Dora) or not opposed(Cleo))", view)
    assert rule.words(view).en == "Ada's yes and (at least 2 of (Gao Yuan, Ben, Dora) or Cleo not opposed)"
    assert rule.words(view).zh == "Ada同意，并且（高远、Ben、Dora中至少 2 人同意，或者Cleo不反对）"
    quota = resolve("51 of (Ada: 50, Ben: 49, Dora: 1)", view)
    assert quota.words(view).en == "51 votes of (Ada 50, Ben 49, Dora 1)"
    sheet = resolve("score 60 of (technology by Ben: 50, price by (Ada or Dora): 30, Cleo: 20)", view)
    assert sheet.words(view).en == (
        "a score of 60 of 100 (technology 50 (Ben), price 30 (Ada's yes or Dora's yes), Cleo 20)"
    )
    assert (
        sheet.words(view).zh
        == "评分（technology 50（Ben）、price 30（Ada同意，或者Dora同意）、Cleo 20）在 100 分中达到 60"
    )
    assert resolve("majority of (Ada, Ben, Dora)", view).words(view) == (
        "Ada、Ben、Dora中过半数同意",
        "a majority of (Ada, Ben, Dora)",
    )
    assert resolve("60% of (Ada, Ben, Dora)", view).words(view).en == "at least 2 of (Ada, Ben, Dora)"
    assert resolve("quorum 2 of (Ada, Ben, Dora)", view).words(view).en == "a quorum of 2 of (Ada, Ben, Dora)"


def test_one_who_decides_is_one() -> None:
    view = lens("AB", rule="A", committee={"A": {"votes": 1.0}}, stances=[("A", "us", 1)])
    (near,) = [f.sentence for f in decides(view).findings if f.kind == "coalition"]
    assert near == (
        "最近的获胜组合：A；已经支持。",
        "The nearest winning coalition: A; who supports us already.",
    )
    (said,) = [f.sentence for f in decides(view).findings if f.kind == "deciders"]
    assert said == ("由 A 一人决定。规则：A同意。", "A decides alone. The rule: A's yes.")
    assert "placeholder" not in decides(view).notes[0].en and "占位" not in decides(view).notes[0].zh


def test_at_least_says_the_same() -> None:
    """`at least` is a courtesy: the rule without it means the same."""
    view = lens("ABC")
    plain, polite = resolve("2 of (A, B, C)", view), resolve("at least 2 of (A, B, C)", view)
    assert wins(plain) == wins(polite)
    assert plain.words(view) == polite.words(view)


WORDS = ["score", "majority", "quorum", "by", "评分", "50%", "A", "B", "and", "or", "of", "not", "opposed", "(", ")", ",", ":", "2", "1.5", "at least", "至少", "不反对", "且", "或", '"', "“", "”", "人", "票", "，", "（", " ", "{", "%", "、", "和", "与", "２", "／", "三分之二", "半数", "以上", "half", "两"]  # fmt: skip


@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
        st.lists(st.sampled_from(WORDS), max_size=14).map("".join),
    )
)
def test_any_text_is_a_rule_or_a_fault(text: str) -> None:
    """Whatever is written, it is read or the place of the fault is told."""
    view = lens("AB")
    try:
        rule = resolve(text, view)
    except RuleFault as fault:
        assert 0 <= fault.position <= len(text)
        assert fault.reason.zh and fault.reason.en
    else:
        assert set(rule.players) <= {"A", "B", "A?", "B?"}
        assert rule.words(view).zh and rule.words(view).en
        assert frozenset(rule.players) in wins(rule)


def test_a_rule_nested_too_deep_is_a_fault() -> None:
    with pytest.raises(RuleFault):
        resolve("(" * 5000 + "A" + ")" * 5000, lens("A"))


def test_an_imported_id_is_a_token_and_a_judge_may_judge_twice() -> None:
    """The id of a file names a person; on a score sheet one may stand for two criteria."""
    found = records("AB", committee={"A": {"votes": 1.0}})
    keyed = [
        replace(r, keys=("sheet|person|p12",)) if isinstance(r, Person) and r.id == "A" else r for r in found
    ]
    lens_of = view_of(keyed)
    assert resolve("p12 and B", lens_of).players == ("A", "B")
    rule = resolve("score 60 of (price by A: 40, risk by A: 20, tests by B: 40)", lens_of)
    assert wins(rule) == {frozenset("A"), frozenset("AB")}
