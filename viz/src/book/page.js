/** The page of the book: which language is shown, and the theme. */
import { query, root } from '../shared/elements.js';
import { followSystem, switchTheme } from '../shared/theme.js';

/** Show the other language. */
function turn() {
  const next = root.dataset.lang === 'zh' ? 'en' : 'zh';
  root.dataset.lang = next;
  root.lang = next === 'zh' ? 'zh-CN' : 'en';
}

query('#lang').addEventListener('click', turn);
query('#theme').addEventListener('click', switchTheme);
followSystem();

// A tree is unfolded as a whole, and folded down to its first level again.
for (const button of document.querySelectorAll('[data-unfold]')) {
  button.addEventListener('click', () => {
    const folds = document.querySelectorAll(`#${button.getAttribute('data-unfold')} details.more`);
    const open = [...folds].some((fold) => !fold.hasAttribute('open'));
    folds.forEach((fold, place) => fold.toggleAttribute('open', open || place === 0));
  });
}

// What diverges from a middle line is seen from there where it scrolls.
for (const middle of document.querySelectorAll('#exchange > .scroll')) {
  middle.scrollLeft = (middle.scrollWidth - middle.clientWidth) / 2;
}

// Browsers that can't unfold by style alone print what is folded too.
addEventListener('beforeprint', () => {
  for (const folded of document.querySelectorAll('details.more:not([open])')) {
    folded.setAttribute('open', '');
    addEventListener('afterprint', () => folded.removeAttribute('open'), { once: true });
  }
});
