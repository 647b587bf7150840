"""What was recorded since an instant, in words: each record once, from what it was to what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from powermap.findings import Answer, Certainty, Column, Finding, Rule
from powermap.method import Pack
from powermap.method.telling import difference, title, titles
from powermap.model import Change, KeptLayout, LoggedChange, Snapshot, named, sourced
from powermap.model.record import Props
from powermap.words import Words, by_language

LANGS = ("zh", "en")
ACTIONS = {
    "new": Words("新增", "new"),
    "changed": Words("变更", "changed"),
    "removed": Words("删除", "removed"),
}
COLUMNS = (
    Column("action", Words("变化", "What happened")),
    Column("kind", Words("类别", "Kind")),
    Column("what", Words("对象", "What")),
    Column("said", Words("内容", "From → to")),
    Column("by", Words("谁", "By")),
    Column("recorded", Words("最后记录", "Last recorded")),
    Column("source", Words("来源", "Source")),
)
RULE = Rule(
    "recorded",
    Words(
        "变更日志里自那时以来的记录，每条只说一次：那时的样子 → 现在的样子；改了又改回的不算",
        "what the change log recorded since, each record once: from what it was then to what it is; changed and changed back is no change",
    ),
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of one record since: its first state, its last, who changed it."""

    change: Change
    by: tuple[str, ...]
    last: datetime

    @property
    def action(self) -> Literal["new", "changed", "removed"]:
        """Whether it is new, changed or gone."""
        if self.change.before is None:
            return "new"
        return "removed" if self.change.after is None else "changed"


def recorded(
    log: Iterable[LoggedChange], since: datetime, among: Collection[str] | None = None
) -> list[Recorded]:
    """Sum up what was recorded after an instant, in the order in which each record changed first.

    Parameters
    ----------
    among
        The ids of the records to look at; default: all. Where people stand on maps is no fact, and left out.
    """
    first: dict[str, LoggedChange] = {}
    last: dict[str, LoggedChange] = {}
    actors: dict[str, dict[str, None]] = {}
    for entry in log:
        change = entry.change
        if entry.recorded_at <= since or change.kind == KeptLayout.KIND:
            continue
        if among is None or change.id in among:
            first.setdefault(change.id, entry)
            last[change.id] = entry
            actors.setdefault(change.id, {})[entry.actor] = None
    found = []
    for ident, begun in first.items():
        ended = last[ident]
        before, after = begun.change.before, ended.change.after
        if before != after:
            change = Change(begun.change.kind, ident, before, after, ended.change.source)
            found.append(Recorded(change, tuple(a for a in actors[ident] if a), ended.recorded_at))
    return found


def answer(
    found: list[Recorded],
    then: Snapshot,
    now: Snapshot,
    pack: Pack,
    since: date,
    today: date,
    account: tuple[str, str] = ("", ""),
) -> Answer:
    """Tell what was recorded since a day; `then` and `now` know what the records are called."""
    called = {lang: _names(found, pack, (then, now), lang) for lang in LANGS}
    counts = Counter(r.action for r in found)
    kinds = Counter(r.change.kind for r in found)
    by = Counter(actor for r in found for actor in r.by)
    said = {
        lang: ("、" if lang == "zh" else ", ").join(
            f"{pack.kind(kind)[lang]} {number}" for kind, number in kinds.most_common()
        )
        for lang in LANGS
    }
    who = (
        "、".join(f"{a} {n}" for a, n in by.most_common(5)),
        ", ".join(f"{a} {n}" for a, n in by.most_common(5)),
    )
    sentence = (
        Words(
            f"自 {since} 以来：新增 {counts['new']}，变更 {counts['changed']}，删除 {counts['removed']}（{said['zh']}）"
            + (f"；{who[0]}。" if by else "。"),
            f"Since {since}: {counts['new']} new, {counts['changed']} changed, {counts['removed']} removed ({said['en']})"
            + (f"; by {who[1]}." if by else "."),
        )
        if found
        else Words(f"自 {since} 以来没有记录。", f"Nothing was recorded since {since}.")
    )
    finding = Finding(
        kind="recorded",
        subjects=tuple(r.change.id for r in found),
        value=len(found),
        unit="records",
        rule=RULE,
        sentence=sentence,
        certainty=Certainty("certain", Words("直接来自变更日志", "straight from the change log")),
        topic=since.isoformat(),
    )
    head = Words("有什么变化", "What was recorded")
    return Answer(
        "changes", account if account[1] else ("", head.en), None, None, today, COLUMNS, tuple(_row(r, pack, called) for r in found), (finding,), (), {head.en: head},
    )  # fmt: skip


def _names(found: Iterable[Recorded], pack: Pack, states: Iterable[Snapshot], lang: str) -> dict[str, str]:
    """Return what things are called by id, those without a name only where a change names them."""
    records = {r.id: r for state in states for r in state}
    names = {
        i: by_language(str(name), str(getattr(r, "name_alt", "")))[lang]
        for i, r in records.items()
        if (name := getattr(r, "name", ""))
    }
    told = {
        ident
        for r in found
        for props in (r.change.before, r.change.after)
        for ident in named(r.change.kind, props)
    }
    return names | titles(pack, (records[i] for i in told & records.keys()), names, lang)


def _row(r: Recorded, pack: Pack, called: dict[str, dict[str, str]]) -> dict[str, Any]:
    change = r.change
    props = change.after or change.before or {}
    return {
        "action": ACTIONS[r.action]._asdict(),
        "kind": pack.kind(change.kind)._asdict(),
        "what": {lang: _what(pack, change, props, called[lang], lang) for lang in LANGS},
        "said": {
            lang: difference(pack, change.before, change.after, called[lang], lang, change.kind)
            for lang in LANGS
        },
        "by": "、".join(r.by),
        "recorded": r.last.date().isoformat(),
        "source": sourced(change.source)._asdict(),
        "record": change.id,
        "before": change.before,
        "after": change.after,
    }


def _what(pack: Pack, change: Change, props: Props, names: dict[str, str], lang: str) -> str:
    if "src" in props:
        return " → ".join(names.get(str(props[end]), "?") for end in ("src", "dst"))
    return names.get(change.id) or title(pack, change.kind, props, names, lang)
