"""Make the current state anew, and where the log is not what its chain proves, only from what somebody says is right."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from typing import Any

from powermap.errors import ConfigError, StoreError
from powermap.model import Batch, Change
from powermap.stores.chain import RawChange
from powermap.stores.proving import Fault
from powermap.words import Words

SOURCES = ("log", "state")
"""What may be trusted of a store whose chain is broken."""


def refuse_broken(faults: Iterable[Fault], trust: str) -> None:
    """Refuse to build on a broken chain, unless it was said what is right.

    Raises
    ------
    ConfigError
        If `trust` is something else.
    StoreError
        If the chain is broken and `trust` is empty.
    """
    if trust and trust not in SOURCES:
        raise ConfigError(
            Words(f"--trust 只能是 log 或 state：{trust}", f"--trust is log or state, not {trust!r}")
        )
    broken = [f for f in faults if f.part in ("chain", "times", "file")]
    if not broken or trust:
        return
    first = broken[0].words
    raise StoreError(
        Words(
            f"日志有 {len(broken)} 处与链不符，不能在它上面重建：{first.zh}",
            f"the log is not what its chain proves ({len(broken)} fault{'s' if len(broken) > 1 else ''}), and nothing is built on it: {first.en}",
        ),
        hint=Words(
            "最好用备份恢复：powermap store restore；否则写明以哪个为准：--trust log（日志）或 --trust state（现状）",
            "better restore a backup: powermap store restore; or say which one is right: --trust log, or --trust state",
        ),
    )


def agreed(trust: str, held: dict[str, tuple[str, Any]], changes: Iterable[RawChange], actor: str) -> Batch:
    """Return the batch that says what was trusted; if it is the state, its changes make the log give the state."""
    last: dict[str, tuple[str, Any]] = {}
    for change in changes:
        last[change.id] = change.kind, _read(change.after)
    made = []
    if trust == "state":
        for ident in sorted({**last, **held}):
            kind, before = last.get(ident, (held.get(ident, ("",))[0], None))
            _, after = held.get(ident, (kind, None))
            if before != after:
                made.append(Change(kind, ident, before, after, f"trust {trust}"))
    return Batch(f"trust-{secrets.token_hex(8)}", tuple(made), actor, f"trust {trust}")


def _read(text: str | None) -> Any:
    try:
        return None if text is None else json.loads(text)
    except ValueError:
        return None
