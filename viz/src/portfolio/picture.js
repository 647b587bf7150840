/** @import {Finding} from './types' */
import { element, query } from '../shared/elements.js';
import { pick, word } from '../shared/language.js';
import { drawBands } from './bands.js';
import { drawBars } from './bars.js';
import { data } from './data.js';
import { drawLanes } from './lanes.js';
import { drawLargest } from './largest.js';
import { currentView, VALUE } from './views.js';

/**
 * Draw what stands above the list: accounts as dots, our people as bars, of a further question its sentences.
 */
export function drawPicture() {
  const { kind, table, key } = currentView();
  const first = key === VALUE;
  query('#ground').hidden = !first;
  query('#picture').hidden = first && !table?.findings[1] && !table?.notes.length;
  query('#sentence').textContent = pick((table ?? data).findings[0]?.[1] ?? '');
  query('#findings').hidden = kind === 'asked';
  query('#canvas').hidden = kind !== 'accounts';
  query('#bars').hidden = kind !== 'owners';
  query('#answers').hidden = kind !== 'asked';
  query('#caption').textContent = table
    ? pick(table.name)
    : word(kind === 'accounts' ? 'caption' : 'caption_owners');
  if (first) {
    drawBands();
    drawLargest();
  }
  if (kind === 'accounts') drawLanes();
  else if (kind === 'owners') drawBars();
  else if (table) {
    const notes = table.notes.map((note) => element('li', 'u0', pick(note)));
    query('#answers').replaceChildren(...table.findings.slice(1).map(findingItem), ...notes);
  }
}

/** @param {Finding} finding */
export function findingItem([urgency, sentence]) {
  return element('li', `u${urgency}`, pick(sentence));
}
