/** @import {Dictionary, Language, Pair, Said} from './types' */
import { queryAll, root } from './elements.js';

/** @type {Language} */
let spoken = root.lang.startsWith('zh') ? 'zh' : 'en';

/** @type {Dictionary} */
let dictionary = {};

/** Return the language that the page speaks now. */
export function language() {
  return spoken;
}

/** Speak the other language; what is written already is not written anew. */
export function switchLanguage() {
  spoken = spoken === 'zh' ? 'en' : 'zh';
}

/**
 * Take the page's own words.
 *
 * @param {Dictionary} words
 */
export function learn(words) {
  dictionary = words;
}

/**
 * Choose of a text what is said in the language spoken; where it is missing, the other.
 *
 * @param {Said} text
 * @returns {string}
 */
export function pick(text) {
  if (!Array.isArray(text)) return String(text ?? '');
  const at = spoken === 'zh' ? 0 : 1;
  return text[at] || text[1 - at] || '';
}

/**
 * Choose of a text what is said in the language spoken, and nothing where that is nothing.
 *
 * @param {Pair | string} text
 * @returns {string}
 */
export function pickStrictly(text) {
  return Array.isArray(text) ? text[spoken === 'zh' ? 0 : 1] : text;
}

/**
 * Return a word of the page's own.
 *
 * @param {string} key
 * @param {Record<string, string | number>} [values] what stands in its braces
 * @returns {string}
 */
export function word(key, values = {}) {
  let text = pick(dictionary[key]);
  for (const [name, value] of Object.entries(values)) text = text.replace(`{${name}}`, () => String(value));
  return text;
}

/**
 * List texts as the language does.
 *
 * @param {string[]} texts
 */
export function listed(texts) {
  return texts.join(spoken === 'zh' ? '、' : ', ');
}

/** Write the words of elements that name one: `data-w` their text, `data-a` what a reader of screens says. */
export function writeWords() {
  root.lang = spoken === 'zh' ? 'zh-CN' : 'en';
  for (const found of queryAll('[data-w]')) found.textContent = word(found.dataset.w ?? '');
  for (const found of queryAll('[data-a]')) found.setAttribute('aria-label', word(found.dataset.a ?? ''));
}
