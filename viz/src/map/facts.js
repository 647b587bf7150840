/** @import {Person, Route, Standing} from './types' */
import { button, element, query } from '../shared/elements.js';
import { language, listed, pick, word } from '../shared/language.js';
import { percent } from '../shared/numbers.js';
import { attitudeChip, attitudeWords } from './attitudes.js';
import { model, routeTo, today } from './model.js';
import { dots } from './relation.js';
import { select } from './selection.js';
import { byPower, standingOf, state, visibleCamps } from './state.js';

/** How many lists the overview has room for. */
const LISTS = 5;

/** Write the facts under each panel: of the person chosen, or an overview. */
export function writeFacts() {
  for (const camp of visibleCamps()) {
    const id = state.picked;
    const content = model.plain ? plainFacts(id) : id ? personFacts(id, camp) : [overview(camp)];
    query(`#panel-${camp} .facts`).replaceChildren(...content);
  }
}

/**
 * Say who somebody is, and nothing else.
 *
 * @param {string | null} id
 */
function plainFacts(id) {
  if (!id) return [];
  const person = model.people[id];
  return [element('h3', '', pick(person.name)), element('div', '', postOf(person))];
}

/** @param {Person} person */
function postOf({ title, unit }) {
  return joined([pick(title), pick(unit)]);
}

/**
 * Join what there is of some facts.
 *
 * @param {(string | undefined)[]} facts
 */
function joined(facts) {
  return facts.filter(Boolean).join(' · ');
}

/**
 * Add a row of facts.
 *
 * @param {HTMLDListElement} facts
 * @param {string} term
 * @param {HTMLElement[]} content
 * @param {string} [className]
 */
function addRow(facts, term, content, className = '') {
  const row = element('dd', className);
  row.append(...content);
  facts.append(element('dt', '', term), row);
}

/**
 * List, the most powerful first, who is for a supplier, who against, and where it is in danger.
 *
 * @param {string} camp
 */
function overview(camp) {
  /** @type {[string, (standing: Standing, person: Person) => boolean | undefined][]} */
  const lists = [
    ['for', ({ attitude }) => attitude !== null && attitude >= 1],
    ['against', ({ attitude }) => attitude !== null && attitude < 0],
    ['single', (standing) => standing.single_contact],
    ['open', (standing) => standing.uncovered],
    ['blocks', (_, person) => person.blocks],
    ['swing', (standing) => standing.swing],
  ];
  const longest = language() === 'zh' ? 4 : 3;
  const facts = element('dl');
  let written = 0;
  for (const [name, belongs] of lists) {
    const people = byPower().filter((id) => belongs(standingOf(camp, id), model.people[id]));
    const needed = name === 'for' || name === 'against';
    if (written === LISTS || (!people.length && !needed)) continue;
    const pills = people.slice(0, longest).map((id) => pill(id, camp));
    if (pills.length) addRow(facts, word(name), pills, 'few');
    else addRow(facts, word(name), [element('span', '', '–')]);
    written++;
  }
  return facts;
}

/**
 * @param {string} id
 * @param {string} camp
 */
function pill(id, camp) {
  const made = button('pill', undefined, () => select(id));
  const chip = attitudeChip(standingOf(camp, id).attitude);
  made.append(chip, element('span', '', pick(model.people[id].name)));
  return made;
}

/**
 * Say what is known of a person and how a supplier stands with them.
 *
 * @param {string} id
 * @param {string} camp
 */
function personFacts(id, camp) {
  const person = model.people[id];
  const standing = standingOf(camp, id);
  const facts = element('dl');
  /** @type {[string, string][]} */
  const rows = [
    ['attitude', attitudeFact(standing)],
    ['power', powerFact(person, standing)],
    ...(state.time === today ? [/** @type {[string, string]} */ (['way', wayFact(routeTo(camp, id))])] : []),
    ['evidence', evidenceFact(standing) || word('nothing')],
    ...Object.entries(person.private ?? {}),
  ];
  for (const [term, fact] of rows) addRow(facts, word(term), [element('span', '', fact)]);
  return [personHead(person, standing), facts];
}

/**
 * @param {Person} person
 * @param {Standing} standing
 */
function personHead(person, standing) {
  const head = element('h3');
  head.append(attitudeChip(standing.attitude), element('span', '', pick(person.name)));
  head.append(element('small', '', postOf(person)));
  /** @type {[boolean | undefined, string, string][]} */
  const tags = [
    [person.blocks, 'blocks', 'tag risk'],
    [standing.swing, 'swing', 'tag'],
    [standing.single_contact, 'single', 'tag risk'],
    [standing.sole, 'sole', 'tag risk'],
    [standing.uncovered, 'open', 'tag risk'],
    [standing.stale, 'stale', 'tag'],
    [standing.assumed, 'assumed', 'tag'],
  ];
  for (const [holds, name, className] of tags) if (holds) head.append(element('span', className, word(name)));
  return head;
}

/** @param {Standing} standing */
function attitudeFact({ attitude, was, dots: strength = 0, owner_names: owners = [] }) {
  const before = was ? ` (${word('was')} ${was})` : '';
  return `${attitudeWords(attitude)}${before}  ·  ${dots(strength)}  ${listed(owners.map(pick)) || word('nobody')}`;
}

/**
 * @param {Person} person
 * @param {Standing} standing
 */
function powerFact(person, { last_contact: last }) {
  const circles = pick(person.circles);
  return joined([
    person.power + (person.asserted ? '' : ` (${word('estimated')})`),
    last ? `${word('lastcontact')} ${last}` : '',
    circles ? `${word('circles')}: ${circles}` : '',
  ]);
}

/** @param {Route | undefined} route */
function wayFact(route) {
  if (!route) return word('noway');
  const [owner, people, chance, cut] = route;
  return joined([
    [pick(owner), ...namesOf(people)].join(' → '),
    percent(chance),
    cut.length ? `${word('cut')}: ${listed(namesOf(cut))}` : '',
  ]);
}

/** @param {string[]} people */
function namesOf(people) {
  return people.map((id) => pick(model.people[id].name));
}

/** @param {Standing} standing */
function evidenceFact({ evidence = {} }) {
  const { note, source, author, on, confidence } = evidence;
  return joined([
    note,
    joined([source, author]),
    on ? `${word('judged')} ${on}` : '',
    confidence ? `${word('confidence')} ${percent(confidence)}` : '',
  ]);
}
