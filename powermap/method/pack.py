"""Load a rule pack: a folder of TOML files, each topic one file; a company may replace any of them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from powermap.errors import ConfigError
from powermap.words import Words, both, is_chinese

HERE = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True, slots=True)
class Attitude:
    """One step of the attitude scale (M82)."""

    value: int
    words: Words


@dataclass(frozen=True, slots=True)
class Role:
    """A role in a buying committee: `badge` is its one-letter mark on a map."""

    key: str
    words: Words
    badge: Words
    filled: bool
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Pack:
    """A rule pack. `topics` holds the raw tables by file name."""

    topics: dict[str, dict[str, Any]]

    def topic(self, name: str) -> dict[str, Any]:
        """Return the table of one file, e.g. ``columns``."""
        try:
            return self.topics[name]
        except KeyError:
            raise ConfigError(Words(f"方法包缺 {name}.toml", f"the rule pack has no {name}.toml")) from None

    @cached_property
    def attitudes(self) -> dict[int, Attitude]:
        """The attitude scale by value, -2 to 3."""
        return {
            row["value"]: Attitude(row["value"], Words(row["zh"], row["en"]))
            for row in self.topic("attitudes")["level"]
        }

    @cached_property
    def unknown_attitude(self) -> dict[int, float]:
        """The distribution with which an unknown attitude enters a computation; sums to 1."""
        return {int(k): float(v) for k, v in self.topic("attitudes")["unknown"].items()}

    @cached_property
    def roles(self) -> dict[str, Role]:
        """Roles by key, in the order of the pack."""
        return {
            row["key"]: Role(
                row["key"],
                Words(row["zh"], row["en"]),
                Words(row["badge_zh"], row["badge_en"]),
                row.get("filled", False),
                tuple(row.get("aliases", ())),
            )
            for row in self.topic("roles")["role"]
        }

    @cached_property
    def choices(self) -> dict[str, dict[str, Words]]:
        """How the values of closed lists are shown: by the first word of each that is Chinese, and by the first of all."""
        return {
            name: {
                value: Words(next(filter(is_chinese, words), words[0]), words[0])
                for value, words in values.items()
            }
            for name, values in self.topic("words").items()
        }

    def say(self, field: str, value: str) -> Words:
        """Say the value of a field of a row or record: a word of the pack, or what it is in both languages."""
        if field == "roles":
            return self.roles[value].words if value in self.roles else both(value)
        return self.choices.get("tie" if field == "kind" else field, {}).get(value, both(value))

    def kind(self, name: str) -> Words:
        """Return what a kind of record is called."""
        return Words(*self.topic("kinds").get(name, (name, name)))

    @cached_property
    def adaptability(self) -> dict[str, float]:
        """Susceptibility in [0, 1] by adaptability."""
        return {k: float(v) for k, v in self.topic("defaults")["susceptibility"].items()}

    def default(self, name: str) -> float:
        """Return one number of ``defaults.toml``, e.g. ``strength``, ``damping``, ``logit``."""
        try:
            return float(self.topic("defaults")["number"][name])
        except KeyError:
            raise ConfigError(
                Words(
                    f"方法包的 defaults.toml 缺数值“{name}”",
                    f"the rule pack's defaults.toml has no number {name!r}",
                )
            ) from None


@cache
def load_pack(folder: Path | None = None) -> Pack:
    """Load the built-in pack; files of the same name in `folder` replace the built-in ones.

    Raises
    ------
    ConfigError
        If a file isn't TOML, or a scale is not what the model allows.
    """
    topics: dict[str, dict[str, Any]] = {}
    for base in (HERE, folder):
        for path in sorted(base.glob("*.toml")) if base is not None else ():
            try:
                topics[path.stem] = tomllib.loads(path.read_text("utf-8"))
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise ConfigError(
                    Words(
                        f"方法包的 {path.name} 读不了：{error}",
                        f"the rule pack's {path.name} can't be read: {error}",
                    )
                ) from error
    pack = Pack(topics)
    if sorted(pack.attitudes) != [-2, -1, 0, 1, 2, 3]:
        raise ConfigError(
            Words(
                "方法包的 attitudes.toml 必须列出 -2 到 3 六种态度",
                "the rule pack's attitudes.toml must name the six attitudes -2 to 3",
            )
        )
    if abs(sum(pack.unknown_attitude.values()) - 1) > 1e-9:
        raise ConfigError(
            Words(
                "方法包里未知态度的分布之和必须是 1",
                "the rule pack's distribution of an unknown attitude must sum to 1",
            )
        )
    return pack
