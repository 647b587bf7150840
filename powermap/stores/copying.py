"""Copy a store with its log, receipts and proofs: to a file as a backup, back, and between kinds of stores."""

from __future__ import annotations

import os
import tempfile
from dataclasses import astuple, dataclass
from hashlib import sha256
from pathlib import Path

from powermap.errors import StoreError
from powermap.model import props_to_text, record_to_props
from powermap.output import ANOTHER, check_name
from powermap.stores.base import Store
from powermap.stores.location import is_url, open_store
from powermap.stores.proving import Fault
from powermap.words import Words, both


@dataclass(frozen=True, slots=True)
class Contents:
    """How much a store holds, and two digests (SHA-256, hex) of it: of its log with its proofs, and of its records."""

    batches: int
    changes: int
    records: int
    head: str
    log: str
    state: str


def contents(store: Store) -> Contents:
    """Read all of a store; return counts and digests, which are equal for equal stores of any kind."""
    log, changes = sha256(), 0
    with store.raw() as raw:
        for batch in raw.batches:
            log.update(_text(astuple(batch)))
        for change in raw.changes:
            changes += 1
            log.update(_text(astuple(change)))
        for link in raw.links:
            log.update(
                _text((link.place, link.batch, link.hash.hex(), link.leaves.hex(), link.taken, link.rewrote))
            )
    state, records = sha256(), store.read().records
    for ident in sorted(records):
        record = records[ident]
        state.update(_text((record.KIND, sorted(record_to_props(record).items()))))
    head = raw.links[-1].hash.hex() if raw.links else ""
    return Contents(len(raw.batches), changes, len(records), head, log.hexdigest(), state.hexdigest())


def backup(store: Store, to: Path, *, force: bool | None = False) -> Contents:
    """Write a store into a file, while others may go on writing; it has the name `to` only once it is verified.

    `force` overwrites a file of that name; None: that is not to be had at all.

    Raises
    ------
    StoreError
        If there is such a file and not `force`, or if what was written is not sound.
    """
    check_name(to)
    if to.is_symlink() or (to.exists() and not (force and to.is_file())):
        raise StoreError(
            Words(f"{to} 已经存在", f"{to} is there already"),
            hint=ANOTHER
            if force is None
            else Words("换一个名字，或加 --force 覆盖", "choose another name, or overwrite it with --force"),
        )
    _need_folder(to)
    _refuse_itself(store.location, to)
    with tempfile.TemporaryDirectory(prefix=f".{to.name[:40]}.", suffix=".part", dir=to.parent) as folder:
        part = Path(folder, "store.db")
        store.save(part)
        with open_store(str(part), create=False) as made:
            _refuse_faulty(made.verify(), to)
            found = contents(made)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(to)
    return found


def restore(file: Path, to: Path) -> Contents:
    """Make a new store of a backup; never over anything.

    Raises
    ------
    StoreError
        If there is something of that name, or if the backup is not sound.
    """
    if not file.is_file():
        raise StoreError(Words(f"没有文件 {file}", f"there is no file {file}"))
    with open_store(str(file), create=False) as store:
        _refuse_faulty(store.verify(), file)
        return backup(store, to, force=None)


def copy(source: Store, to: str, *, insecure: bool = False) -> tuple[Contents, Contents]:
    """Copy a store with its log, receipts, layouts and proofs into an empty one of any kind; return what both hold.

    Raises
    ------
    StoreError
        If the source is not sound, the other is not empty, or they don't end equal.
    """
    _refuse_faulty([f for f in source.verify() if f.part != "index"], Path(source.location))
    if not is_url(to):
        _need_folder(Path(to))
        _refuse_itself(source.location, Path(to))
        backup(source, Path(to), force=None)
    with open_store(to, insecure=insecure) as target:
        if is_url(to):
            if target.last_change() or target.receipts():
                raise StoreError(
                    Words(f"{to} 里已有数据", f"{to} holds data already"),
                    hint=Words("复制只写进空的存储", "a copy goes into an empty store only"),
                )
            with source.raw() as raw:
                target.take(raw)
        ours, theirs = contents(source), contents(target)
        if ours != theirs:
            raise StoreError(
                Words(
                    "复制后两边不一致：期间可能有人写入",
                    "the two are not equal: somebody may have written meanwhile",
                ),
                hint=Words("请删掉复制品，再做一次", "remove the copy, and copy again"),
            )
        return ours, theirs


def _text(values: object) -> bytes:
    return props_to_text(values).encode("utf-8", "surrogatepass") + b"\n"


def _need_folder(to: Path) -> None:
    if not to.parent.is_dir():
        raise StoreError(
            Words(f"没有文件夹 {to.parent}", f"the folder {to.parent} is not there"),
            hint=Words("请先建好", "make it first"),
        )


def _refuse_itself(location: str, to: Path) -> None:
    if not is_url(location) and to.exists() and Path(location).samefile(to):
        raise StoreError(Words(f"{to} 就是这个存储", f"{to} is the store itself"))


def _refuse_faulty(faults: list[Fault], at: Path) -> None:
    if faults:
        said = faults[0].words
        raise StoreError(
            Words(f"{at}：有 {len(faults)} 处不对：{said.zh}", f"{at}: {len(faults)} faults: {said.en}"),
            hint=both("powermap store verify"),
        )
