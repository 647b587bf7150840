"""The commands as a user runs them: what they print, what they write, and their exit codes."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from powermap import demo
from powermap.cli import main
from powermap.stores import open_store

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command in an empty folder; return its exit code and what it said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POWERMAP_CONFIG", str(tmp_path / "none.toml"))
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["powermap", *arguments])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def filled(run: Run) -> Run:
    code, _, said = run("import", *map(str, demo.files("en")))
    assert code == 0, said
    return run


GREAT = demo.GREAT_ACCOUNT["en"]
DAY = ("--as-of", demo.AS_OF.isoformat(), "--lang", "en")


def test_the_version_and_the_help(run: Run) -> None:
    assert run("--version")[1].startswith("powermap 0.")
    code, out, _ = run("--help")
    assert code == 0 and "Exit codes" in out and "fragile" in out


@pytest.mark.parametrize(
    "question", ["show", "decides", "sways", "fragile", "compare", "brief", "ways", "next"]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_question_prints_and_has_a_documented_shape(filled: Run, question: str, lang: str) -> None:
    code, out, said = filled(question, GREAT, "--as-of", demo.AS_OF.isoformat(), "--lang", lang)
    assert code == 0, said
    assert ("截至" if lang == "zh" else "as of") in out and "None" not in out
    shape = json.loads(filled(question, GREAT, *DAY, "--json")[1])
    assert shape["schema"] == "powermap.answer/1" and shape["account"]["name"] == GREAT
    assert shape["findings"] and all(set(f["sentence"]) == {"zh", "en"} for f in shape["findings"])
    for row in shape["rows"]:
        assert {c["key"] for c in shape["columns"]} <= set(row) | {
            "can_block",
            "alone",
            "no_say",
            "shapley",
            "banzhaf",
            "banzhaf_share",
        }


@pytest.mark.parametrize(
    ("lang", "heads"),
    [
        ("en", ("deciding votes", "(absolute)", "(normalised)", "Hoede-Bakker", "influence)")),
        ("zh", ("关键票比重", "（绝对）", "（归一）", "Hoede-Bakker", "（计入影响）")),
    ],
)
def test_nothing_of_a_wide_table_is_cut(
    filled: Run, monkeypatch: pytest.MonkeyPatch, lang: str, heads: tuple[str, ...]
) -> None:
    """Where it doesn't fit, heads of narrow columns are broken between words, and on the narrowest screens anywhere."""
    monkeypatch.setenv("COLUMNS", "160")
    asked = ("decides", GREAT, "--as-of", demo.AS_OF.isoformat(), "--lang", lang)
    table = filled(*asked, "--measures")[1]
    assert not any(raw in filled(*asked)[1].split("Shubik")[0] for raw in heads[1:])
    assert "…" not in table and all(head in table for head in heads)
    assert "…" not in filled("show", GREAT, "--as-of", demo.AS_OF.isoformat(), "--lang", lang)[1]


def test_a_competitor_is_asked_the_same_questions(filled: Run) -> None:
    ours = json.loads(filled("fragile", GREAT, *DAY, "--json")[1])
    theirs = json.loads(filled("fragile", GREAT, *DAY, "--json", "--supplier", "A")[1])
    assert theirs["supplier"]["name"] == demo.RIVALS["en"][0]
    options = ("--supplier", demo.RIVALS["en"][0].upper(), "--deal", "fy2027 flagship Charger framework")
    assert json.loads(filled("fragile", GREAT, *DAY, "--json", *options)[1]) == theirs
    assert ours["findings"] != theirs["findings"]


def test_measures_and_projections(filled: Run) -> None:
    assert "pagerank" in filled("measure", "list", "--lang", "en")[1]
    out = filled("measure", "pagerank", GREAT, *DAY, "--format", "csv")[1].splitlines()
    assert out[0].startswith("Name,Title,pagerank") and len(out) > 20
    arcs = json.loads(filled("measure", "projection", GREAT, *DAY, "--projection", "access", "--json")[1])[
        "rows"
    ]
    assert {"from", "to", "strength", "kind"} <= set(arcs[0])
    assert filled("measure", "frobnicate", GREAT, *DAY)[0] == 7
    assert "perhaps 'pagerank'" in filled("measure", "pagernk", GREAT, *DAY)[2]
    assert filled("measure", "pagerank", GREAT, *DAY, "--holds", ".5")[0] == 7
    out = filled("measure", "bridges", GREAT, *DAY, "--lang", "zh")[1]
    assert "顾长川 – 沈砚" in out or "沈砚 – 顾长川" in out
    out = filled("measure", "kpp-neg", GREAT, *DAY, "--lang", "zh")[1]
    assert "顾长川 + " in out or " + 顾长川" in out
    assert "连通度" in filled("measure", "hierarchy", GREAT, *DAY, "--lang", "zh")[1]


