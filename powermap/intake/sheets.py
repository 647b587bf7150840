"""Take the rows of all sheets into a ledger: things first, then the ties between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from powermap.intake.committee import Committee
from powermap.intake.context import Context
from powermap.intake.deals import Deals
from powermap.intake.figures import Figures
from powermap.intake.interactions import Interactions
from powermap.intake.organizations import Organizations
from powermap.intake.people import People
from powermap.intake.stances import Stances
from powermap.intake.ties import Ties
from powermap.intake.work import Work
from powermap.model.draft import Draft
from powermap.model.fields import WORK

_NAMED = (*WORK, "interactions")
"""Sheets of whose rows the names are looked up even where something else is missing."""


class Sheets:
    """A part for each kind of sheet, all of them over one context."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.organizations = Organizations(context)
        self.deals = Deals(context, self.organizations)
        self.people = People(context, self.organizations)
        self.ties = Ties(context, self.organizations, self.people)
        self.stances = Stances(context, self.organizations, self.deals)
        self.committee = Committee(context, self.organizations, self.deals)
        self.work = Work(context, self.organizations, self.deals)
        self.interactions = Interactions(context, self.organizations, self.work)
        self.figures = Figures(context, self.organizations)

    def take(self, drafts: Sequence[Draft], progress: Callable[[int, int], None] | None = None) -> None:
        """Take all drafts: every thing before any tie, so that the order of rows and sheets doesn't matter."""
        by_sheet: dict[str, list[Draft]] = {}
        for draft in drafts:
            if draft.whole or draft.sheet in _NAMED:
                by_sheet.setdefault(draft.sheet, []).append(draft)
        done = 0

        def each(sheet: str) -> Iterator[Draft]:
            nonlocal done
            for draft in by_sheet.get(sheet, []):
                yield draft
                done += 1
                if progress is not None and done % 1000 == 0:
                    progress(done, len(drafts))

        houses = [(draft, self.organizations.take(draft)) for draft in each("organizations")]
        people = [
            (draft, *found) for draft in each("people") if (found := self.people.take(draft)) is not None
        ]
        # After the people, whose rows may introduce the company above.
        for draft, house in houses:
            if house is not None:
                self.organizations.part_of(draft, house)
        for draft in each("deals"):
            self.deals.take(draft)
        self.deals.answer()
        owners = [self.people.owners(draft) for draft, _, _ in people]
        for draft, person, company in people:
            self.people.bosses(draft, person, company)
        for (draft, person, _), ours in zip(people, owners, strict=True):
            self.people.covered(draft, person, ours)
        for draft, person, company in people:
            self.committee.of_person(draft, person, company)
        self.ties.expect(by_sheet.get("ties", []))
        for draft in each("ties"):
            self.ties.take(draft)
        for draft in each("stances"):
            self.stances.take(draft)
        for draft, person, _ in people:
            self.stances.of_person(draft, person)
        for draft in each("committee"):
            self.committee.take(draft)
        # Goals before the actions that serve them, and these before the meetings that do them.
        for sheet, take in (
            ("goals", self.work.aim),
            ("actions", self.work.act),
            ("interactions", self.interactions.take),
            ("figures", self.figures.take),
            ("assessments", self.work.assess),
            ("voices", self.work.hear),
        ):
            for draft in each(sheet):
                take(draft)
