/** @import {Group} from './types' */
import { button, query, setPressed } from '../shared/elements.js';
import { pick } from '../shared/language.js';
import { count } from '../shared/numbers.js';
import { accounts } from './data.js';
import { setList } from './list.js';
import { drawPicture } from './picture.js';
import { currentView, toggleGroup } from './views.js';

/** Offer to see only the accounts of one group: of a state of the access, of a state of health. */
export function setStates() {
  const { group } = currentView();
  query('#states').replaceChildren(...(group ? buttonsOf(group) : []));
}

/** @param {Group} group */
function buttonsOf(group) {
  return group.names.flatMap(([key, name], at) => {
    const many = accounts.filter((account) => group.of(account) === at).length;
    if (!many) return [];
    const made = button('', `${pick(name)} ${count(many)}`, () => choose(group, at));
    made.dataset.state = key;
    setPressed(made, group.chosen === at);
    return [made];
  });
}

/**
 * @param {Group} group
 * @param {number} chosen
 */
function choose(group, chosen) {
  toggleGroup(group, chosen);
  setStates();
  setList();
  drawPicture();
}
