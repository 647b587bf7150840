/** @import {View} from './types' */
import { language } from '../shared/language.js';
import { data } from './data.js';

/**
 * Return what of a view the reader wants to see, in the order wanted. Where no letter fits, the sound may:
 * pinyin, whole or initials.
 *
 * @template Item
 * @param {View<Item>} view
 * @returns {Item[]}
 */
export function foundIn(view) {
  const { texts, names } = view;
  const text = view.text.trim().toLowerCase();
  const sound = text.replace(/\s/g, '');
  const allowed = view.items.filter(view.allows);
  if (!text) return sorted(allowed, view);
  const written = allowed.filter((item) => texts(item).flat().join(' ').toLowerCase().includes(text));
  if (written.length) return sorted(written, view);
  /** @param {Item} item */
  const sounds = (item) =>
    names(item)
      .flat()
      .map((name) => data.sounds[String(name)] ?? '');
  const heard = allowed.filter((item) => sounds(item).some((said) => said.includes(sound)));
  return sorted(heard, view);
}

/**
 * @template Item
 * @param {Item[]} items
 * @param {View<Item>} view
 */
function sorted(items, { sort, down }) {
  if (!sort) return items;
  const { text, value } = sort;
  const sign = down ? -1 : 1;
  if (value) return items.sort((a, b) => (value(a) - value(b)) * sign);
  return items.sort((a, b) => text(a).localeCompare(text(b), language()) * sign);
}
