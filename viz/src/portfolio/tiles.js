/** @import {Finding} from './types' */
import { button, element, query } from '../shared/elements.js';
import { pick, word } from '../shared/language.js';
import { data } from './data.js';

/** Further questions that have a tile, where the page holds them. */
const TILES = ['wallet', 'duty', 'goals', 'voices', 'satisfaction'];

/**
 * Draw a tile for each of the questions a manager asks next: its first sentence, and a way to its view.
 *
 * @param {(view: string) => void} go
 */
export function drawTiles(go) {
  const asked = TILES.flatMap((key) => {
    const table = data.tables.find((found) => found.key === `portfolio-${key}`);
    return table?.findings.length ? [tileOf(table.key, pick(table.name), table.findings[0], go)] : [];
  });
  query('#tiles').replaceChildren(tileOf('accounts', word('accounts'), data.findings[0], go), ...asked);
}

/**
 * @param {string} view
 * @param {string} name
 * @param {Finding} finding
 * @param {(view: string) => void} go
 */
function tileOf(view, name, [urgency, sentence], go) {
  const made = button(`tile u${urgency}`, undefined, () => go(view));
  made.append(element('b', '', `${name} →`), element('span', '', pick(sentence)));
  made.title = pick(sentence);
  return made;
}
