"""Takes the rows of all sheets into a ledger: things first, then the ties between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from powermap.intake.interactions import Events
from powermap.intake.ties import Tying
from powermap.model.draft import Draft


class Sheets(Tying, Events):
    """Takes the drafts of all files into a ledger."""

    def take(self, drafts: tuple[Draft, ...], progress: Callable[[int, int], None] | None = None) -> None:
        """Take all drafts: every thing before any tie, so that the order of rows and sheets doesn't matter."""
        by_sheet: dict[str, list[Draft]] = {}
        for draft in drafts:
            by_sheet.setdefault(draft.sheet, []).append(draft)
        done = 0

        def each(sheet: str) -> Iterator[Draft]:
            nonlocal done
            for draft in by_sheet.get(sheet, []):
                yield draft
                done += 1
                if progress is not None and done % 1000 == 0:
                    progress(done, len(drafts))

        houses = [(draft, self.organization(draft)) for draft in each("organizations")]
        people = [(draft, *found) for draft in each("people") if (found := self.person(draft)) is not None]
        # After the people, whose rows may introduce the company above.
        for draft, house in houses:
            if house is not None:
                self.part_of(draft, house)
        for draft in each("deals"):
            self.deal(draft)
        owners = [self.owners(draft) for draft, _, _ in people]
        for draft, person, company in people:
            self.bosses(draft, person, company)
        for (draft, person, _), ours in zip(people, owners, strict=True):
            self.covered(draft, person, ours)
        for draft, person, company in people:
            self.part(draft, person, company)
        self._pairs = Counter((d.values.get("from"), d.values.get("to")) for d in by_sheet.get("ties", []))
        for draft in each("ties"):
            self.tie(draft)
        for draft in each("stances"):
            self.stance(draft)
        for draft, person, _ in people:
            self.attitude(draft, person)
        for draft in each("committee"):
            self.seat(draft)
        for draft in each("interactions"):
            self.interaction(draft)
        for draft in each("figures"):
            self.figure(draft)
