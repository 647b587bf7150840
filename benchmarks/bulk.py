"""Time the import of people and ties beside what pandas needs merely to read the files.

    python benchmarks/bulk.py --contacts 200000

Each runs in a process of its own, `--runs` times by turns, so that both meet the same machine. The medians of CPU
seconds (user and system, all threads, without the start of Python) and of wall-clock seconds are compared.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from generate import write_bulk

CHILD = """
import json, resource, sys, time
{before}
cpu, wall = time.process_time(), time.perf_counter()
{work}
print(json.dumps([time.process_time() - cpu, time.perf_counter() - wall, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
PANDAS = CHILD.format(
    before="import pandas",
    work="frames = [pandas.read_csv(path) for path in sys.argv[2:]]",
)
IMPORT = CHILD.format(
    before="import powermap",
    work="""
with powermap.open(sys.argv[1]) as ws:
    found = ws.import_(sys.argv[2:])
    assert found.receipt
""",
)


def run(code: str, store: Path, files: list[Path]) -> dict[str, float]:
    """Run code on files, with a fresh store; return CPU and wall-clock seconds and the peak of memory in MB."""
    for left in store.parent.glob(f"{store.name}*"):
        left.unlink()
    command = [sys.executable, "-c", code, str(store), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(zip(("cpu", "wall", "peak_mb"), json.loads(done.stdout), strict=True))


def measure(contacts: int, ties: int, runs: int) -> dict[str, Any]:
    """Compare the medians of both."""
    with tempfile.TemporaryDirectory() as folder:
        files = write_bulk(Path(folder, "in"), contacts, ties)
        store = Path(folder, "store.db")
        found: dict[str, list[dict[str, float]]] = {"pandas": [], "powermap": []}
        for _ in range(runs):
            found["pandas"].append(run(PANDAS, store, files))
            found["powermap"].append(run(IMPORT, store, files))
    middle: dict[str, Any] = {
        name: {key: round(statistics.median(r[key] for r in all_), 3) for key in all_[0]}
        for name, all_ in found.items()
    }
    ratio = {k: round(middle["powermap"][k] / middle["pandas"][k], 1) for k in ("cpu", "wall")}
    return {"contacts": contacts, "ties": ties, "python": platform.python_version(), **middle, "ratio": ratio}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=20_000)
    parser.add_argument("--ties", type=int, help="default: five for each of the contacts")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    print(json.dumps(measure(given.contacts, given.ties or 5 * given.contacts, given.runs), indent=2))
