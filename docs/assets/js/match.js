/* A pasted text -> the entries that fit, best first; specified in src/provenfix/match/SPEC.md.
   Twin of src/provenfix/match/matcher.py, and a test holds one against the other: change both. */

import { Reader, block, section } from "./match/blocks.js";
import { lines } from "./match/clean.js";
import { Nearness, split } from "./match/near.js";
import { Signatures } from "./match/signatures.js";
import { misspelt } from "./match/spelling.js";

const WITH_EXCEPTION = 100;
const WITHOUT_EXCEPTION = 70;
const NEAR = 65;
const LONGEST_ERROR = 300;
const BEFORE = 200;
const LAST = 3;

/**
 * @typedef {{matches: {entry: string, score: number, line: string}[], wrapper: string | null,
 *   nearest: {entry: string, score: number}[], error: string}} Result
 */

/**
 * Makes a matcher.
 * @param {object} exported api/v1/signatures.json.
 * @returns {{match: (text: string) => Result}}
 */
export function compile(exported) {
  const matcher = new Matcher(exported);
  return { match: (text) => matcher.match(text) };
}

class Matcher {
  constructor({ entries, rules }) {
    this.signatures = new Signatures(entries);
    this.reader = new Reader(rules, this.signatures.vocabulary, this.signatures.names);
    this.wrappers = rules.wrappers.map(([kind, text]) => [kind, new RegExp(text)]);
    this.quoted = new RegExp(rules.quoted);
    this.generic = new Set(rules.generic);
    this.nearness = new Nearness(this.signatures.wordings);
    this.keys = new Map();
    this.signatures.exact.forEach(({ key }, number) => {
      if (!this.keys.has(key)) this.keys.set(key, []);
      this.keys.get(key).push(number);
    });
  }

  match(text) {
    const paste = this.reader.read(lines(text));
    const blocks = paste.raised ? [...paste.blocks, block(paste.raised, section())] : paste.blocks;
    const kinds = blocks.map((one) => this.wrapper(one));
    const inner = places(blocks, (one, place) => one.starts && !one.soft && !kinds[place]);
    const found = this.exact(blocks, kinds);
    found.push(...this.similar(blocks, kinds, inner, found));
    const best = ranked(found);
    return {
      matches: best.map((one) => shown(blocks, one)),
      wrapper: inner.length ? null : this.lonely(blocks, kinds, best),
      nearest: best.length ? [] : this.nearest(blocks, kinds, inner),
      error: lastError(blocks, kinds, inner),
    };
  }

  exact(blocks, kinds) {
    const numbers = new Set(this.keys.get(""));
    for (const { text } of blocks) {
      for (const word of text.match(/[A-Za-z]{4,}/g) ?? []) {
        for (const number of this.keys.get(word) ?? []) numbers.add(number);
      }
    }
    const candidates = [...numbers]
      .sort((one, other) => one - other)
      .map((number) => this.signatures.exact[number]);
    return blocks.flatMap((one, place) =>
      candidates
        .filter(({ anchor }) => one.text.includes(anchor))
        .map((signature) => this.look(signature, one, place, kinds[place]))
        .filter((found) => found !== null),
    );
  }

  look({ entry, pattern }, one, place, kind) {
    const names = this.signatures.exceptions.get(entry);
    if (!this.mayBe(one, names)) return null;
    const found = pattern.exec(one.text);
    if (!found) return null;
    const percent = names.has(one.name) ? WITH_EXCEPTION : WITHOUT_EXCEPTION;
    const tier = kind ? -1 : one.name ? 1 : 0;
    const start = found.index;
    return { entry, percent, place, start, end: start + found[0].length, tier };
  }

  /* Whether a block can be an entry's error: no other stack's, no warning, no program's. */
  mayBe(one, names) {
    if (!one.name && this.quoted.test(one.text)) return false;
    if (one.soft && !names.has(one.name)) return false;
    if (one.path && this.reader.isForeign(one.path)) return false;
    return one.section.ours || !one.section.foreign;
  }

