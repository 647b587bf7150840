/** @import {Box} from './boxes.js' */
/** @import {Account} from './types' */
import { areOver } from './boxes.js';
import { bySize } from './ground.js';

/**
 * Where the dot of an account is and how large; of a named one also where its label begins or ends.
 *
 * @typedef {{ account: Account, x: number, y: number, size: number, label?: Label, tight?: boolean }} Place
 */
/** @typedef {{ x: number, y: number, end: boolean, name: string, said: string }} Label */
/**
 * What a band is filled by: its top and height, the room from left to right, and what measures.
 *
 * @typedef {object} Room
 * @property {number} top
 * @property {number} height
 * @property {number} left
 * @property {number} right
 * @property {(account: Account) => number} placeOf
 * @property {(account: Account) => number} sizeOf
 * @property {(account: Account) => { name: string, said: string, wide: number } | undefined} labelOf
 */
const HEIGHT_STEP = 6;
const LABEL_GAP = 6;
/** Half the height of a label of two lines. */
const LABEL_HALF = 15;
/** Dots may lie over each other's rim, not over each other's letter. */
const CORE = 0.75;
/** Turns dots so that neighbours lie apart: the golden ratio. */
const DOT_TURN = 0.618034;

/**
 * Place the accounts of a band: the largest first, so that no label runs over another nor over a named dot.
 *
 * @param {Account[]} members
 * @param {Room} room
 * @returns {Place[]}
 */
export function placesIn(members, room) {
  /** @type {Box[]} */
  const taken = [];
  return bySize(members).map((account, at) => {
    const x = room.placeOf(account);
    const size = room.sizeOf(account);
    const label = room.labelOf(account);
    const heights = freeHeights(room, label ? Math.max(size, LABEL_HALF) : size, at);
    const found = label && labelled({ account, x, y: 0, size }, label, heights, room, taken);
    if (found) return found;
    const free = heights.find((y) => !taken.some((box) => areOver(box, core(x, y, size))));
    const y = free ?? heights[0];
    if (size > LABEL_GAP) taken.push(core(x, y, size));
    return { account, x, y, size, tight: free === undefined && size > LABEL_GAP };
  });
}

/**
 * Place a dot with its label, if both have room.
 *
 * @param {Place} dot
 * @param {{ name: string, said: string, wide: number }} label
 * @param {number[]} heights
 * @param {Room} room
 * @param {Box[]} taken where others are; these are added
 * @returns {Place | undefined}
 */
function labelled(dot, { name, said, wide }, heights, room, taken) {
  const { x, size } = dot;
  for (const y of heights) {
    for (const end of [false, true]) {
      const edge = end ? x - size - LABEL_GAP : x + size + LABEL_GAP;
      const from = end ? edge - wide : edge;
      if (from < room.left || from + wide > room.right) continue;
      /** @type {Box[]} */
      const boxes = [core(x, y, size), [from - 2, y - LABEL_HALF, from + wide + 2, y + LABEL_HALF]];
      if (boxes.some((box) => taken.some((other) => areOver(other, box)))) continue;
      taken.push(...boxes);
      return { ...dot, y, label: { x: edge, y, end, name, said } };
    }
  }
  return undefined;
}

/**
 * Return heights in a band at which a dot fits, those first that lie nearest to its turn.
 *
 * @param {Room} room
 * @param {number} size
 * @param {number} at
 */
function freeHeights({ top, height }, size, at) {
  const first = top + size + 2;
  const room = Math.max(height - 2 * size - 4, 0);
  const wanted = first + ((0.3 + at * DOT_TURN) % 1) * room;
  const steps = Array.from({ length: Math.floor(room / HEIGHT_STEP) + 1 }, (_, i) => first + i * HEIGHT_STEP);
  return [wanted, ...steps.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))];
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @returns {Box}
 */
function core(x, y, size) {
  const half = size * CORE;
  return [x - half, y - half, x + half, y + half];
}
