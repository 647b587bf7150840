"""How long a map takes to make and to show: pages and slides of 25 and 100 people, beside pyvis's own page of them.

    python benchmarks/maps.py
    python benchmarks/maps.py --sizes 5 --rounds 1

Needs a browser (chromium, google-chrome or msedge on the PATH) for the second half.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "maps"))
from invented import records, view
from pyvis.network import Network

from powermap.maps import render, write
from powermap.model import Snapshot


def plain(size: int) -> str:
    """Make the page that pyvis makes by itself: one map, drawn by physics in the browser."""
    lens = view(records(size))
    net = Network(directed=True, cdn_resources="in_line")
    for person in lens.seats:
        net.add_node(person, label=lens.seats[person].name)
    for tie in lens.influences:
        net.add_edge(tie.src, tie.dst)
    return str(net.generate_html())


def seconds(page: Path, browser: str, rounds: int) -> tuple[float, float]:
    """Return first contentful paint and the time until everything is drawn, medians, in seconds."""
    from playwright.sync_api import sync_playwright

    paints, ready = [], []
    with sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(rounds):
            tab = chromium.new_page(viewport={"width": 1600, "height": 900})
            tab.goto(page.as_uri())
            tab.wait_for_function("window.__pm && window.__pm.ready")
            tab.wait_for_timeout(200)
            paints.append(
                tab.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN")
                / 1000
            )
            ready.append(
                tab.evaluate("performance.timing.domComplete - performance.timing.navigationStart") / 1000
            )
            tab.close()
        chromium.close()
    return statistics.median(paints), statistics.median(ready)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[25, 100], help="people on a map")
    parser.add_argument("--rounds", type=int, default=5, help="medians of so many")
    given = parser.parse_args()
    browser = next((b for n in ("chromium", "google-chrome", "msedge") if (b := shutil.which(n))), None)
    print("people  page CPU s  slides CPU s  pyvis CPU s      KB  pyvis KB  first paint s  drawn s")
    with TemporaryDirectory() as folder:
        for size in given.sizes:
            found = records(size, past=True)
            lens, whole = view(found), Snapshot.of(found)
            ours, slides, theirs = [], [], []
            for _ in range(given.rounds):
                start = time.process_time()
                text = render(view(found), whole=whole)
                ours.append(time.process_time() - start)
                start = time.process_time()
                write(view(found), "pptx")
                slides.append(time.process_time() - start)
                start = time.process_time()
                other = plain(size)
                theirs.append(time.process_time() - start)
            path = Path(folder) / f"{size}.html"
            path.write_text(text, encoding="utf-8", newline="\n")
            paint, drawn = seconds(path, browser, given.rounds) if browser else (float("nan"), float("nan"))
            print(
                f"{len(lens.seats):6d}  {statistics.median(ours):10.2f}  {statistics.median(slides):12.2f}  {statistics.median(theirs):11.2f}"
                f"  {len(text.encode()) / 1000:6.0f}  {len(other.encode()) / 1000:8.0f}  {paint:13.2f}  {drawn:7.2f}"
            )


if __name__ == "__main__":
    main()
