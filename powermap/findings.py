"""A finding: a result that explains itself.

JSON shape (stable, ``powermap.answer/1``)::

    {"schema": "powermap.answer/1", "question": "fragile", "account": {"id", "name"}, "supplier": {...},
     "deal": {...} | null, "as_of": "2026-09-30", "columns": [{"key", "zh", "en", "unit", "detail"}], "rows": [{...}],
     "findings": [{"id", "kind", "subjects", "value", "unit", "rule": {"name", "zh", "en", "parameters"},
                   "inputs": [{"what_zh", "what_en", "value", "source", "on", "confidence", "record"}],
                   "certainty": {"level", "zh", "en", "value", "stable", "telling"}, "urgency", "sentence": {"zh", "en"}}]}
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from powermap.words import Lang, Words

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Input:
    """One fact that carries a finding, with where it came from; `record` is the id of the record that holds it."""

    what: Words
    value: Any
    source: str = ""
    on: date | None = None
    confidence: float | None = None
    record: str = ""

    def told(self, lang: str) -> str:
        """Say the fact, with what is known of its source and its day in brackets."""
        ground = [part for part in (self.source, self.on.isoformat() if self.on else "") if part]
        value = written(self.value, lang) or "?"
        said = f"{self.what[lang]}{'：' if lang == 'zh' else ': '}{value}"
        text = " · ".join(ground)
        return said if not text else f"{said}（{text}）" if lang == "zh" else f"{said} ({text})"


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule that produced the value: its name, what it does, and every parameter it used."""

    name: str
    words: Words
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure: `level` is certain (follows from the data), likely, open (can't tell) or estimate.

    `value` is a probability in [0, 1] where one was computed, else None; `words` say how it was found. A finding about
    a rank has two certainties: `stable`, how often in [0, 1] the rank survives dropped ties, and `telling`, what the
    kind of tie it rests on says about power.
    """

    level: Literal["certain", "likely", "open", "estimate"]
    words: Words
    value: float | None = None
    stable: float | None = None
    telling: Literal["yes", "formal", "little"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A value with its rule, inputs, certainty and one sentence in each language.

    `subjects` are ids of the records it is about, `topic` what tells it from others about the same ones. `urgency` 0
    (good to know) to 3 (act now).
    """

    kind: str
    subjects: tuple[str, ...]
    value: Any
    rule: Rule
    sentence: Words
    certainty: Certainty
    inputs: tuple[Input, ...] = ()
    unit: str = ""
    urgency: int = 0
    topic: str = ""

    @property
    def id(self) -> str:
        """A short id, the same for the same question about the same subjects."""
        text = "|".join((self.kind, *self.subjects, *filter(None, (self.topic,))))
        return f"{self.kind}-{hashlib.blake2b(text.encode(), digest_size=4).hexdigest()}"

    def to_dict(self) -> dict[str, Any]:
        """Return the documented JSON shape."""
        return {
            "id": self.id,
            "kind": self.kind,
            "subjects": list(self.subjects),
            "value": self.value,
            "unit": self.unit,
            "rule": {
                "name": self.rule.name,
                "zh": self.rule.words.zh,
                "en": self.rule.words.en,
                "parameters": dict(self.rule.parameters),
            },
            "inputs": [
                {
                    "what_zh": i.what.zh,
                    "what_en": i.what.en,
                    "value": i.value,
                    "source": i.source,
                    "on": i.on.isoformat() if i.on else None,
                    "confidence": i.confidence,
                    "record": i.record,
                }
                for i in self.inputs
            ],
            "certainty": {
                "level": self.certainty.level,
                "zh": self.certainty.words.zh,
                "en": self.certainty.words.en,
                "value": self.certainty.value,
                "stable": self.certainty.stable,
                "telling": self.certainty.telling,
            },
            "urgency": self.urgency,
            "sentence": {"zh": self.sentence.zh, "en": self.sentence.en},
        }


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer's table; `detail`: a raw measure, shown where somebody asks for measures."""

    key: str
    words: Words
    unit: str = ""
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: a table, and findings about it.

    `rows` hold one JSON-able value per column key (extra keys, such as ``id``, are allowed and not printed). `labels`
    are texts of the rows, as written in the store, that differ by language.
    """

    question: str
    account: tuple[str, str]
    supplier: tuple[str, str] | None
    deal: tuple[str, str] | None
    as_of: date
    columns: tuple[Column, ...] = ()
    rows: tuple[Mapping[str, Any], ...] = ()
    findings: tuple[Finding, ...] = ()
    notes: tuple[Words, ...] = ()
    labels: Mapping[str, Words] = field(default_factory=dict)

    @property
    def heading(self) -> tuple[Words, ...]:
        """Account, deal and supplier, as far as there are any."""
        pairs = (self.account, self.deal, self.supplier)
        return tuple(self.labels.get(p[1], Words(p[1], p[1])) for p in pairs if p)

    @property
    def plain(self) -> tuple[Column, ...]:
        """The columns without raw measures."""
        return tuple(c for c in self.columns if not c.detail)

    def cell(self, row: Mapping[str, Any], key: str, lang: str) -> str:
        """Write one value of the table as text in a language; nothing for None."""
        return written(row.get(key), lang, self.labels)

    def to_dict(self) -> dict[str, Any]:
        """Return the documented JSON shape."""

        def pair(value: tuple[str, str] | None) -> dict[str, str] | None:
            return None if value is None else {"id": value[0], "name": value[1]}

        return {
            "schema": "powermap.answer/1",
            "question": self.question,
            "account": pair(self.account),
            "supplier": pair(self.supplier),
            "deal": pair(self.deal),
            "as_of": self.as_of.isoformat(),
            "columns": [
                {"key": c.key, "zh": c.words.zh, "en": c.words.en, "unit": c.unit, "detail": c.detail}
                for c in self.columns
            ],
            "rows": [dict(row) for row in self.rows],
            "findings": [finding.to_dict() for finding in self.findings],
            "notes": [{"zh": n.zh, "en": n.en} for n in self.notes],
        }

    def to_json(self) -> str:
        """Return the documented JSON shape as text, keys in a fixed order."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)

    def to_frame(self, lang: Lang = "en") -> pd.DataFrame:
        """Return the table as a pandas frame, headed in `lang`."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    c.words[lang]: self.cell(row, c.key, lang)
                    if isinstance(value, (str, Mapping, list, tuple))
                    else value
                    for c in self.columns
                    for value in (row.get(c.key),)
                }
                for row in self.rows
            ],
            columns=[c.words[lang] for c in self.columns],
        )

    def to_html(self, lang: Lang = "en") -> str:
        """Return sentences, table (without raw measures) and rules as an HTML fragment, every text escaped."""
        marks = ("·", "○", "●", "●")
        colours = ("#6b7280", "#0f766e", "#b45309", "#c4002f")
        head = [*(w[lang] for w in self.heading), self.as_of.isoformat()]
        parts = [f"<p><strong>{escape(' · '.join(head))}</strong></p>"]
        if self.findings:
            items = (
                f'<li style="list-style:none"><span style="color:{colours[f.urgency]}">{marks[f.urgency]}</span> '
                + escape(f.sentence[lang])
                + (
                    f" <small>({escape(f.certainty.words[lang])})</small>"
                    if f.certainty.level != "certain"
                    else ""
                )
                + "</li>"
                for f in self.findings
            )
            parts.append(f'<ul style="padding-left:.5em">{"".join(items)}</ul>')
        if self.rows:
            titles = "".join(f"<th>{escape(c.words[lang])}</th>" for c in self.plain)
            lines = (
                "<tr>"
                + "".join(f"<td>{escape(self.cell(row, c.key, lang))}</td>" for c in self.plain)
                + "</tr>"
                for row in self.rows
            )
            parts.append(f"<table><thead><tr>{titles}</tr></thead><tbody>{''.join(lines)}</tbody></table>")
        rules = dict.fromkeys(f.rule.words[lang] for f in self.findings)
        notes = [*rules, *(n[lang] for n in self.notes)]
        parts += [f"<p><small>{escape(note)}</small></p>" for note in notes]
        return "\n".join(parts)

    def _repr_html_(self) -> str:
        return self.to_html("zh" if os.environ.get("POWERMAP_LANG") == "zh" else "en")


def written(value: Any, lang: str, labels: Mapping[str, Words] | None = None) -> str:
    """Write a value as text in a language; nothing for None. `labels` are texts that differ by language."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return {"zh": ("否", "是"), "en": ("no", "yes")}[lang][value]
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, Mapping):
        return str(value.get(lang, ""))
    if isinstance(value, (list, tuple)):
        return ("、" if lang == "zh" else ", ").join(written(part, lang, labels) for part in value)
    text = str(value)
    return labels[text][lang] if labels and text in labels else text
