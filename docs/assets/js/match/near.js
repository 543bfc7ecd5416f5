/* Messages with typing errors, cut short, or worded a little differently.
   Twin of src/provenfix/match/near.py, which says why: change both. */

import { LONG_WORD } from "./signatures.js";
import { LONGEST, likeness, shortened } from "./spelling.js";

const MOST_WORDS = 80;
const MOST_TRIED = 6;
const FULL = 14;
const CUT = 20;
const CUT_ALONE = 24;
const CUT_WORDS = 4;
const MOST_PENALTY = 6;
const PENALTY_SHARE = 4;
const MISSPELT = 5;
const NEAREST = 3;
const NEAREST_SHARE = 34;

const BOUNDARY = /\.\.|[^\x00-\x7f]/;
const FILLERS = new Set(
  "a an the of to in on at is be was are were it that this by for with and or error".split(" "),
);
const NEVER = [-1_000, 0, 0];

/**
 * @typedef {{words: string[], starts: boolean[], ends: boolean[]}} Words The words of a text in
 *   lower case, and where a message may start or end.
 * @typedef {{entry: string, agreed: number, score: number}} Near Letters that agree; the same
 *   without what differs.
 */

/** Wordings, ready to be compared with texts. */
export class Nearness {
  /** @param {import("./signatures.js").Wording[]} wordings */
  constructor(wordings) {
    this.wordings = wordings;
    this.index = new Map();
    wordings.forEach((wording, number) => {
      for (const word of new Set(wording.words)) {
        if (word.length < LONG_WORD) continue;
        if (!this.index.has(word)) this.index.set(word, []);
        this.index.get(word).push(number);
      }
    });
  }

  /**
   * Wording -> letters of its longer words that a text holds, perhaps misspelt.
   * @param {Words} text
   * @returns {Map<number, number>}
   */
  shares(text) {
    const shared = new Map();
    for (const word of new Set(text.words.map((said) => this.#known(said)))) {
      for (const number of this.index.get(word) ?? []) {
        shared.set(number, (shared.get(number) ?? 0) + word.length);
      }
    }
    return shared;
  }

  /* The indexed word that differs least from a word; itself if there is none. */
  #known(word) {
    if (this.index.has(word) || word.length < MISSPELT) return word;
    this.misspelt ??= this.#misspelt();
    for (const short of shortened(word)) {
      const known = this.misspelt.get(short);
      if (known !== undefined) return known;
    }
    return word;
  }

  /* Indexed words by what is left of them without one letter, or with all. */
  #misspelt() {
    const made = new Map();
    for (const word of this.index.keys()) {
      if (word.length < MISSPELT - 1 || word.length > LONGEST) continue;
      for (const short of shortened(word)) if (!made.has(short)) made.set(short, word);
    }
    return made;
  }

  /**
   * The entry that a text means, if there is just one.
   * @param {Words} text
   * @param {(entry: string) => boolean} may Whether an entry may be meant.
   * @param {boolean} alone The text names no exception.
   * @returns {Near | null}
   */
  best(text, may, alone) {
    const found = this.#tried(text, may)
      .map((number) => align(this.wordings[number], text, alone))
      .filter((near) => near !== null)
      .sort((one, other) => worth(other) - worth(one) || (one.entry < other.entry ? -1 : 1));
    const rival = found.find((near) => near.entry !== found[0].entry);
    if (!found.length || (rival && worth(rival) === worth(found[0]))) return null;
    return found[0];
  }

  #tried(text, may) {
    const shared = this.shares(text);
    return [...shared.keys()]
      .filter((number) => {
        const { entry, letters } = this.wordings[number];
        const held = shared.get(number);
        return (2 * held >= letters || held >= CUT - 4) && may(entry);
      })
      .sort((one, other) => shared.get(other) - shared.get(one) || one - other)
      .slice(0, MOST_TRIED);
  }

  /**
   * The entries that share the most words with any of some texts, with their shares.
   * @param {Words[]} texts
   * @returns {{entry: string, score: number}[]}
   */
  nearest(texts) {
    const best = new Map();
    for (const text of texts) {
      for (const [number, held] of this.shares(text)) {
        const { entry, letters } = this.wordings[number];
        const share = Math.floor((100 * held) / letters);
        if (share >= NEAREST_SHARE) best.set(entry, Math.max(share, best.get(entry) ?? 0));
      }
    }
    return [...best]
      .sort(([one, share], [other, rival]) => rival - share || (one < other ? -1 : 1))
      .slice(0, NEAREST)
      .map(([entry, share]) => ({ entry, score: share / 100 }));
  }
}

/**
 * The words of a text.
 * @param {string} text A message without its exception's name.
 * @param {boolean} alone It has none, so that its start may be lacking.
 * @returns {Words}
 */
