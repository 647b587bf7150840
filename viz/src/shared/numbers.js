/**
 * Write a share in whole percent.
 *
 * @param {number} share
 */
export function percent(share) {
  return `${Math.round(share * 100)}%`;
}

/**
 * Write a count, thousands apart.
 *
 * @param {number} value
 */
export function count(value) {
  return value.toLocaleString('en');
}
