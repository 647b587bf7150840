/** @import {Account, Cell, Column, Owner, Row, Table} from './types' */
/** @import {Pair} from '../shared/types' */
import { language, listed, pick } from '../shared/language.js';
import { data, ownerName } from './data.js';
import { graveTone } from './ground.js';
import { cash, isInMainCurrency, money } from './money.js';

const GRADES = ['S', 'A', 'B', 'C'];
/** From here on a number of a table is written as short as money. */
const LARGE = 1e5;

/**
 * Place grades: S first, no grade last.
 *
 * @param {unknown} grade
 */
function gradePlace(grade) {
  return GRADES.indexOf(String(grade)) + 1 || GRADES.length + 1;
}

/**
 * Place an amount: those in other currencies than the sums' come after all that are in it.
 *
 * @param {number | null} amount
 * @param {Account} account
 */
function amountPlace(amount, account) {
  if (amount === null) return -1;
  return isInMainCurrency(account) ? amount : -1 / (2 + amount);
}

/** @param {keyof Account} field */
function headOf(field) {
  return data.heads.accounts[data.fields.indexOf(field)];
}

/** @type {Column<Account>[]} */
export const ACCOUNT_COLUMNS = [
  { head: headOf('name'), text: ({ name }) => pick(name) },
  { head: headOf('grade'), text: ({ grade }) => grade, value: ({ grade }) => gradePlace(grade) },
  {
    head: headOf('revenue'),
    text: (account) => cash(account.revenue, account),
    value: (account) => amountPlace(account.revenue, account),
    numeric: true,
  },
  {
    head: headOf('at_risk'),
    text: (account) => cash(account.at_risk, account),
    value: (account) => amountPlace(account.at_risk, account),
    numeric: true,
    className: ({ at_risk: risk }) => (risk !== null && risk > 0 ? 'risk' : ''),
  },
  { head: headOf('owner'), text: ({ owner }) => listed(owner.map(ownerName)) },
  { head: headOf('contact'), text: ({ contact }) => listed(contact.map(pick)) },
  {
    head: headOf('ways'),
    text: ({ ways }) => (ways < 0 ? '' : String(ways)),
    value: ({ ways }) => ways,
    numeric: true,
  },
  {
    head: headOf('owners'),
    text: (account) => account.owners.toFixed(1),
    value: (account) => account.owners,
    numeric: true,
  },
  {
    head: headOf('state'),
    text: troublesOf,
    sign: (account) => ({
      className: `dot ${graveTone(account)}`,
      title: pick(data.gravity[account.gravity]),
    }),
  },
];

/**
 * Name the state of the access, and the other troubles of an account, the gravest first.
 *
 * @param {Account} account
 */
function troublesOf({ state, reasons }) {
  const said = [pick(data.states[state][1]), ...reasons.map((at) => pick(data.troubles[at]))];
  return said.join(language() === 'zh' ? '；' : '; ');
}

/** @type {Column<Owner>[]} */
export const OWNER_COLUMNS = [
  { head: data.heads.owners[0], text: ({ name }) => pick(name) },
  countColumn(1, ({ accounts }) => accounts),
  countColumn(2, ({ single }) => single),
  { ...countColumn(3, (owner) => owner.at_risk), text: (owner) => money(owner.at_risk) },
  countColumn(4, ({ lost }) => lost),
  countColumn(5, ({ people }) => people),
];

/**
 * @param {number} at position of its head
 * @param {(owner: Owner) => number} value
 * @returns {Column<Owner>}
 */
function countColumn(at, value) {
  return { head: data.heads.owners[at], text: (owner) => String(value(owner)), value, numeric: true };
}

/**
 * Return the columns of a further question.
 *
 * @param {Table} table
 * @returns {Column<Row>[]}
 */
export function columnsOf(table) {
  return table.heads.map(([zh, en, unit], at) => {
    /** @type {Pair} */
    const head = unit ? [`${zh} ${unit}`, `${en} ${unit}`] : [zh, en];
    /** @param {Row} row */
    const text = (row) => cellText(row[at]);
    if (isNumeric(table, at)) {
      return { head, text, value: (row) => (typeof row[at] === 'number' ? row[at] : -1), numeric: true };
    }
    if (head[1] === 'Grade') return { head, text, value: (row) => gradePlace(row[at]) };
    return { head, text };
  });
}

/**
 * Whether a column holds numbers, and nothing else where it isn't empty.
 *
 * @param {Table} table
 * @param {number} at
 */
function isNumeric({ rows }, at) {
  const cells = rows.map((row) => row[at]).filter((cell) => cell !== '' && cell !== null);
  return cells.length > 0 && cells.every((cell) => typeof cell === 'number');
}

/** @param {Cell} cell */
export function cellText(cell) {
  if (typeof cell !== 'number') return pick(cell);
  if (Math.abs(cell) >= LARGE) return money(cell);
  return cell.toLocaleString('en', { maximumFractionDigits: 2 });
}

/**
 * Return how wide the columns of a further question are, as CSS has it.
 *
 * @param {Table} table
 */
export function widthsOf(table) {
  return table.heads.map((_, at) => widthOf(table, at)).join(' ');
}

/**
 * @param {Table} table
 * @param {number} at
 */
function widthOf(table, at) {
  if (isNumeric(table, at)) return '104px';
  const longest = table.rows.reduce((most, row) => Math.max(most, pick(row[at]).length), 0);
  if (longest > 40) return 'minmax(230px,3fr)';
  return longest > 16 ? 'minmax(180px,2fr)' : 'minmax(90px,1fr)';
}
