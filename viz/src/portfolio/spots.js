/** @import {Account} from './types' */
/** @import {Place} from './band_places.js' */
import { pick, word } from '../shared/language.js';
import { accounts, data } from './data.js';
import { openDetail } from './detail.js';
import { statesOf, UNKNOWN, worstDial } from './ground.js';
import { money } from './money.js';
import { shape } from './svg.js';
import { accountsView } from './views.js';

const LABEL_LETTERS = 22;
const NARROW_LETTERS = 11;
/** With more accounts than this the small ones are no stops of the keyboard. */
const STOPS = 40;
const LETTER_SIZE = 9;

/**
 * @param {Account} account
 * @param {boolean} narrow
 */
export function labelWords(account, narrow) {
  const most = narrow ? NARROW_LETTERS : LABEL_LETTERS;
  const letters = [...pick(account.name)];
  const name = letters.length > most ? `${letters.slice(0, most - 1).join('')}…` : letters.join('');
  const said = `${money(account.revenue)} · ${dialWords(account)}`;
  return {
    name,
    said,
    wide: Math.max(textWidth(name, 7.6), textWidth(said, 6.6)) + (account.grade ? 20 : 0) * 0.5,
  };
}

/**
 * Return how wide a text is at most: letters of Chinese are twice as wide as others.
 *
 * @param {string} text
 * @param {number} letter
 */
function textWidth(text, letter) {
  return [...text].reduce((sum, sign) => sum + (sign > '\u2e7f' ? 13 : letter), 0);
}

/** @param {Account} account */
function dialWords(account) {
  const worst = worstDial(account);
  return worst < 0 ? word('key_sound') : pick(data.dials[worst][1]);
}

/**
 * Draw a dot: a click on it, or Enter where it has the focus, opens the account.
 *
 * @param {Place} place
 * @param {string} band
 * @param {boolean} named
 */
export function dotOf({ account, x, y, size }, band, named) {
  const name = pick(account.name);
  const tone = toneOf(account);
  const ground = pick(data.bands.find(([key]) => key === band)?.[1]);
  const said = [name, account.grade, money(account.revenue), ground, account.dials && dialWords(account)];
  const made = shape('g', {
    class: `spot ${tone}`,
    role: 'button',
    // Of many accounts the named ones alone are stops of the keyboard; the list holds all.
    tabindex: named || accounts.length <= STOPS ? 0 : -1,
    'data-band': band,
    'aria-label': said.filter(Boolean).join(' · '),
  });
  made.append(
    shape('title', {}, said.filter(Boolean).join(' · ')),
    shape('circle', { class: 'reach', cx: x, cy: y, r: Math.max(size, 9) }),
    shape('circle', { class: 'fill', cx: x, cy: y, r: size }),
  );
  if (size >= LETTER_SIZE) made.append(shape('text', { x, y: y + 4, class: 'letter' }, account.grade));
  const open = () => openDetail(accountsView, account, /** @type {any} */ (made));
  made.addEventListener('click', open);
  made.addEventListener('keydown', (event) => {
    if (!(event instanceof KeyboardEvent) || !['Enter', ' '].includes(event.key)) return;
    event.preventDefault();
    open();
  });
  return made;
}

/**
 * Write what a named dot is.
 *
 * @param {Place} place
 */
export function labelOf({ account, size, label }) {
  if (!label) return [];
  const at = { x: label.x, 'text-anchor': label.end ? 'end' : 'start' };
  const text = shape('g', { class: 'label' });
  const grade = size < LETTER_SIZE && account.grade ? `${account.grade} · ` : '';
  text.append(
    shape('text', { ...at, y: label.y - 2, class: 'label-name' }, label.name),
    shape('text', { ...at, y: label.y + 12, class: 'label-said' }, grade + label.said),
  );
  return [text];
}

/**
 * Return the class of a dot: its worst dial, sound where all are good, none where that isn't known.
 *
 * @param {Account} account
 */
function toneOf(account) {
  const worst = worstDial(account);
  if (worst >= 0) return statesOf(account)[worst] === UNKNOWN ? 'none' : data.dials[worst][0];
  return account.dials ? 'sound' : 'none';
}
