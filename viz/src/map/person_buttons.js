import { button, query, queryAll, setPressed } from '../shared/elements.js';
import { pick } from '../shared/language.js';
import { attitudeWords } from './attitudes.js';
import { announce } from './changes.js';
import { everybody, model } from './model.js';
import { toggle } from './selection.js';
import { isHere, standingOf, state, visibleCamps } from './state.js';

/**
 * Return the buttons that lie over the people of a supplier's map.
 *
 * @param {string} camp
 */
export function personButtons(camp) {
  return queryAll(`#panel-${camp} .over > button`);
}

/**
 * Lay a button over each person of a map.
 *
 * @param {string} camp
 */
export function makePersonButtons(camp) {
  const layer = query(`#panel-${camp} .over`);
  for (const id of everybody) {
    const made = button('', undefined, () => toggle(id));
    made.dataset.id = id;
    made.type = 'button';
    made.addEventListener('mouseenter', () => hover(id));
    made.addEventListener('mouseleave', () => hover(null));
    layer.append(made);
  }
}

/** @param {string | null} id */
function hover(id) {
  state.hovered = id;
  announce('light');
}

/** Say who the buttons are: name, title, attitude, chosen or not. */
export function labelPersonButtons() {
  for (const camp of visibleCamps()) {
    for (const made of personButtons(camp)) {
      const id = made.dataset.id ?? '';
      const { name, title } = model.people[id];
      const said = [pick(name), pick(title), model.plain ? '' : attitudeWords(standingOf(camp, id).attitude)];
      made.hidden = !isHere(id);
      made.setAttribute('aria-label', said.filter(Boolean).join(', '));
      setPressed(made, state.picked === id);
      made.title = `${pick(name)} · ${pick(title)}`;
    }
  }
}
