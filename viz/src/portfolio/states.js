import { button, query, setPressed } from '../shared/elements.js';
import { pick } from '../shared/language.js';
import { count } from '../shared/numbers.js';
import { accounts, data } from './data.js';
import { setList } from './list.js';
import { drawPicture } from './picture.js';
import { accountsView, currentView, isStateChosen, toggleState } from './views.js';

/** Offer to see only the accounts of one state. */
export function setStates() {
  const states = currentView() === accountsView ? data.states : [];
  query('#states').replaceChildren(
    ...states.flatMap(([key, name], at) => {
      const many = accounts.filter((account) => account.state === at).length;
      if (!many) return [];
      const made = button('', `${pick(name)} ${count(many)}`, () => choose(at));
      made.dataset.state = key;
      setPressed(made, isStateChosen(at));
      return [made];
    }),
  );
}

/** @param {number} state */
function choose(state) {
  toggleState(state);
  setStates();
  setList();
  drawPicture();
}
