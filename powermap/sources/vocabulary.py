"""The words of a rule pack, as cells write them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from copy import copy
from typing import Any

from powermap.errors import ConfigError
from powermap.method import Pack
from powermap.method.items import Item
from powermap.model.fields import Field
from powermap.model.ties import ATTITUDES
from powermap.sources.amounts import number
from powermap.sources.cells import CellFault, split, text
from powermap.sources.columns import closest, fold
from powermap.sources.scores import score
from powermap.sources.table import Cell
from powermap.words import Words

_DIGITS = str.maketrans("一二三四五", "12345")


class Vocabulary:
    """The words of a rule pack: choices, attitude ladders, roles, levels."""

    def __init__(self, pack: Pack) -> None:
        topic, self.shown, self._pack = pack.topic("words"), pack.choices, pack
        self.role_words = {key: role.words for key, role in pack.roles.items()}
        self.choices: dict[str, dict[str, str]] = {
            name: {fold(alias): key for key, aliases in table.items() for alias in (key, *aliases)}
            for name, table in topic.items()
        }
        ladder = pack.topic("ladders")
        self.attitudes = {fold(word): int(value) for word, value in ladder["words"].items()}
        self.contacted = {fold(word) for word in ladder["contacted"]["words"]}
        self.roles = {
            fold(alias): role.key
            for role in pack.roles.values()
            for alias in (role.key, role.words.zh, role.words.en, role.badge.zh, *role.aliases)
        }
        self.levels: dict[str, int] = {}
        for row in pack.topic("levels")["level"]:
            for name in (row["zh"], row["en"], *row.get("aliases", ())):
                for part in [name, *name.split("/")]:
                    self.levels[fold(part)] = row["value"]
        self.numbers: dict[str, float] = {fold(word): float(value) for word, value in ladder["power"].items()}
        """Numbers that words stand for."""
        self.items: dict[str, list[Item]] = defaultdict(list)
        """Items by each of their names; two families may have a name in common."""
        for item in pack.items.values():
            names = {fold(n) for n in (item.key, item.words.zh, item.words.en, *item.aliases)}
            for name in names | {fold(f"{item.family} {name}") for name in names}:
                self.items[name].append(item)
        self.means = {
            fold(name): means.key
            for means in pack.catalogue.values()
            for name in (means.key, means.words.zh, means.words.en, *means.aliases)
        }
        self.grades = {
            fold(name): grade.key
            for grade in pack.grades.values()
            for name in (grade.key, *grade.words, *grade.aliases)
        }
        self.unknown = set(self.choices["unknown"])
        self.clear = set(self.choices["clear"])

    def taught(self, words: Mapping[str, str]) -> Vocabulary:
        """Return these words with what the user says of some: a value, in every list that has it.

        Raises
        ------
        ConfigError
            If no list has such a value.
        """
        if not words:
            return self
        taught = copy(self)
        taught.choices = {name: dict(table) for name, table in self.choices.items()}
        taught.attitudes, taught.roles = dict(self.attitudes), dict(self.roles)
        taught.levels, taught.numbers = dict(self.levels), dict(self.numbers)
        taught.unknown = set(self.unknown)
        for word, value in words.items():
            if not taught._learn(fold(word), value):
                raise ConfigError(
                    Words(f"“{value}”不是任何一列的值", f"{value!r} is the value of no column"),
                    hint=Words(f'例如 --word "{word}=-2"', f'e.g. --word "{word}=-2"'),
                )
        return taught

    def _learn(self, word: str, value: str) -> bool:
        """Take a word as another one for a value, and tell whether any list has it."""
        key, known = fold(value), False
        for table in self.choices.values():
            if key in table:
                table[word], known = table[key], True
        if key in self.roles:
            self.roles[word], known = self.roles[key], True
        for steps in (self.attitudes, self.levels):
            if key in steps:
                steps[word], known = steps[key], True
        if value in ("?", "？") or key in self.unknown:
            self.unknown.add(word)
            return True
        try:
            figure = float(value)
        except ValueError:
            return known
        self.numbers[word] = figure
        if figure in ATTITUDES:
            self.attitudes[word] = int(figure)
        if figure in (1, 2, 3, 4, 5):
            self.levels[word] = int(figure)
        return True

    def attitude_on(self, value: Cell, scale: str) -> int:
        """Read an attitude from a scale that the header names: its middle is neutral, its ends oppose and support exclusively."""
        low, high = map(float, scale.split("-"))
        figure = number(value)
        if not low <= figure <= high:
            raise CellFault(
                "attitude-range",
                f"{value} does not lie on the scale {scale}",
                f"{value} 不在刻度 {scale} 之内",
                f"write {low:g} to {high:g}",
                f"请写 {low:g} 到 {high:g}",
            )
        # 1-5 has a value for each of five attitudes, 1-10 two.
        return int((figure - low) * 5 // (high - low + 1)) - 2

    def choice(self, name: str, value: Cell) -> str:
        """Read one of a closed list of words."""
        known = self.choices[name]
        found = known.get(fold(str(value)))
        if found is None:
            options = list(self.shown[name].values())
            zh, en = "、".join(o.zh for o in options), ", ".join(o.en for o in options)
            key = closest(str(value), known, 70)
            near = self.shown[name][key] if key else None
            raise CellFault(
                f"unknown-{name}",
                f"{value!r} is not one of: {en}",
                f"“{value}”不在可选值之内：{zh}",
                f"did you mean {near.en!r}?" if near else f"write one of: {en}",
                f"是不是“{near.zh}”？" if near else f"请写其中之一：{zh}",
                foreign=near is None,
            )
        return found

    def item(self, value: Cell) -> str:
        """Read the key of an item of assessment, by any of its names."""
        if str(value).strip() in self._pack.items:
            return str(value).strip()
        found = self.items.get(fold(str(value)), [])
        if len(found) == 1:
            return found[0].key
        if found:
            keys = ", ".join(item.key for item in found)
            raise CellFault(
                "ambiguous-item", f"{value!r} is the name of {len(found)} items", f"有 {len(found)} 个评估项叫“{value}”",
                f"write one of: {keys}", f"请写其中之一：{keys}",
            )  # fmt: skip
        near = closest(str(value), {name: name for name in self.items}, 70)
        item = self.items[near][0] if near else None
        raise CellFault(
            "unknown-item", f"{value!r} is not an item of assessment", f"“{value}”不是评估项",
            f"did you mean {item.words.en!r}?" if item else "`powermap method show items` lists them",
            f"是不是“{item.words.zh}”？" if item else "powermap method show items 列出全部评估项",
            foreign=item is None,
        )  # fmt: skip

    def grade(self, value: Cell) -> str:
        """Read a grade: its letter, with 类 or 级 or without, or its name."""
        letter = text(value).upper().removesuffix("类").removesuffix("级").strip()
        found = self.grades.get(fold(letter)) or self.grades.get(fold(str(value)))
        if found is None:
            keys = list(self._pack.grades)
            zh, en = "、".join(keys), ", ".join(keys[:-1]) + f" or {keys[-1]}" if keys[1:] else keys[0]
            raise CellFault(
                "unknown-grade",
                f"a grade is {en}, not {value!r}",
                f"等级是 {zh}，不是“{value}”",
                f"write {en}",
                f"请写 {'、'.join(keys[:-1])} 或 {keys[-1]}" if keys[1:] else f"请写 {zh}",
                foreign=len(letter) > 2,
            )
        return found

    def scored(self, values: dict[str, Any]) -> None:
        """Turn the score of a row, as it was written, into a number of its item's scale."""
        value, key = values.get("score"), values.get("item")
        if value is None or not isinstance(key, str) or not isinstance(value, (str, int, float)):
            return
        if self._pack.items[key].kind == "attitude":
            values["score"] = self.attitude(value)[0]
            return
        values["score"] = score(self._pack.items[key], value, self.choices["check"], self.choices["yes"])

    def yes(self, value: Cell) -> bool:
        """Read yes or no."""
        if isinstance(value, bool):
            return value
        return self.choice("yes", value) == "yes"

    def attitude(self, value: Cell) -> tuple[int | None, str]:
        """Read an attitude, -2 to 3, or None (unknown); the second is a note for the evidence, or empty."""
        key = fold(str(value)) if isinstance(value, str) else ""
        if isinstance(value, str):
            if key in self.unknown or value.strip() in ("?", "？"):
                return None, ""
            if key in self.contacted:
                return None, f"{value}"
            if key in self.attitudes:
                return self.attitudes[key], ""
            text = (
                unicodedata.normalize("NFKC", value)
                .replace("−", "-")
                .replace("－", "-")
                .replace("—", "-")
                .strip()
            )
            # "+1 支持", "-2（反对）": the number counts, if the word agrees.
            match = re.fullmatch(r"([+-]?\d+(?:\.0+)?)\s*[(（:：]?\s*(.*?)\s*[)）]?", text)
            if match:
                word = fold(match[2]) if match[2] else ""
                number = float(match[1])
                if not word or self.attitudes.get(word) == number:
                    return self._step(number, value), ""
            near = closest(value, {w: w for w in self.attitudes}, 70)
            raise CellFault(
                "unknown-attitude",
                f"{value!r} is not an attitude",
                f"“{value}”不是一种态度",
                (f"did you mean {near!r}? " if near else "")
                + "write -2 to 3, a word of the ladder, or ? if it is unknown",
                (f"是不是“{near}”？" if near else "") + "请写 -2 到 3、态度名称，或用 ? 表示未知",
                foreign=near is None and not match,
            )
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self._step(float(value), value), ""
        raise CellFault(
            "unknown-attitude",
            f"{value!r} is not an attitude",
            f"“{value}”不是一种态度",
            "write -2 to 3",
            "请写 -2 到 3",
        )

    @staticmethod
    def _step(number: float, value: Cell) -> int:
        if number not in (-2, -1, 0, 1, 2, 3):
            raise CellFault(
                "attitude-range", f"an attitude is a whole number from -2 to 3, not {value}", f"态度是 -2 到 3 的整数，不是 {value}",
                "write -2, -1, 0, 1, 2, 3 or ?", "请写 -2、-1、0、1、2、3 或 ?",
            )  # fmt: skip
        return int(number)

    def rung(self, field: Field, value: Cell) -> int:
        """Read a step of a ladder of organizations, as a number or by its name."""
        name = field.choices
        steps = self.choices[name]
        # A spreadsheet gives 3 as 3.0.
        found = steps.get(fold(f"{value:g}" if isinstance(value, float) else str(value)))
        if found is None:
            zh = "、".join(f"{step} {w.zh}" for step, w in self.shown[name].items())
            en = ", ".join(f"{step} {w.en}" for step, w in self.shown[name].items())
            raise CellFault(
                f"{field.name}-range",
                f"{value!r} is none of its levels",
                f"“{value}”不是其中一级",
                f"write one of: {en}",
                f"请写：{zh}",
            )
        return int(found)

    def level(self, value: Cell) -> int:
        """Read a level, 1 (top) to 5, as a number or by name."""
        if isinstance(value, str):
            if fold(value) in self.levels:
                return self.levels[fold(value)]
            match = re.fullmatch(
                r"(?:l|level|第)?\s*([1-5])\s*(?:级|层)?",
                unicodedata.normalize("NFKC", value).strip().lower().translate(_DIGITS),
            )
            if match:
                return int(match[1])
        number = None if isinstance(value, str) else value
        if isinstance(number, (int, float)) and number in (1, 2, 3, 4, 5):
            return int(number)
        raise CellFault(
            "level-range",
            f"a level is 1 (top) to 5, not {value!r}",
            f"层级是 1（最高）到 5，不是“{value}”",
            "write 1 to 5",
            "请写 1 到 5",
            foreign=isinstance(value, str) and not any(c.isdigit() for c in value),
        )

    def roles_of(self, value: Cell) -> tuple[str, ...]:
        """Read several roles."""
        found = []
        for part in split(value):
            role = self.roles.get(fold(part))
            if role is None:
                if self.choices["duty"].get(fold(part)) == "sponsor":
                    raise CellFault(
                        "unknown-role", f"{part!r} is not a role", f"“{part}”不是决策链里的角色",
                        "a sponsor is one of ours: a tie that covers, with the duty sponsor",
                        "赞助人是我方的人：请在关系表写“覆盖”，职责写“赞助人”",
                    )  # fmt: skip
                key = closest(part, self.roles, 70)
                near, options = self.role_words.get(key or ""), self.role_words.values()
                raise CellFault(
                    "unknown-role",
                    f"{part!r} is not a role",
                    f"“{part}”不是一种角色",
                    f"did you mean {near.en!r}?" if near else f"roles: {'; '.join(o.en for o in options)}",
                    f"是不是“{near.zh}”？" if near else f"角色：{'、'.join(o.zh for o in options)}",
                    foreign=near is None,
                )
            found.append(role)
        return tuple(dict.fromkeys(found))