def test_the_map_is_written_once_and_for_all(filled: Run, tmp_path: Path) -> None:
    for name in ("one.html", "two.html"):
        assert filled("map", GREAT, "-o", name, *DAY, "--since", demo.LAST_REVIEW.isoformat())[0] == 0
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    assert filled("map", GREAT, "-o", "nowhere/x.html", *DAY)[0] == 8


def test_template_import_export_import(run: Run, tmp_path: Path) -> None:
    assert run("template", "-o", "my.xlsx", "--lang", "zh")[0] == 0
    assert run("template", "-o", "my.xlsx", "--lang", "zh")[0] == 8, "an existing workbook isn't overwritten"
    code, out, _ = run("import", "my.xlsx", "--lang", "en")
    assert code == 0 and "no row stands under the headers" in out
    run("import", *map(str, demo.files("zh")))
    assert run("export", demo.GREAT_ACCOUNT["zh"], "-o", "out.xlsx", "--lang", "zh")[0] == 0
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert "人员" in book.sheetnames
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    code, out, _ = run("import", "out.xlsx", "--lang", "en")
    assert code == 0 and "nothing to change" in out


def test_an_account_is_found_by_what_is_near(run: Run, tmp_path: Path) -> None:
    rows = "".join(f"Works {n:02},Ann {n}\n" for n in range(14))
    (tmp_path / "people.csv").write_text(f"company,name\n{rows}Acme,Bo Ray\n", "utf-8")
    run("import", "people.csv")
    for name, said in (
        ("Acmee", "choose one of: Acme\n"),
        ("Works", "fits more than 12 accounts"),
        ("Zzz", "Works 10 …"),
        ("", "there is no account ''"),
    ):
        code, _, told = run("show", name)
        assert code == 7 and said in told


def test_sheets_are_written_into_a_folder_of_their_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("company,name\nAcme,Ann Lee\n", "utf-8")
    run("import", "people.csv")
    assert run("export", "Acme", "-o", "sheets", "--lang", "en")[0] == 0
    edited = tmp_path / "sheets" / "People.csv"
    edited.write_text("company,name\nAcme,Ann Ray\n", "utf-8")
    for target in ("sheets", "people.csv", "out.csv", "out.pdf"):
        assert run("export", "Acme", "-o", target, "--lang", "en")[0] == 8
    assert "Ann Ray" in edited.read_text("utf-8") and not (tmp_path / "out.csv").exists()
    assert run("export", "Acme", "-o", "sheets", "--lang", "en", "--force")[0] == 0
    assert "Ann Lee" in edited.read_text("utf-8-sig")


def test_one_changed_cell_is_one_changed_fact_and_can_be_undone(run: Run, tmp_path: Path) -> None:
    list_ = tmp_path / "people.csv"
    list_.write_text("company,name,title\nAcme,Ann Lee,CEO\nAcme,Bo Ray,CFO\n", "utf-8")
    run("import", "people.csv")
    list_.write_text("company,name,title\nAcme,Ann Lee,Chair\nAcme,Bo Ray,CFO\n", "utf-8")
    code, out, _ = run("import", "people.csv", "--author", "Cy", "--correct", "--lang", "en")
    assert code == 0 and "0 created, 1 updated" in out
    out = run("history", "Ann Lee", "--lang", "en")[1]
    assert "CEO → Chair" in out and "Cy" in out and "people.csv · 2" in out
    assert "Ann Lee" in run("history", "ann", "--lang", "en")[1]
    for name, hint in (("A", "did you mean"), ("", "powermap search"), ("Zed", "powermap search")):
        code, out, said = run("history", name)
        assert code == 7 and not out and hint in said
    batch = json.loads(run("history", "Ann Lee", "--json")[1])[-1]["batch"]
    assert run("undo", batch)[0] == 0
    assert "CEO" in run("show", "Acme", "--lang", "en")[1]
    assert run("undo", "no-such")[0] == 5
    code, _, said = run("undo", batch)
    assert code == 6 and "is undone already" in said
    assert run("store", "verify")[0] == 0


