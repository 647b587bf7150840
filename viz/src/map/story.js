import { announce } from './changes.js';
import { model, today } from './model.js';
import { state, travelTo } from './state.js';

/** Return the step of the story that is told, or nothing. */
export function currentStep() {
  return state.step ? model.steps[state.step - 1] : undefined;
}

/**
 * Turn the story by some steps; it is told of today and by attitudes.
 *
 * @param {number} by
 */
export function turn(by) {
  if (!model.steps.length) return;
  state.step = Math.max(0, Math.min(model.steps.length, state.step + by));
  state.picked = null;
  state.role = null;
  if (state.step && (state.view !== 'attitude' || state.time < today)) {
    state.view = 'attitude';
    travelTo(today);
  }
  announce('page');
}
