"""Ties, stances and seats: rows that say how two things stand to each other."""

from __future__ import annotations

from collections import Counter
from typing import Any

from powermap.intake.row_values import pick
from powermap.intake.people import Staff
from powermap.model import (
    INFORMATION,
    Covers,
    Influences,
    MemberOf,
    Organization,
    Person,
    Relates,
    Stands,
    TakesPart,
    WorksAt,
)
from powermap.model.draft import CLEAR, Draft


class Tying(Staff):
    """Ties, stances and seats: rows that say how two things stand to each other."""

    _pairs: Counter[tuple[Any, Any]]

    def tie(self, draft: Draft) -> None:
        values = draft.values
        kind = values["kind"]
        if kind in ("part", "relates"):
            self._organizations_tie(draft, kind)
            return
        company = self.company(draft) if "company" in values or kind not in ("covers", "knows") else None
        if "company" in values and company is None:
            return
        house = company.id if company else None
        if kind == "knows":
            if not self._is_ours(str(values["from"])):
                self._no_influence(draft)
                return
            kind, values = "covers", {"duty": "contact", **values}
        start = self.directory.one_person(draft, "from", house, suppliers=kind == "covers")
        if kind == "member":
            self._member(draft, start)
            return
        end = self.directory.one_person(draft, "to", house)
        if start is None or end is None:
            return
        if start.id == end.id:
            self.ledger.problems.append(
                draft.place.problem(
                    "to",
                    end.name,
                    "a tie needs two people",
                    "correct one of the two",
                    zh="关系两端不能是同一个人",
                    suggestion_zh="请改正其中一个",
                    code="own-tie",
                )
            )
        elif kind == "covers":
            fields = pick(values, ("strength", "duty"))
            self.ledger.tie(
                Covers, start.id, end.id, draft, fields, same=lambda t: t.dst == end.id, identity=(end.id,)
            )
        elif kind in ("reports", "dotted"):
            self._reports(draft, start, end, kind == "dotted", "to")
        else:
            for src, dst in {
                "listens": [(end, start)],
                "mutual": [(start, end), (end, start)],
            }.get(kind, [(start, end)]):
                self._influence(draft, src.id, dst.id, kind)

    def _influence(self, draft: Draft, src: str, dst: str, kind: str) -> None:
        fields = pick(draft.values, ("strength", "sign", "channel"))
        if kind == "conflict":
            fields["sign"] = -1
        if kind == "informs":
            fields.setdefault("channel", INFORMATION)
        channel = fields.get("channel", "")
        channel = "" if channel is CLEAR else channel
        sign = fields.get("sign", 1)
        known = {t.channel for t in self.ledger.ties(Influences, src, dst) if t.sign == sign}
        # A pair with one tie, in the store and in the file, keeps it when its channel is corrected.
        alone = len(known) == 1 and self._pairs[draft.values["from"], draft.values["to"]] == 1
        self.ledger.tie(
            Influences, src, dst, draft, fields,
            same=lambda t: t.dst == dst and t.sign == sign and (alone or t.channel == channel),
            identity=(dst, sign, channel),
        )  # fmt: skip

    def _member(self, draft: Draft, person: Person | None) -> None:
        found = self.directory.organization(str(draft.values["to"]))
        if person is None:
            return
        if len(found) > 1:
            self._ambiguous(draft, "to", str(draft.values["to"]), found)
            return
        circle = found[0] if found else self._new_organization(draft, str(draft.values["to"]), "circle")
        self.ledger.tie(
            MemberOf,
            person.id,
            circle.id,
            draft,
            {},
            same=lambda t: t.dst == circle.id,
            identity=(circle.id,),
        )

    def _is_ours(self, text: str) -> bool:
        """Tell whether a cell names nobody, which is told elsewhere, or somebody of a supplier."""
        people = self.directory.person(text, None, suppliers=True)
        suppliers = {o.id for o in self.directory.suppliers()}
        return not people or any(t.dst in suppliers for p in people for t in self.ledger.ties(WorksAt, p.id))

    def _no_influence(self, draft: Draft) -> None:
        """Refuse an acquaintance that isn't one of ours: it doesn't say who sways whom."""
        self.ledger.problems.append(
            draft.place.problem(
                "kind",
                "认识 / knows",
                f"{draft.values['from']} is nobody of ours: that they know each other doesn't say who sways whom",
                "write sways, listens to or both ways",
                zh=f"{draft.values['from']} 不是我方的人：只说“认识”，看不出谁影响谁",
                suggestion_zh="请写影响、听取或互相影响",
                code="no-influence",
            )
        )

    def _organizations_tie(self, draft: Draft, kind: str) -> None:
        start, end = (
            self._organization(draft, "from", kind="supplier" if kind == "relates" else None),
            self._organization(draft, "to"),
        )
        if start is None or end is None:
            return
        if kind == "part":
            self._part(draft, start, end)
            return
        fields = pick(draft.values, ("level", "bond", "stickiness", "stages"))
        self.ledger.tie(
            Relates, start.id, end.id, draft, fields, same=lambda t: t.dst == end.id, identity=(end.id,)
        )

    def stance(self, draft: Draft) -> None:
        company = self.company(draft) if "company" in draft.values else None
        if "company" in draft.values and company is None:
            return
        person = self.directory.one_person(draft, "person", company.id if company else None)
        supplier = (
            self._organization(draft, "supplier", kind="supplier")
            if "supplier" in draft.values
            else self.us(draft)
        )
        if person is None or supplier is None:
            return
        if supplier.type != "supplier":
            self.ledger.problems.append(
                draft.place.problem(
                    "supplier",
                    supplier.name,
                    f"{supplier.name} is a {supplier.type}, not a supplier",
                    "mark it as supplier in the organizations sheet",
                    zh=f"“{supplier.name}”不是供应商",
                    suggestion_zh="请在组织表里把类型改为供应商",
                    code="not-a-supplier",
                )
            )
            return
        deal = ""
        if draft.values.get("deal") not in (None, CLEAR):
            home = company or next(
                (self.ledger.records[c] for c in self.directory.companies[person.id]), None
            )
            found = self._deal(draft, home) if isinstance(home, Organization) else None
            if found is None:
                return
            deal = found.id
        fields = pick(
            draft.values, ("acceptance", "participation", "support", "information", "guidance", "rivalry")
        )
        value = draft.values["attitude"]
        fields |= {"attitude": None if value is CLEAR else value, "deal": deal}
        self.ledger.tie(
            Stands,
            person.id,
            supplier.id,
            draft,
            fields,
            same=lambda t: t.dst == supplier.id and t.deal == deal,
            identity=(supplier.id, deal),
        )

    def seat(self, draft: Draft) -> None:
        company = self.company(draft)
        if company is None:
            return
        person = self.directory.one_person(draft, "person", company.id)
        deal = self._deal(draft, company)
        if person is not None and deal is not None:
            fields = pick(draft.values, ("roles", "votes", "veto"))
            self.ledger.tie(
                TakesPart,
                person.id,
                deal.id,
                draft,
                fields,
                same=lambda t: t.dst == deal.id,
                identity=(deal.id,),
            )