def test_a_refused_undo_names_who_was_changed_and_by_which_import(run: Run, tmp_path: Path) -> None:
    """And undoing the imports it names, in the order it names them, makes the refused one possible."""
    for number, title in enumerate(("CEO", "Chair", "Owner")):
        (tmp_path / f"list{number}.csv").write_text(f"company,name,title\nAcme,Ann Lee,{title}\n", "utf-8")
        assert run("import", f"list{number}.csv", "--lang", "en")[0] == 0
    batches = [c["batch"] for c in json.loads(run("history", "Ann Lee", "--json")[1])]
    code, _, said = run("undo", batches[0])
    assert code == 6
    assert "Ann Lee works at Acme" in said and "import list2.csv" in said and "nothing was undone" in said
    order = re.findall(r"`powermap undo (\w+)`", said)
    assert order == [batches[-1], batches[-2]]
    for batch in (*order, batches[0]):
        assert run("undo", batch)[0] == 0
    assert run("accounts", "--lang", "en")[1].count("Acme") == 0


def test_what_later_facts_hang_on_is_not_undone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "one.csv").write_text("company,name,title\nAcme,Ann Lee,CEO\n", "utf-8")
    (tmp_path / "two.csv").write_text("company,name,title,boss\nAcme,Cy Fox,CTO,Ann Lee\n", "utf-8")
    for name in ("one.csv", "two.csv"):
        assert run("import", name)[0] == 0
    assert run("map", "Acme", "-o", "m.html")[0] == 0, "the layout it keeps holds nobody back"
    one, two = (json.loads(run("history", who, "--json")[1])[0]["batch"] for who in ("Ann Lee", "Cy Fox"))
    code, _, said = run("undo", one)
    assert code == 6 and "Cy Fox works at Acme" in said and "import two.csv" in said and two in said
    assert run("undo", two)[0] == 0 and run("undo", one)[0] == 0


@pytest.mark.parametrize("command", [("portfolio",), ("export", GREAT)])
def test_what_the_system_refuses_is_no_fault_of_ours(filled: Run, command: tuple[str, ...]) -> None:
    code, _, said = filled(*command, "-o", "n" * 300 + (".xlsx" if "export" in command else ".html"))
    assert code == 8 and "too long" in said.lower() and "fault of its own" not in said


def test_an_id_is_not_broken_over_two_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from powermap.cli.screen import show_table

    monkeypatch.setenv("COLUMNS", "80")
    show_table(["Batch", *"abcdefgh"], [["0123456789abcdef", *["words " * 20] * 8]], "en")
    assert "0123456789abcdef" in capsys.readouterr().out


def test_history_is_told_in_the_words_of_the_sheets(filled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    zh, en = (filled("history", "Han Liqun", "--lang", lang)[1] for lang in ("zh", "en"))
    assert "周明轩 覆盖 韩立群" in zh and "职责" in zh and "部门 采购部，" in zh
    assert (
        "Zhou Mingxuan covers Han Liqun" in en
        and "ev_" not in en
        and "Fang Ruo conflicts with Han Liqun" in en
    )


def test_problems_refuse_the_whole_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text(
        "company,name,boss,attitude\nAcme,Ann Lee,,1\nAcme,Bo Ray,An Lee,9\n", "utf-8"
    )
    code, out, err = run("import", "bad.csv", "--lang", "en", "--annotated", "marked.xlsx")
    assert code == 9 and "nothing was written" in err
    assert "row 3" in out and "An Lee" in out and "Ann Lee" in out
    assert not (tmp_path / "powermap.db").exists()
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert book.worksheets[0].cell(3, 3).comment is not None
    assert book.worksheets[-1].max_row == 3
    shape = json.loads(run("import", "bad.csv", "--json")[1])
    assert {(p["row"], p["column"]) for p in shape["problems"]} == {(3, "boss"), (3, "attitude")}
    code, out, _ = run("import", "bad.csv", "--skip-faulty", "--lang", "en")
    assert code == 0 and "row 3" in out and "written" in out
    assert "Ann Lee" in run("show", "Acme", "--lang", "en")[1]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "· new customer: House 0, House 1, House 2, House 3, House 4 and 25 more\n"),
        ("zh", "· 新建客户：House 0、House 1、House 2、House 3、House 4 等 30 个\n"),
    ],
)
def test_what_is_new_is_told_in_one_line(run: Run, tmp_path: Path, lang: str, told: str) -> None:
    path = tmp_path / "people.csv"
    path.write_text("company,name\n" + "".join(f"House {i},Ann\n" for i in range(30)))
    code, out, _ = run("import", str(path), "--dry-run", "--json")
    assert (
        code == 0 and {"zh": "新建客户“House 29”", "en": "new customer: House 29"} in json.loads(out)["notes"]
    )
    code, out, _ = run("import", str(path), "--lang", lang)
    assert code == 0 and out.startswith(told) and len(out.splitlines()) == 3


