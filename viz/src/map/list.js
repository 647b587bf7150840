import { element, query, queryInput } from '../shared/elements.js';
import { listed, pick, word } from '../shared/language.js';
import { attitudeChip } from './attitudes.js';
import { model } from './model.js';
import { peopleHere, standingOf } from './state.js';
import { cell, headCell, rowOf } from './table_cells.js';

/** Write the list of people, as far as they match what is searched for. */
export function writeList() {
  const wanted = queryInput('#find').value.trim().toLowerCase();
  const heads = [word('name'), word('title'), word('unit'), word('band')];
  if (!model.plain) heads.push(word('roles'), word('power'), ...model.camps.map((camp) => pick(camp.name)));
  query('#list thead').replaceChildren(rowOf(heads.map((text) => headCell('col', text))));
  const rows = peopleHere()
    .filter((id) => matches(id, wanted))
    .map(rowOfPerson);
  query('#list tbody').replaceChildren(...rows);
}

/**
 * @param {string} id
 * @param {string} wanted
 */
function matches(id, wanted) {
  const { name, title, unit } = model.people[id];
  return JSON.stringify([name, title, unit]).toLowerCase().includes(wanted);
}

/** @param {string} id */
function rowOfPerson(id) {
  const person = model.people[id];
  const texts = [pick(person.name), pick(person.title), pick(person.unit), String(person.level ?? '')];
  if (model.plain) return rowOf(texts.map((text) => element('td', '', text)));
  texts.push(listed(person.roles.map((role) => pick(model.roles[role]))));
  texts.push((person.asserted ? '' : '≈') + person.power);
  const standings = model.camps.map(({ key }) => {
    const { attitude, owner_names: owners = [] } = standingOf(key, id);
    return cell(attitudeChip(attitude), ' ', listed(owners.map(pick)));
  });
  return rowOf([...texts.map((text) => element('td', '', text)), ...standings]);
}
