"""The story on the map, by hand and from the findings, and what the analysis adds: ways in, cuts, blockers, swing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from invented import account

from powermap.analysis.actions import actions
from powermap.analysis.deciders import deciders
from powermap.analysis.fragility import reach
from powermap.analysis.ways import ways_to
from powermap.analysis.whatif import suppose
from powermap.errors import RenderError
from powermap.maps import render
from powermap.maps.scene.build import build
from powermap.maps.scene.routes import blockers, routes, swinging
from powermap.maps.scene.story import told, written
from powermap.model import Snapshot


def pages(lens: Any) -> dict[str, str]:
    return {f.record: f.id for f in build(lens).figures}


def test_a_story_written_by_hand() -> None:
    lens = account(25)
    known = pages(lens)
    a, b, c = list(lens.seats)[:3]
    name = {p: lens.seats[p].name for p in (a, b, c)}
    text = f"[{name[a]}] decides,\nand [{b}] can block.\r\n\r\nAsk [{name[b]}] -> [{name[c]}]→[{name[a]}].\n\n\nNo names.\n"
    steps = written(text, lens, known)
    assert [s.people for s in steps] == [(known[a], known[b]), (known[b], known[c], known[a]), ()]
    assert [s.ways for s in steps] == [(), ((known[b], known[c], known[a]),), ()]
    assert steps[0].text.en == f"{name[a]} decides, and {b} can block."
    assert steps[1].text.en == f"Ask {name[b]} → {name[c]} → {name[a]}."


def test_two_ways_in_one_step_are_two_and_a_name_may_be_broken_over_a_line() -> None:
    lens = account(25)
    known = pages(lens)
    a, b, c, d = list(lens.seats)[:4]
    first, *rest = lens.seats[a].person.name_alt.split()
    text = f"Ask [{a}] -> [{b}], or [{c}] -> [{d}].\n\n[{first}\n{' '.join(rest)}] decides."
    one, two = written(text, lens, known)
    assert one.ways == ((known[a], known[b]), (known[c], known[d]))
    assert two.people == (known[a],) and "[" not in two.text.en


def test_every_unknown_name_is_told_with_its_line() -> None:
    lens = account(8)
    with pytest.raises(RenderError) as caught:
        written("See [Nobody].\n\nThen\n[Else] and [Else2].", lens, pages(lens))
    for line, name in ((1, "Nobody"), (4, "Else"), (4, "Else2")):
        assert f"line {line}: nobody at {lens.account.name} is called {name!r}" in str(caught.value)
    with pytest.raises(RenderError):
        written(" \n \n", lens, pages(lens))


def test_names_in_a_story_are_found_as_elsewhere() -> None:
    """Width, case and spaces don't matter; several of one name are told apart by their ids, a slip by the closest."""
    lens = account(8)
    a, b = list(lens.seats)[:2]
    known, alt = pages(lens), lens.seats[a].person.name_alt
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in alt)
    for name in (alt.upper(), alt.replace(" ", "  "), wide):
        assert written(f"[{name}] decides.", lens, known)[0].people == (known[a],)
    with pytest.raises(RenderError, match=alt):
        written(f"[{alt}x] decides.", lens, known)
    same = replace(lens.seats[b].person, name=lens.seats[a].name, name_alt=alt)
    twins = replace(lens, snapshot=Snapshot.of([*(r for r in lens.snapshot if r.id != b), same]))
    with pytest.raises(RenderError, match=rf"(?=.*id {a}\b).*id {b}\b"):
        written(f"[{alt.lower()}] decides.", twins, known)


def test_the_story_of_the_findings_is_about_people_on_the_map() -> None:
    lens = account(25)
    known = set(pages(lens).values())
    steps = told(lens, pages(lens))
    assert 3 <= len(steps) <= 15
    for step in steps:
        assert step.people and set(step.people) <= known and {p for way in step.ways for p in way} <= known
        assert step.text.zh and step.text.en


def test_what_to_ask_first_lights_whom_it_names() -> None:
    lens = account(25)
    lens = suppose(lens, [f"attitude {p}=?" for p in deciders(lens).shares])
    asked = next(f for f in actions(lens).findings if f.kind == "next-question")
    assert len(asked.subjects) > 1, "the finding is about several"
    step = next(s for s in told(lens, pages(lens)) if s.text == asked.sentence)
    assert step.people == (pages(lens)[asked.subjects[0]],)


