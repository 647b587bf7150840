"""Ties: rows that say how two people, or two organizations, stand to each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from powermap.intake.context import Context, properties
from powermap.intake.organizations import Organizations
from powermap.intake.people import People
from powermap.model import INFORMATION, Covers, Influences, MemberOf, Person, Relates, Serves, WorksAt
from powermap.model.draft import CLEAR, Draft
from powermap.model.fields import kept

_RECORDS = {
    "part": "PART_OF",
    "relates": "RELATES",
    "serves": "SERVES",
    "covers": "COVERS",
    "knows": "COVERS",
    "member": "MEMBER_OF",
    "reports": "REPORTS_TO",
    "dotted": "REPORTS_TO",
}
"""Kind of tie -> kind of the record that it makes; all others sway."""


class Ties:
    """Rows that say how two people, or two organizations, stand to each other."""

    def __init__(self, context: Context, organizations: Organizations, people: People) -> None:
        self.ledger, self.directory, self.pack = context.ledger, context.directory, context.pack
        self.organizations, self.people = organizations, people
        self._pairs: Counter[tuple[Any, Any]] = Counter()

    def expect(self, drafts: Iterable[Draft]) -> None:
        """Count how often the files name each pair."""
        self._pairs = Counter((d.values.get("from"), d.values.get("to")) for d in drafts)

    def take(self, draft: Draft) -> None:
        """Take a row of the ties sheet."""
        values = draft.values
        kind = values["kind"]
        self.tell_unused(draft)
        if kind in ("part", "relates"):
            self._organizations_tie(draft, kind)
            return
        if kind == "serves":
            self._serve(draft)
            return
        company = None
        if "company" in values or kind not in ("covers", "knows"):
            company = self.organizations.company(draft)
        if "company" in values and company is None:
            return
        house = company.id if company else None
        fields = properties(draft, "COVERS")
        if kind == "knows":
            if not self._is_ours(str(values["from"])):
                self._no_influence(draft)
                return
            kind, fields = "covers", {"duty": "contact", **fields}
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
            self.ledger.tie(
                Covers, start.id, end.id, draft, fields, same=lambda t: t.dst == end.id, identity=(end.id,)
            )
        elif kind in ("reports", "dotted"):
            self.people.report(draft, start, end, dotted=kind == "dotted", field="to")
        else:
            for src, dst in {
                "listens": [(end, start)],
                "mutual": [(start, end), (end, start)],
            }.get(kind, [(start, end)]):
                self._influence(draft, src.id, dst.id, kind)

    def tell_unused(self, draft: Draft) -> None:
        """Say which cells of a row say nothing of a tie of its kind; they are not taken."""
        kind = draft.values["kind"]
        record = _RECORDS.get(kind, "INFLUENCES")
        of_kind = kept("ties", record)
        particular = {
            name for other in set(_RECORDS.values()) | {"INFLUENCES"} for name in kept("ties", other)
        }
        tie = self.pack.say("tie", kind)
        for name in sorted(draft.values.keys() & (particular - of_kind.keys())):
            column = draft.place.headers.get(name, name)
            self.ledger.note(
                f"“{tie.zh}”这种关系没有“{column}”，未导入",
                f"a tie of the kind {tie.en!r} has no {column!r}; not taken",
                draft.place.source,
            )

    def _influence(self, draft: Draft, src: str, dst: str, kind: str) -> None:
        fields = properties(draft, "INFLUENCES")
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
            self.organizations.ambiguous(draft, "to", str(draft.values["to"]), found)
            return
        circle = found[0] if found else self.organizations.create(draft, str(draft.values["to"]), "circle")
        self.ledger.tie(
            MemberOf,
            person.id,
            circle.id,
            draft,
            {},
            same=lambda t: t.dst == circle.id,
            identity=(circle.id,),
        )

    def _serve(self, draft: Draft) -> None:
        """Take one of ours into the team of an account; they may have several duties there."""
        start = self.directory.one_person(draft, "from", None, suppliers=True)
        end = self.organizations.named(draft, "to", kind="customer")
        if start is None or end is None:
            return
        fields = properties(draft, "SERVES")
        duty = fields.get("duty", "")
        self.ledger.tie(
            Serves, start.id, end.id, draft, fields,
            same=lambda t: t.dst == end.id and t.duty == duty, identity=(end.id, duty),
        )  # fmt: skip

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
            self.organizations.named(draft, "from", kind="supplier" if kind == "relates" else None),
            self.organizations.named(draft, "to"),
        )
        if start is None or end is None:
            return
        if kind == "part":
            self.organizations.put_under(draft, start, end)
            return
        fields = properties(draft, "RELATES")
        self.ledger.tie(
            Relates, start.id, end.id, draft, fields, same=lambda t: t.dst == end.id, identity=(end.id,)
        )
