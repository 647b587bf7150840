"""What was on record then, what was recorded since, and what was believed before a deal was lost."""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import powermap as pm
from powermap.cli.app import app
from powermap.errors import AnalysisError, StoreError
from powermap.memory.recorded import recorded
from powermap.model import Organization
from powermap.workspace import Workspace

HOUSES = "Name,Type,Us\nAcme,customer,\nOurselves,supplier,yes\nRival,supplier,\n"
OURS = "Name,Company\nOlga Ours,Ourselves\n"
PEOPLE = "Name,Company,Title,Level,Boss,Owner\nBen Stone,Acme,CEO,1,,Olga Ours\nAda Park,Acme,CTO,2,Ben Stone,Olga Ours\n"
DEAL = "Name,Company,Close date,Outcome\nLine 3,Acme,2026-05-31,\n"
SEATS = "Person,Deal,Roles\nBen Stone,Line 3,decider\nAda Park,Line 3,evaluator\n"
ATTITUDES = (
    "Person,Supplier,Attitude,Since\nBen Stone,Ourselves,{},2026-02-01\nAda Park,Ourselves,1,2026-02-01\n"
)


class Story:
    """A store to which files come one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = folder / "power.db"
        self.ws: Workspace = pm.open(self.store, create=True)

    def take(self, name: str, text: str, **how: object) -> datetime:
        """Import a sheet; return an instant after it, which nothing else is recorded in."""
        path = self.folder / f"{name}.csv"
        path.write_text(text, "utf-8")
        done = self.ws.import_([path], **how)  # type: ignore[arg-type]
        assert done.receipt, done.plan.problems
        time.sleep(0.002)
        return datetime.now(UTC)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """An account whose deal was believed to be ours until it was lost."""
    told = Story(tmp_path)
    for name, text in {
        "organizations": HOUSES,
        "ours": OURS,
        "people": PEOPLE,
        "deals": DEAL,
        "committee": SEATS,
    }.items():
        told.take(name, text)
    told.take("attitudes", ATTITUDES.format(2))
    return told


def run(story: Story, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--store", str(story.store), "--lang", "en"])


def test_hindsight_says_what_was_believed_and_what_was_so(story: Story) -> None:
    with story.ws as ws:
        story.take("deals", DEAL.replace("2026-05-31,", "2026-05-31,lost"))
        story.take("attitudes", ATTITUDES.format(-2), correct=True)
        found = ws.hindsight("Acme", "Line 3")
    verdict, wrong = found.findings[0], found.findings[1]
    ben = found.rows[0]
    assert (ben["name"]["en"], ben["then"], ben["now"], ben["key"]) == ("Ben Stone", "+2", "-2", "worse")
    assert [r["key"] for r in found.rows if r["name"]["en"] == "Ada Park"] == ["right"]
    assert found.as_of == date(2026, 5, 30)
    assert (wrong.value, wrong.urgency) == (1, 2)
    assert verdict.value > 0.5
    assert "was lost on 2026-05-31" in verdict.sentence.en
    chance = [int(word.rstrip("%.;")) for word in verdict.sentence.en.split() if "%" in word]
    assert chance[0] > 50 > chance[1]


def test_an_attitude_learnt_after_the_end_was_missed_then(story: Story) -> None:
    with story.ws as ws:
        story.take("deals", DEAL.replace("2026-05-31,", "2026-05-31,lost"))
        story.take("rival", "Person,Supplier,Attitude,Since\nBen Stone,Rival,3,2026-03-01\n")
        rows = ws.hindsight("Acme").rows
    assert next((r["then"], r["now"], r["key"]) for r in rows if r["supplier"] == "Rival") == (
        "?",
        "+3",
        "missed",
    )


def test_an_outcome_that_came_with_the_deal_says_that_nothing_is_known_of_before(tmp_path: Path) -> None:
    story = Story(tmp_path)
    for name, text in {
        "organizations": HOUSES,
        "people": PEOPLE.replace("Olga Ours", ""),
        "deals": DEAL.replace("2026-05-31,", "2026-05-31,lost"),
    }.items():
        story.take(name, text)
    with story.ws as ws:
        found = ws.hindsight("Acme")
    assert not found.rows
    assert "isn't known" in found.findings[0].sentence.en


def test_an_open_deal_has_no_hindsight(story: Story) -> None:
    with story.ws as ws:
        with pytest.raises(AnalysisError, match="no deal of Acme has closed"):
            ws.hindsight("Acme")
        with pytest.raises(AnalysisError, match="still open"):
            ws.hindsight("Acme", "Line 3")


def test_what_was_recorded_since_is_told_once_a_record_by_account(story: Story) -> None:
    since = datetime.now(UTC)
    story.take("organizations2", "Name,Type\nBorealis,customer\n")
    story.take("people2", "Name,Company,Title\nCleo Wing,Borealis,CEO\nAda Park,Acme,COO\n", correct=True)
    story.take("people3", "Name,Company,Title\nAda Park,Acme,CIO\n", correct=True)
    with story.ws as ws:
        found = recorded(ws.store.log(), since)
        assert [(r.change.kind, r.action) for r in found if r.action == "changed"] == [
            ("WORKS_AT", "changed")
        ]
    told = json.loads(run(story, "changes", "Acme", "--since", since.isoformat(), "--json").stdout)
    (row,) = told["rows"]
    assert row["said"]["en"] == "title CTO → CIO"
    assert row["what"]["en"] == "Ada Park → Acme"
    every = json.loads(run(story, "changes", "--since", since.isoformat(), "--json").stdout)
    assert {r["what"]["en"] for r in every["rows"]} >= {"Borealis", "Cleo Wing"}


def test_what_changed_and_changed_back_is_no_change(story: Story) -> None:
    since = datetime.now(UTC)
    story.take("people2", "Name,Company,Title\nAda Park,Acme,COO\n", correct=True)
    story.take("people3", "Name,Company,Title\nAda Park,Acme,CTO\n", correct=True)
    with story.ws as ws:
        assert recorded(ws.store.log(), since) == []


def test_every_question_sees_only_what_was_on_record(story: Story) -> None:
    then = datetime.now(UTC)
    story.take("people2", "Name,Company,Title\nDora Lane,Acme,CFO\n")
    for question in (
        ["show", "Acme"],
        ["search", "Lane"],
        ["brief", "Acme"],
        ["review"],
        ["portfolio"],
        ["accounts"],
        ["todo"],
        ["voices"],
    ):
        now = run(story, *question)
        past = run(story, *question, "--known-at", then.isoformat())
        assert (now.exit_code, past.exit_code) == (0, 0), (question, past.output)
        assert "Dora Lane" not in past.output
    assert "Dora Lane" in run(story, "search", "Lane").output


def test_the_past_is_not_written_to(story: Story) -> None:
    with story.ws as ws:
        past = ws.known_at(datetime.now(UTC))
        with pytest.raises(StoreError, match="not changed"):
            past.undo()
        assert past.account("Acme").lens().keep_layout() is None


def test_the_day_of_what_was_known_is_the_day_asked_about(story: Story) -> None:
    with story.ws as ws:
        then = ws.known_at(datetime.now(UTC) + timedelta(days=400))
        assert then.account("Acme").lens().lens.as_of == date.today() + timedelta(days=400)


def test_before_the_first_record_there_is_nothing(story: Story) -> None:
    with story.ws as ws:
        past = ws.known_at(datetime(2001, 1, 1, tzinfo=UTC))
        assert past.snapshot().all(Organization) == ()
        with pytest.raises(AnalysisError) as error:
            past.account("Acme")
    assert "on record then" in str(error.value.hint)


def test_an_import_is_by_the_user_of_this_machine_or_who_is_named(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("powermap.stores.access.getuser", lambda: "wanda")
    path = story.folder / "more.csv"
    for number, named in enumerate(([], ["--author", "olga"])):
        path.write_text(f"Name,Company\nDora Lane {number},Acme\n", "utf-8")
        assert run(story, "import", str(path), *named).exit_code == 0
    with story.ws as ws:
        assert [r.actor for r in ws.store.receipts()[:2]] == ["olga", "wanda"]
