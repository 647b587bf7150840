"""Plan on a state of the log and write on that state alone: of two who write at once the second plans anew.

What is planned is a batch made of a snapshot. Where the log has grown meanwhile, the plan is made again of what is there
now, so that a person whom the other has just recorded is found and not made twice. What both changed is not settled by who
was last: it is refused, with both versions.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from powermap.errors import ConflictError, MovedError
from powermap.method.pack import Pack
from powermap.method.telling import difference, title, titles
from powermap.model import Batch, Change, KeptLayout, LoggedChange, Receipt, Snapshot
from powermap.model.record import Props
from powermap.stores.base import Store
from powermap.words import Words, by_language

TRIES = 8
"""How often a plan is made anew while others write without a pause."""
PAUSE = 0.05
"""Longest time in seconds that is waited before the next try, times the number of tries."""
SHOWN = 5
"""Contradictions that a refusal tells."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Clash:
    """What somebody wrote since a plan was made, and the plan would write over: their entry of the log, our change."""

    theirs: LoggedChange
    ours: Change


def steady(store: Store) -> tuple[int, Snapshot]:
    """Read the whole store and the last change it holds, both of one state.

    Raises
    ------
    ConflictError
        If others write without a pause.
    """
    for turn in range(TRIES):
        seq = store.last_change()
        snapshot = store.read()
        if store.last_change() == seq:
            return seq, snapshot
        _wait(turn)
    raise _busy()


def settle(
    store: Store, plan: Callable[[Snapshot], tuple[T, Batch | None]], pack: Pack
) -> tuple[T, Receipt | None]:
    """Plan and write; where the log has grown meanwhile, plan anew on what is there now.

    Parameters
    ----------
    plan
        Returns, for a state of the store, what was planned and its batch; None if there is nothing to write.

    Raises
    ------
    ConflictError
        If somebody wrote meanwhile what the plan made anew would write over, with both versions; or if others write
        without a pause.
    """
    seq, now = steady(store)
    planned, batch = plan(now)
    for turn in range(TRIES):
        if batch is None:
            return planned, None
        try:
            return planned, store.apply(batch, after=seq)
        except MovedError:
            _wait(turn)
            since = seq
            seq, now = steady(store)
            planned, batch = plan(now)
            found = clashes(batch, (c for c in store.log() if since < c.seq <= seq)) if batch else []
            if found:
                raise _refusal(found, now, pack) from None
    raise _busy()


def clashes(batch: Batch, since: Iterable[LoggedChange]) -> list[Clash]:
    """Return where a batch changes a field that an entry of the log has just set; where people stand on maps is nobody's word."""
    told = {c.change.id: c for c in since if c.change.kind != KeptLayout.KIND}
    found = []
    for change in batch.changes:
        entry = told.get(change.id)
        if entry is None or change.before is None:
            continue
        if _written(entry.change) & _changed(change.before, change.after):
            found.append(Clash(entry, change))
    return found


def _written(change: Change) -> set[str]:
    return _changed(change.before or {}, change.after)


def _changed(before: Props, after: Props | None) -> set[str]:
    after = after or {}
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def _refusal(found: list[Clash], now: Snapshot, pack: Pack) -> ConflictError:
    said = []
    for clash in found[:SHOWN]:
        parts = []
        for lang in ("zh", "en"):
            names = _names(now, clash, pack, lang)
            theirs, ours = clash.theirs.change, clash.ours
            parts.append(
                (
                    _called(clash.ours, pack, names, lang),
                    difference(pack, theirs.before, theirs.after, names, lang, theirs.kind),
                    difference(pack, ours.before, ours.after, names, lang, ours.kind),
                )
            )
        (zh, theirs_zh, ours_zh), (en, theirs_en, ours_en) = parts
        at, who = f"{clash.theirs.recorded_at:%H:%M:%S}", clash.theirs.actor
        said.append(
            Words(
                f"{zh}：{who or '别人'} {at} 写了 {theirs_zh}；您要写 {ours_zh}",
                f"{en}: {who or 'somebody'} wrote {theirs_en} at {at}; you would write {ours_en}",
            )
        )
    rest = len(found) - len(said)
    if rest:
        said.append(Words(f"另有 {rest} 处", f"{rest} more"))
    return ConflictError(
        Words(
            "别人刚改了同样的内容，您的没有写入：\n" + "\n".join(w.zh for w in said),
            "somebody has just changed the same; yours was not written:\n" + "\n".join(w.en for w in said),
        ),
        hint=Words("要写您的，请再做一次", "to write yours, do it again"),
    )


def _names(now: Snapshot, clash: Clash, pack: Pack, lang: str) -> dict[str, str]:
    names = {
        r.id: by_language(str(name), str(getattr(r, "name_alt", "")))[lang]
        for r in now
        if (name := getattr(r, "name", ""))
    }
    return names | titles(pack, [r for r in now if r.id == clash.ours.id], names, lang)


def _called(change: Change, pack: Pack, names: dict[str, str], lang: str) -> str:
    props = change.after or change.before or {}
    if "src" in props:
        return " → ".join(names.get(str(props[end]), "?") for end in ("src", "dst"))
    return names.get(change.id) or title(pack, change.kind, props, names, lang)


def _wait(turn: int) -> None:
    time.sleep(random.uniform(0, PAUSE * (turn + 1)))


def _busy() -> ConflictError:
    return ConflictError(
        Words("别人一直在写入，没有写成", "others write without a pause; nothing was written"),
        hint=Words("请再试一次", "try again"),
    )
