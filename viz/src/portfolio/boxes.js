/** Left, top, right, bottom. */
/** @typedef {[number, number, number, number]} Box */

/**
 * Whether two boxes run over each other.
 *
 * @param {Box} a
 * @param {Box} b
 */
export function areOver(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
