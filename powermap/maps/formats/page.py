"""One page: everything inside, nothing fetched, text stays text."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from powermap import resources
from powermap.analysis.calibration import Calibration
from powermap.errors import RenderError
from powermap.lens import Lens
from powermap.maps.drawing import ground, networks, people, svg, ties
from powermap.maps.drawing.marks import Mark
from powermap.maps.layout.free_slots import HEAD
from powermap.maps.layout.layout import Layout
from powermap.maps.privacy.anonymous import codes_for, in_order_of_codes
from powermap.maps.privacy.profiles import reduce, see
from powermap.maps.scene.build import build
from powermap.maps.scene.model import Camp, Figure, Scene, Standing, Text
from powermap.maps.scene.reviews import history
from powermap.maps.scene.story import refuse
from powermap.model import Snapshot
from powermap.pages import bundle, colours, embedding
from powermap.words import Lang, Words

WORDS = "words.json"


def render(
    lens: Lens,
    *,
    lang: Lang | str = "zh",
    since: date | None = None,
    before: Lens | None = None,
    layout: Layout | None = None,
    whole: Snapshot | None = None,
    profile: str = "team",
    generated: date | None = None,
    story: str | None = "",
    calibration: Calibration | None = None,
    mark: str = "",
) -> str:
    """Draw the account of a lens: our map beside each competitor's, as one self-contained HTML page.

    Parameters
    ----------
    lang
        Language the page opens in; it can be switched on the page.
    since, before
        The day of the last review and the same lens on it, to mark what moved.
    layout
        A kept layout.
    whole
        The account with its past, for the slider over its reviews.
    profile
        Who will see it: ``team``, ``full``, ``outside`` (the customer may see it) or ``anonymous``.
    generated
        The day printed in the banner; default the day of the lens.
    story
        A story written by hand (see :mod:`powermap.maps.scene.story`); empty: the story of the findings, None: none.
    calibration
        The record on closed deals, which corrects P(win) in the story of the findings.
    mark
        Who draws it and when, to stand on it.

    Raises
    ------
    RenderError
        If the account has no people, or the story is written by hand and the profile outside or anonymous.
    """
    refuse(story, "html", profile)
    if not lens.seats:
        raise RenderError(
            Words(
                f"{lens.account.name} 在 {lens.as_of} 没有人员",
                f"{lens.account.name} has no people on {lens.as_of}",
            ),
            hint=Words("请先导入人员名单，或换个日期", "import a people list first, or choose another day"),
        )
    # One set of codes for every day: nobody changes name or department on the slider.
    codes = codes_for(lens, *([before] if before else []))
    shown = see(lens, profile, codes)
    # The days of reviews are no part of an anonymous map.
    past = history(shown, reduce(whole, lens, profile)) if whole and profile != "anonymous" else ()
    if before is not None:
        before = see(before, profile, codes)
    if before is None and len(past) > 1:
        # Without a day given, what moved is what moved since the review before the latest one.
        before, since = past[-2], past[-2].as_of
    plain = profile == "outside"
    if profile == "anonymous":
        layout, story = in_order_of_codes(shown), None
    scene = build(
        shown,
        since=since,
        before=before,
        kept=layout,
        history=past,
        plain=plain,
        story=story,
        calibration=calibration,
        mark=mark,
    )
    if profile == "anonymous":
        # Of what is left out nothing can be said.
        scene = replace(scene, headline=Text("", ""))
    return _page(scene, lang, profile, generated or lens.as_of)


def _page(scene: Scene, lang: str, profile: str, generated: date) -> str:
    script, vis = bundle.script("map/page.js"), _vis()
    style = colours.variables("map") + bundle.style("map/page.css")
    words = json.loads(resources.text("viz", WORDS))
    page: str = (
        _environment()
        .get_template("page.html.j2")
        .render(
            lang=lang,
            scene=scene,
            profile=profile,
            generated=generated.isoformat(),
            # vis-network sets styles of its own.
            policy=embedding.policy([vis, script], "'unsafe-inline'", "data: blob:"),
            vis=Markup(vis),
            script=Markup(script),
            style=Markup(style),
            model=Markup(embedding.safe_json(_model(scene, words))),
            words={key: value[0 if lang == "zh" else 1] for key, value in words.items()},
            twins=[
                (camp, Markup(twin))
                for camp, twin in zip(scene.camps, svg.panels(scene, scene.camps[:3], lang), strict=False)
            ],
            pick=(lambda text: text[0 if lang == "zh" else 1]),
            signed=_signed,
        )
    )
    return page


@cache
def _environment() -> Environment:
    loader = FunctionLoader(lambda name: resources.text("viz", name))
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _vis() -> str:
    # Without the pointer to its source map, which a developer's browser would try to fetch.
    return re.sub(r"\n//# sourceMappingURL=.*\s*$", "\n", resources.text("viz", "vendor/vis-network.min.js"))


def _signed(attitude: int | None) -> str:
    return "?" if attitude is None else f"{attitude:+d}".replace("-", "−") if attitude else "0"


def _model(scene: Scene, words: dict[str, Any]) -> dict[str, Any]:
    """Return what the page's script draws from; ``viz/src/map/types.d.ts`` says the same to the script."""
    bank = _Bank()
    # The days first: marks are numbered as they come.
    times = _times(scene, bank)
    return {
        "plain": scene.plain,
        "words": words,
        "title": list(scene.title),
        "headline": list(scene.headline),
        "width": scene.grid.width,
        "height": scene.grid.height,
        "one": scene.one,
        "camps": [_camp(camp) for camp in scene.camps],
        "attitudes": {str(k): list(v) for k, v in scene.attitudes.items()},
        "roles": {key: list(name) for key, name, _, _ in scene.roles},
        "ground": ground.ground(scene),
        "levels": ground.levels(scene),
        "head": HEAD,
        "shortened": [[x, width, list(name)] for x, width, name in ground.shortened(scene)],
        "links": ties.links(scene),
        # One network for every supplier: the same people on the same places, painted differently.
        "net": networks.network(scene),
        "people": {f.id: _person(f) for f in scene.figures},
        "always": {f.id: bank.put(people.always(f, scene.grid.column)) for f in scene.figures},
        "times": times,
        "bank": bank.marks,
        "routes": {
            key: {p: [list(r.owner), r.people, r.chance, r.cut] for p, r in found.items()}
            for key, found in scene.routes.items()
        },
        # A story is told by one supplier: its ways are drawn in that one's panel.
        "told": scene.told,
        "steps": [{"t": list(s.text), "p": s.people, "w": s.ways} for s in scene.steps],
    }


