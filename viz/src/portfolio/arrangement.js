/** @import {Account, Arrangement} from './types' */
import { data } from './data.js';
import { isInMainCurrency } from './money.js';
import { accountsView, healthView } from './views.js';

/** Least radius of a dot, and how much the largest is larger, in pixels. */
const DOT = 2.2;
const RISK = 5;
const WORTH = 17;
/** What stands behind the dots of a state of health. */
/** @type {Record<string, string>} */
const TINTS = { bad: 'grave3', watch: 'grave2', good: 'grave0' };
/** With more accounts than this no dot is named where all or none are. */
const NAMED = 40;
/** How many are named by what they are worth. */
const LARGEST = 10;

/**
 * By what the access hangs on: larger where more revenue is at risk, coloured by the gravest trouble.
 *
 * @type {Arrangement}
 */
const BY_ACCESS = {
  group: /** @type {any} */ (accountsView.group),
  height: 56,
  phoneHeight: 62,
  parts: false,
  sizeOf: (account, largest) =>
    DOT + RISK * Math.sqrt(Math.max(amount(account, account.at_risk), 0) / largest),
  colourOf: ({ gravity }) => `grave${gravity}`,
  tintOf: () => '',
  letterOf: () => '',
  named: (members, all) => (all.length <= NAMED ? members : []),
};

/**
 * By the worst of four dials: larger where an account is worth more, coloured by the dial that is worst.
 *
 * @type {Arrangement}
 */
const BY_HEALTH = {
  group: /** @type {any} */ (healthView.group),
  height: 96,
  phoneHeight: 92,
  parts: true,
  sizeOf: (account, largest) => DOT + WORTH * Math.sqrt(amount(account, account.revenue) / largest),
  colourOf: ({ low, dials }) => (low >= 0 ? `dial${low}` : dials.length ? 'sound' : 'unseen'),
  tintOf: (lane) => TINTS[data.lanes[lane][0]] ?? '',
  letterOf: ({ grade }) => grade,
  named: (members, all) => {
    const largest = new Set(
      [...all].sort((a, b) => amount(b, b.revenue) - amount(a, a.revenue)).slice(0, LARGEST),
    );
    return members.filter((account) => largest.has(account));
  },
};

/** @param {'accounts' | 'health'} kind */
export function arrangementOf(kind) {
  return kind === 'health' ? BY_HEALTH : BY_ACCESS;
}

/**
 * Return an amount of an account that has a place on the scale; one in another currency, or unknown, has none.
 *
 * @param {Account} account
 * @param {number | null} value
 */
export function amount(account, value) {
  return isInMainCurrency(account) ? (value ?? 0) : 0;
}
