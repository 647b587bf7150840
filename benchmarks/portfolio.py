"""Time the portfolio from a SQLite store to findings: nothing kept, kept, after one edit, and each question; beside two yardsticks.

    python benchmarks/portfolio.py --contacts 20000
    python benchmarks/portfolio.py --contacts 200000 --no-plain

Each step runs in a process of its own, so that its peak of memory is its own. One yardstick is to fetch the same rows
from SQLite and do nothing with them. The other is a plain NetworkX loop over the accounts: it builds each account's
graph, takes out each of ours in turn, looks who is still reached, and asks for the number of disjoint ways to each
decision-maker. Loop and scan must give the same single owners and the same ways.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from generate import records

from powermap.method import load_pack
from powermap.model import Batch, Change, Covers, Figure, Interaction, Record, record_to_props
from powermap.portfolio import Columns, answer, render, scan
from powermap.portfolio.data.cache_file import forget
from powermap.portfolio.data.cache_refresh import columns_of
from powermap.portfolio.data.columns import OURS
from powermap.portfolio.data.load_columns import look_at
from powermap.portfolio.data.store_tables import KINDS
from powermap.portfolio.questions.registry import FROM_RECORDS
from powermap.stores.sqlite.store import SqliteStore
from powermap.workspace import Workspace

DAY = date(2026, 9, 30)
Figures = dict[str, tuple[float, float]]


@contextmanager
def clock(found: Figures, name: str) -> Iterator[None]:
    """Note (CPU seconds, seconds by the clock)."""
    cpu, wall = time.process_time(), time.perf_counter()
    yield
    found[name] = (time.process_time() - cpu, time.perf_counter() - wall)


def peak() -> float:
    """Return the highest memory of this process so far, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # What getrusage says there may be the parent's.
        return float(status.read_text().split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(path: Path, contacts: int) -> None:
    """Make the store."""
    found = records(contacts)
    found += list(deeds(found))
    changes = tuple(Change(r.KIND, r.id, None, record_to_props(r)) for r in found)
    with SqliteStore(path) as store:
        store.apply(Batch("all", changes))


def deeds(found: Iterable[Record]) -> Iterator[Record]:
    """Invent a meeting for each of our relations, and what each customer buys in all."""
    for n, r in enumerate(found):
        if isinstance(r, Covers):
            account, day = f"a{r.dst[1:].partition('.')[0]}", DAY - timedelta(days=n % 400)
            yield Interaction(
                f"m{n}", account=account, on=day, channel="visit", ours=(r.src,), theirs=(r.dst,)
            )
        elif isinstance(r, Figure):
            yield replace(r, id=f"b{n}", measure="wallet", value=3 * r.value)


def bare(store: SqliteStore, found: Figures) -> None:
    """Fetch the rows, and do nothing with them."""
    with store.columns() as rows, clock(found, "rows fetched, no more"):
        for read in (rows.people, rows.organizations, rows.deals, rows.ever):
            read()
        rows.figures(DAY), rows.meetings(DAY), rows.stances(DAY)
        for kind in KINDS:
            for _ in rows.ties(kind, DAY):
                pass


def whole(store: SqliteStore, found: Figures, columns: str) -> None:
    """Go from the store to findings."""
    pack = load_pack()
    with clock(found, columns):
        c = columns_of(store, pack, DAY)
    with clock(found, "scan"):
        result = scan(c)
    with clock(found, "answer"):
        answer(result)
    with clock(found, "page"):
        render(result, "zh")


def cold(store: SqliteStore, found: Figures) -> None:
    """Keep nothing from before."""
    forget(store.location)
    whole(store, found, "columns, nothing kept")


def warm(store: SqliteStore, found: Figures) -> None:
    """Take what is kept."""
    whole(store, found, "columns, kept")


def edit(store: SqliteStore, found: Figures) -> None:
    """Change the strength of one tie, and look again."""
    with store.columns() as rows:
        account = rows.accounts()[len(rows.accounts()) // 2]
        tie = next(r for r in rows.scope(account) if r.KIND == "COVERS")
    before = record_to_props(tie)
    after = {**before, "strength": round(0.9 - before["strength"] / 2, 3)}
    store.apply(Batch(str(time.time_ns()), (Change("COVERS", tie.id, before, after),)))
    pack = load_pack()
    with clock(found, "columns, one edit"):
        columns_of(store, pack, DAY)
    with store.columns() as rows, clock(found, "  of it the block"):
        look_at(rows, [account], pack, DAY)


def records_first(store: SqliteStore, found: Figures) -> None:
    """Make every record and every account's graph, as for a store that isn't SQLite."""
    with clock(found, "columns by records"):
        Columns.from_snapshot(store.read(), load_pack(), DAY)


def plain(store: SqliteStore, found: Figures) -> None:
    """Compare the scan with a loop over the accounts."""
    c = columns_of(store, load_pack(), DAY)
    with clock(found, "scan again"):
        result = scan(c)
    with clock(found, "plain NetworkX loop"):
        single, fewest = loop(c)
    same = single == set(np.flatnonzero(result.single & (c.side == OURS)).tolist())
    if not same or fewest != result.fewest.tolist():
        raise SystemExit("the loop gives other answers than the scan")


def loop(c: Columns) -> tuple[set[int], list[int]]:
    """Find single owners and the fewest disjoint ways, account by account."""
    single, fewest = set(), []
    order = np.argsort(c.block[c.src], kind="stable")
    first = np.searchsorted(c.block[c.src][order], np.arange(len(c.accounts) + 1))
    nodes = np.searchsorted(c.block, np.arange(len(c.accounts) + 1))
    for account, source in enumerate(c.sources.tolist()):
        mine = order[first[account] : first[account + 1]]
        graph = nx.DiGraph()
        graph.add_nodes_from(range(nodes[account], nodes[account + 1]))
        graph.add_edges_from(zip(c.src[mine].tolist(), c.dst[mine].tolist(), strict=True))
        targets = [n for n in graph if c.decides[n]]
        reached = nx.descendants(graph, source)
        for owner in [n for n in graph if c.side[n] == OURS]:
            less = graph.copy()
            less.remove_node(owner)
            left = nx.descendants(less, source)
            if any(t in reached and t not in left and t != owner for t in targets):
                single.add(owner)
        ways = [nx.node_connectivity(graph, source, t) if t in reached else 0 for t in targets]
        fewest.append(min(ways, default=-1))
    return single, fewest


Step = Callable[[SqliteStore, Figures], None]


def asking(*questions: str) -> Step:
    """Ask questions that need records, as `portfolio --about` does; several as its page does."""

    def step(store: SqliteStore, found: Figures) -> None:
        workspace = Workspace(store)
        result = workspace.portfolio(as_of=DAY)
        name = questions[0] if len(questions) == 1 else "all of these"
        with clock(found, f"about {name}"), workspace.records() as kept:
            for question in questions:
                answer(result, question, kept, workspace.pack)

    return step


STEPS: dict[str, Step] = {step.__name__: step for step in (bare, cold, warm, edit)}
STEPS |= {f"about_{question}": asking(question) for question in FROM_RECORDS}
STEPS |= {"about_all": asking(*FROM_RECORDS), "records_first": records_first, "plain": plain}


def run(step: str, path: Path) -> tuple[Figures, float]:
    """Run a step in a process of its own; return its times and its peak of memory in MB."""
    done = subprocess.run(
        [sys.executable, __file__, "--step", step, "--store", str(path)],
        capture_output=True,
        text=True,
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told["times"], told["peak"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=20_000)
    parser.add_argument("--no-plain", action="store_true", help="leave the NetworkX loop out")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--store", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        found: Figures = {}
        with SqliteStore(given.store) as store:
            STEPS[given.step](store, found)
        print(json.dumps({"times": found, "peak": peak()}))
        return
    print(f"{platform.machine()} {platform.system()}, Python {platform.python_version()}")
    print(f"{given.contacts:,} contacts; seconds of CPU, seconds by the clock, peak memory of the process")
    with tempfile.TemporaryDirectory() as folder:
        path = given.store or Path(folder) / "store.db"
        if not path.exists():
            fill(path, given.contacts)
        times: Figures = {}
        for step in STEPS:
            if step == "plain" and given.no_plain:
                continue
            found, most = run(step, path)
            for name, (cpu, wall) in found.items():
                print(f"{name:22s} {cpu:8.3f} {wall:8.3f} {most:6.0f} MB")
            times |= found
    cold_columns, rows = times["columns, nothing kept"][0], times["rows fetched, no more"][0]
    print(f"columns, nothing kept: {cold_columns / rows:.1f} x the rows fetched, no more")
    if not given.no_plain:
        ratio = times["plain NetworkX loop"][0] / times["scan again"][0]
        print(f"plain NetworkX loop: {ratio:.0f} x the scan, with the same answers")


if __name__ == "__main__":
    main()
