/** @import {Camp, Model, Time, Written} from './types' */
import { readData } from '../shared/data.js';
import { learn } from '../shared/language.js';

/** What the map shows. */
export const model = unfold(readData('model'));
learn(model.words);

/** Everybody's id, in the order in which the map is read. */
export const everybody = Object.keys(model.people).sort();

/** The place of today among the days of the slider. */
export const today = model.times.length - 1;

/**
 * Put the marks of the bank where their numbers stand.
 *
 * @param {Written} written
 * @returns {Model}
 */
function unfold({ bank, always, times, ...facts }) {
  /** @param {Record<string, number[]>} drawings */
  const drawn = (drawings) => mapValues(drawings, (numbers) => numbers.map((number) => bank[number]));
  /** @param {Time<number[]>} time */
  const unfolded = (time) => ({
    ...time,
    marks: mapValues(time.marks, (views) => mapValues(views, (drawings) => drawn(drawings ?? {}))),
  });
  return { ...facts, always: drawn(always), times: times.map(unfolded) };
}

/**
 * @template Value, Result
 * @param {Record<string, Value>} from
 * @param {(value: Value) => Result} change
 * @returns {Record<string, Result>}
 */
function mapValues(from, change) {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(value)]));
}

/**
 * Return a supplier.
 *
 * @param {string} key
 * @returns {Camp}
 */
export function campOf(key) {
  const found = model.camps.find((camp) => camp.key === key);
  if (!found) throw new Error(`there is no supplier ${key}`);
  return found;
}

/**
 * Return the way in to a person that a supplier has.
 *
 * @param {string} camp
 * @param {string} id
 */
export function routeTo(camp, id) {
  return (model.routes[camp] ?? {})[id];
}
