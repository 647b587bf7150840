import { element, query } from '../shared/elements.js';
import { pick, word } from '../shared/language.js';
import { ATTITUDES, attitudeWords, shade, signed } from './attitudes.js';
import { campOf, model } from './model.js';
import { isNarrow, isTable, peopleHere, standingOf, state, visibleCamps } from './state.js';
import { LARGEST, MARGIN } from './viewport.js';

/**
 * Pixels: a panel's head, its facts below a single map, below maps side by side, beside a map; and what is
 * under it.
 */
const HEAD = 38;
const FACTS_BELOW = 112;
const FACTS = 164;
const FACTS_BESIDE = 340;
const LEGEND = 76;
const LOWEST_PANEL = 420;
const LOWEST_MAP = 300;
/** A part of the mix is labelled from this share on. */
const LABELLED = 0.08;

/** Show the panels of the suppliers that are seen, or the list. */
export function showPanels() {
  const camps = visibleCamps();
  for (const { key } of model.camps) query(`#panel-${key}`).hidden = !camps.includes(key);
  query('#panels').hidden = state.view === 'list';
  query('#list').hidden = state.view !== 'list';
}

/** Give each panel its height: as much of the window as is left, and no more than its map can use. */
export function sizePanels() {
  const camps = visibleCamps();
  const panels = query('#panels');
  panels.style.setProperty('--cols', String(isNarrow() ? 1 : camps.length || 1));
  const above = panels.getBoundingClientRect().top + window.scrollY;
  for (const camp of camps) sizePanel(query(`#panel-${camp}`), above);
}

/**
 * @param {HTMLElement} panel
 * @param {number} above pixels above the panels
 */
function sizePanel(panel, above) {
  const map = query('.map', panel);
  const grid = query('.grid', panel);
  const table = isTable();
  map.hidden = table;
  grid.hidden = !table;
  const whole = panel.clientWidth - 2;
  const alone = state.mode === 'one' && !isNarrow() && !model.plain;
  /** @param {number} below */
  const heightOver = (below) => Math.max(LOWEST_PANEL, window.innerHeight - above - HEAD - below - LEGEND);
  // Of one map the facts stand beside or below, whichever leaves it larger.
  const beside =
    alone &&
    (table || scaleIn(whole - FACTS_BESIDE, heightOver(0)) > scaleIn(whole, heightOver(FACTS_BELOW)));
  panel.classList.toggle('beside', beside);
  panel.classList.toggle('below', alone && !beside);
  const wide = beside ? whole - FACTS_BESIDE : whole;
  const room = heightOver(beside || model.plain ? 0 : alone ? FACTS_BELOW : FACTS);
  const drawn = model.height + MARGIN.y;
  const wanted = Math.min((wide * drawn) / (model.width + MARGIN.x), LARGEST * drawn);
  if (table) grid.style.height = isNarrow() ? 'auto' : `${room}px`;
  const height = isNarrow() ? wanted : Math.min(Math.max(wanted, LOWEST_MAP), room);
  map.style.height = `${Math.round(height)}px`;
}

/**
 * @param {number} width
 * @param {number} height
 */
function scaleIn(width, height) {
  return Math.min(width / (model.width + MARGIN.x), height / (model.height + MARGIN.y));
}

/** Write the panels' heads: whose map it is, and how attitudes are mixed. */
export function writeHeads() {
  for (const { key, letter, name } of model.camps) {
    const panel = query(`#panel-${key}`);
    query('.mark', panel).textContent = pick(letter);
    query('h2', panel).textContent = headOf(key);
    panel.setAttribute('aria-label', pick(name));
    query('.mix', panel).replaceChildren(...(model.plain || state.view === 'difference' ? [] : mixOf(key)));
  }
}

/** @param {string} camp */
function headOf(camp) {
  if (model.plain) return word('chart');
  const name = pick(campOf(camp).name);
  if (state.view === 'difference') return camp === 'us' ? word('wholeads') : `${word('minus')} ${name}`;
  return camp === 'us' ? word('ours') : name;
}

/** @param {string} camp */
function mixOf(camp) {
  const attitudes = peopleHere().map((id) => standingOf(camp, id).attitude ?? null);
  return ATTITUDES.flatMap((attitude) => {
    const count = attitudes.filter((other) => other === attitude).length;
    if (!count) return [];
    const part = element('i', shade(attitude), count / attitudes.length > LABELLED ? signed(attitude) : '');
    part.style.flex = String(count);
    part.title = `${attitudeWords(attitude)}: ${count}`;
    return [part];
  });
}
