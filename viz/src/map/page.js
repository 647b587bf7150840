/** The page of a map: what it draws anew after each change. */
import { query } from '../shared/elements.js';
import { followSystem } from '../shared/theme.js';
import { onChange } from './changes.js';
import { connectControls, showSettings } from './controls.js';
import { writeFacts } from './facts.js';
import { connectKeyboard } from './keyboard.js';
import { writeList } from './list.js';
import { model } from './model.js';
import { makeNetwork, networks, redrawMaps } from './network.js';
import { showPanels, sizePanels, writeHeads } from './panels.js';
import { labelPersonButtons, makePersonButtons } from './person_buttons.js';
import { select } from './selection.js';
import { drawShares } from './share_bar.js';
import { dayShown, isTable, state, visibleCamps } from './state.js';
import { turn } from './story.js';
import { resetTables, setTables } from './tables.js';
import { setTabs } from './tabs.js';
import { writeTexts } from './texts.js';
import { fit, followDrag } from './viewport.js';

/** Milliseconds for which a window must rest before the page is drawn to its new size. */
const REST = 60;

/** Draw everything. */
function drawPage() {
  showPanels();
  showSettings();
  writeTexts();
  drawShares();
  writeHeads();
  setTabs();
  writeList();
  if (state.view === 'list') return;
  sizePanels();
  if (isTable()) setTables();
  else showMaps();
  writeFacts();
}

function showMaps() {
  for (const camp of visibleCamps()) {
    if (!networks[camp]) {
      makeNetwork(camp, followDrag);
      makePersonButtons(camp);
    }
    networks[camp].setSize('100%', '100%');
  }
  fit();
  labelPersonButtons();
  redrawMaps();
}

/** Show who is chosen. */
function showChoice() {
  writeFacts();
  if (isTable()) {
    resetTables();
    return;
  }
  redrawMaps();
  labelPersonButtons();
}

onChange('page', drawPage);
onChange('choice', showChoice);
onChange('light', redrawMaps);
connectControls();
connectKeyboard();
query('#twins').classList.add(`n${Math.min(3, model.camps.length)}`);
followSystem();

/** @type {ReturnType<typeof setTimeout> | undefined} */
let resting;
window.addEventListener('resize', () => {
  clearTimeout(resting);
  resting = setTimeout(drawPage, REST);
});

drawPage();
window.__pm = {
  ready: true,
  nets: networks,
  S: state,
  get M() {
    return { ...model, ...dayShown() };
  },
  select,
  turn,
};
