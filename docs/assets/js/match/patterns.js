/* A signature's pattern, taken apart. Twin of src/provenfix/match/patterns.py: change both. */

/** Stands in a skeleton where a pattern is not literal and not a number. */
export const ANY = "\0";
/* Stands for a number: it has no words, so no other word may stand in its place. */
const NUMBER = " ";
const DIGITS = /^(?:\\d|\[(?:\\d|[0-9]-[0-9]|[., ])+\])$/;

const TOKEN =
  /(\\(?:[dDwWsSbB]|[^A-Za-z0-9]))|(\[\^?(?:\\(?:[dDwWsS]|[^A-Za-z0-9])|[^\\\]\[^])(?:\\(?:[dDwWsS]|[^A-Za-z0-9])|[^\\\]\[])*\])|(\((?:\?:)?(?!\?))|(\))|((?:[*+?]|\{\d+(?:,\d*)?\})\??)|([.|^$])|([^\\[\](){}*+?.|^$])/y;
const KINDS = ["escape", "set", "open", "close", "repeat", "other", "literal"];
const ASSERTIONS = new Set(["\\b", "\\B", "^", "$"]);

/**
 * Takes a pattern apart.
 * @param {string} pattern A regular expression of the dialect.
 * @returns {{source: string, anchor: string, skeleton: string}} The pattern as it is compiled, the
 *   longest literal run that every match contains, and the literal text with ANY between its parts.
 */
export function shape(pattern) {
  const source = pattern.replace(/["'`]/g, "'").replace(/ {2,}/g, " ");
  const tokens = scan(source);
  let anchor = "";
  for (const run of topLevel(tokens)) if (run.length > anchor.length) anchor = run;
  const text = skeleton(tokens).join("").replace(/\0+/g, ANY).replace(/ {2,}/g, " ");
  return { source, anchor, skeleton: text };
}

/**
 * The words of a text: runs of ASCII letters and underscores, in lower case.
 * @param {string} text
 * @returns {string[]}
 */
export function words(text) {
  return text.toLowerCase().match(/[a-z_]+/g) ?? [];
}

function scan(source) {
  const tokens = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(source);
    if (!found) throw new SyntaxError(`not of the dialect: ${source.slice(at, at + 10)}`);
    const group = found.findIndex((part, index) => index > 0 && part !== undefined);
    tokens.push([KINDS[group - 1], found[0]]);
  }
  return tokens;
}

function literal(kind, text) {
  if (kind === "literal") return text;
  return kind === "escape" && !/[A-Za-z0-9]/.test(text[1]) ? text[1] : null;
}

/* Literal text, groups opened; a choice in a group is a gap, of others the first is taken. */
function skeleton(tokens) {
  const parts = [];
  const opened = [];
  let skip = 0;
  let depth = 0;
  for (const [kind, text] of tokens) {
    depth += (kind === "open") - (kind === "close");
    if (kind === "open") opened[depth - 1] = parts.length;
    if (skip && depth >= skip) continue;
    skip = 0;
    if (text === "|") {
      skip = depth || -1;
      if (depth) parts.splice(opened[depth - 1], parts.length, ANY);
      continue;
    }
    const said = literal(kind, text);
    if (kind === "repeat" && "*?{".includes(text[0]) && parts.length) {
      // What is left out of `-?` is no word.
      const last = parts.at(-1);
      parts[parts.length - 1] = last === ANY || /^[A-Za-z0-9]$/.test(last) ? ANY : NUMBER;
    } else if (said !== null) {
      parts.push(said);
    } else if (kind !== "open" && kind !== "close" && !ASSERTIONS.has(text)) {
      const number = DIGITS.test(text) || (kind === "repeat" && parts.at(-1) === NUMBER);
      parts.push(number ? NUMBER : ANY);
    }
  }
  return parts;
}

/* Literal runs outside groups, without what a repeat makes optional. */
function topLevel(tokens) {
  const runs = [""];
  let depth = 0;
  for (const [kind, text] of tokens) {
    depth += (kind === "open") - (kind === "close");
    if (depth || kind === "close") {
      runs.push("");
      continue;
    }
    if (text === "|") return [];
    const said = literal(kind, text);
    if (kind === "repeat") {
      runs[runs.length - 1] = runs.at(-1).slice(0, -1);
      runs.push("");
    } else if (said !== null) {
      runs[runs.length - 1] += said;
    } else if (!ASSERTIONS.has(text)) {
      runs.push("");
    }
  }
  return runs;
}
