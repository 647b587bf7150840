"""What a cell of a judgement, a goal, an action or a voice is about: a person, an organization, a deal."""

from __future__ import annotations

from collections.abc import Collection

from powermap.intake.context import Context, written
from powermap.intake.deals import Deals
from powermap.intake.organizations import Organizations
from powermap.model import Organization, Person, Thing
from powermap.model.draft import Draft
from powermap.words import Words

CALLED = {
    "person": Words("人员", "person"),
    "organization": Words("组织", "organization"),
    "deal": Words("项目", "deal"),
}


class Subjects:
    """Finds the one thing that a cell names, of several kinds."""

    def __init__(self, context: Context, organizations: Organizations, deals: Deals) -> None:
        self.ledger, self.directory = context.ledger, context.directory
        self.organizations, self.deals = organizations, deals

    def people(
        self, draft: Draft, field: str, company: Organization, *, ours: bool = False
    ) -> tuple[str, ...] | None:
        """Return the ids of the people whom a cell of one name or several names; None if somebody isn't found."""
        cell = written(draft, field)
        texts = cell if isinstance(cell, tuple) else () if cell is None else (str(cell),)
        found = [self.directory.one_person(draft, field, company.id, suppliers=ours, text=t) for t in texts]
        return None if None in found else tuple(p.id for p in found if p is not None)

    def one(
        self, draft: Draft, field: str, company: Organization, kinds: Collection[str], text: str = ""
    ) -> str | None:
        """Return the id of the one thing of these kinds that a cell names; anything else is a problem, and None."""
        text = text or str(draft.values[field])
        found = self.candidates(text, company, kinds)
        if len(found) == 1:
            return found[0].id
        if found and len(kinds) == 1 and isinstance(found[0], Person):
            self.directory.one_person(draft, field, company.id, text=text)
            return None
        names = "; ".join(f"{getattr(t, 'name', '')} [{t.id}]" for t in found[:8])
        zh = "或".join(CALLED[k].zh for k in CALLED if k in kinds)
        en = " or ".join(CALLED[k].en for k in CALLED if k in kinds)
        near = "" if found else self.directory.nearest(text, [company.id])
        self.ledger.problems.append(
            draft.place.problem(
                field,
                text,
                f"{len(found)} things are called {text!r}" if found else f"no {en} here is called {text!r}",
                f"write the id of one: {names}" if found else f"did you mean {near}?" if near else "correct the name, or add it to its own sheet",
                zh=f"有 {len(found)} 个都叫“{text}”" if found else f"没有叫“{text}”的{zh}",
                suggestion_zh=f"请写其中一个的编号：{names}" if found else f"是不是 {near}？" if near else "请改正，或在它自己的表里加上",
                code="ambiguous-subject" if found else "unknown-subject",
            )
        )  # fmt: skip
        return None

    def candidates(self, text: str, company: Organization, kinds: Collection[str]) -> list[Thing]:
        """Return the things of these kinds that a text may name: people and deals of the company, organizations."""
        found: dict[str, Thing] = {}
        if "person" in kinds:
            found |= {p.id: p for p in self.directory.person(text, company.id)}
        if "organization" in kinds:
            found |= {o.id: o for o in self.directory.organization(text)}
        if "deal" in kinds:
            found |= {d.id: d for d in self.deals.called(company, text)}
        return list(found.values())
