"""Who says something, on which day, on what ground; and the drafts that are made of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from powermap.editing.naming import Register
from powermap.errors import AnalysisError, ModelError
from powermap.method import Pack
from powermap.model import BY_HAND, MemberOf, Organization, Person, WorksAt
from powermap.model.draft import CLEAR, Draft, Place
from powermap.model.fields import fields
from powermap.model.naming import fold
from powermap.sources import cells
from powermap.sources.readers import Style, read_cell
from powermap.sources.vocabulary import Vocabulary
from powermap.words import Words


@dataclass(frozen=True)
class Edit:
    """A change as drafts, for one batch; `bare` are the same without a day, to see whether they say anything new.

    `title` says what is done and names nobody. `notes` are what the user may want to know.
    """

    title: str
    drafts: tuple[Draft, ...]
    bare: tuple[Draft, ...] = ()
    notes: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Occasion:
    """The occasion on which something is said.

    Parameters
    ----------
    day
        The day from which on it holds.
    author
        Who says it.
    because
        The ground, in words.
    correct
        What was known is wrong and is corrected: nothing changed in the world.
    account
        Id of the account that is meant, where somebody belongs to several; None: any.
    """

    register: Register
    pack: Pack
    day: date
    author: str = ""
    because: str = ""
    correct: bool = False
    account: str | None = None

    @cached_property
    def _words(self) -> Vocabulary:
        return Vocabulary(self.pack)

    def read(self, sheet: str, field_name: str, text: str) -> dict[str, Any]:
        """Read what was written for a field, as a cell of that column would be read.

        Raises
        ------
        ModelError
            If it can't be; the reason and what to write are those of the cell.
        """
        if cells.is_clear(text):
            return {field_name: CLEAR}
        try:
            return read_cell(fields()[sheet][field_name], text, Style(), self._words)
        except cells.CellFault as fault:
            raise ModelError(Words(fault.zh, fault.en), hint=Words(fault.hint_zh, fault.hint_en)) from None

    def draft(self, sheet: str, values: Mapping[str, Any], *, evidence: bool = True) -> Draft:
        """Make a row of a sheet; with `evidence` it says who said so, when and why."""
        said: dict[str, Any] = {}
        if evidence:
            said = {"author": self.author, "on": self.day, "note": self.because}
            said = {k: v for k, v in said.items() if v}
        called = {
            name: Words(names[1], names[0]) for name, names in self.pack.topic("columns")[sheet].items()
        }
        return Draft(sheet, {**said, **values}, Place(BY_HAND, "", 1, {}, called))

    def since(self) -> dict[str, Any]:
        """Return from when on a change holds; nothing for a correction."""
        return {} if self.correct else {"since": self.day}

    # -- whom it is about ----------------------------------------------------------------------------------------

    def person(self, text: str) -> Person:
        """Return the person whom a name means."""
        return self.register.one(text, Person, account=self.account)

    def organization(self, text: str) -> Organization:
        """Return the organization that a name means."""
        return self.register.one(text, Organization)

    def holds(self, job: WorksAt) -> bool:
        """Tell whether a job is held on the day."""
        return job.period.holds(self.day)

    def house(self, *people: str) -> dict[str, str]:
        """Return the company that a row about people stands for: where one of them works, or belongs to."""
        snapshot = self.register.snapshot
        for ident in people:
            jobs = sorted(self.register.posts(ident), key=self.holds, reverse=True)
            homes = [t.dst for t in (*jobs, *(t for t in snapshot.all(MemberOf) if t.src == ident))]
            for home in homes:
                house = snapshot.get(Organization, home)
                if house is not None and house.type != "circle":
                    return {"company": home}
        return {}

    def job(self, person: Person) -> WorksAt | None:
        """Return the job of a person on the day, else the last one; None if none is known.

        Raises
        ------
        AnalysisError
            If there are several on the day; they are named in the hint.
        """
        jobs = self.register.posts(person.id)
        now = [job for job in jobs if self.holds(job)]
        if self.account is not None and len(now) > 1:
            home = self.register.within(self.account)
            now = [job for job in now if job.dst in home] or now
        if len(now) > 1:
            places = [str(getattr(self.register.snapshot.records.get(j.dst), "name", "?")) for j in now]
            raise AnalysisError(
                Words(f"{person.name} 有 {len(now)} 份工作", f"{person.name} has {len(now)} jobs"),
                hint=Words(
                    f"用 --account 指明：{'、'.join(places)}", f"say which by --account: {', '.join(places)}"
                ),
            )
        if now:
            return now[0]
        return max(jobs, key=lambda j: j.period.end or date.max, default=None)


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return the three words that are most like one."""
    from rapidfuzz import fuzz, process

    hits = process.extract(
        fold(word), list(known), scorer=fuzz.ratio, processor=fold, limit=3, score_cutoff=50
    )
    return [hit[0] for hit in hits]
