/** @import {Column} from './types' */
import { button, element, query, queryInput } from '../shared/elements.js';
import { pick, word } from '../shared/language.js';
import { count } from '../shared/numbers.js';
import { widthsOf } from './columns.js';
import { data } from './data.js';
import { openDetail } from './detail.js';
import { foundIn } from './search.js';
import { currentView } from './views.js';

/** Pixels of a row, as the stylesheet has them; and how many rows are drawn beyond those that are seen. */
const ROW = 34;
const ABOVE = 6;
const BEYOND = 14;

/** @type {any[]} */
let found = [];

/** How wide the columns of the further questions are; they keep that in either language. */
const widths = new Map(data.tables.map((table) => [table.key, widthsOf(table)]));

/** Set the view's list: its heads, and the rows from the first on. */
export function setList() {
  const { key, kind } = currentView();
  const list = query('#list');
  list.className = `card ${kind}`;
  list.style.setProperty('--columns', widths.get(key) ?? '');
  queryInput('#find').value = currentView().text;
  query('#thead').replaceChildren(...currentView().columns.map(headButton));
  find();
}

/** @param {Column<any>} column */
function headButton(column) {
  const view = currentView();
  const head = pick(column.head);
  const arrow = view.sort === column ? (view.down ? ' ↓' : ' ↑') : '';
  const made = button(column.numeric ? 'n' : '', head + arrow, () => {
    view.down = view.sort === column ? !view.down : Boolean(column.numeric);
    view.sort = column;
    setList();
  });
  made.title = head;
  return made;
}

/** Find what is searched for, and show it from the top. */
export function find() {
  const view = currentView();
  found = foundIn(view);
  query('#scroll').scrollTop = 0;
  query('#count').textContent = view.text.trim() && !found.length ? word('nobody') : counted();
  drawRows();
}

function counted() {
  const { items, table } = currentView();
  const rest = table?.rest ? ` · ${word('rest', { n: count(table.rest) })}` : '';
  return `${count(found.length)} / ${count(items.length)}${rest}`;
}

/** Draw the rows that are seen: of ten thousand accounts a screenful. */
export function drawRows() {
  const box = query('#scroll');
  const first = Math.max(0, Math.floor(box.scrollTop / ROW) - ABOVE);
  const last = first + Math.ceil(box.clientHeight / ROW) + BEYOND;
  const body = query('#body');
  body.style.height = `${found.length * ROW}px`;
  body.replaceChildren(...found.slice(first, last).map((item, at) => rowOf(item, (first + at) * ROW)));
}

/**
 * @param {any} item
 * @param {number} top
 */
function rowOf(item, top) {
  const view = currentView();
  const row = button('row body-row', undefined, () => openDetail(view, item, row));
  row.style.top = `${top}px`;
  row.append(...view.columns.map((column) => cellOf(column, item)));
  return row;
}

/**
 * @param {Column<any>} column
 * @param {any} item
 */
function cellOf(column, item) {
  const text = column.text(item);
  const made = element(
    'span',
    [column.numeric ? 'n' : '', column.className?.(item)].filter(Boolean).join(' '),
  );
  const sign = column.sign?.(item);
  if (sign) made.append(element('i', sign.className));
  made.append(text);
  if (!column.numeric) made.title = sign ? `${sign.title}: ${text}` : text;
  return made;
}
