const SPACE = 'http://www.w3.org/2000/svg';

/**
 * Make an element of a drawing; its text stays text.
 *
 * @param {string} tag
 * @param {Record<string, string | number>} facts
 * @param {string} [text]
 */
export function shape(tag, facts, text) {
  const made = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(facts)) made.setAttribute(name, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}
