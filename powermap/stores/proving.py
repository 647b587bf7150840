"""Check a log against its chain, and records against each other: what is hit, and whom it says it of."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from powermap.method import load_pack
from powermap.model import RECORDS, Snapshot, Tie, record_to_props
from powermap.model.naming import fold
from powermap.model.record import mentioned
from powermap.stores.chain import (
    LEAF,
    START,
    Link,
    RawBatch,
    RawChange,
    hash_of,
    leaf,
    leaf_of_batch,
    read_rewrote,
)
from powermap.words import Words

MOST = 200
"""Faults of one part that are told one by one; of more than these only how many there are."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it has to be.

    `part` is one of file, chain, projection, index, times, and of what is only untidy: ties, doubles.
    """

    part: str
    words: Words
    record: str = ""
    batch: str = ""


def check_chain(
    batches: Sequence[RawBatch], changes: Iterable[RawChange], links: Sequence[Link]
) -> Iterator[Fault]:
    """Yield where a log is not what its chain proves."""
    proofs = {link.batch: link for link in links}
    known = {batch.id: batch for batch in batches}
    yield from _check_links(batches, links)
    of_batches: dict[str, bytes] = {}
    of_changes: dict[int, bytes] = {}
    for link in links:
        try:
            said, stands = read_rewrote(link.rewrote)
        except (ValueError, TypeError):
            yield _proof_hit(known.get(link.batch), link.batch)
            continue
        of_batches |= said
        of_changes |= stands
    for batch in batches:
        if (found := proofs.get(batch.id)) is not None:
            own = of_batches.get(batch.id) or found.leaves[:LEAF]
            if _safe(leaf_of_batch, batch, found.taken, found.rewrote) != own:
                yield Fault("chain", _batch_said(batch, Words("被改过", "was changed")), batch=str(batch.id))
    yield from _check_changes(known, changes, proofs, of_changes)
    yield from _check_times(batches)


def _check_links(batches: Sequence[RawBatch], links: Sequence[Link]) -> Iterator[Fault]:
    known, head = {b.id: b for b in batches}, START
    for place, link in enumerate(links, 1):
        batch = known.get(link.batch)
        if batch is None:
            yield Fault(
                "chain",
                Words(f"批次 {link.batch} 不见了", f"batch {link.batch} is gone"),
                batch=str(link.batch),
            )
        if place != link.place or _safe(hash_of, head, link.leaves) != link.hash:
            yield _proof_hit(batch, link.batch)
        head = link.hash
    proven = {link.batch for link in links}
    for batch in batches:
        if batch.id not in proven:
            yield Fault("chain", _batch_said(batch, Words("没有证明", "has no proof")), batch=str(batch.id))
    order = [link.batch for link in links if link.batch in known]
    if order != [b.id for b in batches if b.id in proven]:
        yield Fault(
            "chain", Words("批次的先后与链不同", "the batches stand in another order than in the chain")
        )


def _check_changes(
    known: dict[str, RawBatch],
    changes: Iterable[RawChange],
    proofs: dict[str, Link],
    rewrote: dict[int, bytes],
) -> Iterator[Fault]:
    counts: dict[str, int] = defaultdict(int)
    last, previous = 0, ""
    for change in changes:
        batch = known.get(change.batch)
        link = proofs.get(change.batch)
        counts[change.batch] += 1
        at = LEAF * counts[change.batch]
        own = link.leaves[at : at + LEAF] if link is not None else b""
        if batch is None:
            yield Fault(
                "chain", _change_said(change, None, Words("不属于任何批次", "belongs to no batch")), change.id
            )
        elif link is not None and _leaf_of(change) != rewrote.get(change.seq, own):
            yield Fault(
                "chain", _change_said(change, batch, Words("被改过", "was changed")), change.id, batch.id
            )
        moved = change.batch != previous and counts[change.batch] > 1
        if moved or (change.seq != last + 1 and not (link is not None and link.taken)):
            yield Fault(
                "chain",
                _change_said(change, batch, Words("不在原来的位置", "is not at its place")),
                change.id,
            )
        last, previous = change.seq, change.batch
    for ident, link in proofs.items():
        missing = len(link.leaves) // LEAF - 1 - counts[ident]
        if missing > 0 and (batch := known.get(ident)) is not None:
            yield Fault(
                "chain",
                _batch_said(batch, Words(f"少了 {missing} 条变更", f"lacks {missing} changes")),
                batch=str(ident),
            )


def _check_times(batches: Sequence[RawBatch]) -> Iterator[Fault]:
    times = [(b, _instant(b.recorded_at)) for b in batches]
    for batch, at in times:
        if at is None:
            yield Fault(
                "times",
                _batch_said(batch, Words("时间读不出", "has no time that can be read")),
                batch=str(batch.id),
            )
    for (_, earlier), (batch, at) in pairwise(times):
        if earlier is not None and at is not None and at < earlier:
            yield Fault(
                "times",
                _batch_said(batch, Words("比前一批次还早", "was recorded before the one before it")),
                batch=str(batch.id),
            )


def check_projection(truth: dict[str, tuple[str, Any]], held: dict[str, tuple[str, Any]]) -> Iterator[Fault]:
    """Yield where what a store holds, by id, is not what its log gives: both as (kind, properties)."""
    for ident in sorted({**truth, **held}):
        want, have = truth.get(ident), held.get(ident)
        if want != have:
            kind, props = want or have or ("", {})
            name = str(props.get("name") or ident) if isinstance(props, dict) else ident
            yield differs(kind, name, ident, held=have is not None, wanted=want is not None)


def differs(kind: str, name: str, ident: str, *, held: bool, wanted: bool) -> Fault:
    """Say how a record differs, of which the projection holds something, or the log wants something, or both."""
    what = (
        Words("与日志不同", "differs from the log")
        if held and wanted
        else Words("不该在现状里", "should not be there")
        if held
        else Words("现状里缺少", "is missing")
    )
    return Fault("projection", record_said(kind, name, what), ident)


def untidy(snapshot: Snapshot) -> Iterator[Fault]:
    """Yield what is sound as a log but can't be meant: ties and mentions that lead nowhere, and records that are there twice."""
    held = snapshot.records
    keys: dict[tuple[str, str], list[str]] = defaultdict(list)
    twins: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for record in held.values():
        name = getattr(record, "name", "") or record.id
        for other in sorted(mentioned(record) - held.keys()):
            said = Words(f"提到不存在的记录 {other}", f"names a record that isn't there: {other}")
            yield Fault("ties", record_said(record.KIND, name, said), record.id)
        for key in getattr(record, "keys", ()):
            keys[record.KIND, key].append(record.id)
        props = record_to_props(record)
        if record.KIND == "Organization":
            twins[record.KIND, props.get("type"), fold(name)].append(record.id)
        else:
            same = {k: v for k, v in props.items() if k not in ("id", "keys")}
            if isinstance(record, Tie) or len(same) > 1:
                twins[record.KIND, json.dumps(same, sort_keys=True)].append(record.id)
    for (kind, key), ids in keys.items():
        if len(ids) > 1:
            said = Words(f"共用外部编号 {key}", f"share the external key {key}")
            yield Fault("doubles", record_said(kind, _names(held, ids), said), ids[0])
    for (kind, *_), ids in twins.items():
        if len(ids) > 1:
            yield Fault(
                "doubles", record_said(kind, _names(held, ids), Words("是同一个", "are the same")), ids[0]
            )


