/** What Python hands to the page of a map: `_model` in powermap/maps/formats/page.py writes it. */
import type { Dictionary, Pair } from '../shared/types';

/** -2 (against) to 3 (for); null is unknown. */
export type Attitude = number | null;

/** A path: its `d`, stroke, width, fill, dashes. Colours are tokens of the theme, "none" or "hatch". */
export type PathMark = ['p', string, string, number, string, number[] | null];

/** A circle: x, y, radius, fill, stroke, width, dashes. */
export type CircleMark = ['c', number, number, number, string, string, number, number[] | null];

/** A text: x, y, text, size, colour, weight, anchor, style. */
export type TextMark = [
  't',
  number,
  number,
  string | Pair,
  number,
  string,
  number,
  'start' | 'middle' | 'end',
  string,
];

/** A sign to paint; those of a person are relative to the middle of the circle. */
export type Mark = PathMark | CircleMark | TextMark;

/** One of a supplier's people; `covers`: person's id -> dots (1 to 4) and what the duty is. */
export interface TeamMember {
  name: Pair;
  title: Pair;
  level: number | null;
  covers: Record<string, [number, string]>;
}

/** A supplier; `key` is us, a, b, …; `tone` its colour. */
export interface Camp {
  key: string;
  letter: Pair;
  name: Pair;
  tone: string;
  team: TeamMember[];
}

export interface Person {
  name: Pair;
  title: Pair;
  unit: Pair;
  level: number | null;
  x: number;
  y: number;
  /** Radius of the circle. */
  r: number;
  /** 0 to 10. */
  power: number;
  /** Whether somebody said how much power the person has; else it is estimated. */
  asserted: boolean;
  roles: string[];
  bosses: string[];
  circles: Pair;
  lead: string;
  blocks: boolean;
  /** What only managers see: a word's key -> its text. */
  private?: Record<string, string>;
  /** The days on which the person was there, as positions in `times`; missing: on all. */
  when?: number[];
}

export interface Evidence {
  note?: string;
  source?: string;
  author?: string;
  on?: string;
  confidence?: number;
}

/** How a supplier stands with a person; what is false, empty or 0 is left out. */
export interface Standing {
  attitude: Attitude;
  owner_names?: Pair[];
  dots?: number;
  sole?: boolean;
  single_contact?: boolean;
  uncovered?: boolean;
  moved?: number;
  was?: string;
  stale?: boolean;
  assumed?: boolean;
  last_contact?: string;
  evidence?: Evidence;
  swing?: boolean;
}

/**
 * A tie between the people `a` and `b`: kind, marks, label, the days on which it holds, and whether it always
 * shows.
 */
export interface Link {
  k: string;
  a: string;
  b: string;
  m: Mark[];
  l: Pair;
  w: number[];
  s: boolean;
}

/** A way in: our owner, the people up to the one reached, its chance, and the smallest cut. */
export type Route = [Pair, string[], number, string[]];

/** A step of the story: its text, the people it is about, and ways. */
export interface Step {
  t: Pair;
  p: string[];
  w: string[][];
}

/** What paints the people in the panel of a supplier. */
export type Painting = 'attitude' | 'difference';

/** A day of the slider: shares, marks and standings by supplier's key. */
export interface Time<Drawn> {
  day: string;
  shares: Record<string, number>;
  marks: Record<string, Partial<Record<Painting, Record<string, Drawn>>>>;
  standings: Record<string, Record<string, Standing>>;
}

/** What doesn't depend on how marks are kept. */
interface Facts {
  plain: boolean;
  words: Dictionary;
  title: Pair;
  headline: Pair;
  width: number;
  height: number;
  /** Opens with one map over the whole width. */
  one: boolean;
  camps: Camp[];
  attitudes: Record<string, Pair>;
  roles: Record<string, Pair>;
  ground: Mark[];
  levels: Mark[];
  /** How high the names of lanes stand. */
  head: number;
  /** Lanes whose name is shortened: x, width, the whole name. */
  shortened: [number, number, Pair][];
  links: Link[];
  net: { nodes: VisNode[]; edges: object[]; options: object };
  people: Record<string, Person>;
  routes: Record<string, Record<string, Route>>;
  /** Whose story is told. */
  told: string;
  steps: Step[];
}

/**
 * As it is written: marks that occur often stand in the bank once, and drawings are lists of their numbers.
 */
export interface Written extends Facts {
  bank: Mark[];
  always: Record<string, number[]>;
  times: Time<number[]>[];
}

/** As it is used. */
export interface Model extends Facts {
  always: Record<string, Mark[]>;
  times: Time<Mark[]>[];
}

export interface VisNode {
  id: string;
  x: number;
  y: number;
}

/** What we use of vis-network. */
export interface VisNetwork {
  moveTo(to: { scale: number; position: Point }): void;
  canvasToDOM(at: Point): Point;
  DOMtoCanvas(at: Point): Point;
  getViewPosition(): Point;
  setSize(width: string, height: string): void;
  redraw(): void;
  on(event: 'beforeDrawing', listener: (canvas: CanvasRenderingContext2D) => void): void;
  on(event: 'click' | 'dragging', listener: (event: { nodes: string[] }) => void): void;
}

export interface Point {
  x: number;
  y: number;
}

declare global {
  const vis: {
    DataSet: new (rows: object[]) => object;
    Network: new (holder: HTMLElement, data: { nodes: object; edges: object }, options: object) => VisNetwork;
  };
  interface Window {
    /** For tests and the console: what the page knows and how it is operated. */
    __pm: object;
  }
}
