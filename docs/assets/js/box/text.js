/* What is kept of a text, and what it looks like. */

/** The longest text that the box holds; the matcher reads no more either. */
export const MOST_CHARACTERS = 400_000;
/* Milliseconds for which a paste may show nothing. */
export const PATIENCE = 40;
const MOST_LINES = 5_000;
const SHORT = 120;
const ERROR = /Traceback|[A-Za-z](?:Error|Exception|Warning|Interrupt)\b|错误[:：]/;

/**
 * The end of a text, where its error stands.
 *
 * @param {string} text Anything, of any length.
 * @returns {{text: string, lines: number}} What is kept; its number of lines, or 0 if nothing was cut.
 */
export function cut(text) {
  const end = text.slice(-MOST_CHARACTERS);
  const lines = end.split("\n");
  if (end.length === text.length && lines.length <= MOST_LINES) return { text, lines: 0 };
  // The first line of a cut is seldom whole.
  const kept = lines.length > 1 ? lines.slice(1).slice(-MOST_LINES) : lines;
  return { text: kept.join("\n"), lines: kept.length };
}

/**
 * Whether a text is words to search for, not something that a program printed.
 *
 * @param {string} text What the reader typed or pasted.
 * @returns {boolean}
 */
export function isWords(text) {
  const said = text.trim();
  return said.length <= SHORT && !said.includes("\n") && !ERROR.test(said);
}

/**
 * A sentence of a box in its language, with its values filled in.
 *
 * @param {HTMLFormElement} form The box.
 * @param {string} key Its name, with hyphens.
 * @param {Object<string, string | number>} values What stands for the `{names}` in it.
 * @returns {string}
 */
export function say(form, key, values = {}) {
  const sentence = form.getAttribute(`data-${key}`);
  if (sentence === null) throw new Error(`the box must have the sentence ${key}`);
  return sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
