/** The page of the portfolio. */
import { element, pressOne, query, queryAll, queryInput, root } from '../shared/elements.js';
import { pick, switchLanguage, word, writeWords } from '../shared/language.js';
import { count } from '../shared/numbers.js';
import { followSystem, switchTheme } from '../shared/theme.js';
import { accounts, data, owners } from './data.js';
import { closeDetail, openDetail } from './detail.js';
import { accountAt } from './lanes.js';
import { drawRows, find, setList } from './list.js';
import { drawPicture, findingItem, writeLegend } from './picture.js';
import { setStates } from './states.js';
import { setTiles } from './tiles.js';
import { askedViews, changeView, currentView, healthView } from './views.js';

/** Sentences below the first. */
const SENTENCES = 6;

/** Draw everything in the language spoken. */
function drawPage() {
  writeTexts();
  drawView();
}

function drawView() {
  pressOne('view', currentView().key);
  writeLead();
  setStates();
  setList();
  drawPicture();
}

function writeTexts() {
  writeWords();
  queryInput('#find').placeholder = word('search');
  document.title = word('title');
  for (const { key, table } of askedViews) {
    query(`#questions [data-view='${key}']`).textContent = pick(table?.name);
  }
  query('#scroll').setAttribute('aria-label', word('accounts'));
  query('#views').setAttribute('aria-label', word('title'));
  const counts = word('count', { a: count(accounts.length), o: count(owners.length) });
  query('#sub').textContent = `${data.as_of} · ${counts}`;
  query('#banner').textContent = pick(data.banner) + (data.generated ? ` · ${data.generated}` : '');
  setTiles(openView);
  writeLegend();
  const notes = data.notes.map((note) => element('p', '', pick(note)));
  query('#foot').replaceChildren(element('p', 'notice', pick(data.notice)), ...notes);
}

/** Write the sentences: of value and health first what that question says, then what hangs on one person. */
function writeLead() {
  const worth = currentView() === healthView ? (healthView.table?.findings ?? []) : [];
  const [[, first], ...rest] = [...worth, ...data.findings];
  query('#sentence').textContent = pick(first);
  query('#findings').replaceChildren(...rest.slice(0, SENTENCES).map(findingItem));
}

/** @param {string | undefined} key */
function openView(key) {
  changeView(key);
  drawView();
}

/** Offer the further questions, and the first view where that was asked for. */
function addQuestions() {
  query("#views [data-view='health']").hidden = !data.lanes.length;
  query('#questions').hidden = !askedViews.length;
  for (const { key } of askedViews) {
    const made = element('button');
    made.dataset.view = key;
    query('#questions').append(made);
  }
}

function connectControls() {
  for (const made of queryAll('[data-view]')) {
    made.addEventListener('click', () => openView(made.dataset.view));
  }
  query('#lang').addEventListener('click', () => {
    switchLanguage();
    drawPage();
  });
  query('#theme').addEventListener('click', () => {
    switchTheme();
    drawPicture();
  });
  query('#find').addEventListener('input', () => {
    currentView().text = queryInput('#find').value;
    find();
  });
  query('#scroll').addEventListener('scroll', drawRows);
  query('#close').addEventListener('click', closeDetail);
  query('#canvas').addEventListener('click', (event) => {
    const account = accountAt(event.offsetX, event.offsetY);
    if (account) openDetail(currentView(), account, null);
  });
  window.addEventListener('resize', drawPicture);
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') closeDetail();
  });
}

addQuestions();
connectControls();
followSystem();
drawPage();
root.dataset.ready = 'yes';
