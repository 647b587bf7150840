"""All that a store holds about one person: what is, what was, where it came from, and who else's notes name them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from powermap.findings import Answer, Certainty, Column, Finding, Input, Rule
from powermap.method import Pack
from powermap.method.telling import column, difference, title, value
from powermap.model import Change, LoggedChange, Person, Receipt, named, record_from_props, sourced
from powermap.model.record import Props, without
from powermap.privacy.handed import Handed
from powermap.words import Words, both, by_language

_IDENTITY = ("name", "name_alt", "email", "phone")
"""Properties that say who somebody is."""
LANGS = ("zh", "en")
NOW, BEFORE, ELSEWHERE, FILES = (
    Words("现在", "now"),
    Words("以前", "before"),
    Words("别处提到", "named elsewhere"),
    Words("写出的文件", "files written"),
)
COLUMNS = (
    Column("section", Words("部分", "Section")),
    Column("kind", Words("类别", "Kind")),
    Column("what", Words("对象", "What")),
    Column("said", Words("内容", "What is held")),
    Column("recorded", Words("记录日", "Recorded")),
    Column("by", Words("谁记的", "By")),
    Column("source", Words("来源", "Source")),
)
RULE = Rule(
    "held",
    Words(
        "此人的记录、与此人有关的关系和事项、它们以前的样子，以及别处文字里出现的姓名",
        "the person's record, every tie and record that names them, what these were before, and texts elsewhere that hold their name",
    ),
)


_BESIDE = {"id", "src", "dst", "ev_source", "ev_author"}
"""Properties that stand in columns of their own."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A text of a record that isn't theirs, and yet holds a person's name: in `field` of the record `record`."""

    kind: str
    record: str
    field: str
    text: str
    recorded_at: datetime

    def told(self, pack: Pack, lang: str) -> tuple[str, str, str]:
        """Say of what kind of record it is, in which column, and what it reads."""
        batch = self.field in ("title", "actor")
        kind = Words("批次", "batch") if batch else pack.kind(self.kind)
        return kind[lang], column(pack, self.field, lang, self.kind), self.text


@dataclass(frozen=True)
class Holding:
    """What is held about a person.

    `records` are the changes that made the records about them what they are, `earlier` those that hold no more, both in
    the order of the log. Of these, `own` are the ids of those that say nothing without them: their own, their ties, what
    is judged of them; the others only name them. `mentions` are the texts that hold their name in all records but their
    own, each once, the latest wording of each; `called_by` is what they were ever called there.
    """

    person: Person
    records: tuple[LoggedChange, ...]
    earlier: tuple[LoggedChange, ...]
    own: frozenset[str]
    mentions: tuple[Mention, ...]
    called_by: tuple[str, ...]
    names: Mapping[str, Words] = field(repr=False)

    def called(self, lang: str) -> dict[str, str]:
        """Return what each thing is called in a language, by id."""
        return {ident: words[lang] for ident, words in self.names.items()}


def names_of(person: Person) -> tuple[str, ...]:
    """Return what a person is called in texts: names of two letters or more, and addresses."""
    said = [str(getattr(person, known)) for known in _IDENTITY]
    return tuple(dict.fromkeys(text for text in said if len(text) > 1))


def texts_of(props: Props) -> Iterator[tuple[str, str]]:
    """Yield (property, text) of everything that flat properties hold in words."""
    for key, said in props.items():
        for text in said if isinstance(said, list) else (said,):
            if isinstance(text, str):
                yield key, text


def hold(person: str, log: Callable[[], Iterable[LoggedChange]]) -> Holding | None:
    """Read the log for all that is held about a person; None if it knows no such person.

    Parameters
    ----------
    person
        Their id.
    log
        Yields all of it, in order, at each call: it is read twice, and never held as a whole.
    """
    called: dict[str, Words] = {}
    versions: dict[Person, None] = {}
    about: dict[str, int] = {}
    own = {person}
    for entry in log():
        change = entry.change
        for props in (change.before, change.after):
            if props and props.get("name"):
                called[change.id] = by_language(str(props["name"]), str(props.get("name_alt", "")))
            if props and (change.id == person or person in named(change.kind, props)):
                about[change.id] = entry.seq
                if without(change.kind, props, person) is None:
                    own.add(change.id)
            if props and change.id == person:
                found = record_from_props(change.kind, props)
                if isinstance(found, Person):
                    versions[found] = None
        if change.id in about:
            about[change.id] = entry.seq
    if not versions:
        return None
    names = tuple(dict.fromkeys(name for version in versions for name in names_of(version)))
    records: list[LoggedChange] = []
    earlier: list[LoggedChange] = []
    mentions: dict[tuple[str, str], Mention] = {}
    for entry in log():
        change = entry.change
        if change.id in about:
            standing = about[change.id] == entry.seq and change.after is not None
            (records if standing else earlier).append(entry)
        for mention in _mentions(entry, names, change.id in own):
            mentions[mention.record, mention.field] = mention
    *_, newest = versions
    return Holding(
        newest, tuple(records), tuple(earlier), frozenset(own), tuple(mentions.values()), names, called
    )


def accounts_of(holding: Holding) -> set[str]:
    """Return what the organizations are called, in each language, that a record about the person names."""
    changes = (*holding.records, *holding.earlier)
    ids = {
        ident
        for entry in changes
        for props in (entry.change.before, entry.change.after)
        for ident in named(entry.change.kind, props)
    }
    return {name for ident in ids if ident in holding.names for name in holding.names[ident]}


