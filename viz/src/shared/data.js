/**
 * Read the JSON that Python wrote into the page.
 *
 * @param {string} id of its script element
 * @returns {any}
 */
export function readData(id) {
  const holder = document.getElementById(id);
  if (!holder) throw new Error(`the page has no data called ${id}`);
  return JSON.parse(holder.textContent ?? '');
}
