/** @import {CircleMark, Mark, PathMark, TextMark} from './types' */
import { contextOf } from '../shared/elements.js';
import { pickStrictly } from '../shared/language.js';
import { colour } from '../shared/theme.js';

/** The letters of the page, for what is drawn. */
export const FONT = getComputedStyle(document.body).fontFamily;

/** @type {Map<string, Path2D>} */
const paths = new Map();

/**
 * Paint marks on a canvas.
 *
 * @param {CanvasRenderingContext2D} canvas
 * @param {Mark[]} marks
 */
export function paint(canvas, marks) {
  for (const mark of marks) {
    if (mark[0] === 't') paintText(canvas, mark);
    else paintShape(canvas, mark);
  }
}

/**
 * @param {CanvasRenderingContext2D} canvas
 * @param {TextMark} mark
 */
function paintText(canvas, [, x, y, said, size, ink, weight, anchor, style]) {
  const text = pickStrictly(said);
  if (!text) return;
  canvas.font = `${style.includes('italic') ? 'italic' : 'normal'} ${weight} ${size}px ${FONT}`;
  canvas.textAlign = anchor === 'middle' ? 'center' : anchor;
  canvas.textBaseline = 'alphabetic';
  canvas.fillStyle = colour(ink);
  if (style.includes('halo')) {
    canvas.strokeStyle = colour('lane');
    canvas.lineWidth = 3;
    canvas.lineJoin = 'round';
    canvas.strokeText(text, x, y);
  }
  canvas.fillText(text, x, y);
}

/**
 * @param {CanvasRenderingContext2D} canvas
 * @param {PathMark | CircleMark} mark
 */
function paintShape(canvas, mark) {
  const round = mark[0] === 'c';
  const [fill, stroke, width, dash] = round
    ? [mark[4], mark[5], mark[6], mark[7]]
    : [mark[4], mark[2], mark[3], mark[5]];
  const shape = round ? null : path(mark[1]);
  if (round) {
    canvas.beginPath();
    canvas.arc(mark[1], mark[2], mark[3], 0, 2 * Math.PI);
  }
  if (fill !== 'none') {
    canvas.fillStyle = fill === 'hatch' ? hatching(canvas) : colour(fill);
    if (shape) canvas.fill(shape);
    else canvas.fill();
  }
  if (stroke !== 'none' && width) {
    canvas.strokeStyle = colour(stroke);
    canvas.lineWidth = width;
    canvas.setLineDash(dash ?? []);
    canvas.lineJoin = 'round';
    if (shape) canvas.stroke(shape);
    else canvas.stroke();
    canvas.setLineDash([]);
  }
}

/**
 * @param {string} d
 * @returns {Path2D}
 */
function path(d) {
  const known = paths.get(d);
  if (known) return known;
  const made = new Path2D(d);
  paths.set(d, made);
  return made;
}

/**
 * Return the ground of what is unknown.
 *
 * @param {CanvasRenderingContext2D} canvas
 */
function hatching(canvas) {
  const tile = document.createElement('canvas');
  tile.width = tile.height = 8;
  const inside = contextOf(tile);
  inside.fillStyle = colour('paper');
  inside.fillRect(0, 0, 8, 8);
  inside.strokeStyle = colour('line');
  inside.lineWidth = 1.6;
  inside.beginPath();
  for (const from of [-8, 0, 8]) {
    inside.moveTo(from, 8);
    inside.lineTo(from + 8, 0);
  }
  inside.stroke();
  return canvas.createPattern(tile, 'repeat') ?? colour('paper');
}
