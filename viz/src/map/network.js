/** @import {VisNetwork} from './types' */
import { query, queryAll } from '../shared/elements.js';
import { pick } from '../shared/language.js';
import { colour } from '../shared/theme.js';
import { brightPeople, isDrawn } from './highlight.js';
import { model } from './model.js';
import { paint } from './paint.js';
import { select } from './selection.js';
import { dayShown, isHere, state, visibleCamps } from './state.js';
import { drawWays } from './trails.js';

/** The networks made so far, by supplier's key. */
/** @type {Record<string, VisNetwork>} */
export const networks = {};

/** Return the networks of the panels that are seen. */
export function visibleNetworks() {
  return visibleCamps().flatMap((camp) => (networks[camp] ? [networks[camp]] : []));
}

/** Draw the maps that are seen. */
export function redrawMaps() {
  for (const network of visibleNetworks()) network.redraw();
}

/**
 * Make the network of a supplier's panel.
 *
 * @param {string} camp
 * @param {(network: VisNetwork) => void} onDrag called while the ground is dragged
 */
export function makeNetwork(camp, onDrag) {
  const { nodes, edges, options } = model.net;
  const data = {
    nodes: new vis.DataSet(nodes.map((node) => ({ ...node, ctxRenderer: personDrawer(camp, node.id) }))),
    edges: new vis.DataSet(edges),
  };
  const network = new vis.Network(query(`#net-${camp}`), data, options);
  networks[camp] = network;
  network.on('beforeDrawing', (canvas) => drawGround(canvas, camp));
  network.on('click', (event) => select(event.nodes[0] || null));
  network.on('dragging', (event) => {
    if (!event.nodes.length) onDrag(network);
  });
  nameShortenedLanes(camp, network);
  // The buttons over the map are for keyboards and readers of screens; the canvas isn't.
  for (const frame of queryAll(`#net-${camp} .vis-network`)) frame.tabIndex = -1;
  for (const canvas of queryAll(`#net-${camp} canvas`)) canvas.setAttribute('aria-hidden', 'true');
}

/**
 * Tell the whole name of a lane where one points at its shortened one.
 *
 * @param {string} camp
 * @param {VisNetwork} network
 */
function nameShortenedLanes(camp, network) {
  if (!model.shortened.length) return;
  const box = query(`#panel-${camp} .map`);
  box.addEventListener('mousemove', (event) => {
    const corner = box.getBoundingClientRect();
    const at = network.DOMtoCanvas({ x: event.clientX - corner.left, y: event.clientY - corner.top });
    const lane = model.shortened.find(
      ([x, width]) => at.y >= 0 && at.y < model.head && at.x >= x && at.x <= x + width,
    );
    box.title = lane ? pick(lane[2]) : '';
  });
}

/**
 * Draw what lies under the people: lanes, ties, the names of levels, ways.
 *
 * @param {CanvasRenderingContext2D} canvas
 * @param {string} camp
 */
function drawGround(canvas, camp) {
  const bright = brightPeople(camp);
  paint(canvas, model.ground);
  for (const link of model.links) {
    if (!isDrawn(link)) continue;
    canvas.globalAlpha = !bright || (bright.has(link.a) && bright.has(link.b)) ? 1 : 0.18;
    paint(canvas, link.m);
  }
  canvas.globalAlpha = 1;
  paint(canvas, model.levels);
  drawWays(canvas, camp);
}

/**
 * Return what vis-network calls to draw a person.
 *
 * @param {string} camp
 * @param {string} id
 */
function personDrawer(camp, id) {
  const diameter = 2 * model.people[id].r;
  /**
   * @param {{ctx: CanvasRenderingContext2D, x: number, y: number}} [at] missing where only the size is asked
   * for
   */
  const drawer = (at) => ({
    drawNode() {
      if (at && isHere(id)) drawPerson(at.ctx, at.x, at.y, camp, id);
    },
    nodeDimensions: { width: diameter, height: diameter },
  });
  return drawer;
}

/**
 * @param {CanvasRenderingContext2D} canvas
 * @param {number} x
 * @param {number} y
 * @param {string} camp
 * @param {string} id
 */
function drawPerson(canvas, x, y, camp, id) {
  const bright = brightPeople(camp);
  canvas.save();
  canvas.translate(x, y);
  canvas.globalAlpha = !bright || bright.has(id) ? 1 : 0.22;
  if (state.picked === id) {
    canvas.beginPath();
    canvas.arc(0, 0, model.people[id].r + 7, 0, 7);
    canvas.strokeStyle = colour('up');
    canvas.lineWidth = 2;
    canvas.stroke();
  }
  const drawings = dayShown().marks[camp][state.view === 'difference' ? 'difference' : 'attitude'];
  paint(canvas, drawings?.[id] ?? []);
  paint(canvas, model.always[id]);
  canvas.restore();
}
