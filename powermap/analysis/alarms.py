"""The alarms of an account (section 11 of the method): which sound, and the findings that sound them."""

from __future__ import annotations

from dataclasses import dataclass

from powermap.analysis.alerts import alerts
from powermap.analysis.attitudes import attitudes
from powermap.analysis.brief import brief
from powermap.analysis.competition import compare
from powermap.analysis.decision import decides
from powermap.analysis.fragility import fragile
from powermap.analysis.house import house
from powermap.analysis.text import CERTAIN, join, plural
from powermap.analysis.todos import overdue
from powermap.findings import Finding, Rule
from powermap.lens import Lens
from powermap.words import Words

PROMISED = Rule(
    "promises",
    Words("承诺到了截止日没有会面写明完成", "a promise whose day is past and that no meeting names as done"),
)


@dataclass(frozen=True, slots=True)
class Alarm:
    """An alarm that sounds: its key and name, and the findings of its kinds, the most urgent first."""

    key: str
    name: Words
    findings: tuple[Finding, ...]


def alarms(lens: Lens) -> tuple[Alarm, ...]:
    """Return the alarms that sound, in the order of the rule pack."""
    found: dict[str, dict[str, Finding]] = {}
    answers = [ask(lens).findings for ask in (fragile, decides, compare, attitudes, house, brief)]
    for finding in (*(f for findings in answers for f in findings), *alerts(lens), *_promises(lens)):
        if finding.urgency:
            found.setdefault(finding.kind, {})[finding.id] = finding
    sounding = []
    for row in lens.pack.topic("alerts")["alert"]:
        told = [f for kind in row["kinds"] for f in found.get(kind, {}).values()]
        if told:
            name = Words(row["zh"], row["en"])
            sounding.append(Alarm(row["key"], name, tuple(sorted(told, key=lambda f: -f.urgency))))
    return tuple(sounding)


def _promises(lens: Lens) -> list[Finding]:
    broken = [t for t in overdue(lens) if t.kind == "promise"]
    if not broken:
        return []
    said = join([t.what for t in broken])
    words = Words(f"失约的承诺：{said.zh}。", f"{plural(len(broken), 'promise')} broken: {said.en}.")
    return [
        Finding(
            kind="promise-broken", subjects=tuple(t.record for t in broken), value=len(broken), rule=PROMISED, sentence=words,
            certainty=CERTAIN, unit="promises", urgency=3,
        )
    ]  # fmt: skip
