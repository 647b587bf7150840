"""What a new user is told at the first try, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_commands import Run, filled, run  # noqa: F401

from powermap.sources.amounts import number, strength, within
from powermap.sources.cells import CellFault


@pytest.mark.parametrize("lang, said", [("zh", "没有一行数据"), ("en", "no row stands under the headers")])
def test_headers_alone_are_no_import(run: Run, tmp_path: Path, lang: str, said: str) -> None:  # noqa: F811
    (tmp_path / "people.csv").write_text("name,title\n", encoding="utf-8")
    code, out, err = run("import", str(tmp_path / "people.csv"), "--lang", lang)
    assert code == 0 and said in out + err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_rule_without_a_deal_says_what_to_do(filled: Run, tmp_path: Path, lang: str) -> None:  # noqa: F811
    (tmp_path / "few.csv").write_text("company,name,title\nAster,Ann Lee,CEO\n", encoding="utf-8")
    assert not filled("import", str(tmp_path / "few.csv"))[0]
    code, out, err = filled("rule", "Aster", "CEO", "--lang", lang)
    assert code == 7 and {"zh": "“项目”表", "en": "deals sheet"}[lang] in out + err


def test_what_to_write_fits_the_column() -> None:
    """A strength or a power is no amount of money; 0 lies between 0 and 1, and is still no strength."""
    for read in (lambda: strength("very", ""), lambda: within("very", 0, 10, "power-range")):
        with pytest.raises(CellFault) as caught:
            read()
        assert "4000000" not in str(vars(caught.value)) and "400万" not in str(vars(caught.value))
    with pytest.raises(CellFault) as caught:
        number("very")
    assert "400万" in str(vars(caught.value))
    with pytest.raises(CellFault) as caught:
        strength("0", "")
    assert "大于 0" in str(vars(caught.value))


def test_names_are_quoted_as_chinese_is(filled: Run) -> None:  # noqa: F811
    for option in ("--supplier", "--deal"):
        code, out, err = filled("show", "望川", option, "谁也不是", "--lang", "zh")
        assert code == 7 and "“谁也不是”" in out + err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_us_gets_the_name_it_was_promised(run: Run, tmp_path: Path, lang: str) -> None:  # noqa: F811
    """The first import says that --us changes the name; a second name is not taken, and that is told."""
    people = tmp_path / "people.csv"
    people.write_text("company,name,title,attitude\nAster,Ann Lee,CEO,1\n", encoding="utf-8")
    assert "--us" in "".join(run("import", str(people), "--lang", lang)[1:])
    assert run("import", str(people), "--us", "Foo Ltd", "--lang", lang)[0] == 0
    assert "Foo Ltd" in run("show", "Aster", "--lang", lang)[1]
    code, out, err = run("import", str(people), "--us", "Bar Ltd", "--lang", lang)
    assert code == 0 and "Bar Ltd" in out + err
    assert "Foo Ltd" in run("show", "Aster", "--lang", lang)[1]


def test_us_that_nothing_needs_is_told(run: Run, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "people.csv").write_text("company,name,title\nAster,Ann Lee,CEO\n", encoding="utf-8")
    assert "of no use" in "".join(
        run("import", str(tmp_path / "people.csv"), "--us", "Foo", "--lang", "en")[1:]
    )


def test_two_of_one_name_are_told_apart_in_the_history(run: Run, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "people.csv").write_text(
        "id,company,name,title\n1,Aster,Li Wei,Buyer\n2,Aster,Li Wei,Seller\n", encoding="utf-8"
    )
    assert not run("import", str(tmp_path / "people.csv"))[0]
    out, err = run("history", "Li Wei", "--lang", "en")[1:]
    assert "2 are called 'Li Wei'" in out + err
