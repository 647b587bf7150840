"""What happens to records: changes, batches of them, and the proof that a batch was applied."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from powermap.model.fields import fields
from powermap.words import Words, both


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one record: `before` -> `after`, each flat properties or None.

    ``before is None`` creates, ``after is None`` removes; both given replaces. A fact that *ended* is replaced by
    itself with a ``valid_to``: it stays in the graph. `kind` is the record's kind, `id` its id, `source` where
    the change comes from (file · sheet · row).
    """

    kind: str
    id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes that are applied together or not at all.

    `id` makes applying idempotent: a batch whose id is in the log already changes nothing and returns its receipt.
    `undoes` is the id of the batch that it takes back, empty if none; `title` is only for people to read.
    """

    id: str
    changes: tuple[Change, ...]
    actor: str = ""
    title: str = ""
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class Created:
    """Records that are created, in the order of the log, as columns of one length; `texts` are their properties as JSON."""

    kinds: Sequence[str]
    ids: Sequence[str]
    texts: Sequence[str]
    sources: Sequence[str]

    def changes(self) -> Iterator[Change]:
        """Yield the same as changes."""
        for kind, id_, text, source in zip(self.kinds, self.ids, self.texts, self.sources, strict=True):
            yield Change(kind, id_, None, json.loads(text), source)


@dataclass(frozen=True, slots=True)
class Bulk:
    """A batch that only creates, too big to be held as changes.

    `parts` yields its `count` records anew at each call: parts of things, then parts of ties. The batch was made for a store whose last
    change was `after`.
    """

    id: str
    count: int
    parts: Callable[[], Iterator[Created]]
    after: int = 0
    actor: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of an applied batch: counts, and when it was recorded (UTC).

    `undoes` is the id of the batch that it takes back, `undone_by` that of the undo that holds of it; empty if none.
    """

    batch: str
    recorded_at: datetime
    actor: str
    title: str
    created: int
    updated: int
    removed: int
    undone_by: str = ""
    undoes: str = ""

    @property
    def only_drawn(self) -> bool:
        """Whether it tells where people stand on maps, or that a file was written, and changes no fact."""
        return self.title.partition(" ")[0] in ("layout", "export")


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """A change with its place in the log. `seq` grows by one within the store."""

    seq: int
    batch: str
    recorded_at: datetime
    actor: str
    title: str
    change: Change


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found by name."""

    kind: str
    id: str
    name: str
    name_alt: str = ""


_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def props_to_text(props: Any) -> str:
    """Write flat properties, or one of them, as JSON, as stores keep them."""
    return _ENCODE(props)


_VERBS = {
    "import": "导入",
    "undo": "撤销",
    "layout": "保存布局",
    "merge": "合并",
    "set": "修改",
    "tie": "记录关系",
    "add": "新增",
    "end": "结束",
    "handover": "移交",
    "plan": "采纳建议",
    "log": "记下会面",
    "erase": "遗忘一人",
    "export": "导出",
    "allow": "允许再录入",
}


def titled(title: str) -> Words:
    """Say a batch's title, which stores keep as a neutral fact, in each language."""
    verb, _, rest = title.partition(" ")
    zh = _VERBS.get(verb)
    column = next((f[rest] for f in fields().values() if rest in f), None) if verb == "set" else None
    if column is not None:
        return Words(f"{zh} {column.zh}", f"{verb} {rest.replace('_', ' ')}")
    return Words(f"{zh} {rest.replace(', ', '、')}".strip(), title) if zh else both(title)


BY_HAND = "by hand"
"""Where a fact comes from that somebody said on the command line."""


def sourced(source: str) -> Words:
    """Say where a change comes from, which stores keep as a neutral fact, in each language."""
    if source == BY_HAND or source.startswith(f"{BY_HAND}: "):
        because = source[len(BY_HAND) + 2 :]
        return Words(f"手工录入：{because}" if because else "手工录入", source)
    return titled(source) if source.partition(" ")[0] in ("undo", "merge") else both(source)


def inverse(batch: Iterable[LoggedChange], undo_id: str, actor: str) -> Batch:
    """Build the batch that takes the logged changes of one batch back, last change first."""
    changes = list(batch)
    undone = changes[0].batch if changes else ""
    return Batch(
        id=undo_id,
        actor=actor,
        title=f"undo {undone}".strip(),
        undoes=undone,
        changes=tuple(
            Change(c.change.kind, c.change.id, c.change.after, c.change.before, f"undo {c.batch}")
            for c in reversed(changes)
            # Of what was forgotten there is nothing to take back.
            if c.change.before is not None or c.change.after is not None
        ),
    )
