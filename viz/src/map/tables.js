import { query, queryAll } from '../shared/elements.js';
import { powerTable } from './power_table.js';
import { state, visibleCamps } from './state.js';
import { teamTable } from './team_table.js';

/** Set the tables that stand in the panels instead of maps. */
export function setTables() {
  for (const camp of visibleCamps()) {
    const grid = query(`#panel-${camp} .grid`);
    grid.className = `grid ${state.view}`;
    grid.replaceChildren(...(state.view === 'power' ? [powerTable(camp)] : teamTable(camp)));
  }
}

/** Set them anew and leave the focus where it was. */
export function resetTables() {
  const focused = document.activeElement;
  const panel = focused?.closest('.panel');
  const at = panel ? queryAll('.who', panel).findIndex((made) => made === focused) : -1;
  setTables();
  if (panel && at >= 0) queryAll('.who', panel)[at].focus();
}
