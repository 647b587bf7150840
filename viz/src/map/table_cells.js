import { button, element, setPressed } from '../shared/elements.js';
import { pick } from '../shared/language.js';
import { model } from './model.js';
import { toggle } from './selection.js';
import { state } from './state.js';

/** Power from which somebody counts as powerful. */
export const HIGH_POWER = 7;

/**
 * Return a person's button in a table.
 *
 * @param {string} id
 */
export function personButton(id) {
  const { name, title, power } = model.people[id];
  const made = button(power >= HIGH_POWER ? 'who top' : 'who', pick(name), () => toggle(id));
  made.title = pick(title);
  setPressed(made, state.picked === id);
  return made;
}

/**
 * Return a cell that heads a column or a row.
 *
 * @param {'col' | 'row'} scope
 * @param {...(Node | string)} content
 */
export function headCell(scope, ...content) {
  const made = element('th');
  made.scope = scope;
  made.append(...content);
  return made;
}

/** @param {...(Node | string)} content */
export function cell(...content) {
  const made = element('td');
  made.append(...content);
  return made;
}

/**
 * @param {HTMLElement[]} head its cells
 * @param {HTMLElement[]} rows
 */
export function tableOf(head, rows) {
  const made = element('table');
  const top = element('thead');
  const body = element('tbody');
  top.append(rowOf(head));
  body.append(...rows);
  made.append(top, body);
  return made;
}

/** @param {HTMLElement[]} cells */
export function rowOf(cells) {
  const made = element('tr');
  made.append(...cells);
  return made;
}