export function split(text, alone) {
  // What a camera reads for letters.
  const read = text.replace(/(?<!\d)[01](?=[a-z]{2})/g, (digit) => (digit === "0" ? "o" : "l"));
  const found = [];
  for (const match of read.matchAll(/[A-Za-z_]+/g)) {
    if (found.push(match) === MOST_WORDS) break;
  }
  const between = found
    .slice(1)
    .map((other, at) => BOUNDARY.test(read.slice(found[at].index + found[at][0].length, other.index)));
  const first = alone || (found.length > 0 && BOUNDARY.test(read.slice(0, found[0].index)));
  return {
    words: found.map((match) => match[0].toLowerCase()),
    starts: [first, ...between].slice(0, found.length),
    ends: [...between, true].slice(0, found.length),
  };
}

function worth(near) {
  return 2 * near.score - near.agreed;
}

/**
 * How well a wording fits a text, if it does.
 * @param {import("./signatures.js").Wording} wording
 * @param {Words} text
 * @param {boolean} alone The text names no exception.
 * @returns {Near | null}
 */
export function align(wording, text, alone) {
  let best = null;
  const most = wording.words.length;
  for (const [first, last, agreed, score] of ways(wording.words, text)) {
    const penalty = agreed - score;
    const whole = first === 0 && last === most;
    const needed = whole ? FULL : alone ? CUT_ALONE : CUT;
    if (agreed < needed || penalty > MOST_PENALTY || penalty * PENALTY_SHARE > agreed) continue;
    if (!whole && (last - first < CUT_WORDS || (first > 0 && last < most))) continue;
    const near = { entry: wording.entry, agreed, score };
    if (best === null || worth(near) > worth(best)) best = near;
  }
  return best;
}

/* Alignments that end where one may: first and last word of the wording, agreed letters, and these
   without what differs. */
function* ways(said, text) {
  // One row for each word of the wording; a cell is [score, agreed, first word].
  const rows = [Array(text.words.length + 1).fill([0, 0, 0])];
  for (let number = 0; number < said.length; number += 1) {
    const [row, ends] = fill(number, said, text, rows);
    rows.push(row);
    const rest = said.slice(number + 1).every((word) => !word || FILLERS.has(word));
    const last = rest ? said.length : number + 1;
    for (const [place, [score, agreed, first]] of ends) {
      if (rest || text.ends[place - 1]) yield [first, last, agreed, score];
    }
  }
}

/* The cells of one word of the wording, and those in which it agrees, with their places. */
function fill(number, said, text, rows) {
  const above = rows[number];
  const word = said[number];
  const skip = price(word);
  const row = [];
  const ends = [];
  for (let place = 0; place <= text.words.length; place += 1) {
    let [score, agreed, first] = above[place];
    // What a message starts with may only be lacking where the text starts.
    let best = agreed || skip < 2 ? [score - skip, agreed, first] : NEVER;
    if (place < text.words.length && text.starts[place] && best[0] < 0) best = [0, 0, number + 1];
    if (place) {
      [score, agreed, first] = row[place - 1];
      if (agreed) {
        best = larger(best, [score - (word ? price(text.words[place - 1]) : 0), agreed, first]);
      }
      const end = agreement(number, place, said, text, rows);
      if (end[1]) {
        ends.push([place, end]);
        best = larger(best, end);
      }
    }
    row.push(best);
  }
  return [row, ends];
}

/* The best cell in which a word of the text agrees with one of the wording. */
function agreement(number, place, said, text, rows) {
  const word = said[number];
  const other = text.words[place - 1];
  let [gain, letters] = likeness(word, other);
  // The last word of a text may be cut.
  if (!letters && place === text.words.length && other.length > 1 && word.startsWith(other)) {
    gain = other.length;
    letters = gain;
  }
  let best = letters ? grown(rows[number][place - 1], gain, letters) : NEVER;
  // Two words run together, and one that a blank parts.
  if (number && word && said[number - 1] && other === said[number - 1] + word) {
    best = larger(best, grown(rows[number - 1][place - 1], other.length - 1, other.length));
  }
  const before = place > 1 ? text.words[place - 2] : null;
  if (before !== null && [before + other, `${before}_${other}`].includes(word)) {
    best = larger(best, grown(rows[number][place - 2], word.length - 1, word.length));
  }
  return best;
}

function grown([score, agreed, first], gain, letters) {
  return [score + gain, agreed + letters, first];
}

function larger(one, other) {
  for (let at = 0; at < 3; at += 1) {
    if (one[at] !== other[at]) return one[at] > other[at] ? one : other;
  }
  return one;
}

/* What a word costs that the other side lacks. */
function price(word) {
  if (!word) return 0;
  return FILLERS.has(word) || word.length === 1 ? 1 : Math.min(word.length, MOST_PENALTY);
}
