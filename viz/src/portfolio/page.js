/** The page of the portfolio. */
import { element, pressOne, query, queryAll, queryInput, root } from '../shared/elements.js';
import { pick, switchLanguage, word, writeWords } from '../shared/language.js';
import { count } from '../shared/numbers.js';
import { followSystem, switchTheme } from '../shared/theme.js';
import { accounts, data, owners } from './data.js';
import { closeDetail, openDetail } from './detail.js';
import { accountAt } from './lanes.js';
import { drawRows, find, setList } from './list.js';
import { drawPicture, findingItem } from './picture.js';
import { setStates } from './states.js';
import { drawTiles } from './tiles.js';
import { accountsView, askedViews, changeView, currentView, VALUE } from './views.js';

/** Draw everything in the language spoken. */
function drawPage() {
  writeTexts();
  drawView();
}

function drawView() {
  pressOne('view', currentView().key);
  setStates();
  setList();
  drawPicture();
}

function writeTexts() {
  writeWords();
  queryInput('#find').placeholder = word('search');
  const valued = askedViews.some(({ key }) => key === VALUE);
  query('#title').textContent = word(valued ? 'value_title' : 'title');
  document.title = query('#title').textContent ?? '';
  drawTiles(go);
  for (const { key, table } of askedViews) {
    query(`[data-view='${key}']`).textContent = pick(table?.name);
  }
  query('#scroll').setAttribute('aria-label', word('accounts'));
  query('#views').setAttribute('aria-label', word('title'));
  const counts = word('count', { a: count(accounts.length), o: count(owners.length) });
  query('#sub').textContent = `${data.as_of} · ${counts}`;
  query('#banner').textContent = pick(data.banner) + (data.generated ? ` · ${data.generated}` : '');
  query('#findings').replaceChildren(...data.findings.slice(1).map(findingItem));
  const notes = data.notes.map((note) => element('p', '', pick(note)));
  query('#foot').replaceChildren(element('p', 'notice', pick(data.notice)), ...notes);
}

/** Offer the further questions. */
function addQuestions() {
  const further = askedViews.filter(({ key }) => key !== VALUE);
  query(`[data-view='${VALUE}']`).hidden = further.length === askedViews.length;
  query('#questions').hidden = !further.length;
  for (const { key } of further) {
    const made = element('button');
    made.dataset.view = key;
    query('#questions').append(made);
  }
}

/** @param {string | undefined} view */
function go(view) {
  changeView(view);
  drawView();
}

function connectControls() {
  for (const made of queryAll('[data-view]')) {
    made.addEventListener('click', () => go(made.dataset.view));
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
    if (account) openDetail(accountsView, account, null);
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
