/**
 * Write a share in whole percent.
 *
 * @param {number} share
 */
export function percent(share) {
  return `${Math.round(share * 100)}%`;
}
