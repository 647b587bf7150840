"""Records of every kind, with a neighbour account that must never leak into the first one's scope."""

from __future__ import annotations

from datetime import date

from powermap.model import (
    Action,
    Assessment,
    Batch,
    Change,
    Covers,
    Deal,
    Erasure,
    Evidence,
    Figure,
    Goal,
    Influences,
    Interaction,
    KeptLayout,
    MemberOf,
    Organization,
    PartOf,
    Period,
    Person,
    Record,
    Relates,
    ReportsTo,
    Serves,
    Stands,
    TakesPart,
    Voice,
    WorksAt,
    record_to_props,
)

DAY = date(2026, 3, 1)
SEEN = Evidence("visits.xlsx · 1 · 7", "王芳", DAY, "said so", "assumed", 0.75)


def one_account(a: str, ours: str = "sup-us") -> list[Record]:
    """Build an account with every kind of record; its ids begin with `a`."""
    return [
        Organization(
            f"{a}-org", ("crm|account|1",), name=f"{a} 银行", name_alt="Bank", grade="A", note="x\ny"
        ),
        Organization(f"{a}-unit", name=f"{a} 科技部", type="unit"),
        Organization(f"{a}-team", name=f"{a} 小组", type="unit"),
        Organization(f"{a}-club", name=f"{a} 校友会", type="circle"),
        Person(f"{a}-boss", name="张伟", name_alt="Zhang Wei", power=9.5, email="z@example.org"),
        Person(f"{a}-head", name="李娜", power=4.0, adaptability="early"),
        Person(f"{a}-wife", name="陈静", placeholder=True),
        Person(f"{a}-friend", name="周明"),
        Person(f"{a}-seller", name="Sam Seller"),
        Deal(f"{a}-deal", account=f"{a}-org", name="核心系统", value=1e6, currency="CNY", close_on=DAY),
        Interaction(
            f"{a}-met",
            account=f"{a}-unit",
            on=DAY,
            ours=(f"{a}-seller",),
            theirs=(f"{a}-guest",),
            channel="visit",
        ),
        Person(f"{a}-guest", name="客人"),
        Figure(f"{a}-sum", account=f"{a}-org", measure="revenue", on=DAY, value=12.0, currency="CNY"),
        KeptLayout(f"{a}-layout", account=f"{a}-org", plan='{"lanes": ["科技部"]}'),
        PartOf(f"{a}-t1", f"{a}-unit", f"{a}-org"),
        PartOf(f"{a}-t2", f"{a}-team", f"{a}-unit", Period(None, DAY)),
        WorksAt(f"{a}-t3", f"{a}-boss", f"{a}-org", Period(DAY), SEEN, title="行长", level=1),
        WorksAt(f"{a}-t4", f"{a}-head", f"{a}-team", title="主任", level=3),
        MemberOf(f"{a}-t5", f"{a}-wife", f"{a}-org", role="夫人"),
        MemberOf(f"{a}-t6", f"{a}-boss", f"{a}-club"),
        MemberOf(f"{a}-t7", f"{a}-friend", f"{a}-club"),
        ReportsTo(f"{a}-t8", f"{a}-head", f"{a}-boss", dotted=True),
        Influences(f"{a}-t9", f"{a}-wife", f"{a}-boss", strength=0.5, sign=-1, channel="family"),
        Influences(f"{a}-t10", f"{a}-friend", f"{a}-wife", strength=1.0),
        Covers(f"{a}-t11", f"{a}-seller", f"{a}-boss", duty="deputy"),
        TakesPart(f"{a}-t12", f"{a}-boss", f"{a}-deal", roles=("approver", "user"), votes=2.0, veto=True),
        Stands(f"{a}-t13", f"{a}-boss", ours, attitude=-2, deal=f"{a}-deal", rivalry=3),
        Relates(f"{a}-t14", ours, f"{a}-org", level=2, stages=("need", "order")),
        WorksAt(f"{a}-t15", f"{a}-seller", ours, title="KAM"),
        WorksAt(f"{a}-t16", f"{a}-guest", f"{a}-elsewhere"),
        Organization(f"{a}-elsewhere", name="别处", type="partner"),
        Person(f"{a}-engineer", name="只在行动里的人"),
        WorksAt(f"{a}-t17", f"{a}-engineer", ours),
        Assessment(
            f"{a}-cell", (), f"{a}-org", f"{a}-boss", "support", score=2.0, words="spoke for us", on=DAY, evidence=SEEN
        ),
        Goal(f"{a}-goal", (), f"{a}-org", f"{a}-boss", "key", "attitude", start=-2.0, target=1.0, by=DAY),
        Action(
            f"{a}-act", (), f"{a}-org", f"{a}-goal", "summit", (f"{a}-boss", f"{a}-head"), owner=f"{a}-engineer",
            promise=True, due=DAY, evidence=SEEN,
        ),
        Voice(f"{a}-voice", (), f"{a}-unit", DAY, f"{a}-head", words="太慢", votes=("market",), need=f"{a}-deal"),
        Serves(f"{a}-t18", f"{a}-seller", f"{a}-org", Period(DAY), SEEN, duty="account_manager", days=4.0),
    ]  # fmt: skip


def suppliers() -> list[Record]:
    """Build us and a rival."""
    return [
        Organization("sup-us", name="我方", type="supplier", us=True),
        Organization("sup-rival", name="Rival", type="supplier"),
    ]


def decoys() -> list[Record]:
    """Build what lies near an account and is none of its business."""
    return [
        *one_account("b"),
        Person("lone", name="无关"),
        WorksAt("d1", "lone", "sup-rival"),
        Covers("d2", "lone", "b-head"),
        WorksAt("d3", "a-friend", "b-org", Period(None, DAY)),
        Influences("d4", "lone", "b-boss"),
        Erasure("forgotten", salt="ab", marks=("12", "34"), on=DAY, records=3),
    ]


def everything() -> list[Record]:
    """Build two accounts, the suppliers, and the decoys."""
    return suppliers() + one_account("a") + decoys()


def created(records: list[Record], batch: str = "first") -> Batch:
    """Build the batch that creates `records`."""
    return Batch(
        batch,
        tuple(Change(r.KIND, r.id, None, record_to_props(r), "a.xlsx · 1 · 2") for r in records),
        "me",
        "all",
    )


def change(before: Record | None, after: Record | None) -> Change:
    """Build a change from one version of a record to another."""
    known = after or before
    assert known is not None
    return Change(
        known.KIND,
        known.id,
        None if before is None else record_to_props(before),
        None if after is None else record_to_props(after),
    )
