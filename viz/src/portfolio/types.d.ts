/** What Python hands to the page of the portfolio: `_data` in powermap/portfolio/export/page.py writes it. */
import type { Dictionary, Pair, Said } from '../shared/types';

/**
 * One of our people on whom an account hangs: position in `owners`, part of the decision, deciders and people
 * lost with them, and the heir's position or -1.
 */
export type Single = [number, number, number, number, number];

export interface Account {
  name: Said;
  grade: string;
  revenue: number | null;
  at_risk: number | null;
  /** Our people on whom it hangs, as positions in `owners`. */
  owner: number[];
  /** Whom it hangs on among the customer's people. */
  contact: Said[];
  /** How many ways lead in that share nobody; -1 is unknown. */
  ways: number;
  /** How many of our people carry it, effectively. */
  owners: number;
  /** A position in `states`. */
  state: number;
  singles: Single[];
  currency: string;
  /** The address of its map, or nothing. */
  map: string;
  /** 0 to 3: how grave its worst trouble is. */
  gravity: number;
  /** Positions in `troubles`: its other troubles, the gravest first. */
  reasons: number[];
  /** A position in `bands`; -1 was not looked at. */
  band: number;
  /** For each of `dials` a digit: a position in `dial_states`; empty was not looked at. */
  dials: string;
}

/** One of our people: what they cover, what hangs on them alone, and what is lost with them. */
export interface Owner {
  name: Said;
  accounts: number;
  single: number;
  at_risk: number;
  lost: number;
  people: number;
}

export type Cell = Pair | string | number | null;

/** A row of a further question; its last cell is the account's position, or -1. */
export type Row = Cell[];

/** Urgency (0 to 3) and sentence. */
export type Finding = [number, Pair];

/** A further question. Heads: Chinese, English, unit. */
export interface Table {
  key: string;
  name: Pair;
  heads: [string, string, string][];
  findings: Finding[];
  rows: Row[];
  /** How many rows are not on the page. */
  rest: number;
  notes: Pair[];
}

/**
 * As it is written: accounts and owners are rows, whose facts stand in the order of `fields` and of the
 * heads.
 */
export interface Written {
  as_of: string;
  currency: string;
  /** Chinese names of currencies. */
  coins: Record<string, string>;
  banner: Pair;
  generated: string;
  fields: (keyof Account)[];
  accounts: any[][];
  owners: [Said, number, number, number, number, number][];
  /** Of the access to an account: key, words. */
  states: [string, Pair][];
  troubles: Pair[];
  /** The grounds an account stands on, the worst first: key, words. */
  bands: [string, Pair][];
  dials: [string, Pair][];
  dial_states: [string, Pair][];
  gravity: Record<string, Pair>;
  heads: { accounts: Pair[]; owners: Pair[] };
  findings: Finding[];
  notes: Pair[];
  notice: Pair;
  words: Dictionary;
  tables: Table[];
  /** Chinese name -> its pinyin, whole and initials. */
  sounds: Record<string, string>;
}

/** A column of a view's list. Where it has a value it is sorted by that, else by its text. */
export interface Column<Item> {
  head: Said;
  text(item: Item): string;
  value?(item: Item): number;
  /** Set to the right, the largest first. */
  numeric?: boolean;
  className?(item: Item): string;
  /** The sign before the text: its class, and what it says. */
  sign?(item: Item): { className: string; title: string };
}

/** What the page can show: accounts, our people, or a further question; with what the reader has set. */
export interface View<Item> {
  key: string;
  kind: 'accounts' | 'owners' | 'asked';
  items: Item[];
  columns: Column<Item>[];
  /** Whether it belongs to the state chosen. */
  allows(item: Item): boolean;
  /** Texts by which it is searched. */
  texts(item: Item): Said[];
  /** Names by whose sound it is searched. */
  names(item: Item): Said[];
  sort: Column<Item> | undefined;
  down: boolean;
  text: string;
  table?: Table;
}
