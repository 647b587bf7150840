/** @import {Account} from './types' */
import { accounts, data } from './data.js';
import { isInMainCurrency } from './money.js';

/** How many of the largest accounts are named in the picture, and stand in the list beside it. */
const LARGEST_MANY = 10;

/** States of a dial, the worst first. */
const WORST_FIRST = ['bad', 'watch', 'unknown', 'good'];

/** The lane of those whose value or health isn't known. */
export const UNKNOWN = 'unknown';

/**
 * Return the key of the band in which an account is drawn: without a value or a known dial it stands apart.
 *
 * @param {Account} account
 */
export function bandOf(account) {
  return account.band < 0 || !hasValue(account) ? UNKNOWN : data.bands[account.band][0];
}

/**
 * Whether an account has a revenue that stands on the axis.
 *
 * @param {Account} account
 */
export function hasValue(account) {
  return isInMainCurrency(account) && account.revenue !== null && account.revenue > 0;
}

/**
 * Return the state of each dial of an account, in the order of the dials; nothing where it wasn't looked at.
 *
 * @param {Account} account
 */
export function statesOf({ dials }) {
  return [...dials].map((at) => data.dial_states[Number(at)][0]);
}

/**
 * Return the position of the worst dial, the first of several; -1 where all are good or it wasn't looked at.
 *
 * @param {Account} account
 */
export function worstDial(account) {
  const states = statesOf(account);
  const worst = WORST_FIRST.find((state) => states.includes(state));
  return worst === undefined || worst === 'good' ? -1 : states.indexOf(worst);
}

/**
 * Return the tone of an account in a list: green only for those that are sound in all four dials.
 *
 * @param {Account} account
 */
export function graveTone(account) {
  const sound = account.band >= 0 && data.bands[account.band][0] === 'sound';
  return account.gravity || sound ? `grave${account.gravity}` : 'muted';
}

/** Return the largest accounts that have a value, the largest first. */
export function largest() {
  return bySize(accounts.filter((account) => account.band >= 0 && hasValue(account))).slice(0, LARGEST_MANY);
}

/**
 * Sort accounts, the largest first.
 *
 * @param {Account[]} members
 */
export function bySize(members) {
  return [...members].sort((a, b) => (b.revenue ?? 0) - (a.revenue ?? 0));
}

/**
 * Add up what accounts are worth; those in other currencies are left out.
 *
 * @param {Account[]} members
 */
export function worth(members) {
  return members.filter(hasValue).reduce((sum, { revenue }) => sum + (revenue ?? 0), 0);
}
