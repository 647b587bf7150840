"""The questions: each prints sentences first, then a table, then how the numbers came about."""

from __future__ import annotations

import csv
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from powermap.cli.language import offer, told
from powermap.cli.options import (
    AccountName,
    AsOf,
    DealName,
    Eyes,
    Here,
    Known,
    Look,
    Measures,
    Printed,
    Shape,
)
from powermap.words import Words, both

Circles = Annotated[
    bool,
    typer.Option(
        "--circles",
        help=told(
            "也允许借道同一圈子的成员，强度很低。",
            "Let ways run between the members of a circle too, at a low strength.",
        ),
    ),
]


@dataclass(frozen=True)
class Asking:
    """What every question is asked with."""

    account: str
    look: Look
    printed: Printed
    here: Here
    measures: bool = False

    def ask(self, name: str, *arguments: Any, **more: Any) -> None:
        """Ask a question and print the answer."""
        from powermap.cli.screen import emit

        with self.here.open() as ws:
            answer = self.look.at(ws, self.account).ask(name, *arguments, **more)
        emit(answer, self.here.language, self.printed.form.value, self.measures)


QUESTIONS = {
    "show": Words(
        "谁是谁：人员、职务、上级、角色、话语权、态度，以及由谁负责。",
        "Who is who: people, posts, bosses, roles, power, attitude, and who looks after them.",
    ),
    "decides": Words(
        "谁决定、谁能否决：已知决策规则按规则，否则按角色和层级。",
        "Who decides, and who can block: by the decision rule if it is known, else by roles and rank.",
    ),
    "brief": Words(
        "最重要的十来条结论，最急的在前。",
        "The dozen most important findings, most urgent first.",
    ),
    "compare": Words(
        "与对手相比处境如何：谁领先、谁在争夺、谁没人覆盖、谁不清楚。",
        "Where we stand against the competitors: who leads with whom, contested, uncovered, unknown.",
    ),
}
"""Questions that take an account and nothing more, with their help."""


def _command(name: str, words: Words) -> Callable[..., None]:
    def command(
        account: AccountName,
        look: Look = Look(),
        measures: Measures = False,
        printed: Printed = Printed(),
        here: Known = Known(),
    ) -> None:
        Asking(account, look, printed, here, measures).ask(name)

    command.__doc__ = words.en
    return command


