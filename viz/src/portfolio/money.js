/** @import {Account} from './types' */
import { language } from '../shared/language.js';
import { data } from './data.js';

/** Units of large numbers, by language: from, and how they are written. */
/** @type {Record<string, [number, string][]>} */
const UNITS = {
  zh: [
    [1e8, '亿'],
    [1e4, '万'],
  ],
  en: [
    [1e9, ' bn'],
    [1e6, ' m'],
    [1e3, ' k'],
  ],
};

/**
 * Write an amount in three digits.
 *
 * @param {number | null} amount
 */
export function money(amount) {
  if (amount === null) return '';
  const [by, unit] = UNITS[language()].find(([from]) => amount >= from) ?? [1, ''];
  return Number((amount / by).toPrecision(3)).toLocaleString('en') + unit;
}

/**
 * Whether an account's amounts are in the currency of the sums; others have no place on a scale.
 *
 * @param {Account} account
 */
export function isInMainCurrency(account) {
  return account.currency === data.currency;
}

/**
 * Write a currency as it stands after an amount: in Chinese by its name where it has one, else by its code.
 *
 * @param {string} currency
 */
export function coin(currency) {
  if (!currency) return '';
  return language() === 'zh' && Object.hasOwn(data.coins, currency) ? data.coins[currency] : ` ${currency}`;
}

/**
 * Write an amount of an account, with its currency where that isn't the one of the sums.
 *
 * @param {number | null} amount
 * @param {Account} account
 */
export function cash(amount, account) {
  return money(amount) + (amount === null || isInMainCurrency(account) ? '' : coin(account.currency));
}
