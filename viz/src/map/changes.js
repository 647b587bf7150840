/**
 * What changed, so that no view needs to know the others: `page` is everything, `choice` who is chosen,
 * `light` only who stays bright.
 *
 * @typedef {'page' | 'choice' | 'light'} Change
 */

/** @type {Record<Change, () => void>} */
const listeners = { page() {}, choice() {}, light() {} };

/**
 * @param {Change} change
 * @param {() => void} listener
 */
export function onChange(change, listener) {
  listeners[change] = listener;
}

/** @param {Change} change */
export function announce(change) {
  listeners[change]();
}
