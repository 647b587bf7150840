/** @import {Account} from './types' */
import { contextOf, query } from '../shared/elements.js';
import { pick } from '../shared/language.js';
import { count } from '../shared/numbers.js';
import { colour } from '../shared/theme.js';
import { accounts, data } from './data.js';
import { nameDots } from './dot_names.js';
import { graveTone } from './ground.js';
import { coin, isInMainCurrency, money } from './money.js';
import { isStateShown } from './views.js';

/**
 * A dot of an account: where it is, and how large.
 *
 * @typedef {{ x: number, y: number, size: number, account: Account }} Dot
 */

/**
 * What the lanes are drawn with: the canvas, its width, the place of a revenue, and the highest of them.
 *
 * @typedef {object} Drawing
 * @property {CanvasRenderingContext2D} canvas
 * @property {number} width
 * @property {boolean} phone
 * @property {(revenue: number) => number} placeOf
 * @property {number} largest
 */

/** Narrower windows are phones: the words of a lane stand above its dots, not beside them. */
const PHONE = 640;
const LANE = 56;
const PHONE_LANE = 62;
const AXIS = 26;
const WORDS_ROOM = 300;
/** Pixels from one label of the axis to the next, at least. */
const LABEL_ROOM = 64;
/** With more accounts than this no dot is named; a lane with more is drawn thinner. */
const NAMED = 40;
const CROWD = 400;
/**
 * Turns the dots of a lane so that neighbours in the list lie apart: the golden ratio, and a turn by lane.
 */
const TURN = 0.618034;
const LANE_TURN = 0.37;
/** How far from a dot a click still means it, in pixels, squared. */
const REACH = 144;

/** @type {Dot[]} */
let dots = [];

/**
 * Draw every account as a dot in the lane of its state: further right more revenue, larger more of it at
 * risk.
 */
export function drawLanes() {
  const element = /** @type {HTMLCanvasElement} */ (query('#canvas'));
  const phone = window.innerWidth < PHONE;
  const height = phone ? PHONE_LANE : LANE;
  const lanes = data.states
    .map((_, state) => ({ state, members: accounts.filter((account) => account.state === state) }))
    .filter(({ members }) => members.length);
  const width = element.clientWidth;
  const tall = lanes.length * height + AXIS;
  const scale = window.devicePixelRatio || 1;
  element.style.height = `${tall}px`;
  element.width = width * scale;
  element.height = tall * scale;
  const canvas = contextOf(element);
  canvas.scale(scale, scale);
  canvas.font = '13px system-ui, sans-serif';
  canvas.textBaseline = 'middle';
  const { low, high } = powersOfTen();
  const left = (phone ? 0 : WORDS_ROOM) + 26;
  const room = width - left - 20;
  /** @param {number} revenue */
  const placeOf = (revenue) =>
    left + (revenue > 0 && high > low ? (Math.log10(revenue) - low) / (high - low) : 0) * room;
  const drawing = { canvas, width, phone, placeOf, largest: 10 ** high };
  const every = Math.max(1, Math.ceil((LABEL_ROOM * (high - low)) / room));
  for (let power = Math.ceil(low); power <= high; power += every) drawMark(drawing, 10 ** power, tall);
  dots = [];
  lanes.forEach(({ state, members }, at) => {
    drawLane(drawing, state, members, at);
    writeLane(drawing, state, members, at * height);
  });
  const said = lanes.map(({ state, members }) => `${pick(data.states[state][1])}: ${members.length}`);
  element.setAttribute('aria-label', said.join(', '));
}

/** Return the powers of ten between which the revenues lie. */
function powersOfTen() {
  const powers = accounts
    .filter((account) => isInMainCurrency(account) && account.revenue !== null && account.revenue > 0)
    .map(({ revenue }) => Math.log10(revenue ?? 1));
  const low = powers.reduce((least, power) => Math.min(least, power), Infinity);
  return { low, high: powers.reduce((most, power) => Math.max(most, power), 0) };
}

/**
 * Mark a revenue on the axis.
 *
 * @param {Drawing} drawing
 * @param {number} revenue
 * @param {number} tall
 */
function drawMark({ canvas, width, placeOf }, revenue, tall) {
  const x = placeOf(revenue);
  canvas.fillStyle = colour('rule');
  canvas.fillRect(x, 0, 1, tall - 24);
  canvas.fillStyle = colour('muted');
  canvas.textAlign = 'center';
  canvas.fillText(money(revenue), Math.min(x, width - 24), tall - 11);
}

/**
 * Draw the dots of a lane, and name them where they are few.
 *
 * @param {Drawing} drawing
 * @param {number} state
 * @param {Account[]} members
 * @param {number} at which lane, from the top
 */
function drawLane({ canvas, width, phone, placeOf, largest }, state, members, at) {
  const height = phone ? PHONE_LANE : LANE;
  const top = at * height;
  const faded = !isStateShown(state);
  canvas.fillStyle = colour('rule');
  canvas.fillRect(0, top + height - 1, width, 1);
  canvas.globalAlpha = faded ? 0.12 : members.length > CROWD ? 0.55 : 0.85;
  const [above, room] = phone ? [26, height - 34] : [7, height - 14];
  const drawn = members.map((account, i) => {
    const main = isInMainCurrency(account);
    const x = placeOf(main ? (account.revenue ?? 0) : 0);
    const y = top + above + ((i * TURN + at * LANE_TURN) % 1) * room;
    const risk = Math.max(main ? (account.at_risk ?? 0) : 0, 0);
    const size = 2.2 + 5 * Math.sqrt(risk / largest);
    canvas.fillStyle = colour(graveTone(account));
    canvas.beginPath();
    canvas.arc(x, y, size, 0, 7);
    canvas.fill();
    return { x, y, size, account };
  });
  dots.push(...drawn);
  if (accounts.length <= NAMED) nameDots(canvas, drawn, width, phone ? [[0, top, width, top + 18]] : []);
  canvas.globalAlpha = 1;
}

/**
 * Write what lane it is, how many accounts are in it, and their revenue.
 *
 * @param {Drawing} drawing
 * @param {number} state
 * @param {Account[]} members
 * @param {number} top
 */
function writeLane({ canvas, width, phone }, state, members, top) {
  const sum = members.reduce((total, account) => {
    return total + (isInMainCurrency(account) ? (account.revenue ?? 0) : 0);
  }, 0);
  const total = `${count(members.length)} · ${money(sum)}${coin(data.currency)}`;
  const title = pick(data.states[state][1]);
  canvas.textAlign = 'left';
  canvas.fillStyle = colour('ink');
  canvas.font = '600 13px system-ui, sans-serif';
  const long = canvas.measureText(title).width;
  canvas.fillText(title, 2, top + (phone ? 10 : LANE / 2 - 9));
  canvas.font = `${phone ? 11.5 : 13}px system-ui, sans-serif`;
  canvas.fillStyle = colour('muted');
  if (!phone) canvas.fillText(total, 2, top + LANE / 2 + 10);
  else if (long + 10 + canvas.measureText(total).width < width) canvas.fillText(total, long + 10, top + 10);
}

/**
 * Return the account whose dot is nearest to a place on the canvas, if one is near.
 *
 * @param {number} x
 * @param {number} y
 * @returns {Account | undefined}
 */
export function accountAt(x, y) {
  let best;
  let least = REACH;
  for (const dot of dots) {
    const far = (dot.x - x) ** 2 + (dot.y - y) ** 2;
    if (far < least) {
      least = far;
      best = dot.account;
    }
  }
  return best;
}
