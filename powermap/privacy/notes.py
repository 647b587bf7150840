"""Notes that tell of what no note about a person should hold."""

from __future__ import annotations

from datetime import date

from powermap.findings import Answer, Certainty, Column, Finding, Rule
from powermap.method import Pack
from powermap.method.sensitive import notes_of, sensitive
from powermap.method.telling import column, title
from powermap.model import Snapshot, Tie, record_to_props
from powermap.words import Words, by_language

LANGS = ("zh", "en")
COLUMNS = (
    Column("about", Words("涉及", "About")),
    Column("word", Words("词", "Word")),
    Column("what", Words("对象", "What")),
    Column("field", Words("栏", "Column")),
    Column("text", Words("原文", "Text")),
)
RULE = Rule(
    "sensitive_notes",
    Words(
        "规则包 privacy.toml 里的词；亲属关系不算",
        "words of the pack's privacy.toml; kinship is no such thing",
    ),
)


def answer(snapshot: Snapshot, pack: Pack, today: date) -> Answer:
    """List the notes that warn, by what they tell of."""
    names = {
        lang: {
            r.id: by_language(str(getattr(r, "name", "")), str(getattr(r, "name_alt", "")))[lang]
            for r in snapshot
            if getattr(r, "name", "")
        }
        for lang in LANGS
    }
    rows = []
    for record in snapshot:
        props = record_to_props(record)
        for field in sorted(notes_of(record.KIND) & props.keys()):
            for hit in sensitive(str(props[field]), pack):
                rows.append(
                    {
                        "about": hit.about._asdict(),
                        "word": hit.word,
                        "what": {
                            lang: " → ".join(names[lang].get(i, "?") for i in (record.src, record.dst))
                            if isinstance(record, Tie)
                            else title(pack, record.KIND, props, names[lang], lang)
                            for lang in LANGS
                        },
                        "field": {lang: column(pack, field, lang, record.KIND) for lang in LANGS},
                        "text": props[field],
                        "record": record.id,
                    }
                )
    rows.sort(key=lambda r: (str(r["about"]), str(r["record"])))
    sentence = (
        Words(
            f"{len(rows)} 处备注写到不该写的：请改写成本人可以看到的话。",
            f"{len(rows)} notes tell of what they should not: rewrite them so that the person may read them.",
        )
        if rows
        else Words("没有这样的备注。", "There is no such note.")
    )
    finding = Finding(
        kind="sensitive_notes",
        subjects=tuple(str(r["record"]) for r in rows),
        value=len(rows),
        unit="notes",
        rule=RULE,
        sentence=sentence,
        certainty=Certainty("likely", Words("按词查找，可能误报", "found by words, so some may be harmless")),
        urgency=2 if rows else 0,
    )
    head = Words("敏感备注", "Sensitive notes")
    return Answer("privacy_notes", ("", head.en), None, None, today, COLUMNS, tuple(rows), (finding,), (), {head.en: head})  # fmt: skip
