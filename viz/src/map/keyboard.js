import { query } from '../shared/elements.js';
import { announce } from './changes.js';
import { model } from './model.js';
import { select } from './selection.js';
import { isSingle, isTable, peopleHere, state, visibleCamps } from './state.js';
import { turn } from './story.js';

/** Which way the arrow keys go: x, y. */
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * Arrows go to the nearest person that way, ] and [ to another supplier, . and , turn the story, Esc clears.
 */
export function connectKeyboard() {
  window.addEventListener('keydown', (event) => {
    if (event.target instanceof HTMLInputElement || state.view === 'list') return;
    if (event.key === 'Escape') clear();
    else if (event.key === '.' || event.key === ',') turn(event.key === '.' ? 1 : -1);
    else if (isTable()) return;
    else if (event.key === ']' || event.key === '[') changeCamp(event.key === ']' ? 1 : -1);
    else if (event.key in ARROWS) {
      event.preventDefault();
      select(neighbour(ARROWS[event.key]));
    }
  });
}

function clear() {
  state.role = null;
  state.step = 0;
  select(null);
  announce('page');
}

/** @param {1 | -1} by */
function changeCamp(by) {
  if (isSingle()) {
    state.tab = following(
      model.camps.map((camp) => camp.key),
      (key) => key === state.tab,
      by,
    );
    announce('page');
    return;
  }
  const camp = following(
    visibleCamps(),
    (key) => query(`#panel-${key}`).contains(document.activeElement),
    by,
  );
  query(`#panel-${camp} .over [data-id="${state.picked ?? peopleHere()[0]}"]`).focus();
}

/**
 * Return the key that follows, or comes before, the one where we are.
 *
 * @param {string[]} keys
 * @param {(key: string) => boolean} isThis
 * @param {1 | -1} by
 */
function following(keys, isThis, by) {
  const step = by === 1 ? 1 : keys.length - 1;
  return keys[(keys.findIndex(isThis) + step) % keys.length];
}

/**
 * Return who is nearest to the person chosen on a way, or that person where nobody is; nobody chosen: the
 * first.
 *
 * @param {[number, number]} way
 */
function neighbour([right, down]) {
  const from = state.picked ? model.people[state.picked] : null;
  if (!from) return peopleHere()[0];
  let best = state.picked;
  let least = Infinity;
  for (const id of peopleHere()) {
    const dx = model.people[id].x - from.x;
    const dy = model.people[id].y - from.y;
    const along = dx * right + dy * down;
    const aside = Math.abs(dx * down) + Math.abs(dy * right);
    if (along > 4 && along + 2 * aside < least) {
      least = along + 2 * aside;
      best = id;
    }
  }
  return best;
}
