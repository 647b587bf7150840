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
  /** Position in `lanes`: the worst of its dials. */
  lane: number;
  /** The lane of each of the four dials, none if nobody looked. */
  dials: number[];
  /** Position in `dials` of the worst, -1 if none is bad. */
  low: number;
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
  /** Of the picture of value and health: key, words; none if it was not asked for. */
  lanes: [string, Pair][];
  /** The four dials: key, words. */
  dials: [string, Pair][];
  troubles: Pair[];
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

/** Accounts put together by one of their facts; `chosen` is the group that alone is seen, -1 is all. */
export interface Group {
  names: [string, Pair][];
  of(account: Account): number;
  chosen: number;
}

/** How accounts stand as dots in lanes: in which, how tall, how large, of what colour, with which letter and names. */
export interface Arrangement {
  group: Group;
  height: number;
  phoneHeight: number;
  /** Whether a lane says which part of all revenue it is. */
  parts: boolean;
  /** The radius of a dot in pixels; `largest` is the greatest revenue. */
  sizeOf(account: Account, largest: number): number;
  /** A token of the style sheet. */
  colourOf(account: Account): string;
  /** A token for the ground of a lane, or nothing. */
  tintOf(lane: number): string;
  letterOf(account: Account): string;
  /** Which members of a lane are named. */
  named(members: Account[], all: Account[]): Account[];
}

/** What the page can show: accounts, our people, or a further question; with what the reader has set. */
export interface View<Item> {
  key: string;
  kind: 'accounts' | 'health' | 'owners' | 'asked';
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
  group?: Group;
}
