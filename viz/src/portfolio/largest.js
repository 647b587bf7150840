/** @import {Account, Table} from './types' */
import { button, element, query } from '../shared/elements.js';
import { pick, word } from '../shared/language.js';
import { cellText } from './columns.js';
import { accounts, data } from './data.js';
import { openDetail } from './detail.js';
import { largest, statesOf, UNKNOWN, worstDial, worth } from './ground.js';
import { coin, money } from './money.js';
import { accountsView } from './views.js';

/** Rows of the repairs beside the picture; the whole list is a view. */
const REPAIR_ROWS = 5;

/** Draw what stands beside the picture: the largest accounts with their dials, and the repairs. */
export function drawLargest() {
  query('#largest').replaceChildren(...largestTable());
  const repairs = data.tables.find(({ key }) => key === 'portfolio-repairs');
  query('#mending').hidden = !repairs?.rows.length;
  query('#mending').replaceChildren(...(repairs?.rows.length ? repairsCard(repairs) : []));
}

function largestTable() {
  const shown = largest();
  if (!shown.length) return [element('p', 'nothing', word('no_accounts'))];
  const unit = coin(data.currency);
  const part = `${money(worth(shown))}${unit}`;
  const whole = `${money(worth(accounts))}${unit}`;
  const head = element('h2', '', word('largest', { n: shown.length, part, whole }));
  head.append(element('small', '', word('box')));
  const table = element('table');
  const names = ['name', 'grade', 'revenue'].map((field) => pick(accountHead(field)));
  table.append(headRow([...names, ...data.dials.map(([, name]) => pick(name))], [2]));
  const body = element('tbody');
  body.append(...shown.map(largestRow));
  table.append(body);
  return [head, table];
}

/** @param {string} field */
function accountHead(field) {
  return data.heads.accounts[data.fields.findIndex((other) => other === field)];
}

/**
 * @param {string[]} names
 * @param {number[]} numbers which of them stand right
 */
function headRow(names, numbers) {
  const row = element('tr');
  names.forEach((name, at) => {
    const made = element('th', numbers.includes(at) ? 'n' : '', name);
    made.scope = 'col';
    row.append(made);
  });
  const head = element('thead');
  head.append(row);
  return head;
}

/** @param {Account} account */
function largestRow(account) {
  const row = element('tr');
  const name = element('td');
  const made = button('to-account', pick(account.name), () => openDetail(accountsView, account, made));
  name.append(made);
  const worst = worstDial(account);
  const marks = statesOf(account).map((state, at) => markOf(state, at, at === worst && state !== UNKNOWN));
  row.append(name, element('td', '', account.grade), element('td', 'n', money(account.revenue)), ...marks);
  return row;
}

/**
 * Draw the state of a dial as a mark: full is good, two thirds watch, one third bad, hatched unknown.
 *
 * @param {string} state
 * @param {number} at which dial
 * @param {boolean} worst
 */
function markOf(state, at, worst) {
  const cell = element('td');
  const said = pick(data.dial_states.find(([key]) => key === state)?.[1]);
  const mark = element('span', `mark-box ${state}${worst ? ' worst' : ''}`);
  mark.title = `${pick(data.dials[at][1])}: ${said}`;
  mark.setAttribute('role', 'img');
  mark.setAttribute('aria-label', mark.title);
  mark.append(element('i'));
  cell.append(mark);
  return cell;
}

/** @param {Table} table */
function repairsCard(table) {
  const head = element('h2', '', word('repairs'));
  /** @type {[number, boolean][]} */
  const columns = [
    [3, false],
    [0, false],
    [table.heads.length - 3, true],
    [table.heads.length - 2, true],
  ];
  const made = element('table');
  made.append(
    headRow(
      columns.map(([at]) => pick([table.heads[at][0], table.heads[at][1]])),
      [2, 3],
    ),
  );
  const body = element('tbody');
  for (const row of table.rows.slice(0, REPAIR_ROWS)) {
    const line = element('tr');
    line.append(...columns.map(([at, number]) => element('td', number ? 'n' : 'text', cellText(row[at]))));
    body.append(line);
  }
  made.append(body);
  return [head, made, element('p', 'nothing', pick(data.notice))];
}
