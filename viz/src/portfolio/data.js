/** @import {Account, Owner, Written} from './types' */
import { readData } from '../shared/data.js';
import { learn, pick } from '../shared/language.js';

/** @type {Written} */
export const data = readData('data');
learn(data.words);

/** @type {Account[]} */
export const accounts = data.accounts.map(
  (facts) => /** @type {any} */ (Object.fromEntries(data.fields.map((field, at) => [field, facts[at]]))),
);

/** @type {Owner[]} */
export const owners = data.owners.map(([name, covered, single, risk, lost, people]) => ({
  name,
  accounts: covered,
  single,
  at_risk: risk,
  lost,
  people,
}));

/**
 * Return the name of one of our people.
 *
 * @param {number} at position in `owners`
 */
export function ownerName(at) {
  return at < 0 ? '' : pick(owners[at].name);
}
