/** @import {Box} from './boxes.js' */
/** @import {Dot} from './lanes.js' */
import { pick } from '../shared/language.js';
import { colour } from '../shared/theme.js';
import { areOver } from './boxes.js';

/** How many letters of a name stand beside its dot. */
const LETTERS = 24;

/**
 * Write names beside dots, those with most at risk first, as long as they don't run over each other.
 *
 * @param {CanvasRenderingContext2D} canvas
 * @param {Dot[]} dots
 * @param {number} width
 * @param {Box[]} taken where something else is written
 */
export function nameDots(canvas, dots, width, taken) {
  /** @type {Box[]} */
  const boxes = [
    ...taken,
    ...dots.map(({ x, y, size }) => /** @type {Box} */ ([x - size, y - size, x + size, y + size])),
  ];
  canvas.font = '12px system-ui, sans-serif';
  canvas.fillStyle = colour('ink');
  canvas.textAlign = 'left';
  for (const { x, y, size, account } of [...dots].sort((a, b) => b.size - a.size)) {
    const name = shortened(pick(account.name));
    const long = canvas.measureText(name).width;
    const fits = x + size + 5 + long < width;
    const from = fits ? x + size + 5 : x - size - 5 - long;
    /** @type {Box} */
    const box = [from, y - 7, from + long, y + 7];
    if (boxes.some((other) => areOver(other, box))) continue;
    boxes.push(box);
    canvas.fillText(name, from, y);
  }
}

/** @param {string} name */
function shortened(name) {
  const letters = [...name];
  return letters.length > LETTERS ? `${letters.slice(0, LETTERS - 1).join('')}…` : name;
}
