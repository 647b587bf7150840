/** @import {Account, Group, Owner, Row, View} from './types' */
import { ACCOUNT_COLUMNS, HEALTH_COLUMNS, OWNER_COLUMNS, columnsOf } from './columns.js';
import { VALUE, accounts, data, owners } from './data.js';

/** @type {Group} */
const ACCESS_GROUP = { names: data.states, of: (account) => account.state, chosen: -1 };

/** @type {Group} */
const HEALTH_GROUP = { names: data.lanes, of: (account) => account.lane, chosen: -1 };

/** @type {View<Account>} */
export const accountsView = {
  ...viewOfAccounts(ACCESS_GROUP),
  key: 'accounts',
  kind: 'accounts',
  columns: ACCOUNT_COLUMNS,
  sort: ACCOUNT_COLUMNS[3],
};

/** Value beside the worst of four dials: what is seen first, if the question was asked. */
/** @type {View<Account>} */
export const healthView = {
  ...viewOfAccounts(HEALTH_GROUP),
  key: 'health',
  kind: 'health',
  columns: HEALTH_COLUMNS,
  sort: HEALTH_COLUMNS[2],
  table: data.tables.find(({ key }) => key === VALUE),
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
export const askedViews = data.tables
  .filter(({ key }) => key !== VALUE)
  .map((table) => ({
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
const views = [accountsView, ...(data.lanes.length ? [healthView] : []), ownersView, ...askedViews];

/** @type {View<any>} */
let shown = data.lanes.length ? healthView : accountsView;

/** Return the view that is shown. */
export function currentView() {
  return shown;
}

/** @param {string | undefined} key */
export function changeView(key) {
  shown = views.find((view) => view.key === key) ?? accountsView;
}

/**
 * See only the accounts of one group of a view; once more, all.
 *
 * @param {Group} group
 * @param {number} chosen
 */
export function toggleGroup(group, chosen) {
  group.chosen = group.chosen === chosen ? -1 : chosen;
}

/**
 * @param {Group} group
 * @param {number} other
 */
export function isShown({ chosen }, other) {
  return chosen < 0 || chosen === other;
}

/** @param {Group} group */
function viewOfAccounts(group) {
  return {
    items: accounts,
    group,
    /** @param {Account} account */
    allows: (account) => isShown(group, group.of(account)),
    /** @param {Account} account */
    texts: (account) => [account.name, ...account.contact, ...namesOfOwners(account)],
    /** @param {Account} account */
    names: (account) => [account.name, ...account.contact, ...namesOfOwners(account)],
    down: true,
    text: '',
  };
}

/** @param {Account} account */
function namesOfOwners({ owner }) {
  return owner.map((at) => owners[at].name);
}
