/** @import {Account} from './types' */
import { element, query } from '../shared/elements.js';
import { pick, word } from '../shared/language.js';
import { count, percent } from '../shared/numbers.js';
import { placesIn } from './band_places.js';
import { accounts, data } from './data.js';
import { bandOf, hasValue, largest, UNKNOWN, worth } from './ground.js';
import { coin, money } from './money.js';
import { dotOf, labelOf, labelWords } from './spots.js';
import { shape } from './svg.js';

/** Narrower drawings are a phone's: the words of a band stand above its dots, not beside them. */
const NARROW = 560;
const BESIDE = 118;
const AXIS_ROOM = 40;
/** Heights of a band: without accounts, with few, and what each named one adds. */
const EMPTY_HEIGHT = 58;
const BAND_HEIGHT = 92;
const NAMED_HEIGHT = 22;
/** Beyond this a band doesn't grow for its labels. */
const MOST_HEIGHT = 420;
const UNKNOWN_LANE = 34;
const LINE = 16;
/** Radii in pixels: of the largest account, of the smallest, and from where a letter fits. */
const MOST_SIZE = 24;
const NARROW_SIZE = 17;
const LEAST_SIZE = 3.5;
/** Where the axis has marks, of each power of ten. */
const MARKS = [1, 3];
const MARK_ROOM = 56;

/**
 * What the picture is drawn with.
 *
 * @typedef {{ wide: number, left: number, placeOf: (account: number) => number, most: number, named: Set<Account> }} Drawing
 */

/** Draw value × health: a band for each ground, the sound on top; below them a lane of what isn't known. */
export function drawBands() {
  const box = query('#bands');
  const wide = Math.max(box.clientWidth, 280);
  const drawing = scaleOf(wide);
  const kept = accounts.filter((account) => account.band >= 0);
  const total = worth(kept);
  const order = [...data.bands].reverse().filter(([key]) => key !== UNKNOWN);
  const picture = shape('svg', { role: 'group', 'aria-label': word('value_caption') });
  const marks = shape('g', {});
  const dots = shape('g', {});
  const labels = shape('g', {});
  let top = 0;
  for (const [key, name] of order) {
    const members = kept.filter((account) => bandOf(account) === key);
    const { places, height } = roomyPlaces(members, drawing, top);
    const sum = worth(members);
    const words = [word('band_count', { n: count(members.length) }), `${money(sum)}${coin(data.currency)}`];
    if (!members.length) words.pop();
    else if (total > 0) words.push(percent(sum / total));
    picture.append(shape('rect', { x: 0, y: top, width: wide, height, rx: 6, class: `band ${key}` }));
    picture.append(...bandWords(key, [pick(name), ...words], top, wide));
    dots.append(...places.map((place) => dotOf(place, key, drawing.named.has(place.account))));
    labels.append(...places.flatMap(labelOf));
    top += height + 2;
  }
  drawAxis(marks, drawing, top);
  picture.append(marks, dots, labels);
  top += AXIS_ROOM;
  top += drawUnknown(picture, drawing, top);
  picture.setAttribute('viewBox', `0 0 ${wide} ${top}`);
  box.replaceChildren(picture, legend());
}

/**
 * @param {number} wide
 * @returns {Drawing}
 */
function scaleOf(wide) {
  const values = accounts.filter((account) => account.band >= 0 && hasValue(account));
  const sizes = values.map(({ revenue }) => Math.log10(revenue ?? 1));
  const least = sizes.reduce((a, b) => Math.min(a, b), Infinity);
  const most = sizes.reduce((a, b) => Math.max(a, b), -Infinity);
  const low = Number.isFinite(least) ? least - 0.15 : 0;
  const high = Number.isFinite(most) ? Math.max(most + 0.15, low + 1) : 1;
  const left = wide < NARROW ? 14 : BESIDE + 20;
  const room = wide - left - 34;
  return {
    wide,
    left,
    placeOf: (revenue) => left + ((Math.log10(revenue) - low) / (high - low)) * room,
    most: 10 ** (Number.isFinite(most) ? most : 0),
    named: new Set(largest()),
  };
}

/**
 * @param {Account[]} members
 * @param {Drawing} drawing
 */
function heightOf(members, { named, wide }) {
  const words = wide < NARROW ? 20 : 0;
  const many = members.filter((account) => named.has(account)).length;
  return (members.length ? BAND_HEIGHT + NAMED_HEIGHT * Math.max(many - 1, 0) : EMPTY_HEIGHT - words) + words;
}

/**
 * Write what band it is, how many accounts stand in it, and how much money.
 *
 * @param {string} key
 * @param {string[]} words its name first
 * @param {number} top
 * @param {number} wide of the drawing
 */
