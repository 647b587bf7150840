export const root = document.documentElement;

/**
 * Make an element; its text stays text.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} [className]
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

/**
 * Make a button.
 *
 * @param {string} className
 * @param {string | undefined} text
 * @param {() => void} press what a click does
 */
export function button(className, text, press) {
  const made = element('button', className, text);
  made.addEventListener('click', press);
  return made;
}

/**
 * Return the element that the page has for a selector; that there is none is a fault of ours.
 *
 * @param {string} selector
 * @param {ParentNode} [inside]
 * @returns {HTMLElement}
 */
export function query(selector, inside = document) {
  const found = inside.querySelector(selector);
  if (!(found instanceof HTMLElement)) throw new Error(`the page has no ${selector}`);
  return found;
}

/**
 * @param {string} selector
 * @param {ParentNode} [inside]
 * @returns {HTMLElement[]}
 */
export function queryAll(selector, inside = document) {
  return [...inside.querySelectorAll(selector)].filter((found) => found instanceof HTMLElement);
}

/**
 * @param {string} selector
 * @returns {HTMLInputElement}
 */
export function queryInput(selector) {
  return /** @type {HTMLInputElement} */ (query(selector));
}

/**
 * Say of a button whether it is pressed.
 *
 * @param {HTMLElement} made
 * @param {boolean} pressed
 */
export function setPressed(made, pressed) {
  made.setAttribute('aria-pressed', String(pressed));
}

/**
 * Press one of several buttons that have a data attribute: the one whose value it is.
 *
 * @param {string} attribute
 * @param {string | null} value
 */
export function pressOne(attribute, value) {
  for (const made of queryAll(`[data-${attribute}]`)) setPressed(made, made.dataset[attribute] === value);
}

/**
 * Return what draws on a canvas.
 *
 * @param {HTMLCanvasElement} canvas
 */
export function contextOf(canvas) {
  const found = canvas.getContext('2d');
  if (!found) throw new Error('this browser has no canvas');
  return found;
}
