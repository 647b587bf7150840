"""The everyday change in a line: what is written, from which day, by whom, and what is answered to a wrong name."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from powermap.cli import main
from powermap.model import (
    Covers,
    Deal,
    Influences,
    Organization,
    Person,
    Relates,
    ReportsTo,
    Snapshot,
    Stands,
    TakesPart,
    WorksAt,
    props_to_text,
    record_to_props,
)
from powermap.stores import open_store

Run = Callable[..., tuple[int, str, str]]
TODAY = date.today()
PEOPLE = """Name,Company,Title,Level,Boss,Owner,Attitude,Email,Since
Ben Stone,Acme,CEO,1,,Olga Ours,1,,
Ada Park,Acme,CTO,2,Ben Stone,Olga Ours,1,ada@acme.example,2020-01-01
单雄,Acme,Buyer,3,Ada Park,,,,
Cleo Wing,Borealis,CEO,1,,Olga Ours,,,
"""
HOUSES = "Name,Type,Us\nAcme,customer,\nBorealis,customer,\nOurselves,supplier,yes\nRival,supplier,\n"
OURS = "Name,Company\nOlga Ours,Ourselves\nPia Ours,Ourselves\n"
DEALS = "Name,Company,Close date\nLine 3,Acme,2030-12-31\n"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run a command in an empty folder; return its exit code and what it said."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POWERMAP_CONFIG", str(tmp_path / "none.toml"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr("powermap.stores.access.getuser", lambda: "olga")

    def call(*arguments: str, lang: str = "en") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["powermap", *arguments, "--lang", lang])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def filled(run: Run, tmp_path: Path) -> Run:
    for name, text in (("organizations", HOUSES), ("people", PEOPLE), ("ours", OURS), ("deals", DEALS)):
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    code, _, said = run("import", "organizations.csv", "people.csv", "ours.csv", "deals.csv")
    assert code == 0, said
    return run


def state() -> Snapshot:
    with open_store("powermap.db") as store:
        return store.read()


def text() -> str:
    return "\n".join(f"{r.KIND} {props_to_text(record_to_props(r))}" for r in state())


def who(name: str, snapshot: Snapshot | None = None) -> str:
    (found,) = [p.id for p in (snapshot or state()).all(Person) if p.name == name]
    return found


def done(run: Run, *arguments: str) -> str:
    code, out, said = run(*arguments)
    assert code == 0, said
    return out


# -- set ---------------------------------------------------------------------------------------------------------


def test_an_attitude_is_a_change_of_today_with_author_and_ground(filled: Run) -> None:
    out = done(filled, "set", "Ada Park", "attitude", "-2", "--because", "said so at lunch")
    assert "1 created, 1 updated" in out
    after = state()
    ada = who("Ada Park")
    old, new = sorted(
        (t for t in after.all(Stands) if t.src == ada), key=lambda t: t.period.start or date.min
    )
    assert (old.attitude, old.period.end) == (1, TODAY)
    assert (new.attitude, new.period.start, new.evidence.on) == (-2, TODAY, TODAY)
    assert (new.evidence.author, new.evidence.note, new.evidence.source) == (
        "olga",
        "said so at lunch",
        "by hand",
    )
    with open_store("powermap.db") as store:
        assert store.receipts()[0].actor == "olga" and store.receipts()[0].title == "set attitude"


@pytest.mark.parametrize(
    ("field", "value", "cls", "attribute", "before", "after"),
    [
        ("attitude", "supports", Stands, "attitude", 1, 1),
        ("态度", "3", Stands, "attitude", 1, 3),
        ("title", "CIO", WorksAt, "title", "CTO", "CIO"),
        ("职务", "CIO", WorksAt, "title", "CTO", "CIO"),
        ("level", "1", WorksAt, "level", 2, 1),
        ("department", "IT", WorksAt, "unit", "", "IT"),
    ],
)
def test_what_changes_in_the_world_shows_from_its_day_on(
    filled: Run, field: str, value: str, cls: type, attribute: str, before: object, after: object
) -> None:
    day = date(2026, 1, 1)
    done(filled, "set", "Ada Park", field, value, "--on", day.isoformat())
    snapshot, ada = state(), who("Ada Park")
    for when, expected in ((date(2025, 12, 31), before), (day, after)):
        (tie,) = [t for t in snapshot.as_of(when).all(cls) if t.src == ada]
        assert getattr(tie, attribute) == expected


def test_what_a_change_leaves_unsaid_is_carried_over(filled: Run) -> None:
    done(filled, "set", "Ada Park", "level", "1")
    jobs = [t for t in state().as_of(TODAY).all(WorksAt) if t.src == who("Ada Park")]
    assert [(t.title, t.level) for t in jobs] == [("CTO", 1)]


def test_a_correction_makes_no_second_version(filled: Run) -> None:
    done(filled, "set", "Ada Park", "title", "Chief Technology Officer", "--correct")
    done(filled, "set", "Ada Park", "attitude", "0", "--correct")
    snapshot, ada = state(), who("Ada Park")
    (job,) = [t for t in snapshot.all(WorksAt) if t.src == ada]
    (stance,) = [t for t in snapshot.all(Stands) if t.src == ada]
    assert job.title == "Chief Technology Officer" and job.period.start == date(2020, 1, 1)
    assert stance.attitude == 0 and stance.period.start is None


@pytest.mark.parametrize(
    ("field", "value", "attribute", "expected"),
    [
        ("email", "ada.park@acme.example", "email", "ada.park@acme.example"),
        ("phone", "+49 170 1", "phone", "+49 170 1"),
        ("name", "Ada M. Park", "name", "Ada M. Park"),
        ("other name", "朴爱达", "name_alt", "朴爱达"),
        ("power", "8", "power", 8.0),
        ("email", "-", "email", ""),
    ],
)
def test_spelling_and_contact_data_are_corrected(
    filled: Run, field: str, value: str, attribute: str, expected: object
) -> None:
    ada, ties = who("Ada Park"), [r for r in state() if r.KIND.isupper()]
    done(filled, "set", "ada park", field, value)
    after = state()
    person = after.get(Person, ada)
    assert getattr(person, attribute) == expected
    assert [r for r in after if r.KIND.isupper()] == ties


def test_who_left_is_not_employed_again_by_a_new_address(filled: Run) -> None:
    done(filled, "end", "Ada Park", "job", "--on", "2026-01-01")
    done(filled, "set", "Ada Park", "phone", "123 4567")
    assert not [t for t in state().as_of(TODAY).all(WorksAt) if t.src == who("Ada Park")]
    code, _, said = filled("set", "Ada Park", "title", "CIO")
    assert code == 7 and "no job" in said


def test_a_boss_follows_a_boss(filled: Run) -> None:
    done(filled, "set", "单雄", "boss", "Ben Stone")
    snapshot, shan = state(), who("单雄")
    lines = {t.period.end: t.dst for t in snapshot.all(ReportsTo) if t.src == shan}
    assert lines == {TODAY: who("Ada Park"), None: who("Ben Stone")}
    done(filled, "set", "Shan Xiong", "boss", "-")
    assert not [t for t in state().as_of(TODAY).all(ReportsTo) if t.src == shan]


def test_a_new_employer_ends_the_job_and_the_line(filled: Run) -> None:
    done(filled, "set", "Ada Park", "company", "Borealis")
    snapshot, ada = state(), who("Ada Park")
    now = snapshot.as_of(TODAY)
    (job,) = [t for t in now.all(WorksAt) if t.src == ada]
    assert getattr(snapshot.records[job.dst], "name", "") == "Borealis" and job.period.start == TODAY
    assert not [t for t in now.all(ReportsTo) if t.src == ada]
    assert [t.attitude for t in now.all(Stands) if t.src == ada] == [1]


def test_an_owner_follows_an_owner(filled: Run) -> None:
    done(filled, "set", "Ada Park", "owner", "Pia Ours")
    now = [t for t in state().as_of(TODAY).all(Covers) if t.dst == who("Ada Park")]
    assert [(t.src, t.duty) for t in now] == [(who("Pia Ours"), "owner")]


def test_a_role_stands_in_the_only_open_deal(filled: Run) -> None:
    done(filled, "set", "Ada Park", "role", "decider", "--because", "she told us")
    done(filled, "set", "Ada Park", "veto", "yes")
    (seat,) = state().as_of(TODAY).all(TakesPart)
    assert seat.roles == ("decider",) and seat.veto
    assert "she told us" in {t.evidence.note for t in state().all(TakesPart)}


def test_an_outcome_says_who_won_why_and_when(filled: Run) -> None:
    done(filled, "set", "Line 3", "outcome", "lost", "--to", "Rival", "--because", "cheaper")
    (deal,) = state().all(Deal)
    rival = next(o.id for o in state().all(Organization) if o.name == "Rival")
    assert (deal.outcome, deal.won_by, deal.close_on) == ("lost", rival, TODAY)
    assert deal.note == f"{TODAY}: cheaper"
    assert filled("set", "Line 3", "outcome", "won", "--to", "Rival")[0] == 7
    done(filled, "set", "Line 3", "outcome", "won")
    ours = next(o.id for o in state().all(Organization) if o.us)
    assert state().all(Deal)[0].won_by == ours


def test_grades_and_relations_of_an_account(filled: Run) -> None:
    done(filled, "set", "Acme", "grade", "S")
    done(filled, "set", "Acme", "level", "3", "--because", "contract signed")
    after = state()
    assert next(o.grade for o in after.all(Organization) if o.name == "Acme") == "S"
    assert [(t.level, t.evidence.note) for t in after.all(Relates)] == [(3, "contract signed")]


def test_what_is_so_already_is_not_written(filled: Run) -> None:
    before = text()
    for arguments in (
        ("title", "CTO"),
        ("boss", "Ben Stone"),
        ("email", "ada@acme.example"),
        ("owner", "Olga Ours"),
    ):
        assert "nothing to change" in done(filled, "set", "Ada Park", *arguments)
    assert "已经是这样" in filled("set", "Ada Park", "level", "2", lang="zh")[1]
    assert text() == before


# -- wrong names and values --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "hint"),
    [
        (("set", "Ada Prak", "title", "x"), 7, "Ada Park"),
        (("set", "Ada Park", "atitude", "1"), 7, "attitude"),
        (("set", "Ada Park", "attitude", "9"), 3, "-2, -1, 0, 1, 2, 3"),
        (("set", "Ada Park", "attitude", "great"), 3, ""),
        (("set", "Ada Park", "boss", "Ben Stown"), 7, "Ben Stone"),
        (("set", "Ada Park", "boss", "Ada Park"), 9, ""),
        (("set", "Ben Stone", "boss", "单雄"), 9, ""),
        (("set", "Ada Park", "company", "Akme"), 7, "Acme"),
        (("set", "Line 4", "outcome", "won"), 7, "Line 3"),
        (("tie", "Ada Park", "swais", "Ben Stone"), 3, ""),
        (("tie", "Ada Park", "sways", "Ben Stone", "7"), 3, "0.1 to 1"),
        (("tie", "Ada Park", "sways", "Ada Park"), 9, ""),
        (("end", "Ada Park", "sways", "Ben Stone"), 7, ""),
        (("end", "Olga Ours", "covers"), 7, "Ben Stone"),
        (("handover", "Olga Ours", "Ada Park"), 7, ""),
        (("handover", "Pia Ours", "Olga Ours"), 7, ""),
        (("handover", "Olga Ours", "Pia Ours", "--account", "Nowhere"), 7, "Acme"),
        (("add", "person", "Ada Park", "--account", "Acme"), 7, "set"),
        (("add", "person", "Eve", "--account", "Akme"), 7, "Acme"),
        (("add", "organization", "acme"), 7, "set"),
        (("add", "deal", "Line 3", "--account", "Acme"), 7, "set"),
    ],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_wrong_word_is_answered_with_what_is_nearest_and_writes_nothing(
    filled: Run, arguments: tuple[str, ...], code: int, hint: str, lang: str
) -> None:
    before = text()
    found, out, said = filled(*arguments, lang=lang)
    assert found == code, said
    if lang == "en":
        assert hint in said
    else:
        assert any("\u4e00" <= c <= "\u9fff" for c in said + out)
    assert text() == before


def test_of_two_of_one_name_the_ids_are_told_and_an_account_decides(filled: Run) -> None:
    done(filled, "add", "person", "Ada Park", "--account", "Borealis")
    code, _, said = filled("set", "Ada Park", "title", "Chair")
    assert code == 7 and "Borealis" in said and "CTO Acme" in said
    done(filled, "set", "Ada Park", "title", "Chair", "--account", "Borealis")
    assert sorted(t.title for t in state().as_of(TODAY).all(WorksAt) if t.title in ("CTO", "Chair")) == [
        "CTO",
        "Chair",
    ]


def test_a_dry_run_shows_and_writes_nothing(filled: Run) -> None:
    before = text()
    out = done(filled, "set", "Ada Park", "attitude", "3", "--dry-run")
    assert "dry run" in out and "attitude 3" in out
    done(filled, "tie", "Ada Park", "sways", "Ben Stone", "--dry-run")
    done(filled, "add", "person", "Eve Lake", "--account", "Acme", "--dry-run")
    done(filled, "handover", "Olga Ours", "Pia Ours", "--dry-run")
    done(filled, "end", "Ada Park", "job", "--dry-run")
    assert text() == before


def test_json_is_the_plan_with_its_receipt(filled: Run) -> None:
    shape = json.loads(done(filled, "set", "Ada Park", "attitude", "3", "--json"))
    assert shape["schema"] == "powermap.plan/1" and shape["receipt"]["batch"]
    assert {c["kind"] for c in shape["changes"]} == {"STANDS"}


# -- tie, end, handover, add, undo -------------------------------------------------------------------------------


def test_a_tie_is_made_changed_and_ended(filled: Run) -> None:
    done(
        filled,
        "tie",
        "Ada Park",
        "sways",
        "Ben Stone",
        "0.6",
        "--on",
        "2026-01-01",
        "--because",
        "seen",
        "--channel",
        "advice",
    )
    done(filled, "tie", "Ada Park", "sways", "Ben Stone", "80%", "--on", "2026-03-01", "--channel", "advice")
    done(filled, "end", "Ada Park", "sways", "--on", "2026-05-01")
    ties = sorted(state().all(Influences), key=lambda t: t.period.start or date.min)
    assert [(t.strength, t.period.start, t.period.end) for t in ties] == [
        (0.6, date(2026, 1, 1), date(2026, 3, 1)),
        (0.8, date(2026, 3, 1), date(2026, 5, 1)),
    ]
    assert ties[0].evidence.note == "seen" and ties[0].channel == "advice"


@pytest.mark.parametrize(
    ("arguments", "src", "dst"),
    [
        (("Ada Park", "listens to", "Ben Stone"), "Ben Stone", "Ada Park"),
        (("Ada Park", "影响", "单雄"), "Ada Park", "单雄"),
        (("Ada Park", "conflicts with", "Ben Stone"), "Ada Park", "Ben Stone"),
    ],
)
def test_kinds_of_ties_are_said_in_words(filled: Run, arguments: tuple[str, ...], src: str, dst: str) -> None:
    done(filled, "tie", *arguments)
    (tie,) = state().all(Influences)
    assert (tie.src, tie.dst) == (who(src), who(dst))
    done(filled, "end", *arguments)
    assert not state().as_of(TODAY).all(Influences)


def test_ends_of_a_job_tell_who_still_covers(filled: Run) -> None:
    out = done(filled, "end", "Ada Park", "job")
    assert "Olga Ours is still down as covering Ada Park" in out
    done(filled, "end", "Olga Ours", "coverage", "Ada Park")
    now = state().as_of(TODAY)
    assert not [t for t in now.all(WorksAt) if t.src == who("Ada Park")]
    assert not [t for t in now.all(Covers) if t.dst == who("Ada Park")]


def test_a_handover_is_one_batch_of_one_account_or_of_all(filled: Run) -> None:
    before = text()
    done(filled, "tie", "Pia Ours", "covers", "Ben Stone", "--duty", "deputy")
    done(filled, "handover", "Olga Ours", "Pia Ours", "--account", "Acme")
    now = state().as_of(TODAY)
    held = {(t.src, t.dst): t.duty for t in now.all(Covers)}
    assert held == {
        (who("Pia Ours"), who("Ben Stone")): "owner",
        (who("Pia Ours"), who("Ada Park")): "owner",
        (who("Olga Ours"), who("Cleo Wing")): "owner",
    }
    done(filled, "undo")
    done(filled, "undo")
    assert text() == before
    done(filled, "handover", "Olga Ours", "Pia Ours")
    assert {t.src for t in state().as_of(TODAY).all(Covers)} == {who("Pia Ours")}


def test_a_person_is_added_with_what_is_known(filled: Run) -> None:
    out = done(
        filled, "add", "person", "Eve Lake", "--account", "Acme", "--title", "Controller", "--boss", "Ben Stone",
        "--owner", "Olga Ours", "--attitude", "2", "--email", "eve@acme.example", "--because", "fair",
    )  # fmt: skip
    assert "6 created" not in out
    snapshot, eve = state().as_of(TODAY), who("Eve Lake")
    assert [t.title for t in snapshot.all(WorksAt) if t.src == eve] == ["Controller"]
    assert [t.dst for t in snapshot.all(ReportsTo) if t.src == eve] == [who("Ben Stone")]
    assert [t.src for t in snapshot.all(Covers) if t.dst == eve] == [who("Olga Ours")]
    (stance,) = [t for t in snapshot.all(Stands) if t.src == eve]
    assert (stance.attitude, stance.period.start, stance.evidence.note) == (2, TODAY, "fair")


def test_who_looks_like_somebody_known_is_said(filled: Run) -> None:
    assert "this may be Ada Park" in done(filled, "add", "person", "Ada Parc", "--account", "Acme")
    assert "拼音相同" in filled("add", "person", "Shan Xiong", "--account", "Acme", lang="zh")[1]


def test_a_store_begins_with_an_organization(run: Run) -> None:
    code, _, said = run("add", "organization", "Acme", "--grade", "Z")
    assert code == 3 and not Path("powermap.db").exists(), said
    done(run, "add", "organization", "Acme", "--grade", "A")
    done(run, "add", "organization", "Plant", "--type", "unit", "--part-of", "Acme")
    done(run, "add", "person", "Ada Park", "--account", "Plant")
    done(run, "add", "deal", "Line", "--account", "Acme", "--value", "4m", "--rule", "CEO")
    assert [d.value for d in state().all(Deal)] == [4e6]
    assert run("set", "x", "title", "y", "--store", "nowhere.db")[0] == 5 and not Path("nowhere.db").exists()


def test_undo_takes_back_one_after_the_other_and_then_says_so(filled: Run) -> None:
    states = [text()]
    for field, value in (("attitude", "3"), ("title", "CIO"), ("email", "-")):
        done(filled, "set", "Ada Park", field, value)
        states.append(text())
    while len(states) > 1:
        assert text() == states.pop()
        done(filled, "undo")
    assert text() == states.pop()
    done(filled, "undo")
    code, _, said = filled("undo")
    assert code == 5 and "nothing to undo" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("set", "Ada Park", "attitude", "?"),
        ("set", "Ada Park", "attitude", "2", "--to", "Rival", "--on", "2026-01-01"),
        ("set", "Ada Park", "attitude", "2", "--deal", "Line 3"),
        ("set", "Ada Park", "guidance", "1"),
        ("set", "Ada Park", "company", "Borealis"),
        ("set", "Ada Park", "owner", "-"),
        ("set", "Ada Park", "dotted boss", "Cleo Wing"),
        ("set", "Borealis", "part of", "Acme"),
        ("set", "Line 3", "rule", "CEO"),
        ("tie", "Ada Park", "both ways", "Ben Stone"),
        ("tie", "Ada Park", "member of", "Golf club"),
        ("tie", "Pia Ours", "knows", "Ada Park"),
        ("tie", "Ourselves", "relates", "Acme", "2"),
        ("end", "Ada Park", "reports to"),
        ("handover", "Olga Ours", "Pia Ours"),
        ("add", "person", "Eve Lake", "--account", "Acme", "--owner", "New Ours"),
        ("merge", "Ada Park", "Ben Stone", "--yes"),
        ("merge", "Acme", "Borealis", "--yes"),
    ],
    ids=" ".join,
)
def test_whatever_is_said_undo_takes_back(filled: Run, arguments: tuple[str, ...]) -> None:
    before = text()
    done(filled, *arguments)
    after = text()
    assert after != before
    done(filled, "undo")
    assert text() == before
    with open_store("powermap.db") as store:
        assert store.verify() == []
        last = store.receipts()[0].batch
    done(filled, "undo", last)
    assert text() == after


def test_what_another_program_writes_is_imported(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def piped(content: str) -> None:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content.encode())))

    piped("Name,Company,Title\nAda Park,Acme,CTO\n")
    done(run, "import", "-")
    piped("Name\nBen Stone\n")
    code, _, said = run("import", "-")
    assert code == 2 and "--account" in said
    piped("Name\nBen Stone\n")
    done(run, "import", "-", "--account", "Acme")
    assert sorted(p.name for p in state().all(Person)) == ["Ada Park", "Ben Stone"]
    piped("")
    assert run("import", "-")[0] == 2


# -- one person is one -------------------------------------------------------------------------------------------


def test_duplicates_are_listed_merged_and_undone(filled: Run) -> None:
    done(filled, "add", "person", "Park, A. Ada", "--account", "Acme", "--email", "ada@acme.example")
    before = text()
    out = done(filled, "duplicates")
    assert "the same" in out and "ada@acme.example" in out and "powermap merge" in out
    assert "邮箱相同" in filled("duplicates", lang="zh")[1]
    (pair,) = json.loads(done(filled, "duplicates", "--json"))["pairs"]
    assert pair["verdict"] == "same" and {pair["a"]["name"], pair["b"]["name"]} == {
        "Ada Park",
        "A. Ada Park",
    }
    assert done(filled, "merge", "Ada Park", "A. Ada Park", "--dry-run") and text() == before
    done(filled, "merge", "Ada Park", "A. Ada Park")
    assert "no duplicates" in done(filled, "duplicates") and who("Ada Park")
    done(filled, "undo")
    assert text() == before


def test_a_merge_of_what_contradicts_needs_a_yes(filled: Run) -> None:
    code, _, said = filled("merge", "Ada Park", "Ben Stone")
    assert code == 7 and "--yes" in said
    code, _, said = filled("merge", "Ada Park", "Acme", "--yes")
    assert code == 7 and "two people" in said
    shape = json.loads(done(filled, "merge", "Ada Park", "Ben Stone", "--yes", "--json"))
    assert shape["receipt"]["batch"] and {"title", "level"} & {c["field"] for c in shape["conflicts"]}


# -- completion --------------------------------------------------------------------------------------------------


def completed(what: str, begun: str, **params: str) -> list[str]:
    from powermap.cli.completion import offers

    return offers(what)(SimpleNamespace(params=params), begun)  # type: ignore[arg-type]


def test_the_shell_knows_accounts_and_people(filled: Run) -> None:
    assert completed("accounts", "") == ["Acme", "Borealis"] and completed("accounts", "bo") == ["Borealis"]
    assert completed("people", "ada") == ["Ada Park"] and completed("people", "dan") == ["单雄"]
    assert completed("deals", "L") == ["Line 3"] and "Rival" in completed("houses", "R")
    assert {"Acme", "Ada Park"} <= set(completed("things", "A"))


def test_completion_never_raises_makes_nothing_and_waits_for_nobody(run: Run, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no store")
    for store in ("nowhere.db", "text.db", ".", "bolt://127.0.0.1:1", "\0"):
        assert completed("people", "a", store=store) == []
    assert not (tmp_path / "nowhere.db").exists()
    (tmp_path / "none.toml").write_text("store = [")
    assert completed("people", "a") == []


def test_completion_leaves_the_store_as_it_is(filled: Run, tmp_path: Path) -> None:
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert completed("people", "")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before
    with open_store("powermap.db") as store:
        assert store.accounts() and completed("people", "ada") == ["Ada Park"]
