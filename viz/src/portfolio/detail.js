/** @import {Account, Owner, Row, Single, Table, View} from './types' */
import { button, element, query } from '../shared/elements.js';
import { pick, word } from '../shared/language.js';
import { percent } from '../shared/numbers.js';
import { cellText, columnsOf } from './columns.js';
import { accounts, data, ownerName, owners } from './data.js';
import { cash } from './money.js';
import { accountsView } from './views.js';

/**
 * How many accounts that hang on one of ours are told, and how many rows of a further question about an
 * account.
 */
const HELD = 40;
const ALSO = 4;

/** What was pressed to open it. */
/** @type {HTMLElement | null} */
let opener = null;

/**
 * Open what is known of an account, of one of our people, or of a row.
 *
 * @template Item
 * @param {View<Item>} view
 * @param {Item} item
 * @param {HTMLElement | null} from what was pressed, to which the focus returns
 */
export function openDetail(view, item, from) {
  opener = from;
  const name = view.columns[0].text(item);
  const facts = element('dl');
  for (const { head, text } of view.columns.slice(1)) {
    const value = text(item);
    if (value) facts.append(element('dt', '', pick(head)), element('dd', '', value));
  }
  query('#detail').replaceChildren(element('h2', '', name), facts, ...more(view.kind, item, from));
  query('#drawer').setAttribute('aria-label', name);
  query('#drawer').hidden = false;
  query('#close').focus();
}

export function closeDetail() {
  query('#drawer').hidden = true;
  if (opener?.isConnected) opener.focus();
}

/**
 * Return what is told below the facts.
 *
 * @param {View<any>['kind']} kind
 * @param {any} item
 * @param {HTMLElement | null} from
 * @returns {HTMLElement[]}
 */
function more(kind, item, from) {
  if (kind === 'accounts') return aboutAccount(item);
  return kind === 'owners' ? aboutOwner(item) : aboutRow(item, from);
}

/**
 * Return a heading with a list, if it has items.
 *
 * @param {string} heading
 * @param {HTMLLIElement[]} items
 */
function section(heading, items) {
  if (!items.length) return [];
  const list = element('ul');
  list.append(...items);
  return [element('h3', '', word(heading)), list];
}

/** @param {Account} account */
function aboutAccount(account) {
  const place = accounts.indexOf(account);
  const also = data.tables.flatMap((table) => {
    const rows = table.rows.filter((row) => row[row.length - 1] === place).slice(0, ALSO);
    return rows.map((row) => alsoItem(account, table, row));
  });
  return [
    ...mapLink(account),
    ...section('what_if', account.singles.map(singleItem)),
    ...section('also', also),
  ];
}

/** @param {Account} account */
function mapLink({ map }) {
  if (!map) return [];
  const made = element('a', 'map', word('map'));
  made.href = map;
  return [made];
}

/** @param {Single} single */
function singleItem([who, part, lost, people, heir]) {
  const without = word('if_leaves', { who: ownerName(who), part: percent(part), lost, people });
  const made = element('li');
  made.append(without, ' ', heirWords(heir));
  return made;
}

/** @param {number} heir */
function heirWords(heir) {
  return heir < 0 ? word('no_heir') : word('heir', { who: ownerName(heir) });
}

/**
 * Tell what a further question says of an account, without what is said above already.
 *
 * @param {Account} account
 * @param {Table} table
 * @param {Row} row
 */
function alsoItem(account, table, row) {
  const told = columnsOf(table)
    .map(({ head }, at) => ({ head: pick(head), value: cellText(row[at]) }))
    .filter(({ value }) => value && value !== pick(account.name) && value !== account.grade)
    .map(({ head, value }) => `${head} ${value}`);
  const made = element('li');
  made.append(element('b', '', `${pick(table.name)}: `), told.join(' · '));
  return made;
}

/** @param {Owner} owner */
function aboutOwner(owner) {
  const place = owners.indexOf(owner);
  const held = accounts.flatMap((account) => {
    const single = account.singles.find(([who]) => who === place);
    return single ? [heldItem(account, single)] : [];
  });
  return [...section('what_if', held.slice(0, HELD)), element('p', '', pick(data.notice))];
}

/**
 * @param {Account} account
 * @param {Single} single
 */
function heldItem(account, [, part, , , heir]) {
  const amount = cash(account.revenue === null ? null : account.revenue * part, account);
  const made = element('li');
  made.append(element('b', '', pick(account.name)), ` ${amount} · ${percent(part)} · `, heirWords(heir));
  return made;
}

/**
 * @param {Row} row
 * @param {HTMLElement | null} from
 */
function aboutRow(row, from) {
  const account = accounts[Number(row[row.length - 1])];
  if (!account) return [];
  return [button('to', `${pick(account.name)} →`, () => openDetail(accountsView, account, from))];
}
