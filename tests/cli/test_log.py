"""One line about a meeting: what is understood of it, what isn't, and what is written."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from powermap.cli import main
from powermap.model import Action, Interaction, Snapshot, Voice
from powermap.stores import open_store

Run = Callable[..., tuple[int, str, str]]
LINE = "11-18 拜访 盛筵 阿强、李总：叶菜破损3次 #痛点；下周五前给方案；下月换仓库"
FILES = {
    "organizations": "Name,Type,Us\n盛筵餐饮,客户,\n鲜达,供应商,是\n绿源,供应商,\n",
    "people": (
        "Name,Company,Title,Level\n李国强,盛筵餐饮,采购主任,3\n李敏,盛筵餐饮,总经理,1\n赵倩,盛筵餐饮,厨师长,4\n"
        "Ada Park,盛筵餐饮,CFO,2\n王宁,鲜达,客户经理,\n"
    ),
    "outside": "姓名,公司,职务,外部\n孙立,盛筵餐饮,区委书记,是\n钱进,盛筵餐饮,行业协会主任,是\n",
}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command in a folder with a store; return its exit code and what it said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POWERMAP_CONFIG", str(tmp_path / "none.toml"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("powermap.stores.access.getuser", lambda: "王宁")
    for name, text in FILES.items():
        Path(f"{name}.csv").write_text(text, encoding="utf-8")

    def call(*arguments: str, lang: str = "zh") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["powermap", *arguments, "--lang", lang])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    assert call("import", "organizations.csv", "people.csv")[0] == 0
    assert call("import", "outside.csv")[0] == 0
    return call


def known() -> Snapshot:
    with open_store("powermap.db") as store:
        return store.read()


def test_the_meeting_the_voice_and_the_promise_are_written(run: Run) -> None:
    code, out, err = run("log", LINE, "--yes", "--on", "2026-11-20")
    assert code == 0, err
    store = known()
    names = {r.id: getattr(r, "name", "") for r in store}
    (met,) = store.all(Interaction)
    assert str(met.on) == "2026-11-18" and met.form == "formal_visit" and met.purpose == "下月换仓库"
    assert [names[p] for p in met.theirs] == ["李国强", "李敏"] and [names[p] for p in met.ours] == ["王宁"]
    (voice,) = store.all(Voice)
    assert (voice.words, voice.triage, names[voice.heard_by]) == ("叶菜破损3次", "pain", "王宁")
    (promise,) = store.all(Action)
    # The Friday of the week after the meeting's.
    assert (promise.what, promise.promise, str(promise.due)) == ("给方案", True, "2026-11-27")
    assert names[promise.owner] == "王宁" and "承诺" in out
    assert run("undo")[0] == 0 and not known().all(Voice)


def test_in_english_too(run: Run) -> None:
    line = "Nov 18 visit 盛筵, Ada: late again #pain; send the plan by next Friday."
    assert run("log", line, "--yes", "--on", "2026-11-20", lang="en")[0] == 0
    (promise,) = known().all(Action)
    assert (promise.what, str(promise.due)) == ("send the plan", "2026-11-27")


@pytest.mark.parametrize("how", ["--yes", "--json", "--dry-run", "--account=盛筵餐饮"])
def test_what_is_not_understood_is_said_and_nothing_is_written(run: Run, how: str) -> None:
    code, _, err = run("log", "11-18 拜访 盛筵 孙悟空、赵倩：涨价 #乱写", how, "--on", "2026-11-20")
    assert code == 9 and "孙悟空" in err and "乱写" in err and "什么都没写入" in err
    assert not known().all(Interaction)


def test_whoever_looks_may_write_it_all_the_same_and_nothing_is_lost(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("typer.confirm", lambda *_, **__: True)
    code, _, err = run("log", "11-18 拜访 盛筵 孙悟空、赵倩：涨价 #乱写", "--on", "2026-11-20")
    assert code == 0, err
    (met,) = known().all(Interaction)
    assert met.purpose == "孙悟空；涨价 #乱写"


def test_a_program_gets_nothing_but_json(run: Run) -> None:
    code, out, _ = run("log", "11-18 宴请 盛筵 赵倩：涨价", "--json", "--on", "2026-11-20")
    assert code == 0
    notes = json.loads(out)["notes"]
    assert any("要审批" in n["zh"] and "policy.toml" in n["zh"] for n in notes)


def test_the_policy_is_told_when_it_is_logged_and_in_the_review(run: Run) -> None:
    """Of an official whatever is restricted is blocked; it is logged all the same, as it happened."""
    code, _, err = run(
        "log", "11-18 宴请 盛筵 孙书记：聊了供应", "--yes", "--on", "2026-11-20", "--account", "盛筵餐饮"
    )
    assert code == 0 and "对公职人员不允许" in err and "孙立" in err and "policy.toml" in err
    assert known().all(Interaction)[0].form == "banquet"
    for lang, said in (("zh", "违反政策"), ("en", "against the policy")):
        out = run("review", "盛筵餐饮", "--as-of", "2026-11-20", lang=lang)[1]
        assert said in out


def test_an_approval_that_is_on_record_is_no_breach(run: Run) -> None:
    Path("actions.csv").write_text(
        "编号,公司,行动,对谁,负责人,定于,截止,审批,审批人,审批日期\n"
        "a1,盛筵餐饮,宴请,赵倩,王宁,2026-11-01,2026-11-18,已批准,王宁,2026-11-02\n",
        "utf-8",
    )
    Path("interactions.csv").write_text(
        "公司,日期,我方人员,客户人员,形式,完成的行动\n盛筵餐饮,2026-11-18,王宁,赵倩,宴请,a1\n盛筵餐饮,2026-11-19,王宁,李敏,宴请,\n",
        "utf-8",
    )
    assert run("import", "actions.csv", "interactions.csv")[0] == 0
    out = run("review", "盛筵餐饮", "--as-of", "2026-11-20")[1]
    assert "没有批准" in out and "2026-11-19 宴请" in out and "2026-11-18 宴请" not in out


def test_speakers_get_their_own_voices_and_a_call_its_channel(run: Run) -> None:
    line = "11-18 电话 盛筵 李总说叶菜破损 #痛点，赵倩：涨价 #需求；王宁下周五前给方案"
    code, out, err = run("log", line, "--yes", "--on", "2026-11-20")
    assert code == 0, err
    store = known()
    names = {r.id: getattr(r, "name", "") for r in store}
    said = {(names[v.said_by], v.words, v.channel) for v in store.all(Voice)}
    assert said == {("李敏", "叶菜破损", "call"), ("赵倩", "涨价", "call")}
    assert [names[p] for p in store.all(Interaction)[0].theirs] == ["李敏", "赵倩"]
    assert names[store.all(Action)[0].owner] == "王宁" and "李敏：叶菜破损" in out


def test_somebody_from_outside_is_named_by_their_post(run: Run) -> None:
    assert run("log", "11-18 拜访 盛筵 孙书记、钱主任：同意", "--yes", "--on", "2026-11-20")[0] == 0
    store = known()
    names = {r.id: getattr(r, "name", "") for r in store}
    assert [names[p] for p in store.all(Interaction)[0].theirs] == ["孙立", "钱进"]


def test_an_author_whom_nobody_knows_is_said_with_the_nearest(run: Run) -> None:
    code, out, err = run("log", LINE, "--yes", "--on", "2026-11-20", "--author", "王凝")
    assert code == 0 and "没有“王凝”" in err and "王宁" in err and "--author" not in out
    assert known().all(Interaction)[0].ours == ()


def test_a_note_with_a_day_says_how_to_make_it_a_promise(run: Run) -> None:
    _, out, _ = run("log", "11-18 拜访 盛筵 李总：3月15日开标", "--yes", "--on", "2026-11-20")
    assert "2027-03-15" in out and "写成“答应…”" in out and not known().all(Action)


def test_a_short_name_of_two_accounts_is_asked_about(run: Run) -> None:
    Path("more.csv").write_text("Name,Type\n盛筵酒店,客户\n", encoding="utf-8")
    assert run("import", "more.csv")[0] == 0
    code, _, err = run("log", "11-18 拜访 盛筵 李总：涨价", "--yes", "--on", "2026-11-20")
    assert code != 0 and "盛筵餐饮" in err and "盛筵酒店" in err
    assert run("log", "11-18 拜访 盛筵餐饮 李总：涨价", "--yes", "--on", "2026-11-20")[0] == 0
    assert run("log", "11-19 拜访 盛筵餐 李总：涨价", "--yes", "--on", "2026-11-20")[0] == 0
    line = "11-19 拜访 盛筵 李总：涨价"
    assert run("log", line, "--yes", "--on", "2026-11-20", "--account", "盛筵餐饮")[0] == 0


def test_without_an_account_or_a_person_nothing_is_written(run: Run) -> None:
    Path("more.csv").write_text("Name,Type\n远山,客户\n", encoding="utf-8")
    assert run("import", "more.csv")[0] == 0
    for line in ("11-18 拜访：涨价 #痛点", "盛筵：涨价", "", "：：；；"):
        code, _, err = run("log", line, "--yes", "--on", "2026-11-20")
        assert code != 0 and "✗" in err, line
    assert not known().all(Interaction)


def test_nothing_is_written_where_nobody_can_be_asked(run: Run) -> None:
    code, out, _ = run("log", LINE, "--on", "2026-11-20")
    assert code == 1 and "叶菜破损3次" in out and not known().all(Interaction)
    assert run("log", LINE, "--dry-run", "--on", "2026-11-20")[0] == 0 and not known().all(Interaction)