def removed(name: str, log: Iterable[LoggedChange]) -> set[str]:
    """Return the ids of the people in a log that have this id or exact name, those that are gone too."""
    return {
        c.change.id
        for c in log
        if c.change.kind == Person.KIND
        for props in (c.change.before, c.change.after)
        if props and name in (c.change.id, props.get("name"), props.get("name_alt"))
    }


def _mentions(entry: LoggedChange, names: Sequence[str], own: bool) -> Iterator[Mention]:
    """Yield the texts around a change that hold one of the names: of its record, unless it is theirs, and of its batch."""
    change = entry.change

    def told(record: str, field: str, text: str) -> Iterator[Mention]:
        if any(name in text for name in names):
            yield Mention(change.kind, record, field, text, entry.recorded_at)

    for props in () if own else (change.before, change.after):
        for key, text in texts_of(props or {}):
            # A namesake's name is their own.
            if change.kind != Person.KIND or key not in _IDENTITY:
                yield from told(change.id, key, text)
    for key, text in (("title", entry.title), ("actor", entry.actor)):
        yield from told(entry.batch, key, text)
    yield from told(change.id, "source", change.source)


def answer(holding: Holding, pack: Pack, today: date, files: Sequence[tuple[Receipt, Handed]] = ()) -> Answer:
    """Tell what is held, for the person to read: each record with its facts, the day it was recorded, by whom, from where.

    Parameters
    ----------
    files
        Those that were written of their accounts.
    """
    rows = [*_rows(holding, pack, holding.records, NOW), *_rows(holding, pack, holding.earlier, BEFORE)]
    rows += [_mention(holding, pack, m) for m in holding.mentions]
    rows += [_file(receipt, file) for receipt, file in files]
    name = by_language(holding.person.name, holding.person.name_alt)
    counts = len(holding.records), len(holding.earlier), len(holding.mentions)
    finding = Finding(
        kind="held",
        subjects=(holding.person.id,),
        value=counts[0],
        unit="records",
        rule=RULE,
        sentence=Words(
            f"{name.zh}：{counts[0]} 条记录、{counts[1]} 条以前的变更，别处文字里提到 {counts[2]} 处；所在客户写出过 {len(files)} 个文件。",
            f"{name.en}: {counts[0]} records, {counts[1]} changes of the past, named in {counts[2]} texts elsewhere; "
            f"files written of their accounts: {len(files)}.",
        ),
        certainty=Certainty("certain", Words("直接来自变更日志", "straight from the change log")),
        inputs=tuple(
            Input(
                pack.kind(c.change.kind),
                c.recorded_at.date().isoformat(),
                c.change.source,
                record=c.change.id,
            )
            for c in holding.records
        ),
    )
    return Answer(
        "privacy_access", (holding.person.id, holding.person.name), None, None, today, COLUMNS, tuple(rows), (finding,), (), {holding.person.name: name},
    )  # fmt: skip


def _rows(
    holding: Holding, pack: Pack, changes: Iterable[LoggedChange], section: Words
) -> Iterator[dict[str, Any]]:
    for entry in changes:
        change = entry.change
        props = change.after or change.before or {}
        yield {
            "section": section._asdict(),
            "kind": pack.kind(change.kind)._asdict(),
            "what": {lang: _what(holding, pack, change.kind, props, lang) for lang in LANGS},
            "said": {lang: _said(holding, pack, change, section is BEFORE, lang) for lang in LANGS},
            "recorded": entry.recorded_at.date().isoformat(),
            "by": str(props.get("ev_author") or entry.actor),
            "source": sourced(str(props.get("ev_source") or change.source))._asdict(),
            "record": change.id,
            "before": change.before,
            "after": change.after,
        }


def _said(holding: Holding, pack: Pack, change: Change, changed: bool, lang: str) -> str:
    """Say every property of a record; of one that was changed later, what the change made of it."""
    names = holding.called(lang)
    if changed and change.before:
        return difference(pack, change.before, change.after, names, lang, change.kind)
    props = change.after or {}
    said = (
        f"{column(pack, key, lang, change.kind)} {value(pack, key, told, names, lang, change.kind)}"
        for key, told in props.items()
        if key not in _BESIDE
    )
    return ("，" if lang == "zh" else ", ").join(said)


def _what(holding: Holding, pack: Pack, kind: str, props: Props, lang: str) -> str:
    names = holding.called(lang)
    if "src" in props:
        return " → ".join(names.get(str(props[end]), "?") for end in ("src", "dst"))
    return title(pack, kind, props, names, lang)


def _mention(holding: Holding, pack: Pack, mention: Mention) -> dict[str, Any]:
    told = {lang: mention.told(pack, lang) for lang in LANGS}
    return {
        "section": ELSEWHERE._asdict(),
        "kind": {lang: kind for lang, (kind, _, _) in told.items()},
        "what": {lang: holding.called(lang).get(mention.record, mention.record) for lang in LANGS},
        "said": {lang: f"{field} {text}" for lang, (_, field, text) in told.items()},
        "recorded": mention.recorded_at.date().isoformat(),
        "by": "",
        "source": both("")._asdict(),
        "record": mention.record,
    }


def _file(receipt: Receipt, file: Handed) -> dict[str, Any]:
    return {
        "section": FILES._asdict(),
        "kind": Words("导出", "file")._asdict(),
        "what": both(file.account)._asdict(),
        "said": Words(
            f"{file.what}，口径 {file.profile}，{file.form}",
            f"{file.what}, profile {file.profile}, {file.form}",
        )._asdict(),
        "recorded": receipt.recorded_at.date().isoformat(),
        "by": receipt.actor,
        "source": both("")._asdict(),
        "record": receipt.batch,
    }
