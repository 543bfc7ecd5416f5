/* The exported signatures, compiled. Twin of src/provenfix/match/signatures.py: change both. */

import { ANY, shape, words } from "./patterns.js";

const HEAD_LETTERS = 14;
const HEAD_LETTERS_BEFORE_BRACKET = 24;
const HEAD_WORDS = 3;
/** Letters of a word that says something. */
export const LONG_WORD = 4;

/**
 * @typedef {{entry: string, words: string[], letters: number}} Wording Words to look for, in order;
 *   an empty one stands for any number of words.
 * @typedef {{entry: string, anchor: string, key: string, pattern: RegExp}} Signature
 */

/** All signatures, and what is looked up in them. */
export class Signatures {
  /** @param {[string, [string, string][]][]} entries `entries` of signatures.json. */
  constructor(entries) {
    this.exceptions = new Map();
    /** @type {Signature[]} */
    this.exact = [];
    /** @type {Wording[]} */
    this.wordings = [];
    for (const [slug, pairs] of entries) {
      this.exceptions.set(slug, new Set(pairs.map(([exception]) => exception)));
      for (const [, pattern] of pairs) this.#add(slug, pattern);
    }
    this.names = new Set([...this.exceptions.values()].flatMap((names) => [...names]));
    this.vocabulary = new Set([...this.names].map((name) => name.toLowerCase()));
    for (const wording of this.wordings) {
      for (const word of wording.words) if (word) this.vocabulary.add(word);
    }
  }

  #add(entry, pattern) {
    const { source, anchor, skeleton } = shape(pattern);
    let key = "";
    for (const found of anchor.match(/(?<=[^A-Za-z])[A-Za-z]{4,}(?=[^A-Za-z])/g) ?? []) {
      if (found.length > key.length) key = found;
    }
    this.exact.push({ entry, anchor, key, pattern: new RegExp(source) });
    for (const text of [skeleton, head(skeleton)]) {
      const made = wording(entry, text);
      const known = this.wordings.slice(-12).some((other) => same(other, made));
      if (made.letters && !known) this.wordings.push(made);
    }
  }
}

function same(one, other) {
  return one.entry === other.entry && one.words.join() === other.words.join();
}

function wording(entry, text) {
  const said = [];
  text.split(ANY).forEach((part, number) => {
    if (number && said.length) said.push("");
    said.push(...words(part));
  });
  while (said.length && !said.at(-1)) said.pop();
  let letters = 0;
  for (const word of new Set(said)) if (word.length >= LONG_WORD) letters += word.length;
  return { entry, words: said, letters };
}

/* The first clause of a message, if it says enough to stand alone. */
function head(skeleton) {
  for (const found of skeleton.matchAll(/[.,;] | \(/g)) {
    const clause = skeleton.slice(0, found.index);
    const said = words(clause);
    const needed = found[0] === " (" ? HEAD_LETTERS_BEFORE_BRACKET : HEAD_LETTERS;
    if (said.length >= HEAD_WORDS && said.join("").length >= needed) return clause;
  }
  return "";
}
