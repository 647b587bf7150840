"""The scan of all accounts as a Spark job, for portfolios that one machine doesn't hold.

Spark only deals the accounts out to tasks; what a task computes is :func:`powermap.portfolio.scan` on its accounts::

    powermap export --format parquet -o portfolio          # on the machine with the store
    python -m powermap.portfolio.spark portfolio found     # here; on a cluster by spark-submit

`found` then holds Parquet folders `accounts` (a row an account), `losses` (a row an account and person) and `owners`
(a row for each of our people). They name people and accounts by id only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from powermap.errors import ConfigError
from powermap.findings import Words
from powermap.portfolio.columns import Account
from powermap.portfolio.scanning import scan
from powermap.portfolio.tables import RESULT, check_format, rebuild, results

try:
    from pyspark.sql import functions as f
    from pyspark.sql.pandas.types import from_arrow_schema
except ImportError as error:
    raise ConfigError(
        "this needs pyspark, which is not installed", hint="pip install 'powermap[spark]'"
    ) from error

if TYPE_CHECKING:
    from datetime import date

    from pyspark.sql import DataFrame, SparkSession

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
        One row an account, as :data:`powermap.portfolio.tables.RESULT` says.
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
