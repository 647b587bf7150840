/** @import {Attitude} from './types' */
import { element } from '../shared/elements.js';
import { pick, word } from '../shared/language.js';
import { model } from './model.js';

/** Every attitude, the worst first, unknown last. */
export const ATTITUDES = [-2, -1, 0, 1, 2, 3, null];

/** @param {Attitude | undefined} attitude */
export function signed(attitude) {
  if (attitude === null || attitude === undefined) return '?';
  if (attitude === 0) return '0';
  return attitude > 0 ? `+${attitude}` : `−${-attitude}`;
}

/**
 * Return the class that paints an attitude's ground.
 *
 * @param {Attitude | undefined} attitude
 */
export function shade(attitude) {
  return attitude === null || attitude === undefined ? 'hatch' : `bg${attitude}`;
}

/** @param {Attitude | undefined} attitude */
export function attitudeWords(attitude) {
  if (attitude === null || attitude === undefined) return word('unknown');
  return `${signed(attitude)} ${pick(model.attitudes[attitude])}`;
}

/** @param {Attitude | undefined} attitude */
export function attitudeChip(attitude) {
  return element('i', `chip ${shade(attitude)}`, signed(attitude));
}
