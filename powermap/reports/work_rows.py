"""What is judged, aimed at, done and heard of an account, as rows of the import format."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from powermap.model import (
    Action,
    Assessment,
    Deal,
    Evidence,
    Goal,
    Organization,
    Person,
    Snapshot,
    Voice,
)
from powermap.sources.person_names import people

Row = dict[str, Any]


class Names(Protocol):
    """How rows refer to things."""

    snapshot: Snapshot
    account: str

    def ident(self, thing_id: str) -> str: ...
    def organization(self, organization_id: str) -> str: ...
    def person(self, person_id: str, home: str | None, *, supplier: bool = False) -> str: ...
    def deal_of(self, deal: Deal) -> str: ...


class WorkRows:
    """Writes assessments, goals, actions and voices."""

    def __init__(self, names: Names) -> None:
        self.names, self.snapshot = names, names.snapshot

    def sheets(self) -> dict[str, list[Row]]:
        """Return the rows of the four sheets, each by day."""
        return {
            "assessments": _by_day(map(self.assessment, self.snapshot.all(Assessment)), "on", "item"),
            "goals": _by_day(map(self.goal, self.snapshot.all(Goal)), "by", "measure"),
            "actions": _by_day(map(self.action, self.snapshot.all(Action)), "due", "what"),
            "voices": _by_day(map(self.voice, self.snapshot.all(Voice)), "on", "words"),
        }

    def assessment(self, a: Assessment) -> Row:
        """Write a judgement."""
        return {
            "company": self.names.organization(a.account),
            "subject": self._subject(a.subject, a.account),
            "item": a.item,
            "score": a.score,
            "words": a.words,
            "supplier": self._supplier(a.supplier),
            "on": a.on,
            "until": a.until,
            "said_by": self._person(a.said_by, a.account),
            "present": self._people(a.present, a.account, ours=True),
            "currency": a.currency,
            **_ground(a.evidence),
        }

    def goal(self, g: Goal) -> Row:
        """Write a goal."""
        return {
            "id": self.names.ident(g.id),
            "company": self.names.organization(g.account),
            "subject": self._subject(g.subject, g.account),
            "layer": g.layer,
            "measure": g.measure,
            "move": g.move,
            "purpose": g.purpose,
            "category": g.category,
            "start": g.start,
            "target": g.target,
            "owner": self._person(g.owner, g.account, ours=True),
            "set_on": g.set_on,
            "by": g.by,
            "supplier": self._supplier(g.supplier),
            "currency": g.currency,
            **_ground(g.evidence),
        }

    def action(self, a: Action) -> Row:
        """Write an action."""
        return {
            "id": self.names.ident(a.id),
            "company": self.names.organization(a.account),
            "goal": self.names.ident(a.goal) if a.goal else None,
            "what": a.what,
            "targets": "; ".join(
                one_name(self._subject(t, a.account) or t, self.names.ident(t)) for t in a.targets
            ),
            "scope": a.scope,
            "owner": self._person(a.owner, a.account, ours=True),
            "set_on": a.set_on,
            "due": a.due,
            "quality": a.quality,
            "days": a.days,
            "money": a.money,
            "currency": a.currency,
            "promise": True if a.promise else None,
            "approval": a.approval,
            "approved_by": self._person(a.approved_by, a.account, ours=True),
            "approved_on": a.approved_on,
            **_ground(a.evidence),
        }

    def voice(self, v: Voice) -> Row:
        """Write what was heard."""
        need = self.snapshot.get(Deal, v.need)
        return {
            "id": self.names.ident(v.id),
            "company": self.names.organization(v.account),
            "on": v.on,
            "said_by": self._person(v.said_by, v.account),
            "heard_by": self._person(v.heard_by, v.account, ours=True),
            "channel": v.channel,
            "sort": v.sort,
            "words": v.words,
            "about": self._subject(v.about, v.account),
            "category": v.category,
            "triage": v.triage,
            "criteria": v.criteria,
            "screened_by": self._person(v.screened_by, v.account, ours=True),
            "screened_on": v.screened_on,
            "votes": v.votes,
            "route": v.route,
            "routed_by": self._person(v.routed_by, v.account, ours=True),
            "routed_on": v.routed_on,
            "owner": self._person(v.owner, v.account, ours=True),
            "due": v.due,
            "answer": v.answer,
            "solved_on": v.solved_on,
            "verdict": v.verdict,
            "verdict_by": self._person(v.verdict_by, v.account),
            "verdict_on": v.verdict_on,
            "need": self.names.deal_of(need) if need else None,
            **_ground(v.evidence),
        }

    def _person(self, ident: str, home: str, *, ours: bool = False) -> str | None:
        return self.names.person(ident, None if ours else home, supplier=ours) if ident else None

    def _people(self, idents: Iterable[str], home: str, *, ours: bool) -> str:
        return "; ".join(one_name(self._person(i, home, ours=ours) or i, self.names.ident(i)) for i in idents)

    def _supplier(self, ident: str) -> str | None:
        return self.names.organization(ident) if ident else None

    def _subject(self, ident: str, home: str) -> str | None:
        """Name a person, an organization or a deal; by id where a name may mean something of another kind."""
        if not ident:
            return None
        thing = self.snapshot.records.get(ident)
        if isinstance(thing, Person):
            return self.names.person(ident, home)
        if isinstance(thing, Organization):
            return self.names.organization(ident)
        return self.names.deal_of(thing) if isinstance(thing, Deal) else ident


def one_name(name: str, ident: str) -> str:
    """Return the name, or the id if the name would be read as several in a cell of names."""
    return name if people(name) == (name,) else ident


def _ground(evidence: Evidence) -> Row:
    return {
        "author": evidence.author,
        "source": evidence.source,
        "status": evidence.status if evidence.status != "observed" else None,
        "confidence": evidence.confidence,
        "note": evidence.note,
    }


def _by_day(rows: Iterable[Row], day: str, name: str) -> list[Row]:
    return sorted(rows, key=lambda row: (str(row[day] or ""), str(row[name])))
