import { button, element, query, setPressed } from '../shared/elements.js';
import { pick, word } from '../shared/language.js';
import { announce } from './changes.js';
import { model } from './model.js';
import { isSingle, state } from './state.js';

/** Offer whose map to show, or whose beside ours, where there are more than are seen. */
export function setTabs() {
  const single = isSingle();
  const camps = single ? model.camps : model.camps.slice(1);
  const nav = query('#tabs');
  nav.hidden = state.view === 'list' || camps.length <= (single ? 1 : 2);
  nav.replaceChildren(
    ...camps.map(({ key, tone, letter, name }) => {
      const tab = button(`tone-${tone}`, undefined, () => show(key));
      tab.append(
        element('span', 'mark', pick(letter)),
        element('span', '', key === 'us' ? word('ours') : pick(name)),
      );
      setPressed(tab, single ? state.tab === key : state.pair.includes(key));
      return tab;
    }),
  );
}

/**
 * Show a supplier: alone, or in the place of the competitor that was shown first.
 *
 * @param {string} key
 */
function show(key) {
  if (isSingle()) state.tab = key;
  else if (!state.pair.includes(key)) state.pair = [state.pair[1] || state.pair[0], key];
  announce('page');
}
