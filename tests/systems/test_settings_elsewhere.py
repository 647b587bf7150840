"""The configuration file as editors of Windows write it, and a language where the system names none as Linux does."""

from __future__ import annotations

import locale
from pathlib import Path

import pytest

from powermap.errors import ConfigError
from powermap.settings import load_settings


@pytest.fixture(autouse=True)
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("POWERMAP_STORE", "POWERMAP_LANG", "POWERMAP_PACK", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "config.toml"
    monkeypatch.setenv("POWERMAP_CONFIG", str(path))
    return path


def test_a_path_of_windows_in_single_quotes(clean: Path) -> None:
    clean.write_bytes(b"\xef\xbb\xbfstore = 'C:\\temp\\new.db'\r\nlang = \"zh\"\r\n")
    assert (load_settings().store, load_settings().lang) == (r"C:\temp\new.db", "zh")


@pytest.mark.parametrize("written", [r'store = "C:\temp\new.db"', r'store = "C:\Users\li\powermap.db"'])
def test_a_path_of_windows_in_double_quotes(clean: Path, written: str) -> None:
    r"""The first is TOML without a fault, whose \t is a tab and \n a new line; the second is a fault of TOML."""
    clean.write_text(written, encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        load_settings()
    assert "single quotes" in told.value.hint and "单引号" in told.value.advice.zh


def test_a_file_in_the_code_page_of_chinese_windows(clean: Path) -> None:
    clean.write_bytes("store = '客户.db'".encode("gbk"))
    with pytest.raises(ConfigError) as told:
        load_settings()
    assert "UTF-8" in told.value.hint


def test_a_value_that_is_none_still_says_which(clean: Path) -> None:
    clean.write_text('lang = "fr"', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"lang.*'zh' or 'en'") as told:
        load_settings()
    assert "quotes" not in told.value.hint


@pytest.mark.parametrize(
    ("system", "lang"),
    [("Chinese (Simplified)_China.936", "zh"), ("zh-CN.936", "zh"), ("English_United States.1252", "en")],
)
def test_the_language_of_windows(monkeypatch: pytest.MonkeyPatch, system: str, lang: str) -> None:
    """What Windows calls its languages, as `setlocale` gives it there; no LANG is set."""
    monkeypatch.setattr(locale, "_setlocale", lambda *_: system)
    assert load_settings().lang == lang


def test_a_language_that_python_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locale, "_setlocale", lambda *_: "someplace")
    with pytest.raises(ValueError, match="someplace"):
        locale.getlocale()
    assert load_settings().lang == "en"