def sways(
    account: AccountName,
    layers: Annotated[
        bool,
        typer.Option(
            "--layers",
            help=told(
                "分层排名（汇报线、各渠道、圈子），再合起来排名。",
                "Ranks on each layer apart (reporting lines, channels, circles) and together.",
            ),
        ),
    ] = False,
    look: Look = Look(),
    measures: Measures = False,
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """Who has influence, beside formal rank, and where the two differ."""
    Asking(account, look, printed, here, measures).ask("layers" if layers else "sways")


def ways(
    account: AccountName,
    person: Annotated[
        str | None,
        typer.Argument(
            metavar="PERSON",
            help=told("要接近谁；默认每位决策者。", "Whom to reach; default: every decision-maker."),
        ),
    ] = None,
    circles: Circles = False,
    through_opponents: Annotated[
        bool,
        typer.Option(
            "--through-opponents",
            help=told(
                "也借道反对者和对手的排他支持者；逐个点名。",
                "Pass opponents and a rival's exclusive supporters too; each is named.",
            ),
        ),
    ] = False,
    look: Look = Look(),
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """How to reach somebody: whom to ask to bring you, the alternatives, and a backup that shares nobody."""
    asking = Asking(account, look, printed, here)
    asking.ask("ways", person, circles=circles, through_opponents=through_opponents)


def fragile(
    account: AccountName,
    circles: Circles = False,
    look: Look = Look(),
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """Where everything hangs on one person: one of ours, or one of theirs."""
    Asking(account, look, printed, here).ask("fragile", circles=circles)


def next_(
    account: AccountName,
    budget: Annotated[
        float | None,
        typer.Option(
            "--budget",
            metavar="DAYS",
            help=told("在这么多天之内选行动。", "Choose moves within so many days."),
        ),
    ] = None,
    look: Look = Look(),
    measures: Measures = False,
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """What to do next, what each move does to the chance of winning, and what to find out first."""
    Asking(account, look, printed, here, measures).ask("actions", budget)


def why(
    account: AccountName,
    finding: Annotated[
        str,
        typer.Argument(
            metavar="FINDING-ID",
            help=told(
                "结论编号，照 --json 所列，或其开头，如 single-owner。",
                "As --json prints it, or the start of it, e.g. single-owner.",
            ),
        ),
    ],
    eyes: Eyes = Eyes(),
    here: Known = Known(),
) -> None:
    """Why a finding says what it says: the facts that carry it with source and date, the rule, how sure it is."""
    from powermap.cli.screen import explain
    from powermap.errors import AnalysisError

    with here.open() as ws:
        seen = eyes.at(ws, account)
        found = {
            f.id: f
            for q in ("brief", "decides", "sways", "fragile", "compare", "ways", "actions")
            for f in seen.ask(q).findings
        }
        hits = [f for key, f in found.items() if key.startswith(finding)]
        # Where a fact was read, and when: the last change of its record.
        told = "{1:%Y-%m-%d} 读自 {0}" if here.zh else "read from {0} on {1:%Y-%m-%d}"
        origins = {
            record: told.format(last.change.source, last.recorded_at) if last.change.source else ""
            for record in {i.record for f in hits for i in f.inputs if i.record}
            for last in deque(ws.store.log(record=record), maxlen=1)
        }
    if not hits:
        raise AnalysisError(
            Words(f"这里没有编号为“{finding}”的结论", f"no finding here is called {finding!r}"),
            hint=Words("结论：" + "、".join(sorted(found)), "findings: " + ", ".join(sorted(found))),
        )
    for hit in hits:
        explain(hit, here.language, origins)


def rule(
    account: AccountName,
    text: Annotated[
        str | None,
        typer.Argument(
            metavar="RULE",
            help=told(
                "要试的决策规则，如“CFO 和 至少 2 人(CTO, COO, CPO)”；默认用项目的规则。",
                'A decision rule to try, e.g. "CFO and 2 of (CTO, COO, CPO)"; default: the deal\'s.',
            ),
        ),
    ] = None,
    deal: DealName = None,
    as_of: AsOf = None,
    measures: Measures = False,
    here: Known = Known(),
) -> None:
    """Read a decision rule, say it back in words, and show who it gives power. Nothing is written."""
    from dataclasses import replace

    from powermap.analysis import question
    from powermap.analysis.rule import resolve
    from powermap.cli.screen import done, emit
    from powermap.errors import AnalysisError

    language = here.language
    with here.open() as ws:
        lens = Eyes(None, deal, as_of).at(ws, account).lens
        if lens.deal is None:
            raise AnalysisError(
                Words(
                    f"{lens.account.name} 没有带决策链或决策规则的未结项目",
                    f"{lens.account.name} has no open deal with a committee or a rule",
                ),
                hint=Words(
                    "先在“项目”表里写上项目和决策规则", "give the deal and its rule in the deals sheet first"
                ),
            )
        written = text or lens.deal.rule
        if not written:
            raise AnalysisError(
                Words(
                    f"“{lens.deal.name}”的决策规则未知", f"the decision rule of {lens.deal.name} is unknown"
                ),
                hint=Words(
                    '可试一条：powermap rule 客户 "CFO 和 至少 2 人(CTO, COO, CPO)"',
                    'try one: powermap rule ACCOUNT "CFO and 2 of (CTO, COO, CPO)"',
                ),
            )
        done(resolve(written, lens).words(lens)[language])
        emit(
            question("decides")(replace(lens, deal=replace(lens.deal, rule=written))),
            language,
            measures=measures,
        )


def measure(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help=told(
                "指标，如 pagerank；`list` 列出全部。", "A measure, e.g. pagerank; `list` names them all."
            ),
        ),
    ],
    account: Annotated[
        str | None, typer.Argument(metavar="ACCOUNT", help=told("客户。", "The customer."))
    ] = None,
    projection: Annotated[
        str | None,
        typer.Option(
            "--projection",
            help=told(
                "默认用指标自己的；或 channel:渠道、superiors、circles；指标不支持的会拒绝。",
                "The measure's own (default), channel:NAME, superiors or circles; one it can't take is refused.",
            ),
        ),
    ] = None,
    one: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="PERSON", help=told("用于两个人之间的指标。", "For a measure of two people.")
        ),
    ] = None,
    other: Annotated[
        str | None, typer.Option("--to", metavar="PERSON", help=told("另一个人。", "The other one."))
    ] = None,
    holds: Annotated[
        float | None,
        typer.Option(
            "--holds",
            metavar="P",
            help=told(
                "用于 reliability：一条关系有效的概率，代替其强度。",
                "For reliability: the chance that a tie holds, in place of its strength.",
            ),
        ),
    ] = None,
    size: Annotated[
        int | None,
        typer.Option(
            "--size",
            metavar="K",
            help=told(
                "用于关键人物：1 到 3 人的最佳组合。", "For key players: the best sets of 1 to 3 people."
            ),
        ),
    ] = None,
    people: Annotated[
        list[str] | None,
        typer.Option(
            "--of",
            metavar="PERSON",
            help=told(
                "用于关键人物：给这组人打分；可多次给出。",
                "For key players: score this set; give it several times.",
            ),
        ),
    ] = None,
    look: Look = Look(),
    printed: Printed = Printed(),
    here: Known = Known(),
) -> None:
    """Print any raw measure for everybody, or a whole projection (`measure projection ACCOUNT --projection access`)."""
    from powermap.errors import ConfigError

    if name == "list":
        if look != Look() or any((account, projection, one, other, holds, size, people)):
            raise ConfigError(
                Words("列出指标不需要客户名", "the list of measures is of no account"),
                hint=both("powermap measure list"),
            )
        _list_measures(printed.form, here.language)
        return
    if account is None:
        raise ConfigError(
            Words("哪个客户？", "which account?"),
            hint=Words(f"powermap measure {name} 客户", f"powermap measure {name} ACCOUNT"),
        )
    between = (one, other) if one and other else None
    if (one or other) and not between:
        raise ConfigError(
            Words("--from 和 --to 要一起给", "--from and --to go together"),
            hint=both("--from NAME --to NAME"),
        )
    Asking(account, look, printed, here).ask("measure", name, projection, between, holds, size, people or ())


