/** The most dots that the strength of a relation has. */
const DOTS = 4;

/**
 * Write a strength in dots.
 *
 * @param {number} strength
 */
export function dots(strength) {
  return '●'.repeat(strength) + '○'.repeat(DOTS - strength);
}