  wrapper(one) {
    return this.wrappers.find(([, pattern]) => pattern.test(one.text))?.[0] ?? "";
  }

  /* The last error, if no exact signature knows it, or a text without any. */
  similar(blocks, kinds, inner, found) {
    let chosen = found.length ? [] : spoken(blocks, kinds);
    if (inner.length) {
      const last = inner.at(-1);
      chosen = found.every((one) => one.place < last) ? [last] : [];
    }
    return chosen.flatMap((place) => this.compared(blocks[place], place));
  }

  compared(one, place) {
    const may = (entry) => {
      const names = this.signatures.exceptions.get(entry);
      return this.mayBe(one, names) && this.compatible(one.name, names);
    };
    const start = message(one);
    const best = this.nearness.best(split(one.text.slice(start), !one.name), may, !one.name);
    if (!best) return [];
    const percent = Math.floor((NEAR * best.score) / best.agreed);
    const tier = one.name ? 1 : 0;
    return [{ entry: best.entry, percent, place, start, end: one.text.length, tier }];
  }

  compatible(name, names) {
    if (!name || names.has(name) || this.generic.has(name)) return true;
    const said = name.toLowerCase();
    return [...names, ...this.generic].some((other) => misspelt(said, other.toLowerCase()) > 0);
  }

  /* The innermost wrapper, unless it carries its inner error's message in its own block. */
  lonely(blocks, kinds, best) {
    for (const [kind, pattern] of this.wrappers) {
      const place = kinds.indexOf(kind);
      if (place < 0) continue;
      const report = pattern.exec(blocks[place].text);
      const after = report.index + report[0].length;
      return best.some((one) => one.place === place && one.start >= after) ? null : kind;
    }
    return null;
  }

  nearest(blocks, kinds, inner) {
    const chosen = inner.length ? inner.slice(-1) : spoken(blocks, kinds);
    return this.nearness.nearest(
      chosen.map((place) => split(blocks[place].text.slice(message(blocks[place])), true)),
    );
  }
}

function places(blocks, holds) {
  return [...blocks.keys()].filter((place) => holds(blocks[place], place));
}

/* The last blocks of a paste that names no error. */
function spoken(blocks, kinds) {
  return places(blocks, (one, place) => !one.soft && !kinds[place]).slice(-LAST);
}

/* Where the message starts, after the exception's name. */
function message(one) {
  if (!one.starts) return 0;
  let at = one.text.indexOf(one.name) + one.name.length;
  while (" :(".includes(one.text[at] ?? "x")) at += 1;
  return at;
}

/* The best of each entry: errors before mentions, then the last one first. */
function ranked(found) {
  const best = new Map();
  const rank = (one, other) =>
    other.tier - one.tier || other.place - one.place || other.percent - one.percent;
  // Of an entry's signatures in one block the first one counts: a wording that it is only
  // recognised by must not stand for the one that has the values.
  for (const one of [...found].sort(rank)) if (!best.has(one.entry)) best.set(one.entry, one);
  const ordered = [...best.values()].sort(
    (one, other) =>
      rank(one, other) ||
      one.start - other.start ||
      (one.entry < other.entry ? -1 : one.entry > other.entry ? 1 : 0),
  );
  // A wrapper is not the answer where the error in it is known.
  const inner = ordered.filter((one) => one.tier >= 0);
  return inner.length ? inner : ordered;
}

function shown(blocks, { entry, percent, place, start, end }) {
  const from = start <= BEFORE ? 0 : start;
  return { entry, score: percent / 100, line: blocks[place].text.slice(from, end + LONGEST_ERROR) };
}

function lastError(blocks, kinds, inner) {
  const named = places(blocks, (one) => one.starts && !one.soft);
  const chosen = [inner, named, spoken(blocks, kinds)].find((some) => some.length);
  return chosen ? blocks[chosen.at(-1)].text.slice(0, LONGEST_ERROR) : "";
}
