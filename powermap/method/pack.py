"""Load a rule pack: a folder of TOML files, each topic one file; a company gives what it wants otherwise."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

from powermap.errors import ConfigError
from powermap.method.catalogue import Means, catalogue
from powermap.method.contents import Fault, faults
from powermap.method.grades import Grade, grades
from powermap.method.items import Item, items
from powermap.method.shapes import Wrong
from powermap.model.fields import headers
from powermap.model.naming import fold
from powermap.words import Words, both, is_chinese

Tells = Literal["yes", "formal", "little"]
"""What a tie says about power."""
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
    def grades(self) -> dict[str, Grade]:
        """The grades of customers by key, the highest first."""
        return grades(self.topic("grades"))

    @cached_property
    def items(self) -> dict[str, Item]:
        """What can be judged, by key."""
        return items(self.topic("items"))

    @cached_property
    def several(self) -> frozenset[str]:
        """The items of which several verdicts of a day stand each on its own, told apart by their words."""
        return frozenset(key for key, item in self.items.items() if item.several)

    @cached_property
    def catalogue(self) -> dict[str, Means]:
        """What can be done for a relation, by key."""
        return catalogue(self.topic("catalogue"))

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
        if field == "item" and value in self.items:
            return self.items[value].words
        if field in ("what", "form") and value in self.catalogue:
            return self.catalogue[value].words
        return self.choices.get("tie" if field == "kind" else field, {}).get(value, both(value))

    def kind(self, name: str) -> Words:
        """Return what a kind of record is called."""
        return Words(*self.topic("kinds").get(name, (name, name)))

    @cached_property
    def _channels(self) -> dict[str, str]:
        words = self.topic("words")["channel"]
        return {fold(word): key for key, known in words.items() for word in (key, *known)}

    def channel(self, word: str) -> str:
        """Return the key of a channel of influence, e.g. ``advice`` for 建议; a word that isn't known is its own key."""
        return self._channels.get(fold(word), word)

    def tells(self, channel: str) -> Tells:
        """Return what ties of a channel, by its key or as it was written, say about power."""
        topic = self.topic("channels")
        found: Tells = topic["tells"].get(
            self.channel(channel), topic["other"] if channel else topic["unnamed"]
        )
        return found

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


def load_pack(folder: Path | None = None) -> Pack:
    """Load the built-in pack, and what a company's `folder` gives otherwise.

    A file of the folder needs to hold only what differs: its tables are laid over the built-in ones key by key; a
    list, and rows like ``[[role]]``, replace the built-in ones whole.

    Raises
    ------
    ConfigError
        If there is no such folder, or it doesn't fit: every fault with its file, key, value and what was expected.
    """
    # By the whole path: the same words name another folder where somebody stands elsewhere.
    return _load(None if folder is None else folder.absolute())


@cache
def _load(folder: Path | None) -> Pack:
    built_in = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(HERE.glob("*.toml"))}
    built_in["columns"] |= headers()
    if folder is None:
        return Pack(built_in)
    topics, found = dict(built_in), []
    for path in _files(folder):
        if path.stem not in built_in:
            near = get_close_matches(path.stem, built_in, 1, 0.5)
            found.append(
                Fault(
                    path.stem,
                    Wrong(
                        "",
                        None,
                        Words("没有这个文件", "is a file that nobody reads"),
                        near[0] if near else "",
                    ),
                )
            )
            continue
        try:
            topics[path.stem] = _laid_over(built_in[path.stem], tomllib.loads(path.read_text("utf-8-sig")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            found.append(
                Fault(path.stem, Wrong("", None, Words(f"读不了：{error}", f"can't be read: {error}")))
            )
    # Of files that can't be read the built-in ones stand in, so that all other faults are told in the same pass.
    found += faults(topics, built_in)
    if found:
        lines = [fault.words for fault in found]
        raise ConfigError(
            Words(
                "\n".join([f"规则包 {folder} 有 {len(lines)} 处不对：", *(w.zh for w in lines)]),
                "\n".join(
                    [
                        f"the rule pack {folder} has {len(lines)} fault{'s' * (len(lines) > 1)}:",
                        *(w.en for w in lines),
                    ]
                ),
            ),
            hint=Words(
                "改好这些文件；docs/reference/rule-pack.md 列出全部键和范围",
                "mend these files; docs/reference/rule-pack.md lists every key and its range",
            ),
        )
    return Pack(topics)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise ConfigError(
            Words(f"没有规则包文件夹 {folder}", f"there is no rule pack folder {folder}"),
            hint=Words("看看配置里的 pack", "look at `pack` in the settings"),
        )
    return sorted(folder.glob("*.toml"))


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Return `below` with what `above` gives, table by table."""
    found = dict(below)
    for key, value in above.items():
        old = found.get(key)
        both = isinstance(old, dict) and isinstance(value, dict)
        found[key] = _laid_over(old, value) if both and isinstance(old, dict) else value
    return found
