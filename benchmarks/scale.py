"""Measure what one contact costs in memory, on disk and in time: the figures of docs/scale.md.

    python benchmarks/scale.py --contacts 100000
    python benchmarks/scale.py --contacts 100000 --spark      # and the Spark job on this machine

Each step runs in a process of its own, so that its peak is its own.
"""

from __future__ import annotations

import argparse
import multiprocessing
import platform
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from generate import snapshot

from powermap.method import load_pack
from powermap.model import Batch, Change, record_to_props
from powermap.portfolio import Columns, scan
from powermap.portfolio.export.arrow_tables import from_tables
from powermap.reports.parquet import write_parquet
from powermap.stores import open_store
from powermap.workspace import open_workspace

DAY = date(2026, 9, 30)


def peak() -> float:
    """Return the highest memory of this process so far, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # What getrusage says there may be the parent's.
        return float(status.read_text().split("VmHWM:")[1].split()[0]) * 1024
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * 1024


def warm(folder: Path) -> float:
    """Load all libraries by a small run, so that their memory and time aren't counted; return the memory."""
    files = write_parquet(Columns.from_snapshot(snapshot(300), load_pack(), DAY), folder / "warm")
    scan(from_tables({path.stem: pq.read_table(path) for path in files}))
    return peak()


def read(contacts: int, folder: Path) -> dict[str, Any]:
    """Make records, turn them into columns, and write those."""
    empty = warm(folder)
    store = snapshot(contacts)
    held = peak()
    start = time.process_time()
    columns = Columns.from_snapshot(store, load_pack(), DAY)
    took = time.process_time() - start
    high = peak()
    start = time.process_time()
    files = write_parquet(columns, folder)
    wrote = time.process_time() - start
    arrays = sum(v.nbytes for f in fields(columns) if isinstance(v := getattr(columns, f.name), np.ndarray))
    return {
        "records": len(store),
        "ties": len(columns.src),
        "accounts": len(columns.accounts),
        "bytes of records": held - empty,
        "bytes while reading": high - empty,
        "bytes of arrays": arrays,
        "bytes of files": sum(path.stat().st_size for path in files),
        "s records to columns": took,
        "s writing files": wrote,
    }


def again(folder: Path) -> dict[str, Any]:
    """Read columns from files, and scan them."""
    empty = warm(folder)
    start = time.process_time()
    names = ("about", "accounts", "people", "nodes", "arcs")
    columns = from_tables({n: pq.read_table(folder / f"{n}.parquet") for n in names})
    loaded = time.process_time()
    held = peak()
    found = scan(columns)
    done = time.process_time()
    return {
        "bytes of columns": held - empty,
        "bytes while scanning": peak() - empty,
        "s files to columns": loaded - start,
        "s scan": done - loaded,
        "single owners": int((found.single & (columns.side == 1)).sum()),
    }


def fill(contacts: int, path: Path) -> dict[str, Any]:
    """Write all records into a SQLite store, as one import."""
    changes = tuple(Change(r.KIND, r.id, None, record_to_props(r)) for r in snapshot(contacts))
    start = time.process_time()
    with open_store(str(path)) as store:
        store.apply(Batch("all", changes))
    return {"s filling a store": time.process_time() - start, "bytes of store": path.stat().st_size}


def cold(folder: Path, path: Path) -> dict[str, Any]:
    """Answer as ``powermap portfolio`` does: read the whole store, turn it into columns, scan."""
    empty = warm(folder)
    start = time.process_time()
    with open_workspace(path) as ws:
        ws.portfolio(as_of=DAY)
    return {"s store to answer": time.process_time() - start, "bytes store to answer": peak() - empty}


def spark(folder: Path) -> dict[str, Any]:
    """Run the Spark job on all cores of this machine."""
    from powermap.portfolio.export.spark import main

    start = time.monotonic()
    main([str(folder), str(folder / "found")])
    took = time.monotonic() - start
    single = pq.read_table(folder / "found" / "owners")["single"].to_pylist()
    return {"s Spark, start to end": took, "single owners by Spark": sum(single)}


def apart(work: Callable[..., dict[str, Any]], *arguments: Any) -> dict[str, Any]:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=100_000)
    parser.add_argument("--spark", action="store_true")
    given = parser.parse_args()
    print(f"{platform.machine()} {platform.system()}, Python {platform.python_version()}, CPU seconds")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "columns"
        found = apart(read, given.contacts, folder) | apart(again, folder)
        store = Path(place) / "store.db"
        found |= apart(fill, given.contacts, store) | apart(cold, folder, store)
        if given.spark:
            found |= apart(spark, folder)
    for name, value in found.items():
        each = f"{value / given.contacts:10,.0f} a contact" if name.startswith("bytes") else ""
        print(
            f"{name:24} {value:16,.2f} {each}"
            if name.startswith("s ")
            else f"{name:24} {value:16,.0f} {each}"
        )


if __name__ == "__main__":
    main()
