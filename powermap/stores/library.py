"""The library of queries: questions in Cypher that analysts ask of a Neo4j store, each a file to copy and change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from powermap import resources
from powermap.errors import ConfigError
from powermap.stores.base import Store
from powermap.words import Words

FIELDS = ("title_zh", "title_en", "description_zh", "description_en", "parameters")


@dataclass(frozen=True, slots=True)
class Query:
    """One query of the library; `parameters` are the names of what it has to be given."""

    name: str
    title: Words
    description: Words
    parameters: tuple[str, ...]


def list_queries() -> list[Query]:
    """List the library by name."""
    return [_query(path.stem) for path in sorted((resources.folder("queries") / "library").glob("*.cypher"))]


def run_query(store: Store, name: str, **params: Any) -> tuple[list[str], list[list[Any]]]:
    """Run the query `name`, reading only; return the names of its columns, and its rows.

    Raises
    ------
    ConfigError
        If the store speaks no Cypher, there is no such query, or the parameters are not the query's.
    """
    if store.cypher is None:
        raise ConfigError(
            Words(
                "查询库用的是 Cypher，需要 Neo4j", "the queries of the library are Cypher: they need Neo4j"
            ),
            hint=Words(
                "`powermap neo4j start` 启动本机的一个，再用 --store 指定",
                "`powermap neo4j start` starts a local one; use it with --store",
            ),
        )
    known = {query.name: query for query in list_queries()}
    if name not in known:
        raise ConfigError(
            Words(f"没有查询“{name}”", f"there is no query {name!r}"),
            hint=Words(f"可选：{_join(known)}", f"there are {_join(known)}"),
        )
    wanted = known[name].parameters
    if set(params) != set(wanted):
        raise ConfigError(
            Words(
                f"查询 {name} 需要的参数是 {_join(wanted) or '无'}，给的是 {_join(params) or '无'}",
                f"the query {name} takes {_join(wanted)}, and was given {_join(params)}",
            ),
            hint=Words("每个参数写一次", "name each once"),
        )
    return store.cypher(_text(name), params)


def _join(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "nothing"


def _text(name: str) -> str:
    return resources.text("queries", f"library/{name}.cypher")


def _query(name: str) -> Query:
    head = {}
    for line in _text(name).splitlines():
        if not line.startswith("// "):
            break
        key, _, value = line.removeprefix("// ").partition(":")
        head[key] = value.strip()
    parameters = tuple(
        part.strip().split()[0].lstrip("$") for part in head["parameters"].split(",") if "$" in part
    )
    return Query(
        name,
        Words(head["title_zh"], head["title_en"]),
        Words(head["description_zh"], head["description_en"]),
        parameters,
    )
