import { colour } from '../shared/theme.js';
import { campOf, model, routeTo, today } from './model.js';
import { state } from './state.js';
import { currentStep } from './story.js';

/**
 * Draw in a supplier's panel the way to the person chosen, with its smallest cut; or the ways of the story's
 * step.
 *
 * @param {CanvasRenderingContext2D} canvas
 * @param {string} camp
 */
export function drawWays(canvas, camp) {
  const tone = colour(campOf(camp).tone);
  if (!state.picked) {
    const step = camp === model.told ? currentStep() : undefined;
    for (const way of step?.w ?? []) drawTrail(canvas, way, tone);
    return;
  }
  const route = state.time === today ? routeTo(camp, state.picked) : undefined;
  if (!route) return;
  drawTrail(canvas, route[1], tone);
  for (const id of route[3]) drawCut(canvas, id);
}

/**
 * Draw a way from person to person, in the colour of whose way it is.
 *
 * @param {CanvasRenderingContext2D} canvas
 * @param {string[]} people
 * @param {string} tone
 */
function drawTrail(canvas, people, tone) {
  canvas.strokeStyle = canvas.fillStyle = tone;
  canvas.lineWidth = 3;
  canvas.lineCap = 'round';
  for (let i = 1; i < people.length; i++) {
    const from = model.people[people[i - 1]];
    const to = model.people[people[i]];
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    // One step along the way, and the point of the arrow.
    const ux = (to.x - from.x) / length;
    const uy = (to.y - from.y) / length;
    const x = to.x - ux * (to.r + 3);
    const y = to.y - uy * (to.r + 3);
    canvas.beginPath();
    canvas.moveTo(from.x + ux * (from.r + 3), from.y + uy * (from.r + 3));
    canvas.lineTo(x - ux * 7, y - uy * 7);
    canvas.stroke();
    canvas.beginPath();
    canvas.moveTo(x, y);
    canvas.lineTo(x - ux * 9 - uy * 5, y - uy * 9 + ux * 5);
    canvas.lineTo(x - ux * 9 + uy * 5, y - uy * 9 - ux * 5);
    canvas.fill();
  }
}

/**
 * Ring somebody of the smallest cut.
 *
 * @param {CanvasRenderingContext2D} canvas
 * @param {string} id
 */
function drawCut(canvas, id) {
  const { x, y, r } = model.people[id];
  canvas.beginPath();
  canvas.arc(x, y, r + 6, 0, 7);
  canvas.strokeStyle = colour('risk');
  canvas.lineWidth = 1.8;
  canvas.setLineDash([3, 2.5]);
  canvas.stroke();
  canvas.setLineDash([]);
}
