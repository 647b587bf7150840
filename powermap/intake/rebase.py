"""A workbook that comes back after a while: what I changed in it, laid over what others changed in the store meanwhile.

The plan was made on the state that the workbook was exported from. What only I changed is taken; what only others
changed stays; what both changed differently is a conflict, and nobody's work is lost silently.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from powermap.method import Pack
from powermap.method.telling import column, value
from powermap.model import Change, Problem, Record, Snapshot, Tie, record_from_props, record_to_props
from powermap.model.record import Props, content, named

Take = Literal["mine", "theirs"]
_FRAME = ("id", "src", "dst", "valid_from", "valid_to", "keys")


class Rebase:
    """Changes made on an older state, as changes on the state of now.

    Parameters
    ----------
    base
        The state that the file was made from.
    now
        The state of the store.
    take
        Whose word counts where both changed the same; None: it is a conflict.
    """

    def __init__(
        self, changes: Iterable[Change], base: Snapshot, now: Snapshot, pack: Pack, take: Take | None = None
    ) -> None:
        self.base, self.now, self.pack, self.take = base, now, pack, take
        self.changes: list[Change] = []
        self.conflicts: list[Problem] = []
        self.left: int = 0
        """Changes of others that were kept where mine was another."""
        self._new = [record for ident, record in now.records.items() if ident not in base.records]
        self._same: dict[str, str] = {}
        for change in changes:
            self._lay(change)

    def _lay(self, change: Change) -> None:
        after = {name: self._turned(value) for name, value in (change.after or {}).items()}
        if change.before is None:
            self._create(change, after)
        else:
            self._update(change, after)

    def _turned(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._same.get(part, part) for part in value]
        return self._same.get(value, value) if isinstance(value, str) else value

    def _create(self, change: Change, after: Props) -> None:
        """Take what I made new, unless others made the same."""
        mine = record_from_props(change.kind, after)
        twin = next((record for record in self._new if _is_same_fact(record, mine)), None)
        if twin is None:
            self.changes.append(Change(change.kind, change.id, None, after, change.source))
            return
        theirs = record_to_props(twin)
        self._same[change.id] = twin.id
        differ = {
            name: value
            for name, value in after.items()
            if name not in _FRAME and not name.startswith("ev_") and theirs.get(name) != value
        }
        self._merge(change, theirs, differ, set(differ) & set(theirs))

    def _update(self, change: Change, after: Props) -> None:
        """Take what I changed of a record, unless others changed the same otherwise."""
        theirs = self.now.records.get(change.id)
        if theirs is None:
            self.left += 1
            return
        before, said = change.before or {}, record_to_props(theirs)
        delta = {name: after.get(name) for name in {**before, **after} if before.get(name) != after.get(name)}
        both = {name for name in delta if said.get(name) not in (before.get(name), delta[name])}
        # That another version follows is told where the two versions differ.
        for name in both & {"valid_to"} | {name for name in both if name.startswith("ev_")}:
            del delta[name]
        self._merge(change, said, delta, both & delta.keys())

    def _merge(self, change: Change, theirs: Props, delta: Props, both: set[str]) -> None:
        for name in sorted(both):
            if self.take is None:
                self.conflicts.append(self._conflict(change, name, delta[name], theirs.get(name)))
            elif self.take == "theirs":
                self.left += 1
                del delta[name]
        made = {name: value for name, value in {**theirs, **delta}.items() if value is not None}
        if made != theirs:
            self.changes.append(Change(change.kind, theirs["id"], theirs, made, change.source))

    def _conflict(self, change: Change, name: str, mine: object, theirs: object) -> Problem:
        who = self._about(change.after or {})
        names = {i: str(called) for i, r in self.now.records.items() if (called := getattr(r, "name", ""))}

        def told(said: object, lang: str) -> str:
            return value(self.pack, name, said, names, lang, change.kind)

        en, zh = (column(self.pack, name, lang, change.kind) for lang in ("en", "zh"))
        return Problem(
            change.source or change.kind,
            "",
            None,
            en,
            told(mine, "en"),
            f"{who}: the store says {told(theirs, 'en')} since this file was exported",
            "--take mine or --take theirs",
            "conflict",
            f"{who}：导出之后，存储里已改为 {told(theirs, 'zh')}",
            "--take mine 用我的，--take theirs 用对方的",
            zh,
        )

    def _about(self, props: Props) -> str:
        names = [getattr(self.now.records.get(str(props.get(end))), "name", "") for end in ("src", "dst")]
        return " → ".join(filter(None, names)) or str(props.get("name", ""))


def _is_same_fact(theirs: Record, mine: Record) -> bool:
    """Tell whether others made the same meanwhile: a tie between the same two, or a thing that says the same."""
    if type(theirs) is not type(mine):
        return False
    if isinstance(theirs, Tie) and isinstance(mine, Tie):
        more = ("deal", "dotted", "channel", "sign")
        ends = (theirs.src, theirs.dst) == (mine.src, mine.dst)
        return ends and all(getattr(theirs, name, None) == getattr(mine, name, None) for name in more)
    return content(theirs) == content(mine) and not named(mine.KIND, record_to_props(mine)) - named(
        theirs.KIND, record_to_props(theirs)
    )
