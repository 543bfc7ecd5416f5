/* A pasted text -> plain lines. Twin of src/provenfix/match/clean.py: change both. */

const MOST_CHARACTERS = 250_000;
const MOST_LINES = 5_000;
const LONGEST_LINE = 2_000;

const ANSI =
  /(?:\x1b|\\u001b|\\x1b|\\033|\\e|\^\[)\[[0-9;?]{0,20}[ -/]{0,4}[@-~]|\[(?:\d{1,3};){0,4}\d{1,3}m/g;
const ENTITIES = new Map([
  ["&lt;", "<"],
  ["&gt;", ">"],
  ["&amp;", "&"],
  ["&nbsp;", " "],
]);
const SLASHED = /\\{1,4}(?:n(?=[\sA-Z\\"'`_>|[-]|torch\.|$)|t(?=[\s\d(\\]|$))/g;
const TABLE = table();
const MAPPED = new RegExp(`[${[...TABLE.keys()].join("")}]`, "g");

function range(first, after) {
  return Array.from({ length: after - first }, (_, step) => String.fromCharCode(first + step));
}

/* What becomes of characters beyond ASCII. */
function table() {
  const made = new Map();
  const put = (characters, text) => {
    for (const character of characters) made.set(character, text);
  };
  for (let step = 0; step < 94; step += 1) {
    made.set(String.fromCharCode(0xff01 + step), String.fromCharCode(0x21 + step));
  }
  put("\u00a0\u1680\u202f\u205f\u3000", " ");
  put(range(0x2000, 0x200b), " ");
  put("\u00ad\u061c\u180e\ufeff", "");
  put(range(0x200b, 0x2010), "");
  put(range(0x202a, 0x202f), "");
  put(range(0x2060, 0x2070), "");
  put("\u0085\u2028\u2029", "\n");
  put("‘’‚‛“”„‟′″´«»‹›「」『』〝〞＂＇｀", "'");
  put("‐‑‒–—―−", "-");
  // Box drawing: what stands upright is a bar, the rest a dash.
  put(range(0x2500, 0x25a0), "-");
  put("│┃┆┇┊┋║╎╏▌▐█▏▕", "|");
  const others = "。. 、, 【[ 】] 〈< 〉> 《< 》> ×x …... ❱> ·. •* →> ﬀff ﬁfi ﬂfl ﬃffi ﬄffl";
  for (const pair of others.split(" ")) made.set(pair[0], pair.slice(1));
  return made;
}

/**
 * The last lines of a text in plain characters, with their indentation.
 * @param {string} text Anything.
 * @returns {string[]}
 */
export function lines(text) {
  let plain = text.slice(-MOST_CHARACTERS).replace(/[\ud800-\udfff]/g, "\ufffd");
  if (/[^\x00-\x7f]/.test(plain)) plain = plain.replace(MAPPED, (found) => TABLE.get(found));
  plain = plain
    .replace(/\x1b\][^\x07\x1b\n]{0,2000}(?:\x07|\x1b\\)/g, "")
    .replace(ANSI, "")
    .replace(/\r\n?|[\x0b\x0c]/g, "\n")
    .replace(/[\x00-\x08\x0e-\x1f\x7f]/g, "")
    .replace(/&(?:#39|apos|quot|lt|gt|amp|nbsp);/g, (found) => ENTITIES.get(found) ?? "'");
  if (plain.includes("</a>")) plain = plain.replace(/<\/?a\b[^>\n]{0,1000}>/g, "");
  plain = plain
    .replace(SLASHED, (found) => (found.at(-1) === "n" ? "\n" : " "))
    .replace(/\\{1,4}(?=["'`])/g, "")
    .replace(/["`]/g, "'");
  return plain.split("\n").slice(-MOST_LINES).flatMap(broken);
}

/* A line in parts of a sane length, broken at blanks where there are any. */
function broken(whole) {
  if (whole.length <= LONGEST_LINE) return [whole];
  const parts = [];
  let line = whole.replace(/[ \t]+/g, " ");
  while (line.length > LONGEST_LINE) {
    const blank = line.lastIndexOf(" ", LONGEST_LINE - 1);
    const cut = blank < LONGEST_LINE / 2 ? LONGEST_LINE : blank;
    parts.push(line.slice(0, cut));
    line = line.slice(cut);
  }
  return [...parts, line];
}
