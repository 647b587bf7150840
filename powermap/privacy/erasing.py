"""What becomes of the log when a person is forgotten: tombstones without content, and records that no longer name them."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from powermap.errors import ConfigError
from powermap.importing import random_id
from powermap.method import Pack
from powermap.model import (
    Batch,
    Change,
    Erasure,
    KeptLayout,
    LoggedChange,
    MemberOf,
    Organization,
    Receipt,
    Snapshot,
    WorksAt,
    record_to_props,
)
from powermap.model.erasure_marks import marks
from powermap.model.record import Props, without
from powermap.portfolio.data.cache_file import forget
from powermap.privacy.held import Holding, Mention
from powermap.stores.base import Store
from powermap.words import Words

BLANK = "[…]"
"""What stands for a name in a text of somebody else's."""


@dataclass(frozen=True, slots=True)
class Erasing:
    """How to forget a person.

    Parameters
    ----------
    person
        Their id.
    own
        The records that go: their own, their ties, what is judged of them.
    names
        What to blank in texts, the longest first.
    blanked
        The texts in which to blank it: (record or batch, property).
    """

    person: str
    own: frozenset[str]
    names: tuple[str, ...]
    blanked: frozenset[tuple[str, str]]

    def forgotten(self, entry: LoggedChange) -> LoggedChange:
        """Return an entry of the log as it stays: its place and its record's id; of a record of theirs nothing else."""
        change = entry.change
        title = self._blank(entry.batch, "title", entry.title)
        actor = self._blank(entry.batch, "actor", entry.actor)
        if change.id in self.own:
            left = Change(change.kind, change.id, None, None)
        else:
            left = Change(
                change.kind,
                change.id,
                self._props(change, change.before),
                self._props(change, change.after),
                self._blank(change.id, "source", change.source),
            )
        return replace(entry, title=title, actor=actor, change=left)

    def _props(self, change: Change, props: Props | None) -> Props | None:
        if props is None:
            return None
        left = without(change.kind, props, self.person) or {}
        if change.kind == KeptLayout.KIND and self.person in str(left.get("plan")):
            left["plan"] = json.dumps(_off(json.loads(left["plan"]), self.person), ensure_ascii=False)
        return {key: self._value(change.id, key, value) for key, value in left.items()}

    def _value(self, record: str, field: str, value: Any) -> Any:
        if isinstance(value, list):
            return [self._blank(record, field, text) for text in value]
        return self._blank(record, field, value) if isinstance(value, str) else value

    def _blank(self, record: str, field: str, text: str) -> str:
        if (record, field) in self.blanked:
            for name in self.names:
                text = text.replace(name, BLANK)
        return text


def entry(holding: Holding, erasing: Erasing, now: Snapshot, today: date, salt: str) -> Erasure:
    """Return what is kept of somebody who is forgotten: that it was done, and the marks that keep them out."""
    houses = {
        known
        for tie in (*now.all(WorksAt), *now.all(MemberOf))
        if tie.src == erasing.person and (house := now.get(Organization, tie.dst))
        for known in (house.id, house.name, house.name_alt)
        if known
    }
    changed = {c.change.id for c in (*holding.records, *holding.earlier)} - erasing.own
    changed |= {record for record, _ in erasing.blanked}
    found = marks(holding.person, sorted(houses), salt)
    return Erasure(
        f"erasure-{salt}",
        salt=salt,
        marks=tuple(sorted(found)),
        on=today,
        records=len(erasing.own),
        changed=len(changed),
    )


def plan_erasing(holding: Holding, blank: Collection[Mention]) -> Erasing:
    """Plan to forget a person, and to blank their name in these texts of others."""
    names = sorted(holding.called_by, key=len, reverse=True)
    return Erasing(
        holding.person.id, holding.own, tuple(names), frozenset((m.record, m.field) for m in blank)
    )


def _off(plan: Any, person: str) -> Any:
    """Take a person off the plan of a layout, wherever they stand in it."""
    if isinstance(plan, dict):
        return {key: _off(part, person) for key, part in plan.items() if key != person and part != person}
    if isinstance(plan, list):
        return [_off(part, person) for part in plan if part != person]
    return plan


