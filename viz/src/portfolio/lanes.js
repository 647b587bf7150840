/** @import {Account, Arrangement} from './types' */
import { contextOf, query } from '../shared/elements.js';
import { pick, word } from '../shared/language.js';
import { count } from '../shared/numbers.js';
import { colour } from '../shared/theme.js';
import { amount, arrangementOf } from './arrangement.js';
import { accounts, data } from './data.js';
import { nameDots } from './dot_names.js';
import { coin, money } from './money.js';
import { isShown } from './views.js';

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
 * @property {number} height of a lane
 * @property {Arrangement} by
 * @property {(account: Account) => number} placeOf
 * @property {number} largest
 */

/** Narrower windows are phones: the words of a lane stand above its dots, not beside them. */
const PHONE = 640;
const AXIS = 26;
const WORDS_ROOM = 300;
const HEALTH_ROOM = 170;
/** Where accounts stand whose revenue isn't known: left of the scale. */
const UNKNOWN_ROOM = 64;
/** Pixels from one label of the axis to the next, at least. */
const LABEL_ROOM = 64;
/** A lane with more dots is drawn thinner. */
const CROWD = 400;
/** From this radius on a dot bears the letter of its grade. */
const LETTERED = 8;
/**
 * Turns the dots of a lane so that neighbours in the list lie apart: the golden ratio, and a turn by lane.
 */
const TURN = 0.618034;
const LANE_TURN = 0.37;
/** How strongly a lane is tinted. */
const TINT = 0.06;
/** How far from the edge of a dot a click still means it, in pixels. */
const REACH = 10;

/** @type {Dot[]} */
let dots = [];

/**
 * Draw every account as a dot in the lane of its group: further right more revenue.
 *
 * @param {'accounts' | 'health'} kind
 */
export function drawLanes(kind) {
  const by = arrangementOf(kind);
  const element = /** @type {HTMLCanvasElement} */ (query('#canvas'));
  const phone = window.innerWidth < PHONE;
  const height = phone ? by.phoneHeight : by.height;
  const lanes = by.group.names
    .map((_, lane) => ({ lane, members: accounts.filter((account) => by.group.of(account) === lane) }))
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
  const words = phone ? 0 : kind === 'health' ? HEALTH_ROOM : WORDS_ROOM;
  const someUnknown = accounts.some((account) => !hasPlace(account));
  const left = words + 26 + (someUnknown ? UNKNOWN_ROOM : 0);
  const room = width - left - 30;
  /** @param {number} revenue */
  const along = (revenue) => left + (high > low ? (Math.log10(revenue) - low) / (high - low) : 0.5) * room;
  /** @param {Account} account */
  const placeOf = (account) => (hasPlace(account) ? along(account.revenue ?? 1) : words + 34);
  const drawing = { canvas, width, phone, height, by, placeOf, largest: 10 ** high };
  const every = Math.max(1, Math.ceil((LABEL_ROOM * (high - low)) / room));
  for (let power = Math.ceil(low); power <= high; power += every) {
    drawMark(drawing, along(10 ** power), money(10 ** power), tall);
  }
  if (someUnknown) drawMark(drawing, words + 34, word('no_money'), tall);
  dots = [];
  lanes.forEach(({ lane, members }, at) => {
    drawLane(drawing, lane, members, at);
    writeLane(drawing, lane, members, at * height);
  });
  const said = lanes.map(({ lane, members }) => `${pick(by.group.names[lane][1])}: ${members.length}`);
  element.setAttribute('aria-label', said.join(', '));
}

/**
 * Whether an account has a place on the scale: a revenue, in the currency of the scale.
 *
 * @param {Account} account
 */
function hasPlace(account) {
  return amount(account, account.revenue) > 0;
}

/** Return the powers of ten between which the revenues lie. */
function powersOfTen() {
  const powers = accounts.filter(hasPlace).map(({ revenue }) => Math.log10(revenue ?? 1));
  const low = powers.reduce((least, power) => Math.min(least, power), Infinity);
  return { low, high: powers.reduce((most, power) => Math.max(most, power), 0) };
}

/**
 * Mark a place on the axis.
 *
 * @param {Drawing} drawing
 * @param {number} x
 * @param {string} text
 * @param {number} tall
 */