def test_routes_are_the_best_ways_and_cuts() -> None:
    """As `ways` finds them: the same probability for everybody, for every supplier."""
    lens = account(25)
    known = pages(lens)
    for supplier in lens.suppliers:
        view = lens.with_supplier(supplier.id)
        found = routes(view, known)
        for person, page in known.items():
            best = ways_to(view, person, count=1)
            assert (page in found) == bool(best)
            if best:
                assert found[page].chance == pytest.approx(best[0].probability, abs=5e-4)
                assert found[page].people[-1] == page
        for target in reach(view).targets:
            if known[target] in found:
                assert len(found[known[target]].cut) <= len(reach(view).cut(target))


def test_blockers_and_swing_are_marked() -> None:
    lens = account(25)
    scene = build(lens)
    assert {f.record for f in scene.figures if f.blocks} == set(blockers(lens))
    assert {f.record for f in scene.figures if f.standings["us"].swing} == set(swinging(lens))
    assert len(swinging(lens)) <= 2


def test_outside_tells_nothing() -> None:
    page = render(account(25), profile="outside", lang="en")
    assert '"steps":[]' in page and '"routes":{}' in page


def test_turning_the_story_lights_its_people(load: Any, tmp_path: Path) -> None:
    lens = account(25)
    first, second = list(lens.seats)[:2]
    path = tmp_path / "map.html"
    text = f"One [{first}]\n\nWay [{first}] -> [{second}]\n\n<script>window.hit=1</script><img src=x onerror=window.hit=1>"
    path.write_text(render(lens, lang="en", story=text), encoding="utf-8")
    page = load(path)
    assert page.inner_text("#step") == "0 / 3"
    for click, step in ((1, 1), (1, 2), (1, 3), (-1, 2), (-1, 1)):
        page.click(f"[data-step='{click}']")
        assert page.inner_text("#step") == f"{step} / 3"
    assert page.inner_text("#sentence") == f"One {first}"
    faded, lit = page.evaluate(
        """ids => { const net = __pm.nets.us, c = net.canvas.frame.canvas, k = c.width / c.clientWidth;
        return ids.map(id => { const p = __pm.M.people[id], q = net.canvasToDOM({x: p.x, y: p.y - p.r * .6});
        return [...c.getContext('2d').getImageData(Math.round(q.x * k), Math.round(q.y * k), 1, 1).data].slice(0, 3).join() }) }""",
        [pages(lens)[second], pages(lens)[first]],
    )
    page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    again = page.evaluate(
        """ids => { const net = __pm.nets.us, c = net.canvas.frame.canvas, k = c.width / c.clientWidth;
        return ids.map(id => { const p = __pm.M.people[id], q = net.canvasToDOM({x: p.x, y: p.y - p.r * .6});
        return [...c.getContext('2d').getImageData(Math.round(q.x * k), Math.round(q.y * k), 1, 1).data].slice(0, 3).join() }) }""",
        [pages(lens)[second], pages(lens)[first]],
    )
    assert faded != again[0] and lit == again[1]
    drawn = """key => { const net = __pm.nets[key], c = net.canvas.frame.canvas, k = c.width / c.clientWidth, [a, b] = __pm.M.steps[1].w[0].map(id => __pm.M.people[id]);
        const q = net.canvasToDOM({x: (a.x + b.x) / 2, y: (a.y + b.y) / 2});
        return [...c.getContext('2d').getImageData(Math.round(q.x * k), Math.round(q.y * k), 1, 1).data].slice(0, 3).join() }"""
    before = {key: page.evaluate(drawn, key) for key in ("us", "a")}
    page.evaluate("__pm.turn(2)")
    page.wait_for_timeout(100)
    assert page.evaluate(drawn, "us") == "15,118,110", "our way, in our colour"
    assert page.evaluate(drawn, "a") == before["a"], "a rival's panel says nothing of it"
    for _ in range(5):
        page.keyboard.press(".")
    assert page.inner_text("#step") == "3 / 3"
    assert "<script>" in page.inner_text("#sentence")
    assert page.evaluate("window.hit === undefined")
    # Reading pixels back, as this test does, makes the browser complain.
    assert not [c for c in page.complaints if "willReadFrequently" not in c] and page.leaks == []