def _names(held: dict[str, Any], ids: Sequence[str]) -> str:
    return " = ".join(f"{getattr(held[i], 'name', '') or ''} ({i})".strip() for i in ids)


def record_said(kind: str, name: str, what: Words) -> Words:
    """Say something of a record by its kind and name."""
    called = load_pack().kind(kind) if kind in RECORDS else Words(str(kind), str(kind))
    shown = _plain(name)
    english = RECORDS[kind].__name__ if kind in RECORDS else _plain(kind)
    return Words(f"{_plain(called.zh)} {shown} {what.zh}", f"{english} {shown} {what.en}")


def _change_said(change: RawChange, batch: RawBatch | None, what: Words) -> Words:
    name = change.id
    for text in (change.after, change.before):
        try:
            name = json.loads(text or "{}").get("name") or name
        except (ValueError, TypeError, AttributeError):
            continue
    said = record_said(change.kind, name, what)
    where = _of_batch(batch)
    return Words(
        f"日志第 {change.seq} 条：{said.zh}{where.zh}", f"change {change.seq} of the log: {said.en}{where.en}"
    )


def _of_batch(batch: RawBatch | None) -> Words:
    if batch is None:
        return Words("", "")
    told = [_plain(t) for t in (batch.id, str(batch.recorded_at)[:10], batch.actor) if t]
    return Words(f"（批次 {'，'.join(told)}）", f" (batch {', '.join(told)})")


def _batch_said(batch: RawBatch, what: Words) -> Words:
    where = [_plain(t) for t in (batch.title, str(batch.recorded_at)[:10], batch.actor) if t]
    name = _plain(batch.id)
    return Words(
        f"批次 {name}（{'，'.join(where)}）{what.zh}", f"batch {name} ({', '.join(where)}) {what.en}"
    )


def _proof_hit(batch: RawBatch | None, ident: str) -> Fault:
    what = Words(
        "的证明被改过，或它前面的链断了", ": its proof was changed, or the chain is broken before it"
    )
    if batch is not None:
        return Fault("chain", _batch_said(batch, what), batch=str(ident))
    return Fault(
        "chain", Words(f"批次 {_plain(ident)}{what.zh}", f"batch {_plain(ident)}{what.en}"), batch=str(ident)
    )


def _plain(text: object) -> str:
    """Make a text printable that may be damaged."""
    return str(text).encode("utf-8", "replace").decode("utf-8")


def _leaf_of(change: RawChange) -> bytes | None:
    if "\0" in f"{change.kind}{change.id}":
        return None
    return _safe(leaf, change.kind, change.id, change.before, change.after, change.source)


def _safe(work: Any, *values: Any) -> bytes | None:
    """Return a hash; None of values that are damaged so that there is none."""
    try:
        return bytes(work(*values))
    except (TypeError, ValueError, AttributeError):
        return None


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
        return at if at.tzinfo else None
    except (ValueError, TypeError):
        return None
