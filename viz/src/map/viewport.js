/** @import {VisNetwork} from './types' */
import { query } from '../shared/elements.js';
import { model } from './model.js';
import { networks } from './network.js';
import { personButtons } from './person_buttons.js';
import { visibleCamps } from './state.js';

/** The margins around the drawing, in its own units, and the largest scale. */
export const MARGIN = { x: 16, y: 12 };
export const LARGEST = 1.5;
const ZOOM_STEP = 1.3;
const SMALLEST_BUTTON = 24;

/** What part of the drawing is seen; the same in all panels. */
const seen = { scale: 1, x: model.width / 2, y: model.height / 2 };

/** Show the whole drawing. */
export function fit() {
  const [camp] = visibleCamps();
  if (!camp) return;
  const box = query(`#panel-${camp} .map`);
  seen.scale = Math.min(
    box.clientWidth / (model.width + MARGIN.x),
    box.clientHeight / (model.height + MARGIN.y),
    LARGEST,
  );
  seen.x = model.width / 2;
  seen.y = model.height / 2;
  move();
}

/**
 * Show it larger (1) or smaller (-1).
 *
 * @param {1 | -1} way
 */
export function zoom(way) {
  seen.scale *= way === 1 ? ZOOM_STEP : 1 / ZOOM_STEP;
  move();
}

/**
 * Follow the panel whose ground is dragged.
 *
 * @param {VisNetwork} network
 */
export function followDrag(network) {
  Object.assign(seen, network.getViewPosition());
  move();
}

function move() {
  for (const camp of visibleCamps()) {
    networks[camp]?.moveTo({ scale: seen.scale, position: { x: seen.x, y: seen.y } });
  }
  placeButtons();
}

function placeButtons() {
  for (const camp of visibleCamps()) {
    const network = networks[camp];
    if (!network) continue;
    for (const made of personButtons(camp)) {
      const person = model.people[made.dataset.id ?? ''];
      const at = network.canvasToDOM({ x: person.x, y: person.y });
      const size = Math.max(SMALLEST_BUTTON, 2 * person.r * seen.scale);
      made.style.left = `${at.x}px`;
      made.style.top = `${at.y}px`;
      made.style.width = made.style.height = `${size}px`;
    }
  }
}