def erase(store: Store, holding: Holding, blank: Collection[Mention], actor: str, today: date) -> Receipt:
    """Forget a person in a store: the log keeps tombstones without content, and one entry that it was done.

    Raises
    ------
    StoreError
        If somebody else has the store open, so that old bytes can't be removed: they are by ``powermap store clean``.
    """
    erasing = plan_erasing(holding, blank)
    record = entry(holding, erasing, store.read(), today, secrets.token_hex(16))
    change = Change(record.KIND, record.id, None, record_to_props(record))
    # The columns beside the store hold names, too.
    forget(store.location)
    return store.rewrite(erasing.forgotten, Batch(random_id(), (change,), actor, "erase"))


def counted(holding: Holding, pack: Pack) -> list[Words]:
    """Say what goes, what stays without them, and what can't be reached."""
    own = Counter(c.change.kind for c in holding.records if c.change.id in holding.own)
    others = Counter(c.change.kind for c in holding.records if c.change.id not in holding.own)
    said = [
        Words(
            f"将删除：{_kinds(own, pack, 'zh')}，连同历史",
            f"goes, with its history: {_kinds(own, pack, 'en')}",
        )
    ]
    if others:
        said.append(
            Words(
                f"不再提到此人：{_kinds(others, pack, 'zh')}",
                f"stays, and names them no more: {_kinds(others, pack, 'en')}",
            )
        )
    return said


def _kinds(counts: Counter[str], pack: Pack, lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(
        f"{pack.kind(k)[lang]} {n}" for k, n in counts.items()
    ) or "0"


def alike(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Put mentions together that read the same in the same column, in the order in which each comes first."""
    found: dict[tuple[str, str, str], list[Mention]] = {}
    for m in mentions:
        found.setdefault((m.kind, m.field, m.text), []).append(m)
    return list(found.values())


def chosen(groups: Sequence[Sequence[Mention]], said: str) -> list[Mention]:
    """Return the mentions that an answer chooses: all, none, or numbers of groups from 1 on.

    Raises
    ------
    ConfigError
        If it is none of these.
    """
    if said.strip().lower() in ("all", "none", ""):
        return [m for group in groups for m in group] if said.strip().lower() == "all" else []
    numbers = {part.strip() for part in said.replace("，", ",").split(",")}
    known = {str(n): group for n, group in enumerate(groups, 1)}
    if not numbers <= known.keys():
        wrong = "、".join(sorted(numbers - known.keys()))
        raise ConfigError(
            Words(f"没有编号 {wrong}", f"there is no number {wrong.replace('、', ', ')}"),
            hint=Words(
                f"写 all、none 或 1 到 {len(known)}", f"say all, none, or numbers from 1 to {len(known)}"
            ),
        )
    return [m for n in sorted(numbers, key=int) for m in known[n]]


def leftovers(store: Store, holding: Holding, blanked: Collection[Mention]) -> list[Words]:
    """Say where somebody who was forgotten may still be."""
    said = []
    kept = len(holding.mentions) - len(blanked)
    if kept:
        said.append(
            Words(
                f"按您的选择，{kept} 处文字里仍有其姓名",
                f"as you chose, their name is left in {kept} text{'s' if kept > 1 else ''}",
            )
        )
    said.append(
        Words(
            "以前的备份、导出的文件和发出去的地图里可能还有：请一并删除",
            "backups of before, files and maps that were handed out may still hold them: delete those, too",
        )
    )
    if old := store.leftovers():
        names = "、".join(p.name for p in old), ", ".join(p.name for p in old)
        said.append(
            Words(
                f"旧格式的存储里还有：{names[0]}；删除用 powermap store clean",
                f"the store as it was in an old format still holds them: {names[1]}; powermap store clean removes it",
            )
        )
    if store.cypher is not None:
        said.append(
            Words(
                "Neo4j 自己的日志和数据页由服务器管理：见 docs/privacy.md",
                "Neo4j's own logs and pages are kept by the server: see docs/privacy.md",
            )
        )
    return said
