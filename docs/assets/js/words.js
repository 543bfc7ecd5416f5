/**
 * The sentences of the page's language that scripts show, from the template `#pf-words`.
 *
 * @param {string} name The name of a `data-` attribute, in camel case.
 * @returns {string} Its sentence.
 */
export function word(name) {
  const found = document.getElementById("pf-words")?.dataset[name];
  if (found === undefined) throw new Error(`#pf-words must have the sentence ${name}`);
  return found;
}
