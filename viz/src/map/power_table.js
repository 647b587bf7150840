/** @import {Attitude} from './types' */
import { word } from '../shared/language.js';
import { ATTITUDES, attitudeChip, attitudeWords } from './attitudes.js';
import { model } from './model.js';
import { byPower, standingOf } from './state.js';
import { HIGH_POWER, cell, headCell, personButton, rowOf, tableOf } from './table_cells.js';

/** Rows of the table: word, power from, power below. */
/** @type {[string, number, number][]} */
const BANDS = [
  ['high', HIGH_POWER, 11],
  ['mid', 4, HIGH_POWER],
  ['low', -1, 4],
];

/**
 * Set the people by power and by attitude to a supplier.
 *
 * @param {string} camp
 */
export function powerTable(camp) {
  const rows = BANDS.map(([name, from, below]) => {
    const people = byPower().filter((id) => model.people[id].power >= from && model.people[id].power < below);
    const cells = ATTITUDES.map((attitude) =>
      cell(...people.filter((id) => (standingOf(camp, id).attitude ?? null) === attitude).map(personButton)),
    );
    return rowOf([headCell('row', word(name)), ...cells]);
  });
  return tableOf([cell(), ...ATTITUDES.map(attitudeHead)], rows);
}

/** @param {Attitude} attitude */
function attitudeHead(attitude) {
  const chip = attitudeChip(attitude);
  chip.title = attitudeWords(attitude);
  return headCell('col', chip);
}
