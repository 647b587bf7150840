/** @import {View} from './state.js' */
import { pressOne, query, queryAll, queryInput } from '../shared/elements.js';
import { switchLanguage } from '../shared/language.js';
import { switchTheme } from '../shared/theme.js';
import { announce } from './changes.js';
import { writeList } from './list.js';
import { model, today } from './model.js';
import { dayShown, isTable, state, travelTo } from './state.js';
import { turn } from './story.js';
import { fit, zoom } from './viewport.js';

/** Make the buttons, the slider and the search do what they say. */
export function connectControls() {
  onPress('step', (by) => turn(Number(by)));
  onPress('view', (view) => {
    state.view = /** @type {View} */ (view);
    if (view === 'difference') travelTo(today);
    announce('page');
  });
  onPress('mode', (mode) => {
    state.mode = mode === 'one' ? 'one' : 'side';
    announce('page');
  });
  onPress('role', (role) => {
    state.role = state.role === role ? null : role;
    state.picked = null;
    announce('page');
  });
  onPress('zoom', (way) => {
    if (way === 'fit') fit();
    else zoom(way === 'in' ? 1 : -1);
  });
  queryInput('#time').addEventListener('input', () => {
    travelTo(Number(queryInput('#time').value));
    announce('page');
  });
  query('#find').addEventListener('input', writeList);
  query('#lang').addEventListener('click', () => {
    switchLanguage();
    announce('page');
  });
  query('#theme').addEventListener('click', () => {
    switchTheme();
    announce('light');
  });
  query('#print').addEventListener('click', () => window.print());
}

/**
 * Listen to the buttons that have a data attribute.
 *
 * @param {string} attribute
 * @param {(value: string) => void} press
 */
function onPress(attribute, press) {
  for (const made of queryAll(`[data-${attribute}]`)) {
    made.addEventListener('click', () => press(made.dataset[attribute] ?? ''));
  }
}

/** Show on the controls what is set. */
export function showSettings() {
  query('#zoom').hidden = state.view === 'list' || isTable();
  pressOne('view', state.view);
  pressOne('mode', state.mode);
  pressOne('role', state.role);
  const slider = queryInput('#time');
  slider.value = String(state.time);
  slider.setAttribute('aria-valuetext', dayShown().day);
  if (!model.steps.length) return;
  query('#step').textContent = `${state.step} / ${model.steps.length}`;
  for (const made of queryAll('button[data-step]')) {
    const to = state.step + Number(made.dataset.step);
    made.toggleAttribute('disabled', to < 0 || to > model.steps.length);
  }
}
