"""The portfolio's columns as Arrow tables, and back, and the scan as one: what files and clusters hold.

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
from powermap.portfolio.account_scan import Scan
from powermap.portfolio.data.columns import OURS, SUPPLIER, THEIRS, Account, Columns
from powermap.portfolio.questions.findings import states
from powermap.words import Words, both

try:
    import pyarrow as pa
except ImportError as error:
    raise ConfigError(
        Words("Parquet 需要 pyarrow，尚未安装", "Parquet needs pyarrow, which is not installed"),
        hint=both("pip install 'powermap[parquet]'"),
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
LOSS = pa.struct(
    [
        ("person", pa.string()),
        ("ours", pa.bool_()),
        ("single", pa.bool_()),
        ("part_lost", pa.float64()),
        ("at_risk", pa.float64()),
        ("decision_makers", pa.int64()),
        ("people", pa.int64()),
    ]
)
RESULT = pa.schema(
    [
        ("account", pa.string()),
        ("state", pa.string()),
        ("owner", pa.string()),
        ("contact", pa.string()),
        ("part_lost", pa.float64()),
        ("part_lost_contact", pa.float64()),
        ("ways", pa.int64()),
        ("owners", pa.float64()),
        ("contacts", pa.float64()),
        ("revenue", pa.float64()),
        ("currency", pa.string()),
        ("at_risk", pa.float64()),
        ("at_risk_contact", pa.float64()),
        ("losses", pa.list_(LOSS)),
    ]
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
            Words(
                f"这些文件是第 {found} 版格式，本版 powermap 读第 {FORMAT} 版",
                f"these files are of format {found}, this powermap reads {FORMAT}",
            ),
            hint=Words("请更新 powermap", "update powermap"),
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


def results(found: Scan) -> Any:
    """Turn a scan into an Arrow table of schema :data:`RESULT`, one row an account.

    `owner` and `contact` are the single ones who lose most. `losses` lists all of ours, and those of theirs without
    whom some decision-maker is out of reach.
    """
    c = found.columns
    known = np.array([a.revenue is not None for a in c.accounts], dtype=bool)
    table: dict[str, Any] = {
        "account": [a.id for a in c.accounts],
        "state": states(found),
        "ways": pa.array(found.fewest, mask=found.fewest < 0),
        "owners": found.owners,
        "contacts": found.contacts,
        "revenue": [a.revenue for a in c.accounts],
        "currency": [a.currency for a in c.accounts],
        "losses": _losses(found, known),
    }
    for side, who, tail in ((OURS, "owner", ""), (THEIRS, "contact", "_contact")):
        nodes = found.worst(side)
        table[who] = [c.people[c.person[n]][0] if n >= 0 else None for n in nodes.tolist()]
        table[f"part_lost{tail}"] = [float(found.part_lost[n]) if n >= 0 else 0.0 for n in nodes.tolist()]
        table[f"at_risk{tail}"] = pa.array(found.at_risk(side), mask=~known)
    return pa.table({name: table[name] for name in RESULT.names}, RESULT)


def _losses(found: Scan, known: Any) -> Any:
    c = found.columns
    nodes = np.flatnonzero((c.side == OURS) | (found.single & (c.side == THEIRS)))
    nodes = nodes[np.argsort(c.block[nodes], kind="stable")]
    at = c.block[nodes]
    fields = [
        pa.array([c.people[p][0] for p in c.person[nodes].tolist()], pa.string()),
        pa.array(c.side[nodes] == OURS),
        pa.array(found.single[nodes]),
        pa.array(found.part_lost[nodes]),
        pa.array(found.part_lost[nodes] * found.revenue[at], mask=~known[at]),
        pa.array(found.targets_lost[nodes]),
        pa.array(found.people_lost[nodes]),
    ]
    starts = np.searchsorted(at, np.arange(len(c.accounts) + 1)).astype(np.int32)
    return pa.ListArray.from_arrays(starts, pa.StructArray.from_arrays(fields, fields=list(LOSS)))
