/** @import {Link} from './types' */
import { model, routeTo, today } from './model.js';
import { peopleHere, state } from './state.js';
import { currentStep } from './story.js';

/** How far the chain of superiors is followed. */
const LONGEST_CHAIN = 20;

/** Return who is looked at: the person chosen, or the one pointed at. */
function inFocus() {
  return state.picked ?? state.hovered;
}

/**
 * Return who stays bright in a supplier's panel, or nothing for all: the person looked at with the way to
 * them, their chain to the top and whoever is tied to them; else the people of the story's step; else those
 * of a role.
 *
 * @param {string} camp
 * @returns {Set<string> | null}
 */
export function brightPeople(camp) {
  const id = inFocus();
  if (id) return aroundOf(id, camp);
  const step = currentStep();
  if (step) return new Set([...step.p, ...step.w.flat()]);
  const { role } = state;
  if (role) return new Set(peopleHere().filter((other) => model.people[other].roles.includes(role)));
  return null;
}

/**
 * @param {string} id
 * @param {string} camp
 */
function aroundOf(id, camp) {
  const route = state.picked && state.time === today ? routeTo(camp, id) : undefined;
  const bright = new Set([id, ...(route ? route[1] : [])]);
  let boss = model.people[id].bosses[0];
  for (let steps = 0; boss && steps < LONGEST_CHAIN && !bright.has(boss); steps++) {
    bright.add(boss);
    boss = model.people[boss].bosses[0];
  }
  for (const link of model.links) {
    if (!link.w.includes(state.time)) continue;
    if (link.a === id) bright.add(link.b);
    if (link.b === id) bright.add(link.a);
  }
  return bright;
}

/**
 * Whether a tie is drawn: it always is, it is one of the person looked at, or it joins two of the story's
 * step.
 *
 * @param {Link} link
 */
export function isDrawn(link) {
  if (!link.w.includes(state.time)) return false;
  if (link.s) return true;
  const id = inFocus();
  if (id) return link.a === id || link.b === id;
  const told = currentStep()?.p;
  return Boolean(told && told.includes(link.a) && told.includes(link.b));
}
