import { contextOf, element, query } from '../shared/elements.js';
import { pick, word } from '../shared/language.js';
import { percent } from '../shared/numbers.js';
import { model } from './model.js';
import { FONT } from './paint.js';
import { dayShown } from './state.js';

const ruler = contextOf(document.createElement('canvas'));

/**
 * Return the longest of several writings that fits its part of the bar.
 *
 * @param {string[]} texts the longest first
 * @param {number} room pixels
 */
function longestIn(texts, room) {
  ruler.font = `700 12px ${FONT}`;
  return texts.find((text) => ruler.measureText(text).width <= room) ?? '';
}

/**
 * Return the short name of a Chinese company, which is known by its first two characters, and nobody by a
 * letter.
 *
 * @param {string} name
 */
function shortNames(name) {
  return /^[\u3400-\u9fff]{3}/.test(name) ? [name.slice(0, 2)] : [];
}

/** Draw the suppliers' shares of influence on the decision; the rest is the members' own. */
export function drawShares() {
  const bar = query('#bar');
  const { shares } = dayShown();
  const parts = model.camps.map(({ key, tone, name, letter }) => ({
    className: `bg-${tone}`,
    name: pick(name),
    letter: pick(letter),
    share: shares[key] || 0,
  }));
  const taken = parts.reduce((sum, part) => sum + part.share, 0);
  parts.push({ className: 'own', name: word('own'), letter: word('own'), share: Math.max(0, 1 - taken) });
  const width = bar.clientWidth;
  const drawn = parts.map(({ className, name, letter, share }) => {
    const made = element('span', className);
    const said = percent(share);
    made.style.width = `${share * 100}%`;
    const texts = [
      `${name} ${said}`,
      ...shortNames(name).map((short) => `${short} ${said}`),
      `${letter} ${said}`,
      said,
      letter,
    ];
    made.textContent = longestIn(texts, share * width - 8);
    made.title = `${name} ${said}`;
    return made;
  });
  bar.replaceChildren(...drawn);
  bar.title = `${word('sharetitle')}: ${drawn.map((made) => made.title).join(', ')}`;
  bar.setAttribute('aria-label', bar.title);
}
