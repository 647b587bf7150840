/** @import {Account, Owner, Row, View} from './types' */
import { ACCOUNT_COLUMNS, OWNER_COLUMNS, columnsOf } from './columns.js';
import { accounts, data, owners } from './data.js';

/** The first view, where the page holds that question. */
export const VALUE = 'portfolio-value';

/** The state whose accounts alone are seen; -1 is all. */
let state = -1;

/** @type {View<Account>} */
export const accountsView = {
  key: 'accounts',
  kind: 'accounts',
  items: accounts,
  columns: ACCOUNT_COLUMNS,
  allows: (account) => isStateShown(account.state),
  texts: (account) => [account.name, ...account.contact, ...namesOfOwners(account)],
  names: (account) => [account.name, ...account.contact, ...namesOfOwners(account)],
  sort: ACCOUNT_COLUMNS[3],
  down: true,
  text: '',
};

/** @type {View<Owner>} */
export const ownersView = {
  key: 'owners',
  kind: 'owners',
  items: owners,
  columns: OWNER_COLUMNS,
  allows: () => true,
  texts: ({ name }) => [name],
  names: ({ name }) => [name],
  sort: OWNER_COLUMNS[3],
  down: true,
  text: '',
};

/** The further questions: tables as they came. */
/** @type {View<Row>[]} */
export const askedViews = data.tables.map((table) => ({
  key: table.key,
  kind: 'asked',
  items: table.rows,
  columns: columnsOf(table),
  allows: () => true,
  texts: (row) => row.slice(0, -1),
  names: (row) => row.slice(0, -1),
  sort: undefined,
  down: true,
  text: '',
  table,
}));

/** @type {View<any>[]} */
const views = [accountsView, ownersView, ...askedViews];

/** @type {View<any>} */
let shown = askedViews.find(({ key }) => key === VALUE) ?? accountsView;

/** Return the view that is shown. */
export function currentView() {
  return shown;
}

/** @param {string | undefined} key */
export function changeView(key) {
  shown = views.find((view) => view.key === key) ?? accountsView;
}

/**
 * See only the accounts of a state; once more, all.
 *
 * @param {number} chosen
 */
export function toggleState(chosen) {
  state = state === chosen ? -1 : chosen;
}

/** @param {number} other */
export function isStateChosen(other) {
  return state === other;
}

/** @param {number} other */
export function isStateShown(other) {
  return state < 0 || state === other;
}

/** @param {Account} account */
function namesOfOwners({ owner }) {
  return owner.map((at) => owners[at].name);
}
