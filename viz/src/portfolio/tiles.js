import { button, element, query } from '../shared/elements.js';
import { pick } from '../shared/language.js';
import { askedViews } from './views.js';

/** From this urgency on a question has something that a manager should see at once. */
const URGENT = 2;

/**
 * Offer, below the first picture, the most urgent sentence of each further question that has one.
 *
 * @param {(key: string) => void} open opens the view of a question
 */
export function setTiles(open) {
  const tiles = askedViews.flatMap(({ key, table }) => {
    const finding = table?.findings.find(([urgency]) => urgency >= URGENT);
    if (!table || !finding) return [];
    const made = button('tile', undefined, () => open(key));
    made.append(element('b', '', pick(table.name)), element('span', '', pick(finding[1])));
    return [made];
  });
  query('#tiles').replaceChildren(...tiles);
}
