"""Take a batch back so that no record names one that isn't there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from powermap.errors import ConflictError, StoreError
from powermap.model import Batch, Change, Erasure, KeptLayout, LoggedChange, inverse, named, titled
from powermap.words import Words, both

if TYPE_CHECKING:
    from powermap.method import Pack
    from powermap.stores.base import Store


def last_batch(store: Store) -> str:
    """Return the last batch that is neither undone, nor an undo, nor a layout of maps, nor the forgetting of somebody, nor a file that was written.

    Raises
    ------
    StoreError
        If there is none.
    """
    for receipt in store.receipts():
        if not (receipt.undone_by or receipt.undoes or receipt.only_drawn or receipt.title == "erase"):
            return receipt.batch
    raise StoreError(Words("没有可撤销的批次", "there is nothing to undo"))


class Undo:
    """The undo of one batch, and all that the log says about the records it touches.

    Parameters
    ----------
    batch
        Id of the batch. An undo can be undone too.

    Raises
    ------
    StoreError
        If there is no such batch.
    ConflictError
        If it is undone already.
    """

    def __init__(self, store: Store, pack: Pack, batch: str) -> None:
        self.store, self.pack = store, pack
        self.titles, self.undoes = {}, {}
        for receipt in store.receipts():
            self.titles[receipt.batch] = receipt.title
            self.undoes[receipt.batch] = receipt.undoes
            if receipt.batch == batch and receipt.undone_by:
                raise ConflictError(
                    Words(
                        f"批次 {batch} 已由 {receipt.undone_by} 撤销",
                        f"batch {batch} is undone already, by {receipt.undone_by}",
                    ),
                    hint=Words(
                        f"`powermap undo {receipt.undone_by}` 可恢复",
                        f"`powermap undo {receipt.undone_by}` brings it back",
                    ),
                )
        self.own = self._same(batch)
        self.changes = [c for c in store.log() if c.batch == self.own]
        if not self.changes:
            raise StoreError(
                Words(f"没有批次“{batch}”", f"there is no batch {batch!r}"),
                hint=Words("`powermap receipts` 列出全部批次", "`powermap receipts` lists them"),
            )
        if any(c.change.kind == Erasure.KIND and c.change.before is None for c in self.changes):
            raise ConflictError(
                Words("遗忘一个人不能撤销", "that somebody was forgotten can't be undone"),
                hint=Words(
                    "要再次录入此人：powermap privacy allow 姓名",
                    "to record them again: powermap privacy allow NAME",
                ),
            )
        # What its records are by it, and what they are without it.
        self.by = {c.change.id: c.change for c in self.changes}
        self.without = {c.change.id: c.change.before for c in reversed(self.changes)}
        self.removed = {i for i, props in self.without.items() if props is None}
        self.last: dict[str, LoggedChange] = {}
        self.standing: dict[str, list[LoggedChange]] = defaultdict(list)
        self._read_log()

    def _same(self, batch: str) -> str:
        """Return the batch that one brought back, if it is the undo of an undo, or itself."""
        again = self.undoes.get(self.undoes.get(batch, ""), "")
        return self._same(again) if again in self.titles else batch

    def _read_log(self) -> None:
        """Collect of each record concerned its last change, and the changes that make it what it is, undone ones left out."""
        known = {*self.without}.union(*(named(self.by[i].kind, p) for i, p in self.without.items()))
        for c in self.store.log():
            if c.change.id in known or c.change.id in self.last or self._hangs(c):
                self.last[c.change.id] = c
                standing, undone = self.standing[c.change.id], self.undoes.get(c.batch, "")
                if undone and standing and self._same(standing[-1].batch) == self._same(undone):
                    standing.pop()
                else:
                    standing.append(c)

    def _hangs(self, logged: LoggedChange) -> bool:
        """Tell whether a change makes a record name something that the undo removes."""
        return not self.removed.isdisjoint(named(logged.change.kind, logged.change.after))

    def batch(self, ident: str, actor: str) -> Batch:
        """Build the batch that does it.

        Raises
        ------
        ConflictError
            If a record was changed since, if one that stays names one that would go, or if one that would come back names
            one that is gone. It says by which batch, and what to undo first.
        """
        hanging = [c for i, c in self.last.items() if i not in self.without and self._hangs(c)]
        later = self._changed()
        for c in hanging:
            if c.change.kind != KeptLayout.KIND:
                later += list(takewhile(self._hangs, reversed(self.standing[c.change.id]))) or [c]
        if later:
            raise self._later(sorted(later, key=lambda c: c.seq))
        self._check_ends()
        undo = inverse(self.changes, ident, actor)
        # Where people stand on the map is made anew; it holds nobody back.
        layouts = (c.change for c in hanging)
        gone = (Change(c.kind, c.id, c.after, None, f"undo {self.own}") for c in layouts)
        return replace(undo, changes=(*gone, *undo.changes))

    def _changed(self) -> list[LoggedChange]:
        """Return what makes records of the batch other than it left them."""
        found = []
        for i, change in self.by.items():
            if self.last[i].change.after != change.after:
                end = self.changes[-1].seq
                since = [c for c in self.standing[i] if c.seq > end and self._same(c.batch) != self.own]
                found += since or [self.last[i]]
        return found

    def _check_ends(self) -> None:
        """Refuse to put back what names something that is gone, unless it names it now."""
        for i, props in self.without.items():
            kind, now = self.by[i].kind, self.by[i].after
            for name in sorted(named(kind, props) - named(kind, now)):
                end = None if name in self.without else self.last.get(name)
                if end and end.change.after is None:
                    raise ConflictError(
                        Words(
                            f"{self._fact(self.by[i]).zh}：{self._fact(end.change).zh}已在 {end.recorded_at:%Y-%m-%d} "
                            f"由“{self._title(end.batch).zh}”删去，所以没有撤销",
                            f"{self._fact(self.by[i]).en}: {self._fact(end.change).en} was taken away by "
                            f"{self._title(end.batch).en} on {end.recorded_at:%Y-%m-%d}, so nothing was undone",
                        ),
                        hint=Words(
                            f"请先撤销那一批：`powermap undo {self._same(end.batch)}`",
                            f"undo that first: `powermap undo {self._same(end.batch)}`",
                        ),
                    )

    def _later(self, later: list[LoggedChange]) -> ConflictError:
        """Say what the last of later batches changed, and what to undo first."""
        order = list(dict.fromkeys(self._same(c.batch) for c in reversed(later)))
        facts = [c.change for c in later if self._same(c.batch) == order[0]]
        more = Words(f"等 {len(facts)} 条", f" and {len(facts) - 3} more") if len(facts) > 3 else both("")
        told, title = [self._fact(fact) for fact in facts[:3]], self._title(order[0])
        first = [f"`powermap undo {b}`" for b in order]
        return ConflictError(
            Words(
                f"{'、'.join(t.zh for t in told)}{more.zh}：已在 {later[-1].recorded_at:%Y-%m-%d} 由“{title.zh}”改写，所以没有撤销",
                f"{', '.join(t.en for t in told)}{more.en}: written since by {title.en} "
                f"on {later[-1].recorded_at:%Y-%m-%d}, so nothing was undone",
            ),
            hint=Words(
                "请先撤销后来的：" + "，再 ".join(first),
                "undo first what came later: " + ", then ".join(first),
            ),
        )

    def _title(self, batch: str) -> Words:
        title = self.titles.get(self._same(batch), "")
        undone = self.undoes.get(self._same(batch), "")
        if undone in self.titles:
            of = self._title(undone)
            return Words(f"撤销 {of.zh}", f"the undo of {of.en}")
        return titled(title) if title else Words("另一批", "another batch")

    def _fact(self, change: Change) -> Words:
        """Name what was changed: a thing, or a tie with both its ends."""

        def name(ident: str) -> str:
            known = [c.change.after or c.change.before or {} for c in self.store.log(record=ident)]
            return str(known[-1].get("name", "")) if known else ""

        props, kind = change.after or change.before or {}, self.pack.kind(change.kind)
        if "src" in props:
            ends = name(props["src"]), name(props["dst"])
            return Words(f"{ends[0]} {kind.zh} {ends[1]}", f"{ends[0]} {kind.en} {ends[1]}")
        of = name(change.id) or name(props.get("account", ""))
        return Words(f"{kind.zh} {of}".strip(), f"{kind.en} {of}".strip())