def _list_measures(shape: Shape, lang: str) -> None:
    from powermap.analysis.measures import list_measures
    from powermap.cli.screen import print_json, show_table

    found = list_measures()
    if shape is Shape.json:
        shown = [{"measure": m, "projection": p.en, "meaning": words._asdict()} for m, p, words in found]
        print_json(shown)
        return
    heads = ("指标", "投影", "含义") if lang == "zh" else ("Measure", "Projection", "Meaning")
    rows = [(m, p[lang], words[lang]) for m, p, words in found]
    if shape is Shape.csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows([heads, *rows])
    else:
        show_table(heads, rows, lang)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this group."""
    panel = told("提问", "Questions")
    for name, words in QUESTIONS.items():
        offer(app, name, _command(name, words), words.zh, panel)
    offer(app, "sways", sways, "谁有影响，与职位高低对照，哪里不一致。", panel)
    offer(app, "fragile", fragile, "哪里只系于一人：我方的，或客户的。", panel)
    offer(app, "ways", ways, "怎样接近某人：请谁引见、还有哪些路，以及一条不用同一人的后备路。", panel)
    offer(app, "next", next_, "下一步做什么，每步对胜率有多大作用，先要弄清什么。", panel)
    offer(app, "why", why, "结论凭什么：依据的事实、来源和日期、算法、把握多大。", panel)
    offer(app, "rule", rule, "读一条决策规则，用话说出来，看它给谁话语权。什么都不写入。", panel)
    offer(
        app,
        "measure",
        measure,
        "列出每个人的任一原始指标，或一整张投影（`measure projection ACCOUNT --projection access`）。",
        panel,
    )