def test_an_empty_store_is_told_as_empty(run: Run, tmp_path: Path) -> None:
    open_store(str(tmp_path / "powermap.db")).close()
    assert "no accounts" in run("accounts", "--lang", "en")[1]
    assert "nothing has been written" in run("receipts", "--lang", "en")[1]


def test_a_dry_run_writes_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("company,name\nAcme,Ann Lee\n", "utf-8")
    code, out, _ = run("import", "p.csv", "--dry-run", "--lang", "en")
    assert code == 0 and "Ann Lee" in out and "nothing was written" in out
    assert not (tmp_path / "powermap.db").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("show", "nobody"), 5),
        (("import", "missing.csv"), 4),
        (("import", "x.csv", "y.csv", "--annotated", "z.xlsx"), 2),
        (("show", "x", "--store", "bolt://db.example.com"), 2),
        (("show", "x", "--store", "neo4j://me:secret@localhost"), 2),
        (("show", "x", "--as-of", "yesterday"), 2),
    ],
)
def test_a_fault_is_a_sentence_and_an_exit_code(run: Run, arguments: tuple[str, ...], code: int) -> None:
    got, out, err = run(*arguments)
    assert got == code
    assert "Traceback" not in out + err and "secret" not in out + err


def test_why_names_the_facts(filled: Run) -> None:
    code, out, _ = filled("why", GREAT, "single-owner", *DAY)
    assert code == 0 and "covers" in out and "read from ties.csv" in out and "How sure" in out
    assert all(line.count("ties.csv") < 2 for line in out.splitlines())
    assert filled("why", GREAT, "no-such-finding", *DAY)[0] == 7


def test_a_rule_is_said_back_in_words(filled: Run) -> None:
    code, out, _ = filled("rule", GREAT, "CEO and 1 of (CTO, COO)", *DAY)
    assert code == 0 and "at least 1 of" in out
    code, _, err = filled("rule", GREAT, "CEO and (CTO", *DAY)
    assert code == 7 and "character 13" in err


def test_suppositions_are_compared_with_today(filled: Run) -> None:
    code, out, _ = filled("fragile", GREAT, *DAY, "--what-if", "remove Zhou Mingxuan")
    assert code == 0 and "no longer" in out
    assert filled("fragile", GREAT, *DAY, "--what-if", "remove  ZHOU mingxuan")[1] == out
    code, _, said = filled("fragile", GREAT, *DAY, "--what-if", "remove Zhou Mingxua")
    assert code == 7 and "perhaps 'Zhou Mingxuan'" in said


def test_search_finds_by_pinyin(run: Run) -> None:
    run("import", *map(str, demo.files("zh")))
    assert "望川手机" in run("search", "wangchuan", "--lang", "zh")[1]
    code, out, _ = run("doctor", "--lang", "zh")
    assert code == 0 and "PDF, PNG" in out and "Chromium" not in out, "no browser is needed to print"


def test_the_demo_ends_with_what_to_look_at(run: Run, tmp_path: Path) -> None:
    code, out, err = run("demo", "-o", "d", "--lang", "en")
    assert code == 0, err
    assert "Look at this first" in out and "Everything hangs on Zhou Mingxuan" in out
    assert len(list((tmp_path / "d").glob("*.html"))) == 5
    assert run("demo", "-o", "d", "--lang", "zh")[0] == 0, "a second time is no fault"


def test_the_portfolio_is_answered_and_drawn(filled: Run, tmp_path: Path) -> None:
    code, out, said = filled("portfolio", *DAY)
    assert code == 0, said
    assert "Zhou Mingxuan" in out and "employment decision" in out
    for about in ("owners", "contacts"):
        assert json.loads(filled("portfolio", "--about", about, *DAY, "--json")[1])["rows"]
    assert filled("portfolio", "-o", "p.html", *DAY)[0] == 0
    assert "Zhou Mingxuan" in (tmp_path / "p.html").read_text("utf-8")