function drawMark({ canvas, width }, x, text, tall) {
  canvas.fillStyle = colour('rule');
  canvas.fillRect(x, 0, 1, tall - 24);
  canvas.fillStyle = colour('muted');
  canvas.textAlign = 'center';
  const half = canvas.measureText(text).width / 2;
  canvas.fillText(text, Math.max(half, Math.min(x, width - half)), tall - 11);
}

/**
 * Draw the dots of a lane, the large ones first, and name those that are to be named.
 *
 * @param {Drawing} drawing
 * @param {number} lane
 * @param {Account[]} members
 * @param {number} at which lane, from the top
 */
function drawLane({ canvas, width, phone, height, by, placeOf, largest }, lane, members, at) {
  const top = at * height;
  const tint = by.tintOf(lane);
  if (tint) {
    canvas.globalAlpha = TINT;
    canvas.fillStyle = colour(tint);
    canvas.fillRect(0, top, width, height);
    canvas.globalAlpha = 1;
  }
  canvas.fillStyle = colour('rule');
  canvas.fillRect(0, top + height - 1, width, 1);
  canvas.globalAlpha = !isShown(by.group, lane) ? 0.12 : members.length > CROWD ? 0.55 : 0.85;
  const drawn = members.map((account, i) => {
    const size = by.sizeOf(account, largest);
    const [above, below] = [(phone ? 20 : 4) + size, size + 4];
    const y = top + above + ((i * TURN + at * LANE_TURN) % 1) * Math.max(0, height - above - below);
    return { x: placeOf(account), y, size, account };
  });
  drawn.sort((a, b) => b.size - a.size);
  for (const dot of drawn) drawDot(canvas, by, dot);
  dots.push(...drawn);
  const named = new Set(by.named(members, accounts));
  nameDots(
    canvas,
    drawn,
    drawn.filter(({ account }) => named.has(account)),
    width,
    phone ? [[0, top, width, top + 18]] : [],
  );
  canvas.globalAlpha = 1;
}

/**
 * Draw a dot, hollow where its revenue isn't known, with its letter where there is room.
 *
 * @param {CanvasRenderingContext2D} canvas
 * @param {Arrangement} by
 * @param {Dot} dot
 */
function drawDot(canvas, by, { x, y, size, account }) {
  canvas.beginPath();
  canvas.arc(x, y, size, 0, 7);
  canvas.fillStyle = canvas.strokeStyle = colour(by.colourOf(account));
  if (hasPlace(account)) canvas.fill();
  else canvas.stroke();
  const letter = by.letterOf(account);
  if (!letter || size < LETTERED) return;
  canvas.fillStyle = colour('card');
  canvas.font = '700 11px system-ui, sans-serif';
  canvas.textAlign = 'center';
  canvas.fillText(letter, x, y + 0.5);
}

/**
 * Write what lane it is, how many accounts are in it, and their revenue.
 *
 * @param {Drawing} drawing
 * @param {number} lane
 * @param {Account[]} members
 * @param {number} top
 */
function writeLane({ canvas, width, phone, height, by }, lane, members, top) {
  const sum = members.reduce((total, account) => total + amount(account, account.revenue), 0);
  const whole = accounts.reduce((total, account) => total + amount(account, account.revenue), 0);
  const part = by.parts && whole ? ` · ${Math.round((100 * sum) / whole)}%` : '';
  const total = `${count(members.length)} · ${money(sum)}${coin(data.currency)}${part}`;
  const title = pick(by.group.names[lane][1]);
  canvas.textAlign = 'left';
  canvas.fillStyle = colour('ink');
  canvas.font = '600 13px system-ui, sans-serif';
  const long = canvas.measureText(title).width;
  canvas.fillText(title, 8, top + (phone ? 10 : height / 2 - 9));
  canvas.font = `${phone ? 11.5 : 13}px system-ui, sans-serif`;
  canvas.fillStyle = colour('muted');
  if (!phone) canvas.fillText(total, 8, top + height / 2 + 10);
  else if (long + 20 + canvas.measureText(total).width < width) canvas.fillText(total, long + 16, top + 10);
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
    const far = Math.hypot(dot.x - x, dot.y - y) - dot.size;
    if (far < least) {
      least = far;
      best = dot.account;
    }
  }
  return best;
}
