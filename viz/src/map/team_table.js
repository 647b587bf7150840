/** @import {Person, TeamMember} from './types' */
import { element } from '../shared/elements.js';
import { pick, word } from '../shared/language.js';
import { campOf, model } from './model.js';
import { dots } from './relation.js';
import { byPower, standingOf } from './state.js';
import { cell, headCell, personButton, rowOf, tableOf } from './table_cells.js';

/**
 * Set who of a supplier's team covers whom; whom it matters most to know stands first.
 *
 * @param {string} camp
 * @returns {HTMLElement[]}
 */
export function teamTable(camp) {
  const { team } = campOf(camp);
  if (!team.length) return [element('p', '', word('noteam'))];
  const rows = byPower().map((id) => {
    const head = headCell('row', personButton(id));
    if (standingOf(camp, id).uncovered) head.append(openMark());
    return rowOf([head, ...team.map((member) => coverCell(id, member))]);
  });
  const table = tableOf([headCell('col', word('person')), ...team.map(memberHead)], rows);
  return [table, element('p', '', word('coverhint'))];
}

/** @param {TeamMember} member */
function memberHead({ name, title, level }) {
  const about = [pick(title), level ? `${word('band')} ${level}` : ''].filter(Boolean).join(' · ');
  return headCell('col', pick(name), element('small', '', about));
}

/** Return the sign of somebody whom nobody covers. */
function openMark() {
  const made = element('i', 'open');
  made.title = word('open');
  made.setAttribute('role', 'img');
  made.setAttribute('aria-label', word('open'));
  return made;
}

/**
 * @param {string} id
 * @param {TeamMember} member
 */
function coverCell(id, member) {
  const cover = member.covers[id];
  if (!cover) return cell();
  const made = cell(element('i', '', dots(cover[0])));
  if (areApart(model.people[id], member)) {
    made.className = 'apart';
    made.title = word('apart');
  }
  return made;
}

/**
 * Whether two are more than one level apart.
 *
 * @param {Person} person
 * @param {TeamMember} member
 */
function areApart(person, member) {
  return Boolean(person.level && member.level && Math.abs(person.level - member.level) > 1);
}
