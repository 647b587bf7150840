/** @import {Standing} from './types' */
import { everybody, model, today } from './model.js';

/** @typedef {'attitude' | 'difference' | 'power' | 'team' | 'list'} View */

/** What the reader has set. */
export const state = {
  /** @type {View} */
  view: 'attitude',
  /** Maps side by side, or one. */
  /** @type {'side' | 'one'} */
  mode: model.one ? 'one' : 'side',
  /** Whose map is shown where there is room for one. */
  tab: 'us',
  /** The competitors beside us, at most two. */
  pair: model.camps.slice(1, 3).map((camp) => camp.key),
  /** @type {string | null} */
  picked: null,
  /** @type {string | null} */
  hovered: null,
  /** @type {string | null} */
  role: null,
  /** The step of the story, from 1; 0 is none. */
  step: 0,
  /** The day, as a position in the model's times. */
  time: today,
};

const narrow = matchMedia('(max-width: 900px)');

export function isNarrow() {
  return narrow.matches;
}

/** Whether there is one map at a time. */
export function isSingle() {
  return narrow.matches || state.mode === 'one';
}

/** Whether the panels hold tables instead of maps. */
export function isTable() {
  return state.view === 'power' || state.view === 'team';
}

/** Return the keys of the suppliers whose panels are seen. */
export function visibleCamps() {
  if (state.view === 'list') return [];
  if (isSingle()) return [state.tab];
  return ['us', ...state.pair].filter((key) => model.camps.some((camp) => camp.key === key));
}

/**
 * Whether a person was there on the day shown.
 *
 * @param {string} id
 */
export function isHere(id) {
  const when = model.people[id].when;
  return !when || when.includes(state.time);
}

/** Return the ids of who was there on the day shown. */
export function peopleHere() {
  return everybody.filter(isHere);
}

/** Return who was there, the most powerful first. */
export function byPower() {
  return peopleHere().sort((a, b) => model.people[b].power - model.people[a].power);
}

/** Return the day shown. */
export function dayShown() {
  return model.times[state.time];
}

/**
 * Return how a supplier stands with a person on the day shown.
 *
 * @param {string} camp
 * @param {string} id
 * @returns {Standing}
 */
export function standingOf(camp, id) {
  return dayShown().standings[camp][id];
}

/**
 * Look at a day: whoever wasn't there is chosen no longer, and who led is known of today alone.
 *
 * @param {number} time
 */
export function travelTo(time) {
  state.time = time;
  if (state.picked && !isHere(state.picked)) state.picked = null;
  if (time < today && state.view === 'difference') state.view = 'attitude';
}
