import { announce } from './changes.js';
import { state } from './state.js';

/**
 * Choose a person, or nobody.
 *
 * @param {string | null} id
 */
export function select(id) {
  state.picked = id;
  announce('choice');
}

/**
 * Choose a person; who is chosen already is let go.
 *
 * @param {string} id
 */
export function toggle(id) {
  select(state.picked === id ? null : id);
}