function bandWords(key, [name, many, ...sums], top, wide) {
  if (wide < NARROW) {
    const head = shape('text', { x: 8, y: top + 15, class: 'band-name' }, `${name} `);
    head.append(shape('tspan', { class: 'band-said' }, [many, ...sums].join(' · ')));
    return [head];
  }
  return [
    shape('text', { x: 10, y: top + 20, class: 'band-name' }, name),
    shape('text', { x: 10, y: top + 36, class: 'band-said' }, many),
    shape('text', { x: 10, y: top + 51, class: `band-sum ${key}` }, sums.join(' · ')),
  ];
}

/**
 * Place the accounts of a band, in as much height as the labels need.
 *
 * @param {Account[]} members
 * @param {Drawing} drawing
 * @param {number} top
 */
function roomyPlaces(members, drawing, top) {
  const words = drawing.wide < NARROW ? 20 : 0;
  const many = members.filter((account) => drawing.named.has(account)).length;
  const most = drawing.wide < NARROW ? NARROW_SIZE : MOST_SIZE;
  let height = heightOf(members, drawing);
  for (;;) {
    const places = placesIn(members, {
      top: top + words,
      height: height - words,
      left: drawing.left - 14,
      right: drawing.wide - 2,
      placeOf: ({ revenue }) => drawing.placeOf(revenue ?? 1),
      sizeOf: ({ revenue }) => Math.max(LEAST_SIZE, most * Math.sqrt((revenue ?? 0) / drawing.most)),
      labelOf: (account) =>
        drawing.named.has(account) ? labelWords(account, drawing.wide < NARROW) : undefined,
    });
    const labelled = places.filter(({ label }) => label).length;
    const tight = labelled < many || places.some((place) => place.tight);
    if (!tight || height > MOST_HEIGHT) return { places, height };
    height += NAMED_HEIGHT;
  }
}

/**
 * Mark revenues on the axis.
 *
 * @param {Element} marks
 * @param {Drawing} drawing
 * @param {number} top
 */
function drawAxis(marks, { wide, left, placeOf }, top) {
  let last = -Infinity;
  for (let power = 0; power < 16; power += 1) {
    for (const by of MARKS) {
      const x = placeOf(by * 10 ** power);
      if (x < left || x > wide - 20 || x - last < MARK_ROOM) continue;
      last = x;
      marks.append(
        shape('line', { x1: x, x2: x, y1: 0, y2: top - 2, class: 'mark' }),
        shape('text', { x, y: top + 13, class: 'axis' }, money(by * 10 ** power)),
      );
    }
  }
  const unit = coin(data.currency).trim();
  marks.append(
    shape('text', { x: (left + wide) / 2, y: top + 29, class: 'axis' }, word('value_axis', { coin: unit })),
  );
}

/**
 * Draw the lane of those whose value or health isn't known; those that were not looked at are only counted.
 *
 * @param {Element} picture
 * @param {Drawing} drawing
 * @param {number} top
 * @returns {number} its height
 */
function drawUnknown(picture, { wide }, top) {
  const apart = accounts.filter((account) => bandOf(account) === UNKNOWN);
  if (!apart.length) return 0;
  const seen = apart.filter((account) => account.band >= 0);
  const unvalued = seen.filter((account) => !hasValue(account)).length;
  /** @type {[string, number, number][]} */
  const counts = [
    ['no_value', unvalued, 0],
    ['no_dial', seen.length - unvalued, worth(seen)],
    ['not_seen', apart.length - seen.length, worth(apart.filter((account) => account.band < 0))],
  ];
  const words = counts
    .filter(([, many]) => many)
    .map(([key, many, sum]) => {
      const said = word(key, { n: count(many) });
      return sum ? `${said} · ${money(sum)}${coin(data.currency)}` : said;
    });
  const height = UNKNOWN_LANE + words.length * LINE + (seen.length ? LINE : 0);
  picture.append(
    shape('rect', { x: 0, y: top, width: wide, height: height - 2, rx: 6, class: 'band unknown' }),
    shape('text', { x: 10, y: top + 20, class: 'band-name' }, word('not_known')),
    ...words.map((text, at) =>
      shape('text', { x: 10, y: top + 20 + LINE * (at + 1), class: 'band-said' }, text),
    ),
  );
  const step = Math.min(18, (wide - 40) / Math.max(seen.length, 1));
  seen.forEach((account, at) => {
    const place = { account, x: 18 + at * step, y: top + height - 14, size: 5 };
    picture.append(dotOf(place, UNKNOWN, false));
  });
  return height;
}

/** Say what the colours mean. */
function legend() {
  const made = element('p', 'legend');
  made.append(element('b', '', word('key_colour')));
  for (const [key, name] of data.dials) made.append(keyItem(key, pick(name)));
  made.append(keyItem('sound', word('key_sound')), element('span', 'key-rest', word('key_rest')));
  return made;
}

/**
 * @param {string} tone
 * @param {string} text
 */
function keyItem(tone, text) {
  const made = element('span', 'key');
  made.append(element('i', `tone ${tone}`), text);
  return made;
}
