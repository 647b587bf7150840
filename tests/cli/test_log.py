"""One line about a meeting: what is understood of it, what isn't, and what is written."""

from __future__ import annotations

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
}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command in a folder with a store; return its exit code and what it said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POWERMAP_CONFIG", str(tmp_path / "none.toml"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("getpass.getuser", lambda: "王宁")
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


def test_what_is_not_understood_is_said(run: Run) -> None:
    code, _, err = run("log", "11-18 拜访 盛筵 孙悟空、赵倩：涨价 #乱写", "--yes", "--on", "2026-11-20")
    assert code == 0 and "孙悟空" in err and "乱写" in err


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
