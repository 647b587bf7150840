"""Records told to people: no code, no id, no name of a field, in neither language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from powermap.demo import files
from powermap.method import load_pack
from powermap.method.telling import column, difference, titles, value
from powermap.model import record_to_props, sourced, titled
from powermap.model.fields import fields
from powermap.words import is_chinese
from powermap.workspace import open_workspace

PACK = load_pack()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_choice_is_told_by_the_word_of_its_own_list(lang: str) -> None:
    """`site` is a channel of a voice, `attitude` a measure of a goal: each list is the column's, not the name's."""
    for columns in fields().values():
        for field in columns.values():
            if not field.choices or not field.written or field.read == "yes":
                continue
            for kind, name in field.properties:
                for key, words in PACK.choices[field.choices].items():
                    told = value(PACK, name, key, {}, lang, kind)
                    assert told == words[lang], (kind, name, key)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_demo_is_told_without_ids_and_names_of_fields(lang: str, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "demo.db", create=True) as ws:
        ws.import_(files(lang))
        known = ws.snapshot()
    names = {r.id: r.name for r in known if getattr(r, "name", "")}
    names |= titles(PACK, known, names, lang)
    for record in known:
        told = difference(PACK, None, record_to_props(record), names, lang, record.KIND)
        assert not re.search(r"\b[0-9a-f]{16}\b|\w_\w|file\|", told), told
        if lang == "zh" and record.KIND in ("Interaction", "Goal", "Action", "Voice", "STANDS", "COVERS"):
            assert ", " not in told, told


def test_fields_are_called_in_both_languages() -> None:
    assert [column(PACK, "set_on", lang, "Action") for lang in ("zh", "en")] == ["定于", "set on"]
    assert [column(PACK, "sort", lang, "Voice") for lang in ("zh", "en")] == ["类型", "kind"]


def test_a_change_of_ids_alone_says_so() -> None:
    before, after = {"id": "a", "keys": ["file|goal|1"]}, {"id": "a", "keys": ["file|goal|1", "crm|goal|2"]}
    told = difference(PACK, before, after, {}, "zh", "Goal")
    assert "goal" not in told and is_chinese(told)


def test_where_a_change_comes_from_is_told_in_both_languages() -> None:
    assert sourced("by hand") == ("手工录入", "by hand")
    assert sourced("by hand: 饭桌上说的").zh == "手工录入：饭桌上说的"
    assert sourced("undo 1a2b").zh == "撤销 1a2b" and sourced("merge").zh == "合并"
    assert sourced("态度.csv · 10") == ("态度.csv · 10", "态度.csv · 10")
    assert titled("set dotted_boss") == ("修改 虚线上级", "set dotted boss")
    assert titled("plan").zh == "采纳建议" and titled("log").zh == "记下会面"
