import { root } from './elements.js';

/** Colours by token, as the stylesheet has them for the theme shown. */
/** @type {Map<string, string>} */
const colours = new Map();

/** Open as the system is set. */
export function followSystem() {
  root.dataset.theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function switchTheme() {
  root.dataset.theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
  colours.clear();
}

/**
 * Return a colour of the theme, for what is drawn on a canvas.
 *
 * @param {string} token
 * @returns {string}
 */
export function colour(token) {
  let found = colours.get(token);
  if (found === undefined) {
    found = getComputedStyle(root).getPropertyValue(`--${token}`).trim();
    colours.set(token, found);
  }
  return found;
}
