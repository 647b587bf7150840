"""The alerts of the method that the demo's facts can show, and what makes each go away."""

from __future__ import annotations

from powermap import demo
from powermap.analysis.alerts import alerts
from powermap.workspace import Workspace


def kinds(
    ws: Workspace, account: dict[str, str], *, march: bool = False, supplier: str | None = None
) -> set[str]:
    day = demo.LAST_REVIEW if march else demo.AS_OF
    return {f.kind for f in alerts(ws.account(account["en"]).lens(supplier, as_of=day).lens)}


def test_the_great_account_shows_what_its_grade_demands(en: Workspace) -> None:
    """Method M18, M22, M32, M34 and M116: two of ours of rank 4 and 5 hold an S account, no deputy, bond 2."""
    assert kinds(en, demo.GREAT_ACCOUNT) == {
        "person-left", "bond-at-risk", "level-hole", "bare-department", "no-deputy", "key-relation", "few-ways",
    }  # fmt: skip
    found = {f.kind: f for f in alerts(en.account("Wangchuan").lens(as_of=demo.AS_OF).lens)}
    assert found["person-left"].sentence.en.startswith(
        "Cao Zheng left Wangchuan Mobile; the tie of Zhou Mingxuan"
    )
    assert found["person-left"].sentence.zh.startswith("曹正 已不在 望川手机")
    assert found["level-hole"].sentence.en.endswith("levels 1 and 2.")
    assert found["bare-department"].sentence == (
        "S 级要求（普遍客户关系）：没有覆盖任何人的部门：总裁办。",
        "Grade S, general relation: departments where nobody is covered: Executive Office.",
    )


def test_before_anybody_left_nothing_is_said_of_it(en: Workspace) -> None:
    assert not {"person-left", "bond-at-risk"} & kinds(en, demo.GREAT_ACCOUNT, march=True)


def test_a_healthy_account_and_a_small_one_raise_none(en: Workspace) -> None:
    assert kinds(en, demo.HEALTHY_ACCOUNT) == set()
    # Grade B: key people who support us are demanded, and Yi Fan is neutral; of C nothing is, of the account itself.
    assert kinds(en, demo.COLD_ACCOUNT) == {"key-relation"}
    assert kinds(en, demo.UNDECIDED_ACCOUNT) == set()


def test_a_rival_is_asked_the_same(en: Workspace) -> None:
    assert kinds(en, demo.GREAT_ACCOUNT, supplier="Bailan Energy") == {
        "bare-department", "no-deputy", "key-relation", "level-hole", "few-ways",
    }  # fmt: skip
