import { button, element, query } from '../shared/elements.js';
import { pick } from '../shared/language.js';
import { owners } from './data.js';
import { openDetail } from './detail.js';
import { money } from './money.js';
import { ownersView } from './views.js';

/** How many of our people have a bar. */
const BARS = 14;
/** Below this there is no revenue at risk, and bars are as long as accounts are many. */
const NOTHING = 1e-6;

/** Draw on whom of ours most hangs. */
export function drawBars() {
  const top = owners.filter(({ single }) => single > 0).slice(0, BARS);
  const most = Math.max(...top.map((owner) => owner.at_risk), 0);
  const singles = Math.max(...top.map(({ single }) => single), 1);
  query('#bars').replaceChildren(
    ...top.map((owner) => {
      const made = button('', undefined, () => openDetail(ownersView, owner, made));
      const box = element('span');
      const bar = element('i');
      bar.style.width = `${100 * (most > NOTHING ? owner.at_risk / most : owner.single / singles)}%`;
      box.append(bar);
      const said = `${money(owner.at_risk)} · ${owner.single} / ${owner.accounts}`;
      made.append(element('span', '', pick(owner.name)), box, element('span', '', said));
      return made;
    }),
  );
}
