"""Deals: those a sheet lists, and the one a row means."""

from __future__ import annotations

from powermap.intake.organizations import Companies
from powermap.intake.ledger import Ledger
from powermap.intake.row_values import pick
from powermap.method.decision import RuleFault, parse
from powermap.model import Deal, Organization, Record
from powermap.model.draft import CLEAR, Draft
from powermap.model.naming import fold


class Deals(Companies):
    """Deals: those a sheet lists, and the one a row means."""

    def __init__(self, ledger: Ledger, *, account: str | None, us: str | None) -> None:
        super().__init__(ledger, account=account, us=us)
        self._deals: dict[tuple[str, str], list[str]] = {}
        for record in ledger.records.values():
            if isinstance(record, Deal):
                self._index_deal(record)

    def _index_deal(self, deal: Deal) -> None:
        for text in (deal.name, deal.name_alt, deal.id, *(k.rsplit("/", 1)[-1] for k in deal.keys)):
            if text:
                ids = self._deals.setdefault((deal.account, fold(text)), [])
                if deal.id not in ids:
                    ids.append(deal.id)

    def deal(self, draft: Draft) -> None:
        company = self.company(draft)
        if company is None:
            return
        values = draft.values
        key = f"file|deal|{company.id}/{values['id']}" if values.get("id") not in (None, CLEAR) else ""
        ids = self._deals.get((company.id, fold(str(values["id"]))), []) if key else []
        if not ids:
            named = self._deals.get((company.id, fold(str(values["name"]))), [])
            # A new id: a deal of that name that has none yet, else a new one.
            ids = [i for i in named if not key or not _has_id(self.ledger.records[i])]
        old = self.ledger.records.get(ids[0]) if len(ids) == 1 else None
        fields = pick(
            values,
            (
                "name",
                "name_alt",
                "horizon",
                "stage",
                "value",
                "currency",
                "rule",
                "project_type",
                "close_on",
                "outcome",
                "note",
            ),
        )
        if isinstance(fields.get("rule"), str):
            try:
                parse(fields["rule"])
            except RuleFault as fault:
                where = f"{fields['rule'][: fault.position]}⟨?⟩{fields['rule'][fault.position :]}"
                self.ledger.problems.append(
                    draft.place.problem(
                        "rule",
                        fields["rule"],
                        fault.message,
                        f"here: {where}",
                        zh=f"决策规则读不懂：{fault.words.zh}",
                        suggestion_zh=f"位置：{where}",
                        code="decision-rule",
                    )
                )
                return
        if "won_by" in values and values["won_by"] is not CLEAR:
            winner = self._organization(draft, "won_by", kind="supplier")
            if winner is not None:
                fields["won_by"] = winner.id
        if isinstance(old, Deal) and key and str(values["id"]) == old.id:
            key = ""
        record = self.ledger.thing(
            old if isinstance(old, Deal) else None,
            lambda i: Deal(id=i, account=company.id, name=str(values["name"])),
            draft,
            fields,
            key,
        )
        if record is not None:
            self._index_deal(record)

    def _deal(self, draft: Draft, company: Organization) -> Deal | None:
        written = draft.values.get("deal")
        if written is None or written is CLEAR:
            ids = list(
                dict.fromkeys(
                    i for (account, _), found in self._deals.items() if account == company.id for i in found
                )
            )
            still_open = [d for d in self.ledger.of(Deal, ids) if not d.outcome]
            if len(still_open) == 1:
                return still_open[0]
            if not ids:
                deal = Deal(
                    id=self.ledger.new_id(),
                    account=company.id,
                    name="采购" if _chinese(company.name) else "Purchase",
                )
                self.ledger.note(
                    f"新建项目“{deal.name}”以记角色，客户",
                    f"new deal {deal.name!r}, to hold the roles at",
                    company.name,
                )
                self.ledger.put(deal, draft.place)
                self._index_deal(deal)
                return deal
            names = "; ".join(getattr(self.ledger.records[i], "name", "") for i in ids)
            # The sheet may have no such column: it is called as it would be among those that it has.
            lacking = "项目" if _chinese("".join(draft.place.headers.values())) else "deal"
            self.ledger.problems.append(
                draft.place.problem(
                    "deal" if "deal" in draft.place.headers else lacking,
                    "",
                    "which deal is this role in?",
                    f"add a deal column; deals: {names}",
                    zh="这是哪个项目里的角色？",
                    suggestion_zh=f"请加“项目”列；项目有：{names}",
                    code="which-deal",
                )
            )
            return None
        ids = self._deals.get((company.id, fold(str(written))), [])
        if len(ids) == 1:
            return self.ledger.of(Deal, ids)[0]
        names = "; ".join(
            dict.fromkeys(
                getattr(self.ledger.records[i], "name", "")
                for (a, _), f in self._deals.items()
                if a == company.id
                for i in f
            )
        )
        self.ledger.problems.append(
            draft.place.problem(
                "deal",
                written,
                f"{company.name} has no deal {written!r}"
                if not ids
                else f"{len(ids)} deals are called {written!r}",
                f"deals: {names}" if names else "add it to the deals sheet",
                zh=f"{company.name} 有 {len(ids)} 个项目叫“{written}”"
                if ids
                else f"{company.name} 没有项目“{written}”",
                suggestion_zh=f"项目有：{names}" if names else "请在项目表里加上",
                code="unknown-deal",
            )
        )
        return None


def _has_id(record: Record) -> bool:
    return isinstance(record, Deal) and any(k.startswith("file|deal|") for k in record.keys)


def _chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)
