import { query, queryAll } from '../shared/elements.js';
import { pick, word, writeWords } from '../shared/language.js';
import { signed } from './attitudes.js';
import { model, today } from './model.js';
import { dayShown, peopleHere, state } from './state.js';
import { currentStep } from './story.js';

/** Write what the page says around its panels. */
export function writeTexts() {
  writeWords();
  for (const found of queryAll('[data-zh]')) {
    found.textContent = pick([found.dataset.zh ?? '', found.dataset.en ?? '']);
  }
  for (const found of queryAll('[data-att]')) {
    const value = Number(found.dataset.att);
    const gap = state.view === 'difference';
    if (found.previousElementSibling) {
      found.previousElementSibling.textContent = gap ? gapSign(value) : signed(value);
    }
    found.textContent = gap ? gapWords(value) : pick(model.attitudes[value]);
  }
  query('#count').textContent = String(peopleHere().length);
  query('#when').textContent = dayShown().day;
  query('[data-t=title]').textContent = pick(model.title);
  query('#sentence').textContent = sentence();
  document.title = `${pick(model.title)} · ${word(model.plain ? 'chart' : 'map')}`;
}

/** Return the sentence at the top: the story's step, the day looked back to, or what matters most. */
function sentence() {
  const step = currentStep();
  if (step) return pick(step.t);
  if (state.time < today) return `${word('back')} ${dayShown().day}`;
  return pick(model.headline);
}

/**
 * Write by how many steps of attitude we lead; the ends of the scale hold whatever is beyond.
 *
 * @param {number} value
 */
function gapSign(value) {
  if (!value) return '=';
  return `${value > 0 ? '▲' : '▼'}${Math.abs(value)}${value === -2 || value === 3 ? '+' : ''}`;
}

/** @param {number} value */
function gapWords(value) {
  if (value === -2) return word('behind');
  if (value === 0) return word('level');
  return value === 3 ? word('ahead') : '';
}
