"""The Neo4j server, in a process of its own: ``python -m powermap.stores.neo4j.child``.

The server is GPL software; nothing of powermap shares its process but this file. The first line of standard input
is JSON: `jars`, `data`, `port`, `password`, and `stop`, a file. It answers ``ready`` in a line of standard output.
With an empty `stop` it ends when standard input is closed, so that it can't outlive a test that was killed;
otherwise it ends when that file appears or a stop signal arrives.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from powermap.stores.neo4j.java import java_home
from powermap.stores.neo4j.statements import cypher

HEAP = "-Xmx1g"
LIBJVM = {"win32": "bin/server/jvm.dll", "darwin": "lib/server/libjvm.dylib"}


def _settings(port: int) -> dict[str, str]:
    return {
        "server.bolt.enabled": "true",
        "server.bolt.listen_address": f"127.0.0.1:{port}",
        "server.bolt.advertised_address": f"127.0.0.1:{port}",
        "dbms.security.auth_enabled": "true",
        "dbms.usage_report.enabled": "false",
        "server.memory.pagecache.size": "128m",
        # Small log files, made as they grow: a stakeholder map is no data warehouse.
        "db.tx_log.preallocate": "false",
        "db.tx_log.rotation.size": "32m",
        "db.tx_log.rotation.retention_policy": "2 files",
    }


def _start(order: dict[str, Any]) -> Any:
    import jpype

    library = java_home() / LIBJVM.get(sys.platform, "lib/server/libjvm.so")
    # -Xrs leaves the stop signals to Python.
    jpype.startJVM(str(library), HEAP, "-Xrs", *_OPENS, classpath=order["jars"], convertStrings=True)
    builder = jpype.JClass("org.neo4j.dbms.api.DatabaseManagementServiceBuilder")
    paths = jpype.JClass("java.nio.file.Paths")
    file = Path(order["data"]) / "neo4j.conf"
    file.write_text("".join(f"{k}={v}\n" for k, v in _settings(order["port"]).items()), "utf-8")
    server = builder(paths.get(order["data"], [])).loadPropertiesFromFile(paths.get(str(file), [])).build()
    try:
        _set_password(server, order["password"])
    except BaseException:
        server.shutdown()
        raise
    return server


# Netty and the page cache reach into these; the server's own start script opens them, too.
_OPENS = (
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "-Dio.netty.tryReflectionSetAccessible=true",
)


def _set_password(server: Any, password: str) -> None:
    """Give the first user our password, in the server's own process: it never answers to the well-known one."""
    import jpype

    values = jpype.JClass("java.util.HashMap")()
    values.put("password", password)
    try:
        server.database("system").executeTransactionally(cypher("set_password"), values)
    except jpype.JException as error:
        # It has this password since an earlier start.
        if "cannot be the same" not in str(error):
            raise


def _wait(stop: str) -> None:
    if not stop:
        sys.stdin.buffer.read()
        return
    ended = threading.Event()
    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: ended.set())
    while not ended.wait(0.3) and not Path(stop).exists():
        pass


def main() -> None:
    """Run the server until it is told to stop."""
    order = json.loads(sys.stdin.buffer.readline())
    if not order["stop"]:
        # Ctrl-C reaches the whole group of a terminal; the parent says when to end.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = _start(order)
    with contextlib.suppress(BrokenPipeError):
        print("ready", flush=True)
    try:
        _wait(order["stop"])
    finally:
        server.shutdown()
        sys.stderr.flush()
        os._exit(0)  # Threads of the JVM must not keep the process.


if __name__ == "__main__":
    main()