@pytest.mark.parametrize("suffix", ["svg", "graphml", "gexf", "json", "zip", "pptx"])
def test_the_map_goes_to_other_tools(filled: Run, tmp_path: Path, suffix: str) -> None:
    assert filled("map", GREAT, "-o", f"m.{suffix}", *DAY, "--profile", "outside")[0] == 0
    assert (tmp_path / f"m.{suffix}").stat().st_size > 1000


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("-o", "m.svg", "--story", "s.txt"), "only the page tells a story"),
        (("-o", "m.pptx", "--story", "s.txt"), "only the page tells a story"),
        (("-o", "m.html", "--story", "s.txt", "--profile", "outside"), "tells no story"),
        (("-o", "m.html", "--story", "s.txt", "--profile", "anonymous"), "names nobody"),
        (("-o", "m"), ".html, .svg"),
        (("-o", "m.docx"), ".html, .svg"),
    ],
)
def test_a_map_that_would_leave_something_out_is_not_written(
    filled: Run, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    (tmp_path / "s.txt").write_text("A sentence without people.\n", "utf-8")
    code, _, error = filled("map", GREAT, *DAY, *options)
    assert code == 8 and said in error
    assert not [p for p in tmp_path.iterdir() if p.stem == "m"]


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"PK\3\4\x14\0\0\0\x08\0", b"", b"a" * 1_000_001]
)
def test_what_is_no_story_is_told_what_a_story_is(filled: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "s.txt").write_bytes(content)
    code, _, error = filled("map", GREAT, *DAY, "-o", "m.html", "--story", "s.txt")
    assert code == 4 and "a paragraph for each step" in error and "CSV" not in error


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")
def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    import signal
    import subprocess
    import time

    rows = "\n".join(
        f"Co {i % 50},Person {i},Title,{'Person ' + str(i - 50) if i >= 50 else ''}" for i in range(30_000)
    )
    (tmp_path / "big.csv").write_text("company,name,title,boss\n" + rows, "utf-8")
    started = subprocess.Popen(
        [sys.executable, "-m", "powermap", "import", "big.csv"], cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    while not (tmp_path / "powermap.db").exists() and started.poll() is None:
        time.sleep(0.02)
    started.send_signal(signal.SIGINT)
    _, said = started.communicate()
    # Stopped while it makes a dataclass, which runs text, Python ends by the signal itself; a shell calls both 130.
    assert started.returncode in (130, -signal.SIGINT) and "stopped" in said and "Traceback" not in said
    assert [p.name for p in tmp_path.iterdir()] == ["big.csv"]


def test_chances_are_judged_by_closed_deals(filled: Run) -> None:
    code, out, _ = filled("calibrate", "--lang", "en")
    assert code == 0 and "Brier score" in out and "nothing is corrected" in out


@pytest.mark.parametrize(("rule", "columns"), [("CEO and XYZ", 8), ("首席执行官 and XYZ", 15)])
def test_the_caret_stands_below_the_fault(filled: Run, rule: str, columns: int) -> None:
    """Counted by hand: four columns before the rule, a Chinese character is two wide."""
    code, _, said = filled("rule", GREAT, rule, *DAY)
    line, caret = said.rstrip().splitlines()[-2:]
    assert code == 7 and line == f"  → {rule}"
    assert caret == " " * (4 + columns) + "^"


def test_a_faulty_rule_is_told_in_the_readers_language(filled: Run) -> None:
    code, _, said = filled("rule", GREAT, "CEO and XYZ", "--as-of", demo.AS_OF.isoformat(), "--lang", "zh")
    assert code == 7 and "没有“XYZ”" in said and "第 9 个字符" in said


def test_a_map_of_an_earlier_day_keeps_nothing(filled: Run) -> None:
    """Only a map of today says where people stand from now on, and it says it once."""
    filled("map", GREAT, "-o", "then.html", *DAY)
    assert "layout" not in filled("receipts")[1]
    filled("map", GREAT, "-o", "now.html")
    filled("map", GREAT, "-o", "again.html")
    assert filled("receipts")[1].count("layout") == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_faulty_rule_pack_is_told_and_doctor_reports_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack/portfolio.toml").write_text('[duty]\nvisits = "six"\n')
    monkeypatch.setenv("POWERMAP_PACK", str(tmp_path / "pack"))
    told = "0 到 1000 的整数" if lang == "zh" else "a whole number from 0 to 1000"
    code, _, said = run("portfolio", "--lang", lang)
    assert code == 2 and 'duty.visits = "six"' in said and told in said
    code, out, _ = run("doctor", "--lang", lang)
    assert code == 0 and told in out