def _times(scene: Scene, bank: _Bank) -> list[dict[str, Any]]:
    """Return how everybody stood on each day of the slider, and is drawn."""
    today = {c.key: c.share for c in scene.camps}
    days = [
        _time(scene, bank, r.day, figures=[_then(f, r.standings) for f in scene.figures], shares=r.shares)
        for r in scene.reviews
    ]
    # Who led is a judgement of today; earlier days show attitudes.
    views = ("attitude", "difference")
    return [*days, _time(scene, bank, scene.as_of, figures=scene.figures, shares=today, views=views)]


def _time(
    scene: Scene,
    bank: _Bank,
    day: date,
    *,
    figures: Sequence[Figure],
    shares: Mapping[str, float],
    views: Sequence[str] = ("attitude",),
) -> dict[str, Any]:
    return {
        "day": day.isoformat(),
        "shares": {k: round(v, 4) for k, v in shares.items()},
        "marks": {
            camp.key: {
                view: {f.id: bank.put(people.person(scene, f, camp, view)) for f in figures} for view in views
            }
            for camp in scene.camps
        },
        "standings": {
            camp.key: {f.id: _standing(f.standings[camp.key]) for f in figures} for camp in scene.camps
        },
    }


def _camp(camp: Camp) -> dict[str, Any]:
    return {
        "key": camp.key,
        "letter": list(camp.letter),
        "name": list(camp.name),
        "tone": camp.tone,
        "team": [
            {"name": list(m.name), "title": list(m.title), "level": m.level, "covers": dict(m.covers)}
            for m in camp.team
        ],
    }


class _Bank:
    """Marks that occur often, kept once: a drawing is then a list of their numbers."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self._known: dict[str, int] = {}

    def put(self, marks: list[Mark]) -> list[int]:
        numbers = []
        for mark in marks:
            key = json.dumps(mark)
            if key not in self._known:
                self._known[key] = len(self.marks)
                self.marks.append([round(v, 1) if isinstance(v, float) else v for v in mark])
            numbers.append(self._known[key])
        return numbers


def _then(figure: Figure, standings: Mapping[str, Mapping[str, Standing]]) -> Figure:
    return replace(figure, standings={camp: people[figure.id] for camp, people in standings.items()})


def _person(figure: Figure) -> dict[str, Any]:
    return {
        "name": list(figure.name),
        "title": list(figure.title),
        "unit": list(figure.unit),
        "level": figure.level,
        "x": figure.x,
        "y": figure.y,
        "r": figure.radius,
        "power": figure.power,
        "asserted": figure.power_asserted,
        "roles": [key for key, _, _ in figure.badges],
        "bosses": list(figure.bosses),
        "circles": list(figure.circles),
        "lead": figure.lead.state,
        "blocks": figure.blocks,
        **({"private": figure.private} if figure.private else {}),
        **({} if figure.when is None else {"when": figure.when}),
    }


def _standing(standing: Standing) -> dict[str, Any]:
    data = asdict(standing)
    data.pop("owners")
    data.pop("known")
    data["evidence"] = {k: v for k, v in standing.evidence.items() if v}
    return {k: v for k, v in data.items() if v not in (False, "", None, (), 0, {}) or k == "attitude"}
