"""The portfolio's columns as Arrow tables, and back: what files and clusters hold.

Five tables: `about` (one row: day, supplier, format), `accounts`, `people`, `nodes`, `arcs`. Nodes and arcs name
accounts, people and nodes by number, so that names stand in one place and can be left out. All are in the order of
accounts.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from powermap.errors import ConfigError, SourceError
from powermap.findings import Words
from powermap.portfolio.columns import SUPPLIER, Account, Columns

try:
    import pyarrow as pa
except ImportError as error:
    raise ConfigError(
        "Parquet needs pyarrow, which is not installed", hint="pip install 'powermap[parquet]'"
    ) from error

FORMAT = 1
"""Goes up when a column changes its meaning."""
ABOUT = pa.schema(
    [
        ("format", pa.int32()),
        ("as_of", pa.date32()),
        ("supplier", pa.string()),
        ("supplier_name", pa.string()),
    ]
)
ACCOUNTS = pa.schema(
    [
        ("account", pa.int64()),
        ("id", pa.string()),
        ("name_zh", pa.string()),
        ("name_en", pa.string()),
        ("grade", pa.string()),
        ("region", pa.string()),
        ("revenue", pa.float64()),
        ("currency", pa.string()),
        ("year", pa.int64()),
        ("ground", pa.string()),
        ("last_met", pa.date32()),
    ]
)
PEOPLE = pa.schema(
    [("person", pa.int64()), ("id", pa.string()), ("name_zh", pa.string()), ("name_en", pa.string())]
)
NODES = pa.schema(
    [
        ("account", pa.int64()),
        ("node", pa.int64()),
        ("person", pa.int64()),
        ("side", pa.int64()),
        ("share", pa.float64()),
        ("decides", pa.int64()),
    ]
)
ARCS = pa.schema(
    [("account", pa.int64()), ("src", pa.int64()), ("dst", pa.int64()), ("strength", pa.float64())]
)


def to_tables(columns: Columns, *, names: bool = True) -> dict[str, Any]:
    """Turn columns into Arrow tables.

    Parameters
    ----------
    columns
        The columns.
    names
        False leaves out the names of accounts, people and the supplier; only the store then knows whose ids they are.
    """
    c = columns
    nodes = np.argsort(c.block, kind="stable")
    of = c.block[c.src]
    arcs = np.argsort(of, kind="stable")
    about = {
        "format": [FORMAT],
        "as_of": [c.as_of],
        "supplier": [c.supplier[0]],
        "supplier_name": [c.supplier[1] if names else None],
    }
    accounts = {
        "account": range(len(c.accounts)),
        "id": [a.id for a in c.accounts],
        "name_zh": [a.name.zh if names else None for a in c.accounts],
        "name_en": [a.name.en if names else None for a in c.accounts],
        **{
            field: [getattr(a, field) for a in c.accounts]
            for field in ("grade", "region", "revenue", "currency", "year", "ground", "last_met")
        },
    }
    people = {
        "person": range(len(c.people)),
        "id": [person_id for person_id, _ in c.people],
        "name_zh": [words.zh if names else None for _, words in c.people],
        "name_en": [words.en if names else None for _, words in c.people],
    }
    return {
        "about": pa.table(about, ABOUT),
        "accounts": pa.table(accounts, ACCOUNTS),
        "people": pa.table(people, PEOPLE),
        "nodes": pa.table(
            {
                "account": c.block[nodes],
                "node": nodes,
                "person": c.person[nodes],
                "side": c.side[nodes],
                "share": c.share[nodes],
                "decides": c.decides[nodes],
            },
            NODES,
        ),
        "arcs": pa.table(
            {"account": of[arcs], "src": c.src[arcs], "dst": c.dst[arcs], "strength": c.strength[arcs]}, ARCS
        ),
    }


def from_tables(tables: Mapping[str, Any]) -> Columns:
    """Turn the tables of :func:`to_tables` back into columns; ids stand for the names that were left out.

    Raises
    ------
    SourceError
        If a newer powermap wrote them.
    """
    (about,) = tables["about"].to_pylist()
    check_format(about["format"])
    accounts = [_account(row) for row in tables["accounts"].sort_by("account").to_pylist()]
    people = [(row["id"], _words(row)) for row in tables["people"].sort_by("person").to_pylist()]
    supplier = (about["supplier"], about["supplier_name"] or about["supplier"])
    return rebuild(about["as_of"], supplier, accounts, people, tables["nodes"], tables["arcs"])


def check_format(found: int) -> None:
    """Refuse what a newer powermap wrote."""
    if found > FORMAT:
        raise SourceError(
            f"these files are of format {found}, this powermap reads {FORMAT}", hint="update powermap"
        )


def rebuild(
    as_of: date,
    supplier: tuple[str, str],
    accounts: list[Account],
    people: list[tuple[str, Words]],
    nodes: Any,
    arcs: Any,
) -> Columns:
    """Make columns of nodes and arcs whose numbers of accounts and people are places in `accounts` and `people`."""
    nodes = nodes.sort_by("node")
    held = {name: _array(nodes, name) for name in NODES.names}
    ends = {name: _array(arcs, name) for name in ARCS.names}
    sources = np.flatnonzero(held["side"] == SUPPLIER)
    return Columns(
        as_of=as_of,
        supplier=supplier,
        accounts=tuple(accounts),
        people=tuple(people),
        block=held["account"],
        person=held["person"],
        side=held["side"],
        share=held["share"],
        decides=held["decides"],
        sources=sources[np.argsort(held["account"][sources])],
        src=np.searchsorted(held["node"], ends["src"]),
        dst=np.searchsorted(held["node"], ends["dst"]),
        strength=ends["strength"],
    )


def _array(table: Any, name: str) -> Any:
    return table[name].to_numpy()


def _words(row: Mapping[str, Any]) -> Words:
    return Words(row["name_zh"] or row["id"], row["name_en"] or row["id"])


def _account(row: Mapping[str, Any]) -> Account:
    fields = {k: v for k, v in row.items() if k not in ("account", "name_zh", "name_en")}
    return Account(name=_words(row), **fields)
