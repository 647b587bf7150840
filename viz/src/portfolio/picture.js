/** @import {Finding} from './types' */
import { element, query } from '../shared/elements.js';
import { pick, word } from '../shared/language.js';
import { drawBars } from './bars.js';
import { drawLanes } from './lanes.js';
import { currentView } from './views.js';

/**
 * Draw what stands above the list: accounts as dots, our people as bars, of a further question its sentences.
 */
export function drawPicture() {
  const { kind, table } = currentView();
  query('#findings').hidden = kind === 'asked';
  query('#canvas').hidden = kind !== 'accounts';
  query('#bars').hidden = kind !== 'owners';
  query('#answers').hidden = kind !== 'asked';
  query('#caption').textContent = table
    ? pick(table.name)
    : word(kind === 'accounts' ? 'caption' : 'caption_owners');
  if (kind === 'accounts') drawLanes();
  else if (kind === 'owners') drawBars();
  else if (table) {
    const notes = table.notes.map((note) => element('li', 'u0', pick(note)));
    query('#answers').replaceChildren(...table.findings.map(findingItem), ...notes);
  }
}

/** @param {Finding} finding */
export function findingItem([urgency, sentence]) {
  return element('li', `u${urgency}`, pick(sentence));
}
