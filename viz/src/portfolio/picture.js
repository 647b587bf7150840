/** @import {Finding} from './types' */
import { element, query } from '../shared/elements.js';
import { pick, word } from '../shared/language.js';
import { drawBars } from './bars.js';
import { data } from './data.js';
import { drawLanes } from './lanes.js';
import { currentView } from './views.js';

/** The words above the picture, by view. */
const CAPTIONS = { accounts: 'caption', health: 'caption_health', owners: 'caption_owners' };

/**
 * Draw what stands above the list: accounts as dots, our people as bars, of a further question its sentences.
 */
export function drawPicture() {
  const { kind, table } = currentView();
  const dotted = kind === 'accounts' || kind === 'health';
  query('#findings').hidden = kind === 'asked';
  query('#canvas').hidden = !dotted;
  query('#legend').hidden = kind !== 'health';
  query('#tiles').hidden = kind !== 'health';
  query('#bars').hidden = kind !== 'owners';
  query('#answers').hidden = kind !== 'asked';
  query('#caption').textContent = kind === 'asked' ? pick(table?.name) : word(CAPTIONS[kind]);
  if (kind === 'accounts' || kind === 'health') drawLanes(kind);
  else if (kind === 'owners') drawBars();
  else if (table) {
    const notes = table.notes.map((note) => element('li', 'u0', pick(note)));
    query('#answers').replaceChildren(...table.findings.map(findingItem), ...notes);
  }
}

/** Say what the colours of the dots mean. */
export function writeLegend() {
  const items = data.dials.map(([, name], at) => legendItem(`dial${at}`, pick(name)));
  query('#legend').replaceChildren(...items, legendItem('sound', word('sound')));
}

/**
 * @param {string} token
 * @param {string} text
 */
function legendItem(token, text) {
  const made = element('span');
  made.append(element('i', `dot ${token}`), text);
  return made;
}

/** @param {Finding} finding */
export function findingItem([urgency, sentence]) {
  return element('li', `u${urgency}`, pick(sentence));
}
